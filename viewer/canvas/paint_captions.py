"""Captions: chips in their label's colour, placed so that none covers another. Painters here count device pixels."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QImage, QPainter, QPen, QPolygonF

from viewer.canvas.region import Region
from viewer.canvas.tags import Tag
from viewer.scene.caption_places import GAP, place_captions
from viewer.scene.contrast import contrasting
from viewer.scene.marks import Colour
from viewer.shapes.sketch import Bounds
from viewer.size import Size

TEXT_SIZE = 11
LONGEST = 240.0
"""Pen pixels; longer captions are cut short with an ellipsis and whole under the pointer."""
PADDING = 5.0
CORNER = 3.0
EDGE = 4.0
"""Pen pixels kept free along the viewport's edge."""
DOT = 2.5
FAINT = 0.4
ROOM_FOR_DOT = 14.0
"""Labels smaller than this, in pen pixels, get no dot for a caption without room: it would hide them."""
MOST = 1000
"""Captions considered at once; no screen has room for more."""


class Caption(NamedTuple):
    """A tag with its place: a chip's top-left corner or a dot's middle, in device pixels from the picture's corner."""

    tag: Tag
    x: float
    y: float
    is_dot: bool = False


def text_font(unit: float, weight: QFont.Weight = QFont.Weight.Normal, size: float = TEXT_SIZE) -> QFont:
    """The interface's font, `size` pen pixels high, figures of one width."""
    font = QFont(QGuiApplication.font())
    font.setPixelSize(max(round(size * unit), 1))
    font.setWeight(weight)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def place(tags: Sequence[Tag], within: Region, seen: Region, unit: float) -> tuple[Caption, ...]:
    """A place for each tag that there is room for, back to front; the first have precedence. See `place_captions`."""
    tags = tags[:MOST]
    chips = [chip_size(tag.text, tag.flagged, unit) for tag in tags]
    edge = round(EDGE * unit)
    boxes = [Bounds(box.left, box.top, box.right, box.bottom) for box in (within, seen.grown(-edge, -edge))]
    chips_placed: list[Caption] = []
    dots: list[Caption] = []
    for tag, spot in zip(tags, place_captions([tag.anchor for tag in tags], chips, *boxes), strict=True):
        if spot is not None:
            chips_placed.append(Caption(tag, *spot))
        elif tag.dot_instead and min(tag.anchor.width, tag.anchor.height) >= ROOM_FOR_DOT * unit:
            x, y = max(tag.anchor.left, float(within.left)), max(tag.anchor.top, float(within.top))
            dots.append(Caption(tag, x, y, is_dot=True))
    return (*dots, *chips_placed)


@lru_cache(maxsize=8192)
def chip_size(caption: str, flagged: bool, unit: float) -> tuple[float, float]:
    text = _shortened(caption, unit, LONGEST)
    return _size(text, flagged, unit)


def _size(text: str, flagged: bool, unit: float) -> tuple[float, float]:
    metrics = _metrics(unit)
    height = round(metrics.height() + 3 * unit)
    width = metrics.horizontalAdvance(text) + (2 * PADDING * unit if text else 0)
    if flagged:
        width += height - (PADDING - 2) * unit if text else height
    return round(width), height


@lru_cache(maxsize=8)
def _metrics(unit: float) -> QFontMetricsF:
    return QFontMetricsF(text_font(unit))


@lru_cache(maxsize=8192)
def _shortened(caption: str, unit: float, longest: float) -> str:
    return _metrics(unit).elidedText(caption, Qt.TextElideMode.ElideRight, longest * unit)


@lru_cache(maxsize=2048)
def chip_image(caption: str, colour: Colour, flagged: bool, unit: float, longest: float = LONGEST) -> QImage:
    """The chip, drawn once and laid many times."""
    text = _shortened(caption, unit, longest)
    width, height = _size(text, flagged, unit)
    image = QImage(int(width), int(height), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = QColor(*contrasting(colour))
    edge = QColor(ink)
    edge.setAlphaF(0.3)
    painter.setPen(QPen(edge, unit))
    painter.setBrush(QColor(*colour))
    half = unit / 2
    painter.drawRoundedRect(QRectF(image.rect()).adjusted(half, half, -half, -half), CORNER * unit, CORNER * unit)
    left = PADDING * unit
    if flagged:
        _draw_warning(painter, QRectF(0, 0, height, height), ink, QColor(*colour), unit)
        left = height + 2 * unit
    painter.setPen(ink)
    painter.setFont(text_font(unit))
    painter.drawText(QRectF(left, 0, width, height), Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)
    painter.end()
    return image


def _draw_warning(painter: QPainter, square: QRectF, ink: QColor, ground: QColor, unit: float) -> None:
    """A triangle with an exclamation mark, drawn, as no font can be relied on for it."""
    middle, low, high = square.center().x(), square.bottom() - 3.5 * unit, square.top() + 3.0 * unit
    half = (low - high) * 0.58
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawPolygon(QPolygonF([QPointF(middle, high), QPointF(middle + half, low), QPointF(middle - half, low)]))
    painter.setPen(QPen(ground, 1.3 * unit, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    tall = low - high
    painter.drawLine(QPointF(middle, high + 0.34 * tall), QPointF(middle, high + 0.68 * tall))
    painter.drawLine(QPointF(middle, high + 0.78 * tall), QPointF(middle, high + 0.92 * tall))


def draw_captions(
    painter: QPainter, captions: Iterable[Caption], left: float, top: float, stretch: float, unit: float
) -> None:
    """Chips and dots; the picture's corner lies at (left, top), and places are multiplied by `stretch`."""
    for tag, x, y, is_dot in captions:
        across, down = round(left + x * stretch), round(top + y * stretch)
        painter.setOpacity(FAINT if tag.faint else 1)
        if is_dot:
            image = _dot_image(tag.colour, unit)
            painter.drawImage(across - image.width() // 2, down - image.height() // 2, image)
        else:
            painter.drawImage(across, down, chip_image(tag.text, tag.colour, tag.flagged, unit))
    painter.setOpacity(1)


def draw_whole(painter: QPainter, tag: Tag, left: float, top: float, viewport: Size, unit: float) -> None:
    """The caption uncut and above all others, at its label's upper side, within the viewport."""
    edge = EDGE * unit
    chip = chip_image(tag.text, tag.colour, tag.flagged, unit, viewport.width - 2 * (edge + PADDING * unit))
    x = max(min(left + tag.anchor.left, viewport.width - edge - chip.width()), edge)
    above = top + tag.anchor.top - chip.height() - GAP
    y = above if above >= edge else top + tag.anchor.top + GAP
    y = max(min(y, viewport.height - edge - chip.height()), edge)
    painter.drawImage(QPointF(x, y).toPoint(), chip)


@lru_cache(maxsize=512)
def _dot_image(colour: Colour, unit: float) -> QImage:
    """An odd number of pixels wide, the dot in its middle."""
    reach = math.ceil((DOT + 1) * unit)
    image = QImage(2 * reach + 1, 2 * reach + 1, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(*contrasting(colour)), unit))
    painter.setBrush(QColor(*colour))
    painter.drawEllipse(QPointF(reach + 0.5, reach + 0.5), DOT * unit, DOT * unit)
    painter.end()
    return image
