from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from tests.panels.support import (
    LONG,
    NASTY,
    annotation,
    chosen,
    classification,
    click,
    click_cell,
    frame_labels,
    index_of,
    instance,
    list_of,
    middle_of,
    row_of,
    texts,
)
from viewer.labels.answers import LabelAnswers
from viewer.labels.records import FrameClassification
from viewer.panels.label_groups import RowLabels
from viewer.panels.labels_pane import LabelsPane
from viewer.scene.view_state import Look, ViewState

ESTATE = LabelAnswers((chosen("body", "Body", "Estate"),))
INDEX = index_of(
    instance("c1", number=1, answers=ESTATE),
    instance("p1", "Person", 1, word="skeleton"),
    instance("c2", number=2),
    instance("c3", number=3, frames=((20, 29),)),
    instance("other", unit="v"),
    classifications=(
        classification("w1"),
        classification("w2", "Usable?", None, "Yes"),
        classification("w3", frames=((20, 29),)),
    ),
)
LABELS = frame_labels(annotation("c2"), annotation("p1", "Person", word="skeleton"), annotation("c1"))
STATE = ViewState(row=0, unit="u", frame=0)


@pytest.fixture
def pane(show):
    made = show(LabelsPane)
    made.show_row(INDEX)
    made.show_frame(LABELS, 0, STATE)
    return made


def whole_row(pane, qtbot):
    qtbot.mouseClick(pane._scope[1], Qt.MouseButton.LeftButton)


def test_labels_of_the_frame_stand_by_class_and_number(pane):
    assert texts(list_of(pane)) == [
        "Car",
        "Car 1",
        "Car 2",
        "Person",
        "Person 1",
        "Classifications",
        "Weather",
        "Usable?",
    ]


def test_counts_are_of_the_frame_and_in_the_row_of_both(pane, qtbot):
    lines = list_of(pane)
    assert lines.line(0).cells[0].text == "2"
    whole_row(pane, qtbot)
    assert lines.line(0).cells[0].text == "2 of 3"
    assert lines.line(0).cells[0].title == "2 labels on this frame, 3 in the row"


def test_labels_of_other_frames_are_quiet_and_say_where_they_are(pane, qtbot):
    whole_row(pane, qtbot)
    lines = list_of(pane)
    line = lines.line(row_of(lines, "Car 3"))
    assert (line.tone, line.note) == ("quiet", "20–29")
    assert lines.line(row_of(lines, "Car 1")).tone == "plain"


def test_before_the_row_is_indexed_the_frame_is_listed_all_the_same(pane):
    pane.show_row(None)
    pane.show_frame(
        replace(
            LABELS, classifications=(FrameClassification("w1", "f", "Weather", LABELS.annotations[0].provenance, ""),)
        ),
        0,
        STATE,
    )
    assert texts(list_of(pane)) == ["Car", "Car", "Car", "Person", "Person", "Classifications", "Weather"]


def test_another_row_shows_nothing_of_the_last_one(pane):
    pane.show_row(None)
    assert list_of(pane).count == 0
    assert list_of(pane)._empty == "No labels on this frame"


def test_a_click_selects_and_a_double_click_jumps(pane, qtbot):
    lines = list_of(pane)
    with qtbot.waitSignal(pane.selected) as got, qtbot.assertNotEmitted(pane.jump_requested):
        click(qtbot, lines, 2)
    assert got.args == ["c2"]
    with qtbot.waitSignal(pane.jump_requested) as got:
        qtbot.mouseDClick(lines.viewport(), Qt.MouseButton.LeftButton, pos=middle_of(lines, 2))
    assert got.args == ["c2"]
    with qtbot.waitSignal(pane.jump_requested):
        qtbot.keyClick(lines, Qt.Key.Key_Return)


def test_classifications_are_selected_like_objects(pane, qtbot):
    lines = list_of(pane)
    with qtbot.waitSignal(pane.selected) as got:
        click(qtbot, lines, row_of(lines, "Usable?"))
    assert got.args == ["w2"]
    assert lines.line(row_of(lines, "Weather")).note == "Rain"


