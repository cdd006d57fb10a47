from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.timeline.axis import Axis
from viewer.timeline.thumbnails import missing, nearest, slots_of


@given(count=st.integers(1, 100_000), zoom=st.floats(1, 5000), at=st.floats(0, 1), width=st.integers(20, 120))
def test_places_cover_the_view_and_show_what_is_there(count, zoom, at, width):
    axis = Axis.fit(count, 900).zoomed_at(at * 900, zoom)
    slots = slots_of(axis, width)
    assert slots
    for slot in slots:
        assert 0 <= slot.position < count
        if axis.scale < width:
            # the picture is of a moment that its place covers, or of one just before
            assert axis.x_of(slot.position) >= slot.left - width
            assert axis.x_of(slot.position) <= slot.left + width
    if axis.scale >= width:
        assert [slot.position for slot in slots] == list(range(*axis.seen()))
    else:
        assert slots[0].left <= 0 and slots[-1].left + width >= min(900, axis.x_of(count)) - 1e-6


def test_panning_takes_the_pictures_along():
    axis = Axis.fit(10_000, 900).zoomed_at(300, 20)
    before = {slot.position: slot.left for slot in slots_of(axis, 70)}
    after = {slot.position: slot.left for slot in slots_of(axis.panned(30), 70)}
    both = before.keys() & after.keys()
    assert len(both) > 8
    assert all(before[position] - after[position] == pytest.approx(30) for position in both)


def test_frames_wider_than_a_picture_have_one_each():
    axis = Axis.fit(5, 900)
    assert [slot.position for slot in slots_of(axis, 70)] == [0, 1, 2, 3, 4]


def test_the_nearest_to_the_playhead_is_asked_for_first_and_none_twice():
    slots = slots_of(Axis.fit(3, 900), 70) + slots_of(Axis.fit(3, 900), 70)
    assert missing(slots, set(), 1) == [1, 0, 2]
    assert missing(slots, {1}, 2) == [2, 0]


def test_a_near_picture_stands_in():
    assert nearest([10, 20, 30], 21, 5) == 20
    assert nearest([10, 20, 30], 26, 5) == 30
    assert nearest([10, 20, 30], 100, 5) is None
    assert nearest([], 1, 5) is None
    assert nearest([10], 10, 0) == 10
