"""What is covered, against counting every unit by itself."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from viewer.scene.coverage import coverage

ENDS = st.integers(-5, 40)
PAIRS = st.lists(st.tuples(ENDS, ENDS).map(sorted), max_size=12)


def runs(depths, wanted):
    """(from, to) of neighbouring units that are wanted, by walking along them."""
    made, start = [], None
    for at, depth in enumerate([*depths, None]):
        if depth is not None and wanted(depth):
            start = at if start is None else start
        elif start is not None:
            made.append([start, at])
            start = None
    return made


@given(PAIRS, st.integers(0, 30))
def test_every_unit_is_counted_as_if_alone(pairs, end):
    depths = [sum(a <= unit < b for a, b in pairs) for unit in range(end)]
    starts, ends = (np.array([pair[side] for pair in pairs], dtype=np.float64) for side in (0, 1))
    found = coverage(starts, ends, float(end))
    assert found.covered == sum(depth > 0 for depth in depths)
    assert found.overlaps.tolist() == runs(depths, lambda depth: depth > 1)
    assert found.gaps.tolist() == runs(depths, lambda depth: depth == 0)
    assert found.share == (found.covered / end if end else 0)


@given(PAIRS.filter(lambda pairs: any(b > 0 for _, b in pairs)))
def test_without_an_end_it_is_that_of_the_last_range(pairs):
    starts, ends = (np.array([pair[side] for pair in pairs], dtype=np.float64) for side in (0, 1))
    last = max(b for _, b in pairs)
    assert coverage(starts, ends).end == last
    assert coverage(starts, ends).covered == coverage(starts, ends, last).covered


def test_fractions_of_a_millisecond_are_kept():
    found = coverage(np.array([0.25, 0.5]), np.array([0.75, 1.0]), 2.0)
    assert (found.covered, found.overlaps.tolist(), found.gaps.tolist()) == (0.75, [[0.5, 0.75]], [[0, 0.25], [1, 2]])


def test_nothing_covers_nothing():
    found = coverage(np.zeros(0), np.zeros(0))
    assert (found.end, found.covered, found.share, len(found.gaps), len(found.overlaps)) == (0, 0, 0, 0, 0)
