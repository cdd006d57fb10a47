"""Strokes: the outlines of what is in sight on a region of the device, drawn by OpenCV.

OpenCV draws smooth lines of whole widths, and its smooth lines wider than one pixel come out uneven and a pixel too
wide. So a line of two pixels is drawn as two smooth ones side by side, and its halo as two more outside of them;
only wide lines are left to OpenCV's own. A draft is drawn without smoothing, five times as fast. Its coordinates are whole sixteenths of a pixel in 32 bits, so shapes that
reach far out are cut off first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from viewer.canvas.ink import Canvas, Ink, opencv
from viewer.canvas.outlines import Outlines, chosen, clipped, dashes, miters, thinned
from viewer.canvas.region import Region
from viewer.shapes.sketch import Points

LINE_8, LINE_AA = 8, 16
"""OpenCV's words for hard and smooth lines."""
BITS = 4
"""Of a pixel's fraction in OpenCV's coordinates."""
FAR = 16_000
"""Device pixels; parts that reach further out of the region are cut off."""
MARGIN = 64
"""Where they are cut off: far enough out for any pen."""
MANY = 2_000
"""Points; parts with more are thinned to those the eye can tell apart."""
PAIRED = 2.75
"""Up to this width a line is drawn as two."""
ON, OFF = 6.0, 5.0
"""Of dashed lines, in pen pixels."""


class Stencil(NamedTuple):
    """Where to ink: `mask` is uint8 (rows, columns), not 0 there, its cell (0, 0) at the canvas's pixel (left, top)."""

    left: int
    top: int
    mask: NDArray[np.uint8]


class Strokes:
    """Parts of the marks `seen`, moved to the region and rounded for OpenCV."""

    def __init__(
        self, outlines: Outlines, seen: Sequence[int], scale: float, region: Region, unit: float, draft: bool
    ) -> None:
        self._region, self._unit, self._draft = region, unit, draft
        parts = np.array([part for i in seen for part in outlines.parts_of[i].every], dtype=np.int64)
        self._slot = {part: slot for slot, part in enumerate(parts.tolist())}
        self._closed = outlines.closed[parts]
        where, starts = chosen(outlines.starts, parts)
        self._points = outlines.points[where] * scale - (region.left + 0.5, region.top + 0.5)
        self._starts = self._tamed(starts)
        self._sides = miters(self._points, self._starts, self._closed)
        self._moved: dict[float, NDArray[np.int32]] = {}
        self._dashed: dict[float, NDArray[np.int32]] = {}
        dashed = [part for i in seen for part in outlines.dashed_parts(i)]
        self._dash_slot = {part: slot for slot, part in enumerate(dashed)}

    def _tamed(self, starts: NDArray[np.int64]) -> NDArray[np.int64]:
        """Cut off and thin the parts that are too much for OpenCV; the starts of what is left."""
        if not len(self._points):
            return starts
        low = np.minimum.reduceat(self._points, starts[:-1])
        high = np.maximum.reduceat(self._points, starts[:-1])
        size = np.array((self._region.width, self._region.height))
        wild = ((low < -FAR) | (high > size + FAR)).any(axis=1) | (np.diff(starts) > MANY)
        if not wild.any():
            return starts
        margin = MARGIN * max(self._unit, 1)
        parts = np.split(self._points, starts[1:-1])
        for slot in np.flatnonzero(wild).tolist():
            inside = clipped(parts[slot], bool(self._closed[slot]), np.full(2, -margin), size + margin)
            parts[slot] = thinned(inside, 0.5)
        self._points = np.concatenate(parts)
        return np.concatenate([[0], np.cumsum([len(part) for part in parts])]).astype(np.int64)

    def area_stencil(self, areas: Sequence[range], left: int, top: int, right: int, bottom: int) -> Stencil | None:
        """The union of areas, each the parts of one, within a rectangle of the canvas; they are drawn a little too large."""
        left, top = max(left, 0), max(top, 0)
        right, bottom = min(right, self._region.width), min(bottom, self._region.height)
        if left >= right or top >= bottom:
            return None
        mask = np.zeros((bottom - top, right - left), dtype=np.uint8)
        rounded, fill = self._rounded(0.0), opencv().fillPoly
        corner = (-left << BITS, -top << BITS)
        for rings in areas:
            if polygons := self._polygons(rounded, rings):
                fill(mask, polygons, 255, LINE_8, BITS, corner)
        return Stencil(left, top, mask)

    def fill(self, canvas: Canvas, areas: Sequence[range], colour: Ink) -> None:
        """Areas in this colour whatever is below: a draft of an area."""
        for rings in areas:
            if polygons := self._polygons(self._rounded(0.0), rings):
                opencv().fillPoly(canvas, polygons, colour, LINE_8, BITS)

    def draw(self, canvas: Canvas, part: int, width: float, colour: Ink, halo: Ink) -> None:
        """One part as a line `width` device pixels wide over its halo."""
        slot = self._slot[part]
        if self._starts[slot] == self._starts[slot + 1]:
            return
        closed = bool(self._closed[slot])
        line_type = LINE_8 if self._draft else LINE_AA
        side, thickness = (width + self._unit) / 2, max(round(self._unit) - 1, 1)
        for offset in (-side, side):
            piece = self._slice(self._rounded(offset), slot)
            opencv().polylines(canvas, [piece], closed, halo, thickness, line_type, BITS)
        dashed = part in self._dash_slot
        offsets, thickness = ((0.0,), round(width)) if self._draft and dashed else _passes(width)
        for offset in offsets:
            pieces = self._dashes(offset, part) if dashed else [self._slice(self._rounded(offset), slot)]
            opencv().polylines(canvas, pieces, closed and not dashed, colour, thickness, line_type, BITS)

    def _polygons(self, rounded: NDArray[np.int32], rings: range) -> list[NDArray[np.int32]]:
        polygons = [self._slice(rounded, self._slot[ring]) for ring in rings]
        return [polygon for polygon in polygons if len(polygon)]

    def _slice(self, rounded: NDArray[np.int32], slot: int) -> NDArray[np.int32]:
        return rounded[self._starts[slot] : self._starts[slot + 1]]

    def _rounded(self, offset: float) -> NDArray[np.int32]:
        """All points moved `offset` pixels to their side."""
        if offset not in self._moved:
            self._moved[offset] = _rounded(self._points + offset * self._sides if offset else self._points)
        return self._moved[offset]

    def _dashes(self, offset: float, part: int) -> NDArray[np.int32]:
        if not self._dashed:
            slots = np.array([self._slot[part] for part in self._dash_slot], dtype=np.int64)
            where, starts = chosen(self._starts, slots)
            self._cut = dashes(self._points[where], starts, self._closed[slots], ON * self._unit, OFF * self._unit)
        if offset not in self._dashed:
            self._dashed[offset] = _rounded(self._cut.ends + offset * self._cut.normals)
        slot = self._dash_slot[part]
        return self._dashed[offset][self._cut.starts[slot] : self._cut.starts[slot + 1]]


def _passes(width: float) -> tuple[tuple[float, ...], int]:
    """How OpenCV makes a line of this width: offsets to the side, and the thickness it is asked for."""
    if width <= 1:
        return (0.0,), 1
    if width < PAIRED:
        return (-(width - 1) / 2, (width - 1) / 2), 1
    return (0.0,), round(width) - 1


def _rounded(points: Points) -> NDArray[np.int32]:
    return np.rint(points * (1 << BITS)).astype(np.int32)
