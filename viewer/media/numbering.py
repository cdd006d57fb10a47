"""How frame numbers of an export address the pictures of a video."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from viewer.media.video_index import VideoIndex

By = Literal["order", "grid"]
SLACK = 1e-4
"""Seconds by which a picture may begin after its place on the grid, as timestamps are rounded."""


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
        time = frame / self.rate
        if time > self._end(index):
            return index.count
        return int(np.searchsorted(index.seconds, time + SLACK, side="right")) - 1

    def count(self, index: VideoIndex) -> int:
        """Numbers from 0 on that have a picture at their end."""
        if self.by == "order":
            return max(index.count - self.offset, 0)
        return max(int(np.floor(self._end(index) * self.rate + SLACK)) + 1 - self.offset, 0)

    def number_of(self, place: int, index: VideoIndex) -> int:
        """The first frame number that shows a picture, or would."""
        if self.by == "order":
            return place - self.offset
        place = min(max(place, 0), index.count - 1)
        return int(np.ceil(index.seconds[place] * self.rate - SLACK * self.rate)) - self.offset

    def _end(self, index: VideoIndex) -> float:
        """When the last picture ends, if it lasts as long as the one before."""
        seconds = index.seconds
        last = float(seconds[-1])
        return last + (float(seconds[-1] - seconds[-2]) if index.count > 1 else 0.0) - SLACK


IN_ORDER = Numbering()
