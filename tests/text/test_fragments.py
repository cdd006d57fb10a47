"""However ranges overlap, each has a band of its own, and captions lie on nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from viewer.text.fragments import BAND, CHIP, GAP, LEAST_CAPTION, LEAST_WIDTH, Fragment, lane_tops, stacked

SPANS = st.lists(st.tuples(st.integers(0, 500), st.integers(0, 200), st.booleans()), max_size=40)


def fragments_of(spans):
    made = [
        Fragment(key, left, left + width, (200, 0, 0), "Person" if named else "", 44.0 if named else 0.0)
        for key, (left, width, named) in enumerate(spans)
    ]
    return stacked(made)


@given(SPANS)
def test_no_two_bands_of_a_lane_overlap(spans):
    placed = fragments_of(spans)
    assert sorted(piece.key for piece in placed) == list(range(len(spans)))
    for one in placed:
        for other in placed:
            if one.key < other.key and one.lane == other.lane:
                ends = [max(piece.right, piece.left + LEAST_WIDTH) for piece in (one, other)]
                assert ends[0] <= other.left + 0.5 or ends[1] <= one.left + 0.5


@given(SPANS)
def test_captions_end_before_the_next_band_of_their_lane(spans):
    placed = fragments_of(spans)
    for one in placed:
        for other in placed:
            if one.caption and one.key != other.key and one.lane == other.lane and other.left > one.left + 0.5:
                assert one.left + one.room <= other.left


def test_ranges_without_length_at_one_place_do_not_hide_each_other():
    placed = fragments_of([(10, 0, False), (10, 0, False), (10, 4, False)])
    assert len({piece.lane for piece in placed}) == 3


def test_neighbours_share_a_lane():
    placed = fragments_of([(0, 100, True), (100, 50, True), (150, 60, False)])
    assert [piece.lane for piece in placed] == [0, 0, 0]


def test_pieces_of_one_range_share_a_lane_across_another():
    one = [Fragment(0, 0, 40, (1, 1, 1)), Fragment(0, 80, 100, (1, 1, 1))]
    placed = stacked([*one, Fragment(1, 90, 120, (2, 2, 2)), Fragment(2, 45, 70, (3, 3, 3))])
    assert [piece.lane for piece in placed] == [0, 0, 1, 0]


def test_lanes_with_captions_are_higher():
    placed = fragments_of([(0, 100, True), (0, 90, False)])
    assert lane_tops(placed) == [0, BAND + GAP + CHIP, 2 * (BAND + GAP) + CHIP]


def test_captions_are_cut_at_the_end_of_the_line():
    pieces = [Fragment(at, left, left + 5, (1, 1, 1), "long", 150.0) for at, left in enumerate((100.0, 300.0, 390.0))]
    assert [piece.room for piece in stacked(pieces, 400.0)] == [150.0, 88.0, LEAST_CAPTION]
