"""Literal search in a text, without regard to case."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

CURRENT, OTHERS = 0.55, 0.25
"""How strong the ground is behind the place that is looked at, and behind the others."""
MOST = 100_000
"""Places that are counted; nobody walks through more."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where some words occur, as code points, ascending; those of a long list only so far."""

    starts: tuple[int, ...] = ()
    length: int = 0

    def near(self, offset: int) -> int:
        """The first place at an offset or after it, the first of all where none follows."""
        at = bisect_left(self.starts, offset)
        return at if at < len(self.starts) else 0

    def spans_on(self, start: int, end: int) -> list[tuple[int, int]]:
        """Places that share something with a stretch."""
        first = bisect_left(self.starts, start - self.length + 1)
        return [(at, at + self.length) for at in self.starts[first : bisect_left(self.starts, end)]]

    def grounds_on(self, start: int, end: int, current: int) -> list[tuple[int, int, float]]:
        """The same with how strong the ground of each is, from 0 to 1; `current` is looked at, -1 for none."""
        looked_at = self.starts[current] if 0 <= current < len(self.starts) else None
        return [(at, stop, CURRENT if at == looked_at else OTHERS) for at, stop in self.spans_on(start, end)]


def found_in(content: str, words: str) -> Found:
    if not words:
        return Found()
    starts: list[int] = []
    for found in re.finditer(re.escape(words), content, re.IGNORECASE):
        starts.append(found.start())
        if len(starts) == MOST:
            break
    return Found(tuple(starts), len(words))