def test_down_and_up_walk_the_labels_not_the_heads(pane, qtbot):
    lines = list_of(pane)
    pane.set_selected("c2")
    seen = []
    pane.selected.connect(seen.append)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up):
        qtbot.keyClick(lines, key)
    assert seen == ["p1", "w1", "p1", "c2", "c1"]


def test_the_next_label_on_the_frame_for_the_windows_own_keys(pane, qtbot):
    assert (pane.neighbour(1), pane.neighbour(-1)) == ("c1", "w2")
    pane.set_selected("c2")
    assert (pane.neighbour(1), pane.neighbour(-1)) == ("p1", "c1")
    pane.set_selected("w2")
    assert pane.neighbour(1) is None
    whole_row(pane, qtbot)
    pane.set_selected("c3")
    assert (pane.neighbour(1), pane.neighbour(-1)) == ("p1", "c2"), "labels of other frames are passed over"


def test_selecting_from_outside_says_nothing_back_and_unfolds(pane, qtbot):
    lines = list_of(pane)
    pane._open(0, False)
    assert "Car 1" not in texts(lines)
    with qtbot.assertNotEmitted(pane.selected):
        pane.set_selected("c1")
    assert lines.current_row() == row_of(lines, "Car 1")
    pane.set_selected(None)
    assert lines.current_row() is None


def test_folding_by_click_and_key(pane, qtbot):
    lines = list_of(pane)
    click(qtbot, lines, 0)
    assert texts(lines)[:2] == ["Car", "Person"]
    qtbot.keyClick(lines, Qt.Key.Key_Right)
    assert texts(lines)[:2] == ["Car", "Car 1"]
    pane.show_frame(LABELS, 5, replace(STATE, frame=5))
    qtbot.keyClick(lines, Qt.Key.Key_Left)
    pane.show_frame(LABELS, 6, replace(STATE, frame=6))
    assert texts(lines)[:2] == ["Car", "Person"], "folded classes stay so from frame to frame"
    assert lines.current_row() == 0, "the keyboard stays on the head"
    pane.show_frame(LABELS, 6, replace(STATE, frame=6, selected="p1"))
    assert lines.current_row() == row_of(lines, "Person 1"), "until a label is selected elsewhere"


def test_eyes_ask_for_what_is_not_so_now(pane, qtbot):
    lines = list_of(pane)
    with qtbot.waitSignal(pane.class_visibility) as got:
        click_cell(qtbot, lines, 0, "eye")
    assert got.args == ["f-Car", False]
    with qtbot.waitSignal(pane.object_visibility) as got, qtbot.assertNotEmitted(pane.selected):
        click_cell(qtbot, lines, 1, "eye")
    assert got.args == ["c1", False]
    pane.show_frame(LABELS, 0, replace(STATE, hidden_classes=frozenset({"f-Car"}), hidden_objects=frozenset({"c1"})))
    with qtbot.waitSignal(pane.class_visibility) as got:
        click_cell(qtbot, lines, 0, "eye")
    assert got.args == ["f-Car", True]
    with qtbot.waitSignal(pane.object_visibility) as got:
        click_cell(qtbot, lines, 1, "eye")
    assert got.args == ["c1", True]


def test_what_is_hidden_is_quiet_and_can_be_shown_again_in_one_step(pane, qtbot):
    lines = list_of(pane)
    assert pane._hidden.isHidden()
    pane.show_frame(
        LABELS, 0, replace(STATE, hidden_classes=frozenset({"f-Car"}), hidden_shapes=frozenset({"skeleton"}))
    )
    assert [lines.line(row).tone for row in (1, 2, 4)] == ["quiet", "quiet", "quiet"]
    assert pane._hidden.text() == "1 class, 1 shape hidden · Show all"
    with qtbot.waitSignal(pane.show_all_requested):
        qtbot.mouseClick(pane._hidden, Qt.MouseButton.LeftButton)


