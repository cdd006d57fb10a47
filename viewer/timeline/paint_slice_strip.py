"""The strip of slices as pixels, and the sign of the present one on it. Painters here count device pixels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from viewer.paint.colours import ChartColours
from viewer.scene.colours import rgb
from viewer.timeline.slice_ticks import SliceTicks

BORDER = 1
"""Pen pixels of the line at the left of the strip."""
SIGN = 8
"""Pen pixels that the present slice is high at the least."""


class StripPainter:
    """Keeps the pixels of the strip for as long as they serve."""

    def __init__(self) -> None:
        self._made: tuple[object, ...] = ()
        self._pixels: NDArray[np.uint8] = np.zeros((0, 0, 4), dtype=np.uint8)

    def draw(
        self,
        painter: QPainter,
        ticks: SliceTicks,
        place: int,
        width: int,
        height: int,
        unit: float,
        look: ChartColours,
    ) -> None:
        """On so many device pixels, `unit` of them to a pen pixel; `place` is the slice on show."""
        border = max(round(BORDER * unit), 1)
        key = (ticks, width, height, look)
        if key != self._made:
            inner = ticks.strip(max(height, 1), max(width - border, 1), rgb(look.ruler))
            self._pixels, self._made = np.ascontiguousarray(inner), key
        rows, columns = self._pixels.shape[:2]
        image = QImage(self._pixels.data, columns, rows, self._pixels.strides[0], QImage.Format.Format_RGB32)
        painter.drawImage(border, 0, image)
        painter.fillRect(0, 0, border, height, QColor(look.line))
        top, bottom = _span(ticks, place, height, unit)
        self._sign(painter, QRectF(border, top, columns, bottom - top), unit, look)

    def _sign(self, painter: QPainter, span: QRectF, unit: float, look: ChartColours) -> None:
        """A frame in the accent's colour within one of the ground's, so that it stands out from every class."""
        line = round(2 * unit)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, grown in ((look.ground, line), (look.accent, 0)):
            pen = QPen(QColor(colour), line)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            half = line / 2 - grown
            painter.drawRect(span.adjusted(line / 2, half, -line / 2, -half))


def _span(ticks: SliceTicks, place: int, height: int, unit: float) -> tuple[int, int]:
    """Upper and lower end of the present slice's sign."""
    top, bottom = ticks.rows_of(place, height)
    least = min(round(SIGN * unit), height)
    if bottom - top < least:
        top = min(max((top + bottom - least) // 2, 0), height - least)
        bottom = top + least
    return top, bottom
