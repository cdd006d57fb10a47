"""Axis: positions in time to columns of pixels and back. What a position is, a frame or a millisecond, is not its business."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from viewer.scene.axis import AxisView

WIDEST = AxisView.CLOSEST
MARGIN = 0.06
"""Of the width, left free on both sides of a stretch that is zoomed to."""


@dataclass(frozen=True, slots=True)
class Axis(AxisView):
    """Positions are whole. Columns are pixels of the screen.

    A column shows the position that its middle lies in, so what is drawn in a column and what a click on it means are
    the same.
    """

    count: int
    width: int

    def middle(self, position: int) -> int:
        """The column in the middle of a position's: where the playhead stands."""
        return int(self.middles(np.array([position]))[0])

    def middles(self, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        """The same of many, shape (n,)."""
        left, right = self.columns(positions, positions + 1)
        return (left + right) // 2

    def cell(self, position: int) -> tuple[int, int]:
        """First column of a position, and the one after its last; at least one, however many share it."""
        left, right = self.columns(np.array([position]), np.array([position + 1]))
        return int(left[0]), int(right[0])

    def columns(
        self, starts: NDArray[np.int64], ends: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """First columns of stretches, and those after their last, both of shape (n,). `ends` are exclusive."""
        begin = (starts - self.first) * self.scale
        # the columns whose middle lies in the stretch
        left = np.ceil(begin - 0.5).astype(np.int64)
        right = np.ceil((ends - self.first) * self.scale - 0.5).astype(np.int64)
        # a stretch that lies between two middles is seen in the column that it lies in
        left = np.where(right > left, left, np.floor(begin).astype(np.int64))
        return left, np.maximum(right, left + 1)

    def position_at(self, column: int) -> int:
        """The position that a column shows."""
        found = math.floor(self.first + (column + 0.5) / self.scale)
        if self.scale >= 1:
            # on the edge of two positions the two ways of reckoning may round apart; what is drawn is what counts
            left, right = self.cell(found)
            found += (column >= right) - (column < left)
        return min(max(found, 0), self.count - 1)

    def seen(self) -> tuple[int, int]:
        """The first position that is seen, and the one after the last."""
        return max(math.floor(self.first), 0), min(math.ceil(self.first + self.span), self.count)

    def shows(self, position: int) -> bool:
        """Whether the middle of a position is in view."""
        return 0 <= self.x_of(position + 0.5) <= self.width

    def showing(self, start: int, end: int) -> Axis:
        """The stretch from `start` to before `end`, as large as goes with some room on both sides."""
        scale = self.allowed(self.width * (1 - 2 * MARGIN) / max(end - start, 1))
        return replace(self, scale=scale, first=(start + end - self.width / scale) / 2).kept_in()

    def following(self, position: int) -> Axis:
        """The nearest view with the position in it: as it is, else the next page, else around the position."""
        if self.shows(position):
            return self
        ahead = position - self.first
        if self.span < ahead < 2 * self.span:
            return replace(self, first=position - MARGIN * self.span).kept_in()
        return replace(self, first=position + 0.5 - self.span / 2).kept_in()
