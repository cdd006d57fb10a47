from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from viewer.scene.caption_places import place_captions
from viewer.shapes.sketch import Bounds

WITHIN = Bounds(0, 0, 400, 300)
anchors = st.builds(
    lambda x, y, w, h: Bounds(x, y, x + w, y + h),
    st.floats(-50, 420),
    st.floats(-50, 320),
    st.floats(0, 200),
    st.floats(0, 150),
)
chips = st.tuples(st.floats(4, 120), st.floats(8, 20))


def overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


@given(st.lists(st.tuples(anchors, chips), max_size=40))
def test_no_caption_covers_another_and_all_lie_within(items: list[tuple[Bounds, tuple[float, float]]]) -> None:
    sizes = [chip for _, chip in items]
    places = place_captions([anchor for anchor, _ in items], sizes, WITHIN)
    boxes = [(p[0], p[1], p[0] + w, p[1] + h) for p, (w, h) in zip(places, sizes, strict=True) if p is not None]
    for box in boxes:
        assert box[0] >= 0 and box[1] >= 0 and box[2] <= 400 and box[3] <= 300
    assert not any(overlap(one, other) for one, other in itertools.combinations(boxes, 2))


def test_the_first_place_is_above_the_left_corner() -> None:
    assert place_captions([Bounds(50, 100, 90, 140)], [(60, 16)], WITHIN) == [(50, 82)]


def test_without_room_above_it_stands_elsewhere_and_without_any_nowhere() -> None:
    anchor, chip = Bounds(50, 100, 90, 140), (40.0, 16.0)
    places = place_captions([anchor] * 12, [chip] * 12, WITHIN)
    assert places[0] == (50, 82)
    assert places[1] == (50, 142)
    assert places[2] is not None and anchor.top < places[2][1] < anchor.bottom
    assert places[-1] is None


def test_at_the_upper_edge_it_stands_below_and_at_the_right_edge_it_is_moved_in() -> None:
    assert place_captions([Bounds(50, 4, 90, 60)], [(60, 16)], WITHIN) == [(50, 62)]
    assert place_captions([Bounds(380, 100, 399, 120)], [(60, 16)], WITHIN) == [(340, 82)]


def test_a_label_that_fills_everything_gets_its_caption_inside() -> None:
    assert place_captions([Bounds(-100, -100, 900, 900)], [(60, 16)], WITHIN) == [(0, 2)]


def test_a_label_out_of_sight_gets_none() -> None:
    assert place_captions([Bounds(500, 10, 600, 20)], [(60, 16)], WITHIN) == [None]


def test_captions_of_labels_in_view_stay_in_view() -> None:
    seen = Bounds(100, 100, 300, 200)
    inside, outside = place_captions([Bounds(110, 105, 150, 120), Bounds(20, 20, 60, 60)], [(40, 16)] * 2, WITHIN, seen)
    assert inside == (110, 122)
    assert outside == (20, 2)


def test_the_same_request_moved_gives_the_same_places_moved() -> None:
    random = np.random.default_rng(1)
    corners = random.uniform((0, 0), (380, 280), (60, 2)).round()
    sizes = [(50.0, 16.0)] * 60
    first = place_captions([Bounds(x, y, x + 20, y + 20) for x, y in corners], sizes, WITHIN)
    moved = place_captions(
        [Bounds(x + 70, y + 30, x + 90, y + 50) for x, y in corners], sizes, Bounds(70, 30, 470, 330)
    )
    assert moved == [None if place is None else (place[0] + 70, place[1] + 30) for place in first]


def test_a_thousand_find_places_and_most_rooms_are_used() -> None:
    random = np.random.default_rng(2)
    corners = random.uniform((0, 0), (1900, 1060), (1000, 2))
    places = place_captions(
        [Bounds(x, y, x + 30, y + 30) for x, y in corners], [(40.0, 14.0)] * 1000, Bounds(0, 0, 1920, 1080)
    )
    assert sum(place is not None for place in places) > 600
