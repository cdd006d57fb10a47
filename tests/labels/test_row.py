from __future__ import annotations

import threading
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from viewer.labels.records import FrameLabels
from viewer.labels.row import FRAMES_KEPT, UnitLabels, joined, joined_ranges

ranges = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 9)).map(lambda pair: (pair[0], pair[0] + pair[1])))


@given(frames=st.lists(st.integers(0, 80)))
def test_frames_as_ranges_are_the_same_frames_and_no_two_touch(frames):
    found = joined(np.array(sorted(frames), dtype=np.int64))
    assert [f for first, last in found for f in range(first, last + 1)] == sorted(set(frames))
    assert all(b[0] > a[1] + 1 for a, b in pairwise(found))
    assert all(type(end) is int for pair in found for end in pair)


@given(given=ranges)
def test_joined_ranges_are_the_same_frames_and_no_two_touch(given):
    found = joined_ranges(given)
    expected = sorted({f for first, last in given for f in range(first, last + 1)})
    assert [f for first, last in found for f in range(first, last + 1)] == expected
    assert all(b[0] > a[1] + 1 for a, b in pairwise(found))


def test_ranges_of_nanoseconds_are_never_expanded():
    assert joined_ranges([(0, 9 * 10**18), (10**18, 10**18)]) == ((0, 9 * 10**18),)


class Counting:
    """A reader of frames that notes what it is asked for."""

    def __init__(self):
        self.asked = []

    def __call__(self, frame, size):
        self.asked.append(frame)
        return FrameLabels(frame, size), ()


def test_a_frame_is_read_when_asked_for_and_once():
    read = Counting()
    labels = UnitLabels(np.arange(10_000), read)
    assert read.asked == []
    labels.on_frame(17, None), labels.problems_on(17, None), labels.on_frame(17, None)
    assert read.asked == [17]


def test_a_frame_that_is_not_listed_is_empty_and_not_read():
    read = Counting()
    labels = UnitLabels(np.array([3]), read)
    assert labels.on_frame(4, None).annotations == () and labels.on_frame(-1, None).annotations == ()
    assert read.asked == []


def test_only_a_few_frames_are_kept_the_ones_looked_at_last():
    read = Counting()
    labels = UnitLabels(np.arange(10_000), read)
    for frame in range(1000):
        labels.on_frame(frame, None)
        labels.on_frame(0, None)
    assert len(labels._kept) == FRAMES_KEPT
    assert read.asked.count(0) == 1
    assert sorted(frame for frame, _ in labels._kept) == [0, *range(1001 - FRAMES_KEPT, 1000)]


def test_many_threads_may_ask_at_once():
    labels = UnitLabels(np.arange(200), Counting())
    failures = []

    def ask(start):
        for frame in range(start, 200, 3):
            if labels.on_frame(frame, None).frame != frame:
                failures.append(frame)

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures and len(labels._kept) <= FRAMES_KEPT
