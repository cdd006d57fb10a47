from __future__ import annotations

import numpy as np

from tests.canvas.support import box, mark, plain
from viewer.canvas.readout import FIGURE_SPACE, Pointed, readout
from viewer.media.kinds import Picture
from viewer.size import Size

SIZE = Size(1920, 1080)


def coloured(values: np.ndarray, channels: tuple[str, ...]) -> Picture:
    height, width = values.shape[:2]
    return Picture(Size(width, height), np.zeros((height, width), np.uint8), values, channels)


def words(*groups: str) -> list[str]:
    return [group.replace(FIGURE_SPACE, "") for group in groups]


def test_place_values_and_name() -> None:
    values = np.zeros((1080, 1920, 3), np.uint8)
    values[401, 812] = (92, 88, 80)
    groups = readout(Pointed(812.9, 401.2, (mark(box(0, 0, 9, 9), "Car 3"),)), coloured(values, ("R", "G", "B")), SIZE)
    assert words(*groups) == ["x 812", "y 401", "R 92  G 88  B 80", "Car 3"]


def test_it_keeps_its_size_from_pixel_to_pixel() -> None:
    values = np.zeros((1080, 1920, 3), np.uint8)
    values[5, 5] = 255
    source = coloured(values, ("R", "G", "B"))
    lengths = {
        tuple(len(g) for g in readout(Pointed(x, y, ()), source, SIZE)) for x, y in ((0, 0), (5, 5), (1919, 1079))
    }
    assert len(lengths) == 1


def test_values_of_all_kinds_of_pictures() -> None:
    for values, channels, said in (
        (np.full((2, 2), 40_000, np.uint16), ("L",), "L 40,000"),
        (np.full((2, 2), -1000, np.int16), ("HU",), "HU -1,000"),
        (np.full((2, 2), 0.123456, np.float32), ("L",), "L 0.1235"),
        (np.full((2, 2), True), ("L",), "L 1"),
        (np.full((2, 2, 4), 7, np.uint8), ("C", "M", "Y", "K"), "C 7  M 7  Y 7  K 7"),
    ):
        groups = readout(Pointed(0.5, 0.5, ()), coloured(values, channels), Size(2, 2))
        assert words(groups[2]) == [said]


def test_a_picture_of_another_size_is_looked_up_where_it_is_seen() -> None:
    values = np.arange(4, dtype=np.uint8).reshape(2, 2)
    groups = readout(Pointed(150, 20, ()), coloured(values, ("L",)), Size(200, 100))
    assert words(*groups) == ["x 150", "y 20", "L 1"]


def test_outside_there_is_no_pixel_but_there_may_be_a_label() -> None:
    marks = (mark(box(-50, -50, 9, 9), "Small"), mark(box(-50, -50, 99, 99), "Large"))
    assert readout(Pointed(-3, -3, marks), plain(Size(9, 9), 1), Size(9, 9)) == ("Small +1",)
    assert readout(Pointed(-3, -3, ()), None, Size(9, 9)) == ()


def test_long_names_are_cut() -> None:
    groups = readout(Pointed(0, 0, (mark(box(0, 0, 9, 9), "n" * 500),)), None, Size(9, 9))
    assert len(groups[-1]) <= 40 and groups[-1].endswith("…")
