from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from tests.panels.support import (
    CAR,
    LONG,
    NASTY,
    annotation,
    chosen,
    classification,
    click,
    click_cell,
    head,
    index_of,
    instance,
    list_of,
)
from viewer.errors import Place, Problem
from viewer.labels.answers import NO_ANSWERS, Answer, LabelAnswers
from viewer.labels.ontology import Attribute, Option
from viewer.labels.records import Unit, UnitFile
from viewer.labels.row import LabelRow
from viewer.panels.inspector_pane import InspectorPane
from viewer.shapes.skeleton import Joint, Skeleton
from viewer.size import Size


@pytest.fixture
def pane(show):
    return show(InspectorPane, height=900)


def said(pane) -> dict[str, str]:
    """Values by name; names that stand twice keep the first."""
    lines = list_of(pane)
    made: dict[str, str] = {}
    for row in range(lines.count):
        made.setdefault(lines.line(row).name.strip(), lines.line(row).text)
    return made


def line_named(pane, name):
    lines = list_of(pane)
    return next(row for row in range(lines.count) if lines.line(row).name.strip() == name)


def sections(pane):
    lines = list_of(pane)
    return [lines.line(row).text for row in range(lines.count) if lines.line(row).tone == "section"]


def show_car(pane, answers=NO_ANSWERS, frame=0, **more):
    pane.show_object(annotation("c1"), instance("c1", number=3), answers, frame=frame, kind=CAR, **more)


def test_the_head_says_which_label_it_is(pane):
    show_car(pane)
    assert pane._title.text() == "Car 3"
    assert pane._what.text() == "box · 30 x 40 px"
    assert pane._square.colour == "#d33115"


def test_an_object_off_its_frames_and_one_that_is_deleted_say_so(pane):
    pane.show_object(None, instance("c1"), NO_ANSWERS, frame=12)
    assert pane._state.text() == "not on frame 12"
    pane.show_object(annotation("c1", deleted=True, drawn=False), None, NO_ANSWERS, frame=0)
    assert pane._state.text() == "marked as deleted, so not drawn"
    pane.show_object(annotation("c1", drawn=False), None, NO_ANSWERS, frame=0)
    assert pane._state.text() == "cannot be drawn"


def test_unanswered_attributes_of_the_ontology_are_listed(pane):
    show_car(pane)
    found = said(pane)
    assert found["Kind"] == "not answered, though required"
    assert found["Note"] == "not answered"
    assert "Load" not in found, "its option is not chosen, so it was not asked"


def test_answers_nest_and_ask_what_their_option_opens(pane):
    show_car(pane, LabelAnswers((chosen("kind", "Kind", "Van"),)))
    lines = list_of(pane)
    assert said(pane)["Kind"] == "Van"
    row = line_named(pane, "Load")
    assert (lines.line(row).text, lines.line(row).level) == ("not answered", 1)


def test_an_attribute_under_several_options_is_asked_under_the_one_that_is_chosen(pane):
    load = Attribute("load", "Load", "text")
    options = (Option("o-Van", "Van", (load,)), Option("o-Lorry", "Lorry", (load,)))
    kind = replace(CAR, attributes=(Attribute("kind", "Kind", "radio", options=options),))
    answers = LabelAnswers((chosen("kind", "Kind", "Lorry"),))
    pane.show_object(annotation("c1"), None, answers, frame=0, kind=kind)
    assert said(pane)["Load"] == "not answered"


def test_a_stale_answer_is_greyed_and_called_left_over(pane):
    load = Answer("load", "Load", "text", text="bricks", depth=1, stale=True)
    show_car(pane, LabelAnswers((chosen("kind", "Kind", "Bus"), load)))
    line = list_of(pane).line(line_named(pane, "Load"))
    assert (line.text, line.tone) == ("bricks · left over", "quiet")


def test_dynamic_answers_show_what_holds_here_and_elsewhere(pane):
    answers = LabelAnswers(
        dynamic=(
            chosen("door", "Door", "Shut", dynamic=True, ranges=((100, 119),)),
            chosen("door", "Door", "Open", dynamic=True, ranges=((0, 99), (140, 199))),
        )
    )
    show_car(pane, answers, frame=7)
    found = said(pane)
    assert (found["Door"], found["on frames"], found["Shut"]) == ("Open", "0–99, 140–199", "100–119")
    show_car(pane, answers, frame=130)
    assert said(pane)["Door"] == "not on this frame"
    assert said(pane)["Open"] == "0–99, 140–199"


def test_several_ticks_that_hold_at_once_are_one_answer_with_their_frames(pane):
    def ticked(option, ranges):
        return replace(chosen("l", "Lights", option, dynamic=True, ranges=ranges), kind="checklist")

    show_car(pane, LabelAnswers(dynamic=(ticked("Head", ((0, 9),)), ticked("Tail", ((5, 20),)))), frame=6)
    found = said(pane)
    assert (found["Lights"], found["Head"], found["Tail"]) == ("Head, Tail", "0–9", "5–20")


