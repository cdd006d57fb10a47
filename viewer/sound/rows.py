"""Rows under a sound: which ranges stand in which lane. Made once for a sound, in a worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from viewer.scene.stretches import Stretches, StretchLabel, lanes_of

By = Literal["instance", "class"]
Kind = Literal["whole", "classification", "label", "class"]


@dataclass(frozen=True, slots=True)
class SoundRow:
    """One label, or all labels of a class, in as many lanes as its ranges need beside one another."""

    kind: Kind
    title: str
    label: int
    """Index in `Stretches.labels`; of a class its first."""
    first_lane: int
    lanes: int
    count: int
    """Ranges that have a place."""


@dataclass(frozen=True, slots=True, eq=False)
class SoundRows:
    """All rows, and for each range of `Stretches` the lane that it stands in, counted from the top."""

    stretches: Stretches
    rows: tuple[SoundRow, ...]
    lanes: NDArray[np.int64]
    """Shape (ranges,)."""
    row_at_lane: NDArray[np.int32]
    """Shape (lanes,)."""
    by: By
    by_lane: NDArray[np.int64]
    """Ranges, lane after lane, each lane's in time; those of one lane do not overlap."""
    lane_offsets: NDArray[np.int64]
    """Where each lane's ranges begin in `by_lane`, shape (lanes + 1,)."""
    starts: NDArray[np.float64]
    ends: NDArray[np.float64]
    """Of the ranges in `by_lane`, in that order."""

    def seen(self, lanes: range, first: float, last: float) -> NDArray[np.int64]:
        """Ranges of some lanes that share a moment with those from `first` to `last`, lane after lane."""
        parts = [np.zeros(0, dtype=np.int64)]
        for lane in lanes:
            own = slice(self.lane_offsets[lane], self.lane_offsets[lane + 1])
            # within a lane both ascend
            low = int(np.searchsorted(self.ends[own], first))
            high = int(np.searchsorted(self.starts[own], last, side="right"))
            parts.append(self.by_lane[own][low:high])
        return np.concatenate(parts)

    @property
    def lane_count(self) -> int:
        return len(self.row_at_lane)

    def row_of(self, object_hash: str | None) -> SoundRow | None:
        """Where a label stands."""
        labels = self.stretches.labels
        at = next((i for i, label in enumerate(labels) if label.object_hash == object_hash), None)
        if at is None:
            return None
        key = row_key(labels[at], self.by)
        return next((row for row in self.rows if row_key(labels[row.label], self.by) == key), None)

    def covering(self, lane: int, start: float, end: float) -> int | None:
        """The range of a lane that shares a moment with those from `start` to `end`; of several the nearest to their
        middle."""
        stretches, found = self.stretches, self.seen(range(lane, lane + 1), start, end)
        if not len(found):
            return None
        middle = (start + end) / 2
        away = np.maximum(np.maximum(stretches.starts[found] - middle, middle - stretches.ends[found]), 0)
        return int(found[np.argmin(away)])


def row_key(label: StretchLabel, by: By) -> str:
    """Labels of the same key share a row; a classification has one of its own."""
    if by == "instance" or label.is_classification:
        return f"label {label.object_hash}"
    return f"class {label.feature_hash}"


def rows_of(stretches: Stretches, by: By) -> SoundRows:
    """Classifications first, of the whole sound before those of parts of it; then the labels as exported."""
    groups: dict[str, list[int]] = {}
    order = sorted(range(len(stretches.labels)), key=lambda at: _rank(stretches.labels[at]))
    for at in order:
        groups.setdefault(row_key(stretches.labels[at], by), []).append(at)
    lanes = np.zeros(len(stretches), dtype=np.int64)
    group_of = np.zeros(max(len(stretches.labels), 1), dtype=np.int64)
    for place, members in enumerate(groups.values()):
        group_of[members] = place
    owners = group_of[stretches.owners]
    sorted_places = np.argsort(owners, kind="stable")
    bounds = np.searchsorted(owners[sorted_places], np.arange(len(groups) + 1))
    rows: list[SoundRow] = []
    top = 0
    for place, members in enumerate(groups.values()):
        own = sorted_places[bounds[place] : bounds[place + 1]]
        found = lanes_of(stretches.starts[own], stretches.ends[own])
        count = int(found.max()) + 1 if len(found) else 1
        lanes[own] = found + top
        rows.append(_row(stretches.labels[members[0]], members, by, top, count, len(own)))
        top += count
    at_lane = np.repeat(np.arange(len(rows), dtype=np.int32), [row.lanes for row in rows])
    by_lane = np.argsort(lanes, kind="stable")
    offsets = np.searchsorted(lanes[by_lane], np.arange(top + 1))
    starts, ends = stretches.starts[by_lane], stretches.ends[by_lane]
    return SoundRows(stretches, tuple(rows), lanes, at_lane, by, by_lane, offsets, starts, ends)


def _rank(label: StretchLabel) -> int:
    return 0 if label.is_whole else 1 if label.is_classification else 2


def _row(first: StretchLabel, members: list[int], by: By, top: int, lanes: int, count: int) -> SoundRow:
    kind: Kind = "whole" if first.is_whole else "classification" if first.is_classification else "label"
    is_class = by == "class" and kind == "label"
    return SoundRow(
        "class" if is_class else kind, first.name if is_class else first.title, members[0], top, lanes, count
    )
