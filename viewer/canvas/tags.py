"""Tags: which words are to stand beside which label, before there is a place for them. No Qt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from viewer.canvas.outlines import Outlines
from viewer.canvas.region import Region
from viewer.scene.marks import Colour, Mark
from viewer.shapes.sketch import Bounds, Sketch

BESIDE_DOT, BESIDE_LINE = 5.0, 1.0
"""Pen pixels from the middle of a dot or line to where words may begin."""
NAMES: Colour = (34, 36, 40)
"""Of the chips for points' names: quiet, for there are many and the colours are told by the points."""


class Tag(NamedTuple):
    text: str
    colour: Colour
    flagged: bool
    faint: bool
    anchor: Bounds
    """What it stands beside, in device pixels from the picture's corner."""
    dot_instead: bool
    """Without room for it, a dot says that there is something to read."""


def tags(
    outlines: Outlines,
    scale: float,
    within: Region,
    seen: Region,
    unit: float,
    first: str | None = None,
    name_points: bool = False,
) -> list[Tag]:
    """Captions of the labels within a region, of label `first` before all others, then those in front; then names of points.

    `seen` is the part of the region that is in the viewport.
    """
    left, top, right, bottom = (outlines.bounds * scale).T
    near = (right > within.left) & (left < within.right) & (bottom > within.top) & (top < within.bottom)
    marks = [outlines.marks[i] for i in np.flatnonzero(near)[::-1].tolist()]
    marks.sort(key=lambda mark: mark.object_hash != first)
    found = [caption_tag(mark, scale, seen, unit) for mark in marks if mark.caption or mark.flagged]
    if name_points:
        found += [tag for mark in marks for tag in _names(mark, scale, unit)]
    return [tag for tag in found if tag is not None]


def caption_tag(mark: Mark, scale: float, seen: Region, unit: float) -> Tag | None:
    """The caption, beside the label as it is drawn: an area's whole, of lines and points the uppermost point."""
    bounds = mark.sketch.bounds
    if bounds is None:
        return None
    if not mark.sketch.has_area:
        x, y = _uppermost(mark.sketch)
        if seen.left < x * scale < seen.right and seen.top < y * scale < seen.bottom:
            bounds = Bounds(x, y, x, y)
    reach = (BESIDE_DOT if mark.sketch.dots else BESIDE_LINE) * unit
    left, top, right, bottom = (edge * scale for edge in bounds)
    anchor = Bounds(left - reach, top - reach, right + reach, bottom + reach)
    return Tag(mark.caption, mark.colour, mark.flagged, mark.dimmed, anchor, mark.sketch.has_area)


def _uppermost(sketch: Sketch) -> tuple[float, float]:
    points = [(dot.x, dot.y) for dot in sketch.dots]
    for line in sketch.lines:
        if len(line.points):
            x, y = line.points[line.points[:, 1].argmin()].tolist()
            points.append((x, y))
    return min(points, key=lambda point: point[1])


def _names(mark: Mark, scale: float, unit: float) -> Iterator[Tag]:
    reach = BESIDE_DOT * unit
    for dot in mark.sketch.dots:
        if dot.name:
            x, y = dot.x * scale, dot.y * scale
            around = Bounds(x - reach, y - reach, x + reach, y + reach)
            yield Tag(dot.name, NAMES, False, mark.dimmed, around, False)
