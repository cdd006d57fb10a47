"""Course: which sample is heard when. One rule for the clock, for the device and for what is sent to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Course:
    """From one sample to before another, faster or slower, once; or then round and round through a part.

    Time is counted in frames: samples of all channels that are put out, as many a second as the sound has.
    """

    start: int
    end: int
    """Exclusive; of a loop the end of its part."""
    speed: float = 1.0
    again_from: int | None = None
    """Where a loop goes on after its end."""

    @property
    def first_frames(self) -> int:
        """Frames until the end is reached for the first time."""
        return frames_of(self.start, self.end, self.speed)

    @property
    def frames(self) -> int | None:
        """All frames; None for a loop, which never ends."""
        return self.first_frames if self.again_from is None else None

    def source_of(self, frame: float) -> float:
        """The sample that is heard in a frame."""
        first = self.first_frames
        if frame < first or self.again_from is None:
            return min(self.start + max(frame, 0) * self.speed, self.end)
        lap = frames_of(self.again_from, self.end, self.speed)
        return min(self.again_from + (frame - first) % lap * self.speed, self.end)

    def laps(self) -> Iterator[tuple[int, int]]:
        """Stretches of the sound that follow one another."""
        yield self.start, self.end
        while self.again_from is not None:
            yield self.again_from, self.end


def frames_of(start: int, end: int, speed: float) -> int:
    """How many frames a stretch of the sound takes; one at least, so that no loop stands still."""
    return max(round((end - start) / speed), 1)
