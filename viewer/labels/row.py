"""A label row that is looked at: units at once, frames when asked for, the index of the whole row once needed."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewer.errors import Problem
from viewer.labels.answers import LabelAnswers, Range
from viewer.labels.records import Classification, FrameLabels, Instance, RowHead, Unit
from viewer.size import Size

FRAMES_KEPT = 64
"""Decoded frames of a unit that are kept."""

ReadFrame = Callable[[int, Size | None], tuple[FrameLabels, tuple[Problem, ...]]]


class UnitLabels:
    """Labels of one unit by frame. Frames are decoded when asked for and a few are kept; safe in several threads."""

    def __init__(self, frames: NDArray[np.int64], read: ReadFrame) -> None:
        """`frames`: numbers of the frames that the export lists, ascending; `read` decodes one of them."""
        self.frames = frames
        self._listed = frozenset(frames.tolist())
        self._read = read
        self._kept: OrderedDict[tuple[int, Size | None], tuple[FrameLabels, tuple[Problem, ...]]] = OrderedDict()
        self._lock = threading.Lock()

    def on_frame(self, frame: int, size: Size | None) -> FrameLabels:
        """Labels of a frame, scaled to a picture of `size`; empty for a frame that the export does not list."""
        return self._frame(frame, size)[0]

    def problems_on(self, frame: int, size: Size | None) -> tuple[Problem, ...]:
        """What was wrong with the labels of a frame."""
        return self._frame(frame, size)[1]

    def kept(self, frame: int, size: Size | None) -> FrameLabels | None:
        """Labels of a frame if they are decoded already."""
        if frame not in self._listed:
            return FrameLabels(frame, size)
        with self._lock:
            found = self._kept.get((frame, size))
        return found[0] if found else None

    def read(self, frame: int, size: Size | None) -> FrameLabels:
        """The same for a single look, which drops nothing of what is kept."""
        return self._read(frame, size)[0] if frame in self._listed else FrameLabels(frame, size)

    def _frame(self, frame: int, size: Size | None) -> tuple[FrameLabels, tuple[Problem, ...]]:
        if frame not in self._listed:
            return FrameLabels(frame, size), ()
        key = (frame, size)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = self._read(frame, size)
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > FRAMES_KEPT:
                self._kept.popitem(last=False)
        return made


@dataclass(frozen=True, slots=True, eq=False)
class Presence:
    """Which object is on which frame of a unit, as columns sorted by frame."""

    frames: NDArray[np.int64]
    objects: NDArray[np.int32]
    """Index in `RowIndex.instances`."""

    @property
    def labelled(self) -> NDArray[np.int64]:
        """Frames with at least one object, ascending, each once."""
        return distinct(self.frames)


@dataclass(frozen=True, slots=True, eq=False)
class RowIndex:
    """What needs a look at every frame of a row: its objects, its classifications, who is where."""

    instances: tuple[Instance, ...]
    classifications: tuple[Classification, ...]
    presence: Mapping[str, Presence]
    """By unit id."""
    problems: tuple[Problem, ...]


@dataclass(eq=False)
class LabelRow:
    """One row: identity and units at once; `index()` reads the whole row the first time it is called."""

    head: RowHead
    units: tuple[Unit, ...]
    labels: Mapping[str, UnitLabels]
    """By unit id."""
    facts: Mapping[str, Any]
    """The row's own fields as exported, without units, labels and answers."""
    problems: tuple[Problem, ...]
    answers_of: Callable[[str], LabelAnswers]
    """Answers of an object by its hash."""
    make_index: Callable[[LabelRow], RowIndex]
    raw_answers: Callable[[str], dict[str, Any]]
    """What stands in the row's answers under the hash of an object or classification, as exported."""
    file_facts: Callable[[str], Mapping[str, Any]]
    """A data unit's own fields as exported, by its JSON path."""
    _index: RowIndex | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def unit(self, unit_id: str | None) -> Unit | None:
        return next((unit for unit in self.units if unit.id == unit_id), None)

    def index(self) -> RowIndex:
        """The index of the whole row; takes its time at the first call, so call it from a worker."""
        with self._lock:
            if self._index is None:
                self._index = self.make_index(self)
            return self._index

    @property
    def index_if_ready(self) -> RowIndex | None:
        return self._index


def distinct(frames: NDArray[np.int64]) -> NDArray[np.int64]:
    """Ascending frame numbers, each once. numpy's own `unique` would sort, and load masked arrays at every launch."""
    return frames[np.diff(frames, prepend=frames[:1] - 1) != 0]


def joined(frames: NDArray[np.int64]) -> tuple[Range, ...]:
    """Ascending frame numbers as inclusive ranges, touching ones joined."""
    if not len(frames):
        return ()
    frames = distinct(frames)
    breaks = np.flatnonzero(np.diff(frames) > 1)
    starts = frames[np.concatenate(([0], breaks + 1))]
    ends = frames[np.concatenate((breaks, [len(frames) - 1]))]
    return tuple(zip(starts.tolist(), ends.tolist(), strict=True))


def joined_ranges(ranges: list[Range]) -> tuple[Range, ...]:
    """Inclusive ranges sorted, overlapping and touching ones joined; never expanded, however large."""
    made: list[Range] = []
    for first, last in sorted(ranges):
        if made and first <= made[-1][1] + 1:
            made[-1] = (made[-1][0], max(made[-1][1], last))
        else:
            made.append((first, last))
    return tuple(made)
