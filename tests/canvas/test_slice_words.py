from __future__ import annotations

import pytest

from viewer.canvas.rulers import Ruler, Rulers, ruler_words
from viewer.canvas.slice_words import LONGEST_BAR, bar_of, letters_of, longest_round, slice_words
from viewer.media.grey import VoiTable, Window
from viewer.media.plane import Plane
from viewer.scene.stretch import UNSTRETCHED, Stretch

MR = Plane((0.5, 0.25), "patient", (1, 0, 0), (0, 1, 0), (-100, -90, 42.25), 3.0, -12.5, 18)


def test_what_is_said_of_a_slice() -> None:
    assert slice_words(MR, 16, 16, 40, Window(40, 400), True) == (
        "slice 17 of 40 · frame 16 · number 18",
        "position -12.5 mm",
        "3 mm thick",
        "C 40 W 400 · inverted",
    )


def test_without_a_location_the_depth_along_the_normal_is_said() -> None:
    plane = Plane(across=(1, 0, 0), down=(0, 1, 0), position=(-100, -90, 42.25))
    assert slice_words(plane, 7, 0, 2, None, False) == ("slice 1 of 2 · frame 7", "position 42.2 mm")


def test_nothing_is_said_of_what_is_not_known() -> None:
    assert slice_words(Plane(), 0, 0, 1, None, False) == ()
    assert slice_words(Plane(number=1234, thickness=0.625), 0, 0, 1, None, True) == ("number 1,234", "0.625 mm thick")


def test_the_files_number_is_said_where_it_is_another_one() -> None:
    said = [slice_words(Plane(number=number), 7, 6, 9, None, False)[0] for number in (6, 7, 8)]
    assert said == ["slice 7 of 9 · frame 7 · number 6", "slice 7 of 9 · frame 7", "slice 7 of 9 · frame 7 · number 8"]
    assert slice_words(Plane(number=7, volume=2), 7, 6, 9, None, False) == ("slice 7 of 9 · frame 7 · volume 2",)


def test_pictures_of_a_cine_are_no_slices_and_have_one_number() -> None:
    assert slice_words(Plane(number=5), 7, 7, 30, None, False, is_cine=True) == ("picture 8 of 30 · frame 7",)


@pytest.mark.parametrize(
    ("window", "said"),
    [
        (Window(-600, 1500), "C -600 W 1,500"),
        (Window(40.4, 399.6), "C 40 W 400"),
        (Window(50, 350, "medias\ntinum"), "C 50 W 350 · medias\\x0atinum"),
        (Window(0.5, 1.25), "C 0.5 W 1.25"),
        (Window(0, 1, "Bone\nline", table=VoiTable(0, (0, 255), 8)), "Bone\\x0aline"),
        (Window(0, 1, table=VoiTable(0, (0, 255), 8)), "grey levels by a table of the file"),
    ],
)
def test_windows(window, said) -> None:
    assert slice_words(Plane(), 0, 0, 1, window, False) == (said,)


@pytest.mark.parametrize(
    ("across", "down", "letters"),
    [
        ((1, 0, 0), (0, 1, 0), ("R", "A", "L", "P")),
        ((-1, 0, 0), (0, 1, 0), ("L", "A", "R", "P")),
        ((1, 0, 0), (0, 0, -1), ("R", "H", "L", "F")),
        ((0, 1, 0), (0, 0, -1), ("A", "H", "P", "F")),
        ((0, 1, 0), (0, 0, 1), ("A", "F", "P", "H")),
        ((0.8, 0.6, 0), (0, 0, -1), ("RA", "H", "LP", "F")),
        ((0.6, 0.8, 0), (0, 0, -1), ("AR", "H", "PL", "F")),
        ((1, 0, 0), (0, 0.99096, 0.134158), ("R", "A", "L", "P")),
    ],
)
def test_letters_of_the_patients_sides(across, down, letters) -> None:
    """By the orientation alone: axial as seen from the feet, mirrored, coronal, sagittal, upside down, oblique."""
    assert letters_of(Plane(across=across, down=down)) == letters


