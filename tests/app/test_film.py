"""A video in the window: every frame that is shown carries the number that the window says, however it was come to."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog
from pytestqt.qtbot import QtBot

from tests.app.conftest import settle
from tests.numbered import read
from tests.rows import blob, box, video_row, written
from tests.videos import Film, damage, uneven, write
from viewer.app.opening import Start
from viewer.app.session import Session
from viewer.app.settings import Settings
from viewer.app.window import Window
from viewer.media import video
from viewer.media.progress import Stopped

COUNT = 60
PLAIN = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def export_of(folder: Path, film: Film, frames: int = COUNT, far: int | None = None) -> Path:
    """`car1` moves to the right and is missing from frame 20 to 29; `car2` is on the first ten frames."""
    write(folder / "clip.mp4", film)
    labels = {}
    for frame in range(frames):
        objects = [] if 20 <= frame < 30 else [box("car1", 0.1 + frame / 200, w=0.2)]
        labels[frame] = blob(*objects, *([box("car2", 0.7, w=0.1)] if frame < 10 else []))
    if far is not None:
        labels[far] = blob(box("car1", 0.5, w=0.2))
    row = video_row(labels, fps=10.0, duration=frames / 10)
    for unit in row["data_units"].values():
        unit.update(width=film.size[0], height=film.size[1])
    written(folder, [row])
    return folder


class Witness:
    """Reads the number off every frame that the session shows."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.shown: list[int] = []
        self.wrong: list[object] = []
        session.frame_shown.connect(self._look)

    def _look(self) -> None:
        view = self._session.view
        assert view is not None
        self.shown.append(view.key.frame)
        found = read(view.picture.shown[..., 2::-1]) if view.picture else None
        if found != view.key.frame or view.labels.frame != view.key.frame - view.key.shift:
            self.wrong.append((view.key, found, view.labels.frame))


Opened = Callable[..., tuple[Window, Witness]]


@pytest.fixture
def film_in(make_window: Callable[[], Window], qtbot: QtBot, tmp_path: Path) -> Opened:
    def open_film(film: Film | None = None, far: int | None = None) -> tuple[Window, Witness]:
        given = film or Film(COUNT, options={"bf": "3", "g": "12"})
        window = make_window()
        window.canvas.set_motion(False)
        witness = Witness(window.session)
        window.open(Start((export_of(tmp_path, given, far=far),)))
        settle(window, qtbot)
        return window, witness

    return open_film


