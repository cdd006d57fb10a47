"""The list of labels of a sound or text: all of them are here at once, with the number of their ranges."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from tests.panels.stretched import JUDGED, SPEECH, index
from tests.panels.support import click, click_cell, frame_labels, list_of, middle_of, row_of, texts
from viewer.panels.labels_pane import LabelsPane
from viewer.scene.view_state import ViewState

STATE = ViewState(row=0, unit="u")


@pytest.fixture
def pane(show):
    made = show(LabelsPane)
    made.set_medium("sound")
    made.show_row(index(*SPEECH, judgements=JUDGED))
    made.show_frame(frame_labels(), 0, STATE)
    return made


def cells(pane, text):
    return [(cell.text, cell.title) for cell in list_of(pane).line(row_of(list_of(pane), text)).cells if cell.text]


def test_all_labels_are_here_by_class_with_their_ranges_counted(pane):
    assert texts(list_of(pane)) == [
        *("Noise", "Noise 1", "Noise 2", "Speaker", "Speaker 1", "Speaker 2"),
        *("Classifications", "Language", "Loudness"),
    ]
    assert cells(pane, "Speaker") == [("2", "2 labels on this sound, 4 ranges")]
    assert cells(pane, "Speaker 1") == [("3", "3 ranges")]
    assert pane._title.accessibleName() == "6 labels on this sound"
    assert {list_of(pane).line(row).tone for row in range(list_of(pane).count)} == {"plain", "strong"}


def test_nothing_asks_for_frames(pane):
    assert all(button.isHidden() for button in pane._scope)
    said = [list_of(pane).line(row) for row in range(list_of(pane).count)]
    assert not [line for line in said if "frame" in f"{line.text} {line.note} {line.tip} {line.spoken}".casefold()]
    pane.set_medium("")
    assert not any(button.isHidden() for button in pane._scope)


@pytest.mark.parametrize("medium", ["sound", "text", "page"])
def test_no_labels(show, medium):
    pane = show(LabelsPane)
    pane.set_medium(medium)
    pane.show_row(index())
    pane.show_frame(frame_labels(), 0, STATE)
    assert list_of(pane)._empty == f"No labels on this {medium}"


def test_the_row_that_was_asked_for_before_is_no_matter_here(pane, qtbot):
    pane.set_medium("")
    qtbot.mouseClick(pane._scope[1], Qt.MouseButton.LeftButton)
    pane.set_medium("sound")
    pane.show_frame(frame_labels(), 0, STATE)
    assert cells(pane, "Speaker")[0][0] == "2"


def test_up_and_down_walk_labels_and_classifications(pane):
    walked, state = [], STATE
    for _ in range(7):
        found = pane.neighbour(1)
        walked.append(found)
        pane.set_selected(found)
    assert walked == ["n1", "none", "s1", "s2", "lang", "loud", None]
    assert state.selected is None


def test_the_eye_hides_labels_and_classifications(pane, qtbot):
    lines = list_of(pane)
    for text, key in (("Speaker 1", "s1"), ("Loudness", "loud")):
        row = row_of(lines, text)
        lines.set_current_row(row)
        with qtbot.waitSignal(pane.object_visibility) as told:
            click_cell(qtbot, lines, row, "eye")
        assert told.args == [key, False]
    pane.show_frame(frame_labels(), 0, ViewState(row=0, unit="u", hidden_objects=frozenset({"s1", "loud"})))
    assert lines.line(row_of(lines, "Speaker 1")).tone == "quiet"
    assert lines.line(row_of(lines, "Loudness")).tone == "quiet"
    assert lines.line(row_of(lines, "Speaker 2")).tone == "plain"


def test_shown_alone_the_others_are_quiet(pane):
    pane.show_frame(frame_labels(), 0, ViewState(row=0, unit="u", selected="loud", solo="instance"))
    lines = list_of(pane)
    tones = {lines.line(row).text: lines.line(row).tone for row in range(lines.count) if lines.line(row).level}
    assert [text for text, tone in tones.items() if tone == "plain"] == ["Loudness"]


def test_double_click_and_menu_lead_to_the_first_range(pane, qtbot):
    lines = list_of(pane)
    row = row_of(lines, "Speaker 2")
    click(qtbot, lines, row)
    with qtbot.waitSignal(pane.jump_requested) as told:
        qtbot.mouseDClick(lines.viewport(), Qt.MouseButton.LeftButton, pos=middle_of(lines, row))
    assert told.args == ["s2"]
    pane._ask_menu(row, lines.mapToGlobal(middle_of(lines, row)))
    menu = next(menu for menu in pane.findChildren(QMenu) if menu.isVisible())
    said = [action.text() for action in menu.actions() if action.text()]
    assert said[0] == "Go to its first range"
    assert not [text for text in said if "frame" in text or "audio" in text]
    menu.close()
