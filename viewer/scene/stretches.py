"""Stretches: the ranges of all labels of a sound or text as sorted columns, and which of them lie over one another."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewer.labels.answers import LabelAnswers
from viewer.labels.records import DEFAULT_COLOUR, Classification, Instance, Provenance
from viewer.labels.row import RowIndex
from viewer.scene.placed import Place

NOT_SAID = Provenance()


@dataclass(frozen=True, slots=True, eq=False)
class StretchLabel:
    """One label of a sound or text, in as many pieces as it has ranges."""

    object_hash: str
    """Or the classification's."""
    feature_hash: str
    name: str
    """Of its class."""
    title: str
    """'Speaker 2'; of a classification its name."""
    colour: str
    """As exported, '#rrggbb'."""
    word: str
    """Its shape's, as exported; empty for a classification."""
    answers: LabelAnswers
    provenance: Provenance
    ranges: tuple[Any, ...]
    """As exported."""
    range_unit: str | None
    is_classification: bool = False
    is_whole: bool = False
    """A classification of all of the sound or text."""

    @property
    def words(self) -> str:
        """Its answers, for people, on one line."""
        return self.answers.words_on(0)


@dataclass(frozen=True, eq=False)
class Stretches:
    """Every range of every label of one unit, as columns of shape (n,), by start, the longer of two first."""

    labels: tuple[StretchLabel, ...]
    """Those without any range too."""
    starts: NDArray[np.float64]
    ends: NDArray[np.float64]
    owners: NDArray[np.int32]
    """Index in `labels`."""
    places: NDArray[np.int32]
    """Which of the label's ranges it is, as exported."""

    def __len__(self) -> int:
        return len(self.starts)

    @cached_property
    def lanes(self) -> NDArray[np.int32]:
        """The lowest lane in which each overlaps none that stands in it already."""
        return lanes_of(self.starts, self.ends)

    @cached_property
    def class_order(self) -> tuple[str, ...]:
        """Feature hashes in order of appearance."""
        return tuple(dict.fromkeys(label.feature_hash for label in self.labels))

    @cached_property
    def _owner_of(self) -> dict[str, int]:
        return {label.object_hash: owner for owner, label in enumerate(self.labels)}

    @cached_property
    def _owners_of(self) -> dict[str, list[int]]:
        made: dict[str, list[int]] = {}
        for owner, label in enumerate(self.labels):
            made.setdefault(label.object_hash, []).append(owner)
        return made

    def owner_of(self, object_hash: str | None) -> int | None:
        """Index in `labels` of a label by its hash."""
        return self._owner_of.get(object_hash or "")

    def label_named(self, object_hash: str | None) -> StretchLabel | None:
        owner = self.owner_of(object_hash)
        return None if owner is None else self.labels[owner]

    def of(self, object_hash: str | None) -> NDArray[np.intp]:
        """Places in the columns of a label's ranges, ascending."""
        wanted = self._owners_of.get(object_hash or "", [])
        return np.flatnonzero(np.isin(self.owners, wanted))

    def find(self, object_hash: str | None, place: int) -> int | None:
        """One range of a label in the columns; its first that has a place where that one has none."""
        own = self.of(object_hash)
        same = own[self.places[own] == place]
        found = same if len(same) else own
        return int(found[0]) if len(found) else None

    def label_of(self, at: int) -> StretchLabel:
        return self.labels[int(self.owners[at])]

    def first(self) -> int | None:
        """The first range of an object; of a classification only where no object has one."""
        judges = np.array([label.is_classification for label in self.labels], dtype=np.bool_)
        own = np.flatnonzero(~judges[self.owners]) if len(self) else np.zeros(0, dtype=np.intp)
        return int(own[0]) if len(own) else 0 if len(self) else None

    def over(self, start: float, end: float) -> NDArray[np.intp]:
        """Those that share something with the stretch from `start` to `end`."""
        last = int(np.searchsorted(self.starts, end, side="left"))
        return np.flatnonzero(self.ends[:last] > start)

    def only(self, is_kept: Callable[[StretchLabel], bool]) -> Stretches:
        """Those of some of the labels."""
        kept = np.array([is_kept(label) for label in self.labels], dtype=np.bool_)
        new_place = np.cumsum(kept, dtype=np.int32) - np.int32(1)
        mask = kept[self.owners] if len(self) else np.zeros(0, dtype=np.bool_)
        return Stretches(
            tuple(label for label, keep in zip(self.labels, kept, strict=True) if keep),
            self.starts[mask],
            self.ends[mask],
            new_place[self.owners[mask]],
            self.places[mask],
        )

    def neighbour(
        self, here: int | None, position: float, step: int, keep: NDArray[np.bool_] | None = None
    ) -> int | None:
        """The next one (`step` 1) or the one before (-1), of those marked in `keep`: from the one at `here` on, else
        from a position on; None at the end of the way."""
        known = np.arange(len(self)) if keep is None else np.flatnonzero(keep)
        if here is not None:
            place = int(np.searchsorted(known, here, side="right" if step > 0 else "left")) - (step < 0)
        else:
            # a stretch that begins at the position itself is the next one, not the one before
            place = int(np.searchsorted(self.starts[known], position, side="left")) - (step < 0)
        return int(known[place]) if 0 <= place < len(known) else None

    def events(self, keep: NDArray[np.bool_] | None = None) -> NDArray[np.float64]:
        """Where any of those marked in `keep` starts or ends, ascending, each place once."""
        wanted = np.ones(len(self), dtype=np.bool_) if keep is None else keep
        return np.unique(np.concatenate([self.starts[wanted], self.ends[wanted]]))


