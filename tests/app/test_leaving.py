"""What happens while a sound, text, page or document is read or shown: rows left, windows closed, files that change."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.app.conftest import settle
from tests.app.test_missing import said_in
from tests.mixed import KINDS, mixed
from tests.pdfs import pdf
from tests.ranged import PAGE, TEXT, page_row, ranged, sound_row, text_row, wave_file
from tests.rows import image_row, written
from viewer.app.opening import Start
from viewer.app.window import Window
from viewer.export import unit_media
from viewer.media.waveform import Waveform

HOUR = 3600
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    end = time.monotonic() + 5
    while (left := set(threading.enumerate()) - before) and time.monotonic() < end:
        time.sleep(0.01)
    assert not left


@pytest.fixture
def window(make_window: Callable[[], Window]) -> Iterator[Window]:
    made = make_window()
    yield made
    made.close()


def opened(window: Window, export: Path, qtbot: QtBot) -> Window:
    window.open(Start((export,)))
    settle(window, qtbot)
    return window


def show(window: Window, qtbot: QtBot, row: int) -> None:
    window.session.go_to(row)
    qtbot.waitUntil(lambda: window.session.state.row == row)
    settle(window, qtbot)


class Gate:
    """Holds a reader until it is let go, and notes whether it was reached and left."""

    def __init__(self, read: Callable) -> None:
        self._read = read
        self.reached, self.free, self.left = threading.Event(), threading.Event(), threading.Event()

    def __call__(self, *arguments: object, **more: object) -> object:
        self.reached.set()
        self.free.wait(10)
        try:
            return self._read(*arguments, **more)
        finally:
            self.left.set()


@pytest.fixture
def gate(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    made = Gate(getattr(unit_media, request.param))
    monkeypatch.setattr(unit_media, request.param, made)
    yield made
    made.free.set()


def is_shown(window: Window, kind: str) -> bool:
    """Whether anything of a medium of this kind is on screen."""
    match kind:
        case "audio":
            return window.sounds.sound is not None
        case "text" | "html":
            return window.stretches.passage is not None
        case _:
            return window.session.view is not None and window.session.view.picture is not None


READERS = [("open_sound", 0), ("read_text", 1), ("read_page", 2), ("Pdf", 3)]


@pytest.mark.parametrize(("gate", "row"), READERS, indirect=["gate"])
def test_what_is_read_for_a_row_that_was_left_never_arrives(
    window: Window, tmp_path: Path, qtbot: QtBot, gate: Gate, row: int
) -> None:
    export = mixed(tmp_path)
    gate.free.set()
    opened(window, export, qtbot)
    show(window, qtbot, 4)
    gate.reached.clear(), gate.free.clear(), gate.left.clear()
    window.session.go_to(row)
    qtbot.waitUntil(gate.reached.is_set)
    show(window, qtbot, 4)  # nobody waits for what is being read
    assert window.session.view.picture is not None
    gate.free.set()
    qtbot.waitUntil(gate.left.is_set)
    qtbot.wait(50)
    assert window.session.unit.kind == "image" and is_shown(window, "image")
    assert window.sounds.sound is None and window.stretches.passage is None and window.stretches.stretches is None
    assert not window.session.busy


@pytest.mark.parametrize(("gate", "row"), READERS, indirect=["gate"])
def test_the_window_lives_while_something_is_read(
    window: Window, tmp_path: Path, qtbot: QtBot, gate: Gate, row: int
) -> None:
    """And closes at once: what is read then is nobody's."""
    export = mixed(tmp_path)
    window.open(Start((export,), row=("talk", "note", "page", "paper")[row]))
    qtbot.waitUntil(lambda: gate.reached.is_set() and window.session.index is not None)
    longest, last, end = 0.0, time.monotonic(), time.monotonic() + 0.3
    while time.monotonic() < end:
        qtbot.wait(1)
        longest, last = max(longest, time.monotonic() - last), time.monotonic()
    assert longest < 5, "the interface thread waited for the reader"
    assert window.session.row.head.title and not is_shown(window, KINDS[row])
    window.close()
    gate.free.set()
    qtbot.waitUntil(gate.left.is_set)
    qtbot.wait(20)
    assert not is_shown(window, KINDS[row])


