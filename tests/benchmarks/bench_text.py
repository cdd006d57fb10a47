"""A text of 5 MB with 10,000 ranges: opening it against a bare QPlainTextEdit given the same text, scrolling against 16 ms.

    python tests/benchmarks/bench_text.py [--quick]

Opening is everything from the decoded characters to the first painted view: cutting into lines, placing the ranges,
laying out, the strip, and painting; the plain editor gets the same characters and no ranges, and paints its view.
Scrolls are whole repaints of the view, after steps of the wheel and after jumps of the scroll bar, at one and two
device pixels to a pixel; told by the clock and by the processor. Then the same for one line of 5 MB.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Callable
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(__file__).rpartition("/tests/")[0])

import numpy as np
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from viewer.app import theme
from viewer.labels.answers import LabelAnswers
from viewer.labels.records import Instance
from viewer.labels.row import RowIndex
from viewer.media.text import Text
from viewer.scene.offsets import USUAL, Characters
from viewer.scene.stretches import Stretches, stretches_of
from viewer.scene.view_state import ViewState
from viewer.text.lines import lines_of
from viewer.text.text_pane import TextPane

LINES, RANGES = 48_000, 10_000
BUDGET_MS, GOAL = 16.0, 1.5
SIZE = (900, 700)
TRIES = 3


def text_of(lines: int) -> str:
    rng = random.Random(1)
    words = [
        "".join(rng.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(rng.randrange(2, 11))) for _ in range(2000)
    ]
    return "\n".join(" ".join(rng.choices(words, k=rng.randrange(8, 24))) for _ in range(lines))


def index_of(content: str, ranges: int) -> RowIndex:
    """Ranges of twelve classes, some of them nested and overlapping, one or two to a label."""
    rng = random.Random(2)
    made: list[Instance] = []
    for number in range(ranges):
        start = rng.randrange(len(content) - 400)
        length = rng.choice((5, 12, 30, 30, 200))
        one = number % 12
        made.append(
            Instance(
                f"o{number}",
                f"f{one}",
                f"Class {one}",
                "#d33115",
                "text",
                "u",
                number,
                (),
                answers=LabelAnswers(),
                ranges=([start, start + length],),
                range_unit="characters",
            )
        )
    return RowIndex(tuple(made), (), {}, ())


def timed(call: Callable[[], Any]) -> tuple[float, float]:
    """Seconds of the clock and of this thread's processor."""
    begin, begin_work = time.perf_counter(), time.thread_time()
    call()
    return time.perf_counter() - begin, time.thread_time() - begin_work


def painted(widget: QWidget, ratio: float = 1.0) -> Callable[[], None]:
    image = QImage(round(SIZE[0] * ratio), round(SIZE[1] * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    return lambda: widget.render(image, QPoint())


def open_plain(content: str) -> None:
    pane = QPlainTextEdit()
    pane.resize(*SIZE)
    pane.setPlainText(content)
    pane.show()
    painted(pane)()
    pane.close()


def placed(content: str, index: RowIndex) -> Stretches:
    characters = Characters(content)
    made = stretches_of(index, "u", lambda ranges: characters.placed(ranges, USUAL))
    _ = made.lanes
    return made


def open_ours(content: str, index: RowIndex) -> TextPane:
    pane = TextPane(theme.DARK.chart)
    pane.resize(*SIZE)
    pane.show()
    pane.show_passage(Text(content, "UTF-8"), lines_of(content), "")
    pane.show_stretches(placed(content, index))
    pane.set_state(ViewState())
    painted(pane)()
    return pane


def opening(name: str, content: str, index: RowIndex) -> None:
    plain = [timed(lambda: open_plain(content)) for _ in range(TRIES)]
    ours = [timed(lambda: open_ours(content, index).close()) for _ in range(TRIES)]
    (clock, work), (plain_clock, plain_work) = (tuple(map(min, zip(*found, strict=True))) for found in (ours, plain))
    print(
        f"{name}, {len(content) / 1e6:.1f} MB, {len(index.instances):,} ranges: opened in {clock:.3f} s, "
        f"bare QPlainTextEdit without ranges {plain_clock:.3f} s, ratio {clock / plain_clock:.2f} by the clock, "
        f"{work / plain_work:.2f} by the processor (goal {GOAL:g})"
    )


def scrolling(content: str, index: RowIndex, steps: int) -> None:
    pane = open_ours(content, index)
    bar, rng = pane.passage.verticalScrollBar(), random.Random(3)
    for ratio in (1.0, 2.0):
        paint = painted(pane, ratio)

        def step(paint: Callable[[], None] = paint) -> None:
            pane.passage.scroll_by(60)
            paint()

        def jump(paint: Callable[[], None] = paint) -> None:
            bar.setValue(rng.randrange(bar.maximum()))
            paint()

        for name, move in (("step", step), ("jump", jump)):
            clock, work = np.array([timed(move) for _ in range(steps)]).T * 1e3
            print(
                f"  {name} at {ratio:g}x: worst {work.max():.1f} ms of the processor, "
                f"{work.max() / BUDGET_MS:.2f} of the budget of {BUDGET_MS:g} ms; "
                f"by the clock median {np.median(clock):.1f}, worst {clock.max():.1f} ms"
            )
    keys = len(placed(content, index))
    clock, _ = np.array(
        [timed(lambda n=n: pane.set_state(ViewState(selected=f"o{n}"))) for n in range(0, keys, keys // 40)]
    ).T
    print(f"  selecting a range anywhere: median {np.median(clock) * 1e3:.1f}, worst {clock.max() * 1e3:.1f} ms")
    pane.close()


def main() -> None:
    quick = "--quick" in sys.argv
    lines, ranges = (4_800, 1_000) if quick else (LINES, RANGES)
    app = QApplication.instance() or QApplication(sys.argv)
    assert isinstance(app, QApplication)
    theme.apply(theme.DARK, app)
    content = text_of(lines)
    index = index_of(content, ranges)
    for name, text in (("lines", content), ("one line", content.replace("\n", " "))):
        opening(name, text, index)
        scrolling(text, index, 30 if quick else 100)


if __name__ == "__main__":
    main()
