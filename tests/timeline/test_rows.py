from __future__ import annotations

import pytest

from tests.timeline.support import classification, dynamic, instance, said, tracks
from viewer.scene.view_state import ViewState
from viewer.timeline.rows import ORDER_WORDS, ORDERS, Wanted, is_hidden, rows_of

TRACKS = tracks(
    instance("p1", ((5, 9),), name="Person"),
    instance(
        "c1", ((20, 22), (30, 31)), answers=dynamic(said("door", "Open", (20, 40)), said("lights", "On", (20, 40)))
    ),
    instance("c2", ((0, 50),), number=2),
    classifications=[classification("w", answer="Drizzle")],
)


def listed(**wanted) -> list[str]:
    made = []
    for row in rows_of(TRACKS, Wanted(**wanted)):
        if row.kind == "class":
            made.append(TRACKS.classes[row.at].title.upper())
        elif row.kind == "attribute":
            made.append(TRACKS.tracks[row.at].attributes[row.attribute].title)
        else:
            made.append(TRACKS.tracks[row.at].title)
    return made


def test_by_class_each_class_has_a_head():
    assert listed() == ["Weather", "CAR", "Car 1", "Car 2", "PERSON", "Person 1"]


@pytest.mark.parametrize(
    ("order", "titles"),
    [
        ("first", ["Car 2", "Person 1", "Car 1"]),
        ("longest", ["Car 2", "Car 1", "Person 1"]),
        ("name", ["Car 1", "Car 2", "Person 1"]),
    ],
)
def test_other_orders_have_no_heads(order, titles):
    assert listed(order=order) == ["Weather", *titles]


def test_folding_leaves_the_head():
    assert listed(folded=frozenset({"f-Car"})) == ["Weather", "CAR", "PERSON", "Person 1"]


def test_opening_lists_the_answers():
    assert listed(opened=frozenset({"c1"})) == [
        "Weather",
        "CAR",
        "Car 1",
        "Door",
        "Lights",
        "Car 2",
        "PERSON",
        "Person 1",
    ]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("car 2", ["CAR", "Car 2"]),
        ("OPEN door", ["CAR", "Car 1"]),
        ("p1", ["PERSON", "Person 1"]),
        ("drizzle", ["Weather"]),
        ("bus", []),
    ],
)
def test_a_filter_looks_at_names_hashes_and_answers_and_opens_what_is_folded(query, titles):
    assert listed(query=query, folded=frozenset({"f-Car", "f-Person"})) == titles


def test_what_the_picture_hides_is_known():
    by_label = {track.label: track for track in TRACKS.tracks}
    state = ViewState(hidden_objects=frozenset({"p1"}), hidden_classes=frozenset({"f-Car"}))
    assert [is_hidden(by_label[key], state) for key in ("p1", "c1", None)] == [True, True, False]
    assert [is_hidden(found, state) for found in TRACKS.classes] == [True, False]
    assert is_hidden(by_label["p1"], ViewState(hidden_shapes=frozenset({"bounding_box"})))


def test_every_order_has_words():
    assert set(ORDER_WORDS) == set(ORDERS)
