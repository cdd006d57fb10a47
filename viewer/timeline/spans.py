"""Spans: stretches of many rows as flat columns, and the runs of pixels that some of these rows need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from viewer.scene.runs import Columns, Runs, widened
from viewer.timeline.axis import Axis

SMALLEST, COARSER = 2, 4
"""Below how many positions gaps are closed first, and how much larger they are on each further level."""


@dataclass(frozen=True, eq=False)
class Spans:
    """Stretches row after row, each row's ascending and apart from one another."""

    starts: Columns
    """Shape (n,)."""
    ends: Columns
    """Exclusive, shape (n,)."""
    offsets: Columns
    """Where each row's stretches begin, shape (rows + 1,)."""
    kinds: Columns | None = None
    """Only stretches of one kind become one, shape (n,); None: all are alike."""
    origin: Columns | None = None
    """Where gaps are closed: the first stretch of the original that each holds, shape (n,)."""

    @classmethod
    def of(cls, rows: Sequence[NDArray[np.int64]], kinds: Columns | None = None) -> Spans:
        """From one array of shape (stretches, 2) a row."""
        flat = np.concatenate([np.zeros((0, 2), dtype=np.int64), *rows])
        offsets = np.cumsum([0, *map(len, rows)], dtype=np.int64)
        return cls(np.ascontiguousarray(flat[:, 0]), np.ascontiguousarray(flat[:, 1]), offsets, kinds)

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def of_row(self, row: int) -> tuple[Columns, Columns]:
        """Starts and exclusive ends of one row."""
        part = slice(self.offsets[row], self.offsets[row + 1])
        return self.starts[part], self.ends[part]

    def covering(self, row: int, position: int) -> int | None:
        """The stretch of a row that holds a position, as its place in the columns."""
        starts, ends = self.of_row(row)
        at = int(np.searchsorted(starts, position, side="right")) - 1
        return int(self.offsets[row]) + at if at >= 0 and position < ends[at] else None

    def nearest(self, row: int, position: int) -> int | None:
        """The position of a row's stretches that is nearest to one; None for a row without any."""
        starts, ends = self.of_row(row)
        if not len(starts):
            return None
        at = max(int(np.searchsorted(starts, position, side="right")) - 1, 0)
        near = [min(max(position, int(starts[i])), int(ends[i]) - 1) for i in (at, at + 1) if i < len(starts)]
        return min(near, key=lambda found: abs(found - position))

    def seen(self, rows: Sequence[int], axis: Axis) -> tuple[NDArray[np.int64], Columns]:
        """Stretches of some rows that an axis shows: places in the columns, and which of `rows` each is of."""
        first, last = axis.seen()
        parts: list[NDArray[np.int64]] = []
        for row in rows:
            starts, ends = self.of_row(row)
            begin = int(self.offsets[row])
            low, high = np.searchsorted(ends, first, side="right"), np.searchsorted(starts, last, side="left")
            parts.append(np.arange(begin + low, begin + max(low, high), dtype=np.int64))
        lengths = [len(part) for part in parts]
        none = np.zeros(0, dtype=np.int64)
        return np.concatenate([none, *parts]), np.repeat(np.arange(len(parts)), lengths)

    @cached_property
    def coarser(self) -> tuple[tuple[int, Spans], ...]:
        """The same with gaps below a number of positions closed: (gap, spans), the gaps growing, the spans fewer."""
        made: list[tuple[int, Spans]] = []
        gap, known = SMALLEST, self
        while len(known.starts) > 4 * len(self) and gap < 1 << 40:
            fewer = known.closed(gap)
            if len(fewer.starts) < 0.7 * len(known.starts):
                made.append((gap, fewer))
                known = fewer
            gap *= COARSER
        return tuple(made)

    def closed(self, gap: int) -> Spans:
        """Stretches of a row that are less than `gap` apart as one."""
        if not len(self.starts):
            return self
        apart = np.ones(len(self.starts), dtype=np.bool_)
        apart[1:] = self.starts[1:] - self.ends[:-1] >= gap
        if self.kinds is not None:
            apart[1:] |= self.kinds[1:] != self.kinds[:-1]
        begins = self.offsets[:-1][np.diff(self.offsets) > 0]
        apart[begins] = True
        places = np.flatnonzero(apart)
        lasts = np.append(places[1:], len(self.starts)) - 1
        kinds = self.kinds[places] if self.kinds is not None else None
        origin = self.origin[places] if self.origin is not None else places
        return Spans(self.starts[places], self.ends[lasts], np.searchsorted(places, self.offsets), kinds, origin)

    def for_scale(self, scale: float) -> Spans:
        """As coarse as goes unseen at so many columns a position."""
        return next((spans for gap, spans in reversed(self.coarser) if gap * scale <= 1), self)


def runs_of(spans: Spans, rows: Sequence[int], axis: Axis, least: int) -> Runs:
    """What `rows` of `spans` cover; those narrower than `least` columns grow into the gaps beside them, never over them."""
    known = spans.for_scale(axis.scale)
    places, owners = known.seen(rows, axis)
    lefts, rights = axis.columns(known.starts[places], known.ends[places])
    if not len(places):
        return Runs(owners, lefts, rights)
    apart = np.ones(len(places), dtype=np.bool_)
    apart[1:] = (lefts[1:] > rights[:-1]) | (owners[1:] != owners[:-1])
    firsts = np.flatnonzero(apart)
    lasts = np.append(firsts[1:], len(places)) - 1
    return widened(Runs(owners[firsts], lefts[firsts], rights[lasts]), least)
