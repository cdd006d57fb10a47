"""Fill, held against shapely where no pixel centre lies on an edge, and against exact fractions where some do."""

from __future__ import annotations

import math
import time
import tracemalloc
from fractions import Fraction

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from viewer.scene.fill import Patch, area_mask, fill_area, fill_raster
from viewer.shapes.sketch import Area, Raster, Sketch
from viewer.size import Size


def ring(*points: tuple[float, float]) -> np.ndarray:
    return np.array(points, dtype=np.float64)


def whole(patch: Patch | None, frame: Size) -> np.ndarray:
    mask = np.zeros((frame.height, frame.width), dtype=bool)
    if patch is not None:
        rows, columns = patch.mask.shape
        mask[patch.top : patch.top + rows, patch.left : patch.left + columns] = patch.mask
    return mask


def centres(frame: Size) -> tuple[np.ndarray, np.ndarray]:
    return np.meshgrid(np.arange(frame.width) + 0.5, np.arange(frame.height) + 0.5)


def by_fractions(rings: list[list[tuple[float, float]]], frame: Size) -> np.ndarray:
    """Even-odd; an edge crosses a row if it begins at or above its middle and ends below; left edges belong to the area."""
    mask = np.zeros((frame.height, frame.width), dtype=bool)
    for row in range(frame.height):
        y = Fraction(2 * row + 1, 2)
        crossings = []
        for points in rings:
            for (ax, ay), (bx, by) in zip(points, points[1:] + points[:1], strict=True):
                x0, y0, x1, y1 = (Fraction(v) for v in (ax, ay, bx, by))
                if (y0 <= y) != (y1 <= y):
                    crossings.append(x0 + (y - y0) * (x1 - x0) / (y1 - y0))
        for column in range(frame.width):
            mask[row, column] = sum(c <= Fraction(2 * column + 1, 2) for c in crossings) % 2
    return mask


def test_agrees_with_shapely_on_random_polygons_with_holes() -> None:
    random = np.random.default_rng(7)
    frame = Size(97, 61)
    x, y = centres(frame)
    for _ in range(60):
        turn = np.sort(random.uniform(0, 2 * np.pi, 17))
        far = random.uniform(5, 45, 17)
        middle = random.uniform((-10, -10), (110, 70))
        outer = middle + np.column_stack([np.cos(turn) * far, np.sin(turn) * far])
        hole = middle + np.column_stack([np.cos(turn), np.sin(turn)]) * far.min() / 2
        expected = shapely.contains_xy(shapely.Polygon(outer).symmetric_difference(shapely.Polygon(hole)), x, y)
        patch = fill_area(Area((outer, hole)), frame)
        np.testing.assert_array_equal(whole(patch, frame), expected)


halves = st.integers(-6, 22).map(lambda n: n / 2)
crossing_rings = st.lists(st.lists(st.tuples(halves, halves), min_size=3, max_size=7), min_size=1, max_size=3)


@given(crossing_rings)
def test_vertices_on_centres_level_edges_and_crossing_rings(points: list[list[tuple[float, float]]]) -> None:
    frame = Size(9, 8)
    patch = fill_area(Area(tuple(ring(*each) for each in points)), frame)
    np.testing.assert_array_equal(whole(patch, frame), by_fractions(points, frame))


def test_a_box_on_whole_pixels_covers_precisely_these() -> None:
    patch = fill_area(Area((ring((2, 3), (7, 3), (7, 5), (2, 5)),)), Size(10, 10))
    assert patch is not None
    assert (patch.left, patch.top, patch.mask.shape, patch.mask.all()) == (2, 3, (2, 5), True)


def test_areas_that_share_an_edge_neither_overlap_nor_leave_a_gap() -> None:
    frame = Size(40, 40)
    shared = [(20.25, 0), (11.5, 7.5), (29.1, 22.5), (17.5, 40)]
    one = fill_area(Area((ring((0, 0), *shared, (0, 40)),)), frame)
    other = fill_area(Area((ring((40, 40), *reversed(shared), (40, 0)),)), frame)
    assert (whole(one, frame).astype(int) + whole(other, frame) == 1).all()


