"""Where a unit has labels: frames to columns of pixels and back, numpy only."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

CELL_FROM = 4.0
"""Pixels that a frame must have to be drawn as a cell of its own."""
WIDEST = 24.0
NARROWEST = 2.0


class Density:
    """Frames side by side over a width. Places count the frames in their order, whatever their numbers."""

    def __init__(self, frames: NDArray[np.int64], counts: NDArray[np.int64]) -> None:
        """`frames`: the numbers of all frames, ascending, shape (n,); `counts`: labels on each, shape (n,)."""
        self.frames = frames
        self.counts = counts
        self.most = int(counts.max()) if len(counts) else 0

    def __len__(self) -> int:
        return len(self.frames)

    def place_of(self, frame: int) -> int:
        """The place of a frame, or of the nearest one before it."""
        return max(0, int(np.searchsorted(self.frames, frame, side="right")) - 1)

    def place_at(self, x: float, width: float) -> int:
        """The place under a pixel."""
        return min(max(int(x * len(self) / max(width, 1.0)), 0), max(len(self) - 1, 0))

    def x_of(self, place: int, width: float) -> float:
        """The middle of a place's stretch of pixels."""
        return (place + 0.5) * width / max(len(self), 1)

    def bars(self, width: int) -> list[tuple[float, float, float]]:
        """(left, width, height 0 to 1) of what is labelled. A labelled frame is never lost between pixels.

        Many frames share a column, which shows the fullest of them; few frames are cells with a gap.
        """
        if not self.most or width <= 0:
            return []
        cell = width / len(self)
        heights = np.sqrt(self.counts / self.most)
        if cell >= CELL_FROM:
            wide = min(cell - 1.0, WIDEST)
            return [((at + 0.5) * cell - wide / 2, wide, float(heights[at])) for at in np.flatnonzero(self.counts)]
        columns = (np.arange(len(self)) * width) // len(self)
        tallest = np.zeros(width)
        np.maximum.at(tallest, columns, heights)
        return [(float(at), NARROWEST, float(tallest[at])) for at in np.flatnonzero(tallest)]
