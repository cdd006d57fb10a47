"""Which pictures stand in the strip of thumbnails, and which are still to be fetched."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Container, Sequence
from dataclasses import dataclass

from viewer.timeline.axis import Axis


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in the strip, in columns, and the position whose picture belongs there."""

    left: float
    width: float
    position: int


def slots_of(axis: Axis, width: float) -> list[Slot]:
    """Places of `width` columns side by side; they move with what they show when the view is panned.

    Positions are taken from a coarse grid, so that a step of zoom asks for few new pictures.
    """
    first, last = axis.seen()
    if axis.scale >= width:
        return [Slot(axis.x_of(at) + (axis.scale - width) / 2, width, at) for at in range(first, last)]
    each = width / axis.scale
    step = 2 ** max(math.floor(math.log2(each / 2)), 0)
    made: list[Slot] = []
    for at in range(math.floor(axis.first / each), math.ceil((axis.first + axis.span) / each)):
        position = min(int((at + 0.5) * each) // step * step, axis.count - 1)
        made.append(Slot(axis.x_of(at * each), width, position))
    return made


def missing(slots: Sequence[Slot], known: Container[int], playhead: int) -> list[int]:
    """Positions without a picture, each once, the nearest to the playhead first."""
    wanted = dict.fromkeys(slot.position for slot in slots if slot.position not in known)
    return sorted(wanted, key=lambda position: abs(position - playhead))


def nearest(known: Sequence[int], position: int, within: float) -> int | None:
    """Of ascending positions with a picture, the one that may stand in for another for a while."""
    at = bisect_left(known, position)
    near = [found for found in known[max(at - 1, 0) : at + 1] if abs(found - position) <= within]
    return min(near, key=lambda found: abs(found - position), default=None)
