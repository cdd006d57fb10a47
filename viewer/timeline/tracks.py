"""Tracks: everything of one unit that a timeline has rows for, as columns that painting can look into anywhere.

Made in a worker from the index of a row; no frame is read for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from viewer.labels.records import Classification, Instance
from viewer.labels.row import RowIndex
from viewer.scene.words import natural, searchable
from viewer.shapes import shape_title
from viewer.timeline.segments import Segment, by_attribute, clipped, lanes_of, places_of, positions_of, segments_of
from viewer.timeline.spans import Spans

TINTS = 3
"""Shades that tell neighbouring answers apart."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """A row of answers: one attribute of a label, or one lane of a classification."""

    title: str
    row: int
    """In `Tracks.answers`."""


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """One label over time, or the answers of one classification."""

    label: str | None
    """Its hash; None for classifications, whose answers are labels of their own."""
    title: str
    """'Car 3'."""
    name: str
    colour: str
    feature_hash: str
    word: str
    """The shape's word; empty for classifications."""
    number: int
    place: int
    """Of its class in the row, in order of appearance."""
    first: int
    """Its first position; -1 where it has none."""
    length: int
    """How many positions it is on."""
    attributes: tuple[Attribute, ...]
    text: str
    """What a filter looks at."""


@dataclass(frozen=True, slots=True, eq=False)
class LabelClass:
    """A class and its tracks."""

    feature_hash: str
    title: str
    colour: str
    place: int
    members: tuple[int, ...]
    """In `Tracks.tracks`."""


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """Rows of segments, and what each segment says."""

    spans: Spans
    words: tuple[str, ...]
    labels: tuple[str, ...]
    """Hash of the label that each segment is of."""
    tints: NDArray[np.uint8]
    """0 to TINTS - 1; the same answer of one attribute always has the same."""


@dataclass(frozen=True, slots=True, eq=False)
class Tracks:
    """Positions count the unit's frames from 0, whatever their numbers."""

    tracks: tuple[Track, ...]
    """Classifications first, then labels by class and number."""
    presence: Spans
    """Where each track is."""
    classes: tuple[LabelClass, ...]
    unions: Spans
    """Where any label of each class is."""
    answers: Answers
    places: Mapping[str, int]
    """Track of each label, and of each classification's answers, by hash."""

    def __len__(self) -> int:
        return len(self.tracks)

    def track_of(self, label: str | None) -> int | None:
        """The track of a label or of a classification's answer, by its hash."""
        return self.places.get(label or "")


def tracks_of(index: RowIndex, unit: str, frames: NDArray[np.int64]) -> Tracks:
    """Of one unit by its id; `frames`: the numbers of all its frames, ascending, shape (n,)."""
    instances = [instance for instance in index.instances if instance.unit == unit and instance.frames]
    instances.sort(key=lambda i: (natural(i.name), i.feature_hash, i.number))
    shelf = _Shelf(frames)
    lanes = list(_lanes(index, unit, shelf))
    classified, offset = [track for track, _ in lanes], len(lanes)
    presence = _presence(instances, [spans for _, spans in lanes], frames)
    order = {key: at for at, key in enumerate(dict.fromkeys(i.feature_hash for i in index.instances))}
    tracks = [
        *classified,
        *(_track(i, order[i.feature_hash], offset + at, presence, shelf) for at, i in enumerate(instances)),
    ]
    classes = _classes(tracks)
    unions = Spans.of([_union(presence, found.members) for found in classes])
    answers = shelf.answers()
    # the coarser levels are made here, where time is, not at the first painting
    for spans in (presence, unions, answers.spans):
        _ = spans.coarser
    return Tracks(tuple(tracks), presence, classes, unions, answers, _places(tracks, answers))


def _places(tracks: Sequence[Track], answers: Answers) -> dict[str, int]:
    made: dict[str, int] = {}
    for at, track in enumerate(tracks):
        if track.label is not None:
            made[track.label] = at
            continue
        for attribute in track.attributes:
            first, last = answers.spans.offsets[attribute.row : attribute.row + 2].tolist()
            made |= dict.fromkeys(answers.labels[first:last], at)
    return made


class _Shelf:
    """Collects rows of segments."""

    def __init__(self, frames: NDArray[np.int64]) -> None:
        self.frames = frames
        self._rows: list[NDArray[np.int64]] = []
        self._words: list[str] = []
        self._labels: list[str] = []
        self._tints: list[int] = []

    def put(self, title: str, segments: Sequence[Segment]) -> tuple[Attribute, NDArray[np.int64]]:
        """A row of its own for these; and their positions, shape (n, 2)."""
        places = places_of(segments, self.frames)
        there = places[:, 1] > places[:, 0]
        tint_of: dict[str, int] = {}
        for segment, kept in zip(segments, there.tolist(), strict=True):
            if kept:
                self._words.append(segment.words)
                self._labels.append(segment.label)
                self._tints.append(tint_of.setdefault(segment.words, len(tint_of) % TINTS))
        self._rows.append(places[there])
        return Attribute(title, len(self._rows) - 1), places[there]

    def answers(self) -> Answers:
        tints = np.array(self._tints, dtype=np.uint8)
        known: dict[str, int] = {}
        kinds = np.array([known.setdefault(words, len(known)) for words in self._words], dtype=np.int64)
        return Answers(Spans.of(self._rows, kinds), tuple(self._words), tuple(self._labels), tints)


