"""Pictures of frames for the timeline, small and few, and the strip that they are painted into."""

from __future__ import annotations

from bisect import insort
from collections import OrderedDict

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from viewer.paint.colours import ChartColours
from viewer.timeline.bands import PICTURES
from viewer.timeline.chart import Chart
from viewer.timeline.thumbnails import Slot, nearest, slots_of

KEPT = 600
"""Pictures; of the usual size about 20 MB."""
USUAL = 16 / 9
"""Width to height before any picture is known."""


class Pictures:
    """By position; those that were looked at longest ago go first."""

    def __init__(self) -> None:
        self._images: OrderedDict[int, QImage] = OrderedDict()
        self.known: list[int] = []
        """Positions with a picture, ascending."""
        self.stale: set[int] = set()
        """Positions whose picture serves only until a new one is there."""
        self.shape = USUAL

    def __len__(self) -> int:
        return len(self._images)

    def put(self, position: int, picture: NDArray[np.uint8]) -> None:
        """Of shape (height, width, 4): blue, green, red, unused."""
        height, width = picture.shape[:2]
        opaque = np.array(picture, order="C")
        # what stands in the unused channel would come through where the picture is scaled
        opaque[..., 3] = 255
        image = QImage(opaque.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()
        if position not in self._images:
            insort(self.known, position)
        self._images[position] = image
        self.stale.discard(position)
        self._images.move_to_end(position)
        self.shape = width / max(height, 1)
        while len(self._images) > KEPT:
            gone, _ = self._images.popitem(last=False)
            self.known.remove(gone)
            self.stale.discard(gone)

    def forget(self) -> None:
        self._images.clear()
        self.known.clear()
        self.stale.clear()
        self.shape = USUAL

    def at(self, position: int, within: float = 0) -> QImage | None:
        """The picture of a position, or of one that is no further away than `within`."""
        found = nearest(self.known, position, within)
        if found is None:
            return None
        self._images.move_to_end(found)
        return self._images[found]


def strip_slots(chart: Chart, pictures: Pictures) -> list[Slot]:
    return slots_of(chart.axis, max(PICTURES * pictures.shape, 8) * chart.ratio)


def paint_pictures(painter: QPainter, chart: Chart, pictures: Pictures, colours: ChartColours) -> None:
    bands = chart.bands
    area = QRectF(bands.left, bands.pictures_top, bands.chart, bands.pictures)
    painter.fillRect(area, QColor(colours.ruler))
    painter.setClipRect(area)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    for slot in strip_slots(chart, pictures):
        image = pictures.at(slot.position, within=slot.width / chart.axis.scale)
        if image is not None:
            # a pixel is left free, so that pictures do not run into one another
            width = slot.width / chart.ratio - 1
            painter.drawImage(QRectF(chart.x_of(slot.left), bands.pictures_top, width, bands.pictures - 1), image)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.setClipping(False)
    painter.fillRect(QRectF(bands.left, bands.rows_top - 1, bands.chart, 1), QColor(colours.line))
