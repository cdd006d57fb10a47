"""The chip of a playhead: a number or time in the accent colour, on the ruler of films and sounds."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from viewer.paint.colours import ChartColours
from viewer.paint.paint_text import Ink
from viewer.scene.colours import rgb
from viewer.scene.contrast import contrasting

SIDE = 5
"""Pixels beside the words."""


def chip_left(x: float, width: float, left: float, right: float) -> float:
    """Where a chip begins that stands around `x`, as far as it is kept between `left` and `right`."""
    return min(max(x - width / 2, left + 1.0), right - width - 1.0)


def paint_chip(painter: QPainter, chip: QRectF, words: str, baseline: float, ink: Ink, colours: ChartColours) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.accent))
    painter.drawRoundedRect(chip, 3, 3)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QColor(*contrasting(rgb(colours.accent))))
    painter.setFont(ink.font)
    painter.drawText(QPointF(chip.left() + SIDE, baseline), words)
