"""When frames are shown: the seconds of a frame number and back, for what has a video and for what has none."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from viewer.app.session import Session, shown_frames
from viewer.media.numbering import IN_ORDER, Numbering
from viewer.media.video_index import VideoIndex

STILLS_A_SECOND = 5.0
"""Pace of pictures that have no rate of their own, such as those of an image group."""


@dataclass(frozen=True, slots=True, eq=False)
class Times:
    """Frame numbers, ascending, and when each is shown."""

    frames: Sequence[int]
    rate: float
    """Frames a second, on average."""
    index: VideoIndex | None = None
    """Of the video, whose own times count where it is there."""
    numbering: Numbering = IN_ORDER

    def seconds_of(self, frame: int) -> float:
        """From the first frame of the video, or of what is shown, on."""
        if self.index is None:
            return max(bisect_right(self.frames, frame) - 1, 0) / self.rate
        place = self.numbering.place_of(frame, self.index)
        if 0 <= place < self.index.count:
            # several numbers of a grid share a picture and are told apart by their own times
            on_grid = (frame + self.numbering.offset) / self.numbering.rate
            return float(self.index.seconds[place]) if self.numbering.by == "order" else on_grid
        last = float(self.index.seconds[-1])
        return place / self.rate if place < 0 else last + (place - self.index.count + 1) / self.rate

    def frame_at(self, seconds: float) -> int:
        """The frame that is on show then; the first before the beginning, the last after the end."""
        if self.index is None or self.numbering.by == "grid":
            offset = self.numbering.offset if self.index is not None else 0
            rate = self.numbering.rate if self.index is not None else self.rate
            place = int(np.floor(seconds * rate + 1e-6)) - offset
        else:
            place = int(np.searchsorted(self.index.seconds, seconds + 1e-6, side="right")) - 1 - self.numbering.offset
        return self.frames[min(max(place, 0), len(self.frames) - 1)]


def times_of(session: Session) -> Times | None:
    """Of the unit on screen; None where it has no frames."""
    unit, media, video = session.unit, session.media, session.video
    frames = shown_frames(session)
    if unit is None or not frames:
        return None
    if video is not None and media is not None:
        return Times(frames, video.index.rate or unit.fps or 25.0, video.index, media.numbering_of(unit))
    return Times(frames, unit.fps or STILLS_A_SECOND)


def clock_words(seconds: float) -> str:
    """'0:41.133'."""
    sign, thousandths = ("-" if seconds < 0 else ""), round(abs(seconds) * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    hours, minutes = divmod(minutes, 60)
    head = f"{hours}:{minutes:02}" if hours else f"{minutes}"
    return f"{sign}{head}:{rest // 1000:02}.{rest % 1000:03}"
