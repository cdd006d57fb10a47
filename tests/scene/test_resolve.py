from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.rows import answer, box, image_row, label, opened
from viewer.scene.resolve import CAPTION_LENGTH, Naming, resolve
from viewer.scene.view_state import Look, ViewState
from viewer.size import Size


@pytest.fixture
def scene(tmp_path):
    """Makes the scene of one picture with these objects, in a state."""

    def make(*objects, state=None, indexed=True, **more):
        row = opened(tmp_path, image_row(*objects, **more)).row(0)
        unit = row.units[0]
        labels = row.labels[unit.id].on_frame(0, unit.size)
        return resolve(labels, Naming.of(row.index() if indexed else None, unit.id), state or ViewState())

    return make


THREE = (
    box("small", w=0.1, h=0.1),
    box("large", w=0.9, h=0.9, featureHash="cls00002", name="Bus"),
    label("point", {"point": {"0": {"x": 0.5, "y": 0.5}}}, "dot", name="Spot", featureHash="cls00003"),
)


def hashes(made):
    return [mark.object_hash for mark in made.marks]


def test_large_labels_stand_behind_small_ones(scene):
    assert hashes(scene(*THREE)) == ["large", "small", "dot"]
    assert scene(*THREE).size == Size(640, 400)


def test_labels_of_one_size_keep_the_order_of_the_export(scene):
    assert hashes(scene(*(box(f"o{n}") for n in range(5)))) == [f"o{n}" for n in range(5)]


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        (ViewState(hidden_objects=frozenset(["small"])), ["large", "dot"]),
        (ViewState(hidden_classes=frozenset(["cls00001"])), ["large", "dot"]),
        (ViewState(hidden_shapes=frozenset(["bounding_box"])), ["dot"]),
        (ViewState(hide_all=True), []),
        (ViewState(solo="instance", selected="dot"), ["dot"]),
        (ViewState(solo="instance"), ["large", "small", "dot"]),
        # shown alone, a label is shown although it is hidden
        (ViewState(solo="instance", selected="dot", hidden_shapes=frozenset(["point"])), ["dot"]),
        (ViewState(selected="small"), ["large", "small", "dot"]),
        (ViewState(solo="shape", selected="small"), ["large", "small"]),
        (ViewState(solo="class", selected="small"), ["small"]),
        # a classification is selected: no label is like it, and none is hidden for that
        (ViewState(solo="class", selected="a classification"), ["large", "small", "dot"]),
    ],
)
def test_what_is_hidden(scene, state, shown):
    assert hashes(scene(*THREE, state=state)) == shown


def test_what_cannot_be_drawn_has_no_mark_and_hides_nothing(scene):
    odd = (box("bad", x=None), label("hypercube", {"hypercube": 1}, "odd"), box("deleted", isDeleted=True))
    assert hashes(scene(*odd, *THREE)) == ["large", "small", "dot"]


def test_a_label_with_a_problem_is_flagged(scene):
    marks = {
        m.object_hash: m.flagged
        for m in scene(
            box("flat", w=0), box("fine"), label("skeleton", {"skeleton": {"0": {"x": 0, "y": 0}}}, "noted")
        ).marks
    }
    assert marks == {"flat": True, "fine": False, "noted": False}


def test_a_label_that_no_hand_made_is_dashed(scene):
    made = scene(box("tracked", manualAnnotation=False), box("drawn"), box("said nothing", manualAnnotation=None))
    assert {m.object_hash: m.dashed for m in made.marks} == {"tracked": True, "drawn": False, "said nothing": False}


def test_captions_number_the_objects_of_a_class_in_order_of_appearance(scene):
    objects = (box("a"), box("b"), box("c", name="Bus", featureHash="cls00002"))
    assert [m.caption for m in scene(*objects).marks] == ["Car 1", "Car 2", "Bus 1"]
    assert [m.caption for m in scene(*objects, indexed=False).marks] == ["Car", "Car", "Bus"]
    assert {m.caption for m in scene(*objects, state=ViewState(look=Look(captions="none"))).marks} == {""}


def test_large_numbers_have_their_thousands_apart(scene):
    made = scene(box("a"), object_answers={"a": {"objectNumber": 12345}})
    assert [(m.caption, m.name) for m in made.marks] == [("Car 12,345", "Car 12,345")]


def test_captions_may_have_the_answers_but_not_what_is_left_over(scene):
    answers = {
        "a": {
            "classifications": [answer("t", "Note", "hello"), answer("n", "Speed", 1234.5), answer("c", "Extras", [])]
        }
    }
    made = scene(box("a"), state=ViewState(look=Look(captions="answers")), object_answers=answers)
    assert [m.caption for m in made.marks] == ["Car 1 · hello · Speed 1,234.5 · nothing ticked"]


def test_captions_are_cut(scene):
    (mark,) = scene(box("a", name="x" * 10_000)).marks
    assert len(mark.caption) == CAPTION_LENGTH and mark.caption.endswith("…")


def test_others_are_dimmed_while_one_is_selected(scene):
    look = Look(dim="instance")
    dimmed = {m.object_hash: m.dimmed for m in scene(*THREE, state=ViewState(selected="small", look=look)).marks}
    assert dimmed == {"small": False, "large": True, "dot": True}
    assert not any(m.dimmed for m in scene(*THREE, state=ViewState(look=look)).marks)


def test_others_are_dimmed_by_class_and_by_shape(scene):
    def dimmed(by):
        state = ViewState(selected="small", look=Look(dim=by))
        return [m.object_hash for m in scene(*THREE, state=state).marks if m.dimmed]

    assert dimmed("class") == ["large", "dot"]
    assert dimmed("shape") == ["dot"]


def test_the_look_is_passed_on(scene):
    look = Look(fill=0.5, line_width=3.0)
    made = scene(*THREE, state=ViewState(look=look, name_points=True))
    assert (made.fill, made.line_width, made.name_points, made.legend) == (0.5, 3.0, True, ())
    assert scene(*THREE, state=replace(ViewState(look=look), fill_solid=True)).fill == 1.0


def test_the_area_is_that_of_the_bounds(scene):
    areas = {m.object_hash: m.area for m in scene(*THREE).marks}
    assert np.isclose(areas["small"], 64 * 40) and areas["dot"] == 0


def test_captions_leave_out_answers_below_options_that_are_not_chosen(tmp_path):
    note = {"name": "Note", "type": "text", "featureNodeHash": "note"}
    options = [
        {"label": "Van", "featureNodeHash": "van", "options": [note]},
        {"label": "Bus", "featureNodeHash": "bus"},
    ]
    kind = {"name": "Kind", "type": "radio", "featureNodeHash": "kind", "options": options}
    car = {"name": "Car", "shape": "bounding_box", "featureNodeHash": "cls00001", "attributes": [kind]}
    given = [answer("kind", "Kind", [("bus", "Bus")]), answer("note", "Note", "left over")]
    export = opened(
        tmp_path,
        image_row(box("a"), object_answers={"a": {"classifications": given}}),
        ontology={"objects": [car], "classifications": []},
    )
    row = export.row(0)
    unit = row.units[0]
    labels = row.labels[unit.id].on_frame(0, unit.size)
    state = ViewState(look=Look(captions="answers"))
    assert [m.caption for m in resolve(labels, Naming.of(row.index(), unit.id), state).marks] == ["Car 1 · Bus"]
