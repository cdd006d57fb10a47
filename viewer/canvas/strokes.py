"""Strokes: the outlines of what is in sight on a region of the device, drawn by OpenCV.

OpenCV's smooth lines wider than one pixel come out uneven and more than a pixel too wide. So every line is made of
smooth ones of one pixel side by side, and its halo of more of them outside. A draft is drawn without smoothing, five
times as fast. OpenCV's coordinates are whole sixteenths of a pixel in 32 bits, so shapes that reach far out are cut
off first.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cache
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
WIDE = 2.75
"""From this width on the lines that make one up lie closer, lest the picture shows between them."""
ON, OFF = 6.0, 5.0
"""Of dashed lines, in pen pixels."""


class Stencil(NamedTuple):
    """Where to ink: `mask` is uint8 (rows, columns), not 0 there, its cell (0, 0) at the canvas's pixel (left, top)."""

    left: int
    top: int
    mask: NDArray[np.uint8]


class Stroke(NamedTuple):
    """A part to be drawn as a line `width` device pixels wide, with its halo on both sides."""

    part: int
    width: float
    colour: Ink
    halo: Ink


class Strokes:
    """Parts of the marks `seen`, moved to the region and rounded for OpenCV."""

    def __init__(
        self, outlines: Outlines, seen: Sequence[int], scale: float, region: Region, unit: float, draft: bool
    ) -> None:
        self._region, self._unit, self._draft = region, unit, draft
        parts = np.array([part for i in seen for part in outlines.parts_of[i].every], dtype=np.int64)
        self._slot = {part: slot for slot, part in enumerate(parts.tolist())}
        self._closed: list[bool] = outlines.closed[parts].tolist()
        where, starts = chosen(outlines.starts, parts)
        self._points = outlines.points[where] * scale - (region.left + 0.5, region.top + 0.5)
        bounded = self._tamed(starts)
        self._starts: list[int] = bounded.tolist()
        self._sides = miters(self._points, bounded, outlines.closed[parts])
        self._moved: dict[float, NDArray[np.int32]] = {}
        self._dashed: dict[float, NDArray[np.int32]] = {}
        dashed = [part for i in seen for part in outlines.dashed_parts(i)]
        self._dash_slot = {part: slot for slot, part in enumerate(dashed)}

    def _tamed(self, starts: NDArray[np.int64]) -> NDArray[np.int64]:
        """Cut off and thin the parts that are too much for OpenCV; the starts of what is left, at least a point of each."""
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
            inside = clipped(parts[slot], self._closed[slot], np.full(2, -margin), size + margin)
            parts[slot] = thinned(inside, 0.5) if len(inside) else np.full((1, 2), -margin)
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
            fill(mask, self._polygons(rounded, rings), 255, LINE_8, BITS, corner)
        return Stencil(left, top, mask)

    def fill(self, canvas: Canvas, areas: Sequence[range], colour: Ink) -> None:
        """Areas in this colour whatever is below: a draft of an area."""
        for rings in areas:
            opencv().fillPoly(canvas, self._polygons(self._rounded(0.0), rings), colour, LINE_8, BITS)

    def draw(self, canvas: Canvas, strokes: Iterable[Stroke]) -> None:
        """All halos, then all lines; those that look alike are handed to OpenCV together."""
        halos: dict[tuple[float, Ink, bool], list[int]] = {}
        lines: dict[tuple[float, Ink, bool], list[int]] = {}
        dashed: list[Stroke] = []
        for stroke in strokes:
            slot = self._slot[stroke.part]
            halos.setdefault((stroke.width, stroke.halo, self._closed[slot]), []).append(slot)
            if stroke.part in self._dash_slot:
                dashed.append(stroke)
            else:
                lines.setdefault((stroke.width, stroke.colour, self._closed[slot]), []).append(slot)
        for (width, colour, closed), slots in halos.items():
            self._draw_slots(canvas, slots, _beside(width, self._unit), closed, colour)
        for (width, colour, closed), slots in lines.items():
            self._draw_slots(canvas, slots, _side_by_side(width, self._spacing(width)), closed, colour)
        for stroke in dashed:
            self._draw_dashes(canvas, stroke)

    def _draw_slots(
        self, canvas: Canvas, slots: Sequence[int], offsets: Sequence[float], closed: bool, colour: Ink
    ) -> None:
        starts = self._starts
        moved = [self._rounded(offset) for offset in offsets]
        pieces = [points[starts[slot] : starts[slot + 1]] for points in moved for slot in slots]
        opencv().polylines(canvas, pieces, closed, colour, 1, LINE_8 if self._draft else LINE_AA, BITS)

    def _draw_dashes(self, canvas: Canvas, stroke: Stroke) -> None:
        part, width, colour, _ = stroke
        if self._draft:
            pieces = self._dashes(0.0, part)
            opencv().polylines(canvas, pieces, False, colour, max(round(width), 1), LINE_8, BITS)
            return
        for offset in _side_by_side(width, self._spacing(width)):
            opencv().polylines(canvas, self._dashes(offset, part), False, colour, 1, LINE_AA, BITS)

    def _spacing(self, width: float) -> float:
        return 1.0 if self._draft or width < WIDE else 0.8

    def _polygons(self, rounded: NDArray[np.int32], rings: range) -> list[NDArray[np.int32]]:
        return [self._slice(rounded, self._slot[ring]) for ring in rings]

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
            where, starts = chosen(np.array(self._starts, dtype=np.int64), slots)
            self._cut = dashes(
                self._points[where], starts, np.array(self._closed)[slots], ON * self._unit, OFF * self._unit
            )
        if offset not in self._dashed:
            self._dashed[offset] = _rounded(self._cut.ends + offset * self._cut.normals)
        slot = self._dash_slot[part]
        return self._dashed[offset][self._cut.starts[slot] : self._cut.starts[slot + 1]]


@cache
def _side_by_side(width: float, spacing: float) -> tuple[float, ...]:
    """How far to the side of a line this wide the lines of one pixel lie that make it up."""
    reach = max(width - 1, 0) / 2
    count = math.ceil(2 * reach / spacing) + 1
    return (0.0,) if count == 1 else tuple(np.linspace(-reach, reach, count).tolist())


@cache
def _beside(width: float, halo: float) -> tuple[float, ...]:
    """The same for its halo, `halo` wide on each side."""
    middle = (width + halo) / 2
    return tuple(sign * (middle + offset) for offset in _side_by_side(halo, 1.0) for sign in (1, -1))


def _rounded(points: Points) -> NDArray[np.int32]:
    return np.rint(points * (1 << BITS)).astype(np.int32)