def test_no_letters_without_an_orientation() -> None:
    assert letters_of(Plane()) == ("", "", "", "")


@pytest.mark.parametrize(
    ("most", "length"),
    [(0.0004, None), (0.001, 0.001), (0.9, 0.5), (1, 1), (1.99, 1), (2, 2), (4.9, 2), (7, 5), (10, 10), (49, 20)]
    + [(50, 50), (99, 50), (100, 100), (480, 200), (1e9, 1000)],
)
def test_round_lengths(most, length) -> None:
    assert longest_round(most) == (None if length is None else pytest.approx(length))


def test_the_bar_is_as_long_as_its_millimetres_are_across() -> None:
    bar = bar_of(MR, UNSTRETCHED, 2.0, 1.0)
    # a column is 0.25 mm, seen on 2 device pixels: 8 to a millimetre, of which 10 are the most that fit
    assert bar == (80.0, "10 mm")
    assert bar_of(MR, UNSTRETCHED, 4.0, 2.0) == (160.0, "10 mm")


def test_on_stretched_pixels_it_grows_with_them() -> None:
    plane = Plane((0.25, 0.5), "patient", aspect=0.5)
    # a column is 0.5 mm, shown on two pixels of 3 device pixels each: 12 to a millimetre
    assert bar_of(plane, Stretch(2.0, 1.0), 3.0, 1.0) == (120.0, "10 mm")


def test_at_the_detector_it_says_so_and_without_a_spacing_there_is_none() -> None:
    assert bar_of(Plane((0.1, 0.1), "detector"), UNSTRETCHED, 1.0, 1.0) == (100.0, "10 mm at the detector")
    assert bar_of(Plane(), UNSTRETCHED, 1.0, 1.0) is None
    assert bar_of(Plane((1.0, 1.0), "unknown"), UNSTRETCHED, 1.0, 1.0) is None
    assert bar_of(Plane((0.0, 0.0), "patient"), UNSTRETCHED, 1.0, 1.0) is None


@pytest.mark.parametrize("scale", [0.05, 0.3, 1.0, 2.7, 9.0, 64.0])
def test_it_is_never_longer_than_it_may_be_and_rarely_short(scale) -> None:
    bar = bar_of(MR, UNSTRETCHED, scale, 1.5)
    assert bar is not None and LONGEST_BAR * 1.5 / 2.51 < bar.length <= LONGEST_BAR * 1.5


def test_a_ruler_counts_millimetres_along_rows_and_columns_apart() -> None:
    ruler = Ruler(10, 20, 40, 60)
    assert ruler.pixels == 50
    assert ruler.millimetres(MR) == pytest.approx((7.5**2 + 20**2) ** 0.5)
    assert ruler_words(ruler, MR) == "distance 21.4 mm · 50.0 px"
    assert ruler_words(Ruler(10, 20, 10, 2060), MR) == "distance 1,020.0 mm · 2,040.0 px"
    assert ruler_words(Ruler(0, 0, 1, 0), MR) == "distance 0.25 mm · 1.0 px"


def test_a_ruler_says_what_its_millimetres_are() -> None:
    ruler = Ruler(0, 0, 3, 4)
    assert ruler_words(ruler, Plane((2.0, 2.0), "detector")) == "distance 10.0 mm at the detector · 5.0 px"
    for unknown in (None, Plane(), Plane((2.0, 2.0), "unknown")):
        assert ruler_words(ruler, unknown) == "distance 5.0 px"


def test_several_rulers_lie_until_they_are_cleared() -> None:
    rulers = Rulers()
    rulers.draw(Ruler(0, 0, 1, 1), done=False)
    rulers.draw(Ruler(0, 0, 2, 2), done=False)
    assert rulers.every == (Ruler(0, 0, 2, 2),)
    rulers.draw(Ruler(0, 0, 3, 3), done=True)
    rulers.draw(Ruler(5, 5, 6, 6), done=False)
    assert rulers.every == (Ruler(0, 0, 3, 3), Ruler(5, 5, 6, 6))
    rulers.clear()
    assert rulers.every == ()
