"""What holds for all panels: plain text only, names for screen readers, reach by keyboard, calm colours in both themes."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QAbstractSpinBox, QLabel, QLineEdit

from tests.panels.stretched import judgement, of_text, stretched
from tests.panels.support import (
    CAR,
    NASTY,
    annotation,
    classification,
    frame_labels,
    head,
    index_of,
    instance,
)
from viewer.errors import Place, Problem
from viewer.labels.answers import NO_ANSWERS
from viewer.media.dicom_tags import Tag
from viewer.panels.adjust_pane import AdjustPane
from viewer.panels.bar_pane import BarPane
from viewer.panels.colours import PanelColours
from viewer.panels.goto import frame_question
from viewer.panels.goto_pane import GotoPane
from viewer.panels.inspected_ranges import OnStretch
from viewer.panels.inspector_pane import InspectorPane
from viewer.panels.labels_pane import LabelsPane
from viewer.panels.list_pane import LineList
from viewer.panels.palette_pane import PalettePane
from viewer.panels.problems_pane import ProblemsPane
from viewer.panels.ranges_pane import RangesPane
from viewer.panels.raw_pane import RawPane
from viewer.panels.row_list import RowFacts
from viewer.panels.rows_pane import RowsPane
from viewer.panels.sheet_lines import Command, Shortcut
from viewer.panels.shortcut_sheet_pane import ShortcutSheetPane
from viewer.panels.start_pane import Recent, StartPane
from viewer.panels.tag_pairs import Pair
from viewer.panels.tags_pane import TagsPane
from viewer.panels.units_pane import UnitsPane
from viewer.panels.window_pane import Choice, WindowPane
from viewer.scene.view_state import ViewState

OTHER = PanelColours("#5d646e", "#d8dbdf", "#eceef0", "#1668dc", "#d5e5fc", "#8f5f00", "#c62f2b", "#19793a")


def fill_rows(pane):
    pane.set_heads([head(0, NASTY), head(1, branch=NASTY)])
    pane.set_facts(0, RowFacts(3, 1, 2, "error"))
    pane.set_current(0)


def fill_window(pane):
    pane.show_window(40, 400, NASTY)
    pane.show_choices([Choice("one", NASTY, "1", True, True), Choice("two", "Bone", "", False, False)])


def fill_units(pane):
    pane.show_row((), [head(0), head(1, branch=NASTY)], 0)


def fill_labels(pane):
    pane.show_row(index_of(instance("c1", NASTY), classifications=(classification("w", NASTY),)))
    pane.show_frame(frame_labels(annotation("c1", NASTY)), 0, ViewState(unit="u", hidden_objects=frozenset({"c1"})))


def fill_inspector(pane):
    problem = Problem("error", NASTY, NASTY, Place(0))
    pane.show_object(annotation("c1", NASTY), instance("c1", NASTY), NO_ANSWERS, frame=0, kind=CAR, problems=[problem])


def fill_problems(pane):
    pane.set_problems([Problem("error", NASTY, NASTY, Place(0)), Problem("note", "x", "y")])


def fill_tags(pane):
    sequence = Tag("(0010,1002)", NASTY, NASTY, "SQ", "1 item")
    inner = Tag("(0010,0020)", "PatientID", NASTY, "LO", NASTY, 2, meaning=NASTY)
    pane.show_tags(
        [Pair(NASTY, NASTY, "y", differs=True)],
        [
            sequence,
            Tag("(FFFE,E000)", "", "Item 1", "", "", 1),
            inner,
            Tag("(0028,0010)", "", "", "US", "", trouble=NASTY),
        ],
    )


def fill_ranges(pane):
    content = NASTY * 3
    labels = (
        stretched("c1", NASTY, 1, [0, 9], [3, 20], [9, 3], unit="characters", said=NASTY),
        stretched("c2", NASTY, 2, NASTY, unit="characters"),
    )
    pane.show_ranges(of_text(content, *labels, judgements=[judgement("j", NASTY, NASTY)]), content, "text", 10.0)
    pane.set_state(ViewState(selected="c1", stretch=1))


def fill_inspector_of_range(pane):
    label = stretched("c1", NASTY, 1, [2, 9], [9, 3], unit="characters", said=NASTY)
    on = OnStretch("text", label.ranges, "characters", 0, 2.0, 9.0, NASTY, is_placed=True)
    pane.show_object(None, label, label.answers, frame=0, on=on)


PANES = [
    (AdjustPane, lambda pane: pane.show_adjust(0.5, 0.0, 1.0)),
    (WindowPane, fill_window),
    (RowsPane, fill_rows),
    (UnitsPane, fill_units),
    (LabelsPane, fill_labels),
    (InspectorPane, fill_inspector),
    (InspectorPane, fill_inspector_of_range),
    (RangesPane, fill_ranges),
    (TagsPane, fill_tags),
    (RawPane, lambda pane: pane.show_data(NASTY, {NASTY: NASTY})),
    (ProblemsPane, fill_problems),
    (ShortcutSheetPane, lambda pane: pane.set_shortcuts([Shortcut("Moving", "Next frame", "Right")])),
    (PalettePane, lambda pane: pane.ask([Command("Next frame", "Right", "next")])),
    (GotoPane, lambda pane: pane.ask(frame_question(np.arange(9), 3))),
    (StartPane, lambda pane: pane.set_recent([Recent("/x", NASTY, NASTY)])),
    (BarPane, lambda pane: pane.say("warning", NASTY, [("locate", "Locate folder…")])),
]


@pytest.fixture(params=PANES, ids=lambda param: param[0].__name__)
def pane(request, show):
    kind, fill = request.param
    made = show(kind, 360, 420)
    fill(made)
    return made


def test_no_label_takes_markup(pane):
    for label in pane.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText, label.text()


def test_no_tooltip_takes_markup(pane):
    for part in (pane, *pane.findChildren(QLabel), *pane.findChildren(QAbstractButton)):
        assert "<b>" not in part.toolTip()
        assert "<img" not in part.toolTip()
    for view in pane.findChildren(LineList):
        for row in range(view.count):
            said = view.model().index(row, 0).data(Qt.ItemDataRole.ToolTipRole) or ""
            assert "<b>" not in said
            assert "<img" not in said


def test_everything_that_acts_has_a_name_for_screen_readers(pane):
    assert pane.accessibleName()
    for kind in (QAbstractButton, QLineEdit, LineList):
        for part in pane.findChildren(kind):
            if isinstance(part.parent(), QAbstractSpinBox):
                continue
            assert part.accessibleName(), f"{part} has no name"


def test_lists_and_fields_are_reached_by_tab(pane):
    for kind in (QLineEdit, QAbstractItemView):
        for part in pane.findChildren(kind):
            if isinstance(part.parent(), QAbstractSpinBox):
                continue
            passive = isinstance(pane, PalettePane | StartPane) and isinstance(part, LineList)
            assert passive or part.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_it_takes_the_keyboard_as_a_whole(pane):
    reached = pane.focusProxy() or pane
    if not isinstance(pane, BarPane | AdjustPane | WindowPane):
        assert reached.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_another_theme_repaints_everything(pane, qtbot):
    before = pane.grab().toImage()
    pane.set_colours(OTHER)
    after = pane.grab().toImage()
    assert before != after
    pane.set_colours(pane.style_of_parts.colours)
    assert pane.grab().toImage() == after


def test_every_line_fits_its_pane(pane):
    for view in pane.findChildren(LineList):
        assert view.horizontalScrollBar().maximum() == 0


def test_it_gets_very_narrow_without_harm(pane):
    pane.resize(90, 60)
    pane.grab()
