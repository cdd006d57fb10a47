"""Overlay: labels as a premultiplied picture at the device's resolution. Plain data, so any thread may build it.

All areas first, each blended over what is there, then all outlines, then all dots: where labels overlap, the area
is darker and every outline stays in sight.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.canvas.ink import Canvas, Ink, blend, corner_sprite, dot_sprite, halo, ink, opencv, parsed, stamp
from viewer.canvas.outlines import Outlines
from viewer.canvas.region import Region
from viewer.canvas.strokes import Stencil, Stroke, Strokes
from viewer.scene.fill import area_mask, fill_area
from viewer.scene.marks import Mark
from viewer.shapes.sketch import Area, Raster, cells_under
from viewer.size import Size

DIMMED = 0.3
"""What is left of a dimmed label's opacity."""
THIN = 1.5
"""Width of thin lines, in pen pixels."""
OWN_PEN = 2.0
"""Width for shapes without area where outlines are switched off, lest they vanish."""
MANY_CORNERS = 20_000
"""Of one label, from which on its areas are filled row by row."""
REACH = 12.0
"""Pen pixels that ink may lie outside a shape's bounds."""
CORNERS = 64
"""The most corners that are marked on a selected label."""


@dataclass(frozen=True, slots=True)
class Pens:
    """How labels are drawn."""

    fill: float = 0.22
    width: float = 2.0
    """Of outlines, in pen pixels; 0 for none."""
    unit: float = 1.0
    """Device pixels to a pen pixel: the screen's ratio, or the scale of a render."""
    corners: bool = False
    """Mark corners and points with small rings."""
    draft: bool = False
    """For a glance at very many labels: hard lines, and of overlapping areas the one in front; five times as fast."""
    exact: bool = False
    """Areas cover precisely the pixels whose centre lies inside; slower."""


def build_overlay(outlines: Outlines, scale: float, region: Region, pens: Pens) -> Canvas:
    """The labels on `region` of the picture seen at `scale` device pixels to an image pixel."""
    canvas: Canvas = np.zeros((region.height, region.width, 4), dtype=np.uint8)
    if canvas.size:
        _Drawing(canvas, outlines, scale, region, pens).draw()
    return canvas


