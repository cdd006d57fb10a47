"""Which labels lie under a point of the picture."""

from __future__ import annotations

import math

import numpy as np

from viewer.scene.marks import Mark, Scene, bounds_of
from viewer.shapes.sketch import Area, Points, Raster, Sketch


class HitIndex:
    """The bounds of a scene's marks as columns, made once a scene, so that ten thousand marks cost what a few do."""

    def __init__(self, scene: Scene) -> None:
        self._marks = scene.marks
        self._bounds = bounds_of(scene.marks)

    def under(self, x: float, y: float, tolerance: float) -> tuple[Mark, ...]:
        """Marks under image point (x, y), the smallest first, of equals the one in front.

        An area counts inside and, like lines, borders and points, within `tolerance` image pixels; a hole does not
        count as inside; a mask counts by its cells.
        """
        left, top, right, bottom = self._bounds.T
        near = (left <= x + tolerance) & (right >= x - tolerance) & (top <= y + tolerance) & (bottom >= y - tolerance)
        hit = [i for i in np.flatnonzero(near).tolist() if _touches(self._marks[i].sketch, x, y, tolerance)]
        hit.sort(key=lambda i: (self._marks[i].area, -i))
        return tuple(self._marks[i] for i in hit)


def _touches(sketch: Sketch, x: float, y: float, tolerance: float) -> bool:
    return (
        any(math.hypot(dot.x - x, dot.y - y) <= tolerance for dot in sketch.dots)
        or any(_near_line(line.points, line.closed, x, y, tolerance) for line in sketch.lines)
        or any(_in_area(area, x, y, tolerance) for area in sketch.areas)
        or (sketch.raster is not None and _in_raster(sketch.raster, x, y, tolerance))
    )


def _in_area(area: Area, x: float, y: float, tolerance: float) -> bool:
    inside = sum(_crossings_right_of(ring, x, y) for ring in area.rings) % 2 == 1
    return inside or any(_near_line(ring, True, x, y, tolerance) for ring in area.rings)


def _crossings_right_of(ring: Points, x: float, y: float) -> int:
    """How many edges of the ring a ray from (x, y) to the right crosses."""
    x0, y0 = ring[:, 0], ring[:, 1]
    x1, y1 = np.roll(x0, -1), np.roll(y0, -1)
    spans = (y0 <= y) != (y1 <= y)
    x0, y0, x1, y1 = x0[spans], y0[spans], x1[spans], y1[spans]
    return int(np.count_nonzero(x0 + (y - y0) * (x1 - x0) / (y1 - y0) > x))


def _near_line(points: Points, closed: bool, x: float, y: float, tolerance: float) -> bool:
    if not len(points):
        return False
    start = points if closed else points[: max(len(points) - 1, 1)]
    way = np.roll(points, -1, axis=0)[: len(start)] - start
    to = np.array((x, y)) - start
    length = (way * way).sum(axis=1)
    along = np.clip((to * way).sum(axis=1) / np.where(length > 0, length, 1), 0, 1)
    away = to - along[:, None] * way
    return bool(((away * away).sum(axis=1) <= tolerance * tolerance).any())


def _in_raster(raster: Raster, x: float, y: float, tolerance: float) -> bool:
    """Whether a cell within `tolerance`, sideways and up or down, is set."""
    rows = _cells(y - raster.top, tolerance, raster.cell_height, raster.mask.shape[0])
    columns = _cells(x - raster.left, tolerance, raster.cell_width, raster.mask.shape[1])
    return bool(raster.mask[rows, columns].any())


def _cells(at: float, tolerance: float, cell: float, count: int) -> slice:
    low, high = math.floor((at - tolerance) / cell), math.floor((at + tolerance) / cell)
    return slice(max(low, 0), max(min(high + 1, count), 0))
