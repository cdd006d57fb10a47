"""A real window on a sound: keys, wheel, clicks, playing without a device."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from tests.app.conftest import settle
from tests.rows import image_row, written
from tests.sound.talk import RATE, sound_row, spoken, talk, voice, write_wave
from viewer.app.opening import Start
from viewer.app.sound_output import Clock
from viewer.app.status_words import place_words
from viewer.app.window import Window
from viewer.export.unit_media import MediaOf
from viewer.sound.view_pane import ViewPane

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    talk(tmp_path)
    return tmp_path


@pytest.fixture
def opened(make_window: Callable[[], Window], qtbot: QtBot) -> Callable[[Path], Window]:
    def open_it(path: Path) -> Window:
        window = make_window()
        window.open(Start((path,)))
        settle(window, qtbot)
        window.sound_player._make_output = lambda sound, rate: (Clock(rate), "no device in this test")
        return window

    return open_it


@pytest.fixture
def window(opened: Callable[[Path], Window], folder: Path) -> Window:
    return opened(folder)


def key(window: Window, qtbot: QtBot, pressed: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(window, pressed, modifiers)
    settle(window, qtbot)


def view(window: Window) -> ViewPane:
    return window.panes.sound.view


def point_of(window: Window, milliseconds: float, label: str | None = None) -> QPoint:
    """Of a moment on the waveform, or on the bar of a label that is there then."""
    chart = view(window).chart
    x = chart.x_of(chart.axis.sample_of(milliseconds))
    if label is None:
        return QPoint(round(x), chart.bands.media_top + 20)
    assert chart.rows is not None
    stretches = chart.rows.stretches
    at = next(i for i in stretches.of(label) if stretches.starts[i] <= milliseconds <= stretches.ends[i])
    return QPoint(round(x), chart.bands.top_of(int(chart.rows.lanes[at]), chart.scroll) + 9)


def selection(window: Window) -> tuple[str | None, int]:
    return window.session.state.selected, window.session.state.stretch


def wheel(window: Window, at: QPoint, notches: int, modifiers: Qt.KeyboardModifier = NONE) -> None:
    event = QWheelEvent(
        QPointF(at), QPointF(at), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton, modifiers,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view(window), event)


def test_the_first_range_is_selected_and_the_cursor_stands_at_the_beginning(window: Window) -> None:
    assert window.panes.middle.currentWidget() is window.panes.sound
    assert selection(window) == ("ann", 0)
    assert window.session.state.position == 0
    assert "0:00.000 to 0:00.900" in window.panes.sound.head.range.words
    assert "8,000 Hz, 1 channel" in place_words(window.session, ())
    assert window.sounds.count == 4 * RATE


def test_down_and_up_walk_through_the_ranges_in_time(window: Window, qtbot: QtBot) -> None:
    walked = [selection(window)]
    for _ in range(6):
        key(window, qtbot, Qt.Key.Key_Down)
        walked.append(selection(window))
    assert walked == [
        ("ann", 0), ("tune", 0), ("ben", 0), ("part1", 0), ("ann", 1), ("ben", 1), ("ben", 1),
    ]  # fmt: skip
    assert window.session.state.position == 2200 * RATE // 1000
    key(window, qtbot, Qt.Key.Key_Up)
    assert selection(window) == ("ann", 1)


def test_control_and_arrows_go_to_where_a_range_begins(window: Window, qtbot: QtBot) -> None:
    began = []
    for _ in range(5):
        key(window, qtbot, Qt.Key.Key_Right, CONTROL)
        began.append(window.session.state.position * 1000 / RATE)
    assert began == [500, 850, 1000, 1500, 2200]
    key(window, qtbot, Qt.Key.Key_Left, CONTROL)
    assert window.session.state.position == 1500 * 8
    assert selection(window) == ("ann", 1)


def test_the_cursor_stands_on_the_first_sample_that_is_not_before_a_range(
    opened: Callable[[Path], Window], tmp_path: Path, qtbot: QtBot
) -> None:
    """At 11,025 samples a second few milliseconds are whole samples."""
    starts = (400, 1001, 1003.5, 2222)
    written(tmp_path, [sound_row(spoken("ann", *((at, at + 1) for at in starts)))])
    write_wave(tmp_path / "talk.wav", voice(4, 11_025), 11_025)
    window = opened(tmp_path)
    for at in starts:
        key(window, qtbot, Qt.Key.Key_Right, CONTROL)
        assert window.session.state.position == math.ceil(Fraction(at) * 11_025 / 1000)
        assert window.here.stretches.part() == tuple(math.ceil(Fraction(edge) * 11_025 / 1000) for edge in (at, at + 1))


def test_e_stops_at_every_start_and_end_and_u_where_no_label_is(window: Window, qtbot: QtBot) -> None:
    seen = []
    for _ in range(5):
        key(window, qtbot, Qt.Key.Key_E)
        seen.append(window.session.state.position / 8)
    assert seen == [500, 850, 900, 1000, 1200]
    key(window, qtbot, Qt.Key.Key_U)
    assert window.session.state.position == 3000 * 8
    assert selection(window) == ("ann", 0)


def test_hidden_labels_are_passed_by(window: Window, qtbot: QtBot) -> None:
    window.showing.show_object("tune", False)
    key(window, qtbot, Qt.Key.Key_Down)
    assert selection(window) == ("ben", 0)


def test_arrows_step_by_a_part_of_what_is_visible(window: Window, qtbot: QtBot) -> None:
    span = window.panes.sound.span
    key(window, qtbot, Qt.Key.Key_Right)
    assert window.session.state.position == round(span / 20)
    key(window, qtbot, Qt.Key.Key_Right, SHIFT)
    assert window.session.state.position == round(span / 20) + round(span / 2)
    key(window, qtbot, Qt.Key.Key_End)
    assert window.session.state.position == 4 * RATE
    key(window, qtbot, Qt.Key.Key_Home)
    key(window, qtbot, Qt.Key.Key_Left)
    assert window.session.state.position == 0


def test_going_to_a_typed_time_or_sample(window: Window, qtbot: QtBot) -> None:
    for typed, position in (("0:01.5", 12_000), ("2,200 ms", 17_600), ("3", 24_000), ("sample 1,234", 1234)):
        key(window, qtbot, Qt.Key.Key_G, CONTROL)
        field = window.panes.goto._field
        qtbot.keyClicks(field, typed)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        assert window.session.state.position == position
        assert not window.panes.goto.isVisible() and view(window).hasFocus()
    key(window, qtbot, Qt.Key.Key_G, CONTROL)
    assert window.panes.goto._field.text() == "0:00.154250"
    qtbot.keyClicks(window.panes.goto._field, "0:05")
    assert window.panes.goto._message.text() == "the sound ends at 0:04.000"
    qtbot.keyClick(window.panes.goto._field, Qt.Key.Key_Return)
    assert window.panes.goto.isVisible()
    key(window, qtbot, Qt.Key.Key_Escape)
    assert window.session.state.position == 1234 and not window.panes.goto.isVisible()


def test_zooming_by_keys_wheel_and_to_the_selected_range(window: Window, qtbot: QtBot) -> None:
    chart = view(window).chart
    key(window, qtbot, Qt.Key.Key_Z)
    axis = chart.axis
    assert axis.x_of_time(0) >= 0 and axis.x_of_time(900) == pytest.approx(0.94 * axis.width, rel=0.1)
    key(window, qtbot, Qt.Key.Key_0)
    assert chart.axis.fits
    at = point_of(window, 2000)
    wheel(window, at, 8)
    assert chart.axis.span < 4 * RATE / 4
    assert chart.axis.x_of_time(2000) == pytest.approx(chart.column_at(at.x()), abs=3)
    before = chart.axis.first
    wheel(window, at, -1, SHIFT)
    assert chart.axis.first > before
    key(window, qtbot, Qt.Key.Key_Plus)
    wheel(window, at, -100)
    assert chart.axis.fits


def test_a_click_on_the_waveform_seeks_to_the_sample_under_it(window: Window, qtbot: QtBot) -> None:
    at = point_of(window, 1700)
    qtbot.mouseClick(view(window), Qt.MouseButton.LeftButton, pos=at)
    chart = view(window).chart
    expected = chart.axis.sample_at(chart.column_at(at.x()))
    assert window.session.state.position == round(expected)
    assert window.session.state.position == pytest.approx(1700 * 8, abs=chart.axis.per_column)
    assert f"sample {round(expected):,}" in place_words(window.session, ())
    # zoomed in to single samples the click is exact
    for _ in range(40):
        window.here.view.zoom_in()
    settle(window, qtbot)
    wanted = window.session.state.position + 2
    for aside in (-20, 20):  # of 64 pixels from one sample to the next
        x = round(chart.x_of(wanted)) + aside
        qtbot.mouseClick(view(window), Qt.MouseButton.LeftButton, pos=QPoint(x, at.y()))
        assert window.session.state.position == wanted
        window.sounds.go_to(wanted - 2)


def test_a_click_on_a_bar_selects_it_and_goes_to_its_start(window: Window, qtbot: QtBot) -> None:
    qtbot.mouseClick(view(window), Qt.MouseButton.LeftButton, pos=point_of(window, 2000, "ann"))
    assert selection(window) == ("ann", 1)
    assert window.session.state.position == 1500 * 8
    qtbot.mouseDClick(view(window), Qt.MouseButton.LeftButton, pos=point_of(window, 2600, "ben"))
    settle(window, qtbot)
    axis = view(window).chart.axis
    assert selection(window) == ("ben", 1) or axis.shows(2200 * 8)
    assert axis.span < 2 * 800 * 8


def test_a_drag_on_the_ruler_scrubs_and_one_on_the_waveform_marks_a_part(window: Window, qtbot: QtBot) -> None:
    pane = view(window)
    start, end = point_of(window, 1000), point_of(window, 3000)
    for y, marked in ((4, False), (start.y(), True)):
        qtbot.mousePress(pane, Qt.MouseButton.LeftButton, pos=QPoint(start.x(), y))
        qtbot.mouseMove(pane, QPoint(end.x(), y))
        qtbot.mouseRelease(pane, Qt.MouseButton.LeftButton, pos=QPoint(end.x(), y))
        near = pane.chart.axis.per_column * 2
        if marked:
            bounds = window.sound_player.bounds
            assert bounds is not None
            assert bounds == pytest.approx((8000, 24_000), abs=near)
        else:
            assert window.session.state.position == pytest.approx(24_000, abs=near)
            assert window.sound_player.bounds is None
    qtbot.mouseClick(pane, Qt.MouseButton.LeftButton, pos=start)
    assert window.sound_player.bounds is None


def test_space_plays_silently_stops_at_the_end_and_says_why_nothing_is_heard(window: Window, qtbot: QtBot) -> None:
    window.sounds.go_to(4 * RATE - 1600)
    QTest.keyClick(window, Qt.Key.Key_Space)
    player = window.sound_player
    assert player.is_playing
    assert window.panes.sound.head.chip.text() == "no device in this test: plays silently"
    assert window.panes.sound.head.chip.toolTip() == "<qt>no device in this test</qt>"
    qtbot.waitUntil(lambda: not player.is_playing, timeout=5000)
    assert window.session.state.position == 4 * RATE  # no rewinding
    QTest.keyClick(window, Qt.Key.Key_Space)
    assert window.session.state.position < RATE
    QTest.keyClick(window, Qt.Key.Key_Space)
    assert not player.is_playing


def test_nothing_plays_unasked(window: Window, qtbot: QtBot) -> None:
    qtbot.wait(50)
    assert not window.sound_player.is_playing
    assert window.sound_player.silence == ""
    assert not window.panes.sound.head.chip.isVisible()


def test_shift_and_space_play_the_selected_range_once(window: Window, qtbot: QtBot) -> None:
    window.session.set(selected="ben", stretch=0)
    player = window.sound_player
    player.speed = 2.0
    seen: list[int] = []
    window.session.changed.connect(lambda _, new: seen.append(new.position))
    QTest.keyClick(window, Qt.Key.Key_Space, SHIFT)
    qtbot.waitUntil(lambda: not player.is_playing, timeout=5000)
    assert seen[0] == 850 * 8 and seen[-1] == 1400 * 8
    assert seen == sorted(seen)
    QTest.keyClick(window, Qt.Key.Key_P, SHIFT)
    assert window.session.state.position == 0  # a second before, as far as there is one
    player.pause()


def test_a_loop_goes_on_until_it_is_ended(window: Window, qtbot: QtBot) -> None:
    window.session.set(selected="part1", stretch=0)
    player = window.sound_player
    player.speed = 2.0
    QTest.keyClick(window, Qt.Key.Key_L, CONTROL)
    assert player.loops and player.bounds == (8000, 9600)
    assert "loops 0:01.000 to 0:01.200" in player.words
    seen: list[int] = []
    window.session.changed.connect(lambda _, new: seen.append(new.position))
    QTest.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: sum(b < a for a, b in pairwise(seen)) >= 2, timeout=5000)
    assert all(8000 <= position <= 9600 for position in seen)
    QTest.keyClick(window, Qt.Key.Key_L, CONTROL)
    assert not player.loops and player.is_playing
    player.pause()


def test_a_click_while_it_plays_goes_on_from_there(window: Window, qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_Space)
    qtbot.mouseClick(view(window), Qt.MouseButton.LeftButton, pos=point_of(window, 3000))
    qtbot.waitUntil(lambda: window.session.state.position > 24_500, timeout=3000)
    assert window.sound_player.is_playing
    window.sound_player.pause()


def test_the_device_that_is_lost_pauses_and_is_told_of(window: Window, qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_Space)
    window.sound_player._on_lost("The sound device does not answer any more")
    assert not window.sound_player.is_playing
    assert window.panes.sound.head.chip.toolTip() == "<qt>The sound device does not answer any more</qt>"


def test_without_the_file_ranges_lie_on_the_time_of_the_export(
    opened: Callable[[Path], Window], tmp_path: Path, qtbot: QtBot
) -> None:
    written(tmp_path, [sound_row(spoken("ann", (100, 500), (3000, 3500)), data_duration=10.0)])
    window = opened(tmp_path)
    axis = view(window).chart.axis
    assert (axis.rate, axis.count) == (1000, 10_000)
    assert "not found" in view(window).message
    assert "Where is the sound?" in [button.text() for button in window.panes.bar.findChildren(QAbstractButton)]
    key(window, qtbot, Qt.Key.Key_Down)
    assert selection(window) == ("ann", 1)
    assert window.session.state.position == 3000
    QTest.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.session.state.position > 3050, timeout=3000)
    window.sound_player.pause()


def test_a_file_that_is_no_sound_says_so_in_its_place(opened: Callable[[Path], Window], tmp_path: Path) -> None:
    talk(tmp_path)
    (tmp_path / "talk.wav").write_bytes(b"this is a text")
    window = opened(tmp_path)
    assert "talk.wav" in view(window).message
    assert any("talk.wav" in problem.where for problem in window.session.problems() if problem.severity == "error")
    assert view(window).chart.lane_count == 5


def test_another_row_takes_the_sound_away(opened: Callable[[Path], Window], tmp_path: Path, qtbot: QtBot) -> None:
    talk(tmp_path)
    picture = image_row(label_hash="other", data_hash="data0002", data_title="absent.png")
    written(tmp_path, [sound_row(spoken("ann", (0, 900))), picture])
    window = opened(tmp_path)
    QTest.keyClick(window, Qt.Key.Key_Space)
    key(window, qtbot, Qt.Key.Key_Down, CONTROL)
    assert window.panes.middle.currentWidget() is window.canvas
    assert not window.sound_player.is_playing
    assert window.sounds.sound is None and view(window).chart.rows is None
    key(window, qtbot, Qt.Key.Key_Up, CONTROL)
    assert window.sounds.sound is not None and window.session.state.position == 0


def test_what_was_chosen_is_remembered(window: Window, make_window: Callable[[], Window], qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_S, SHIFT)
    settle(window, qtbot)
    assert view(window).spectrum is not None
    pane = window.panes.sound
    pane.head._choose("by", "class")
    pane.head._choose("window", 2048)
    settle(window, qtbot)
    assert view(window).chart.rows is not None and view(window).chart.rows.by == "class"
    again = make_window().panes.sound
    assert (again.look.show, again.look.by, again.look.window) == ("both", "class", 2048)


def test_pixels_of_the_played_part_the_band_and_overlaps(window: Window, qtbot: QtBot) -> None:
    window.sounds.go_to(2 * RATE)
    window.session.set(selected="ben", stretch=1)
    window.sounds.go_to(2 * RATE)
    settle(window, qtbot)
    image = view(window).grab().toImage()
    chart, colours = view(window).chart, window.theme
    ratio = image.devicePixelRatio()

    def colours_at(milliseconds: float, top: int, bottom: int) -> set[str]:
        x = round(chart.x_of(chart.axis.sample_of(milliseconds)) * ratio)
        return {image.pixelColor(x, round(y * ratio)).name() for y in range(top, bottom)}

    bands = chart.bands
    media = (bands.media_top, bands.cover_top - 1)
    assert colours.accent in colours_at(1900, *media) and colours.quiet not in colours_at(1900, *media)
    assert colours.quiet in colours_at(3400, *media) and colours.accent not in colours_at(3400, *media)
    cover = (bands.cover_top + 2, bands.cover_top + 8)
    assert colours.warning in colours_at(875, *cover)  # two speakers at once
    assert colours.warning not in colours_at(700, *cover)  # a speaker over music
    hatched = {name for at in range(3100, 3900, 25) for name in colours_at(at, *cover)}
    assert len(hatched - {colours.window}) >= 1


def test_ten_thousand_ranges_in_one_label_are_all_reached(
    opened: Callable[[Path], Window], tmp_path: Path, qtbot: QtBot
) -> None:
    ranges = [(at * 10, at * 10 + 5) for at in range(10_000)]
    talk(tmp_path, spoken("many", *ranges), seconds=100.0)
    window = opened(tmp_path)
    key(window, qtbot, Qt.Key.Key_End)
    key(window, qtbot, Qt.Key.Key_Left, CONTROL)
    assert selection(window) == ("many", 9_999)
    assert np.isclose(view(window).chart.samples_of(9_999)[0], 99_990 * 8)


class Guessed:
    """A sound whose header says another length than is found when it is read to its end."""

    rate, channels, notes, warnings = RATE, 1, (), ()

    def __init__(self, guess: int, held: int) -> None:
        self.count, self._held = guess, held
        self.may_end = threading.Event()

    def samples(self, start: int, end: int) -> np.ndarray:
        if end > min(self.count, self._held):
            self.may_end.wait(10)
            self.count = self._held
        return np.zeros((1, max(min(end, self._held) - start, 0)), np.float32)

    def close(self) -> None:
        return


@pytest.mark.parametrize("held", [3 * RATE, 5 * RATE])
def test_the_true_length_counts_as_soon_as_it_is_known(
    held: int, make_window: Callable[[], Window], folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = Guessed(4 * RATE, held)
    monkeypatch.setattr(MediaOf, "sound", lambda self, unit: sound)
    window = make_window()
    window.sound_player._make_output = lambda sound, rate: (Clock(rate), "no device in this test")
    window.open(Start((folder,)))
    qtbot.waitUntil(lambda: window.sounds.sound is not None and window.sounds.coverage is not None)
    assert window.sounds.count == 4 * RATE
    window.sounds.go_to(4 * RATE)
    window.panes.sound.view.chart.axis = window.panes.sound.view.chart.axis.showing(RATE, 2 * RATE)
    zoomed = window.panes.sound.view.chart.axis
    window.sound_player.mark_part((2 * RATE, 4 * RATE))
    sound.may_end.set()
    settle(window, qtbot)
    axis = view(window).chart.axis
    assert window.sounds.count == axis.count == held
    assert axis.per_column == zoomed.per_column
    assert axis.first == zoomed.first or held < 4 * RATE  # there the cursor had to be followed
    assert window.session.state.position == min(held, 4 * RATE)
    assert window.sound_player.bounds == (2 * RATE, held)
    coverage = window.sounds.coverage
    assert coverage is not None and coverage.end == held * 1000 / RATE
    key(window, qtbot, Qt.Key.Key_End)
    assert window.session.state.position == held


def test_what_plays_to_the_end_stops_at_the_true_end(
    make_window: Callable[[], Window], folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = Guessed(4 * RATE, RATE)
    monkeypatch.setattr(MediaOf, "sound", lambda self, unit: sound)
    window = make_window()
    window.sound_player._make_output = lambda sound, rate: (Clock(rate), "no device in this test")
    window.open(Start((folder,)))
    qtbot.waitUntil(lambda: window.sounds.sound is not None and window.sounds.coverage is not None)
    window.sounds.go_to(RATE // 2)
    seen: list[int] = []
    window.session.changed.connect(lambda _, new: seen.append(new.position))
    window.sound_player.play()
    sound.may_end.set()
    qtbot.waitUntil(lambda: not window.sound_player.is_playing, timeout=5000)
    assert window.session.state.position == RATE
    assert max(seen) == RATE


def test_a_lying_header_is_not_believed(opened: Callable[[Path], Window], folder: Path) -> None:
    """The length of the data that the header tells, ten times as long."""
    path = folder / "talk.wav"
    whole = path.read_bytes()
    at = whole.index(b"data") + 4
    path.write_bytes(whole[:at] + (10 * (len(whole) - at - 4)).to_bytes(4, "little") + whole[at + 4 :])
    window = opened(folder)
    assert window.sounds.count == view(window).chart.axis.count == 4 * RATE


def test_where_the_sound_ends_before_a_range_is_seen_and_said(
    opened: Callable[[Path], Window], tmp_path: Path, qtbot: QtBot
) -> None:
    talk(tmp_path, spoken("long", (3000, 8000)))
    window = opened(tmp_path)
    chart, colours = view(window).chart, window.theme.chart
    assert (chart.axis.count, chart.end) == (8 * RATE, 4 * RATE)
    assert window.panes.sound.head.moment.text() == "0:00.000 / 0:04.000"
    window.select(None)
    settle(window, qtbot)
    image = view(window).grab().toImage()
    ratio, y = image.devicePixelRatio(), chart.bands.media_top + 3
    for milliseconds, ground in ((2000, colours.ground), (3950, colours.ground), (4050, colours.ruler)):
        x = chart.x_of(chart.axis.sample_of(milliseconds))
        assert image.pixelColor(round(x * ratio), round(y * ratio)).name() == ground.lower()


def test_times_of_the_ruler_are_not_cut_by_that_of_the_cursor(window: Window, qtbot: QtBot) -> None:
    chart, colours = view(window).chart, window.theme.chart
    word, ratio = chart.x_of(chart.axis.sample_of(2000)) + 4, chart.ratio

    def inks(position: int) -> list[str]:
        """From where '0:02' begins on."""
        window.sounds.go_to(position)
        settle(window, qtbot)
        image = view(window).grab().toImage()
        rows = range(round(5 * ratio), round(14 * ratio))
        return [
            next((name for y in rows if (name := image.pixelColor(x, y).name()) != colours.ruler.lower()), "")
            for x in range(round(word * ratio), image.width())
        ]

    assert any(inks(0)[: round(10 * ratio)]), "there it is"
    for aside in range(34, 46, 2):
        seen = inks(round(chart.sample_at(word + aside)))
        chip = seen.index(colours.accent.lower())
        assert chip > 3 and not any(seen[: chip - 2]), "where the chip covers the end of it, none of it is left"


def test_of_what_is_said_above_a_narrow_sound_the_times_stay(window: Window, qtbot: QtBot) -> None:
    line = window.panes.sound.head.range
    advance = line.fontMetrics().horizontalAdvance
    assert line.words.startswith("Speaker 1  ·  0:00.000 to 0:00.900")
    for words in ("0:00.000 to 0:00.900  ·  0.900 s long", "0:00.000 to 0:00.900"):
        line.resize(advance(words) + 5, line.height())
        assert line.text() == words
    line.resize(1000, line.height())
    assert line.text() == line.words
