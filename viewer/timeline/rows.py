"""Rows: which tracks a timeline lists, in which order, what is folded; plain data made anew when one of these changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from viewer.scene.view_state import ViewState
from viewer.scene.words import filter_words, holds, natural
from viewer.timeline.tracks import LabelClass, Track, Tracks

Order = Literal["class", "first", "longest", "name"]
ORDERS: tuple[Order, ...] = get_args(Order)
ORDER_WORDS: dict[Order, str] = {
    "class": "By class",
    "first": "By first frame",
    "longest": "Longest first",
    "name": "By name",
}
Kind = Literal["classification", "class", "label", "attribute"]


class Row(NamedTuple):
    """One line of the timeline."""

    kind: Kind
    at: int
    """In `Tracks.classes` for a class, else in `Tracks.tracks`."""
    attribute: int = 0
    """Of the track, for a row of its answers."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the reviewer wants the rows."""

    order: Order = "class"
    query: str = ""
    folded: frozenset[str] = frozenset()
    """Feature hashes of classes of which only the head is listed."""
    opened: frozenset[str] = frozenset()
    """Labels whose answers have rows of their own."""


def rows_of(tracks: Tracks, wanted: Wanted) -> tuple[Row, ...]:
    """Classifications, then labels; a filter opens what is folded."""
    words = filter_words(wanted.query)
    kept = [at for at, track in enumerate(tracks.tracks) if holds(words, track.text)]
    made = [Row("classification", at) for at in kept if tracks.tracks[at].label is None]
    labels = [at for at in kept if tracks.tracks[at].label is not None]
    if wanted.order != "class":
        return (*made, *_with_answers(tracks, _sorted(tracks, labels, wanted.order), wanted.opened))
    left = set(labels)
    for place, found in enumerate(tracks.classes):
        members = [at for at in found.members if at in left]
        if members:
            made.append(Row("class", place))
            if words or found.feature_hash not in wanted.folded:
                made.extend(_with_answers(tracks, members, wanted.opened))
    return tuple(made)


def _sorted(tracks: Tracks, labels: list[int], order: Order) -> list[int]:
    known = tracks.tracks
    if order == "first":
        return sorted(labels, key=lambda at: known[at].first)
    if order == "longest":
        return sorted(labels, key=lambda at: -known[at].length)
    return sorted(labels, key=lambda at: (natural(known[at].name), known[at].number))


def _with_answers(tracks: Tracks, labels: Iterable[int], opened: Collection[str]) -> Iterable[Row]:
    for at in labels:
        yield Row("label", at)
        track = tracks.tracks[at]
        if track.label in opened:
            for attribute in range(len(track.attributes)):
                yield Row("attribute", at, attribute)


def is_hidden(track: Track | LabelClass, state: ViewState) -> bool:
    """Whether the picture does not show it: its class, its shape or itself is hidden."""
    if isinstance(track, LabelClass):
        return track.feature_hash in state.hidden_classes
    return (
        track.label in state.hidden_objects
        or track.feature_hash in state.hidden_classes
        or (bool(track.word) and track.word in state.hidden_shapes)
    )
