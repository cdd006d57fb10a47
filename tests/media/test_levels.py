"""Smaller copies for zooming out, and brightness, contrast and gamma."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from viewer.media import levels as module
from viewer.media.levels import adjusted, level_for, levels, scale_of

rng = np.random.default_rng(4)


def means(array: np.ndarray, scale: int) -> np.ndarray:
    """Of each block of `scale` by `scale` pixels, of those that are there."""
    height, width = array.shape[:2]
    blocks = [
        [array[y : y + scale, x : x + scale].mean(axis=(0, 1)) for x in range(0, width, scale)]
        for y in range(0, height, scale)
    ]
    return np.array(blocks)


@pytest.mark.parametrize("shape", [(64, 64), (64, 64, 4), (63, 50), (50, 63, 4), (33, 1), (1, 33, 4), (47, 65, 4)])
def test_a_pixel_is_the_mean_of_those_it_stands_for(monkeypatch, shape):
    monkeypatch.setattr(module, "SMALLEST", 8)
    picture = rng.integers(0, 256, shape, np.uint8)
    made = levels(picture)
    assert made[0] is picture and max(made[-1].shape[:2]) <= 8 < max(made[-2].shape[:2])
    for before, after in pairwise(made):
        assert after.dtype == np.uint8 and after.flags.c_contiguous
        assert after.shape == ((before.shape[0] + 1) // 2, (before.shape[1] + 1) // 2, *before.shape[2:])
        assert np.abs(after - means(before, 2)).max() <= 0.5
    for level, array in enumerate(made):
        whole = tuple(size >> level << level for size in shape[:2])
        inner = array[: whole[0] >> level, : whole[1] >> level]
        if inner.size:
            exact = means(picture[: whole[0], : whole[1]], scale_of(level))
            assert np.abs(inner - exact).max() <= 0.5 * level


def test_levels_are_those_of_pillow_s_box_filter():
    picture = rng.integers(0, 256, (1400, 1100), np.uint8)
    half = levels(picture)[1]
    assert np.abs(half.astype(int) - np.asarray(Image.fromarray(picture).reduce(2))).max() <= 1


def test_an_edge_stays_where_it_is(monkeypatch):
    monkeypatch.setattr(module, "SMALLEST", 4)
    picture = np.zeros((96, 101), np.uint8)
    picture[:, 32:] = 255
    for level, array in enumerate(levels(picture)):
        if scale_of(level) <= 32:
            edge = 32 // scale_of(level)
            assert (array[:, :edge] == 0).all() and (array[:, edge:] == 255).all()


def test_a_small_picture_has_one_level():
    picture = np.zeros((512, 300, 4), np.uint8)
    assert levels(picture) == (picture,)


def test_hidden_colours_do_not_show_through():
    picture = np.zeros((600, 600, 4), np.uint8)
    picture[:, ::2] = (10, 200, 30, 255)
    picture[:, 1::2] = (255, 255, 255, 0)
    half = levels(picture, opaque=False)[1]
    assert (half == (10, 200, 30, 128)).all()


@pytest.mark.parametrize("shape", [(601, 515, 4), (514, 601, 4)])
def test_transparency_at_odd_edges(shape):
    picture = rng.integers(0, 256, shape, np.uint8)
    picture[..., 3] = 255
    with_alpha, without = levels(picture, opaque=False)[1], levels(picture)[1]
    assert np.abs(with_alpha.astype(int) - without).max() <= 1


def test_a_level_is_never_enlarged():
    assert [level_for(zoom, 5) for zoom in (3, 1, 0.6, 0.5, 0.3, 0.25, 0.01)] == [0, 0, 0, 1, 1, 2, 4]


def test_nothing_to_adjust_gives_the_array_itself():
    picture = rng.integers(0, 256, (5, 6, 4), np.uint8)
    assert adjusted(picture, 0.0, 0.0, 1.0) is picture


@pytest.mark.parametrize("shape", [(9, 7), (9, 7, 4)])
def test_adjusting_is_what_the_formula_says(shape):
    picture = rng.integers(0, 256, shape, np.uint8)
    before = picture.copy()
    seen = adjusted(picture, 0.1, 0.3, 2.2)
    level = (picture / 255.0) ** (1 / 2.2)
    expected = np.clip(np.rint(((level - 0.5) * np.tan(1.3 * np.pi / 4) + 0.5 + 0.1) * 255), 0, 255)
    colours = (..., slice(3)) if len(shape) == 3 else ...
    assert np.array_equal(seen[colours], expected[colours])
    assert np.array_equal(picture, before)
    if len(shape) == 3:
        assert np.array_equal(seen[..., 3], picture[..., 3])


RAMP = np.arange(256, dtype=np.uint8).reshape(16, 16)


@given(st.floats(-1, 1), st.floats(-1, 1), st.floats(0.2, 5))
@settings(deadline=None)
def test_darker_stays_darker(brightness, contrast, gamma):
    assert (np.diff(adjusted(RAMP, brightness, contrast, gamma).ravel().astype(int)) >= 0).all()


def test_the_ends_of_each_control():
    assert (adjusted(RAMP, 1.0, 0.0, 1.0) == 255).all() and (adjusted(RAMP, -1.0, 0.0, 1.0) == 0).all()
    assert np.unique(adjusted(RAMP, 0.0, 1.0, 1.0)).tolist() == [0, 255]
    assert np.unique(adjusted(RAMP, 0.0, -1.0, 1.0)).tolist() == [128]
    assert (adjusted(RAMP, 0.0, 0.0, 5.0) >= RAMP).all() and (adjusted(RAMP, 0.0, 0.0, 0.2) <= RAMP).all()
