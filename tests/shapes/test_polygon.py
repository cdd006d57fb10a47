from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from shapely.geometry import Polygon as Shapely
from shapely.ops import unary_union

from tests.shapes.reading import FRAME, read, said
from viewer.scene.fill import area_mask
from viewer.shapes.reading import BadGeometry

OUTER, HOLE = [0.3, 0.3, 0.5, 0.28, 0.45, 0.6], [0.38, 0.36, 0.44, 0.35, 0.42, 0.45]
ISLAND, SECOND = [0.4, 0.37, 0.42, 0.37, 0.41, 0.4], [0.7, 0.7, 0.85, 0.72, 0.8, 0.9]
SAMPLE = {
    "shape": "polygon",
    "polygon": {str(i): {"x": x, "y": y} for i, (x, y) in enumerate(zip(OUTER[::2], OUTER[1::2], strict=True))},
    "polygons": [[OUTER, HOLE], [SECOND], [ISLAND]],
}


def polygon(*regions, **more):
    return {"shape": "polygon", "polygons": list(regions), **more}


def in_px(flat):
    return [[x * FRAME.width, y * FRAME.height] for x, y in zip(flat[::2], flat[1::2], strict=True)]


def test_regions_and_holes_keep_their_nesting():
    expected = [[in_px(OUTER), in_px(HOLE)], [in_px(SECOND)], [in_px(ISLAND)]]
    assert read(SAMPLE).pixels()["regions"] == expected
    assert read(SAMPLE).measure() == "12 points, 3 regions, 1 hole"


def test_the_area_is_that_of_the_regions_without_their_holes_by_shapely():
    truth = unary_union([Shapely(in_px(OUTER), [in_px(HOLE)]), Shapely(in_px(SECOND)), Shapely(in_px(ISLAND))])
    patch = area_mask(read(SAMPLE).sketch(), FRAME)
    assert patch is not None
    # pixels whose centre lies inside, against the true area: they differ along the outline only
    assert abs(int(patch.mask.sum()) - truth.area) < truth.length


def test_polygons_count_before_polygon():
    both = {**SAMPLE, "polygon": {"0": {"x": 0, "y": 0}, "1": {"x": 1, "y": 0}, "2": {"x": 1, "y": 1}}}
    assert read(both).pixels() == read(SAMPLE).pixels()


@pytest.mark.parametrize("nothing", [None, [], [[]], [[[]]], {}, ""])
def test_polygon_counts_where_polygons_hold_nothing(nothing):
    old = {**SAMPLE, "polygons": nothing}
    assert read(old).pixels()["regions"] == [[in_px(OUTER)]]


def test_keys_are_sorted_as_numbers():
    points = {str(i): {"x": i / 20, "y": (i % 3) / 10} for i in range(12)}
    as_text = {key: points[key] for key in sorted(points)}
    assert list(as_text) != list(points)
    expected = [[i / 20 * 640, (i % 3) / 10 * 400] for i in range(12)]
    assert read({"shape": "polygon", "polygon": as_text}).pixels()["regions"] == [[expected]]


def test_points_may_be_a_list():
    listed = {"shape": "polygon", "polygon": [{"x": x, "y": y} for x, y in [(0.1, 0.2), (0.3, 0.2), (0.2, 0.5)]]}
    assert read(listed).pixels()["regions"] == [[[[64, 80], [192, 80], [128, 200]]]]
    assert said(listed) == []


def test_rings_may_hold_pairs_or_points():
    flat = polygon([[0.1, 0.2, 0.3, 0.2, 0.2, 0.5]])
    as_pairs = polygon([[[0.1, 0.2], [0.3, 0.2], [0.2, 0.5]]])
    as_points = polygon([[{"x": 0.1, "y": 0.2}, {"x": 0.3, "y": 0.2}, {"x": 0.2, "y": 0.5}]])
    assert read(flat).pixels() == read(as_pairs).pixels() == read(as_points).pixels()


@pytest.mark.parametrize("levels", [1, 2, 3])
def test_rings_nested_too_deep_are_refused_not_guessed(levels):
    ring = [0.1, 0.2, 0.3, 0.2, 0.2, 0.5]
    for _ in range(levels):
        ring = [ring]
    with pytest.raises(BadGeometry) as refused:
        read(polygon([ring]))
    assert refused.value.where.startswith("polygons[0][0][0]")


