"""Sketch: all that can be drawn of a shape, as a handful of primitives in image pixels.

A shape says what it looks like in these words; one painter turns the words into pixels. Bounds, hit tests,
captions and renders follow from the sketch, so none of them knows what a polygon or a skeleton is.

Coordinates are image pixels, origin at the top-left corner of the top-left pixel, y down. A point array is
float64 of shape (n, 2), columns x and y.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from viewer.size import Size

Points = NDArray[np.float64]
DotMark = Literal["disc", "ring", "barred ring", "cross"]
"""How a dot is drawn: what can be seen of its point is told by form, not by colour."""
DOT_STATES: dict[DotMark, str] = {
    "disc": "visible",
    "ring": "occluded",
    "barred ring": "self-occluded",
    "cross": "invisible",
}
"""What each says of its point, in a reviewer's words."""


class Bounds(NamedTuple):
    """The smallest upright rectangle around something: left, top, right, bottom in image pixels."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def area(self) -> float:
        return self.width * self.height


@dataclass(frozen=True, slots=True)
class Area:
    """A filled region: rings, even-odd among themselves. The first is the outer one; holes follow. Drawn with its outline."""

    rings: tuple[Points, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """An open line, or a closed one without an area; `colour` '#rrggbb' overrides the label's; dashed says hidden or far."""

    points: Points
    closed: bool = False
    colour: str | None = None
    dashed: bool = False
    thin: bool = False
    """Drawn 1.5 px wide whatever the chosen line width: bones of a skeleton, far edges of a cuboid."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A point that keeps its size on screen."""

    x: float
    y: float
    mark: DotMark = "disc"
    name: str = ""
    colour: str | None = None


@dataclass(frozen=True, slots=True)
class Raster:
    """A mask. `mask` is bool (rows, columns), cut to what is set; its cell (0, 0) starts at `left`, `top`.

    One cell covers `cell_width` x `cell_height` image pixels: 1 x 1 unless the mask was made for another frame size.
    """

    mask: NDArray[np.bool_]
    left: float
    top: float
    cell_width: float = 1.0
    cell_height: float = 1.0

    def on_frame(self, frame: Size, scale: float = 1.0) -> tuple[int, int, NDArray[np.bool_]]:
        """(left, top, mask) in whole pixels of a frame of `frame` pixels, `scale` of them to an image pixel.

        A pixel is set where its centre lies in a set cell.
        """
        rows, columns = self.mask.shape
        left, across = cells_under(self.left, self.cell_width, columns, scale, 0, frame.width)
        top, down = cells_under(self.top, self.cell_height, rows, scale, 0, frame.height)
        if (self.cell_width, self.cell_height, scale) == (1.0, 1.0, 1.0) and (len(down), len(across)) == (
            rows,
            columns,
        ):
            return left, top, self.mask
        return left, top, self.mask[np.ix_(down, across)]

    def stretched(self, across: float, down: float) -> Raster:
        """The same cells, so many times as wide and as high."""
        left, top = self.left * across, self.top * down
        return Raster(self.mask, left, top, self.cell_width * across, self.cell_height * down)


@dataclass(frozen=True)
class Sketch:
    """What one label looks like on one frame."""

    areas: tuple[Area, ...] = ()
    """Their union is the label's area."""
    lines: tuple[Line, ...] = ()
    dots: tuple[Dot, ...] = ()
    raster: Raster | None = None

    @property
    def has_area(self) -> bool:
        return bool(self.areas) or self.raster is not None

    @cached_property
    def bounds(self) -> Bounds | None:
        """Around everything drawn; None where there is nothing to draw (an empty mask)."""
        parts = [ring for area in self.areas for ring in area.rings if len(ring)]
        parts += [line.points for line in self.lines if len(line.points)]
        if self.dots:
            parts.append(np.array([(dot.x, dot.y) for dot in self.dots], dtype=np.float64))
        if self.raster is not None and self.raster.mask.size:
            mask = self.raster
            rows, columns = mask.mask.shape
            right, bottom = mask.left + columns * mask.cell_width, mask.top + rows * mask.cell_height
            parts.append(np.array([(mask.left, mask.top), (right, bottom)], dtype=np.float64))
        if not parts:
            return None
        every = parts[0] if len(parts) == 1 else np.concatenate(parts)
        return Bounds(*every.min(axis=0).tolist(), *every.max(axis=0).tolist())

    def stretched(self, across: float, down: float) -> Sketch:
        """The same seen so many times as wide and as high: circles become ellipses, right angles may open or close."""
        by, raster = np.array((across, down)), self.raster
        return Sketch(
            areas=tuple(Area(tuple(ring * by for ring in area.rings)) for area in self.areas),
            lines=tuple(replace(line, points=line.points * by) for line in self.lines),
            dots=tuple(replace(dot, x=dot.x * across, y=dot.y * down) for dot in self.dots),
            raster=raster and raster.stretched(across, down),
        )


def cells_under(
    start: float, cell: float, count: int, scale: float, low: int, high: int
) -> tuple[int, NDArray[np.intp]]:
    """Along one axis: the first pixel of [low, high) whose centre lies in one of `count` cells, and its and the next ones' cells.

    The cells begin at image coordinate `start` and are `cell` image pixels long; pixels are `scale` to an image pixel.
    """
    first, after = pixels_between(start * scale, (start + count * cell) * scale, low, high)
    cells = np.floor(((np.arange(first, after) + 0.5) / scale - start) / cell).astype(np.intp)
    return first, np.clip(cells, 0, count - 1)


def pixels_between(begin: float, end: float, low: int, high: int) -> tuple[int, int]:
    """First pixel and pixel after the last of [low, high) whose centres lie in [begin, end)."""
    first, after = math.ceil(max(begin, low) - 0.5), math.ceil(min(end, high) - 0.5)
    return max(first, low), max(after, low)
