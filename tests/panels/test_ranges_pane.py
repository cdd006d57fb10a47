"""The list of ranges driven by real clicks and keys."""

from __future__ import annotations

import csv
import io

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from tests.panels.stretched import JUDGED, SPEECH, of_sound, of_text, stretched
from tests.panels.support import click, list_of, middle_of, texts
from viewer.panels import ranges_pane
from viewer.panels.button_pane import FlatButton
from viewer.panels.ranges_pane import RangesPane
from viewer.scene.view_state import ViewState

STRETCHES = of_sound(*SPEECH, judgements=JUDGED)
BY_START = ["Language", "Speaker 1", "Loudness", "Speaker 2", "Speaker 1", "Noise 1", "Speaker 1", "Noise 2"]


@pytest.fixture
def pane(show):
    made = show(RangesPane, 290)
    made.show_ranges(STRETCHES, None, "audio", 10_000.0)
    made.set_state(ViewState())
    return made


def filtered(pane, qtbot, text):
    field = pane.findChild(QLineEdit)
    field.clear()
    qtbot.keyClicks(field, text)
    return field


def chosen(pane, qtbot, act):
    with qtbot.waitSignal(pane.selected) as told:
        act()
    return told.args


def menu_of(pane, qtbot, open_it):
    open_it()
    qtbot.waitUntil(lambda: any(menu.isVisible() for menu in pane.findChildren(QMenu)))
    return next(menu for menu in pane.findChildren(QMenu) if menu.isVisible())


def picked(menu, text):
    action = next(action for action in menu.actions() if action.text() == text)
    action.trigger()
    menu.close()


def sorted_by(pane, qtbot, title):
    button = next(b for b in pane.findChildren(FlatButton) if b.accessibleName() == "Sort the ranges")
    picked(menu_of(pane, qtbot, lambda: qtbot.mouseClick(button, Qt.MouseButton.LeftButton)), title)
    return texts(list_of(pane))


def test_every_range_is_listed_with_a_summary(pane):
    assert texts(list_of(pane)) == BY_START
    assert pane._summary.text() == "6 ranges, 42 % covered, 1 overlap in a class"
    assert pane._title.accessibleName() == "8 ranges"


def test_a_click_and_the_arrows_select_a_range(pane, qtbot):
    lines = list_of(pane)
    assert chosen(pane, qtbot, lambda: click(qtbot, lines, 4)) == ["s1", 1]
    assert chosen(pane, qtbot, lambda: qtbot.keyClick(lines, Qt.Key.Key_Down)) == ["n1", 0]
    assert chosen(pane, qtbot, lambda: qtbot.keyClick(lines, Qt.Key.Key_Return)) == ["n1", 0]
    assert chosen(pane, qtbot, lambda: qtbot.keyClick(lines, Qt.Key.Key_Down)) == ["s1", 2]


def test_what_is_selected_elsewhere_is_shown_without_an_echo(pane, qtbot):
    with qtbot.assertNotEmitted(pane.selected):
        pane.set_state(ViewState(selected="s1", stretch=1))
        assert list_of(pane).current_row() == 4
        pane.set_state(ViewState(selected="s1", stretch=2))
        assert list_of(pane).current_row() == 6
        pane.set_state(ViewState(selected="s1", stretch=2, position=77))
        assert list_of(pane).current_row() == 6
        pane.set_state(ViewState())
        assert list_of(pane).current_row() is None
        pane.set_state(ViewState(selected="lang"))
        assert list_of(pane).current_row() == 0


def test_a_moving_cursor_paints_nothing_anew(pane, monkeypatch):
    made = []
    real = ranges_pane.range_line
    monkeypatch.setattr(ranges_pane, "range_line", lambda *given: made.append(1) or real(*given))
    pane.set_state(ViewState(position=1))
    pane.grab()
    assert not made
    pane.set_state(ViewState(position=1, hidden_objects=frozenset({"s1"})))
    pane.grab()
    assert len(made) == 8
    assert [list_of(pane).line(row).tone for row in (1, 2, 4)] == ["quiet", "strong", "quiet"]


def test_the_filter_keeps_what_holds_all_words_and_says_how_many(pane, qtbot):
    field = filtered(pane, qtbot, "SPEAKER anybody")
    assert texts(list_of(pane)) == ["Speaker 1"] * 3
    assert pane._title.accessibleName() == "3 of 8 ranges"
    assert chosen(pane, qtbot, lambda: qtbot.keyClick(field, Qt.Key.Key_Return)) == ["s1", 0]
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert len(texts(list_of(pane))) == 8
    filtered(pane, qtbot, "nobody said this")
    assert list_of(pane).count == 0
    assert list_of(pane)._empty == "No range holds these words"


def test_a_filter_stays_while_ranges_change(pane, qtbot):
    filtered(pane, qtbot, "noise")
    pane.show_ranges(of_sound(*SPEECH, stretched("n3", "Noise", 3, [1, 2])), None, "audio")
    assert texts(list_of(pane)) == ["Noise 3", "Noise 1", "Noise 2"]


