"""How frame numbers of an export address the pictures of a video."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from viewer.media.video_index import VideoIndex

By = Literal["order", "grid"]
MOST_ROUNDED = 0.0005
"""Seconds by which timestamps of containers that count milliseconds are rounded."""
SLACK = 0.0001


@dataclass(frozen=True, slots=True)
class Numbering:
    """Number n is the n-th picture in the order of presentation; or the one that is seen n / rate seconds on."""

    by: By = "order"
    rate: float = 25.0
    """Frames a second of the grid."""
    offset: int = 0
    """Added to the number first."""

    def place_of(self, frame: int, index: VideoIndex) -> int:
        """The picture, counted from 0, of a frame number; outside of 0 to count - 1 where there is none."""
        frame += self.offset
        if self.by == "order" or frame < 0:
            return frame
        time = frame / self.rate + _slack(index)
        if time >= _end(index):
            return index.count
        return int(np.searchsorted(index.seconds, time, side="right")) - 1

    def count(self, index: VideoIndex) -> int:
        """Numbers from 0 on that have a picture at their end."""
        if self.by == "order":
            return max(index.count - self.offset, 0)
        return max(int(np.ceil((_end(index) - _slack(index)) * self.rate)) - self.offset, 0)


def _slack(index: VideoIndex) -> float:
    """Seconds by which a picture may begin after its place on the grid, as timestamps are rounded."""
    return min(index.tick / 2, MOST_ROUNDED) + SLACK


def _end(index: VideoIndex) -> float:
    """When the last picture ends, if it lasts as long as the others do on average."""
    last = float(index.seconds[-1])
    step = last / (index.count - 1) if index.count > 1 else 0.0
    return last + (step or 1.0 / (index.rate or 25.0))


IN_ORDER = Numbering()
