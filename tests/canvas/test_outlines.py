from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from tests.canvas.support import box_ring, ring
from viewer.canvas.outlines import clipped, dashes, miters, thinned

LOW, HIGH = np.array((0.0, 0.0)), np.array((100.0, 80.0))
spots = st.lists(st.tuples(st.integers(-300, 400), st.integers(-300, 400)), min_size=3, max_size=9)


def inside_even_odd(points: np.ndarray, x: float, y: float) -> bool:
    after = np.roll(points, -1, axis=0)
    spans = (points[:, 1] <= y) != (after[:, 1] <= y)
    a, b = points[spans], after[spans]
    return bool(((a[:, 0] + (y - a[:, 1]) * (b[:, 0] - a[:, 0]) / (b[:, 1] - a[:, 1])) > x).sum() % 2)


@given(spots, st.integers(0, 99), st.integers(0, 79))
def test_cutting_off_changes_nothing_inside(points: list[tuple[float, float]], column: int, row: int) -> None:
    whole = ring(*points)
    cut = clipped(whole, True, LOW, HIGH)
    x, y = column + 0.37, row + 0.41
    assert inside_even_odd(cut, x, y) == inside_even_odd(whole, x, y)
    assert len(cut) == 0 or ((cut >= LOW).all() and (cut <= HIGH).all())


@given(spots)
def test_an_open_line_is_the_same_inside_and_gains_no_way_across(points: list[tuple[float, float]]) -> None:
    whole, frame = shapely.LineString(points), shapely.box(0, 0, 100, 80)
    cut = clipped(ring(*points), False, LOW, HIGH)
    inner = frame.buffer(-1e-6)
    kept = shapely.LineString(cut).intersection(inner) if len(cut) > 1 else shapely.LineString()
    lost = whole.intersection(inner).difference(kept.buffer(1e-3)).length
    gained = kept.difference(whole.buffer(1e-3)).length
    assert lost == pytest.approx(0, abs=1e-2) and gained == pytest.approx(0, abs=1e-2)


def test_far_coordinates_come_back_small() -> None:
    cut = clipped(ring((-1e12, -1e12), (1e12, -1e12), (1e12, 1e12), (-1e12, 1e12)), True, LOW, HIGH)
    assert shapely.Polygon(cut).area == pytest.approx(8000)


def test_sides_lie_one_pixel_from_every_edge() -> None:
    square = box_ring(10, 10, 50, 30)
    moved = square + 3 * miters(square, np.array([0, 4]), np.array([True]))
    assert sorted(map(tuple, moved.round(6).tolist())) == sorted([(13, 13), (47, 13), (47, 27), (13, 27)])


def test_parts_do_not_bend_one_another_and_doubled_points_do_no_harm() -> None:
    points = np.concatenate([ring((0, 0), (10, 0), (10, 0), (20, 0)), ring((5, 5)), ring((0, 9), (0, 20))])
    sides = miters(points, np.array([0, 4, 5, 7]), np.array([False, False, False]))
    np.testing.assert_allclose(sides[:4], [(0, 1)] * 4)
    np.testing.assert_allclose(sides[4], (0, 0))
    np.testing.assert_allclose(sides[5:], [(-1, 0)] * 2)


def test_no_spike_grows_from_a_sharp_corner() -> None:
    needle = ring((0, 0), (100, 0.5), (0, 1))
    assert np.hypot(*miters(needle, np.array([0, 3]), np.array([True])).T).max() < 3


def test_dashes_are_on_and_off_along_the_way_round() -> None:
    points, starts = np.concatenate([box_ring(0, 0, 40, 20), ring((0, 50), (33, 50))]), np.array([0, 4, 6])
    cut = dashes(points, starts, np.array([True, False]), 6, 4)
    length = np.hypot(*(cut.ends[:, 1] - cut.ends[:, 0]).T)
    first, second = length[: cut.starts[1]], length[cut.starts[1] :]
    assert first.sum() == pytest.approx(12 * 6)
    assert second.tolist() == pytest.approx([6, 6, 6, 3])
    way_round = shapely.LinearRing(points[:4])
    for piece in cut.ends[: cut.starts[1]]:
        assert way_round.distance(shapely.LineString(piece)) < 1e-9


def test_thinning_keeps_ends_and_the_form() -> None:
    turn = np.linspace(0, 2 * np.pi, 50_000, endpoint=False)
    circle = 200 + 100 * np.column_stack([np.cos(turn), np.sin(turn)])
    few = thinned(circle, 0.5)
    assert len(few) < 4000
    assert shapely.Polygon(few).hausdorff_distance(shapely.Polygon(circle)) < 1
    assert few[0].tolist() == circle[0].tolist() and few[-1].tolist() == circle[-1].tolist()
