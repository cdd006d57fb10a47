"""The view moves over pieces of unknown heights as it would over one sheet on which all of them are known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.text.scrolling import PER_ROW, Scroll

HEIGHTS = st.lists(st.integers(5, 300), min_size=1, max_size=40)


def scroll_over(heights, view):
    made = Scroll(lambda at: float(heights[at]))
    made.height = float(view)
    made.set_rows(np.maximum(np.array(heights) / 40, 1.0).round())
    return made


@given(HEIGHTS, st.integers(20, 400), st.lists(st.integers(-500, 500), max_size=8))
def test_steps_are_those_over_one_sheet(heights, view, steps):
    scroll, top = scroll_over(heights, view), 0.0
    scroll.by(0)
    for step in steps:
        scroll.by(step)
        top = min(max(top + step, 0.0), max(sum(heights) - view, 0.0))
        assert sum(heights[: scroll.at]) + scroll.offset == pytest.approx(top)


@given(HEIGHTS, st.integers(20, 400))
def test_what_is_seen_fills_the_view(heights, view):
    scroll = scroll_over(heights, view)
    scroll.go_to(len(heights) - 1, 1e9)
    seen = scroll.seen()
    assert [at for at, _ in seen] == list(range(seen[0][0], seen[0][0] + len(seen)))
    assert seen[0][1] <= 0
    bottom = seen[-1][1] + heights[seen[-1][0]]
    assert bottom == pytest.approx(min(view, sum(heights))) and seen[-1][0] == len(heights) - 1


@given(HEIGHTS, st.integers(20, 400), st.integers(0, 10_000))
def test_a_place_on_the_bar_is_a_place_of_the_text(heights, view, wanted):
    scroll = scroll_over(heights, view)
    value = min(wanted, scroll.largest)
    scroll.go_to_value(value)
    # a piece is told apart as finely as the bar's steps and its height allow
    assert abs(scroll.value - value) <= 2 or scroll.value == scroll.largest


def test_the_bar_does_not_depend_on_what_was_laid_out():
    """Heights far from the estimate change neither the length of the bar nor where a place lies on it."""
    rows = np.ones(1000)
    asked: list[int] = []

    def height_of(at: int) -> float:
        asked.append(at)
        return 500.0 if at % 3 else 20.0

    scroll = Scroll(height_of)
    scroll.height = 700.0
    scroll.set_rows(rows)
    scroll.go_to_value(500 * PER_ROW)
    assert scroll.at == 500
    largest = scroll.largest
    for at in range(0, 1000, 7):
        scroll.go_to_value(at * PER_ROW)
    assert scroll.largest == largest
    # no more is laid out than what was looked at, and what lies at the end
    assert len(set(asked)) < 160
