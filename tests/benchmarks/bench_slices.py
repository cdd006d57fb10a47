"""Slices: the first of 500, scrolling, windows, memory and planes, each against raw pydicom or numpy in the same run.

python tests/benchmarks/bench_slices.py [first|decode|scroll|window|memory|planes ...]
"""

from __future__ import annotations

import gc
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pydicom
from slice_data import LABELS, write_mammograms, write_series

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from viewer.media.kinds import Slices

COUNT, COMPRESSED = 500, 120
DRAGS = 200
BUDGET_MB = 100


def say(what: str, figures: str, ratio: float, goal: float, *, at_least: bool) -> None:
    met = ratio >= goal if at_least else ratio <= goal
    print(f"{what}: {figures}; {ratio:.2f} (goal {'>=' if at_least else '<='} {goal:g}) {'met' if met else 'MISSED'}")


def seconds(work: Callable[[], Any], times: int = 5, clock: Callable[[], float] = time.perf_counter) -> float:
    """The median."""
    taken: list[float] = []
    for _ in range(times):
        start = clock()
        work()
        taken.append(clock() - start)
    return statistics.median(taken)


def decode_all(files: Sequence[Path]) -> None:
    for file in files:
        _ = pydicom.dcmread(file).pixel_array


# ---------------------------------------------------------------- without a window


def opened(folder: Path) -> Callable[[int], tuple[Slices, float]]:
    """An export that was just read; the call shows a frame of it and says how long that took."""
    from viewer.export.export import open_export
    from viewer.export.unit_media import MediaOf

    export = open_export((folder,))
    row = export.row(0)

    def show(frame: int) -> tuple[Slices, float]:
        start = time.perf_counter()
        slices = MediaOf(export, row).slices(row.units[0])
        assert slices is not None
        slices.picture(frame)
        return slices, time.perf_counter() - start

    return show


def files_of(folder: Path) -> list[Path]:
    """In the order of the slices."""
    files = sorted((folder / "slices").iterdir())
    return sorted(files, key=lambda file: pydicom.dcmread(file, specific_tags=["InstanceNumber"]).InstanceNumber)


def first_slice(ct: Path, lone: Path) -> None:
    """To know which of 500 files holds a slice, something of each must be read; this must cost far less than headers."""
    opened(ct)(0)  # so that libraries are loaded for all alike
    files = files_of(ct)
    frames = random.Random(1).sample(range(COUNT), 9)
    ours = statistics.median(opened(ct)(frame)[1] for frame in frames) * 1000
    alone = statistics.median(opened(lone)(0)[1] for _ in frames) * 1000
    one = statistics.median(
        seconds(lambda frame=frame: pydicom.dcmread(files[frame]).pixel_array, 1) for frame in frames
    )
    headers = seconds(lambda: [pydicom.dcmread(file, stop_before_pixels=True) for file in files], 5) * 1000
    figures = f"{ours:.1f} ms, of which {alone:.1f} also for the only one; pydicom {one * 1000:.1f} ms, {COUNT} headers {headers:.0f}"
    say("first slice of 500, of the time for all headers", figures, ours / headers, 0.1, at_least=False)


def decoding(folder: Path, count: int, name: str) -> None:
    """In turns and in time of the processor, so that what else the machine does counts for neither."""
    files, slices = files_of(folder), opened(folder)(0)[0]

    def ours(frames: range) -> None:
        for frame in frames:
            slices.picture(frame)

    taken: list[tuple[float, float]] = []
    ours(range(20))
    for begin in range(0, count, 20):
        part = range(begin, min(begin + 20, count))
        theirs = seconds(lambda part=part: decode_all(files[part.start : part.stop]), 1, time.process_time)
        taken.append((theirs, seconds(lambda part=part: ours(part), 1, time.process_time)))
    raw, own = (count / sum(column) for column in zip(*taken, strict=True))
    ratio = statistics.median(theirs / ours for theirs, ours in taken)
    figures = f"{own:.0f} slices a second of one processor, pydicom {raw:.0f}"
    say(f"decoding {name} one after the other", figures, ratio, 0.8, at_least=True)