def stretches_of(index: RowIndex, unit: str, place: Place) -> Stretches:
    """Labels of a unit that have ranges, and its classifications; `place` finds where the ranges lie."""
    labels = [_of_instance(i) for i in index.instances if i.unit == unit and i.range_unit is not None]
    labels += [_of_classification(c) for c in index.classifications if c.unit == unit]
    counts = np.array([len(label.ranges) for label in labels], dtype=np.int64)
    # all at once: a label of a text has but one range as a rule, and there may be many thousands of them
    starts, ends, known = place([found for label in labels for found in label.ranges])
    owners = np.repeat(np.arange(len(labels), dtype=np.int32), counts)[known]
    places = (known - (np.cumsum(counts) - counts)[owners]).astype(np.int32)
    order = np.lexsort((-ends, starts))
    return Stretches(tuple(labels), starts[order], ends[order], owners[order], places[order])


def _of_instance(found: Instance) -> StretchLabel:
    return StretchLabel(
        object_hash=found.object_hash,
        feature_hash=found.feature_hash,
        name=found.name,
        title=found.title,
        colour=found.colour or DEFAULT_COLOUR,
        word=found.word,
        answers=found.answers,
        provenance=found.provenance or NOT_SAID,
        ranges=found.ranges,
        range_unit=found.range_unit,
    )


def _of_classification(found: Classification) -> StretchLabel:
    return StretchLabel(
        object_hash=found.classification_hash,
        feature_hash=found.feature_hash,
        name=found.name,
        title=found.name,
        colour=found.colour or DEFAULT_COLOUR,
        word="",
        answers=found.answers,
        provenance=found.provenance,
        ranges=found.ranges,
        range_unit=found.range_unit,
        is_classification=True,
        is_whole=not found.ranges,
    )


def lanes_of(starts: NDArray[np.float64], ends: NDArray[np.float64]) -> NDArray[np.int32]:
    """The lowest free lane of each stretch, counted from 0; those that touch share one. `starts` ascend."""
    lanes = np.zeros(len(starts), dtype=np.int32)
    # one without a length still takes its place, lest two at one moment hide each other
    until = np.maximum(ends, np.nextafter(starts, np.inf))
    if (starts[1:] >= until[:-1]).all():
        return lanes  # one after another, as the words of a transcript are
    free: list[int] = []
    taken: list[tuple[float, int]] = []
    for at, (start, end) in enumerate(zip(starts.tolist(), until.tolist(), strict=True)):
        while taken and taken[0][0] <= start:
            heapq.heappush(free, heapq.heappop(taken)[1])
        lane = heapq.heappop(free) if free else len(taken)
        lanes[at] = lane
        heapq.heappush(taken, (end, lane))
    return lanes
