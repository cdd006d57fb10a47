"""Labels over time made by hand, and what tests of the timeline do again and again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication

from viewer.app import theme
from viewer.labels.answers import Answer, LabelAnswers
from viewer.labels.records import Classification, Instance, Provenance
from viewer.labels.row import RowIndex
from viewer.timeline.bands import ROW
from viewer.timeline.tracks import Tracks, tracks_of

DARK, LIGHT = theme.DARK.chart, theme.LIGHT.chart


def instance(
    key: str, frames=((0, 9),), name: str = "Car", number: int = 1, colour: str = "#d33115", **more
) -> Instance:
    """On inclusive ranges of frames."""
    made = Instance(key, f"f-{name}", name, colour, "bounding_box", "u", number, tuple(frames))
    return replace(made, **more)


def said(feature: str, option: str, *ranges, kind: str = "radio", **more) -> Answer:
    """A dynamic answer on inclusive ranges."""
    texts = {"text": option} if kind == "text" else {"options": (option,), "option_hashes": (f"o-{option}",)}
    made = Answer(feature, feature.title(), kind, dynamic=True, ranges=tuple(ranges), **texts)
    return replace(made, **more)


def dynamic(*answers: Answer) -> LabelAnswers:
    return LabelAnswers((), answers)


def classification(key: str, frames=((0, 9),), name: str = "Weather", answer: str = "Rain", **more) -> Classification:
    """On inclusive ranges of frames; None for the whole unit."""
    answers = LabelAnswers((Answer("w", name, "radio", options=(answer,), option_hashes=(f"o-{answer}",)),))
    made = Classification(key, f"f-{name}", name, "#9aa4b2", "u", frames, answers, Provenance())
    return replace(made, **more)


def tracks(*instances: Instance, classifications=(), frames=100) -> Tracks:
    """`frames`: how many there are, or their numbers."""
    numbers = np.arange(frames) if isinstance(frames, int) else np.asarray(frames)
    return tracks_of(RowIndex(instances, tuple(classifications), {}, ()), "u", numbers)


def point(pane, position: int, row: int | None = None, y: int = 5) -> QPoint:
    """On the chart: the middle of a position, and of a row where one is given."""
    chart = pane.model
    column = chart.axis.middle(position)
    down = chart.bands.top_of(row, chart.scroll) + ROW // 2 if row is not None else y
    return QPoint(int(chart.x_of(column)), down)


def name_point(pane, row: int, x: int = 60) -> QPoint:
    return QPoint(x, pane.model.bands.top_of(row, pane.model.scroll) + ROW // 2)


def turn(pane, at: QPoint, notches: float, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    """The wheel over a place of the chart; away from the hand is positive."""
    event = QWheelEvent(
        QPointF(at),
        pane.view.mapToGlobal(QPointF(at)),
        QPoint(),
        QPoint(0, round(120 * notches)),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(pane.view, event)


def pixels(pane) -> np.ndarray:
    """What the timeline looks like, shape (height, width, 3): red, green, blue, in device pixels."""
    image = pane.view.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()
