from __future__ import annotations

import pytest

from tests.shapes.reading import read, said
from viewer.shapes.reading import BadGeometry

SAMPLE = {"shape": "point", "point": {"0": {"x": 0.5, "y": 0.25}}}


def test_in_pixels():
    assert read(SAMPLE).pixels() == {"x": 320, "y": 100}
    assert said(SAMPLE) == []


def test_it_is_one_dot():
    (dot,) = read(SAMPLE).sketch().dots
    assert (dot.x, dot.y, dot.mark) == (320, 100, "disc")


@pytest.mark.parametrize(
    ("point", "severity"),
    [
        ({"x": 0.5, "y": 0.25}, "warning"),
        ({"5": {"x": 0.5, "y": 0.25}}, "note"),
        ({"0": {"x": 0.5, "y": 0.25}, "1": {"x": 0, "y": 0}}, "warning"),
        ({"0": {"x": 0.5, "y": 0.25, "z": 1}}, "warning"),
    ],
)
def test_other_ways_to_write_it_are_read_and_told(point, severity):
    odd = {"shape": "point", "point": point}
    assert read(odd).pixels() == {"x": 320, "y": 100}
    assert [found for found, _ in said(odd)] == [severity]


@pytest.mark.parametrize("point", [{}, None, {"0": None}, {"0": [0.5, 0.25]}, {"0": {"x": 0.5}}, {"x": 0.5}])
def test_no_coordinates_no_point(point):
    with pytest.raises(BadGeometry):
        read({"shape": "point", "point": point})
