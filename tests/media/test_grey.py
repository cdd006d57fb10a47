"""From stored numbers to grey levels, by the formulas of the standard, worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from viewer.media.grey import Grey, Rescale, VoiTable, Window, WindowShape, window_between

HU = Rescale(1.0, -1024.0)
AS_STORED = Rescale()


def grey(values: list[float], rescale: Rescale = AS_STORED, kind: str = "i2", **more: object) -> Grey:
    return Grey(np.array([values], dtype=kind), rescale, (Window(0, 100),), **more)  # type: ignore[arg-type]


def test_linear_windows_end_where_the_standard_says() -> None:
    # C.11.2.1.2: center 2048, width 4096 takes 0 to black and 4095 to white; width 1 makes a step at center - 0.5
    assert Window(2048, 4096).ends == (0, 4095)
    assert grey([0, 4095, 2047, 2048]).shown(Window(2048, 4096)).tolist() == [[0, 255, 127, 128]]
    assert grey([99, 100]).shown(Window(100, 1)).tolist() == [[0, 255]]


@pytest.mark.parametrize(
    ("shape", "expected"),
    [("linear", [0, 0, 128, 255, 255]), ("linear_exact", [0, 0, 128, 255, 255]), ("sigmoid", [5, 30, 128, 225, 250])],
)
def test_each_shape_of_a_window(shape: WindowShape, expected: list[int]) -> None:
    found = grey([-100, -50, 0, 50, 100]).shown(Window(0, 100, shape=shape))[0]
    assert np.abs(found.astype(int) - expected).max() <= 2
    assert found.tolist() == sorted(found.tolist())


def test_exact_and_other_linear_windows_differ_by_half_a_value() -> None:
    values = np.array([[-50.0, 50.0]])
    assert Window(0, 100, shape="linear_exact").levels(values).tolist() == [[0, 255]]
    assert Window(0, 100).levels(np.array([[-50.0, 49.0]])).tolist() == [[0, 255]]  # -0.5 -+ 49.5


def test_rescaling_comes_before_the_window_and_inversion_after_it() -> None:
    stored = [0, 1024, 2048]  # -1024, 0 and 1024 HU
    assert grey(stored, HU).shown(window_between(-1024, 1024)).tolist() == [[0, 128, 255]]
    assert grey(stored, HU, is_inverted=True).shown(window_between(-1024, 1024)).tolist() == [[255, 127, 0]]
    assert grey(stored, HU, is_inverted=True).shown(window_between(-1024, 1024), inverted=True)[0, 2] == 255
    assert grey([0, 10, 20], Rescale(-1.0)).shown(window_between(-20, 0)).tolist() == [[255, 128, 0]]


def test_a_table_takes_the_place_of_the_window_and_goes_on_at_its_ends() -> None:
    table = Window(0, 1, table=VoiTable(-1, (0, 1023, 512), 10))
    assert grey([-5, -1, 0, 1, 9]).shown(table).tolist() == [[0, 0, 255, 128, 128]]


def test_a_modality_table_goes_on_at_its_ends() -> None:
    rescale = Rescale(table=(10, (100.0, 200.0, 400.0)))
    assert rescale.of(np.array([0, 10, 11, 12, 99])).tolist() == [100, 100, 200, 400, 400]


def test_padding_is_black_whichever_way_round_and_left_out_of_ranges() -> None:
    padded = grey([-2000, 0, 50, 100], padding=(-2000, -2000))
    window = padded.between(0, 100)
    assert window.ends == (0, 100)
    for inverted in (False, True):
        assert padded.shown(window, inverted=inverted)[0, 0] == 0
    assert padded.shown(window, inverted=True)[0, 1] == 255


def test_graphics_of_the_file_are_white_whichever_way_round() -> None:
    drawn = grey([0, 0], overlay=np.array([[True, False]]))
    assert drawn.shown(Window(0, 100))[0, 0] == 255 and drawn.shown(Window(0, 100), inverted=True)[0, 0] == 255


@pytest.mark.parametrize("kind", ["u1", "i1", "u2", "i2", "u4", "i4", "f4", "f8"])
def test_every_number_type_shows_the_same(kind: str) -> None:
    values = [0, 1, 50, 99, 100, 127]
    assert grey(values, kind=kind).shown(window_between(0, 100)).tolist() == [[0, 3, 128, 252, 255, 255]]


def test_negative_numbers_find_their_level_by_sign_and_not_by_bits() -> None:
    for kind in ("i1", "i2"):
        assert grey([-100, 0, 100], kind=kind).shown(window_between(-100, 100)).tolist() == [[0, 128, 255]]


def test_what_is_no_number_is_black() -> None:
    assert grey([np.nan, 100], kind="f4").shown(window_between(0, 100)).tolist() == [[0, 255]]


def test_values_under_the_pointer() -> None:
    found = grey([24, 1064], HU, unit="HU")
    assert (found.value(0, 0), found.value(0, 1)) == (-1000, 40)


def test_percentiles_are_of_the_values() -> None:
    found = grey(list(range(1001)), HU).between(10, 90)
    assert found.ends == pytest.approx((100 - 1024, 900 - 1024))
