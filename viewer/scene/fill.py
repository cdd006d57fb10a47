"""Which pixels an area covers, exactly: those whose centre lies inside it.

OpenCV's and Qt's fills paint half a pixel of boundary as well or round coordinates; this one does neither. A centre
that lies exactly on an edge belongs to the area on the edge's right or lower side, so areas that share an edge
neither overlap nor leave a gap.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from viewer.shapes.sketch import Area, Points, Raster, Sketch, pixels_between
from viewer.size import Size

CROSSINGS_AT_ONCE = 1 << 20
"""Bounds the memory for shapes of very many long edges."""


class Patch(NamedTuple):
    """Covered pixels of a frame: `mask` is bool (rows, columns), its cell (0, 0) at pixel (`left`, `top`)."""

    left: int
    top: int
    mask: NDArray[np.bool_]


def area_mask(sketch: Sketch, frame: Size, scale: float = 1.0) -> Patch | None:
    """All that the sketch's areas and mask cover on a frame of `frame` pixels, `scale` of them to an image pixel."""
    patches = [fill_area(area, frame, scale) for area in sketch.areas]
    if sketch.raster is not None:
        patches.append(fill_raster(sketch.raster, frame, scale))
    return _union(patch for patch in patches if patch is not None)


def fill_area(area: Area, frame: Size, scale: float = 1.0) -> Patch | None:
    """Pixels whose centre lies inside an odd number of the rings; None where that is none of the frame.

    Coordinates must be finite. Whatever lies outside the frame costs no memory.
    """
    rings = [ring * scale for ring in area.rings if len(ring) > 2]
    if not rings:
        return None
    every = np.concatenate(rings)
    left, right = pixels_between(float(every[:, 0].min()), float(every[:, 0].max()), 0, frame.width)
    top, bottom = pixels_between(float(every[:, 1].min()), float(every[:, 1].max()), 0, frame.height)
    if left >= right or top >= bottom:
        return None
    toggles = np.zeros((bottom - top, right - left + 1), dtype=np.uint8)
    _toggle(toggles, _edges(rings), left, top)
    np.cumsum(toggles, axis=1, dtype=np.uint8, out=toggles)
    toggles &= 1
    return _cut(left, top, toggles[:, :-1].astype(np.bool_))


def fill_raster(raster: Raster, frame: Size, scale: float = 1.0) -> Patch | None:
    """Pixels whose centre lies in a set cell of the mask; None where that is none of the frame."""
    return _cut(*raster.on_frame(frame, scale))


def _edges(rings: list[Points]) -> NDArray[np.float64]:
    """(n, 4): x, y of the upper end and x, y of the lower end of every edge that is not level.

    Ordered, so that two areas that share an edge find the very same crossings whichever way round they run.
    """
    edges = np.concatenate([np.concatenate([ring, np.roll(ring, -1, axis=0)], axis=1) for ring in rings])
    upside_down = edges[:, 1] > edges[:, 3]
    edges[upside_down] = edges[upside_down][:, [2, 3, 0, 1]]
    return edges[edges[:, 1] < edges[:, 3]]


def _toggle(toggles: NDArray[np.uint8], edges: NDArray[np.float64], left: int, top: int) -> None:
    """Add one at every pixel from which on, along its row, an edge has been crossed."""
    rows = toggles.shape[0]
    first = np.clip(np.ceil(edges[:, 1] - 0.5) - top, 0, rows).astype(np.int64)
    after = np.clip(np.ceil(edges[:, 3] - 0.5) - top, 0, rows).astype(np.int64)
    crossing = after > first
    edges, first, counts = edges[crossing], first[crossing], (after - first)[crossing]
    ends = np.cumsum(counts)
    begin = 0
    while begin < len(counts):
        done = int(ends[begin - 1]) if begin else 0
        end = max(int(np.searchsorted(ends, done + CROSSINGS_AT_ONCE)), begin + 1)
        _toggle_some(toggles, edges[begin:end], first[begin:end], counts[begin:end], left, top)
        begin = end


def _toggle_some(
    toggles: NDArray[np.uint8],
    edges: NDArray[np.float64],
    first: NDArray[np.int64],
    counts: NDArray[np.int64],
    left: int,
    top: int,
) -> None:
    edge = np.repeat(np.arange(len(counts)), counts)
    row = np.arange(len(edge)) - np.repeat(np.cumsum(counts) - counts, counts) + first[edge]
    x0, y0, x1, y1 = edges[edge].T
    crossed = x0 + (row + (top + 0.5) - y0) * (x1 - x0) / (y1 - y0)
    column = np.clip(np.ceil(crossed - 0.5) - left, 0, toggles.shape[1] - 1).astype(np.int64)
    np.add.at(toggles.reshape(-1), row * toggles.shape[1] + column, np.uint8(1))


def _cut(left: int, top: int, mask: NDArray[np.bool_]) -> Patch | None:
    """The patch without empty rows and columns around it."""
    down, across = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(down):
        return None
    cut = mask[down[0] : down[-1] + 1, across[0] : across[-1] + 1]
    return Patch(left + int(across[0]), top + int(down[0]), cut)


def _union(patches: Iterable[Patch]) -> Patch | None:
    patches = tuple(patches)
    if len(patches) < 2:
        return patches[0] if patches else None
    left, top = min(patch.left for patch in patches), min(patch.top for patch in patches)
    right = max(patch.left + patch.mask.shape[1] for patch in patches)
    bottom = max(patch.top + patch.mask.shape[0] for patch in patches)
    mask = np.zeros((bottom - top, right - left), dtype=np.bool_)
    for patch in patches:
        rows, columns = patch.mask.shape
        mask[patch.top - top : patch.top - top + rows, patch.left - left : patch.left - left + columns] |= patch.mask
    return Patch(left, top, mask)
