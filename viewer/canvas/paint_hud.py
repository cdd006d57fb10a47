"""What floats over the canvas: the readout, the navigator, a legend, a message. Painters here count device pixels."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from viewer.canvas.colours import CanvasColours
from viewer.canvas.levels import Levels
from viewer.canvas.paint_captions import text_font
from viewer.canvas.paint_picture import qimage
from viewer.scene.camera import Placement
from viewer.scene.marks import LegendEntry
from viewer.size import Size

EDGE = 8
"""Pen pixels between floating things and the viewport's edge."""
NAVIGATOR = Size(160, 120)
"""Pen pixels it has at most."""
GROUP_GAP = 14
CROSS_GAP = 10
"""Pen pixels around the middle of a crosshair that its lines leave free."""
LONGEST_LEGEND = 180
"""Pen pixels; longer titles lose their middle."""
ONE_LINE = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
WRAPPED = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)


def navigator_rect(size: Size, placement: Placement, viewport: Size, unit: float) -> QRectF | None:
    """Where the whole picture is shown small, at the lower right; None while all of it is in the viewport anyway."""
    right, bottom = placement.left + size.width * placement.scale, placement.top + size.height * placement.scale
    if placement.left >= 0 and placement.top >= 0 and right <= viewport.width and bottom <= viewport.height:
        return None
    small = min(NAVIGATOR.width * unit / size.width, NAVIGATOR.height * unit / size.height)
    wide, high = max(round(size.width * small), round(12 * unit)), max(round(size.height * small), round(12 * unit))
    edge = round((EDGE + 1) * unit)
    if wide + 2 * edge > viewport.width / 2 or high + 2 * edge > viewport.height / 2:
        return None
    return QRectF(viewport.width - edge - wide, viewport.height - edge - high, wide, high)


