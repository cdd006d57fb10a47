"""Paints the strip: a ruler of characters with how many ranges there are, and bars of each class."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from viewer.paint.colours import ChartColours
from viewer.scene.colours import colour_of, rgb
from viewer.scene.marks import Colour
from viewer.scene.ticks import position_steps
from viewer.scene.words import shown
from viewer.text.ink import visible_on
from viewer.text.marks import Marks
from viewer.text.strip import (
    BAR,
    BAR_TOP,
    NAMES,
    ROW,
    RULER,
    StripAxis,
    StripRow,
    columns_of,
    density,
    merged,
)

SIDE = 8
SWATCH = 9
BIN = 4
"""Pixels of a column of the density."""
TICKS = 90
"""Pixels between two numbers of the ruler, at least."""
ONE_BY_ONE = 400
"""Bars of a row that are drawn one by one; more are drawn as what they cover together."""
SMALL = 0.85


@dataclass(frozen=True, slots=True)
class StripView:
    """What is painted."""

    rows: tuple[StripRow, ...]
    axis: StripAxis
    marks: Marks | None
    seen: tuple[int, int] | None
    """Characters that the text shows."""
    scrolled: int
    """Pixels of the rows above the upper edge."""
    hovered: int = -1
    bars: bool = True


def paint_strip(
    painter: QPainter, view: StripView, width: int, height: int, colours: ChartColours, font: QFont
) -> None:
    painter.fillRect(QRectF(0, 0, width, height), QColor(colours.ground))
    painter.setClipRect(QRectF(0, RULER, width, height - RULER))
    first = view.scrolled // ROW
    for at in range(first, min(len(view.rows), first + height // ROW + 2)):
        _paint_row(painter, view, view.rows[at], RULER + at * ROW - view.scrolled, width, colours, font)
    painter.setClipping(False)
    _paint_ruler(painter, view, width, colours, font)
    painter.fillRect(QRectF(NAMES - 1, 0, 1, height), QColor(colours.line))
    painter.fillRect(QRectF(0, 0, width, 1), QColor(colours.line))
    if view.seen is not None:
        _paint_seen(painter, view, width, height, colours)


def seen_area(view: StripView, height: int) -> QRectF:
    """Of the frame around what the text shows."""
    assert view.seen is not None
    left, right = (NAMES + view.axis.x_of(offset) for offset in view.seen)
    middle, half = (left + right) / 2, max(right - left, 8.0) / 2
    return QRectF(middle - half, 1, 2 * half, height - 2)


def _paint_seen(painter: QPainter, view: StripView, width: int, height: int, colours: ChartColours) -> None:
    painter.setClipRect(QRectF(NAMES, 0, width - NAMES, height))
    area = seen_area(view, height)
    ground = QColor(colours.accent)
    ground.setAlphaF(0.12)
    painter.fillRect(area, ground)
    painter.setPen(QPen(QColor(colours.accent), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))
    painter.setClipping(False)


def _paint_row(
    painter: QPainter, view: StripView, row: StripRow, top: int, width: int, colours: ChartColours, font: QFont
) -> None:
    marks = view.marks
    if marks is None:
        return
    colour = visible_on(rgb(colours.ground), rgb(colours.text), _colour(row, marks))
    is_own = marks.selected >= 0 and marks.stretches.label_of(marks.selected).feature_hash == row.label.feature_hash
    if is_own and not row.is_whole:
        painter.fillRect(QRectF(0, top, NAMES, ROW), QColor(colours.raised))
    painter.fillRect(QRectF(0, top + ROW - 1, width, 1), QColor(colours.ruler))
    is_shown = row.is_whole or bool(marks.shown[row.keys].any()) or not len(row.keys)
    _paint_name(painter, row, top, colour, QColor(colours.text if is_shown else colours.quiet), font)
    painter.setClipRect(QRectF(NAMES, max(top, RULER), width - NAMES, ROW))
    if row.is_whole:
        left, right = NAMES + view.axis.x_of(0), NAMES + view.axis.x_of(view.axis.count)
        painter.fillRect(QRectF(left, top + BAR_TOP + BAR / 2 - 1.5, right - left, 3), QColor(*colour))
    elif view.bars:
        _paint_bars(painter, view, row, top, width, colour, colours)
    painter.setClipRect(QRectF(0, RULER, width, 1e6))


def _colour(row: StripRow, marks: Marks) -> Colour:
    return colour_of(row.label, marks.look, marks.stretches.class_order)


def _paint_bars(
    painter: QPainter, view: StripView, row: StripRow, top: int, width: int, colour: Colour, colours: ChartColours
) -> None:
    marks = view.marks
    assert marks is not None
    stretches, axis = marks.stretches, view.axis
    keys = row.keys[marks.shown[row.keys]]
    inside = (stretches.ends[keys] >= axis.first) & (stretches.starts[keys] <= axis.first + axis.span)
    keys = keys[inside]
    lefts, rights = columns_of(stretches.starts[keys], stretches.ends[keys], axis)
    y = top + BAR_TOP
    if len(keys) > ONE_BY_ONE:
        for left, right in merged(lefts, rights, width - NAMES):
            painter.fillRect(QRectF(NAMES + left, y, right - left, BAR), QColor(*colour))
    else:
        edge, by_length = QColor(colours.ground), np.argsort(lefts - rights, kind="stable")
        # the short ones over the long ones, each with a hair around it
        for at in by_length.tolist():
            own = visible_on(rgb(colours.ground), rgb(colours.text), marks.colour_of(int(keys[at])))
            area = QRectF(NAMES + int(lefts[at]), y, int(rights[at] - lefts[at]), BAR)
            painter.fillRect(area.adjusted(-1, 0, 1, 0), edge)
            painter.fillRect(area, QColor(*own))
    for key in (view.hovered, marks.selected):
        found = np.flatnonzero(keys == key)
        if len(found):
            area = QRectF(NAMES + int(lefts[found[0]]), y, int(rights[found[0]] - lefts[found[0]]), BAR)
            painter.fillRect(area, QColor(*marks.colour_of(key)))
            painter.setPen(QPen(QColor(colours.accent if key == marks.selected else colours.text), 2))
            painter.drawRect(area.adjusted(-1, -1, 1, 1))


def _paint_name(painter: QPainter, row: StripRow, top: int, colour: Colour, ink: QColor, font: QFont) -> None:
    painter.fillRect(QRectF(SIDE, top + (ROW - SWATCH) / 2, SWATCH, SWATCH), QColor(*colour))
    metrics = QFontMetricsF(font)
    left, right = SIDE + SWATCH + 7.0, float(NAMES - SIDE)
    if not row.is_whole:
        small = _small(font)
        count = f"{len(row.keys):,}"
        right -= QFontMetricsF(small).horizontalAdvance(count)
        painter.setFont(small)
        painter.setPen(ink)
        painter.setOpacity(0.7)
        painter.drawText(QPointF(right, _base(top, small)), count)
        painter.setOpacity(1.0)
        right -= SIDE
    painter.setFont(font)
    painter.setPen(ink)
    words = metrics.elidedText(shown(row.title, most=200), Qt.TextElideMode.ElideRight, int(right - left))
    painter.drawText(QPointF(left, _base(top, font)), words)


def _small(font: QFont) -> QFont:
    made = QFont(font)
    if font.pointSizeF() > 0:
        made.setPointSizeF(font.pointSizeF() * SMALL)
    else:
        made.setPixelSize(max(round(font.pixelSize() * SMALL), 8))
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def _base(top: float, font: QFont) -> float:
    metrics = QFontMetricsF(font)
    return top + (ROW - metrics.height()) / 2 + metrics.ascent()


def _paint_ruler(painter: QPainter, view: StripView, width: int, colours: ChartColours, font: QFont) -> None:
    axis, small = view.axis, _small(font)
    painter.fillRect(QRectF(0, 0, width, RULER), QColor(colours.ruler))
    painter.fillRect(QRectF(0, RULER - 1, width, 1), QColor(colours.line))
    painter.setFont(small)
    painter.setPen(QColor(colours.quiet))
    painter.drawText(QPointF(SIDE, _base(0, small)), "Characters")
    painter.setClipRect(QRectF(NAMES, 0, width - NAMES, RULER))
    if view.marks is not None and len(view.marks.stretches):
        starts = view.marks.stretches.starts[view.marks.shown]
        counts = density(starts, axis, max((width - NAMES) // BIN, 1))
        tallest = max(int(counts.max()), 1)
        for at in np.flatnonzero(counts).tolist():
            tall = max(round((RULER - 6) * int(counts[at]) / tallest), 2)
            painter.fillRect(QRectF(NAMES + at * BIN, RULER - 1 - tall, BIN - 1, tall), QColor(colours.line))
    step = position_steps(axis.scale, TICKS).large
    offset = int(axis.first // step) * step
    while offset <= axis.first + axis.span:
        x = NAMES + axis.x_of(offset)
        painter.fillRect(QRectF(x, RULER - 5, 1, 4), QColor(colours.quiet))
        painter.drawText(QPointF(x + 4, _base(0, small)), f"{offset:,}")
        offset += step
    painter.setClipping(False)
