"""What floats on a slice: words, letters of the patient's sides, a bar of a round length. Painters count device pixels.

All of it is white within a dark rim, so that it is legible on any picture and in both themes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPen

from viewer.canvas.ink import opencv
from viewer.canvas.paint_captions import text_font
from viewer.canvas.paint_picture import qimage
from viewer.canvas.slice_words import Bar
from viewer.media.plane import Letters
from viewer.size import Size

INK, RIM = QColor(255, 255, 255), QColor(0, 0, 0, 205)
RIM_WIDTH = 1.5
"""Pen pixels to each side."""
EDGE = 8
"""Pen pixels from the viewport's edge."""
BOLD = QFont.Weight.DemiBold
LETTER, WORDS = 15, 12
"""Pen pixels, heights of the fonts."""
SEPARATOR = " · "
"""Where lines of words can be broken."""
TICK = 7.0
"""Pen pixels, at both ends of the bar."""
LINE = 1.5


class SliceHud:
    """Draws with one painter on one viewport; `unit` device pixels are a pen pixel."""

    def __init__(self, painter: QPainter, viewport: Size, unit: float, taken: Sequence[QRectF]) -> None:
        """`taken`: where other things float at the lower edge."""
        self._painter, self._unit, self._taken = painter, unit, taken
        edge = round(EDGE * unit)
        self._room = QRectF(0, 0, viewport.width, viewport.height).adjusted(edge, edge, -edge, -edge)

    def draw(self, lines: Sequence[str], letters: Letters, bar: Bar | None) -> None:
        """Words at the upper left, a letter in the middle of each edge, the bar above the lower one."""
        top = self._room.top()
        for line in broken(lines, letters.top, self._room.width(), self._unit):
            image = self._rimmed(line)
            self._lay(image, self._room.left(), top)
            top += image.height()
        room, middle = self._room, self._room.center()
        self._letter(letters.left, room.left(), middle.y(), 0.0, 0.5)
        self._letter(letters.right, room.right(), middle.y(), 1.0, 0.5)
        self._letter(letters.top, middle.x(), room.top(), 0.5, 0.0)
        words = None if bar is None else self._rimmed(bar.words)
        floor = self._floor(0.0 if bar is None or words is None else max(bar.length, words.width()))
        self._letter(letters.bottom, middle.x(), floor, 0.5, 1.0)
        if bar is not None and words is not None:
            self._bar(bar, words, floor - self._rimmed("H", LETTER, BOLD).height())

    def _floor(self, wide: float) -> float:
        """How low something so wide can stand in the middle."""
        middle, wide = self._room.center().x(), max(wide, 2 * LETTER * self._unit)
        span = QRectF(middle - wide / 2, 0, wide, self._room.bottom() + 1)
        return min([self._room.bottom(), *(rect.top() for rect in self._taken if rect.intersects(span))])

    def _letter(self, text: str, x: float, y: float, share_left: float, share_above: float) -> None:
        """With so much of its width left of `x`, and so much of its height above `y`."""
        if text:
            image = self._rimmed(text, LETTER, BOLD)
            self._lay(image, x - share_left * image.width(), y - share_above * image.height())

    def _bar(self, bar: Bar, words: QImage, floor: float) -> None:
        unit, painter = self._unit, self._painter
        foot, left = round(floor - 3 * unit), round(self._room.center().x() - bar.length / 2)
        right, tick, half = left + bar.length, TICK * unit, LINE * unit / 2
        path = QPainterPath()
        path.addRect(QRectF(left - half, foot - half, bar.length + 2 * half, 2 * half))
        for x in (left, right):
            path.addRect(QRectF(x - half, foot - tick, 2 * half, tick))
        path.setFillRule(Qt.FillRule.WindingFill)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rim = QPen(RIM, 2 * RIM_WIDTH * unit, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin)
        painter.strokePath(path.simplified(), rim)
        painter.fillPath(path, INK)
        self._lay(words, (left + right - words.width()) / 2, foot - half - 2 * RIM_WIDTH * unit - words.height())

    def _rimmed(self, text: str, size: float = WORDS, weight: QFont.Weight = QFont.Weight.Normal) -> QImage:
        return rimmed(text, size, weight, self._unit)

    def _lay(self, image: QImage, left: float, top: float) -> None:
        self._painter.drawImage(QPointF(round(left), round(top)), image)


def broken(lines: Sequence[str], letter: str, width: float, unit: float) -> list[str]:
    """Lines that are no wider than `width` device pixels, nor, beside the letter in the middle of the upper edge, reach it."""
    metrics, rims = QFontMetricsF(text_font(unit, QFont.Weight.Normal, WORDS)), 2 * RIM_WIDTH * unit
    image = rimmed(letter, LETTER, BOLD, unit)
    foot = unit + QFontMetricsF(text_font(unit, BOLD, LETTER)).ascent()
    made: list[str] = []
    top = 0.0
    for line in lines:
        parts, high = line.split(SEPARATOR), math.ceil(metrics.height() + 2 * unit)
        while parts:
            beside = letter and top < foot
            room = ((width - image.width()) / 2 - EDGE * unit if beside else width) - rims
            advances = [metrics.horizontalAdvance(SEPARATOR.join(parts[:n])) for n in range(1, len(parts) + 1)]
            count = max(sum(advance <= room for advance in advances), 1)
            made.append(metrics.elidedText(SEPARATOR.join(parts[:count]), Qt.TextElideMode.ElideRight, room))
            parts, top = parts[count:], top + high
    return made


@lru_cache(maxsize=256)
def rimmed(text: str, size: float, weight: QFont.Weight, unit: float) -> QImage:
    """White text with a dark rim around every stroke, drawn once and laid many times."""
    font = text_font(unit, weight, size)
    metrics, rim = QFontMetricsF(font), RIM_WIDTH * unit
    width, height = math.ceil(metrics.horizontalAdvance(text) + 2 * rim), math.ceil(metrics.height() + 2 * unit)
    ink = QImage(width, height, QImage.Format.Format_Alpha8)
    ink.fill(0)
    path = QPainterPath()
    path.addText(QPointF(rim, unit + metrics.ascent()), font, text)
    painter = QPainter(ink)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(path, INK)
    painter.end()
    white = np.frombuffer(ink.constBits(), np.uint8).reshape(height, ink.bytesPerLine())[:, :width]
    pixels = _with_rim(white, rim)  # a name of its own keeps the memory until it is copied
    return qimage(pixels).copy()


def _with_rim(white: NDArray[np.uint8], reach: float) -> NDArray[np.uint8]:
    """(rows, columns, 4) premultiplied: so much white over a rim of that width. Stroking outlines takes several times as long,
    and some of the words are others on every slice."""
    around = opencv().filter2D(white, -1, _disc(reach))  # sums that are too large end at 255
    dark = around * (RIM.alpha() / 255)
    made = np.repeat(white[:, :, None], 4, axis=2)
    made[:, :, 3] = np.rint(white + dark * (1 - white / 255))
    return made


@lru_cache(maxsize=8)
def _disc(radius: float) -> NDArray[np.float32]:
    """Of 1 within the radius of an outline that runs half a pixel from the middle, with a smooth edge."""
    size = math.ceil(radius) + 1
    away = np.hypot(*np.mgrid[-size : size + 1, -size : size + 1])
    return np.clip(radius + 0.75 - away, 0, 1).astype(np.float32)
