"""Where captions stand: beside their labels, none over another; those without room are left out."""

from __future__ import annotations

import math
from collections.abc import Sequence

from viewer.shapes.sketch import Bounds

GAP = 2.0
"""Pixels between a caption and its label, and at least between captions."""
ROW = 2
"""Pixels of height that one row of the occupancy map stands for."""


class _Room:
    """What is taken: for every few rows of pixels one integer, a bit of it for every column of pixels."""

    def __init__(self, within: Bounds) -> None:
        self._left, self._top = math.floor(within.left), math.floor(within.top)
        self._rows = [0] * (math.ceil((within.bottom - self._top) / ROW) + 1)

    def take(self, left: float, top: float, width: float, height: float) -> bool:
        """Takes the rectangle if all of it is free. It must lie within."""
        begin, end = math.floor(left) - self._left, math.ceil(left + width + GAP) - self._left
        bits = ((1 << (end - begin)) - 1) << begin
        first, last = int(top - self._top) // ROW, int(top + height + GAP - self._top) // ROW
        rows = range(first, min(last + 1, len(self._rows)))
        if any(self._rows[row] & bits for row in rows):
            return False
        for row in rows:
            self._rows[row] |= bits
        return True


def place_captions(
    anchors: Sequence[Bounds], chips: Sequence[tuple[float, float]], within: Bounds, seen: Bounds | None = None
) -> list[tuple[float, float] | None]:
    """The top-left corner for each caption; None for those without room, which are better shown as a dot.

    `anchors` are the labels' bounds and `chips` the captions' widths and heights, both in the pixels of `within`,
    the rectangle to stay inside; the first in the list get the best places. Captions of labels that reach into
    `seen`, a part of `within`, stay inside that. The result depends on nothing else, so captions stay where they
    are for as long as the rectangles and the zoom do.
    """
    room = _Room(within)
    places: list[tuple[float, float] | None] = []
    for anchor, (width, height) in zip(anchors, chips, strict=True):
        box = seen if seen is not None and _meet(anchor, seen) else within
        places.append(_place(room, anchor, width, height, box))
    return places


def _meet(one: Bounds, other: Bounds) -> bool:
    across = one.left < other.right and one.right > other.left
    return across and one.top < other.bottom and one.bottom > other.top


def _place(room: _Room, anchor: Bounds, width: float, height: float, within: Bounds) -> tuple[float, float] | None:
    left, top = max(anchor.left, within.left), max(anchor.top, within.top)
    right, bottom = min(anchor.right, within.right), min(anchor.bottom, within.bottom)
    if left > right or top > bottom or width > within.width or height > within.height:
        return None
    furthest = within.right - width
    aligned = min(left, furthest)
    for x, y in (
        (aligned, top - height - GAP),
        (aligned, bottom + GAP),
        (aligned, top + GAP),
        (right + GAP, top),
        (left - width - GAP, top),
        (max(right - width, within.left), top - height - GAP),
        (max(right - width, within.left), bottom + GAP),
    ):
        fits = within.left <= x <= furthest and within.top <= y <= within.bottom - height
        if fits and room.take(x, y, width, height):
            return x, y
    return None
