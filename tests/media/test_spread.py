"""Deep numbers on a screen of 8 bits."""

from __future__ import annotations

import numpy as np
import pytest

from viewer.media.spread import spread


@pytest.mark.parametrize("dtype", [np.uint16, np.int32, np.uint32, np.float32])
def test_the_whole_range_is_used_linearly(dtype):
    values = np.arange(7, 7 + 2 * 256, 2).astype(dtype).reshape(16, 16)
    shown, said = spread(values, "16 bit")
    assert np.array_equal(shown, np.arange(256).reshape(16, 16))
    assert said == "16 bit, shown from 7 to 517"


def test_numbers_are_written_with_separators():
    _, said = spread(np.array([[3, 4011]], np.uint16), "16 bit")
    assert said == "16 bit, shown from 3 to 4,011"
    _, said = spread(np.array([[-0.5, 12345.678]], np.float32), "floating point")
    assert said == "floating point, shown from -0.5 to 12,345.7"


@pytest.mark.parametrize("dtype", [np.uint16, np.int32, np.float32])
def test_one_value_everywhere_is_black(dtype):
    assert not spread(np.full((3, 3), 9, dtype), "")[0].any()


def test_the_extremes_of_the_type_do_not_overflow():
    for dtype in (np.int32, np.uint32):
        bounds = np.iinfo(dtype)
        assert spread(np.array([bounds.min, bounds.max], dtype), "")[0].tolist() == [0, 255]
    huge = np.finfo(np.float32).max
    assert spread(np.array([-huge, 0, huge], np.float32), "")[0].tolist() == [0, 128, 255]


def test_only_finite_numbers_count():
    values = np.array([np.nan, -np.inf, 10, 20, np.inf], np.float32)
    assert spread(values, "")[0].tolist() == [0, 0, 0, 255, 255]
    shown, said = spread(np.full((2, 2), np.nan, np.float32), "floating point")
    assert not shown.any() and "no finite numbers" in said


def test_strips_join():
    values = np.arange((1 << 20) + 5, dtype=np.int32)
    assert np.array_equal(spread(values, "")[0], np.rint(values * 255.0 / values[-1]))
