"""Answers of objects: what stands in object_answers and object_actions, joined to the ontology."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rows import action, answer, blob, box, image_row, listed, only, opened, row, unit, video_row
from viewer.labels.answers import keyed

ONTOLOGY = {
    "objects": [
        {
            "name": "Car",
            "shape": "bounding_box",
            "featureNodeHash": "cls00001",
            "attributes": [
                {
                    "name": "Kind",
                    "type": "radio",
                    "featureNodeHash": "kind",
                    "options": [
                        {
                            "label": "Estate",
                            "featureNodeHash": "estate",
                            "options": [
                                {
                                    "name": "Rails",
                                    "type": "radio",
                                    "featureNodeHash": "rails",
                                    "options": [
                                        {
                                            "label": "Yes",
                                            "featureNodeHash": "yes",
                                            "options": [{"name": "Note", "type": "text", "featureNodeHash": "deep"}],
                                        }
                                    ],
                                }
                            ],
                        },
                        {"label": "Coupé", "featureNodeHash": "coupe"},
                    ],
                },
                {
                    "name": "Extras",
                    "type": "checklist",
                    "featureNodeHash": "extras",
                    "options": [{"label": t, "featureNodeHash": t.lower()} for t in ("Rack", "Spoiler", "Hook")],
                },
                {"name": "Note", "type": "text", "featureNodeHash": "note"},
                {
                    "name": "Door",
                    "type": "radio",
                    "dynamic": True,
                    "featureNodeHash": "door",
                    "options": [
                        {"label": "Open", "featureNodeHash": "open"},
                        {"label": "Shut", "featureNodeHash": "shut"},
                    ],
                },
                {
                    "name": "Lights",
                    "type": "checklist",
                    "dynamic": True,
                    "featureNodeHash": "lights",
                    "options": [{"label": x.upper(), "featureNodeHash": x} for x in "abcd"],
                },
            ],
        },
        {
            "name": "Van",
            "shape": "bounding_box",
            "featureNodeHash": "cls00002",
            "attributes": [
                {
                    "name": "Van's kind",
                    "type": "radio",
                    "featureNodeHash": "kind",
                    "options": [{"label": "Box van", "featureNodeHash": "estate"}],
                }
            ],
        },
    ],
    "classifications": [],
}


def answers_of(tmp_path, entries, ontology=ONTOLOGY, **more):
    found = only(
        tmp_path, image_row(box(), object_answers={"obj00001": {"classifications": entries}}, **more), ontology
    )
    (annotation,) = found["annotations"]["data0001"]["0"]
    assert found["objects"][0]["answers"] == annotation["answers"]
    return annotation["answers"]


def test_each_kind_of_answer(tmp_path):
    entries = [
        answer("extras", "Extras", [("hook", "Hook"), ("rack", "Rack")]),
        answer("kind", "Kind", [("estate", "Estate")]),
        answer("note", "Note", "free text"),
        answer("speed", "Speed", 88.5),
        answer("count", "Count", 3),
    ]
    expected = {"Kind": "Estate", "Extras": ["Rack", "Hook"], "Note": "free text", "Speed": 88.5, "Count": 3}
    assert answers_of(tmp_path, entries) == expected


def test_without_an_ontology_the_export_speaks_for_itself(tmp_path):
    entries = [
        answer("extras", "Extras", [("hook", "Hook"), ("rack", "Rack")]),
        answer("kind", "Kind", [("estate", "Estate")]),
        answer("empty", "Empty", []),
    ]
    assert answers_of(tmp_path, entries, None) == {"Extras": ["Hook", "Rack"], "Kind": "Estate", "Empty": []}


def test_a_checklist_in_several_entries_is_one_in_the_order_of_the_ontology(tmp_path):
    entries = [answer("extras", "Extras", [(h, "x")]) for h in ("hook", "rack", "hook")]
    assert answers_of(tmp_path, entries) == {"Extras": ["Rack", "Hook"]}


def test_of_a_radio_in_several_entries_the_last_counts(tmp_path):
    entries = [answer("kind", "Kind", [("estate", "x")]), answer("kind", "Kind", [("coupe", "x")])]
    assert answers_of(tmp_path, entries) == {"Kind": "Coupé"}


def test_without_an_ontology_an_attribute_in_several_entries_is_a_checklist(tmp_path):
    entries = [answer("extras", "Extras", [("hook", "Hook")]), answer("extras", "Extras", [("rack", "Rack")])]
    assert answers_of(tmp_path, entries, None) == {"Extras": ["Hook", "Rack"]}


def test_one_option_of_a_checklist_is_a_list_all_the_same(tmp_path):
    assert answers_of(tmp_path, [answer("extras", "Extras", [("hook", "Hook")])]) == {"Extras": ["Hook"]}


def test_nothing_ticked_is_an_empty_list_and_nothing_chosen_is_absent(tmp_path):
    entries = [answer("extras", "Extras", []), answer("kind", "Kind", []), answer("note", "Note", None)]
    assert answers_of(tmp_path, entries) == {"Extras": []}


def test_titles_are_the_ontologys_by_hash_whatever_the_editor_wrote(tmp_path):
    entries = [
        answer("kind", "old title", [{"name": "old title", "value": "x", "featureHash": "coupe"}]),
        answer("extras", "Extras", [{"featureHash": "spoiler"}]),
    ]
    assert answers_of(tmp_path, entries) == {"Kind": "Coupé", "Extras": ["Spoiler"]}


def test_without_an_ontology_the_attributes_name_in_place_of_the_options_is_passed_over(tmp_path):
    wrong = {"name": "Box checklist", "value": "box_checklist_option_0", "featureHash": "o"}
    assert answers_of(tmp_path, [answer("c", "Box checklist", [wrong])], None) == {
        "Box checklist": "box_checklist_option_0"
    }


def test_an_option_without_name_is_called_by_value_or_hash(tmp_path):
    entries = [
        answer("a", "A", [{"value": "v", "featureHash": "h"}]),
        answer("b", "B", [{"featureHash": "h"}]),
        answer("c", "C", ["plain"]),
    ]
    assert answers_of(tmp_path, entries, None) == {"A": "v", "B": "h", "C": "plain"}


def test_nested_answers_stand_flat_and_those_of_one_title_carry_their_hash(tmp_path):
    """Children come before their parents in the export; which is first is decided by the ontology."""
    entries = [
        answer("deep", "Note", "nested"),
        answer("note", "Note", "own"),
        answer("rails", "Rails", [("yes", "Yes")]),
        answer("kind", "Kind", [("estate", "Estate")]),
    ]
    assert answers_of(tmp_path, entries) == {"Kind": "Estate", "Rails": "Yes", "Note": "nested", "Note [note]": "own"}


def static(tmp_path, entries):
    export = opened(
        tmp_path, image_row(box(), object_answers={"obj00001": {"classifications": entries}}), ontology=ONTOLOGY
    )
    (instance,) = export.row(0).index().instances
    return {answer.feature_hash: (answer.depth, answer.stale) for answer in instance.answers.static}


def test_a_nested_answer_is_stale_where_its_option_is_not_chosen(tmp_path):
    chosen = [
        answer("kind", "Kind", [("estate", "x")]),
        answer("rails", "Rails", [("yes", "x")]),
        answer("deep", "N", "x"),
    ]
    assert static(tmp_path, chosen) == {"kind": (0, False), "rails": (1, False), "deep": (2, False)}
    other = [answer("kind", "Kind", [("coupe", "x")]), *chosen[1:]]
    assert static(tmp_path, other) == {"kind": (0, False), "rails": (1, True), "deep": (2, True)}
    assert static(tmp_path, chosen[1:]) == {"rails": (1, True), "deep": (2, True)}


def test_an_attribute_hash_at_two_classes_is_read_by_the_labels_own(tmp_path):
    entry = [answer("kind", "?", [("estate", "?")])]
    given = image_row(
        box("a"),
        box("b", featureHash="cls00002"),
        box("c", featureHash="unknown"),
        object_answers={key: {"classifications": entry} for key in "abc"},
    )
    found = {o["object_hash"]: o["answers"] for o in only(tmp_path, given, ONTOLOGY)["objects"]}
    assert found == {"a": {"Kind": "Estate"}, "b": {"Van's kind": "Box van"}, "c": {"Kind": "Estate"}}


def dynamic(tmp_path, actions, frames, ontology=ONTOLOGY, **more):
    given = video_row(
        {frame: blob(box()) for frame in frames},
        object_actions={"obj00001": {"objectHash": "obj00001", "actions": actions}},
        **more,
    )
    found = only(tmp_path, given, ontology)
    return [found["annotations"]["data0001"][str(frame)][0]["answers"] for frame in frames]


def test_dynamic_answers_hold_on_their_frames_both_ends_included(tmp_path):
    actions = [
        action("door", "Door", [("shut", "x")], (0, 9), (14, 19)),
        action("door", "Door", [("open", "x")], (10, 11)),
    ]
    frames = (0, 9, 10, 11, 12, 14, 19, 20)
    shown = dynamic(tmp_path, actions, frames)
    assert [a.get("Door") for a in shown] == ["Shut", "Shut", "Open", "Open", None, "Shut", "Shut", None]


def test_of_two_radio_answers_the_last_one_counts_and_it_is_told(tmp_path):
    actions = [action("door", "Door", [("shut", "x")], (0, 9)), action("door", "Door", [("open", "x")], (5, 5))]
    given = video_row({5: blob(box()), 6: blob(box())}, object_actions={"obj00001": {"actions": actions}})
    document = listed(tmp_path, given, ontology=ONTOLOGY)
    annotations = document["rows"][0]["annotations"]["data0001"]
    assert [annotations[f][0]["answers"]["Door"] for f in ("5", "6")] == ["Open", "Shut"]
    assert any("two answers on frame 5" in p["what"] for p in document["problems"])


pieces = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 4)), min_size=1, max_size=3)


@given(actions=st.lists(st.tuples(st.sampled_from("abcd"), pieces), min_size=1, max_size=6))
@pytest.mark.parametrize("with_ontology", [True, False])
def test_dynamic_checklists_are_the_union_frame_by_frame(tmp_path_factory, with_ontology, actions):
    """As the editor writes them: an action an option, ranges that overlap, and touch at their ends."""
    ranges = [(option, [(first, first + more) for first, more in spans]) for option, spans in actions]
    written = [action("lights", "Lights", [(option, option.upper())], *spans) for option, spans in ranges]
    frames = range(18)
    shown = dynamic(tmp_path_factory.mktemp("x"), written, frames, ONTOLOGY if with_ontology else None)
    for frame, found in zip(frames, shown, strict=True):
        on_here = [option for option, spans in ranges for first, last in spans if first <= frame <= last]
        options = sorted({option.upper() for option in on_here})
        mine = found.get("Lights", [])
        assert sorted([mine] if isinstance(mine, str) else mine) == options


def test_dynamic_answers_on_an_image(tmp_path):
    actions = [action("door", "Door", [("open", "x")], (0, 0))]
    found = only(tmp_path, image_row(box(), object_actions={"obj00001": {"actions": actions}}), ONTOLOGY)
    assert found["annotations"]["data0001"]["0"][0]["answers"] == {"Door": "Open"}
    assert found["objects"][0]["answers"] == {}


def test_a_dynamic_answer_filed_among_the_static_ones_keeps_its_range(tmp_path):
    entries = [action("door", "Door", [("open", "x")], (3, 4))]
    given = video_row({2: blob(box()), 3: blob(box())}, object_answers={"obj00001": {"classifications": entries}})
    annotations = only(tmp_path, given, ONTOLOGY)["annotations"]["data0001"]
    assert [annotations[f][0]["answers"] for f in ("2", "3")] == [{}, {"Door": "Open"}]


@pytest.mark.parametrize(
    ("range", "severity"),
    [
        (None, "warning"), ("0-9", "warning"), ([[9, 0]], "warning"), ([[0, 1, 2]], "warning"), ([5], "warning"),
        ([[0, "9"]], "warning"), ([[0.5, 9]], "warning"), ([[True, 9]], "warning"), ([[0, 10**30]], "warning"),
        ([[-(10**400), 9]], "warning"), ([[0, float("inf")]], "warning"), ([[0, 9.0]], None), ([[0, 9 * 10**18]], None), ([], None),
    ],
)  # fmt: skip
def test_broken_ranges_are_told_at_their_path_and_never_expanded(tmp_path, range, severity):
    entry = {**action("door", "Door", [("open", "x")]), "range": range}
    given = video_row({5: blob(box())}, object_actions={"obj00001": {"actions": [entry]}})
    document = listed(tmp_path, given, ontology=ONTOLOGY)
    said = [p["severity"] for p in document["problems"] if ".object_actions.obj00001.actions[0].range" in p["where"]]
    assert said == ([severity] if severity else [])
    found = document["rows"][0]["annotations"]["data0001"]["5"][0]["answers"]
    assert found == ({"Door": "Open"} if severity is None and range else {})


def test_answers_of_an_object_that_is_not_there_are_left_out(tmp_path):
    orphan = {
        "featureHash": "cls00001",
        "classifications": [answer("note", "Note", "x")],
        "range": None,
        "spaces": {"S": {}},
    }
    found = only(tmp_path, image_row(box(), object_answers={"gone": orphan, "obj00001": {}}), ONTOLOGY)
    assert [o["object_hash"] for o in found["objects"]] == ["obj00001"]


def test_the_key_counts_not_the_hash_inside(tmp_path):
    entry = {"objectHash": "other", "classifications": [answer("note", "Note", "x")]}
    document = listed(tmp_path, image_row(box(), object_answers={"obj00001": entry}), ontology=ONTOLOGY)
    assert document["rows"][0]["objects"][0]["answers"] == {"Note": "x"}
    assert any("key obj00001 counts" in p["what"] for p in document["problems"])


def test_an_answer_that_names_an_object_is_a_relation_to_it(tmp_path):
    entries = [answer("next", "Next to", "obj00002")]
    given = image_row(box(), box("obj00002"), object_answers={"obj00001": {"classifications": entries}, "obj00002": {}})
    instance = opened(tmp_path, given).row(0).index().instances[0]
    assert [a.related for a in instance.answers.static] == ["obj00002"]
    assert keyed(instance.answers.static) == {"Next to": "obj00002"}


@pytest.mark.parametrize("broken", [None, 5, "x", {"a": 1}, [None], [[]], [5, "x"]])
def test_broken_lists_of_answers_leave_the_label_without(tmp_path, broken):
    assert answers_of(tmp_path, broken) == {}


@pytest.mark.parametrize("value", [{"a": 1}, True, float("nan"), float("inf"), 10**400])
def test_an_answer_of_no_known_kind_is_told(tmp_path, value):
    given = image_row(
        box(), object_answers={"obj00001": {"classifications": [answer("a", "A", value), answer("b", "B", "kept")]}}
    )
    document = listed(tmp_path, given)
    assert document["rows"][0]["objects"][0]["answers"] == {"B": "kept"}
    assert [p["severity"] for p in document["problems"] if ".classifications[0].answers" in p["where"]] == ["warning"]


@pytest.mark.parametrize("key", ["object_answers", "object_actions", "classification_answers"])
@pytest.mark.parametrize("broken", [None, 5, "x", [], {"obj00001": 5}, {"obj00001": None}, {"obj00001": []}])
def test_labels_are_shown_whatever_stands_in_the_place_of_answers(tmp_path, key, broken):
    document = listed(tmp_path, image_row(box(), **{key: broken}))
    assert [o["object_hash"] for o in document["rows"][0]["objects"]] == ["obj00001"]


def test_a_dynamic_answer_of_a_space_holds_on_that_space_alone(tmp_path):
    spaces = {s: {"space_type": "video", "width": 9, "height": 9, "labels": {"3": blob(box())}} for s in ("S1", "S2")}
    actions = [action("door", "Door", [("open", "x")], (0, 9), spaceId="S1"), action("note", "Note", "both", (0, 9))]
    given = row(
        unit(blob(), mime="group"),
        data_type="group",
        spaces=spaces,
        object_actions={"obj00001": {"objectHash": "obj00001", "actions": actions}},
    )
    annotations = only(tmp_path, given, ONTOLOGY)["annotations"]
    assert annotations["S1"]["3"][0]["answers"] == {"Door": "Open", "Note": "both"}
    assert annotations["S2"]["3"][0]["answers"] == {"Note": "both"}


def test_two_answers_on_one_frame_are_told_whatever_lies_between(tmp_path):
    spans = [action("kind", "Kind", "x", [0, 100], [1, 2]), action("kind", "Kind", "y", [50, 60])]
    given = video_row({0: blob(box("o1"))}, object_actions={"o1": {"actions": spans}})
    said = [p["what"] for p in listed(tmp_path, given)["problems"] if "two answers" in p["what"]]
    assert len(said) == 1 and "frame 50" in said[0]


def test_two_answers_that_share_only_their_end_frame_are_told(tmp_path):
    actions = [action("door", "Door", [("shut", "x")], (0, 5)), action("door", "Door", [("open", "x")], (5, 9))]
    given = video_row({5: blob(box())}, object_actions={"obj00001": {"actions": actions}})
    problems = listed(tmp_path, given, ontology=ONTOLOGY)["problems"]
    assert any("two answers on frame 5" in p["what"] for p in problems)
