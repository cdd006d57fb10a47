"""A sound read by several heads: each goes on where it stopped, so that who reads on never waits for who jumps."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

HEADS = 3
"""Open at once: for the overview, for playing, and for looking around."""
WHOLE = 1 / 32768
"""What a whole number of 16 bits is worth."""


class SoundFacts:
    """What is known of a sound; grows while it is read. Safe in several threads."""

    def __init__(self, rate: int, channels: int, count: int, notes: tuple[str, ...] = ()) -> None:
        self.rate, self.channels, self.count = rate, channels, max(0, count)
        self.is_counted = False
        """Whether `count` is what the file holds, not what its header claims."""
        self.is_claimed = True
        """Whether the file itself says how long it is; else `count` was a guess."""
        self.notes = notes
        self._warnings: dict[str, str] = {}
        self._lock = threading.Lock()

    @property
    def warnings(self) -> tuple[str, ...]:
        with self._lock:
            return tuple(self._warnings.values())

    def warn(self, what: str, sentence: str) -> None:
        """Say something once; the first sentence about `what` stays."""
        with self._lock:
            self._warnings.setdefault(what, sentence)

    def ends_at(self, count: int) -> None:
        """The file was read to its end."""
        with self._lock:
            self.count, self.is_counted = count, True
        if not count:
            self.warn("empty", "the file holds no samples")

    def seconds(self, sample: float) -> str:
        """'1,234.5 s', for sentences."""
        return f"{sample / self.rate:,.3f}".rstrip("0").rstrip(".") + " s"


class Head(Protocol):
    """One place in an opened file. Not for several threads at once."""

    @property
    def position(self) -> int:
        """The sample that it gives without a search."""
        ...

    def read(self, start: int, end: int) -> NDArray[Any]:
        """Shape (n, channels), float32, or int16 where the file's own numbers fit; fewer than asked for at the end of
        the file only. Raises ViewerError."""
        ...

    def close(self) -> None: ...


class HeadSound:
    """A `Sound` of heads."""

    def __init__(self, facts: SoundFacts, open_head: Callable[[], Head], first: Head) -> None:
        self._facts, self._open_head = facts, open_head
        self._idle: list[Head] = [first]
        """The one used last stands last."""
        self._busy = 0
        self._is_closed = False
        self._freed = threading.Condition()

    @property
    def rate(self) -> int:
        return self._facts.rate

    @property
    def channels(self) -> int:
        return self._facts.channels

    @property
    def count(self) -> int:
        """What the header claims until the end was met, from then on what the file holds."""
        return self._facts.count

    @property
    def notes(self) -> tuple[str, ...]:
        return self._facts.notes

    @property
    def warnings(self) -> tuple[str, ...]:
        return self._facts.warnings

    def samples(self, start: int, end: int) -> NDArray[np.float32]:
        """From `start` to before `end`, clipped to the file, shape (channels, n). Raises ViewerError."""
        found = self.interleaved(start, end)
        made = np.ascontiguousarray(found.T, dtype=np.float32)
        if found.dtype == np.int16:
            made *= np.float32(WHOLE)
        return made

    def interleaved(self, start: int, end: int) -> NDArray[Any]:
        """The same with shape (n, channels); int16, in 32,768ths, where nothing is lost by that. Raises ViewerError."""
        start = max(0, start)
        if self._facts.is_counted:
            end = min(end, self._facts.count)
        if end <= start:
            return np.zeros((0, self.channels), np.float32)
        with self._head_at(start) as head:
            found = head.read(start, end)
        if found.dtype == np.float32:
            self._look_for_gaps(found, start)
        return found

    def close(self) -> None:
        """Reads under way finish, and close what they read with."""
        with self._freed:
            self._is_closed = True
            idle, self._idle = self._idle, []
        for head in idle:
            head.close()

    @contextmanager
    def _head_at(self, start: int) -> Generator[Head]:
        head = self._taken(start)
        try:
            yield head
        finally:
            with self._freed:
                self._busy -= 1
                is_kept = not self._is_closed
                if is_kept:
                    self._idle.append(head)
                self._freed.notify()
            if not is_kept:
                head.close()

    def _taken(self, start: int) -> Head:
        """The head that stands there, else a new one, else the one that was used longest ago."""
        with self._freed:
            while True:
                here = next((head for head in self._idle if head.position == start), None)
                is_full = self._busy + len(self._idle) >= HEADS
                if here is None and is_full and self._idle:
                    here = self._idle[0]
                if here is not None:
                    self._idle.remove(here)
                if here is not None or not is_full:
                    self._busy += 1
                    break
                self._freed.wait()
        if here is not None:
            return here
        try:
            return self._open_head()
        except BaseException:
            with self._freed:
                self._busy -= 1
                self._freed.notify()
            raise

    def _look_for_gaps(self, found: NDArray[np.float32], start: int) -> None:
        # one sum tells in one pass whether there is any
        with np.errstate(invalid="ignore", over="ignore"):
            total = found.sum()
        if np.isnan(total) and np.isnan(found).any():
            first = start + int(np.flatnonzero(np.isnan(found).any(axis=1))[0])
            what = (
                f"some samples are no numbers (NaN), the first at {self._facts.seconds(first)}; they are drawn as gaps"
            )
            self._facts.warn("gaps", what)
