from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from tests.panels.support import LONG, NASTY, click, click_cell, list_of, texts
from viewer.panels.bar_pane import BarPane
from viewer.panels.goto import frame_meant, frame_question, moment_question, sample_meant
from viewer.panels.goto_pane import GotoPane
from viewer.panels.palette_pane import PalettePane
from viewer.panels.sheet_lines import Command, Shortcut, meant
from viewer.panels.shortcut_sheet_pane import ShortcutSheetPane
from viewer.panels.start_pane import Recent, StartPane

COMMANDS = [
    Command("Next frame", "Right", "next"),
    Command("Go to frame", "Ctrl+G", "goto"),
    Command("Fit", "0", "fit"),
    Command("Next labelled frame", "Ctrl+Right", "next-labelled"),
]


# the palette


@pytest.mark.parametrize(
    ("query", "first"),
    [("", "next"), ("go", "goto"), ("frame go", "goto"), ("ne lab", "next-labelled"), ("gtf", "goto"), ("FIT", "fit")],
)
def test_the_best_command_stands_first(query, first):
    assert meant(COMMANDS, query)[0].id == first


def test_no_command_is_meant_by_words_that_none_holds():
    assert meant(COMMANDS, "zebra") == []


@pytest.fixture
def palette(show):
    made = show(PalettePane, 420, 200)
    made.ask(COMMANDS)
    return made


def test_typing_and_enter_start_a_command(palette, qtbot):
    qtbot.keyClicks(palette._field, "go to")
    with qtbot.waitSignal(palette.chosen) as got:
        qtbot.keyClick(palette._field, Qt.Key.Key_Return)
    assert got.args == ["goto"]


def test_down_and_up_walk_while_the_field_keeps_the_keyboard(palette, qtbot):
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        qtbot.keyClick(palette._field, key)
    with qtbot.waitSignal(palette.chosen) as got:
        qtbot.keyClick(palette._field, Qt.Key.Key_Return)
    assert got.args == ["goto"]


def test_a_click_starts_a_command_and_escape_closes(palette, qtbot):
    with qtbot.waitSignal(palette.chosen) as got:
        click(qtbot, list_of(palette), 2)
    assert got.args == ["fit"]
    qtbot.keyClicks(palette._field, "x")
    with qtbot.waitSignal(palette.closed):
        qtbot.keyClick(palette._field, Qt.Key.Key_Escape)


def test_enter_on_nothing_does_nothing(palette, qtbot):
    qtbot.keyClicks(palette._field, "zebra")
    with qtbot.assertNotEmitted(palette.chosen):
        qtbot.keyClick(palette._field, Qt.Key.Key_Return)


def test_it_starts_anew_each_time(palette, qtbot):
    qtbot.keyClicks(palette._field, "fit")
    palette.ask(COMMANDS)
    assert palette._field.text() == ""
    assert len(texts(list_of(palette))) == 4


# the sheet


def test_the_sheet_is_grouped_and_searched(show, qtbot):
    sheet = show(ShortcutSheetPane, 420, 300)
    sheet.set_shortcuts(
        [Shortcut("Moving", "Next frame", "Right"), Shortcut("Seeing", "Fit", "0"), Shortcut("Moving", "First", "Home")]
    )
    assert texts(list_of(sheet)) == ["Moving", "Next frame", "First", "Seeing", "Fit"]
    qtbot.keyClicks(sheet._field, "home")
    assert texts(list_of(sheet)) == ["Moving", "First"]
    with qtbot.waitSignal(sheet.closed):
        qtbot.keyClick(sheet._field, Qt.Key.Key_Escape)


# go to frame

FRAMES = np.array([0, 1, 2, 5, 1234])


@pytest.mark.parametrize(
    ("typed", "frame", "wrong"),
    [
        ("2", 2, ""),
        (" 1,234 ", 1234, ""),
        ("#5", 5, ""),
        ("1 234", 1234, ""),
        ("3", None, "there is no frame 3; 5 comes next"),
        ("1235", None, "frames go from 0 to 1,234"),
        ("-1", None, "frames go from 0 to 1,234"),
        ("two", None, "a number is needed, such as 1,234"),
        ("1e3", None, "a number is needed, such as 1,234"),
        ("9" * 40, None, "a number is needed, such as 1,234"),
        ("", None, ""),
    ],
)
def test_what_is_typed_is_understood_or_refused_in_words(typed, frame, wrong):
    assert frame_meant(typed, FRAMES) == (frame, wrong)


def test_going_to_a_frame(show, qtbot):
    goto = show(GotoPane, 260, 80)
    goto.ask(frame_question(FRAMES, 1))
    qtbot.keyClicks(goto._field, "5")
    with qtbot.waitSignal(goto.place_requested) as got:
        qtbot.keyClick(goto._field, Qt.Key.Key_Return)
    assert got.args == [5], "what stood there was selected, so typing replaces it"
    qtbot.keyClicks(goto._field, "9")
    assert not goto._go.isEnabled()
    assert goto._message.text() == "there is no frame 59; 1,234 comes next"
    with qtbot.assertNotEmitted(goto.place_requested):
        qtbot.keyClick(goto._field, Qt.Key.Key_Return)
    with qtbot.waitSignal(goto.closed):
        qtbot.keyClick(goto._field, Qt.Key.Key_Escape)


def sample_of(milliseconds: float) -> int:
    """At 44,100 Hz."""
    return math.ceil(milliseconds * 44.1 - 1e-6)