# ---------------------------------------------------------------- in the window


class Desk:
    """The real window with one export, and what a reviewer does to it."""

    def __init__(self, application: QApplication, folder: Path, budget_mb: int = 2_000) -> None:
        from viewer.app.opening import Start
        from viewer.app.settings import Settings
        from viewer.app.window import Window

        self.application = application
        settings = Settings(folder / "settings.ini")
        settings.frame_budget = budget_mb * 1_000_000
        self.window = Window(settings, "dark")
        self.window.resize(1366, 768)
        self.window.show()
        application.processEvents()
        self.look: object = None
        """What the canvas was painted with last; nothing older is held, as memory is measured too."""
        self._watch()
        shown: list[float] = []
        self.window.session.frame_shown.connect(lambda: shown.append(time.perf_counter()))
        start = time.perf_counter()
        self.window.open(Start((folder,), frame=0))
        self.until(lambda: bool(shown))
        self.first_frame = shown[0] - start
        self.settle()

    def _watch(self) -> None:
        canvas = self.window.canvas
        paint = canvas.paintEvent

        def watched(event: Any) -> None:
            paint(event)
            prepared = canvas._stage.prepared
            self.look = None if prepared is None else (prepared.exhibit.picture, prepared.exhibit.adjust)

        canvas.paintEvent = watched

    def until(self, done: Callable[[], bool]) -> None:
        end = time.monotonic() + 60
        while not done():
            self.application.processEvents()
            if time.monotonic() > end:
                sys.exit("the window waits for something that does not come")

    def settle(self) -> None:
        self.until(lambda: self.window.is_settled() and self.window.session.index is not None)
        self.until(lambda: self.window.background.idle())

    def painted(self, act: Callable[[], None]) -> None:
        """Do something and wait until the canvas was painted otherwise than before."""
        before = self.look
        act()
        self.until(lambda: self.look != before)

    def wheel(self, notches: int) -> None:
        from PySide6.QtCore import QPoint, QPointF, Qt
        from PySide6.QtGui import QWheelEvent

        at = QPointF(self.window.canvas.rect().center())
        event = QWheelEvent(
            at, self.window.canvas.mapToGlobal(at), QPoint(), QPoint(0, -120 * notches), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        self.application.sendEvent(self.window.canvas, event)

    def close(self) -> None:
        self.window.close()
        self.application.processEvents()


def mouse(desk: Desk, widget: Any, kind: str, x: float, y: float, button: str) -> None:
    """An event as the system sends it: a press, a move with the button held, or a release."""
    from PySide6.QtCore import QEvent, QPointF, Qt
    from PySide6.QtGui import QMouseEvent

    at, pressed, none = QPointF(x, y), getattr(Qt.MouseButton, f"{button}Button"), Qt.MouseButton.NoButton
    types = {
        "press": QEvent.Type.MouseButtonPress,
        "move": QEvent.Type.MouseMove,
        "release": QEvent.Type.MouseButtonRelease,
    }
    own, held = none if kind == "move" else pressed, none if kind == "release" else pressed
    event = QMouseEvent(types[kind], at, widget.mapToGlobal(at), own, held, Qt.KeyboardModifier.NoModifier)
    desk.application.sendEvent(widget, event)


@contextmanager
def drag(desk: Desk, widget: Any, button: str) -> Iterator[Callable[[int], None]]:
    """A button held down; the call moves the pointer to its next place, to and fro."""
    middle = widget.rect().center()
    mouse(desk, widget, "press", middle.x(), middle.y(), button)
    mouse(desk, widget, "move", middle.x() + 8, middle.y() + 8, button)
    desk.settle()

    def move(step: int) -> None:
        by = step % 80 if step % 160 < 80 else 80 - step % 80
        mouse(desk, widget, "move", middle.x() + 9 + by, middle.y() + 9 + (by * 3) % 67, button)

    yield move
    mouse(desk, widget, "release", middle.x(), middle.y(), button)


def first_in_window(application: QApplication, ct: Path, lone: Path) -> None:
    """From the wish to open an export to its first slice; that of 500 is 11 MB that have to be read."""

    def opened_in(folder: Path) -> float:
        desk = Desk(application, folder)
        desk.close()
        return desk.first_frame

    text = (ct / "export.json").read_bytes()
    opened_in(lone)
    taken = [(opened_in(ct), opened_in(lone), seconds(lambda: json.loads(text), 1)) for _ in range(5)]
    ours, alone, parsed = (statistics.median(column) * 1000 for column in zip(*taken, strict=True))
    figures = f"{ours:.0f} ms, of one slice {alone:.0f} ms, json.loads of the export {parsed:.0f} ms"
    ratio = statistics.median(one / sum(others) for one, *others in taken)
    say("first slice of 500 in the window, of the time for one and json.loads", figures, ratio, 1, at_least=False)


def scrolling(application: QApplication, folder: Path, count: int, name: str) -> None:
    """With the wheel, each slice waited for until it is painted with its labels."""
    desk, files = Desk(application, folder), files_of(folder)
    taken: list[float] = []
    raw: list[float] = []
    for frame in range(1, count):
        taken.append(seconds(lambda: desk.painted(lambda: desk.wheel(1)), 1))
        if frame % 20 == 0:  # in turns, as above
            raw.append(seconds(lambda frame=frame: decode_all(files[frame - 20 : frame]), 1))
    rate, theirs = len(taken) / sum(taken), 20 * len(raw) / sum(raw)
    wanted = min(0.8 * theirs, 60)
    figures = f"{rate:.0f} slices a second with {LABELS} labels each, pydicom alone {theirs:.0f}"
    what = f"uncached scrolling of {name} in the window, of {wanted:.0f}, which is 0.8 of pydicom or a screen's rate"
    say(what, figures, rate / wanted, 1, at_least=True)
    desk.settle()
    back = [seconds(lambda: desk.painted(lambda: desk.wheel(-1)), 1) for _ in range(count - 1)]
    rate, slow = len(back) / sum(back), sum(one > 1 / 60 for one in back)
    figures = (
        f"{rate:.0f} slices a second, median {statistics.median(back) * 1000:.1f} ms, slowest {max(back) * 1000:.0f} ms"
    )
    say(
        f"cached scrolling of {name}, of 60 a second ({slow} of {len(back)} steps above 17 ms)",
        figures,
        rate / 60,
        1,
        at_least=True,
    )
    desk.close()


def windows(application: QApplication, folder: Path, name: str, wanted: float) -> None:
    desk = Desk(application, folder)
    taken: list[float] = []
    with drag(desk, desk.window.canvas, "Right") as move:
        for step in range(DRAGS):
            taken.append(seconds(lambda step=step: desk.painted(lambda: move(step)), 1))
    view = desk.window.session.view
    assert view is not None and view.picture is not None and view.picture.grey is not None
    stored = view.picture.grey.stored
    table = np.zeros(65_536, dtype=np.uint8)
    bits = stored.view(np.uint16)
    by_numpy, by_cv = seconds(lambda: table[bits]) * 1000, seconds(lambda: cv2.LUT(bits, table)) * 1000
    values = stored.astype(np.float32)
    by_sum = seconds(lambda: np.clip((values - 100) * 0.3, 0, 255).astype(np.uint8)) * 1000
    rate, slowest = len(taken) / sum(taken), max(taken) * 1000
    figures = (
        f"{rate:.0f} windows painted a second, median {statistics.median(taken) * 1000:.1f} ms, slowest {slowest:.0f} ms; "
        f"the look-up alone cv2 {by_cv:.2f}, numpy {by_numpy:.2f}, as a sum {by_sum:.2f} ms"
    )
    say(f"window drag on {name}, of {wanted:g} a second", figures, rate / wanted, 1, at_least=True)
    desk.close()


def memory(application: QApplication, ct: Path) -> None:
    desk = Desk(application, ct, BUDGET_MB)
    most, before = 0, resident()
    for _ in range(COUNT - 1):
        desk.painted(lambda: desk.wheel(1))
        reader = desk.window.session._loader._reader
        most = max(most, reader.nbytes if reader is not None else 0)
    desk.settle()
    figures = f"at most {most / 1e6:.0f} MB of pictures kept; process {before:.0f} MB before, {resident():.0f} MB after"
    say(f"all {COUNT} slices within {BUDGET_MB} MB, of the budget", figures, most / BUDGET_MB / 1e6, 1, at_least=False)
    desk.close()


def resident() -> float:
    """Memory of this process, in MB."""
    return int(Path("/proc/self/status").read_text().partition("VmRSS:")[2].split()[0]) * 1024 / 1e6


def planes(application: QApplication, ct: Path) -> None:
    desk = Desk(application, ct)
    window, pane = desk.window, desk.window.panes.planes
    start = time.perf_counter()
    window.orthogonal.toggle()
    desk.until(lambda: window.orthogonal._cuts is not None and not window.orthogonal._is_making)
    made = time.perf_counter() - start
    desk.settle()
    counts: list[int] = []
    for view in pane.panes:
        paint = view.paintEvent
        view.paintEvent = lambda event, paint=paint: (paint(event), counts.append(1))
    taken: list[float] = []
    with drag(desk, pane.panes[0], "Left") as move:
        for step in range(DRAGS):
            before = len(counts)

            def act(step: int = step, before: int = before) -> None:
                move(step)
                desk.until(
                    lambda: len(counts) >= before + 2 and window.session.is_current() and window.canvas.is_shown()
                )

            taken.append(seconds(act, 1))
    rate = len(taken) / sum(taken)
    volume = window.orthogonal._cuts.volume
    cut = seconds(lambda: np.ascontiguousarray(volume.values[:, :, volume.values.shape[2] // 2])) * 1000
    figures = (
        f"{rate:.0f} a second, median {statistics.median(taken) * 1000:.1f} ms, slowest {max(taken) * 1000:.0f} ms "
        f"(numpy's cut alone {cut:.1f} ms); the planes with all labels were made in {made:.2f} s"
    )
    say(
        "crosshair dragged in a plane, with the picture and both planes painted, of 30 a second",
        figures,
        rate / 30,
        1,
        at_least=True,
    )
    desk.close()


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.setswitchinterval(0.001)
    from viewer.app.large_blocks import give_back_large_blocks
    from viewer.app.run import make_application

    give_back_large_blocks()
    parts = sys.argv[1:] or ["first", "decode", "scroll", "window", "memory", "planes"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part, count in (("ct", COUNT), ("lone", 1)):
            write_series(folder / part / "slices", count)
        write_mammograms(folder / "mammograms" / "slices", 4)
        write_series(folder / "packed" / "slices", COMPRESSED, compressed=True)
        ct, lone, packed, mammograms = (folder / part for part in ("ct", "lone", "packed", "mammograms"))
        gc.collect()
        gc.freeze()  # what making the files has left behind is no business of what is measured
        application = make_application()
        if "first" in parts:
            first_slice(ct, lone)
            first_in_window(application, ct, lone)
        if "decode" in parts:
            decoding(ct, COUNT, "plain slices")
            decoding(packed, COMPRESSED, "JPEG 2000")
        if "scroll" in parts:
            scrolling(application, ct, COUNT, "plain slices")
            scrolling(application, packed, COMPRESSED, "JPEG 2000")
        if "window" in parts:
            windows(application, ct, "512x512", 60)
            windows(application, mammograms, "2048x2048", 20)
        if "memory" in parts:
            memory(application, ct)
        if "planes" in parts:
            planes(application, ct)


if __name__ == "__main__":
    main()
