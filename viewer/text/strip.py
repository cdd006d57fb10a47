"""The whole of a text as a strip: one row a class, positions to pixels and back, bars to columns. Without Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from viewer.scene.axis import AxisView
from viewer.scene.coverage import joined
from viewer.scene.stretches import Stretches, StretchLabel

ROW = 20
RULER = 20
NAMES = 150
"""Width of the names at the left."""
BAR_TOP, BAR = 4, 12
LEAST_BAR = 3


@dataclass(frozen=True, slots=True, eq=False)
class StripRow:
    """The ranges of a class; or a classification of the whole text."""

    title: str
    label: StretchLabel
    """Its first one, of which it has the colour."""
    keys: NDArray[np.intp]
    """Columns of `Stretches`, ascending."""
    is_whole: bool = False


def rows_of(stretches: Stretches) -> tuple[StripRow, ...]:
    """Classes in order of appearance, then classifications of the whole text."""
    by_class: dict[str, list[int]] = {}
    for at, label in enumerate(stretches.labels):
        if not label.is_whole:
            by_class.setdefault(label.feature_hash, []).append(at)
    rows: list[StripRow] = []
    for owners in by_class.values():
        first = stretches.labels[owners[0]]
        rows.append(StripRow(first.name, first, np.flatnonzero(np.isin(stretches.owners, owners))))
    none = np.zeros(0, dtype=np.intp)
    for label in stretches.labels:
        if label.is_whole:
            words = label.words
            rows.append(StripRow(f"{label.name}: {words}" if words else label.name, label, none, is_whole=True))
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class StripAxis(AxisView):
    """Positions are characters."""

    count: int

    CLOSEST: ClassVar[float] = 24.0

    def offset_at(self, x: float) -> int:
        return min(max(int(self.first + x / self.scale), 0), self.count)

    def showing(self, offset: float) -> StripAxis:
        """With an offset in view; as it is where it is seen already."""
        if self.first <= offset <= self.first + self.span:
            return self
        return replace(self, first=offset - self.span / 2).kept_in()


def columns_of(
    starts: NDArray[np.float64], ends: NDArray[np.float64], axis: StripAxis
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First pixels of ranges and those after their last, of shape (n,); none is narrower than can be seen."""
    lefts = np.floor((starts - axis.first) * axis.scale).astype(np.int64)
    rights = np.ceil((ends - axis.first) * axis.scale).astype(np.int64)
    return lefts, np.maximum(rights, lefts + LEAST_BAR)


def merged(lefts: NDArray[np.int64], rights: NDArray[np.int64], width: int) -> list[tuple[int, int]]:
    """Pixels on which there is something, as runs in view, however many bars make them up."""
    parts = np.clip(np.stack([lefts, rights], axis=1), 0, width).astype(np.float64)
    return [(int(left), int(right)) for left, right in joined(parts).tolist()]


def density(starts: NDArray[np.float64], axis: StripAxis, bins: int) -> NDArray[np.int64]:
    """How many ranges begin in each of `bins` equal parts of what is in view."""
    found, _ = np.histogram(starts, bins=bins, range=(axis.first, axis.first + axis.span))
    return found
