"""Where a unit has labels and how many, as one bar a column."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from viewer.timeline.axis import Axis


class Density:
    """The number of labels on each position."""

    def __init__(self, counts: NDArray[np.int64]) -> None:
        """`counts`: shape (positions,)."""
        self.counts = counts
        self.most = int(counts.max()) if len(counts) else 0

    def heights(self, axis: Axis) -> NDArray[np.float64]:
        """0 to 1 for each column, shape (axis.width,): the fullest of its positions, so that none is lost between pixels."""
        if not self.most:
            return np.zeros(axis.width)
        low, high = self._bounds(axis)
        # an empty stretch would read past its end, so each is at least one long
        inside = np.append(self.counts, 0)
        edges = np.column_stack((low, high)).ravel()
        fullest = np.maximum.reduceat(inside, edges)[::2]
        return np.sqrt(fullest / self.most)

    def fullest(self, axis: Axis, column: int) -> int:
        """The position that a column's bar tells of: that with the most labels, else the one in its middle."""
        low, high = self._bounds(axis)
        column = min(max(column, 0), axis.width - 1)
        part = self.counts[low[column] : high[column]]
        if len(part) < 2 or not part.any():
            return axis.position_at(column)
        return int(low[column] + np.argmax(part))

    def _bounds(self, axis: Axis) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """First and exclusive last position of each column, at least one."""
        columns = np.arange(axis.width)
        if axis.scale >= 1:
            low = np.floor(axis.first + (columns + 0.5) / axis.scale).astype(np.int64)
            low = np.clip(low, 0, axis.count - 1)
            return low, low + 1
        edges = np.floor(axis.first + np.arange(axis.width + 1) / axis.scale).astype(np.int64)
        low = np.clip(edges[:-1], 0, axis.count - 1)
        return low, np.maximum(np.clip(edges[1:], 0, axis.count), low + 1)
