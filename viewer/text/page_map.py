"""Characters of a page's content that are shown, and where each stands in the document that shows them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class PageMap:
    """Columns of shape (n,), each ascending."""

    offsets: NDArray[np.int64]
    """Code points of the content before each."""
    positions: NDArray[np.int64]
    """UTF-16 units of the document before each."""
    ends: NDArray[np.int64]
    """And behind it."""

    def shown(self, start: int, end: int) -> tuple[int, int]:
        """Which of the shown characters lie in a range of the content, the second exclusive."""
        first, last = np.searchsorted(self.offsets, [start, end], side="left").tolist()
        return first, last

    def positions_of(self, first: int, last: int) -> tuple[int, int]:
        """Where some of the shown characters begin and end in the document; of none of them, where they would."""
        if not len(self.positions):
            return 0, 0
        if first >= len(self.positions):
            return int(self.ends[-1]), int(self.ends[-1])
        begin = int(self.positions[first])
        return begin, int(self.ends[last - 1]) if last > first else begin

    def within(self, position: int, end: int) -> tuple[int, int]:
        """Which of the shown characters stand in a part of the document, the second exclusive."""
        first, last = np.searchsorted(self.positions, [position, end], side="left").tolist()
        return first, last

    def offset_at(self, position: int) -> int | None:
        """The character of the content at a position; None where words of ours stand."""
        at = int(np.searchsorted(self.positions, position, side="right")) - 1
        return int(self.offsets[at]) if at >= 0 and position < self.ends[at] else None


class MapMaker:
    """Collects what is shown, in order."""

    def __init__(self) -> None:
        self._offsets: list[NDArray[np.int64]] = []
        self._positions: list[NDArray[np.int64]] = []
        self._ends: list[NDArray[np.int64]] = []

    def add(self, text: str, offset: int, position: int) -> None:
        """Words of the content from `offset` on stand at `position`."""
        count = len(text)
        offsets = np.arange(offset, offset + count, dtype=np.int64)
        if text.isascii() or max(text) <= "\uffff":
            positions = np.arange(position, position + count, dtype=np.int64)
            ends = positions + 1
        else:
            codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
            ends = position + np.cumsum(1 + (codes > 0xFFFF), dtype=np.int64)
            positions = np.concatenate([[position], ends[:-1]])
        self._offsets.append(offsets)
        self._positions.append(positions)
        self._ends.append(ends)

    def made(self) -> PageMap:
        none = [np.zeros(0, dtype=np.int64)]
        return PageMap(*(np.concatenate(none + kept) for kept in (self._offsets, self._positions, self._ends)))
