"""Real clicks, keys and the wheel on a text; what is copied are the characters of the file."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest

from tests.text.support import instance, labelled, stretches
from viewer.app import theme
from viewer.app.run import make_application
from viewer.scene.view_state import Look, ViewState
from viewer.text.lines import lines_of
from viewer.text.passage_pane import PassagePane

CONTENT = "Ada 😀 Lovelace wrote\r\nto Charles in the summer of 1843.\r\n" + "more words follow here\n" * 400


@pytest.fixture
def pane(qtbot):
    make_application()
    made = PassagePane(theme.LIGHT.chart)
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.show()
    made.show_text(lines_of(CONTENT))
    made.show_stretches(labelled(CONTENT, "Ada 😀 Lovelace", "Lovelace", "the summer of 1843", "1843"))
    return made


def place_of(pane: PassagePane, offset: int) -> QPoint:
    """The middle of a character, in the view."""
    passage = pane.passage
    piece = passage.lines.piece_at(offset)
    leaf, place = passage.leaf(piece), offset - int(passage.lines.starts[piece])
    top = dict(passage.scroll.seen())[piece] + passage.pad(piece)
    row = next(row for row in leaf.rows if leaf.signs.unit_of(place) < row.end)
    ((left, right),) = leaf.runs(row, (place, place + 1))
    return QPoint(round(passage.column.left + (left + right) / 2), round(top + row.top + row.text_height / 2))


def following(pane: PassagePane) -> list:
    """What is asked for, and granted as the owner would."""
    asked: list = []

    def on_selected(label: str | None, place: int) -> None:
        asked.append((label, place))
        pane.set_state(ViewState(selected=label, stretch=place))

    pane.selected.connect(on_selected)
    return asked


def click(pane: PassagePane, at: QPoint) -> None:
    QTest.mouseClick(pane.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)


def test_a_click_selects_the_smallest_range_and_again_the_next_one_out(pane):
    asked, at = following(pane), place_of(pane, CONTENT.index("Lovelace") + 2)
    for _ in range(3):
        click(pane, at)
    assert [label for label, _ in asked] == ["Class 11", "Class 01", "Class 11"]


def test_a_click_beside_all_ranges_selects_nothing(pane):
    asked = following(pane)
    click(pane, place_of(pane, CONTENT.index("wrote")))
    assert asked == [(None, 0)]


def test_a_click_on_a_band_selects_its_range(pane):
    asked, passage = following(pane), pane.passage
    leaf = passage.leaf(1)
    row = leaf.rows[0]
    outer = row.fragments[0]
    top = dict(passage.scroll.seen())[1]
    click(pane, QPoint(round(passage.column.left + outer.left + 2), round(top + row.marks_top + 1)))
    assert asked == [("Class 21", 0)]


def test_tab_walks_through_the_ranges_and_back(pane):
    asked = following(pane)
    pane.setFocus()
    for _ in range(4):
        QTest.keyClick(pane, Qt.Key.Key_Tab)
    QTest.keyClick(pane, Qt.Key.Key_Backtab)
    assert [label for label, _ in asked] == ["Class 01", "Class 11", "Class 21", "Class 31", "Class 21"]


def test_hidden_ranges_are_neither_clicked_nor_walked_to(pane):
    asked = following(pane)
    state = ViewState(hidden_classes=frozenset({"f-Class 1"}))
    pane.set_state(state)
    assert pane.keys_at(QPointF(place_of(pane, CONTENT.index("Lovelace")))) == [0]
    pane.step(1)
    pane.set_state(ViewState(selected="Class 01", hidden_classes=state.hidden_classes))
    pane.step(1)
    assert [label for label, _ in asked] == ["Class 01", "Class 21"]


def test_dragging_copies_the_characters_of_the_file(pane):
    start, end = CONTENT.index("😀"), CONTENT.index("Charles") + 7
    view = pane.viewport()
    begin, stop = place_of(pane, start) - QPoint(4, 0), place_of(pane, end - 1) + QPoint(3, 0)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, begin)
    QTest.mouseMove(view, begin + QPoint(40, 0))
    QTest.mouseMove(view, stop)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, stop)
    pane.copy()
    assert QGuiApplication.clipboard().text() == "😀 Lovelace wrote\r\nto Charles"


def test_everything_is_copied_as_it_is(pane):
    pane.setFocus()
    QTest.keyClick(pane, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(pane, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == CONTENT


def wheel(pane: PassagePane, steps: int, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    at = QPointF(200, 200)
    buttons, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    QGuiApplication.sendEvent(
        pane.viewport(), QWheelEvent(at, at, QPoint(), QPoint(0, 120 * steps), buttons, held, phase, False)
    )


def test_the_wheel_scrolls_and_the_bar_follows(pane):
    bar = pane.verticalScrollBar()
    seen: list = []
    pane.seen_changed.connect(lambda first, end: seen.append((first, end)))
    wheel(pane, -5)
    assert bar.value() > 0 and seen[-1][0] > 0
    wheel(pane, 50)
    assert bar.value() == 0 and seen[-1][0] == 0


def test_the_wheel_with_ctrl_zooms_and_the_row_at_the_edge_stays(pane):
    pane.show_from(CONTENT.index("more words", 3000))
    first = pane.passage.seen_offsets()[0]
    before = pane.passage.font.pointSizeF()
    wheel(pane, 2, Qt.KeyboardModifier.ControlModifier)
    assert pane.passage.font.pointSizeF() > before
    assert pane.passage.seen_offsets()[0] == first
    pane.fit()
    assert pane.passage.font.pointSizeF() == before


def test_a_selected_range_comes_into_view(pane):
    start = len(CONTENT) - 200
    pane.show_stretches(stretches(instance("Late", (start, start + 10))))
    pane.set_state(ViewState(selected="Late1"))
    first, end = pane.passage.seen_offsets()
    assert first < start < end and first > 0


def test_hiding_everything_keeps_the_text_where_it_is(pane):
    pane.show_from(CONTENT.index("to Charles"))
    before = pane.passage.scroll.seen()
    pane.set_state(ViewState(hide_all=True))
    assert pane.passage.scroll.seen() == before
    assert pane.keys_at(QPointF(place_of(pane, CONTENT.index("1843")))) == []


def test_other_captions_keep_the_row_at_the_edge(pane):
    pane.show_from(CONTENT.index("more words", 2000))
    first = pane.passage.seen_offsets()[0]
    pane.set_state(ViewState(look=Look(captions="none")))
    assert pane.passage.seen_offsets()[0] == first


def test_an_empty_text_is_no_trouble(pane):
    pane.show_text(lines_of(""))
    pane.show_stretches(stretches(instance("None", (0, 0))))
    pane.grab()
    assert pane.marked_text() == "" and pane.offset_at(QPointF(100, 100)) == 0
