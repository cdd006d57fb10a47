"""The timeline of 5,000 labels over 200,000 frames: repaints against a screen's 16 ms, and ready against `json.loads`.

    python tests/benchmarks/bench_timeline.py [--quick]

The labels are sparse tracks with gaps, as in a long video, and some have answers that change. 'Ready' is the time from
the bytes of the export to the rows of the timeline: splitting it, the index of the row, the tracks. Repaints are whole
ones, each after a step of scrolling, zooming or panning, at 1366 x 400 and at twice as many pixels; then once more with
labels that flicker, on every other frame of the whole video. Both are told by the clock and by the processor: on a
machine that does other things too, only the second says what the program costs.
"""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from viewer.app import icons, theme
from viewer.app.timeline_feed import counts_on
from viewer.export.export import open_export
from viewer.labels.answers import Answer, LabelAnswers
from viewer.labels.records import Instance
from viewer.labels.row import RowIndex
from viewer.timeline.bands import Bands
from viewer.timeline.paint_chart import paint_ground, paint_moving
from viewer.timeline.timeline_pane import TimelinePane
from viewer.timeline.tracks import Tracks, tracks_of

LABELS, FRAMES = 5_000, 200_000
FLICKERING = 40
BUDGET_MS = 16.0
SIZE = (1366, 400)


def export_bytes(labels: int, frames: int) -> bytes:
    """One video; each label on a few stretches, every fifth with an attribute that changes."""
    rng = random.Random(1)
    on_frame: dict[str, list[dict[str, Any]]] = {}
    actions: dict[str, Any] = {}
    for number in range(labels):
        key = f"o{number:07}"
        entry = {
            "objectHash": key,
            "featureHash": f"f{number % 12:07}",
            "name": f"Class {number % 12}",
            "color": "#D33115",
        }
        entry |= {"shape": "bounding_box", "boundingBox": {"x": 0.1, "y": 0.2, "w": 0.05, "h": 0.1}}
        entry |= {"createdBy": "annotator-1@example.org", "createdAt": "Mon, 02 Mar 2026 09:30:00 GMT"}
        begin = rng.randrange(frames - 400)
        for _ in range(rng.randrange(1, 6)):
            length = rng.randrange(1, 40)
            for frame in range(begin, min(begin + length, frames)):
                on_frame.setdefault(str(frame), []).append(entry)
            begin += length + rng.randrange(2, 40)
        if number % 5 == 0:
            actions[key] = {"objectHash": key, "actions": [action(at, begin) for at in range(2)]}
    blobs = {frame: {"objects": found, "classifications": []} for frame, found in on_frame.items()}
    unit = {"data_hash": "u0", "data_title": "long.mp4", "data_type": "video/mp4", "data_sequence": 0, "labels": blobs}
    unit |= {"width": 1920, "height": 1080, "data_fps": 25.0, "data_duration": frames / 25}
    answers = {f"o{n:07}": {"objectHash": f"o{n:07}", "classifications": []} for n in range(labels)}
    row = {
        "label_hash": "l",
        "data_hash": "u0",
        "data_type": "video",
        "data_title": "long.mp4",
        "data_units": {"u0": unit},
    }
    row |= {"branch_name": "main", "label_status": "LABELLED", "classification_answers": {}}
    return json.dumps([row | {"object_answers": answers, "object_actions": actions}]).encode()


def action(at: int, frame: int) -> dict[str, Any]:
    """A dynamic answer around a frame."""
    option = {"name": f"Option {at}", "value": f"option_{at}", "featureHash": f"opt{at}"}
    made = {"name": "Door", "value": "door", "featureHash": "door", "answers": [option], "dynamic": True}
    return made | {"range": [[frame - 60 + 40 * at, frame - 21 + 40 * at]], "manualAnnotation": True}


def timed(call: Callable[[], Any]) -> tuple[float, float, Any]:
    """Seconds of the clock, seconds of this thread's processor, and what was made."""
    begin, begin_work = time.perf_counter(), time.thread_time()
    made = call()
    return time.perf_counter() - begin, time.thread_time() - begin_work, made


def ready(path: Path, frames: int) -> tuple[float, float, RowIndex, Tracks]:
    """From the bytes to the rows; seconds of clock and processor."""

    def make() -> tuple[RowIndex, Tracks]:
        row = open_export([path]).row(0)
        index = row.index()
        return index, tracks_of(index, row.units[0].id, np.arange(frames, dtype=np.int64))

    clock, work, (index, tracks) = timed(make)
    return clock, work, index, tracks


