"""What is wrong with a text, and with the ranges of labels on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from viewer.errors import Place, Problem, Severity, ViewerError, escaped, in_full
from viewer.export.unit_media import MediaOf
from viewer.labels.records import Unit
from viewer.labels.row import LabelRow
from viewer.media.text import Text
from viewer.scene.labelled_words import labelled_words
from viewer.scene.offsets import READINGS, USUAL, Characters, Reading, Score, better, compared, placed_offsets, scored

SHOWN = 40
"""Characters of a labelled text in a sentence."""


class _Ranged(NamedTuple):
    """One range of a label."""

    object_hash: str
    """Or the classification's."""
    path: str
    """JSON path of the label's ranges, from the row."""
    place: int
    pair: Any
    """As exported."""


def passage_problems(row: LabelRow, media: MediaOf, unit: Unit) -> Iterator[Problem]:
    """Of a unit's text, which is read for it; nothing for other units, and for those whose file was not found."""
    source = media.match(unit, 0).source if unit.kind == "text" else None
    if source is None:
        return
    where, at = escaped(source.name), Place(row.head.index, unit.id)
    try:
        text = media.passage(unit)
    except ViewerError as error:
        yield Problem("error", where, f"{error}; labels are listed without their text", at)
        return
    if not isinstance(text, Text):
        return
    for what in text.warnings:
        yield Problem("warning", where, what, at)
    for what in text.notes:
        yield Problem("note", where, what, at)
    ranges = _ranges_on(row, unit)
    yield from _beyond_the_end(row, unit, ranges, len(text.content))
    for severity, what in _of_readings(ranges, text.content):
        yield Problem(severity, where, what, at)


def _ranges_on(row: LabelRow, unit: Unit) -> list[_Ranged]:
    index = row.index()
    labels = [(".object_answers", o.object_hash, o.ranges) for o in index.instances if o.unit == unit.id]
    labels += [
        (".classification_answers", c.classification_hash, c.ranges) for c in index.classifications if c.unit == unit.id
    ]
    below = f".spaces.{unit.id}.range" if unit.path.startswith(".spaces.") else ".range"
    return [
        _Ranged(label, f"{answers}.{label}{below}", place, pair)
        for answers, label, ranges in labels
        for place, pair in enumerate(ranges)
    ]


def _beyond_the_end(row: LabelRow, unit: Unit, ranges: Sequence[_Ranged], count: int) -> Iterator[Problem]:
    """By the usual reading; of a label with many such ranges the first is told, with how many more there are."""
    found = placed_offsets([ranged.pair for ranged in ranges])
    beyond = found.places[(found.ends > count) & (found.ends > 0)].tolist()
    counts = Counter(ranges[place].path for place in beyond)
    for place in beyond:
        ranged = ranges[place]
        more = counts.pop(ranged.path, 0) - 1
        if more < 0:
            continue
        start, end = ranged.pair
        what = f"the range {in_full(start)} to {in_full(end)} {_cut(start, count)}"
        what += f" (and {more:,} more of this label)" if more else ""
        at = Place(row.head.index, unit.id, None, ranged.object_hash)
        yield Problem("warning", f"{row.head.where}{ranged.path}[{ranged.place}]", what, at)


def _cut(start: float, count: int) -> str:
    if not count:
        return "has no place, as the text is empty"
    characters = f"{count:,} character{'s' if count != 1 else ''}"
    if start >= count:
        return f"lies beyond the end of the text, which has {characters}; it has no place"
    return f"reaches beyond the end of the text, which has {characters}; it is cut there"


def _of_readings(ranges: Sequence[_Ranged], content: str) -> Iterator[tuple[Severity, str]]:
    """What speaks for another reading of the offsets, or leaves it open."""
    pairs = [ranged.pair for ranged in ranges]
    scores = scored(pairs, content)
    if better(scores) != USUAL:
        yield (
            "warning",
            f"{compared(scores)}; here characters are counted and the end is excluded: another reading, which can be "
            "chosen above the text, is likely",
        )
    else:
        yield from _astral(pairs, content, scores)


def _astral(pairs: Sequence[Any], content: str, scores: Sequence[Score]) -> Iterator[tuple[Severity, str]]:
    """Where ranges mean something else when UTF-16 units are counted, and word boundaries do not tell."""
    units = Reading("utf-16")
    score = scores[READINGS.index(units)]
    if score.is_worse:
        return
    characters = Characters(content)
    found = placed_offsets(pairs)
    usual, other = characters.bounds(found, USUAL), characters.bounds(found, units)
    differ = np.flatnonzero((usual[0] != other[0]) | (usual[1] != other[1]))
    if not len(differ):
        return
    pair = pairs[int(found.places[differ[0]])]
    said = [
        _quoted(labelled_words([pair], partial(characters.placed, reading=reading), content)[0])
        for reading in (USUAL, units)
    ]
    many = f"{len(differ):,} ranges stand" if len(differ) > 1 else "a range stands"
    split = int(characters.split(found, units).sum())
    which = "it" if len(differ) == 1 else f"{split:,} of them"
    cut = f"; {which} would then cut such a character in two" if split else ""
    yield (
        "note",
        f"{many} behind emoji or other characters of two UTF-16 units, and the format does not say whether offsets count "
        f"characters, as here, or those units: {in_full(pair[0])} to {in_full(pair[1])} is {said[0]}, or {said[1]}{cut}",
    )


def _quoted(words: str | None) -> str:
    if not words:
        return "nothing"
    return f"'{escaped(words[:SHOWN])}{'…' if len(words) > SHOWN else ''}'"