def test_the_overview_of_a_sound_that_was_left_is_read_no_further(
    window: Window, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    wave_file(tmp_path / "talk.wav", HOUR)
    export = written(tmp_path, [sound_row(ranged("s1", "Speaker", [[500, 2000]])), image_row()])
    seen: list[Waveform] = []
    build = Waveform.build
    at_work = threading.Event()

    def slowly(wave: Waveform, progress: Callable[[float], None], stop: Callable[[], bool]) -> None:
        def step(part: float) -> None:
            at_work.set()
            time.sleep(0.05)
            progress(part)

        seen.append(wave)
        build(wave, step, stop)

    monkeypatch.setattr(Waveform, "build", slowly)
    window.open(Start((export,)))
    qtbot.waitUntil(at_work.is_set)
    show(window, qtbot, 1)
    qtbot.waitUntil(lambda: window.background.idle())
    known = seen[0].known
    assert 0 < known < HOUR * 8000
    qtbot.wait(150)
    assert seen[0].known == known and len(seen) == 1
    assert not window.session.busy


def test_two_hundred_presses_of_next_row_show_the_last(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    mixed(tmp_path)
    rows = [
        sound_row(ranged("s1", "Speaker", [[500, 2000]])),
        text_row(ranged("p1", "Person", [[0, 3]], shape="text")),
        page_row(),
        image_row(),
    ]
    many = [{**rows[at % 4], "label_hash": f"row{at:03}"} for at in range(203)]
    opened(window, written(tmp_path, many), qtbot)
    for _ in range(250):
        QTest.keyClick(window, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.session.state.row == 202)
    settle(window, qtbot)
    assert window.session.row.head is window.session.export.heads[202]
    kind = window.session.unit.kind
    assert [shown for shown in ("audio", "text", "image") if is_shown(window, shown)] == [kind]
    for _ in range(3):  # and back, beside the rows that may still be on their way
        QTest.keyClick(window, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.session.state.row == 199)


CHANGES: dict[str, Callable[[Path], object]] = {
    "deleted": lambda path: path.unlink(),
    "truncated": lambda path: path.write_bytes(path.read_bytes()[:3]),
    "replaced by something else": lambda path: path.write_bytes(b"\x00\x01something else\xff" * 3),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_shown_stays_when_its_file_changes(window: Window, tmp_path: Path, qtbot: QtBot, change: str) -> None:
    opened(window, mixed(tmp_path), qtbot)
    for row, name in enumerate(("talk.wav", "note.txt", "page.html", "paper.pdf")):
        show(window, qtbot, row)
        kind, kept = KINDS[row], window.session.index.instances
        CHANGES[change](tmp_path / name)
        window.session.set(selected=None)
        QTest.keyClick(window, Qt.Key.Key_Down)
        settle(window, qtbot)
        assert is_shown(window, kind), f"{kind}: {said_in(window)}"
        if kind == "text":
            assert window.stretches.passage.content == TEXT
        show(window, qtbot, 4)
        show(window, qtbot, row)
        assert window.session.index.instances == kept
        said = said_in(window)
        may_be_read = kind in ("text", "html") and change != "deleted"  # anything is text, and any text a page
        assert bool(said) != may_be_read and "\n" not in said and "Traceback" not in said, f"{kind}: {said}"
    assert not window.failure


def test_pages_that_were_not_drawn_yet_are_said_to_be_gone(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    """PDFium was given all of the file, so what was opened is drawn to its end."""
    export = mixed(tmp_path)
    (tmp_path / "paper.pdf").write_bytes(pdf(*["0 0 9 9 re f"] * 30))
    opened(window, export, qtbot)
    show(window, qtbot, 3)
    (tmp_path / "paper.pdf").write_bytes(b"gone")
    window.moving.go_to(29)
    settle(window, qtbot)
    assert window.session.view.picture is not None


def test_a_file_that_comes_back_is_shown_again(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    export = mixed(tmp_path)
    (tmp_path / "page.html").unlink()
    opened(window, export, qtbot)
    show(window, qtbot, 2)
    assert "not found" in said_in(window)
    (tmp_path / "page.html").write_text(PAGE)
    window.opener.reload()
    settle(window, qtbot)
    assert not said_in(window) and is_shown(window, "html")


CLOSED_WHILE_READING = """
import sys, threading, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from viewer.__main__ import main
from viewer.app import run
from viewer.export import unit_media

reached = threading.Event()

def for_ever(source, mime=""):
    reached.set()
    time.sleep(60)

def close_once_it_reads():
    if reached.is_set():
        QApplication.closeAllWindows()
    else:
        QTimer.singleShot(5, close_once_it_reads)

unit_media.read_text = for_ever
prepare = run._end_on_signals
run._end_on_signals = lambda application: (prepare(application), QTimer.singleShot(0, close_once_it_reads))
print(main(["--new-window", sys.argv[1], "--row", "note"]))
"""


def test_the_process_ends_though_a_worker_does_not(tmp_path: Path) -> None:
    """A reader that takes a minute is waited for by nobody; the place that was looked at is kept all the same."""
    home = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "config"), "QT_QPA_PLATFORM": "offscreen"}
    given = [sys.executable, "-c", CLOSED_WHILE_READING, str(mixed(tmp_path / "export"))]
    done = subprocess.run(given, capture_output=True, text=True, timeout=40, env={**os.environ, **home}, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    assert "note" in next((tmp_path / "config").rglob("settings.ini")).read_text()