class Hud:
    """Draws with one painter on one viewport, in device pixels; `unit` of them are a pen pixel."""

    def __init__(self, painter: QPainter, viewport: Size, unit: float, colours: CanvasColours) -> None:
        self._painter, self._viewport, self._unit, self._colours = painter, viewport, unit, colours

    def readout(self, groups: Sequence[str]) -> QRectF:
        """Groups of words on a chip at the lower left, and where that is; nowhere without words."""
        if not groups:
            return QRectF()
        unit, edge = self._unit, round(EDGE * self._unit)
        metrics = self._write_with(text_font(unit))
        widths = [metrics.horizontalAdvance(group) for group in groups]
        height = round(metrics.height() + 7 * unit)
        width = round(sum(widths) + GROUP_GAP * unit * (len(groups) - 1) + 16 * unit)
        chip = QRectF(edge, self._viewport.height - height - edge, width, height)
        self._panel(chip)
        x = chip.left() + 8 * unit
        for group, wide in zip(groups, widths, strict=True):
            self._painter.drawText(QRectF(x, chip.top(), wide + unit, height), ONE_LINE, group)
            x += wide + GROUP_GAP * unit
        return chip

    def legend(self, entries: Sequence[LegendEntry]) -> None:
        """What the colours mean, one entry a line, at the upper right; as many as there is room for."""
        unit, edge = self._unit, round(EDGE * self._unit)
        metrics = self._write_with(text_font(unit))
        row = round(metrics.height() + 4 * unit)
        entries = entries[: max(int((self._viewport.height / 2 - 2 * edge) / row), 0)]
        if not entries:
            return
        elide = Qt.TextElideMode.ElideMiddle
        titles = [metrics.elidedText(entry.title, elide, LONGEST_LEGEND * unit) for entry in entries]
        width = round(max(metrics.horizontalAdvance(title) for title in titles) + 34 * unit)
        panel = QRectF(self._viewport.width - edge - width, edge, width, row * len(entries) + 8 * unit)
        self._panel(panel)
        for i, (entry, title) in enumerate(zip(entries, titles, strict=True)):
            top = panel.top() + 4 * unit + i * row
            self._swatch(QRectF(panel.left() + 9 * unit, top + (row - 9 * unit) / 2, 9 * unit, 9 * unit), entry)
            self._painter.setPen(QColor(self._colours.text))
            self._painter.drawText(QRectF(panel.left() + 25 * unit, top, width, row), ONE_LINE, title)

    def message(self, text: str, within: QRectF) -> None:
        """A sentence in the middle of `within`."""
        unit = self._unit
        metrics = self._write_with(text_font(unit, QFont.Weight.Normal, 13))
        box = within.adjusted(24 * unit, 24 * unit, -24 * unit, -24 * unit)
        box.setWidth(max(box.width(), 120 * unit))
        box.moveCenter(within.center())
        needed = metrics.boundingRect(box, WRAPPED, text)
        self._panel(QRectF(needed.adjusted(-12 * unit, -8 * unit, 12 * unit, 8 * unit).toAlignedRect()))
        self._painter.drawText(needed, WRAPPED, text)

    def navigator(self, rect: QRectF, levels: Levels | None, size: Size, placement: Placement) -> None:
        """The whole picture small, what is not in the viewport darkened, around the rest a line."""
        painter, unit = self._painter, self._unit
        painter.fillRect(rect, QColor(self._colours.field))
        if levels is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(rect, qimage(levels.nearest(rect.width()), levels.opaque))
        across, down = rect.width() / size.width / placement.scale, rect.height() / size.height / placement.scale
        corner = QPointF(rect.left() - placement.left * across, rect.top() - placement.top * down)
        seen = QRectF(corner.x(), corner.y(), self._viewport.width * across, self._viewport.height * down)
        seen = seen.intersected(rect)
        self._darken_around(rect, seen)
        line = max(round(unit), 1)
        self._frame(rect.adjusted(-line / 2, -line / 2, line / 2, line / 2), self._colours.line, line)
        self._frame(_at_least(seen, 4 * unit), self._colours.accent, 1.5 * unit)

    def crosshair(self, x: float, y: float, within: QRectF) -> None:
        """Thin lines across `within` that leave the device point they are about to itself free."""
        unit, colour = self._unit, QColor(self._colours.accent)
        line, gap = max(round(unit), 1), CROSS_GAP * unit
        left, top = math.floor(x - line / 2 + 0.5), math.floor(y - line / 2 + 0.5)
        for strip in (
            QRectF(within.left(), top, x - gap - within.left(), line),
            QRectF(x + gap, top, within.right() - x - gap, line),
            QRectF(left, within.top(), line, y - gap - within.top()),
            QRectF(left, y + gap, line, within.bottom() - y - gap),
        ):
            if strip.width() > 0 and strip.height() > 0:
                self._painter.fillRect(strip.intersected(within), colour)

    def focus_ring(self) -> None:
        width = max(round(self._unit), 1)
        ring = QRectF(width / 2, width / 2, self._viewport.width - width, self._viewport.height - width)
        self._frame(ring, self._colours.accent, width)

    def _write_with(self, font: QFont) -> QFontMetricsF:
        self._painter.setFont(font)
        return QFontMetricsF(font)

    def _panel(self, rect: QRectF) -> None:
        """The ground for words, and the pen ready for them."""
        painter, panel, half = self._painter, QColor(self._colours.panel), self._unit / 2
        panel.setAlphaF(0.94)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._colours.line), self._unit))
        painter.setBrush(panel)
        painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), 4 * self._unit, 4 * self._unit)
        painter.setPen(QColor(self._colours.text))

    def _swatch(self, square: QRectF, entry: LegendEntry) -> None:
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(QColor(*entry.colour))
        self._painter.drawRoundedRect(square, 2 * self._unit, 2 * self._unit)

    def _darken_around(self, rect: QRectF, seen: QRectF) -> None:
        dark = QColor(0, 0, 0, 110)
        for top_left, bottom_right in (
            (rect.topLeft(), QPointF(rect.right(), seen.top())),
            (QPointF(rect.left(), seen.bottom()), rect.bottomRight()),
            (QPointF(rect.left(), seen.top()), seen.bottomLeft()),
            (seen.topRight(), QPointF(rect.right(), seen.bottom())),
        ):
            self._painter.fillRect(QRectF(top_left, bottom_right), dark)

    def _frame(self, rect: QRectF, colour: str, width: float) -> None:
        pen = QPen(QColor(colour), width)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.setPen(pen)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawRect(rect)


def _at_least(rect: QRectF, length: float) -> QRectF:
    across, down = max(length - rect.width(), 0) / 2, max(length - rect.height(), 0) / 2
    return rect.adjusted(-across, -down, across, down)
