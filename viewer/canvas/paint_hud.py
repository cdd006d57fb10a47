"""What floats over the canvas: the readout, the navigator, a message. Painters here count device pixels."""

from __future__ import annotations

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
LONGEST_LEGEND = 180
"""Pen pixels; longer titles lose their middle."""


def draw_readout(painter: QPainter, groups: Sequence[str], viewport: Size, unit: float, colours: CanvasColours) -> None:
    """Groups of words on a chip at the lower left."""
    font = text_font(unit)
    metrics = QFontMetricsF(font)
    widths = [metrics.horizontalAdvance(group) for group in groups]
    height = round(metrics.height() + 7 * unit)
    width = sum(widths) + GROUP_GAP * unit * (len(groups) - 1) + 16 * unit
    chip = QRectF(round(EDGE * unit), viewport.height - height - round(EDGE * unit), round(width), height)
    _draw_panel(painter, chip, unit, colours)
    painter.setFont(font)
    painter.setPen(QColor(colours.text))
    x = chip.left() + 8 * unit
    for group, wide in zip(groups, widths, strict=True):
        where = QRectF(x, chip.top(), wide + unit, chip.height())
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, group)
        x += wide + GROUP_GAP * unit


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


def draw_navigator(
    painter: QPainter,
    rect: QRectF,
    levels: Levels | None,
    size: Size,
    placement: Placement,
    viewport: Size,
    unit: float,
    colours: CanvasColours,
) -> None:
    """The whole picture small, what is not in the viewport darkened, around the rest a line."""
    painter.fillRect(rect, QColor(colours.field))
    if levels is not None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(rect, qimage(levels.nearest(rect.width()), levels.opaque))
    across, down = rect.width() / size.width / placement.scale, rect.height() / size.height / placement.scale
    seen = QRectF(
        rect.left() - placement.left * across,
        rect.top() - placement.top * down,
        viewport.width * across,
        viewport.height * down,
    ).intersected(rect)
    dark = QColor(0, 0, 0, 110)
    painter.fillRect(QRectF(rect.topLeft(), QPointF(rect.right(), seen.top())), dark)
    painter.fillRect(QRectF(QPointF(rect.left(), seen.bottom()), rect.bottomRight()), dark)
    painter.fillRect(QRectF(QPointF(rect.left(), seen.top()), QPointF(seen.left(), seen.bottom())), dark)
    painter.fillRect(QRectF(QPointF(seen.right(), seen.top()), QPointF(rect.right(), seen.bottom())), dark)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    line = max(round(unit), 1)
    painter.setPen(QPen(QColor(colours.line), line))
    painter.drawRect(rect.adjusted(-line / 2, -line / 2, line / 2, line / 2))
    painter.setPen(
        QPen(
            QColor(colours.accent), 1.5 * unit, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin
        )
    )
    painter.drawRect(_at_least(seen, 4 * unit))


def _at_least(rect: QRectF, length: float) -> QRectF:
    across, down = max(length - rect.width(), 0) / 2, max(length - rect.height(), 0) / 2
    return rect.adjusted(-across, -down, across, down)


def draw_legend(
    painter: QPainter, entries: Sequence[LegendEntry], viewport: Size, unit: float, colours: CanvasColours
) -> None:
    """What the colours mean, one entry a line, at the upper right; as many as there is room for."""
    metrics = QFontMetricsF(text_font(unit))
    row, edge = round(metrics.height() + 4 * unit), round(EDGE * unit)
    entries = entries[: max(int((viewport.height / 2 - 2 * edge) / row), 0)]
    if not entries:
        return
    longest = LONGEST_LEGEND * unit
    titles = [metrics.elidedText(entry.title, Qt.TextElideMode.ElideMiddle, longest) for entry in entries]
    width = round(max(metrics.horizontalAdvance(title) for title in titles) + 34 * unit)
    panel = QRectF(viewport.width - edge - width, edge, width, row * len(entries) + 8 * unit)
    _draw_panel(painter, panel, unit, colours)
    painter.setFont(text_font(unit))
    for i, (entry, title) in enumerate(zip(entries, titles, strict=True)):
        top = panel.top() + 4 * unit + i * row
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(*entry.colour))
        swatch = QRectF(panel.left() + 9 * unit, top + (row - 9 * unit) / 2, 9 * unit, 9 * unit)
        painter.drawRoundedRect(swatch, 2 * unit, 2 * unit)
        painter.setPen(QColor(colours.text))
        words = QRectF(panel.left() + 25 * unit, top, width, row)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, title)


def draw_message(painter: QPainter, text: str, within: QRectF, unit: float, colours: CanvasColours) -> None:
    """A sentence in the middle of `within`."""
    font = text_font(unit, QFont.Weight.Normal, 13)
    box = QRectF(within).adjusted(24 * unit, 24 * unit, -24 * unit, -24 * unit)
    box.setWidth(max(box.width(), 120 * unit))
    box.moveCenter(within.center())
    flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
    needed = QFontMetricsF(font).boundingRect(box, flags, text)
    chip = needed.adjusted(-12 * unit, -8 * unit, 12 * unit, 8 * unit).toAlignedRect()
    _draw_panel(painter, QRectF(chip), unit, colours)
    painter.setFont(font)
    painter.setPen(QColor(colours.text))
    painter.drawText(needed, flags, text)


def draw_focus_ring(painter: QPainter, viewport: Size, unit: float, colours: CanvasColours) -> None:
    width = max(round(unit), 1)
    painter.setPen(
        QPen(QColor(colours.accent), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin)
    )
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(width / 2, width / 2, viewport.width - width, viewport.height - width))


def _draw_panel(painter: QPainter, rect: QRectF, unit: float, colours: CanvasColours) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    panel = QColor(colours.panel)
    panel.setAlphaF(0.94)
    painter.setPen(QPen(QColor(colours.line), unit))
    painter.setBrush(panel)
    half = unit / 2
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), 4 * unit, 4 * unit)