@pytest.mark.parametrize(
    ("typed", "sample", "wrong"),
    [
        ("0:01.5", 66_150, ""),
        ("1:02:03", 3723 * 44_100, ""),
        ("62:03,250", 3723 * 44_100 + 11_025, ""),
        (" 2.5 s", 110_250, ""),
        ("2.5", 110_250, ""),
        ("2,5", 110_250, ""),
        ("3", 132_300, ""),
        ("1234 ms", 54_420, ""),
        ("1,234 ms", 54_420, ""),
        ("1,234.5MS", 54_442, ""),
        ("1,234,567 ms", 54_444_405, ""),
        ("2,000 s", 88_200_000, ""),
        ("sample 52,920", 52_920, ""),
        ("Sample 7", 7, ""),
        ("#1 234", 1234, ""),
        ("2:00:00", 2 * 3600 * 44_100, ""),
        ("2:00:00.001", None, "the sound ends at 2:00:00.000"),
        ("sample 400,000,000", None, "samples go from 0 to 317,520,000"),
        ("half", None, "a time is needed, such as 1:02.5"),
        ("-1", None, "a time is needed, such as 1:02.5"),
        ("1e3", None, "a time is needed, such as 1:02.5"),
        ("9" * 40, None, "a time is needed, such as 1:02.5"),
        (" ", None, ""),
    ],
)  # fmt: skip
def test_a_moment_of_a_sound_is_understood_or_refused_in_words(typed, sample, wrong):
    assert sample_meant(typed, 7200, sample_of, 7200 * 44_100) == (sample, wrong)


def test_without_a_sound_there_are_no_samples():
    assert sample_meant("sample 3", 7200, round, 0) == (None, "a time is needed, such as 1:02.5")
    assert "sample" not in moment_question(7200, ("0:00.000", 0), round, 0).hint


def test_where_one_is_in_a_sound_is_not_rounded():
    asked = moment_question(7200, ("0:00.000023", 1), sample_of, 7200 * 44_100)
    assert asked.meant(asked.shown) == (1, "")


# the bar


def test_the_bar_says_one_thing_at_a_time_with_its_actions(show, qtbot):
    bar = show(BarPane, 700, 36)
    bar.say("warning", "7 of 12 media files not found", [("locate", "Locate folder…")])
    bar.say("error", "The video cannot be decoded", [("copy", "Copy the command"), ("why", "Why?")])
    assert bar._text.text() == "The video cannot be decoded"
    assert [button.text() for button in bar._buttons] == ["Copy the command", "Why?"]
    with qtbot.waitSignal(bar.action) as got:
        qtbot.mouseClick(bar._buttons[1], Qt.MouseButton.LeftButton)
    assert got.args == ["why"]
    with qtbot.waitSignal(bar.dismissed):
        qtbot.mouseClick(bar._close, Qt.MouseButton.LeftButton)
    assert bar.isHidden()


def test_the_bar_waits_until_it_has_something_to_say(qtbot, show):
    bar = show(BarPane)
    bar.dismiss()
    assert bar.isHidden()
    for text in (LONG, NASTY):
        bar.say("note", text)
        assert bar.isVisible()
        bar.grab()


# the start page


@pytest.fixture
def start(show):
    made = show(StartPane, 900, 600)
    made.set_recent([Recent("/data/a.json", "a.json", "yesterday"), Recent("/data/b.zip", NASTY, "2 Mar")])
    made.set_keys([("Ctrl+O", "Open an export")])
    return made


def test_buttons_of_the_start_page(start, qtbot):
    buttons = {button.text(): button for button in start.findChildren(type(start._open))}
    for text, signal in (
        ("Open export…", start.open_export_requested),
        ("Open folder…", start.open_folder_requested),
        ("Open the demo", start.demo_requested),
    ):
        with qtbot.waitSignal(signal):
            qtbot.mouseClick(buttons[text], Qt.MouseButton.LeftButton)
        buttons[text].setFocus()
        with qtbot.waitSignal(signal):
            qtbot.keyClick(buttons[text], Qt.Key.Key_Space)


def test_recent_ones_open_and_are_forgotten(start, qtbot):
    lines = list_of(start, "Opened before")
    with qtbot.waitSignal(start.recent_chosen) as got:
        click(qtbot, lines, 0)
    assert got.args == ["/data/a.json"]
    with qtbot.waitSignal(start.recent_forgotten) as got, qtbot.assertNotEmitted(start.recent_chosen):
        click_cell(qtbot, lines, 1, "forget")
    assert got.args == ["/data/b.zip"]


def drag(start, *urls):
    mime = QMimeData()
    mime.setUrls([QUrl(url) for url in urls])
    where, copy = QPoint(100, 100), Qt.DropAction.CopyAction
    event = QDragEnterEvent(where, copy, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(start, event)
    return mime


def test_the_drop_zone_lights_up_while_something_is_over_it(start):
    drag(start, "file:///data/a.json")
    assert start._zone.lit
    QApplication.sendEvent(start, QDragLeaveEvent())
    assert not start._zone.lit
    drag(start, "https://example.org/a.json")
    assert not start._zone.lit, "only files can be opened"


def test_what_is_dropped_is_told_as_paths(start, qtbot):
    mime = drag(start, "file:///data/a%20b.json", "file:///data/media")
    event = QDropEvent(
        QPointF(100, 100), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    with qtbot.waitSignal(start.dropped) as got:
        QApplication.sendEvent(start, event)
    assert got.args == [["/data/a b.json", "/data/media"]]
    assert not start._zone.lit