def test_scale_fills_the_pixels_of_the_larger_frame() -> None:
    area = Area((ring((1.3, 1.1), (8.7, 2.2), (4.4, 7.9)),))
    frame = Size(30, 30)
    x, y = centres(frame)
    expected = shapely.contains_xy(shapely.Polygon(area.rings[0] * 3), x, y)
    np.testing.assert_array_equal(whole(fill_area(area, frame, 3.0), frame), expected)


def test_far_coordinates_cost_no_memory_beyond_the_frame() -> None:
    area = Area(
        (ring((-1e10, -1e10), (1e10, -1e10), (1e10, 1e10), (-1e10, 1e10)), ring((20, 20), (40, 20), (40, 30), (20, 30)))
    )
    tracemalloc.start()
    patch = fill_area(area, Size(100, 80))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert int(whole(patch, Size(100, 80)).sum()) == 100 * 80 - 20 * 10
    assert peak < 1_000_000


@pytest.mark.parametrize(
    "area", [Area(()), Area((ring(),)), Area((ring((1, 1), (5, 5)),)), Area((ring((20, 2), (30, 2), (25, 9)),))]
)
def test_nothing_inside_gives_none(area: Area) -> None:
    assert fill_area(area, Size(10, 10)) is None


def test_many_vertices_take_about_as_long_as_they_are_many() -> None:
    def seconds(count: int) -> float:
        turn = np.linspace(0, 2 * np.pi, count, endpoint=False)
        far = 900 + 100 * np.sin(turn * 500)
        area = Area((np.column_stack([1000 + far * np.cos(turn), 1000 + far * np.sin(turn)]),))
        begin = time.process_time()
        assert fill_area(area, Size(2000, 2000)) is not None
        return time.process_time() - begin

    seconds(1000)
    assert min(seconds(200_000) for _ in range(3)) < 40 * min(seconds(5_000) for _ in range(3))


def test_long_edges_are_worked_off_in_bounded_portions() -> None:
    teeth = np.empty((4000, 2))
    teeth[:, 0], teeth[0::2, 1], teeth[1::2, 1] = np.arange(4000) / 4, 0, 1000
    area = Area((teeth,))
    tracemalloc.start()
    fill_area(area, Size(1000, 1000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 200_000_000


def test_a_mask_of_the_frame_is_itself() -> None:
    random = np.random.default_rng(3)
    cells = random.random((7, 11)) < 0.5
    cells[0, 0] = cells[-1, -1] = True
    patch = fill_raster(Raster(cells, 4, 5), Size(40, 30))
    expected = np.zeros((30, 40), dtype=bool)
    expected[5:12, 4:15] = cells
    np.testing.assert_array_equal(whole(patch, Size(40, 30)), expected)


@pytest.mark.parametrize(("cell", "scale"), [(2.5, 1.0), (0.4, 1.0), (1.0, 3.0), (1.0, 0.5), (1.7, 2.3)])
def test_a_mask_of_another_size_is_looked_up_at_each_pixels_centre(cell: float, scale: float) -> None:
    random = np.random.default_rng(4)
    cells = random.random((20, 24)) < 0.5
    frame = Size(70, 60)
    raster = Raster(cells, -3.2, 2.7, cell, cell)
    expected = np.zeros((frame.height, frame.width), dtype=bool)
    for row in range(frame.height):
        for column in range(frame.width):
            i = math.floor(((row + 0.5) / scale - raster.top) / cell)
            j = math.floor(((column + 0.5) / scale - raster.left) / cell)
            expected[row, column] = 0 <= i < 20 and 0 <= j < 24 and cells[i, j]
    np.testing.assert_array_equal(whole(fill_raster(raster, frame, scale), frame), expected)


def test_a_sketch_covers_the_union_of_its_areas_and_its_mask() -> None:
    frame = Size(20, 20)
    box = Area((ring((0, 0), (6, 0), (6, 6), (0, 6)),))
    other = Area((ring((4, 4), (9, 4), (9, 9), (4, 9)),))
    raster = Raster(np.ones((2, 3), dtype=bool), 12, 15)
    patch = area_mask(Sketch(areas=(box, other), raster=raster), frame)
    assert int(whole(patch, frame).sum()) == 36 + 25 - 4 + 6
    assert area_mask(Sketch(), frame) is None
