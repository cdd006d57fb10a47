from __future__ import annotations

import numpy as np
import pytest
from shapely.geometry import LineString

from tests.shapes.reading import read, said
from viewer.shapes.reading import BadGeometry

SAMPLE = {
    "shape": "polyline",
    "polyline": {"0": {"x": 0.1, "y": 0.9}, "1": {"x": 0.2, "y": 0.8}, "2": {"x": 0.3, "y": 0.95}},
}


def test_points_in_pixels_in_order():
    assert np.array(read(SAMPLE).pixels()["points"]) == pytest.approx(np.array([[64, 360], [128, 320], [192, 380]]))


def test_keys_are_sorted_as_numbers():
    keys = ("0", "1", "10", "11", "2", "3", "4", "5", "6", "7", "8", "9")
    shuffled = {"shape": "polyline", "polyline": {key: {"x": int(key) / 20, "y": 0.5} for key in keys}}
    assert [x for x, _ in read(shuffled).pixels()["points"]] == pytest.approx([i / 20 * 640 for i in range(12)])


def test_a_list_is_the_same():
    assert read({"shape": "polyline", "polyline": list(SAMPLE["polyline"].values())}).pixels() == read(SAMPLE).pixels()


def test_it_is_an_open_line_of_shapelys_length():
    shape = read(SAMPLE)
    (line,) = shape.sketch().lines
    assert not line.closed and not shape.sketch().has_area
    assert shape.measure() == f"3 points, {LineString(line.points).length:,.0f} px long"


def test_one_point_is_shown_as_a_dot():
    single = {"shape": "polyline", "polyline": [{"x": 0.5, "y": 0.5}]}
    assert [(dot.x, dot.y) for dot in read(single).sketch().dots] == [(320, 200)]
    assert said(single) == [("warning", "polyline")]


def test_a_third_dimension_is_told():
    deep = {"shape": "polyline", "polyline": [{"x": 0.1, "y": 0.2, "z": 3}, {"x": 0.2, "y": 0.2, "z": 4}]}
    assert len(read(deep).pixels()["points"]) == 2
    assert said(deep) == [("warning", "polyline")]


@pytest.mark.parametrize("nothing", [None, {}, [], ""])
def test_no_points_no_line(nothing):
    with pytest.raises(BadGeometry):
        read({"shape": "polyline", "polyline": nothing})


def test_a_broken_point_is_refused_at_its_path():
    with pytest.raises(BadGeometry) as refused:
        read({"shape": "polyline", "polyline": {"0": {"x": 0.1, "y": 0.9}, "7": {"x": 0.2}}})
    assert refused.value.where == "polyline.7.y"
