"""The grid of the phantom's slices: which place of the patient each pixel shows.

The patient lies on the back, head first; frame 0 is the slice nearest to the head. Lengths as in `solids.py`.
"""

from __future__ import annotations

import numpy as np

from viewer.demo.geometry import Frame, Point
from viewer.demo.solids import Array, Plane, Solid

FRAME = Frame(256, 256)
COUNT = 40
PIXEL, APART = 1.25, 5.0
"""Millimetres from pixel to pixel, and from slice to slice, which are as thick."""
CORNER = (-159.375, -147.375)
"""x and y of the middle of the first pixel."""
HIGHEST = 95.0
X = (CORNER[0] + PIXEL * np.arange(FRAME.width, dtype=np.float32))[np.newaxis]
Y = (CORNER[1] + PIXEL * np.arange(FRAME.height, dtype=np.float32))[:, np.newaxis]
"""Places of the columns and of the rows."""


def height(frame: int) -> float:
    """z of a slice in millimetres."""
    return HIGHEST - APART * frame


def pixel_of(x: float, y: float) -> Point:
    """A place of the patient in pixels of the slice; (0.5, 0.5) is the middle of the first one."""
    return (x - CORNER[0]) / PIXEL + 0.5, (y - CORNER[1]) / PIXEL + 0.5


def plane(frame: int) -> Plane:
    """All pixels of a slice."""
    return Plane(X, Y, height(frame))


def window(solid: Solid, plane: Plane) -> tuple[tuple[slice, slice], Plane] | None:
    """The rows and columns that hold its section, with a margin, and that part of the plane."""
    bounds = solid.bounds(plane.z)
    if bounds is None:
        return None
    left, front, right, back = bounds
    rows, columns = _span(plane.y[:, 0], front, back), _span(plane.x[0], left, right)
    return (rows, columns), Plane(plane.x[:, columns], plane.y[rows], plane.z)


def _span(places: Array, low: float, high: float) -> slice:
    first = float(places[0])
    a, b = int((low - first) / PIXEL) - 2, int((high - first) / PIXEL) + 4
    return slice(max(0, min(a, len(places))), max(0, min(b, len(places))))