def test_without_an_ontology_only_what_is_answered(pane):
    pane.show_object(annotation("c1"), None, LabelAnswers((chosen("kind", "Kind", "Van"),)), frame=0)
    assert [name for name in said(pane) if name in ("Kind", "Remark")] == ["Kind"]


def test_an_answer_in_several_lines_keeps_them(pane):
    show_car(pane, LabelAnswers((Answer("remark", "Remark", "text", text="one\ntwo"),)))
    assert said(pane)["Remark"] == "one\ntwo"


def test_a_relation_leads_to_the_other_label(pane, qtbot):
    answers = LabelAnswers((Answer("r", "Belongs to", "text", text="p2", related="p2"),))
    show_car(pane, answers, name_of={"p2": "Person 2"}.get)
    assert said(pane)["Belongs to"] == "Person 2"
    with qtbot.waitSignal(pane.object_requested) as got:
        click(qtbot, list_of(pane), line_named(pane, "Belongs to"))
    assert got.args == ["p2"]


def test_who_and_when_stand_as_exported(pane):
    show_car(pane)
    found = said(pane)
    assert found["Created"] == "ann@example.org"
    assert found["Edited"] == "rev@example.org"
    assert found["Confidence"] == "0.94"
    assert found["Drawn"] == "automated or interpolated"
    text = pane.as_text()
    assert "Mon, 02 Mar 2026 09:30:00 GMT" in text
    assert "2026-03-03 16:05:07 UTC" in text


def test_frames_lead_to_themselves(pane, qtbot):
    pane.show_object(None, instance("c1", frames=((0, 9), (20, 29))), NO_ANSWERS, frame=15)
    lines = list_of(pane)
    assert said(pane)["20 in all"] == "0–9"
    row = next(row for row in range(lines.count) if lines.line(row).text == "20–29")
    with qtbot.waitSignal(pane.frame_requested) as got:
        click(qtbot, lines, row)
    assert got.args == [20]


def test_of_many_stretches_those_around_the_frame_are_shown(pane):
    frames = tuple((n * 10, n * 10 + 1) for n in range(5000))
    pane.show_object(None, instance("c1", frames=frames), NO_ANSWERS, frame=25_000)
    lines = list_of(pane)
    shown = [lines.line(row).text for row in range(lines.count)]
    assert "25,000–25,001" in shown
    assert "4,994 more stretches" in shown
    assert lines.count < 30


def test_points_of_a_skeleton_say_what_can_be_seen_of_them(pane):
    states = ("visible", "occluded", "selfOccluded", "invisible")
    skeleton = Skeleton(tuple(Joint(f"p{n}", 1.0, 2.0, state, None) for n, state in enumerate(states)), ())
    found = annotation("s1", "Person", word="skeleton")
    pane.show_object(replace(found, shape=skeleton, sketch=skeleton.sketch()), None, NO_ANSWERS, frame=0)
    told = said(pane)
    assert [told[f"p{n}"] for n in range(4)] == ["visible", "occluded", "self-occluded", "invisible"]


def test_numbers_of_the_geometry(pane):
    show_car(pane)
    assert {name: said(pane)[name] for name in "xywh"} == {"x": "10", "y": "20", "w": "30", "h": "40"}


def test_hashes_can_be_copied(pane, qtbot):
    show_car(pane)
    lines = list_of(pane)
    with qtbot.waitSignal(pane.copied) as got:
        click_cell(qtbot, lines, line_named(pane, "Object"), "copy")
    assert got.args == ["c1"]
    assert QGuiApplication.clipboard().text() == "c1"


def test_problems_come_first_and_lead_to_their_place(pane, qtbot):
    problem = Problem("warning", "e.json $[0]", "the confidence 5 lies outside 0 to 1", Place(0))
    show_car(pane, problems=[problem])
    assert sections(pane)[0] == "Problems"
    with qtbot.waitSignal(pane.problem_requested) as got:
        click(qtbot, list_of(pane), 1)
    assert got.args == [problem]


def test_reviews_are_told_however_they_are_written(pane):
    reviews = [
        {"approved": False, "comment": "too small", "user_email": "rev@example.org", "createdAt": "2026-03-03"},
        {"status": "PENDING", "comment": None, "rejections": [{}]},
        "odd",
        7,
    ]
    pane.show_object(annotation("c1", entry={"reviews": reviews}), None, NO_ANSWERS, frame=0)
    found = said(pane)
    assert found["Verdict"] == "rejected"
    assert found["Comment"] == "too small"
    assert "PENDING" in pane.as_text()
    assert "odd" in pane.as_text()


@pytest.mark.parametrize("reviews", [None, {}, "x", 5, [None]])
def test_reviews_that_are_none_do_no_harm(pane, reviews):
    pane.show_object(annotation("c1", entry={"reviews": reviews}), None, NO_ANSWERS, frame=0)