def key(window: Window, qtbot: QtBot, name: str, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
    window.canvas.setFocus()
    qtbot.keyClick(window.canvas, getattr(Qt.Key, f"Key_{name}"), modifiers)
    settle(window, qtbot)


def test_steps_jumps_and_scrubs_show_the_frame_that_is_named(film_in: Opened, qtbot: QtBot) -> None:
    window, witness = film_in()
    for name, modifiers in [("Right", PLAIN)] * 6 + [("Right", SHIFT)] * 3 + [("Left", SHIFT)] * 2:
        key(window, qtbot, name, modifiers)
    key(window, qtbot, "End")
    for _ in range(12):
        key(window, qtbot, "Left")
    chance = random.Random(3)
    for _ in range(25):
        window.session.set(frame=chance.randrange(COUNT))
        settle(window, qtbot)
    for frame in range(0, COUNT, 2):  # faster than anything is decoded
        window.session.set(frame=frame)
        qtbot.wait(1)
    settle(window, qtbot)
    assert not witness.wrong and len(witness.shown) > 45
    assert witness.shown[-1] == COUNT - 2


def test_keys_lead_to_labelled_and_unlabelled_frames_and_to_events(film_in: Opened, qtbot: QtBot) -> None:
    window, _ = film_in()
    session = window.session
    session.set(frame=19, selected="car1")
    settle(window, qtbot)
    key(window, qtbot, "Right", CTRL)
    assert session.state.frame == 30
    key(window, qtbot, "U", SHIFT)
    assert session.state.frame == 29
    key(window, qtbot, "E", SHIFT)
    assert session.state.frame == 19


def test_playing_keeps_time_and_the_numbers_true(film_in: Opened, qtbot: QtBot) -> None:
    window, witness = film_in()
    player = window.player
    key(window, qtbot, "Home")
    player.speed = 4.0
    key(window, qtbot, "Space")
    assert player.is_playing
    qtbot.waitUntil(lambda: not player.is_playing, timeout=10_000)
    assert window.session.state.frame == COUNT - 1, "it stops at the end"
    assert witness.shown == sorted(witness.shown) and not witness.wrong
    key(window, qtbot, "J")
    key(window, qtbot, "J")
    assert player.is_playing and (player.direction, player.speed) == (-1, 2.0)
    assert "plays back at 2x" in window.status._hints._whole
    qtbot.waitUntil(lambda: window.session.state.frame < 50, timeout=10_000)
    key(window, qtbot, "K")
    assert not player.is_playing and not witness.wrong


def test_a_loop_goes_round_and_a_stretch_is_played_once(film_in: Opened, qtbot: QtBot) -> None:
    window, witness = film_in()
    window.session.set(frame=10, selected="car1")
    settle(window, qtbot)
    key(window, qtbot, "L", CTRL)
    assert window.player.bounds == (0, 19)
    window.session.set(frame=17)
    settle(window, qtbot)
    witness.shown.clear()
    key(window, qtbot, "Space")
    qtbot.waitUntil(lambda: 2 in witness.shown, timeout=10_000)
    key(window, qtbot, "K")
    assert max(witness.shown) <= 19
    key(window, qtbot, "L", CTRL)
    assert not window.player.loops
    window.player.speed = 4.0
    window.session.set(frame=33)
    settle(window, qtbot)
    key(window, qtbot, "Space", SHIFT)
    qtbot.waitUntil(lambda: not window.player.is_playing, timeout=10_000)
    assert window.session.state.frame == 59 and not witness.wrong


def test_labels_are_shifted_while_looking_and_it_is_said(film_in: Opened, qtbot: QtBot) -> None:
    window, witness = film_in()
    bar = window.panes.shift_bar
    window.session.set(frame=15, selected="car1")
    settle(window, qtbot)
    for _ in range(3):
        key(window, qtbot, "Right", CTRL | SHIFT)
    assert window.session.view.labels.frame == 12 and window.session.view.key.frame == 15
    assert bar.isVisible() and "3 frames later" in bar.accessibleDescription()
    for _ in range(15):
        key(window, qtbot, "Left", CTRL | SHIFT)
    assert window.session.state.shift == -10 and window.session.view.labels.frame == 25
    key(window, qtbot, "Home", CTRL | SHIFT)
    assert window.session.state.shift == 0 and bar.isHidden() and not witness.wrong


def test_going_to_a_time(film_in: Opened, qtbot: QtBot) -> None:
    window, _ = film_in()
    key(window, qtbot, "G", CTRL)
    field = window.panes.goto._field
    qtbot.keyClicks(field, "0:03.45")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    settle(window, qtbot)
    assert window.session.view.key.frame == 34


def test_the_status_line_says_what_is_known_of_frame_numbers(film_in: Opened) -> None:
    window, _ = film_in()
    assert "frame 0 of 0 to 59  ·  0:00.000  ·  exact" in window.status._place._whole


def test_labels_beyond_the_end_are_shown_on_a_field_and_told(film_in: Opened, qtbot: QtBot) -> None:
    window, _ = film_in(Film(40, options={"g": "12"}))
    assert any("beyond the end" in problem.what and "39" in problem.what for problem in window.session.problems())
    key(window, qtbot, "End")
    view = window.session.view
    assert view.key.frame == 59 and view.picture is None and "beyond the end" in view.trouble
    assert view.labels.annotations


def test_numbers_of_a_video_of_varying_rate_are_read_as_chosen_and_remembered(
    make_window: Callable[[], Window], qtbot: QtBot, tmp_path: Path
) -> None:
    times = uneven(COUNT, shortest=20, longest=900)
    film = Film(COUNT, options={"bf": "2", "g": "12"}, pts=times, time_base=Fraction(1, 1000))
    export_of(tmp_path, film)

    def shown(window: Window, frame: int) -> int | None:
        window.session.set(frame=frame)
        settle(window, qtbot)
        picture = window.session.view.picture
        return read(picture.shown[..., 2::-1]) if picture else None

    window = make_window()
    window.open(Start((tmp_path,)))
    settle(window, qtbot)
    assert any("rate varies" in problem.what for problem in window.session.problems())
    assert shown(window, 17) == 17
    window.bars.actions["number_grid"].trigger()
    settle(window, qtbot)
    for frame in (5, 17, 33):
        expected = max(place for place, time in enumerate(times) if time <= frame * 100)
        assert shown(window, frame) == expected
    assert "10 frames a second" in window.status._place._whole
    window.bars.actions["number_order"].trigger()
    window.bars.actions["number_more"].trigger()
    settle(window, qtbot)
    assert shown(window, 17) == 18
    window.close()
    again = make_window()
    again.open(Start((tmp_path,)))
    settle(again, qtbot)
    assert shown(again, 30) == 31


def test_damaged_frames_are_said_to_be_so(make_window: Callable[[], Window], qtbot: QtBot, tmp_path: Path) -> None:
    export_of(tmp_path, Film(COUNT, options={"bf": "3", "g": "12"}, size=(320, 240)))
    damage(tmp_path / "clip.mp4", 0.5, 1500)
    window = make_window()
    witness = Witness(window.session)
    window.open(Start((tmp_path,)))
    settle(window, qtbot)
    for frame in range(COUNT):
        window.session.set(frame=frame)
        settle(window, qtbot)
        view = window.session.view
        if witness.wrong and witness.wrong[-1][0] == view.key:
            assert view.trouble or view.picture.warnings
    assert 0 < len(witness.wrong) < 15


def test_the_selected_label_leaves_a_trail_and_is_followed(film_in: Opened, qtbot: QtBot) -> None:
    window, _ = film_in()
    window.session.set(frame=40, selected="car1")
    settle(window, qtbot)
    qtbot.waitUntil(lambda: window.tracking.track is not None, timeout=10_000)
    track = window.tracking.track
    assert track.frames.tolist() == [*range(20), *range(30, 60)]
    assert track.centres[0, 0] == pytest.approx(0.2 * 160) and track.areas[0] == pytest.approx(0.2 * 160 * 0.3 * 120)
    trail = window.canvas._stage.wanted.scene.trail
    assert trail is not None and trail.steps[0] == -40 and trail.steps[-1] == 19
    window.bars.actions["trail"].trigger()
    settle(window, qtbot)
    assert window.canvas._stage.wanted.scene.trail is None
    window.bars.actions["follow"].trigger()
    settle(window, qtbot)
    scale = window.canvas.camera.scale
    key(window, qtbot, "Right", SHIFT)
    centre = (0.1 + 50 / 200 + 0.1) * 160
    assert window.canvas.camera.x == pytest.approx(centre, abs=1) and window.canvas.camera.scale == scale


def test_the_budget_for_frames_is_kept(settings_file: Path) -> None:
    settings = Settings(settings_file)
    assert settings.frame_budget == 1_000_000_000
    settings.frame_budget = 400_000_000
    assert Settings(settings_file).frame_budget == 400_000_000
    settings._store.setValue("frame_budget_mb", "plenty")
    assert settings.frame_budget == 1_000_000_000


@pytest.fixture
def settings_file(tmp_path: Path) -> Path:
    return tmp_path / "settings.ini"


def test_the_budget_is_asked_for_and_used_at_once(film_in: Opened, qtbot: QtBot) -> None:
    window, witness = film_in()
    window.bars.actions["budget"].trigger()
    (asking,) = window.findChildren(QInputDialog)
    asking.setIntValue(300)
    asking.accept()
    settle(window, qtbot)
    assert window.settings.frame_budget == 300_000_000 == window.session._loader.budget
    window.session.set(frame=7)
    settle(window, qtbot)
    assert window.session.view.key.frame == 7 and not witness.wrong


def test_a_label_far_beyond_the_end_costs_no_memory(film_in: Opened, qtbot: QtBot) -> None:
    window, _ = film_in(Film(30, options={"g": "12"}), far=2_000_000_000)
    frames = window.moving.frames()
    assert len(frames) == 61 and frames[-1] == 2_000_000_000
    key(window, qtbot, "End")
    assert window.session.view.key.frame == 2_000_000_000 and window.session.view.labels.annotations
    key(window, qtbot, "Left")
    assert window.session.state.frame == 59


def test_playing_goes_on_to_a_label_beyond_the_end_and_stops(film_in: Opened, qtbot: QtBot) -> None:
    window, _ = film_in(Film(50, options={"g": "12"}))
    window.session.set(frame=45)
    settle(window, qtbot)
    window.player.speed = 4.0
    window.player.play(1)
    qtbot.waitUntil(lambda: not window.player.is_playing, timeout=10_000)
    assert window.session.state.frame == 59


def test_another_row_at_once_leaves_no_index_being_made(
    make_window: Callable[[], Window], qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = threading.Event()

    def slow(source: object, progress: object, stop: Callable[[], bool]) -> None:
        while not stop():
            time.sleep(0.01)
        stopped.set()
        raise Stopped

    monkeypatch.setattr(video, "build_index", slow)
    window = make_window()
    window.open(Start((export_of(tmp_path, Film(20)),)))
    qtbot.waitUntil(lambda: window.session.unit is not None, timeout=10_000)
    qtbot.wait(50)
    window.close()
    assert stopped.wait(5)


def test_labels_that_cannot_be_read_by_a_mistake_of_ours_are_told(
    film_in: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, _ = film_in()
    labels = window.session.row.labels[window.session.unit.id]

    def broken(frame: int, size: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(labels, "on_frame", broken)
    monkeypatch.setattr(labels, "kept", lambda frame, size: None)
    window.session.set(frame=44)
    qtbot.waitUntil(window.panes.bar.isVisible, timeout=10_000)
    assert "labels of frame 44" in window.panes.bar.accessibleDescription()
