"""Which range stands in which lane."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.scene.test_stretch_steps import label, stretches
from viewer.sound.rows import rows_of

PAIRS = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 15)).map(lambda p: (p[0], p[0] + p[1])), max_size=12)


def test_a_row_for_each_label_or_each_class_classifications_above() -> None:
    found = stretches(
        label("a", ((0, 10), (5, 20))),
        label("b", ((8, 12),)),
        label("m", ((0, 3),), "Music"),
        label("p", ((1, 2),), "Laughter", is_classification=True),
        label("w", (), "Noisy", is_classification=True),
    )
    by_label = rows_of(found, "instance")
    assert [(row.kind, row.title, row.first_lane, row.lanes, row.count) for row in by_label.rows] == [
        ("whole", "w", 0, 1, 0),
        ("classification", "p", 1, 1, 1),
        ("label", "a", 2, 2, 2),
        ("label", "b", 4, 1, 1),
        ("label", "m", 5, 1, 1),
    ]
    by_class = rows_of(found, "class")
    assert [(row.kind, row.title, row.lanes, row.count) for row in by_class.rows][2:] == [
        ("class", "Speaker", 3, 3),
        ("class", "Music", 1, 1),
    ]
    row = by_class.row_of("b")
    assert row is not None and row.title == "Speaker"
    assert by_class.row_of("nobody") is None


@given(PAIRS, PAIRS, st.sampled_from(["instance", "class"]))
def test_no_two_ranges_of_a_lane_overlap_and_each_is_found_under_its_pixel(one: list, other: list, by: str) -> None:
    found = stretches(label("a", tuple(one)), label("b", tuple(other)))
    rows = rows_of(found, by)  # type: ignore[arg-type]
    assert rows.lane_count == sum(row.lanes for row in rows.rows)
    for lane in range(rows.lane_count):
        own = np.flatnonzero(rows.lanes == lane)
        assert (found.starts[own][1:] >= found.ends[own][:-1]).all()
        for at in own.tolist():
            middle = (found.starts[at] + found.ends[at]) / 2
            under = rows.covering(lane, middle, middle)
            assert under is not None and found.starts[under] <= middle <= found.ends[under]


@given(PAIRS)
def test_there_are_as_many_lanes_as_ranges_lie_over_one_another(pairs: list) -> None:
    pairs = [(start, end + 1) for start, end in pairs]
    most = max((sum(start <= at < end for start, end in pairs) for at in range(70)), default=0)
    assert rows_of(stretches(label("a", tuple(pairs))), "instance").lane_count == max(most, 1)