def flickering(frames: int) -> Tracks:
    """Labels on every other frame from end to end, each with an answer that changes once."""
    there = tuple((frame, frame) for frame in range(0, frames, 2))
    halves = ((0, frames // 2), (frames // 2 + 1, frames))
    answers = LabelAnswers(
        (), tuple(Answer("a", "Note", "text", f"Half {n}", ranges=(half,)) for n, half in enumerate(halves))
    )
    made = tuple(
        Instance(f"o{n}", "f", "Car", "#d33115", "bounding_box", "u", n, there, answers=answers)
        for n in range(FLICKERING)
    )
    return tracks_of(RowIndex(made, (), {}, ()), "u", np.arange(frames, dtype=np.int64))


def repaints(pane: TimelinePane, ratio: float, steps: int) -> dict[str, list[tuple[float, float]]]:
    """Seconds of whole repaints while scrolling and zooming, `ratio` device pixels to a pixel."""
    chart, view = pane.model, pane.view
    width, height = SIZE
    image = QImage(round(width * ratio), round(height * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    chart.place(Bands.of(width, height, 200, slim=False, timed=True, pictured=False), ratio)

    def paint() -> None:
        painter = QPainter(image)
        paint_ground(painter, chart, view.pictures, view.colours, view.fonts, "")
        paint_moving(painter, chart, view.colours, view.fonts, False)
        painter.end()

    taken: dict[str, list[tuple[float, float]]] = {"scrolling": [], "zooming": [], "panning": []}
    pane.fit_all()
    paint()
    for step in range(steps):
        chart.scroll_to(chart.most_scroll * step // steps)
        taken["scrolling"].append(timed(paint)[:2])
    for step in range(steps):
        chart.scroll_to(chart.most_scroll * (step % 7) // 7)
        chart.axis = chart.axis.zoomed_at(500 * ratio, 1.15 if step < steps // 2 else 1 / 1.15)
        taken["zooming"].append(timed(paint)[:2])
    chart.axis = chart.axis.zoomed_at(500 * ratio, 20)
    for _ in range(steps):
        chart.axis = chart.axis.panned(chart.axis.width / 3)
        taken["panning"].append(timed(paint)[:2])
    return taken


def tell_repaints(pane: TimelinePane, steps: int) -> None:
    for ratio in (1.0, 2.0):
        for name, found in repaints(pane, ratio, steps).items():
            clock, work = np.array(found).T * 1e3
            print(
                f"  {name} at {ratio:g}x: worst repaint {work.max():.1f} ms of the processor, "
                f"{work.max() / BUDGET_MS:.2f} of the budget of {BUDGET_MS:g} ms; "
                f"by the clock median {np.median(clock):.1f}, worst {clock.max():.1f} ms"
            )


def main() -> None:
    quick = "--quick" in sys.argv
    labels, frames = (500, 20_000) if quick else (LABELS, FRAMES)
    app = QApplication.instance() or QApplication(sys.argv)
    assert isinstance(app, QApplication)
    theme.apply(theme.DARK, app)
    data = export_bytes(labels, frames)
    loads, loads_work = (
        min(found) for found in zip(*(timed(lambda: json.loads(data))[:2] for _ in range(3)), strict=True)
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.json"
        path.write_bytes(data)
        tries = [ready(path, frames) for _ in range(3)]
    clock, work = min(found[0] for found in tries), min(found[1] for found in tries)
    _, _, index, tracks = tries[-1]
    print(
        f"{labels:,} labels x {frames:,} frames, {len(data) / 1e6:.0f} MB: ready {clock:.2f} s, json.loads {loads:.2f} s, "
        f"ratio {clock / loads:.2f} by the clock, {work / loads_work:.2f} by the processor"
    )
    numbers = np.arange(frames, dtype=np.int64)
    pane = TimelinePane(theme.DARK.chart, icons)
    presence = next(iter(index.presence.values()))
    pane.show_unit(numbers, counts_on(presence.frames, numbers), 25.0)
    print(f"  rows listed on the interface thread in {timed(lambda: pane.set_tracks(tracks))[1] * 1e3:.1f} ms")
    steps = 40 if quick else 150
    tell_repaints(pane, steps)
    print(f"{FLICKERING} labels on every other frame:")
    pane.set_tracks(flickering(frames))
    tell_repaints(pane, steps)


if __name__ == "__main__":
    main()
