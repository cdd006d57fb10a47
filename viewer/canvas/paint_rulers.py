"""Rulers on the picture: a line with a tick at each end, and how long it is. Painters here count device pixels."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from viewer.canvas.colours import CanvasColours
from viewer.canvas.paint_captions import text_font
from viewer.canvas.rulers import Ruler
from viewer.scene.camera import Placement
from viewer.scene.stretch import Stretch
from viewer.size import Size

LINE, RIM = 1.5, 1.25
"""Pen pixels: of the line, and of the dark rim on both sides."""
TICK = 6.0
"""Pen pixels to each side of the line."""
AWAY = 10.0
"""Pen pixels from the end of the line to its words."""
EDGE = 4.0
DARK = QColor(0, 0, 0, 190)


class RulerPainter:
    """Draws with one painter on one viewport; `unit` device pixels are a pen pixel."""

    def __init__(
        self,
        painter: QPainter,
        placement: Placement,
        stretch: Stretch,
        viewport: Size,
        unit: float,
        colours: CanvasColours,
    ) -> None:
        self._painter, self._placement, self._stretch = painter, placement, stretch
        self._viewport, self._unit, self._colours = viewport, unit, colours

    def draw(self, rulers: Sequence[tuple[Ruler, str]]) -> None:
        """Each with its words."""
        for ruler, words in rulers:
            start, end = self._device(ruler.x0, ruler.y0), self._device(ruler.x1, ruler.y1)
            self._line(start, end)
            self._chip(words, start, end)

    def _device(self, x: float, y: float) -> QPointF:
        x, y = self._stretch.point(x, y)
        return QPointF(
            x * self._placement.scale + self._placement.left, y * self._placement.scale + self._placement.top
        )

    def _line(self, start: QPointF, end: QPointF) -> None:
        unit, painter = self._unit, self._painter
        way = end - start
        length = math.hypot(way.x(), way.y()) or 1.0
        side = QPointF(-way.y(), way.x()) * (TICK * unit / length)
        lines = [QLineF(start, end), QLineF(start - side, start + side), QLineF(end - side, end + side)]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for colour, width in ((DARK, LINE + 2 * RIM), (QColor("#ffffff"), LINE)):
            painter.setPen(QPen(colour, width * unit, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap))
            painter.drawLines(lines)

    def _chip(self, words: str, start: QPointF, end: QPointF) -> None:
        """Beyond the end where there is room, so that it hides neither the line nor what is measured."""
        unit, painter = self._unit, self._painter
        font = text_font(unit)
        metrics = QFontMetricsF(font)
        wide = round(metrics.horizontalAdvance(words) + 12 * unit)
        high = round(metrics.height() + 6 * unit)
        right, below = end.x() >= start.x(), end.y() >= start.y()
        left = end.x() + AWAY * unit if right else end.x() - AWAY * unit - wide
        top = end.y() + AWAY * unit / 2 if below else end.y() - AWAY * unit / 2 - high
        edge = EDGE * unit
        left = max(min(left, self._viewport.width - edge - wide), edge)
        top = max(min(top, self._viewport.height - edge - high), edge)
        chip, half, panel = QRectF(round(left), round(top), wide, high), unit / 2, QColor(self._colours.panel)
        panel.setAlphaF(0.94)
        painter.setPen(QPen(QColor(self._colours.line), unit))
        painter.setBrush(panel)
        painter.drawRoundedRect(chip.adjusted(half, half, -half, -half), 4 * unit, 4 * unit)
        painter.setPen(QColor(self._colours.text))
        painter.setFont(font)
        painter.drawText(chip, int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextSingleLine), words)