class _Drawing:
    """One building of an overlay: what its steps share."""

    def __init__(self, canvas: Canvas, outlines: Outlines, scale: float, region: Region, pens: Pens) -> None:
        self._canvas, self._outlines, self._scale, self._region, self._pens = canvas, outlines, scale, region, pens
        corner = (region.left, region.top, region.left, region.top)
        self._bounds = outlines.bounds * scale - corner
        self._seen: list[int] = np.flatnonzero(self._in_sight()).tolist()
        self._strokes = Strokes(outlines, self._seen, scale, region, pens.unit, pens.draft)

    def _in_sight(self) -> NDArray[np.bool_]:
        reach = REACH * max(self._pens.unit, self._pens.width * self._pens.unit)
        left, top, right, bottom = self._bounds.T
        across = (left - reach < self._region.width) & (right + reach > 0)
        return across & (top - reach < self._region.height) & (bottom + reach > 0)

    def draw(self) -> None:
        marks = [(i, self._outlines.marks[i]) for i in self._seen]
        rasters = {i: self._raster(mark.sketch.raster) for i, mark in marks if mark.sketch.raster is not None}
        if self._pens.fill > 0:
            for i, mark in marks:
                if mark.sketch.has_area:
                    self._fill(i, mark, rasters.get(i))
        for i, mark in marks:
            if (stencil := rasters.get(i)) is not None and self._pens.width > 0:
                self._raster_outline(mark, stencil)
            if not self._pens.draft:
                self._strokes.draw(self._canvas, self._strokes_of(i, mark))
        if self._pens.draft:
            self._strokes.draw(self._canvas, [stroke for i, mark in marks for stroke in self._strokes_of(i, mark)])
        for _, mark in marks:
            self._dots(mark)

    def _fill(self, i: int, mark: Mark, raster: Stencil | None) -> None:
        colour = ink(mark.colour, self._pens.fill * _opacity(mark))
        if self._pens.exact:
            patch = area_mask(mark.sketch, Size(self._region.right, self._region.bottom), self._scale)
            if patch is not None:
                moved = Stencil(patch.left - self._region.left, patch.top - self._region.top, _bytes(patch.mask))
                _blend(self._canvas, moved, colour)
            return
        areas = self._outlines.parts_of[i].areas
        if areas and self._outlines.weights[i] > MANY_CORNERS:
            self._fill_by_rows(mark, colour)
        elif areas and self._pens.draft:
            self._strokes.fill(self._canvas, areas, colour)
        elif areas:
            left, top, right, bottom = self._bounds[i].tolist()
            box = (math.floor(left) - 1, math.floor(top) - 1, math.ceil(right) + 2, math.ceil(bottom) + 2)
            _blend(self._canvas, self._strokes.area_stencil(areas, *box), colour)
        _blend(self._canvas, raster, colour)

    def _fill_by_rows(self, mark: Mark, colour: Ink) -> None:
        """OpenCV sorts all edges for every row, which takes minutes where hundreds of thousands cross one another."""
        corner = np.array((self._region.left, self._region.top), dtype=np.float64) / self._scale
        size = Size(self._region.width, self._region.height)
        for area in mark.sketch.areas:
            patch = fill_area(Area(tuple(ring - corner for ring in area.rings)), size, self._scale)
            if patch is not None:
                _blend(self._canvas, Stencil(patch.left, patch.top, _bytes(patch.mask)), colour)

    def _raster(self, raster: Raster) -> Stencil | None:
        """The mask on the region's pixels and a few around: nearest cells; where cells are smaller than pixels, any cell."""
        around = math.ceil(REACH * self._pens.unit)
        grid = self._region.grown(around, around)
        rows, columns = raster.mask.shape
        left, across = cells_under(raster.left, raster.cell_width, columns, self._scale, grid.left, grid.right)
        top, down = cells_under(raster.top, raster.cell_height, rows, self._scale, grid.top, grid.bottom)
        if not len(across) or not len(down):
            return None
        if min(raster.cell_width, raster.cell_height) * self._scale < 1 and not self._pens.exact:
            cells = raster.mask[down[0] : down[-1] + 1, across[0] : across[-1] + 1]
            shrunk = opencv().resize(_bytes(cells) * np.uint8(255), (len(across), len(down)), interpolation=3)
            mask = (shrunk > 0).view(np.uint8)
        else:
            mask = _bytes(raster.mask[np.ix_(down, across)])
        return Stencil(left - self._region.left, top - self._region.top, mask)

    def _raster_outline(self, mark: Mark, stencil: Stencil) -> None:
        """A line that follows the mask's pixels, half of it outside, with its halo on both sides."""
        width, around = max(round(self._pens.width * self._pens.unit), 1), max(round(self._pens.unit), 1)
        outside, inside = width // 2, width - width // 2
        pad = outside + around
        mask = np.pad(stencil.mask, pad)
        line = _band(mask, outside, inside)
        beside = _band(mask, outside + around, inside + around) & ~line
        opacity = _opacity(mark)
        for part, colour in ((beside, halo(mark.colour, opacity)), (line, ink(mark.colour, opacity))):
            _blend(self._canvas, Stencil(stencil.left - pad, stencil.top - pad, part), colour)

    def _strokes_of(self, i: int, mark: Mark) -> list[Stroke]:
        pens, opacity = self._pens, _opacity(mark)
        width = pens.width or (0.0 if mark.sketch.has_area else OWN_PEN)
        if width <= 0:
            return []
        parts = self._outlines.parts_of[i]
        look = (width * pens.unit, ink(mark.colour, opacity), halo(mark.colour, opacity))
        strokes = [Stroke(ring, *look) for rings in parts.areas for ring in rings]
        for part, line in parts.lines:
            thick, own = min(THIN, width) if line.thin else width, parsed(line.colour, mark.colour)
            strokes.append(Stroke(part, thick * pens.unit, ink(own, opacity), halo(own, opacity)))
        return strokes

    def _dots(self, mark: Mark) -> None:
        pens = self._pens
        if pens.width > 0 or not mark.sketch.has_area:
            for dot in mark.sketch.dots:
                colour = parsed(dot.colour, mark.colour)
                self._stamp(dot_sprite(dot.mark, colour, pens.unit, _opacity(mark)), dot.x, dot.y)
        if pens.corners and not mark.sketch.dots:  # points speak for themselves, by their form
            ends = [ring for area in mark.sketch.areas for ring in area.rings] + [
                line.points for line in mark.sketch.lines
            ]
            if 0 < sum(len(points) for points in ends) <= CORNERS:
                for x, y in np.concatenate(ends).tolist():
                    self._stamp(corner_sprite(mark.colour, pens.unit), x, y)

    def _stamp(self, sprite: Canvas, x: float, y: float) -> None:
        left = x * self._scale - self._region.left - sprite.shape[1] / 2
        top = y * self._scale - self._region.top - sprite.shape[0] / 2
        if -sprite.shape[1] < left < self._region.width and -sprite.shape[0] < top < self._region.height:
            stamp(self._canvas, sprite, round(left), round(top))


def _opacity(mark: Mark) -> float:
    return DIMMED if mark.dimmed else 1.0


def _bytes(mask: NDArray[np.bool_]) -> NDArray[np.uint8]:
    return np.ascontiguousarray(mask).view(np.uint8)


def _band(mask: NDArray[np.uint8], outside: int, inside: int) -> NDArray[np.uint8]:
    """Around the mask's border: `outside` pixels beyond it and `inside` within."""
    wide = opencv().dilate(mask, np.ones((2 * outside + 1, 2 * outside + 1), np.uint8))
    return wide & ~opencv().erode(mask, np.ones((2 * inside + 1, 2 * inside + 1), np.uint8))


def _blend(canvas: Canvas, stencil: Stencil | None, colour: Ink) -> None:
    """Blend the colour where the stencil says, as far as that is on the canvas."""
    if stencil is None:
        return
    left, top = max(stencil.left, 0), max(stencil.top, 0)
    mask = stencil.mask[top - stencil.top :, left - stencil.left :]
    target = canvas[top : top + mask.shape[0], left : left + mask.shape[1]]
    if target.size:
        blend(target, mask[: target.shape[0], : target.shape[1]], colour)