def test_a_classification(pane):
    pane.show_classification(classification("w1"), None, frame=3)
    assert pane._title.text() == "Weather"
    found = said(pane)
    assert (found["Weather"], found["Classification"]) == ("Rain", "w1")
    pane.show_classification(classification("w2", frames=None), None, frame=3)
    assert said(pane)["Holds for"] == "everything in this unit"


def row(**facts) -> LabelRow:
    file = UnitFile(0, "data0000", "street.mp4", Size(640, 400), "video/mp4", "https://example.org/street.mp4", "")
    unit = Unit("u", "street.mp4", "video", Size(640, 400), 250, 25.0, 10.0, None, (file,), "")
    return LabelRow(
        head=head(0, "street.mp4"),
        units=(unit,),
        labels={},
        facts=facts,
        problems=(),
        answers_of=lambda _: NO_ANSWERS,
        make_index=lambda _: index_of(),
        raw_answers=lambda _: {},
        file_facts=lambda _: {},
    )


def test_without_a_selection_the_row_is_described(pane):
    history = [{"export_hash": "e1", "exported_at": "Wed, 04 Mar 2026 08:00:00 UTC", "user_email": "ann@example.org"}]
    found = row(export_history=history, created_at="2026-03-02 09:30:00", priority=0.5, dataset_hash="ds")
    pane.show_row(found, found.units[0], 0)
    told = said(pane)
    assert told["Label"] == "label0000"
    assert told["Status"] == "labelled"
    assert told["Created"] == "2026-03-02 09:30:00 UTC"
    assert told["ann@example.org"] == "Wed, 04 Mar 2026 08:00:00 UTC"
    assert told["Kind"] == "video, 640 x 400, 250 frames"
    assert told["priority"] == "0.5"
    assert "Export history, 1 export" in sections(pane)


def test_only_web_links_can_be_opened_and_only_by_a_click(pane, qtbot):
    found = row()
    with qtbot.assertNotEmitted(pane.link_requested):
        pane.show_row(found, found.units[0], 0)
    lines = list_of(pane)
    place = next(at for at in range(lines.count) if lines.line(at).text == "Open the link")
    with qtbot.waitSignal(pane.link_requested) as got:
        click(qtbot, lines, place)
    assert got.args == ["https://example.org/street.mp4"]
    unit = found.units[0]
    stored = replace(unit, files=(replace(unit.files[0], link="bucket/u1"),))
    pane.show_row(found, stored, 0)
    assert "Open the link" not in pane.as_text()
    odd = replace(unit, files=(replace(unit.files[0], link="file:///etc/passwd"),))
    pane.show_row(found, odd, 0)
    assert "Open the link" not in pane.as_text()


def test_it_stays_where_it_was_scrolled_to_while_it_is_about_the_same_thing(show):
    pane = show(InspectorPane, height=220)
    show_car(pane)
    bar = list_of(pane).verticalScrollBar()
    QApplication.processEvents()
    bar.setValue(60)
    show_car(pane, frame=1)
    assert bar.value() == 60
    pane.show_object(annotation("c2"), instance("c2"), NO_ANSWERS, frame=1, kind=CAR)
    assert bar.value() == 0


def test_lines_have_room_for_their_text_after_the_pane_changed_its_width(pane):
    show_car(pane, LabelAnswers((Answer("remark", "Remark", "text", text="word " * 40),)))
    lines = list_of(pane)
    for width in (500, 240):
        pane.resize(width, 900)
        QApplication.processEvents()
        row = line_named(pane, "Remark")
        got = lines.visualRect(lines.model().index(row, 0)).height()
        assert got == lines.painter.height(lines.line(row), lines.viewport().width())


@pytest.mark.parametrize("name", [LONG, NASTY])
def test_names_of_any_kind(pane, name):
    answers = LabelAnswers((Answer("x", name, "text", text=name),))
    pane.show_object(annotation("c1", name), instance("c1", name), answers, frame=0)
    list_of(pane).repaint()
    assert len(pane._title.text()) < 330
    assert all(len(line) < 1300 for line in said(pane).values())


def test_everything_can_be_copied_as_text(pane, qtbot):
    show_car(pane, LabelAnswers((chosen("kind", "Kind", "Van"),)))
    text = pane.as_text()
    assert text.startswith("Car 3\nbox")
    assert "Kind: Van" in text
    assert "Object: c1" in text


def test_nothing_selected_is_said(pane):
    pane.show_nothing("No row is open")
    assert list_of(pane)._empty == "No row is open"
    pane.show_object(None, None, NO_ANSWERS, frame=0)
    assert list_of(pane).count == 0


def test_a_click_on_a_plain_value_does_nothing(pane, qtbot):
    show_car(pane)
    signals = (pane.object_requested, pane.frame_requested, pane.link_requested, pane.copied)
    with qtbot.assertNotEmitted(signals[0]), qtbot.assertNotEmitted(signals[1]), qtbot.assertNotEmitted(signals[2]):
        click(qtbot, list_of(pane), line_named(pane, "Confidence"), Qt.MouseButton.LeftButton)
