from __future__ import annotations

import itertools

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from viewer.scene.runs import cells_of
from viewer.timeline.axis import Axis
from viewer.timeline.spans import Spans, runs_of

COUNT = 300
ROWS = st.lists(st.sets(st.integers(0, COUNT - 1), max_size=120), min_size=1, max_size=5)


def stretches(places: set[int]) -> np.ndarray:
    """Positions as joined stretches, exclusive ends, by counting."""
    made: list[list[int]] = []
    for place in sorted(places):
        if made and made[-1][1] == place:
            made[-1][1] = place + 1
        else:
            made.append([place, place + 1])
    return np.array(made, dtype=np.int64).reshape(-1, 2)


def covered(spans: Spans, rows: list[int], axis: Axis, least: int = 1) -> np.ndarray:
    runs = runs_of(spans, rows, axis, least)
    shown = np.zeros((len(rows), axis.width), dtype=bool)
    owners, columns, _ = cells_of(runs.rows, runs.lefts, runs.rights, axis.width)
    shown[owners, columns] = True
    return shown


@example(rows=[{249}], zoom=1.0, at=0.0, pan=0.0, width=327)
@given(rows=ROWS, zoom=st.floats(1, 60), at=st.floats(0, 1), pan=st.floats(-3, 3), width=st.integers(300, 900))
def test_from_one_column_on_exactly_the_present_frames_are_covered(rows, zoom, at, pan, width):
    spans = Spans.of([stretches(places) for places in rows])
    axis = Axis.fit(COUNT, width).zoomed_at(at * width, zoom).panned(pan * width)
    wanted = list(reversed(range(len(rows))))
    shown = covered(spans, wanted, axis)
    naive = [[axis.position_at(column) in rows[row] for column in range(width)] for row in wanted]
    assert np.array_equal(shown, naive)


@given(rows=ROWS, width=st.integers(5, 299))
def test_below_one_column_no_frame_is_lost_and_wide_gaps_stay_empty(rows, width):
    spans = Spans.of([stretches(places) for places in rows])
    axis = Axis.fit(COUNT, width)
    shown = covered(spans, list(range(len(rows))), axis)
    for row, places in enumerate(rows):
        for place in places:
            left = int(place * width / COUNT)
            assert shown[row, max(left - 1, 0) : left + 2].any()
        for column in range(width):
            inside = range(int(column * COUNT / width) - 3, int((column + 1) * COUNT / width) + 4)
            if not places & set(inside):
                assert not shown[row, column]


@given(rows=ROWS, least=st.integers(2, 9), width=st.integers(100, 900))
def test_bars_that_grow_never_touch_one_another(rows, least, width):
    spans = Spans.of([stretches(places) for places in rows])
    axis = Axis.fit(COUNT, width)
    thin = runs_of(spans, list(range(len(rows))), axis, 1)
    wide = runs_of(spans, list(range(len(rows))), axis, least)
    assert (wide.lefts <= thin.lefts).all() and (wide.rights >= thin.rights).all()
    assert (wide.rights - wide.lefts <= np.maximum(thin.rights - thin.lefts, least)).all()
    same = wide.rows[1:] == wide.rows[:-1]
    assert (wide.lefts[1:] > wide.rights[:-1])[same].all()


def test_a_frame_alone_is_as_wide_as_asked_for_around_its_own_column():
    spans = Spans.of([np.array([[50_000, 50_001]])])
    runs = runs_of(spans, [0], Axis.fit(100_000, 1000), 3)
    assert (runs.lefts[0], runs.rights[0]) == (499, 502)


@given(rows=ROWS, gap=st.integers(1, 40))
def test_closing_gaps_closes_only_small_ones(rows, gap):
    spans = Spans.of([stretches(places) for places in rows])
    closed = spans.closed(gap)
    assert len(closed) == len(spans)
    for row, places in enumerate(rows):
        filled = set(places)
        ordered = sorted(places)
        for one, other in itertools.pairwise(ordered):
            if other - one - 1 < gap:
                filled |= set(range(one, other))
        assert np.array_equal(np.column_stack(closed.of_row(row)), stretches(filled))


def test_millions_of_gaps_cost_no_more_than_the_pixels_do():
    flicker = np.arange(0, 2_000_000, 2)
    spans = Spans.of([np.column_stack((flicker, flicker + 1))] * 3)
    axis = Axis.fit(2_000_000, 1000)
    known = spans.for_scale(axis.scale)
    assert len(known.starts) < 30_000
    assert covered(spans, [0, 1, 2], axis).all()
    near = axis.zoomed_at(500, 1e9)
    assert spans.for_scale(near.scale) is spans


def test_only_stretches_of_one_kind_become_one():
    given_rows = [np.array([[0, 2], [3, 5], [6, 9], [10, 11]]), np.array([[0, 1], [2, 3]])]
    spans = Spans.of(given_rows, np.array([7, 7, 8, 7, 7, 7]))
    closed = spans.closed(4)
    assert [np.column_stack(closed.of_row(row)).tolist() for row in (0, 1)] == [[[0, 5], [6, 9], [10, 11]], [[0, 3]]]
    assert closed.origin.tolist() == [0, 2, 3, 4]
    assert closed.closed(9).origin.tolist() == [0, 2, 3, 4]


@given(places=st.sets(st.integers(0, 99), min_size=1), position=st.integers(0, 99))
def test_looking_up_a_position(places, position):
    spans = Spans.of([np.zeros((0, 2), dtype=np.int64), stretches(places)])
    at = spans.covering(1, position)
    assert (at is not None) == (position in places)
    if at is not None:
        assert spans.starts[at] <= position < spans.ends[at]
    near = spans.nearest(1, position)
    assert near in places
    assert abs(near - position) == min(abs(place - position) for place in places)
    assert spans.covering(0, position) is None and spans.nearest(0, position) is None