def test_solo(pane, qtbot):
    lines = list_of(pane)
    with qtbot.waitSignal(pane.solo_requested) as got:
        click_cell(qtbot, lines, 1, "solo")
    assert got.args == ["c1"]
    pane.show_frame(LABELS, 0, replace(STATE, solo="instance", selected="c1"))
    assert [lines.line(row).tone for row in (1, 2, 4)] == ["plain", "quiet", "quiet"]


def test_shapes_are_hidden_by_the_menu(pane, qtbot):
    qtbot.mouseClick(pane._shapes, Qt.MouseButton.LeftButton)
    menu = pane.findChild(QMenu)
    entries = {action.text(): action for action in menu.actions()}
    assert list(entries) == ["box", "skeleton"]
    with qtbot.waitSignal(pane.shape_visibility) as got:
        entries["skeleton"].trigger()
    assert got.args == ["skeleton", False]


def test_the_context_menu_reaches_everything(pane, qtbot):
    lines = list_of(pane)
    pane._ask_menu(1, lines.viewport().mapToGlobal(middle_of(lines, 1)))
    menu = pane.findChild(QMenu)
    entries = {action.text(): action for action in menu.actions() if action.text()}
    for words, signal, args in (
        ("Go to its first frame", pane.jump_requested, ["c1"]),
        ("Show only this label", pane.solo_requested, ["c1"]),
        ("Hide this label", pane.object_visibility, ["c1", False]),
        ("Hide every box", pane.shape_visibility, ["bounding_box", False]),
        ("Hide every Car", pane.class_visibility, ["f-Car", False]),
    ):
        with qtbot.waitSignal(signal) as got:
            entries[words].trigger()
        assert got.args == args


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("car", ["Car 1", "Car 2"]),
        ("car 2", ["Car 2"]),
        ("estate", ["Car 1"]),
        ("skeleton", ["Person 1"]),
        ("c2", ["Car 2"]),
        ("ann@example", ["Car 1", "Car 2", "Person 1", "Weather", "Usable?"]),
        ("rain", ["Weather"]),
        ("zebra", []),
    ],
)
def test_filter_looks_at_class_number_answers_hash_shape_and_annotator(pane, qtbot, query, found):
    pane._open(0, False)
    qtbot.keyClicks(pane._field, query)
    lines = list_of(pane)
    assert [lines.line(row).text for row in range(lines.count) if lines.line(row).level] == found


def test_enter_in_the_filter_selects_the_first_label(pane, qtbot):
    qtbot.keyClicks(pane._field, "person")
    with qtbot.waitSignal(pane.selected) as got:
        qtbot.keyClick(pane._field, Qt.Key.Key_Return)
    assert got.args == ["p1"]


def test_answers_stand_behind_the_name_when_captions_have_them(pane):
    lines = list_of(pane)
    assert lines.line(1).note == ""
    pane.show_frame(LABELS, 0, replace(STATE, look=Look(captions="answers")))
    assert lines.line(1).note == "Estate"


def test_what_cannot_be_drawn_or_has_a_problem_is_marked(pane):
    pane.show_frame(frame_labels(annotation("c1", drawn=False), annotation("c2", flagged=True)), 0, STATE)
    lines = list_of(pane)
    assert lines.line(1).note == "not drawn"
    assert lines.line(1).cells[0].icon == "warning"
    assert lines.line(2).cells[0].icon == "warning"


def test_deleted_ones_stand_folded_at_the_end_and_are_not_counted(pane):
    pane.show_frame(frame_labels(annotation("c1"), deleted=[annotation("gone", deleted=True, drawn=False)]), 0, STATE)
    lines = list_of(pane)
    assert texts(lines)[-1] == "Marked as deleted"
    assert pane._title.accessibleName() == "3 labels on this frame"
    pane._open(lines.count - 1, True)
    assert texts(lines)[-1] == "Car"


def test_the_same_object_twice_on_a_frame_is_listed_twice(pane):
    pane.show_frame(frame_labels(annotation("c1"), annotation("c1")), 0, STATE)
    assert texts(list_of(pane))[:3] == ["Car", "Car 1", "Car 1"]


