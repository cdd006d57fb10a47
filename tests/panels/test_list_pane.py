from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QHelpEvent
from PySide6.QtWidgets import QApplication, QLabel, QToolTip

from tests.panels.support import DARK, NASTY, click, click_cell, middle_of
from viewer.app import icons
from viewer.panels.line import Cell, Line
from viewer.panels.list_pane import LineList
from viewer.panels.paint_style import Style


@pytest.fixture
def lines(qtbot):
    made = LineList(Style(DARK, icons), "Things")
    qtbot.addWidget(made)
    made.resize(240, 200)
    made.show()
    return made


def fill(view, *given):
    view.show_lines(len(given), given.__getitem__)


def test_taking_the_keyboard_picks_nothing(lines, qtbot):
    fill(lines, Line("a"), Line("b"))
    with qtbot.assertNotEmitted(lines.chosen):
        lines.setFocus(Qt.FocusReason.TabFocusReason)
        lines.activateWindow()
        QApplication.processEvents()
    assert lines.current_row() is None


def test_a_line_is_chosen_by_mouse_and_keys_but_not_by_the_program(lines, qtbot):
    fill(lines, Line("a"), Line("b"), Line("c"))
    with qtbot.assertNotEmitted(lines.chosen):
        lines.set_current_row(0)
    with qtbot.waitSignal(lines.chosen) as got:
        click(qtbot, lines, 2)
    assert got.args == [2]
    with qtbot.waitSignal(lines.chosen) as got:
        qtbot.keyClick(lines, Qt.Key.Key_Up)
    assert got.args == [1]


def test_a_click_on_a_cell_is_no_choice(lines, qtbot):
    fill(lines, Line("a", cells=(Cell(icon="eye", id="eye"),)))
    with qtbot.assertNotEmitted(lines.chosen), qtbot.waitSignal(lines.cell_clicked) as got:
        click_cell(qtbot, lines, 0, "eye")
    assert got.args == [0, "eye"]


def test_a_press_that_leaves_the_cell_does_nothing(lines, qtbot):
    fill(lines, Line("a", cells=(Cell(icon="eye", id="eye"),)), Line("b"))
    rect = lines.rect_of_cell(0, "eye")
    with qtbot.assertNotEmitted(lines.cell_clicked):
        qtbot.mousePress(lines.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
        qtbot.mouseRelease(lines.viewport(), Qt.MouseButton.LeftButton, pos=middle_of(lines, 1))


def test_heads_unfold_by_chevron_and_keys(lines, qtbot):
    fill(lines, Line("head", open=False))
    with qtbot.waitSignal(lines.opened) as got:
        qtbot.mouseClick(lines.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(14, middle_of(lines, 0).y()))
    assert got.args == [0, True]
    lines.set_current_row(0)
    with qtbot.waitSignal(lines.opened) as got:
        qtbot.keyClick(lines, Qt.Key.Key_Right)
    assert got.args == [0, True]
    fill(lines, Line("head", open=True), Line("child", level=1), Line("child", level=1))
    lines.set_current_row(2)
    with qtbot.waitSignal(lines.chosen) as got:
        qtbot.keyClick(lines, Qt.Key.Key_Left)
    assert got.args == [0]
    with qtbot.waitSignal(lines.opened) as got:
        qtbot.keyClick(lines, Qt.Key.Key_Left)
    assert got.args == [0, False]


def test_section_titles_are_passed_over(lines, qtbot):
    fill(lines, Line("a"), Line("Section", tone="section"), Line("b"))
    lines.set_current_row(0)
    with qtbot.waitSignal(lines.chosen) as got:
        qtbot.keyClick(lines, Qt.Key.Key_Down)
    assert got.args == [2]


def test_space_is_left_to_the_program(lines, qtbot):
    fill(lines, Line("a"))
    lines.set_current_row(0)
    with qtbot.assertNotEmitted(lines.entered_line), qtbot.assertNotEmitted(lines.chosen):
        qtbot.keyClick(lines, Qt.Key.Key_Space)


def test_copy_takes_the_whole_not_what_is_shown(lines, qtbot):
    fill(lines, Line("short…", copy="the whole of it"))
    lines.set_current_row(0)
    qtbot.keyClick(lines, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "the whole of it"


def test_type_ahead(lines, qtbot):
    fill(lines, Line("apple"), Line("banana"), Line("cherry"))
    lines.set_current_row(0)
    qtbot.keyClicks(lines, "ch")
    assert lines.current_row() == 2


def test_tooltips_show_markup_as_text(lines, qtbot):
    fill(lines, Line("a", tip=NASTY))
    place = middle_of(lines, 0)
    event = QHelpEvent(QEvent.Type.ToolTip, place, lines.viewport().mapToGlobal(place))
    QApplication.sendEvent(lines.viewport(), event)
    assert "&lt;b&gt;" in QToolTip.text()
    QToolTip.hideText()


def test_screen_readers_hear_the_whole_line(lines):
    fill(lines, Line("Car 3", note="Estate", cells=(Cell(icon="eye", id="eye", title="Hide Car 3"),), open=True))
    spoken = lines.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Car 3, Estate, unfolded, Hide Car 3"
    interface = QAccessible.queryAccessibleInterface(lines)
    assert interface.text(QAccessible.Text.Name) == "Things"


def test_refilling_keeps_the_place(lines, qtbot):
    fill(lines, *(Line(str(n)) for n in range(200)))
    lines.repaint()
    lines.verticalScrollBar().setValue(500)
    fill(lines, *(Line(f"again {n}") for n in range(190)))
    assert lines.verticalScrollBar().value() == 500


def test_only_what_is_on_screen_is_made(lines, qtbot):
    asked = []

    def make(row):
        asked.append(row)
        return Line(str(row))

    lines.show_lines(100_000, make)
    lines.repaint()
    assert len(set(asked)) < 200


def test_no_widget_of_it_takes_markup(lines):
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in lines.findChildren(QLabel))
