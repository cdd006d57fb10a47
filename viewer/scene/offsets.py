"""Offsets of ranges on texts: what they count, which the format leaves open, and the characters that they mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from viewer.scene.placed import EXACT, Placed, is_number, placed_moments
from viewer.scene.word_ends import at_word_ends

Units = Literal["code points", "utf-16"]
End = Literal["excluded", "included"]

CLEAR_GAIN = 3
"""Ranges that another reading must bring to word boundaries before it is taken for the better one..."""
CLEAR_RATIO = 4
"""...and how many of them for each one that it takes away from there."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How the two numbers of a range are read."""

    units: Units = "code points"
    """What is counted: characters of Unicode, or UTF-16 units, of which an emoji has two."""
    end: End = "excluded"
    """Whether the character at the second number belongs to the range."""


USUAL = Reading()
"""What is assumed until the reviewer says otherwise."""
READINGS = (USUAL, Reading(end="included"), Reading("utf-16"), Reading("utf-16", "included"))


@dataclass(frozen=True, eq=False)
class Characters:
    """The characters of a text, and where offsets lie among them; made once for many ranges."""

    content: str

    @cached_property
    def astral(self) -> NDArray[np.int64]:
        """Where those stand that have two UTF-16 units, ascending."""
        return np.flatnonzero(code_points(self.content) > 0xFFFF)

    @cached_property
    def _pairs(self) -> NDArray[np.float64]:
        """At which UTF-16 unit each of them begins."""
        return (self.astral + np.arange(len(self.astral))).astype(np.float64)

    def placed(self, ranges: Sequence[Any], reading: Reading) -> Placed:
        """Where ranges lie by a reading, clipped to the text. Those that run backwards, or lie wholly outside, have no
        place; an offset inside the two units of one character takes all of it into the range."""
        found = placed_offsets(ranges)
        starts, ends = self.bounds(found, reading)
        count = len(self.content)
        shared = np.minimum(ends, count) > np.maximum(starts, 0)
        kept = shared | ((starts == ends) & (starts >= 0) & (ends <= count))
        return Placed(np.maximum(starts[kept], 0), np.minimum(ends[kept], count), found.places[kept])

    def bounds(self, found: Placed, reading: Reading) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """First character and the one after the last by a reading, not clipped; fractions are rounded outward."""
        starts, ends = self._ends(found, reading)
        if reading.units == "code points" or not len(self.astral):
            return starts, ends
        return starts - self._before(starts), ends - self._before(ends) + self._splits(ends)

    def split(self, found: Placed, reading: Reading) -> NDArray[np.bool_]:
        """Which ranges begin or end between the two UTF-16 units of one character."""
        if reading.units == "code points" or not len(self.astral):
            return np.zeros(len(found.starts), dtype=bool)
        starts, ends = self._ends(found, reading)
        return self._splits(starts) | self._splits(ends)

    def _ends(self, found: Placed, reading: Reading) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        return np.floor(found.starts), np.ceil(found.ends) + (reading.end == "included")

    def _before(self, units: NDArray[np.float64]) -> NDArray[np.intp]:
        """How many characters of two units begin before each unit, so that what lies inside of one is rounded down."""
        return np.searchsorted(self._pairs, units, side="left")

    def _splits(self, units: NDArray[np.float64]) -> NDArray[np.bool_]:
        at = self._before(units)
        return (at > 0) & (self._pairs[at - 1] == units - 1)


def code_points(content: str) -> NDArray[np.uint32]:
    """The number of each character, shape (n,)."""
    return np.frombuffer(content.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def placed_offsets(ranges: Sequence[Any]) -> Placed:
    """Of a text: as exported, neither clipped nor read in any way, but that what is too large to be told apart from its
    neighbours is brought back to where it is, far beyond the end of any text."""
    return placed_moments([_brought_back(pair) for pair in ranges])


def _brought_back(pair: Any) -> Any:
    if not isinstance(pair, list) or not all(is_number(end) for end in pair):
        return pair
    return [min(max(end, 1 - EXACT), EXACT - 1) for end in pair]


def placed_characters(ranges: Sequence[Any], content: str, reading: Reading) -> Placed:
    """Where the ranges of one text lie by a reading; for many labels make `Characters` once."""
    return Characters(content).placed(ranges, reading)


@dataclass(frozen=True, slots=True)
class Score:
    """How well the ranges of a text fit it by one reading."""

    reading: Reading
    fitting: int
    """Ranges inside the text that begin and end at word boundaries."""
    inside: int
    total: int
    """Ranges that are two numbers in ascending order."""
    gained: int = 0
    """Ranges that fit by this reading, and not by the usual one."""
    lost: int = 0
    """Ranges that fit by the usual one, and not by this."""

    @property
    def words(self) -> str:
        """For people: '128 of 130 ranges begin and end at word boundaries'."""
        begin = "range begins and ends" if self.total == 1 else "ranges begin and end"
        return f"{self.fitting:,} of {self.total:,} {begin} at word boundaries"

    @property
    def is_better(self) -> bool:
        """Whether it is clearly better than the usual one."""
        return self.gained >= CLEAR_GAIN and self.gained >= CLEAR_RATIO * self.lost

    @property
    def is_worse(self) -> bool:
        """Whether it is clearly worse than the usual one."""
        return self.lost >= CLEAR_GAIN and self.lost >= CLEAR_RATIO * self.gained


def scored(ranges: Sequence[Sequence[Any]], content: str) -> tuple[Score, ...]:
    """How well ranges fit a text, in the order of `READINGS`, the usual one first.

    A range fits where it lies inside of the text, holds something, neither begins nor ends in white space, and cuts no
    word in two. Between two characters of a script that is written without spaces (Chinese, Japanese, Thai) no position
    cuts a word, so that ranges there speak for no reading.
    """
    characters, found, codes = Characters(content), placed_offsets(ranges), code_points(content)
    made: list[Score] = []
    usual = np.zeros(0, dtype=bool)
    for reading in READINGS:
        starts, ends = characters.bounds(found, reading)
        inside = (starts >= 0) & (ends <= len(content))
        whole = np.flatnonzero(inside & (starts < ends) & ~characters.split(found, reading))
        fitting = np.zeros(len(starts), dtype=bool)
        fitting[whole] = at_word_ends(codes, starts[whole].astype(np.intp), ends[whole].astype(np.intp))
        usual = usual if made else fitting
        gained, lost = int((fitting & ~usual).sum()), int((usual & ~fitting).sum())
        made.append(Score(reading, int(fitting.sum()), int(inside.sum()), len(starts), gained, lost))
    return tuple(made)


def better(scores: Sequence[Score]) -> Reading:
    """The reading that fits best: the usual one unless another is clearly better."""
    clear = [score for score in scores if score.is_better]
    return max(clear, key=lambda score: score.gained - score.lost).reading if clear else USUAL


def compared(scores: Sequence[Score]) -> str:
    """For people, of the usual reading and the one that is better, else the one with the end included: '3 of 130 ranges
    begin and end at word boundaries when the end is excluded, 128 when it is included'."""
    first = scores[0]
    best = scores[READINGS.index(better(scores)) or 1]
    reading = best.reading
    if reading.units == first.reading.units:
        return f"{first.words} when the end is excluded, {best.fitting:,} when it is included"
    if reading.end == first.reading.end:
        return f"{first.words} when characters are counted, {best.fitting:,} when UTF-16 units are"
    usual = "when characters are counted and the end is excluded"
    return f"{first.words} {usual}, {best.fitting:,} when UTF-16 units are counted and the end is included"
