"""The picture on the canvas: pixel (x, y) covers exactly what the placement says, from afar smooth, close by sharp.

Painters here count device pixels.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen

from viewer.canvas.levels import Levels
from viewer.scene.camera import Placement
from viewer.shapes.sketch import cells_under
from viewer.size import Size

SHARP = 3.0
"""From this scale on every image pixel is a sharp rectangle."""
GRID = 8.0
"""From this scale on a faint grid parts the pixels."""
CHECK = 8
"""Device pixels, the side of a square behind transparency."""


def qimage(pixels: NDArray[np.uint8], opaque: bool = False) -> QImage:
    """Grey or premultiplied pixels as a picture of Qt's over the same memory: keep `pixels` for as long."""
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, pixels.strides[0], _kind(pixels, opaque))


def _kind(pixels: NDArray[np.uint8], opaque: bool) -> QImage.Format:
    if pixels.ndim == 2:
        return QImage.Format.Format_Grayscale8
    return QImage.Format.Format_RGB32 if opaque else QImage.Format.Format_ARGB32_Premultiplied


def picture_rect(size: Size, placement: Placement) -> QRectF:
    return QRectF(placement.left, placement.top, size.width * placement.scale, size.height * placement.scale)


def draw_picture(painter: QPainter, levels: Levels, size: Size, placement: Placement, viewport: Size) -> None:
    """The part of the picture that is in the viewport, stretched over a frame of `size`."""
    if min(_steps(levels.size, size, placement)) >= SHARP:
        _draw_sharp(painter, levels, size, placement, viewport)
    else:
        _draw_smooth(painter, levels, size, placement, viewport)


def _steps(pixels: Size, size: Size, placement: Placement) -> tuple[float, float]:
    """Device pixels from one pixel to the next, across and down, of so many stretched over a frame of `size`."""
    return size.width * placement.scale / pixels.width, size.height * placement.scale / pixels.height


def _draw_sharp(painter: QPainter, levels: Levels, size: Size, placement: Placement, viewport: Size) -> None:
    pixels = levels.images[0]
    rows, columns = pixels.shape[:2]
    low, high = -placement.left, viewport.width - placement.left
    left, across = cells_under(0, size.width / columns, columns, placement.scale, low, high)
    low, high = -placement.top, viewport.height - placement.top
    top, down = cells_under(0, size.height / rows, rows, placement.scale, low, high)
    if not len(across) or not len(down):
        return
    part = pixels[down[0] : down[-1] + 1, across[0] : across[-1] + 1]
    wide = np.take(part if part.ndim == 2 else _words(part), across - across[0], axis=1)
    large = np.take(wide, down - down[0], axis=0)
    bytes_ = large if part.ndim == 2 else large.view(np.uint8).reshape(*large.shape, 4)
    painter.drawImage(left + placement.left, top + placement.top, qimage(bytes_, levels.opaque))


def _words(pixels: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """Each pixel of four bytes as one number, so that it is copied at once."""
    return np.ascontiguousarray(pixels).view(np.uint32)[:, :, 0]


def _draw_smooth(painter: QPainter, levels: Levels, size: Size, placement: Placement, viewport: Size) -> None:
    pixels = levels.nearest(size.width * placement.scale)
    rows, columns = pixels.shape[:2]
    across, down = size.width * placement.scale / columns, size.height * placement.scale / rows
    left, right = _seen(placement.left, across, columns, viewport.width)
    top, bottom = _seen(placement.top, down, rows, viewport.height)
    if left >= right or top >= bottom:
        return
    part = _part(pixels, left, top, right, bottom, levels.opaque)
    exact = across == 1 and down == 1
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not exact)
    target = QRectF(
        placement.left + left * across, placement.top + top * down, (right - left) * across, (bottom - top) * down
    )
    painter.drawImage(target, part, QRectF(0, 0, right - left, bottom - top))


def _seen(start: float, step: float, count: int, length: int) -> tuple[int, int]:
    """The pixels of a level that lie on 0 to `length`, and two more on each side, which smoothing looks at."""
    return max(math.floor(-start / step) - 2, 0), min(math.ceil((length - start) / step) + 2, count)


def _part(pixels: NDArray[np.uint8], left: int, top: int, right: int, bottom: int, opaque: bool) -> QImage:
    """A part as an image over the same memory: an image of its own, because Qt counts source pixels in 16 bits."""
    first = top * pixels.strides[0] + left * pixels.strides[1]
    memory = pixels.reshape(-1)[first:].data
    return QImage(memory, right - left, bottom - top, pixels.strides[0], _kind(pixels, opaque))


def draw_field(painter: QPainter, seen: QRectF, corner: QPointF, colour: str, hatch: str | None) -> None:
    """A plain field in the place of a picture; hatched where one should be and cannot be shown."""
    painter.setBrushOrigin(corner)
    painter.fillRect(seen, QColor(colour) if hatch is None else QBrush(_hatch_tile(colour, hatch)))


def draw_checks(painter: QPainter, seen: QRectF, corner: QPointF, colours: tuple[str, str]) -> None:
    """Squares behind a picture that is transparent somewhere."""
    painter.setBrushOrigin(corner)
    painter.fillRect(seen, QBrush(_check_tile(colours)))


@lru_cache(maxsize=8)
def _hatch_tile(colour: str, hatch: str) -> QImage:
    tile = QImage(16, 16, QImage.Format.Format_RGB32)
    tile.fill(QColor(colour))
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(hatch), 2))
    for start in (-16, 0, 16):
        painter.drawLine(QPointF(start - 1, 17), QPointF(start + 17, -1))
    painter.end()
    return tile


@lru_cache(maxsize=8)
def _check_tile(colours: tuple[str, str]) -> QImage:
    tile = QImage(2 * CHECK, 2 * CHECK, QImage.Format.Format_RGB32)
    tile.fill(QColor(colours[0]))
    painter = QPainter(tile)
    for corner in (0, CHECK):
        painter.fillRect(corner, corner, CHECK, CHECK, QColor(colours[1]))
    painter.end()
    return tile


def draw_grid(painter: QPainter, pixels: Size, size: Size, placement: Placement, viewport: Size) -> None:
    """A faint line on the left and upper side of each of the `pixels` in sight, which are stretched over a frame of `size`."""
    rect = picture_rect(size, placement).intersected(QRectF(0, 0, viewport.width, viewport.height))
    wide, high = _steps(pixels, size, placement)
    if min(wide, high) < GRID or rect.isEmpty():
        return
    painter.setPen(QPen(QColor(128, 128, 128, 56), 1, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    across = [placement.left + x * wide for x in _borders(placement.left, wide, rect.left(), rect.right())]
    down = [placement.top + y * high for y in _borders(placement.top, high, rect.top(), rect.bottom())]
    upright = [QLineF(math.ceil(x - 0.5) + 0.5, rect.top(), math.ceil(x - 0.5) + 0.5, rect.bottom()) for x in across]
    level = [QLineF(rect.left(), math.ceil(y - 0.5) + 0.5, rect.right(), math.ceil(y - 0.5) + 0.5) for y in down]
    painter.drawLines(upright + level)


def _borders(start: float, step: float, low: float, high: float) -> range:
    return range(math.ceil((low - start) / step), math.floor((high - start) / step) + 1)
