"""When frames are shown: the seconds of a frame number and back, for what has a video and for what has none."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from viewer.app.session import Session
from viewer.app.shown_frames import shown_frames
from viewer.media.numbering import IN_ORDER, Numbering
from viewer.media.video_index import VideoIndex

STILLS_A_SECOND = 5.0
"""Pace of pictures that have no rate of their own, such as those of an image group."""

SLICES_A_SECOND = 10.0
"""Pace of slices whose files name none."""


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
        """From the first picture of the video, or from the first frame, on; negative before it."""
        if self.index is None:
            return max(bisect_right(self.frames, frame) - 1, 0) / self.rate
        numbering = self.numbering
        if numbering.by == "grid":
            return (frame + numbering.offset) / numbering.rate
        place, last = numbering.place_of(frame, self.index), self.index.count - 1
        if 0 <= place <= last:
            return float(self.index.seconds[place])
        return place / self.rate if place < 0 else float(self.index.seconds[-1]) + (place - last) / self.rate

    def frame_at(self, seconds: float) -> int:
        """The frame that is on show then; the first before the beginning, the last after the end."""
        wanted = self._place_at(seconds) - (self.numbering.offset if self.index is not None else 0)
        if self.index is None:
            return self.frames[min(max(wanted, 0), len(self.frames) - 1)]
        return self.frames[max(bisect_right(self.frames, wanted) - 1, 0)]

    def _place_at(self, seconds: float) -> int:
        """Counted from the first picture, or place on the grid; as if they went on before and after the video."""
        index, now = self.index, seconds + 1e-6
        if index is None:
            return int(np.floor(now * self.rate))
        if self.numbering.by == "grid":
            return int(np.floor(now * self.numbering.rate))
        last = float(index.seconds[-1])
        if seconds < 0:
            return int(np.floor(now * self.rate))
        if now >= last:
            return index.count - 1 + int(np.floor((now - last) * self.rate))
        return int(np.searchsorted(index.seconds, now, side="right")) - 1


def times_of(session: Session) -> Times | None:
    """Of the unit on screen; None where it has no frames."""
    unit, media, video = session.unit, session.media, session.video
    frames = shown_frames(session)
    if unit is None or not frames:
        return None
    if video is not None and media is not None:
        return Times(frames, video.index.rate or unit.fps or 25.0, video.index, media.numbering_of(unit))
    slices = media.slices_if_open(unit) if media is not None else None
    if slices is not None:
        return Times(frames, slices.rate or SLICES_A_SECOND)
    return Times(frames, unit.fps or STILLS_A_SECOND)


def is_cine(session: Session) -> bool:
    """Whether what is on screen is a film in a DICOM file, of one place at many times, and no stack of slices."""
    unit, media = session.unit, session.media
    slices = media.slices_if_open(unit) if media is not None and unit is not None else None
    return slices is not None and slices.rate is not None


def clock_words(seconds: float) -> str:
    """'0:41.133'."""
    sign, thousandths = ("-" if seconds < 0 else ""), round(abs(seconds) * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    hours, minutes = divmod(minutes, 60)
    head = f"{hours}:{minutes:02}" if hours else f"{minutes}"
    return f"{sign}{head}:{rest // 1000:02}.{rest % 1000:03}"