def _lanes(index: RowIndex, unit: str, shelf: _Shelf) -> list[tuple[Track, NDArray[np.int64]]]:
    """Tracks of classifications that count in frames, and where they are."""
    found: dict[str, list[Classification]] = {}
    for one in index.classifications:
        if one.unit == unit and not one.range_unit:
            found.setdefault(one.feature_hash or one.name, []).append(one)
    frames = shelf.frames
    whole = (int(frames[0]), int(frames[-1])) if len(frames) else (0, -1)
    made: list[tuple[Track, NDArray[np.int64]]] = []
    for alike in sorted(found.values(), key=lambda alike: natural(alike[0].name)):
        for number, lane in enumerate(lanes_of(alike, whole), 1):
            attribute, places = shelf.put(alike[0].name, lane)
            said = dict.fromkeys(text for segment in lane for text in (segment.words, segment.label))
            track = Track(
                label=None,
                title=alike[0].name,
                name=alike[0].name,
                colour=alike[0].colour,
                feature_hash=alike[0].feature_hash,
                word="",
                number=number,
                place=0,
                first=int(places[0, 0]) if len(places) else -1,
                length=int((places[:, 1] - places[:, 0]).sum()),
                attributes=(attribute,),
                text=searchable(alike[0].name, *said),
            )
            made.append((track, places))
    return made


def _presence(
    instances: Sequence[Instance], classified: Sequence[NDArray[np.int64]], frames: NDArray[np.int64]
) -> Spans:
    """Of classifications, then of instances; frames that the unit does not have are left out."""
    flat = np.fromiter(chain.from_iterable(chain.from_iterable(i.frames for i in instances)), dtype=np.int64)
    ends = flat.reshape(-1, 2)
    places = positions_of(ends[:, 0], ends[:, 1], frames)
    owners = np.repeat(np.arange(len(instances)), [len(i.frames) for i in instances])
    there = places[:, 1] > places[:, 0]
    counts = np.bincount(owners[there], minlength=len(instances))
    lane_counts = [len(lane) for lane in classified]
    every = np.concatenate([*classified, places[there]])
    offsets = np.cumsum([0, *lane_counts, *counts.tolist()], dtype=np.int64)
    # frames without a number of their own between them touch
    return Spans(np.ascontiguousarray(every[:, 0]), np.ascontiguousarray(every[:, 1]), offsets).closed(1)


def _track(instance: Instance, place: int, row: int, presence: Spans, shelf: _Shelf) -> Track:
    starts, ends = presence.of_row(row)
    attributes: list[Attribute] = []
    for answers in by_attribute(instance.answers.dynamic).values():
        segments = segments_of(answers, instance.answers.rank, instance.object_hash)
        attributes.append(shelf.put(answers[0].title, clipped(segments, instance.frames))[0])
    said = (f"{answer.title} {answer.words}" for answer in (*instance.answers.static, *instance.answers.dynamic))
    title = f"{instance.name} {instance.number:,}"
    return Track(
        label=instance.object_hash,
        title=title,
        name=instance.name,
        colour=instance.colour,
        feature_hash=instance.feature_hash,
        word=instance.word,
        number=instance.number,
        place=place,
        first=int(starts[0]) if len(starts) else -1,
        length=int((ends - starts).sum()),
        attributes=tuple(attributes),
        text=searchable(title, instance.object_hash, shape_title(instance.word), *said),
    )


def _classes(tracks: Sequence[Track]) -> tuple[LabelClass, ...]:
    members: dict[str, list[int]] = {}
    for at, track in enumerate(tracks):
        if track.label is not None:
            members.setdefault(track.feature_hash, []).append(at)
    made: list[LabelClass] = []
    for feature_hash, places in members.items():
        first = tracks[places[0]]
        made.append(LabelClass(feature_hash, first.name, first.colour, first.place, tuple(places)))
    return tuple(made)


def _union(presence: Spans, rows: Sequence[int]) -> NDArray[np.int64]:
    """Where any of the rows is, shape (stretches, 2)."""
    parts = [presence.of_row(row) for row in rows]
    starts = np.concatenate([start for start, _ in parts])
    order = np.argsort(starts, kind="stable")
    starts, ends = starts[order], np.concatenate([end for _, end in parts])[order]
    if not len(starts):
        return np.zeros((0, 2), dtype=np.int64)
    reached = np.maximum.accumulate(ends)
    begins = np.flatnonzero(np.append(True, starts[1:] > reached[:-1]))
    lasts = np.append(begins[1:], len(starts)) - 1
    return np.column_stack((starts[begins], reached[lasts]))
