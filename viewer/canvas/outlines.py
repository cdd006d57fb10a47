"""Outlines: all rings and lines of a scene in a few long arrays, so that numpy moves them all at once.

A *part* is one ring or one line. Device coordinates here are those of OpenCV's drawing: the middle of the pixel in
the corner is (0, 0).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from viewer.scene.marks import Mark, bounds_of
from viewer.shapes.sketch import Line, Points


class LinePart(NamedTuple):
    part: int
    line: Line


@dataclass(slots=True)
class MarkParts:
    """Which parts belong to a mark: the rings of each of its areas, and its lines."""

    areas: list[range] = field(default_factory=list)
    lines: list[LinePart] = field(default_factory=list)

    @property
    def every(self) -> list[int]:
        return [part for rings in self.areas for part in rings] + [part for part, _ in self.lines]


class Outlines:
    """The parts of marks, in image pixels; made once a scene, in any thread."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self.marks = tuple(marks)
        self.parts_of: list[MarkParts] = []
        self._points: list[Points] = []
        self._closed: list[bool] = []
        for mark in self.marks:
            self.parts_of.append(self._add(mark))
        counts = [len(points) for points in self._points]
        self.starts: NDArray[np.int64] = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        self.points: Points = np.concatenate([np.empty((0, 2)), *self._points])
        self.closed: NDArray[np.bool_] = np.array(self._closed, dtype=np.bool_)
        self.weights = np.array([weight(mark) for mark in self.marks], dtype=np.int64)
        """How much there is to draw of each mark."""
        self.bounds = bounds_of(self.marks)

    def dashed_parts(self, mark: int) -> list[int]:
        parts = self.parts_of[mark]
        return parts.every if self.marks[mark].dashed else [part for part, line in parts.lines if line.dashed]

    def _add(self, mark: Mark) -> MarkParts:
        parts = MarkParts()
        for area in mark.sketch.areas:
            rings = [self._part(ring, True) for ring in area.rings if len(ring)]
            if rings:
                parts.areas.append(range(rings[0], rings[-1] + 1))
        for line in mark.sketch.lines:
            if len(line.points):
                parts.lines.append(LinePart(self._part(line.points, line.closed), line))
        return parts

    def _part(self, points: Points, closed: bool) -> int:
        self._points.append(points)
        self._closed.append(closed)
        return len(self._points) - 1


