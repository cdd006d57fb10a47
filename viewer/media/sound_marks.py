"""Which sample a timestamp stands for, in sounds that FFmpeg reads."""

from __future__ import annotations

import bisect
import threading
from fractions import Fraction


class Marks:
    """Samples that were counted from the beginning, and the timestamps of the frames they begin. Shared by all heads of
    a sound; safe in several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stamps: list[int] = []
        self._samples: list[int] = []
        self.is_even = False
        """Whether timestamps count samples, so that they tell numbers beyond what was counted too."""
        self._origin, self._ticks = 0, 1
        """The timestamp of sample 0, and ticks of one sample."""

    def start(self, stamp: int | None, tick: Fraction) -> None:
        """The timestamp of the first frame, and how many samples a tick is."""
        if stamp is not None:
            self._origin, self._ticks = stamp, tick.denominator
            self.is_even = tick.numerator == 1

    def counted(self, stamp: int, sample: int, distance: int) -> None:
        """A frame that begins with this sample; kept where it lies `distance` beyond the last one."""
        with self._lock:
            if not self._samples or (sample >= self._samples[-1] + distance and stamp > self._stamps[-1]):
                self._stamps.append(stamp)
                self._samples.append(sample)
            if self.is_even and self.by_stamp(stamp) != sample:
                self.is_even = False

    def before(self, sample: int) -> tuple[int, int] | None:
        """Timestamp and number of the last one kept at or before a sample."""
        with self._lock:
            at = bisect.bisect_right(self._samples, sample) - 1
            return (self._stamps[at], self._samples[at]) if at >= 0 else None

    def last(self) -> int:
        """The farthest sample that was kept."""
        with self._lock:
            return self._samples[-1] if self._samples else 0

    def by_stamp(self, stamp: int) -> int:
        """The sample of a timestamp, where they are even."""
        return (stamp - self._origin) // self._ticks

    def stamp_of(self, sample: int) -> int:
        """The timestamp of a sample, where they are even."""
        return self._origin + sample * self._ticks
