"""Lines: a text cut into pieces that can be laid out one by one, and where each of them begins."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LONGEST = 2_000
"""Characters of a piece; longer lines are cut, as laying out millions of characters at once takes seconds."""
LOOK_BACK = 200
"""Within so many characters before the cut a space is looked for."""
CLUSTER = 64
"""Characters that belong together are longer only in texts made to be so."""
LF, CR = 10, 13


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """A text as pieces, columns of shape (n,); at least one, which may be empty."""

    content: str
    starts: NDArray[np.int64]
    """Where each piece begins, in code points."""
    ends: NDArray[np.int64]
    """Exclusive, with the line's ending."""
    numbers: NDArray[np.int64]
    """Of the line that the piece is of, counted from 1."""
    endings: str
    """How its lines end: 'LF', 'CRLF', 'CR', 'CRLF and LF'; empty for a text of one line."""
    is_astral: bool
    """Whether it has characters of two UTF-16 units."""

    def __len__(self) -> int:
        return len(self.starts)

    def piece_at(self, offset: float) -> int:
        """The piece that holds a character; the last for what lies beyond the end."""
        return max(int(np.searchsorted(self.starts, offset, side="right")) - 1, 0)

    def text(self, at: int) -> str:
        return self.content[self.starts[at] : self.ends[at]]

    def is_continued(self, at: int) -> bool:
        """Whether the piece goes on with the line of the one before."""
        return at > 0 and bool(self.numbers[at] == self.numbers[at - 1])

    def runs_left(self, at: int) -> bool:
        """Whether the line of a piece begins with letters that run from right to left, as far as is looked."""
        first = int(np.searchsorted(self.numbers, self.numbers[at], side="left"))
        start = int(self.starts[first])
        return runs_left(self.content[start : min(int(self.ends[first]), start + LONGEST)])


def runs_left(text: str) -> bool:
    """By the first letter that has a direction."""
    if text.isascii():
        return False
    found = next((kind for kind in map(unicodedata.bidirectional, text) if kind in ("L", "R", "AL")), "L")
    return found != "L"


def lines_of(content: str) -> Lines:
    """Cut a text at LF, CR LF and lone CR, and long lines where it does no harm."""
    codes = np.frombuffer(content.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    feeds, returns = codes == LF, codes == CR
    paired = returns[:-1] & feeds[1:]
    lone = returns.copy()
    lone[:-1] &= ~paired
    ends = np.flatnonzero(feeds | lone) + 1
    if not len(ends) or ends[-1] < len(codes):
        ends = np.append(ends, len(codes))
    numbers = np.arange(1, len(ends) + 1)
    starts = np.concatenate([[0], ends[:-1]])
    counts = {"CRLF": int(paired.sum()), "LF": int(feeds.sum() - paired.sum()), "CR": int(lone.sum())}
    endings = " and ".join(name for name, count in counts.items() if count)
    if (ends - starts).max() > LONGEST:
        starts, ends, numbers = _cut(content, starts, ends, numbers)
    return Lines(content, starts, ends, numbers, endings, bool((codes > 0xFFFF).any()))


def _cut(
    content: str, starts: NDArray[np.int64], ends: NDArray[np.int64], numbers: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    cuts: list[int] = []
    for at in np.flatnonzero(ends - starts > LONGEST).tolist():
        start, end = int(starts[at]), int(ends[at])
        while end - start > LONGEST:
            start = safe_cut(content, start, start + LONGEST)
            cuts.append(start)
    every = np.sort(np.concatenate([starts, np.array(cuts, dtype=np.int64)]))
    return every, np.append(every[1:], ends[-1]), numbers[np.searchsorted(starts, every, side="right") - 1]


def safe_cut(content: str, start: int, limit: int) -> int:
    """After `start`, at `limit` or before: behind a space where there is one, else not within what is one sign."""
    window = max(limit - LOOK_BACK, start + 1)
    spaces = re.search(r"\s(?=\S*\Z)", content[window:limit])
    if spaces is not None:
        limit = window + spaces.end()
    for at in range(limit, max(limit - CLUSTER, start), -1):
        if not _belongs_together(content[at - 1], content[at]):
            return at
    return limit


def _belongs_together(before: str, after: str) -> bool:
    code = ord(after)
    return (
        unicodedata.category(after).startswith("M")
        or "\u200d" in (before, after)
        or 0x1F3FB <= code <= 0x1F3FF
        or (0x1F1E6 <= code <= 0x1F1FF and 0x1F1E6 <= ord(before) <= 0x1F1FF)
        or (before == "\r" and after == "\n")
    )
