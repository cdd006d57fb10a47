from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.labels.answers import Answer, LabelAnswers, covers, keyed, merged_checklist


def text(feature_hash, title, value):
    return Answer(feature_hash, title, "text", text=value)


def radio(feature_hash, title, *options, **more):
    return Answer(feature_hash, title, "radio", options=options, option_hashes=options, **more)


def ticked(feature_hash, title, *options, **more):
    return Answer(feature_hash, title, "checklist", options=options, option_hashes=options, **more)


def test_values_are_plain_json():
    answers = (
        text("a", "Remark", "free"),
        Answer("b", "Speed", "number", number=88.5),
        radio("c", "Kind", "Car"),
        ticked("d", "Extras", "Rack", "Spoiler"),
        ticked("e", "Damage"),
    )
    assert keyed(answers) == {
        "Remark": "free", "Speed": 88.5, "Kind": "Car", "Extras": ["Rack", "Spoiler"], "Damage": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (88.5, "88.5"),
        (1234567.25, "1,234,567.25"),
        (2e6, "2,000,000"),
        (0.1 + 0.2, "0.3"),
        (0.0, "0"),
        (1e-7, "0.0000001"),
        (12_345, "12,345"),
        (1e300, "1e+300"),
    ],
)
def test_numbers_are_said_with_all_their_digits(number, words):
    assert Answer("b", "Speed", "number", number=number).words == words


def test_a_radio_with_nothing_chosen_is_no_answer():
    assert keyed([radio("c", "Kind"), text("a", "Remark", "")]) == {"Remark": ""}


def test_later_attributes_of_the_same_title_carry_their_hash():
    answers = [text("h1", "Note", "one"), text("h2", "Note", "two"), text("h3", "Note", "three")]
    assert keyed(answers) == {"Note": "one", "Note [h2]": "two", "Note [h3]": "three"}


def test_an_unanswered_attribute_does_not_take_the_title():
    assert keyed([radio("h1", "Kind"), radio("h2", "Kind", "Car")]) == {"Kind": "Car"}


def test_the_same_attribute_twice_has_the_later_value():
    assert keyed([text("h1", "Note", "static"), text("h1", "Note", "dynamic")]) == {"Note": "dynamic"}


def test_of_several_radio_answers_on_a_frame_the_last_entry_counts():
    answers = LabelAnswers(
        dynamic=(
            radio("d", "Door", "Closed", ranges=((0, 9),)),
            radio("d", "Door", "Open", ranges=((5, 5),)),
            radio("d", "Door", "Ajar", ranges=((7, 20),)),
        )
    )
    assert [keyed(answers.on_frame(frame)).get("Door") for frame in (0, 5, 6, 7, 20, 21)] == [
        "Closed", "Open", "Closed", "Ajar", "Ajar", None,
    ]  # fmt: skip


spans = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 8)).map(lambda p: (p[0], p[0] + p[1])), max_size=4)


@given(actions=st.lists(st.tuples(st.sampled_from("abcd"), spans), max_size=8))
def test_a_dynamic_checklist_is_the_union_on_every_frame(actions):
    """Held against the union taken frame by frame, which the SDK's own merge of ranges does not reach."""
    rank = {"d": 0, "c": 1, "b": 2, "a": 3}
    dynamic = tuple(ticked("h", "Lights", option, ranges=tuple(ranges)) for option, ranges in actions)
    answers = LabelAnswers(dynamic=dynamic, rank=rank)
    for frame in range(40):
        union = {option for option, ranges in actions for a, b in ranges if frame in range(a, b + 1)}
        mine = keyed(answers.on_frame(frame))
        assert mine == ({"Lights": sorted(union, key=rank.__getitem__)} if union else {})


def test_a_checklist_with_nothing_ticked_is_not_an_absent_one():
    answers = LabelAnswers(dynamic=(ticked("h", "Lights", ranges=((3, 4),)),))
    assert keyed(answers.on_frame(3)) == {"Lights": []} and keyed(answers.on_frame(5)) == {}


def test_options_without_a_rank_stand_as_met():
    merged = merged_checklist([ticked("h", "x", "b", "a"), ticked("h", "x", "c", "a")], {})
    assert merged.options == ("b", "a", "c")
    assert merged_checklist([ticked("h", "x", "b", "a", "z")], {"a": 0, "b": 1}).options == ("a", "b", "z")


def test_ranges_include_both_ends():
    assert [covers([(3, 5)], frame) for frame in (2, 3, 5, 6)] == [False, True, True, False]
    assert covers([(0, 9 * 10**18)], 10**15)
