"""Repaints of a sound of three hours with 200,000 ranges against a screen's 16 ms.

    python tests/benchmarks/bench_sound_paint.py [--quick]

Three sets of labels: 5,000 instances of ten classes that overlap, 200,000 ranges in one label, and 200,000 ranges of
1,000 labels that overlap in rows of classes. Each is repainted whole after a step of zooming, panning or scrolling, from
all of the sound down to single samples, at 1366 x 700 and at twice as many pixels; then what a repaint costs in which
only the cursor moved. Ratios above 1 are too slow.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from viewer.app import theme
from viewer.labels.answers import Answer, LabelAnswers
from viewer.labels.records import Provenance
from viewer.media.waveform import Waveform
from viewer.scene.coverage import coverage_of
from viewer.scene.stretches import Stretches, StretchLabel
from viewer.scene.view_state import ViewState
from viewer.sound.rows import By, rows_of
from viewer.sound.sound_pane import SoundPane

RATE, HOURS = 44_100, 3
BUDGET_MS = 16.0
SIZE = (1366, 700)


class Noise:
    """A sound that is made as it is read: a hum that swells."""

    rate, channels, count = RATE, 2, RATE * 3600 * HOURS
    notes = warnings = ()

    def samples(self, start: int, end: int) -> np.ndarray:
        at = np.arange(max(start, 0), min(end, self.count))
        one = (np.sin(at * 0.031) * np.sin(at * 1e-5)).astype(np.float32)
        return np.stack([one, 0.5 * one])

    def close(self) -> None:
        return


def stretches(labels: int, each: int, classes: int, length: float) -> Stretches:
    """So many labels with so many ranges each, all over the sound."""
    rng = np.random.default_rng(4)
    count = labels * each
    starts = np.sort(rng.uniform(0, HOURS * 3_600_000, count)).round()
    owners = rng.integers(0, labels, count).astype(np.int32)
    ends = starts + rng.exponential(length, count).round()
    words = LabelAnswers(
        (Answer("t", "Transcript", "text", text="what was said in these few seconds of the recording"),)
    )
    made = tuple(
        StretchLabel(
            f"o{at}", f"f{at % classes}", f"Class {at % classes}", f"Class {at}", f"#{0x335577 + at % classes * 9999:06x}",
            "audio", words, Provenance(), (), "ms",
        )
        for at in range(labels)
    )  # fmt: skip
    return Stretches(made, starts, ends, owners, np.zeros(count, dtype=np.int32))


def measured(pane: SoundPane, steps: list[Callable[[], None]], ratio: float) -> list[float]:
    """Milliseconds of the processor for each whole repaint: a machine that does other things too tells nothing else."""
    found: list[float] = []
    image = QImage(pane.view.size() * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    for step in steps:
        began = time.thread_time()
        step()
        pane.view.render(image)
        found.append((time.thread_time() - began) * 1000)
    return found


def told(what: str, found: list[float]) -> None:
    middle, most = float(np.median(found)), max(found)
    print(
        f"  {what:<34} median {middle:6.2f} ms ({middle / BUDGET_MS:.2f})   worst {most:6.2f} ms ({most / BUDGET_MS:.2f})"
    )


def main(quick: bool) -> None:
    application = QApplication([])
    theme.apply(theme.DARK, application)
    sound = Noise()
    wave = Waveform(sound, 64_000_000)
    wave.build(lambda _: None, lambda: wave.known > (20_000_000 if quick else sound.count))
    share = 10 if quick else 1
    sets: tuple[tuple[str, int, int, float, By], ...] = (
        ("5,000 labels in their own rows", 5_000 // share, 1, 4000.0, "instance"),
        ("200,000 ranges in one label", 1, 200_000 // share, 30.0, "instance"),
        ("200,000 ranges in ten classes", 1_000, 200 // share, 300.0, "class"),
    )
    for name, labels, each, length, by in sets:
        for ratio in (1.0, 2.0):
            print(f"{name}, {SIZE[0]} x {SIZE[1]}, {ratio:g} times as fine")
            pane = SoundPane(lambda key, work, then: None, theme.DARK.chart)
            pane.resize(*SIZE)
            pane.devicePixelRatioF = pane.view.devicePixelRatioF = lambda ratio=ratio: ratio  # type: ignore[method-assign]
            pane.show_length(RATE, sound.count)
            pane.show_sound(sound, wave)
            found = stretches(labels, each, 10, length)
            pane.show_rows(rows_of(found, by), coverage_of(found, HOURS * 3_600_000))
            pane.set_state(ViewState(selected="o0", position=RATE * 900))
            pane.fit()
            run(pane, ratio)


def run(pane: SoundPane, ratio: float) -> None:
    """From all of it down to single samples, about the cursor."""
    chart = pane.view.chart
    zooming = [pane.zoom_in] * 30

    def pan() -> None:
        pane.pan(-40, 0)

    def scroll() -> None:
        pane.pan(0, -60)

    told("the first time", measured(pane, [pane.view.show_moved], ratio))
    told("scrolling, all of it in view", measured(pane, [scroll] * 10, ratio))
    told("zooming in", measured(pane, zooming, ratio))
    told("panning, zoomed in", measured(pane, [pan] * 10, ratio))
    told("zooming out", measured(pane, [pane.zoom_out] * 30, ratio))
    positions = iter(range(RATE * 900, RATE * 2000, RATE * 10))

    def play() -> None:
        chart.state = ViewState(selected="o0", position=next(positions))

    told("only the cursor moves", measured(pane, [play] * 20, ratio))


if __name__ == "__main__":
    main("--quick" in sys.argv[1:])