def test_an_odd_number_of_coordinates_loses_its_last():
    odd = polygon([[0.1, 0.2, 0.3, 0.2, 0.2, 0.5, 0.7]])
    assert read(odd).pixels()["regions"] == [[[[64, 80], [192, 80], [128, 200]]]]
    assert said(odd) == [("warning", "polygons[0][0]")]


@pytest.mark.parametrize("ring", [[0.1, 0.2], [0.1, 0.2, 0.3, 0.2]])
def test_rings_without_area_are_read_with_a_warning(ring):
    assert read(polygon([ring])).pixels()["regions"] == [[in_px(ring)]]
    assert said(polygon([ring])) == [("warning", "polygons[0][0]")]


def test_a_hole_outside_its_region_takes_nothing_away_and_is_told():
    stray = polygon([OUTER, SECOND])
    sketch = read(stray).sketch()
    patch = area_mask(sketch, FRAME)
    alone = area_mask(read(polygon([OUTER])).sketch(), FRAME)
    assert patch is not None and alone is not None and np.array_equal(patch.mask, alone.mask)
    assert [line.dashed for line in sketch.lines] == [True]
    assert said(stray) == [("warning", "polygons[0][1]")]


BESIDE = [0.5, 0.1, 0.6, 0.1, 0.6, 0.5, 0.5, 0.5]
BELOW_THE_SLOPE = [0.4, 0.4, 0.48, 0.4, 0.48, 0.48, 0.4, 0.48]
AT_THE_SLOPE = [0.1, 0.5, 0.5, 0.1, 0.5, 0.5]


@pytest.mark.parametrize(
    ("outer", "hole"),
    [
        ([0.1, 0.1, 0.5, 0.1, 0.5, 0.5, 0.1, 0.5], BESIDE),
        ([0.1, 0.1, 0.5, 0.1, 0.1, 0.5], BELOW_THE_SLOPE),
        ([0.1, 0.1, 0.5, 0.1, 0.1, 0.5], AT_THE_SLOPE),
    ],
    ids=["touching a side", "within the bounds only", "touching a slope"],
)
def test_a_hole_that_shares_no_area_with_its_region_is_not_painted(outer, hole):
    patch = area_mask(read(polygon([outer, hole])).sketch(), FRAME)
    alone = area_mask(read(polygon([outer])).sketch(), FRAME)
    assert patch is not None and alone is not None and np.array_equal(patch.mask, alone.mask)
    assert said(polygon([outer, hole])) == [("warning", "polygons[0][1]")]


triangles = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=3, max_size=3)


@given(outer=triangles, hole=triangles)
def test_a_hole_is_one_where_it_shares_area_with_its_region(outer, hole):
    shapes = [Shapely(ring) for ring in (outer, hole)]
    assume(all(shape.area > 0 for shape in shapes))
    shared = shapes[0].intersection(shapes[1])
    height = shared.bounds[3] - shared.bounds[1] if shared.area else 0.0
    overlap = min(s.bounds[3] for s in shapes) - max(s.bounds[1] for s in shapes)
    assume(not 0 < height <= overlap / 32)  # a corner that reaches in a little may lie between two lines
    rings = [[c / 20 for xy in ring for c in xy] for ring in (outer, hole)]
    assert (len(read(polygon(rings)).sketch().areas[0].rings) == 2) == (shared.area > 1e-6)


def test_a_hole_as_large_as_its_region_leaves_nothing():
    assert area_mask(read(polygon([OUTER, OUTER])).sketch(), FRAME) is None
    assert said(polygon([OUTER, OUTER])) == [("warning", "polygons[0][1]")]


def test_a_word_among_the_keys_is_told_and_its_point_comes_last():
    odd = {"shape": "polygon", "polygon": {"b": {"x": 0, "y": 0}, "1": {"x": 1, "y": 1}, "0": {"x": 0, "y": 1}}}
    assert read(odd).pixels()["regions"] == [[[[0, 400], [640, 400], [0, 0]]]]
    assert said(odd) == [("warning", "polygon.b")]


@given(
    rings=st.lists(
        st.lists(st.tuples(st.floats(-1, 2), st.floats(-1, 2)), min_size=3, max_size=9), min_size=1, max_size=3
    )
)
def test_every_coordinate_is_scaled_by_its_own_side(rings):
    region = [[number for pair in ring for number in pair] for ring in rings]
    (mine,) = read(polygon(region)).pixels()["regions"]
    for ring, expected in zip(mine, rings, strict=True):
        assert np.array(ring) == pytest.approx(np.array(expected) * (640, 400))
