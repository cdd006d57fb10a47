"""Segments: which answer holds where, for attributes that change over time and for classifications of frames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.labels.answers import Answer, Range, merged_checklist
from viewer.labels.records import Classification


@dataclass(frozen=True, slots=True)
class Segment:
    """Frames on which one answer holds."""

    first: int
    last: int
    """Inclusive."""
    words: str
    label: str
    """Hash of the label that it is an answer of."""


def by_attribute(answers: Iterable[Answer]) -> dict[str, list[Answer]]:
    """Answers that count, by attribute, each in the order of the export."""
    made: dict[str, list[Answer]] = {}
    for answer in answers:
        if answer.ranges and answer.words and not answer.stale:
            made.setdefault(answer.feature_hash, []).append(answer)
    return made


def segments_of(answers: Sequence[Answer], rank: Mapping[str, int], label: str) -> list[Segment]:
    """What one attribute is over time. Where several answers hold, checklists are their union, else the last counts."""
    edges = sorted({edge for answer in answers for first, last in answer.ranges for edge in (first, last + 1)})
    holding: list[tuple[int, ...]] = [()] * max(len(edges) - 1, 0)
    place = {edge: at for at, edge in enumerate(edges)}
    unites = answers[-1].kind == "checklist"
    for at, answer in enumerate(answers):
        for first, last in answer.ranges:
            for piece in range(place[first], place[last + 1]):
                holding[piece] = (*holding[piece], at) if unites else (at,)
    known: dict[tuple[int, ...], str] = {}
    made: list[Segment] = []
    for piece, held in enumerate(holding):
        if not held:
            continue
        if held not in known:
            known[held] = (
                merged_checklist([answers[at] for at in held], rank).words if unites else answers[held[0]].words
            )
        first, last, words = edges[piece], edges[piece + 1] - 1, known[held]
        if made and made[-1].last == first - 1 and made[-1].words == words:
            made[-1] = Segment(made[-1].first, last, words, label)
        else:
            made.append(Segment(first, last, words, label))
    return made


def clipped(segments: Sequence[Segment], ranges: Sequence[Range]) -> list[Segment]:
    """Only where the label itself is: elsewhere an answer means nothing."""
    made: list[Segment] = []
    at = 0
    for segment in segments:
        while at < len(ranges) and ranges[at][1] < segment.first:
            at += 1
        here = at
        while here < len(ranges) and ranges[here][0] <= segment.last:
            first, last = max(ranges[here][0], segment.first), min(ranges[here][1], segment.last)
            made.append(Segment(first, last, segment.words, segment.label))
            here += 1
    return made


def lanes_of(classifications: Sequence[Classification], whole: Range) -> list[list[Segment]]:
    """Answers of one classification side by side; those that hold at the same time in lanes of their own.

    `whole`: first and last frame of the unit, for what holds on all of it.
    """
    segments = [
        Segment(first, last, _answer_words(found), found.classification_hash)
        for found in classifications
        for first, last in ((whole,) if found.frames is None else found.frames)
    ]
    lanes: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda segment: segment.first):
        lane = next((lane for lane in lanes if lane[-1].last < segment.first), None)
        if lane is None:
            lane = []
            lanes.append(lane)
        lane.append(segment)
    return lanes


def _answer_words(found: Classification) -> str:
    answers = (*found.answers.static, *found.answers.dynamic)
    return " · ".join(answer.words for answer in answers if answer.words and not answer.stale) or found.name


def places_of(segments: Sequence[Segment], frames: NDArray[np.int64]) -> NDArray[np.int64]:
    """First and exclusive last position of each, shape (n, 2); equal where the unit has none of the frames."""
    ends = np.array([(segment.first, segment.last) for segment in segments], dtype=np.int64).reshape(-1, 2)
    return positions_of(ends[:, 0], ends[:, 1], frames)


def positions_of(firsts: NDArray[np.int64], lasts: NDArray[np.int64], frames: NDArray[np.int64]) -> NDArray[np.int64]:
    """Inclusive frame numbers as positions among `frames`, the last exclusive, shape (n, 2)."""
    starts = np.searchsorted(frames, firsts, side="left")
    return np.column_stack((starts, np.searchsorted(frames, lasts, side="right")))
