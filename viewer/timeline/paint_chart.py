"""Paints the whole timeline: what stays while the playhead moves, and what goes with it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from viewer.paint.colours import ChartColours
from viewer.paint.paint_text import Fonts
from viewer.timeline.chart import Chart
from viewer.timeline.paint_names import paint_names
from viewer.timeline.paint_pictures import Pictures, paint_pictures
from viewer.timeline.paint_rows import paint_rows
from viewer.timeline.paint_ruler import (
    paint_density,
    paint_loop,
    paint_playhead,
    paint_pointer,
    paint_ruler,
)


def paint_ground(
    painter: QPainter, chart: Chart, pictures: Pictures, colours: ChartColours, fonts: Fonts, empty: str
) -> None:
    """`empty`: what is said in the place of rows."""
    bands = chart.bands
    painter.fillRect(QRectF(0, 0, bands.width, bands.height), QColor(colours.ruler))
    if not len(chart.frames):
        return
    paint_ruler(painter, chart, colours, fonts)
    paint_density(painter, chart, colours)
    if bands.pictures:
        paint_pictures(painter, chart, pictures, colours)
    if bands.rows_height > 0:
        paint_rows(painter, chart, colours, fonts)
        paint_names(painter, chart, colours, fonts)
        if not chart.rows and empty:
            _paint_words(painter, chart, empty, colours, fonts)


def _paint_words(painter: QPainter, chart: Chart, words: str, colours: ChartColours, fonts: Fonts) -> None:
    bands = chart.bands
    painter.setPen(QColor(colours.quiet))
    painter.setFont(fonts.plain.font)
    painter.drawText(QPointF(bands.left + 12, bands.rows_top + 8 + fonts.plain.ascent), words)


def paint_moving(painter: QPainter, chart: Chart, colours: ChartColours, fonts: Fonts, focused: bool) -> None:
    """Loop, pointer and playhead, and the frame around what the keyboard is in."""
    if len(chart.frames):
        paint_loop(painter, chart, colours)
        paint_pointer(painter, chart, colours)
        paint_playhead(painter, chart, colours, fonts)
    if focused:
        painter.setPen(QPen(QColor(colours.accent), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(0.5, 0.5, chart.bands.width - 1, chart.bands.height - 1))
