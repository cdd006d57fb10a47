"""How long a sound is, where header, samples and ranges do not agree."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.app.conftest import settle
from tests.sound.talk import RATE, spoken, talk
from viewer.app.opening import Start
from viewer.app.sound_output import Clock
from viewer.app.window import Window
from viewer.export.unit_media import MediaOf


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    talk(tmp_path)
    return tmp_path


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
    axis = window.panes.sound.view.chart.axis
    assert window.sounds.count == axis.count == held
    assert axis.per_column == zoomed.per_column
    assert axis.first == zoomed.first or held < 4 * RATE  # there the cursor had to be followed
    assert window.session.state.position == min(held, 4 * RATE)
    assert window.sound_player.bounds == (2 * RATE, held)
    coverage = window.sounds.coverage
    assert coverage is not None and coverage.end == held * 1000 / RATE
    QTest.keyClick(window, Qt.Key.Key_End)
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


def test_a_lying_header_is_not_believed(make_window: Callable[[], Window], folder: Path, qtbot: QtBot) -> None:
    """The length of the data that the header tells, ten times as long."""
    path = folder / "talk.wav"
    whole = path.read_bytes()
    at = whole.index(b"data") + 4
    path.write_bytes(whole[:at] + (10 * (len(whole) - at - 4)).to_bytes(4, "little") + whole[at + 4 :])
    window = make_window()
    window.open(Start((folder,)))
    settle(window, qtbot)
    assert window.sounds.count == window.panes.sound.view.chart.axis.count == 4 * RATE


def test_where_the_sound_ends_before_a_range_is_seen_and_said(
    make_window: Callable[[], Window], tmp_path: Path, qtbot: QtBot
) -> None:
    talk(tmp_path, spoken("long", (3000, 8000)))
    window = make_window()
    window.open(Start((tmp_path,)))
    settle(window, qtbot)
    chart, colours = window.panes.sound.view.chart, window.theme.chart
    assert (chart.axis.count, chart.end) == (8 * RATE, 4 * RATE)
    assert window.panes.sound.head.moment.text() == "0:00.000 / 0:04.000"
    window.select(None)
    settle(window, qtbot)
    image = window.panes.sound.view.grab().toImage()
    ratio, y = image.devicePixelRatio(), chart.bands.media_top + 3
    for milliseconds, ground in ((2000, colours.ground), (3950, colours.ground), (4050, colours.ruler)):
        x = chart.x_of(chart.axis.sample_of(milliseconds))
        assert image.pixelColor(round(x * ratio), round(y * ratio)).name() == ground.lower()