def weight(mark: Mark) -> int:
    """How much there is to draw, about as many microseconds; points and, of a mask, cells count."""
    sketch = mark.sketch
    points = sum(len(ring) for area in sketch.areas for ring in area.rings) + sum(
        len(line.points) for line in sketch.lines
    )
    return (
        20 + 2 * points + 10 * len(sketch.dots) + (0 if sketch.raster is None else 100 + sketch.raster.mask.size // 200)
    )


def chosen(starts: NDArray[np.int64], parts: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where the points of `parts` stand, and the starts of these parts when their points stand one after another."""
    counts = starts[parts + 1] - starts[parts]
    own = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return np.repeat(starts[parts] - own[:-1], counts) + np.arange(own[-1]), own


def miters(points: Points, starts: NDArray[np.int64], closed: NDArray[np.bool_]) -> Points:
    """How far each point moves when its part is drawn one pixel further to its side: along the bisector of its corner.

    At corners sharper than 40 degrees less far, so that no spike appears.
    """
    if not len(points):
        return points
    first, last = starts[:-1], starts[1:] - 1
    x, y = _ways(points, first, last, closed)
    length = np.hypot(x, y)
    still = np.flatnonzero(length == 0)
    length[still] = 1
    across, down = -y / length, x / length
    across[still], down[still] = across[still - 1], down[still - 1]
    before = np.where(closed, last, first)
    came_across, came_down = np.roll(across, 1), np.roll(down, 1)
    came_across[first], came_down[first] = across[before], down[before]
    across, down = across + came_across, down + came_down
    stretch = 2 / np.maximum(across * across + down * down, 0.5)
    return np.column_stack([across * stretch, down * stretch])


def _ways(
    points: Points, first: NDArray[np.int64], last: NDArray[np.int64], closed: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How far right and down it is from each point to the next of its part; from the last of an open one, nowhere."""
    right, down = (np.append(np.diff(points[:, axis]), 0.0) for axis in (0, 1))
    home = points[np.where(closed, first, last)] - points[last]
    right[last], down[last] = home[:, 0], home[:, 1]
    return right, down


class Dashes(NamedTuple):
    """Straight pieces of dashed parts."""

    ends: NDArray[np.float64]
    """(pieces, 2, 2): the two ends, x and y."""
    normals: NDArray[np.float64]
    """(pieces, 1, 2): one pixel to the side."""
    starts: NDArray[np.int64]
    """Where each part's pieces begin, and the end of the last."""


def dashes(points: Points, starts: NDArray[np.int64], closed: NDArray[np.bool_], on: float, off: float) -> Dashes:
    """The parts cut into dashes `on` long with gaps of `off`, counted along each part from its first point."""
    part = np.repeat(np.arange(len(closed)), np.diff(starts))
    way = np.column_stack(_ways(points, starts[:-1], starts[1:] - 1, closed))
    length = np.hypot(way[:, 0], way[:, 1])
    end = np.cumsum(length)
    end -= (end - length)[starts[:-1]][part]
    begin = end - length
    first = np.floor(begin / (on + off)).astype(np.int64)
    count = np.where(length > 0, np.ceil(end / (on + off)).astype(np.int64) - first, 0)
    edge = np.repeat(np.arange(len(points)), count)
    dash = (np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count) + first[edge]) * (on + off)
    low, high = np.maximum(dash, begin[edge]), np.minimum(dash + on, end[edge])
    seen = high > low
    edge, low, high = edge[seen], low[seen], high[seen]
    along = way[edge] / length[edge][:, None]
    from_start = np.column_stack([low, high]) - begin[edge][:, None]
    ends = points[edge][:, None, :] + along[:, None, :] * from_start[:, :, None]
    pieces = np.bincount(part[edge], minlength=len(closed))
    normals = np.column_stack([-along[:, 1], along[:, 0]])[:, None, :]
    return Dashes(ends, normals, np.concatenate([[0], np.cumsum(pieces)]).astype(np.int64))


def clipped(points: Points, closed: bool, low: Points, high: Points) -> Points:
    """The part drawn in to the box from `low` to `high`, so that its coordinates stay small.

    What lies outside is replaced by ways along the box's border, so nothing inside looks any different.
    """
    for axis in (0, 1):
        for sign, limit in ((1, low[axis]), (-1, -high[axis])):
            points = _half(points, closed, axis, sign, float(limit))
    return points


def _half(points: Points, closed: bool, axis: int, sign: int, limit: float) -> Points:
    """Only where sign * coordinate >= limit; each crossing of the border becomes a point."""
    if not len(points):
        return points
    value = sign * points[:, axis]
    inside = value >= limit
    if inside.all():
        return points
    following, value_after = np.roll(points, -1, axis=0), np.roll(value, -1)
    crosses = inside != np.roll(inside, -1)
    if not closed:
        crosses[-1] = False
    share = (limit - value[crosses]) / (value_after[crosses] - value[crosses])
    border = points[crosses] + share[:, None] * (following[crosses] - points[crosses])
    border[:, axis] = sign * limit
    place = np.concatenate([np.flatnonzero(inside), np.flatnonzero(crosses) + 0.5])
    return np.concatenate([points[inside], border])[np.argsort(place, kind="stable")]


def thinned(points: Points, step: float) -> Points:
    """Without points that follow another in the same square of `step`: no eye sees them."""
    cell = np.floor(points / step)
    keep = np.ones(len(points), dtype=np.bool_)
    keep[1:-1] = (cell[1:-1] != cell[:-2]).any(axis=1)
    return points[keep]
