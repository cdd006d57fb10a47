"""The list of ranges as columns: what is kept by a filter, and in which order.

Strings are made for the lines that are looked at. Filters and orders compare whole columns, so that a label in two
hundred thousand pieces costs little more than one in two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from viewer.scene.coverage import Coverage, coverage_of
from viewer.scene.stretches import Stretches, StretchLabel
from viewer.scene.words import filter_words, holds, natural, searchable

SortBy = Literal["start", "end", "length", "class", "answers", "words"]
SORT_TITLES: dict[SortBy, str] = {
    "start": "Start",
    "end": "End",
    "length": "Length",
    "class": "Class",
    "answers": "Answers",
    "words": "Labelled words",
}
MOST_COMPARED = 80
"""Characters of labelled words by which they are sorted."""
WHOLE, PLACED, NOWHERE = 0, 1, 2
"""The order of ranges without another one: of everything, by their start, then those that have no place."""

Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class RangeFilter:
    """What is listed, and in which order."""

    query: str = ""
    sort: SortBy = "start"
    reversed: bool = False


class RangeRows:
    """Every range of every label of a unit, one row each; labels without any have one too. Safe in several threads."""

    def __init__(self, stretches: Stretches, content: str | None = None, end: float | None = None) -> None:
        """`content`: characters of a text; `end`: where the unit ends, in what its ranges count as exported."""
        self.stretches, self.content, self.end = stretches, content, end
        counts = np.array([max(len(label.ranges), 1) for label in stretches.labels], dtype=np.intp)
        self._firsts = np.cumsum(counts) - counts
        owners = np.repeat(np.arange(len(counts)), counts)
        places = np.arange(len(owners)) - self._firsts[owners]
        at = np.full(len(owners), -1, dtype=np.intp)
        at[self._firsts[stretches.owners] + stretches.places] = np.arange(len(stretches))
        whole = np.array([label.is_whole for label in stretches.labels], dtype=np.bool_)[owners]
        kinds = np.where(whole, WHOLE, np.where(at >= 0, PLACED, NOWHERE))
        order = np.lexsort((np.where(at >= 0, at, np.arange(len(at))), kinds))
        self.owners, self.places, self.kinds = owners[order], places[order], kinds[order]
        self.at = at[order]
        """In the columns of `stretches`; -1 without a place there."""
        self._rows = np.empty(len(order), dtype=np.intp)
        self._rows[order] = np.arange(len(order))

    def __len__(self) -> int:
        return len(self.owners)

    @cached_property
    def starts(self) -> NDArray[np.float64]:
        """Of every row; before everything of what is everywhere, NaN of what is nowhere."""
        return self._column(self.stretches.starts, -np.inf)

    @cached_property
    def ends(self) -> NDArray[np.float64]:
        return self._column(self.stretches.ends, np.inf)

    def _column(self, values: NDArray[np.float64], whole: float) -> NDArray[np.float64]:
        padded = np.append(values, np.nan)
        return np.where(self.kinds == WHOLE, whole, padded[self.at])

    def label(self, row: int) -> StretchLabel:
        return self.stretches.labels[int(self.owners[row])]

    def exported(self, row: int) -> Any:
        """The range as the export has it; None of what has none."""
        ranges = self.label(row).ranges
        return ranges[int(self.places[row])] if ranges else None

    def row_of(self, object_hash: str | None, place: int) -> int | None:
        """The row of a label's range; of its first one where it has no such."""
        owner = self.stretches.owner_of(object_hash)
        if owner is None:
            return None
        has_it = 0 <= place < len(self.stretches.labels[owner].ranges)
        return int(self._rows[self._firsts[owner] + (place if has_it else 0)])

    def words(self, row: int, most: int) -> str:
        """The labelled words as they stand, at most so many characters; empty where there are none."""
        if self.content is None or self.at[row] < 0:
            return ""
        start, end = int(self.starts[row]), int(self.ends[row])
        return self.content[start : min(end, start + most)]

    @cached_property
    def coverage(self) -> Coverage:
        """Of what is listed."""
        return coverage_of(self.stretches, self.end if self.content is None else float(len(self.content)))

    # ---------------------------------------------------------------- filter and order

    def kept(self, wanted: RangeFilter) -> Rows:
        """Rows that hold every word of the query in their class, answers or words, in order."""
        order = self._order(wanted)
        if not wanted.query.strip():
            return order
        return order[self._holding(wanted.query)[order]]

    def _holding(self, query: str) -> NDArray[np.bool_]:
        found = np.ones(len(self), dtype=np.bool_)
        # the text is searched in lower case, which keeps its characters where they are; casefolding would not
        for word, plain in zip(filter_words(query), _lower(query).split(), strict=True):
            said = np.array([holds((word,), text) for text in self._label_texts], dtype=np.bool_)
            found &= said[self.owners] | self._with_word(plain)
        return found

    def _with_word(self, word: str) -> NDArray[np.bool_]:
        """Which rows hold a word among their labelled ones: the first place of it from their start on lies in them."""
        text = self._lower_content
        places: list[int] = []
        place = text.find(word)
        while place >= 0:
            places.append(place)
            place = text.find(word, place + 1)
        known = np.append(np.array(places, dtype=np.float64), np.inf)
        lies_in = known[np.searchsorted(known[:-1], self.starts)] + len(word) <= self.ends
        return lies_in & (self.kinds == PLACED)

    @cached_property
    def _lower_content(self) -> str:
        return _lower(self.content or "")

    @cached_property
    def _label_texts(self) -> list[str]:
        made: list[str] = []
        for label in self.stretches.labels:
            answers = [f"{answer.title} {answer.words}" for answer in label.answers.static]
            made.append(searchable(label.title, label.name, label.object_hash, *answers))
        return made

    def _order(self, wanted: RangeFilter) -> Rows:
        """Stable: what is alike stays in the order of the starts."""
        match wanted.sort:
            case "start":
                keys = self.starts
            case "end":
                keys = self.ends
            case "length":
                keys = self.ends - self.starts
            case "class":
                keys = self._by_label([tuple(natural(label.title)) for label in self.stretches.labels])
            case "answers":
                keys = self._by_label([label.words.casefold() for label in self.stretches.labels])
            case "words":
                keys = _ranks([self.words(row, MOST_COMPARED).casefold() for row in range(len(self))])
        return np.argsort(-keys if wanted.reversed else keys, kind="stable")

    def _by_label(self, keys: Sequence[Any]) -> NDArray[np.float64]:
        return _ranks(keys)[self.owners]


def _ranks(keys: Sequence[Any]) -> NDArray[np.float64]:
    """Numbers in the order of the keys, the same for the same; what is empty comes last."""
    known = {key: rank for rank, key in enumerate(sorted(set(keys)))}
    return np.array([known[key] if key else np.nan for key in keys], dtype=np.float64)


def _lower(text: str) -> str:
    """In lower case with every character where it was: the one that would become two loses its dot instead."""
    return text.replace("\u0130", "i").lower()