def test_the_menu_sorts_and_sorts_the_other_way_at_the_second_time(pane, qtbot):
    by_length = sorted_by(pane, qtbot, "Length")
    assert by_length[:3] == ["Speaker 1", "Speaker 1", "Speaker 2"]
    turned = sorted_by(pane, qtbot, "Length")
    assert turned[:3] == ["Language", "Loudness", "Noise 1"]
    assert turned[-2:] == ["Speaker 1", "Noise 2"], "what has no place is last either way"
    assert sorted_by(pane, qtbot, "Class")[:2] == ["Language", "Loudness"]
    assert sorted_by(pane, qtbot, "Last first")[:4] == ["Speaker 2", *["Speaker 1"] * 3]


def test_the_selected_range_stays_selected_in_another_order(pane, qtbot):
    pane.set_state(ViewState(selected="s2"))
    with qtbot.assertNotEmitted(pane.selected):
        assert sorted_by(pane, qtbot, "End")[list_of(pane).current_row()] == "Speaker 2"


def test_words_of_texts_are_listed_sorted_and_copied(show, qtbot):
    content = "walk to Rome,\nAda"
    pane = show(RangesPane, 290)
    pane.show_ranges(
        of_text(content, stretched("p", "P", 1, [8, 17], [0, 4], unit="characters")), content, "text", 17.0
    )
    lines = list_of(pane)
    assert [lines.line(row).note for row in range(2)] == ["walk", "Rome,⏎Ada"]
    sorted_by(pane, qtbot, "Labelled words")
    assert [lines.line(row).note for row in range(2)] == ["Rome,⏎Ada", "walk"]
    for title, said in (("Copy words", "Rome,\nAda"), ("Copy start and end", "8\t17")):
        picked(menu_of(pane, qtbot, lambda: right_click(qtbot, lines, 0)), title)
        assert QGuiApplication.clipboard().text() == said
    lines.set_current_row(1)
    qtbot.keyClick(lines, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "walk"


def right_click(qtbot, lines, row):
    place = middle_of(lines, row)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, lines.viewport().mapToGlobal(place))
    QApplication.sendEvent(lines.viewport(), event)


def test_all_that_is_listed_is_copied_as_a_table(pane, qtbot):
    filtered(pane, qtbot, "speaker")
    lines = list_of(pane)
    for title, delimiter in (("CSV", ","), ("tab-separated text", "\t")):
        menu = menu_of(pane, qtbot, lambda: right_click(qtbot, lines, 0))
        picked(menu, f"Copy all that are listed as {title}")
        table = list(csv.reader(io.StringIO(QGuiApplication.clipboard().text()), delimiter=delimiter))
        assert table[0][:5] == ["label", "class", "range", "start", "end"]
        assert [(line[0], line[3]) for line in table[1:]] == [
            ("Speaker 1", "500"),
            ("Speaker 2", "1500"),
            ("Speaker 1", "4000"),
            ("Speaker 1", "7000"),
        ]


def test_nothing_to_list(show):
    pane = show(RangesPane, 290)
    assert list_of(pane).count == 0
    pane.show_ranges(of_sound(), None, "audio")
    assert list_of(pane)._empty == "No labels on this sound"
    pane.show_ranges(of_text(""), "", "html")
    assert list_of(pane)._empty == "No labels on this page"
    assert pane._summary.isHidden()


def test_every_line_says_both_what_and_where_in_a_narrow_column(pane):
    lines = list_of(pane)
    for row in range(lines.count):
        assert lines.line(row).below
        assert lines.visualRect(lines.model().index(row, 0)).width() <= 290


def test_two_hundred_thousand_ranges_cost_what_is_in_view(show, qtbot, monkeypatch):
    """Work is counted: lines that are made, and work that is handed to the background instead of being done at once."""
    handed = []
    pane = show(lambda colours, icons: RangesPane(colours, icons, lambda *job: handed.append(job)), 290)
    ranges = [[at * 10, at * 10 + 5] for at in range(200_000)]
    stretches = of_sound(stretched("s", "Speaker", 1, *ranges, said="hello"), stretched("n", "Noise", 1, [7, 9]))
    made = []
    line = ranges_pane.range_line
    monkeypatch.setattr(ranges_pane, "range_line", lambda *given: made.append(1) or line(*given))
    pane.show_ranges(stretches, None, "audio")
    pane.set_state(ViewState(selected="s", stretch=150_000))
    pane.grab()
    assert list_of(pane).current_row() == 150_001
    assert not handed
    filtered(pane, qtbot, "noise")
    pane.sort_by("length")
    pane.grab()
    assert [kind for kind, *_ in handed] == ["order"] * 6
    assert list_of(pane).count == 200_001, "the list stays until the answer is there"
    results = [work() for _, work, _ in handed[-2:]]
    for (_, _, then), kept in zip(handed[-2:], results, strict=True):
        then(kept)
    assert texts(list_of(pane)) == ["Noise 1"], "only the newest answer counts"
    assert len(made) < 300
