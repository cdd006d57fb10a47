from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.timeline.axis import WIDEST, Axis

COUNTS = st.integers(1, 3_000_000)
WIDTHS = st.integers(1, 4000)
MOVES = st.lists(
    st.tuples(st.sampled_from(("zoom", "pan", "resize", "show")), st.floats(0, 1), st.floats(0.01, 100)), max_size=6
)


def moved(axis: Axis, moves) -> Axis:
    """After some zooming and panning."""
    for move, where, factor in moves:
        if move == "zoom":
            axis = axis.zoomed_at(where * axis.width, factor)
        elif move == "pan":
            axis = axis.panned((where - 0.5) * 50 * axis.width)
        elif move == "resize":
            axis = axis.resized(round(1 + where * 3000))
        else:
            start = int(where * (axis.count - 1))
            axis = axis.showing(start, min(start + int(factor) + 1, axis.count))
    return axis


@given(count=COUNTS, width=WIDTHS, moves=MOVES)
def test_only_positions_there_are_come_into_view(count, width, moves):
    axis = moved(Axis.fit(count, width), moves)
    assert axis.first >= 0
    assert axis.first + axis.span <= count * (1 + 1e-9)
    assert axis.width / axis.count <= axis.scale * (1 + 1e-9)
    assert axis.scale <= max(WIDEST, axis.width / axis.count)
    low, high = axis.seen()
    assert 0 <= low < high <= count


@given(count=COUNTS, width=WIDTHS, moves=MOVES, share=st.floats(0, 1))
def test_the_middle_of_a_position_means_that_position_from_one_column_on(count, width, moves, share):
    axis = moved(Axis.fit(count, width), moves)
    low, high = axis.seen()
    position = low + int(share * (high - low - 1))
    if axis.scale >= 1:
        assert axis.position_at(axis.middle(position)) == position
        left, right = axis.cell(position)
        for column in {left, (left + right) // 2, right - 1}:
            if 0 <= column < axis.width:
                assert axis.position_at(column) == position
    else:
        # many share a column: the one that it shows is no further away than the column is wide
        assert abs(axis.position_at(axis.middle(position)) - position) <= 1 / axis.scale + 1


@given(count=st.integers(1, 5000), width=st.integers(1, 2000), moves=MOVES)
def test_from_one_column_on_cells_stand_side_by_side(count, width, moves):
    axis = moved(Axis.fit(count, width), moves)
    if axis.scale < 1:
        return
    low, high = axis.seen()
    cells = [axis.cell(position) for position in range(low, min(high, low + 100))]
    assert all(right == left for (_, right), (left, _) in itertools.pairwise(cells))
    assert all(right - left in (int(axis.scale), int(axis.scale) + 1) for left, right in cells)


@given(
    count=st.integers(10, 200_000),
    width=st.integers(50, 2000),
    at=st.floats(0, 1),
    factor=st.floats(0.2, 8),
)
def test_what_is_under_the_pointer_stays_there(count, width, at, factor):
    axis = Axis.fit(count, width).zoomed_at(width / 2, 4).panned(0.3 * width)
    column = at * width
    zoomed = axis.zoomed_at(column, factor)
    if zoomed.first > 0 and zoomed.first + zoomed.span < count * (1 - 1e-12):
        under = axis.first + column / axis.scale
        assert zoomed.x_of(under) == pytest.approx(column, abs=1e-3)


@given(count=st.integers(2, 100_000), moves=MOVES, start=st.floats(0, 1), length=st.integers(1, 5000))
def test_a_stretch_that_is_zoomed_to_is_seen_whole(count, moves, start, length):
    first = int(start * (count - 1))
    last = min(first + length, count)
    axis = moved(Axis.fit(count, 900), moves).resized(900).showing(first, last)
    low, high = axis.seen()
    assert low <= first and last <= high


def test_a_stretch_is_zoomed_to_with_room_at_both_sides():
    axis = Axis.fit(1000, 800).showing(400, 500)
    assert 0 < axis.x_of(400) < 80 and 720 < axis.x_of(500) < 800


def test_fitting_stays_fitting_when_the_window_grows():
    assert Axis.fit(300, 600).resized(900) == Axis.fit(300, 900)
    zoomed = Axis.fit(300, 600).zoomed_at(100, 4)
    assert zoomed.resized(900).scale == zoomed.scale and not zoomed.resized(900).fits


def test_following_turns_pages_and_leaves_what_is_in_view():
    axis = Axis.fit(10_000, 1000).showing(1000, 2000)
    assert axis.following(1500) == axis
    page = axis.following(int(axis.first + axis.span) + 5)
    assert page.scale == axis.scale and page.shows(int(axis.first + axis.span) + 5) and page.first > 1900
    far = axis.following(9000)
    assert far.middle(9000) == pytest.approx(500, abs=2)


def test_many_positions_share_a_column_and_none_is_lost():
    axis = Axis.fit(1_000_000, 1000)
    starts = np.arange(0, 1_000_000, 777)
    left, right = axis.columns(starts, starts + 1)
    assert (right - left == 1).all() and left.min() == 0 and right.max() <= 1000