def test_labels_of_sounds_are_always_there(show):
    pane = show(LabelsPane)
    sound = instance("s1", "Speaker", 1, (), word="audio", ranges=([0, 1500],), range_unit="ms")
    pane.show_row(index_of(sound))
    pane.show_frame(frame_labels(), 0, STATE)
    line = list_of(pane).line(1)
    assert (line.text, line.note, line.tone) == ("Speaker 1", "0:00.000–0:01.500", "plain")


def test_colours_follow_the_picture(pane):
    lines = list_of(pane)
    assert lines.line(0).sign.colour == "#d33115"
    pane.set_colouring(lambda key: "#00ff00" if key.startswith("c") else None)
    assert lines.line(0).sign.colour == "#00ff00"
    pane.show_frame(LABELS, 0, replace(STATE, look=Look(colour_by="instance")))
    assert lines.line(1).sign.colour == "#00ff00"
    assert lines.line(0).sign.colour == "#d33115", "a class has no colour of its own then"
    pane.set_colouring(None)
    assert lines.line(1).sign.colour == "#d33115"


def test_units_have_their_own_labels(pane):
    pane.show_frame(frame_labels(annotation("other")), 0, replace(STATE, unit="v"))
    assert texts(list_of(pane)) == ["Car", "Car 1"]


@pytest.mark.parametrize("name", [LONG, NASTY])
def test_names_of_any_kind(pane, name):
    pane.show_row(index_of(instance("c1", name)))
    pane.show_frame(frame_labels(annotation("c1", name)), 0, STATE)
    lines = list_of(pane)
    lines.repaint()
    assert all(len(text) <= 320 and "\n" not in text for text in texts(lines))


def test_five_thousand_labels_are_grouped_without_making_their_lines(show):
    names = [f"Class {n % 40}" for n in range(5000)]
    index = index_of(*(instance(f"h{n}", name, n // 40 + 1) for n, name in enumerate(names)))
    labels = frame_labels(*(annotation(f"h{n}", name) for n, name in enumerate(names)))
    groups = RowLabels(index, "u").groups(labels, 0, False)
    assert [len(group.entries) for group in groups] == [125] * 40
    assert [group.title for group in groups][:3] == ["Class 0", "Class 1", "Class 2"]
    pane = show(LabelsPane)
    pane.show_row(index)
    pane.show_frame(labels, 0, STATE)
    lines = list_of(pane)
    lines.repaint()
    assert lines.count == 5040
    assert len(lines._lines._kept) < 200


def test_the_filter_looks_at_who_edited_last(pane, qtbot):
    qtbot.keyClicks(pane._field, "rev@example")
    assert "Person 1" in texts(list_of(pane))


@pytest.mark.parametrize(
    ("alike", "tones", "words"),
    [
        ("class", ["plain", "plain", "quiet"], "all but one class hidden · Show all"),
        ("shape", ["plain", "plain", "quiet"], "all but one shape hidden · Show all"),
    ],
)
def test_what_is_alone_by_class_or_shape(pane, alike, tones, words):
    pane.show_frame(LABELS, 0, replace(STATE, solo=alike, selected="c1"))
    lines = list_of(pane)
    assert [lines.line(row).tone for row in (1, 2, 4)] == tones
    assert pane._hidden.text() == words


def test_the_next_label_passes_over_those_of_other_frames(pane, qtbot):
    whole_row(pane, qtbot)
    pane.set_selected("c2")
    assert pane.neighbour(1) == "p1", "not c3, which is on other frames"


def test_what_the_picture_does_not_show_hides_no_others(pane):
    """As on the picture: solo is about the labels of the frame, not those marked as deleted, nor classifications."""
    labels = frame_labels(annotation("c1"), annotation("p1", "Person"), deleted=[annotation("gone", deleted=True)])
    for selected in ("gone", "w1"):
        for alike in ("instance", "class", "shape"):
            pane.show_frame(labels, 0, replace(STATE, solo=alike, selected=selected))
            lines = list_of(pane)
            tones = {lines.line(at).text: lines.line(at).tone for at in range(lines.count)}
            assert tones["Car 1"] == tones["Person 1"] == "plain", (selected, alike)
