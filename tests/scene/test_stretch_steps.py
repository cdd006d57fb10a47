"""From range to range in time, and what is left free or covered twice."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.labels.answers import NO_ANSWERS
from viewer.labels.records import Provenance
from viewer.scene.coverage import coverage_of
from viewer.scene.stretches import Stretches, StretchLabel


def label(object_hash: str, ranges: tuple, name: str = "Speaker", *, is_classification: bool = False) -> StretchLabel:
    return StretchLabel(
        object_hash, name.lower(), name, object_hash, "#aa0000", "audio", NO_ANSWERS, Provenance(), ranges, "ms",
        is_classification=is_classification, is_whole=is_classification and not ranges,
    )  # fmt: skip


def stretches(*labels: StretchLabel) -> Stretches:
    """Sorted as the program sorts them."""
    found = [(*pair, at, place) for at, own in enumerate(labels) for place, pair in enumerate(own.ranges)]
    found.sort(key=lambda one: (one[0], -one[1]))
    columns = np.array(found, dtype=np.float64).reshape(-1, 4)
    return Stretches(
        labels, columns[:, 0], columns[:, 1], columns[:, 2].astype(np.int32), columns[:, 3].astype(np.int32)
    )


THREE = stretches(label("a", ((100, 200), (500, 900))), label("b", ((100, 150),)))


@pytest.mark.parametrize(
    ("here", "position", "step", "expected"),
    [
        (0, 0, 1, 1),
        (1, 0, 1, 2),
        (2, 0, 1, None),
        (2, 0, -1, 1),
        (0, 0, -1, None),
        (None, 0, 1, 0),
        (None, 100, 1, 0),
        (None, 101, 1, 2),
        (None, 100, -1, None),
        (None, 501, -1, 2),
        (None, 901, 1, None),
    ],
)
def test_next_and_previous(here: int | None, position: float, step: int, expected: int | None) -> None:
    assert THREE.neighbour(here, position, step) == expected


def test_steps_pass_by_what_is_not_kept() -> None:
    keep = np.array([True, False, True])
    assert THREE.neighbour(0, 0, 1, keep) == 2
    assert THREE.neighbour(1, 0, -1, keep) == 0  # from one that is hidden itself
    assert THREE.neighbour(2, 0, 1, np.zeros(3, dtype=np.bool_)) is None


def test_events_are_starts_and_ends_once_each() -> None:
    assert THREE.events().tolist() == [100, 150, 200, 500, 900]
    assert THREE.events(np.array([False, True, False])).tolist() == [100, 150]


def test_classifications_cover_nothing_and_other_classes_are_no_overlap() -> None:
    found = stretches(
        label("a", ((0, 50), (20, 60))), label("m", ((40, 80),), "Music"), label("c", ((0, 100),), "Noisy", is_classification=True)
    )  # fmt: skip
    covered = coverage_of(found, 100)
    assert covered.gaps.tolist() == [[80, 100]]
    assert covered.overlaps.tolist() == [[20, 50]]
    assert covered.next_gap(0, 1) == 80
    assert covered.next_gap(80, 1) is None
    assert covered.next_gap(100, -1) == 80


RANGES = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)).map(lambda pair: (pair[0], pair[0] + pair[1])))


@given(RANGES, st.integers(0, 70))
def test_gaps_and_overlaps_against_counting(ranges: list[tuple[int, int]], end: int) -> None:
    count = np.zeros(100, dtype=int)
    for start, stop in ranges:
        count[start:stop] += 1
    covered = coverage_of(stretches(label("a", tuple(ranges))), end)
    free = np.zeros(100, dtype=bool)
    for start, stop in covered.gaps.astype(int).tolist():
        free[start:stop] = True
    assert np.array_equal(free[:end], count[:end] == 0)
    assert not free[end:].any()
    twice = np.zeros(100, dtype=bool)
    for start, stop in covered.overlaps.astype(int).tolist():
        twice[start:stop] = True
    assert np.array_equal(twice, count >= 2)
