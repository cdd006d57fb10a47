"""A plane cut through slices: its pixels in true proportion, holes hatched. Painters here count device pixels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from viewer.canvas.build import Overlay
from viewer.canvas.colours import CanvasColours
from viewer.canvas.ink import opencv
from viewer.canvas.paint_picture import SHARP, draw_field, qimage
from viewer.scene.camera import Placement
from viewer.scene.reslice import PlanePicture
from viewer.shapes.sketch import cells_under
from viewer.size import Size


def draw_plane(
    painter: QPainter, plane: PlanePicture, placement: Placement, viewport: Size, colours: CanvasColours
) -> None:
    """From afar smooth, close by sharp, as the canvas has it; what is missing is hatched."""
    if min(plane.across, plane.down) * placement.scale >= SHARP:
        _draw_sharp(painter, plane, placement, viewport)
    else:
        _draw_smooth(painter, plane, placement)
    for hole in plane.holes:
        corner = placement.device_from_image(hole.left, hole.top)
        rect = QRectF(*corner, hole.width * placement.scale, hole.height * placement.scale)
        draw_field(painter, rect, QPointF(placement.left, placement.top), colours.field, colours.hatch)


def _draw_sharp(painter: QPainter, plane: PlanePicture, placement: Placement, viewport: Size) -> None:
    rows, columns = plane.pixels.shape
    scale = placement.scale
    low, high = -placement.left, viewport.width - placement.left
    left, across = cells_under(plane.left, plane.across, columns, scale, low, high)
    low, high = -placement.top, viewport.height - placement.top
    top, down = cells_under(plane.top, plane.down, rows, scale, low, high)
    if len(across) and len(down):
        large = np.ascontiguousarray(plane.pixels[np.ix_(down, across)])
        painter.drawImage(left + placement.left, top + placement.top, qimage(large))


def _draw_smooth(painter: QPainter, plane: PlanePicture, placement: Placement) -> None:
    rows, columns = plane.pixels.shape
    corner = placement.device_from_image(plane.left, plane.top)
    wide, high = columns * plane.across * placement.scale, rows * plane.down * placement.scale
    pixels = _shrunk(plane.pixels, wide / columns, high / rows)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRectF(*corner, wide, high), qimage(pixels))


def _shrunk(pixels: NDArray[np.uint8], across: float, down: float) -> NDArray[np.uint8]:
    """Averaged where a pixel would be less than half of one on the device, which smoothing alone would skip."""
    rows, columns = pixels.shape
    size = tuple(
        max(round(count * step), 1) if step < 0.5 else count for count, step in ((columns, across), (rows, down))
    )
    if size == (columns, rows):
        return pixels
    return opencv().resize(pixels, size, interpolation=opencv().INTER_AREA)


def draw_overlay(painter: QPainter, overlay: Overlay, placement: Placement) -> None:
    """Labels that were painted for this scale."""
    if overlay.image.size:
        at = QPointF(overlay.region.left + placement.left, overlay.region.top + placement.top)
        painter.drawImage(at, qimage(overlay.image))
