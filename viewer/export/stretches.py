"""Labels of sounds and texts: the whole object stands in the answers, and its place is a stretch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from viewer.errors import Report, in_full
from viewer.export.facts import class_name, colour_of, is_finite, provenance_of, text_of
from viewer.export.loose_json import NotJson, value
from viewer.export.row_answers import Numbers, RowAnswers
from viewer.labels.ontology import Ontology
from viewer.labels.pairs import columns_of
from viewer.labels.records import Instance
from viewer.labels.row import LabelRow
from viewer.shapes import SHAPES
from viewer.shapes.reading import described

BIG = 1e300
"""Beyond any place; infinity is too."""
RANGE_UNITS = {"audio": "ms", "text": "characters", "time_range": "ms"}
"""Shapes whose place is a stretch, and its unit."""
RANGE_UNIT_OF_KIND = {"audio": "ms", "text": "characters", "html": "html", "time_series": "ms"}
"""Units of ranges on kinds of units that have no frames."""


def stretched_labels(
    row: LabelRow, answers: RowAnswers, ontology: Ontology, numbers: Numbers, placed: set[str], report: Report
) -> list[Instance]:
    """Those of the row's answers that are labels of their own; objects in `placed` are on frames and are none."""
    made: list[Instance] = []
    for object_hash, raw in answers.objects.items():
        if object_hash in placed:
            continue
        here = report.below(f".object_answers.{object_hash}", object_hash=object_hash)
        try:
            entry = value(raw)
        except NotJson as error:
            here.error(f"a label that cannot be read ({error}); left out")
            continue
        if not isinstance(entry, Mapping) or entry.get("isDeleted") is True:
            continue
        word = _word(entry, ontology)
        if word is None:
            continue
        feature_hash = text_of(entry, "featureHash")
        for unit, ranges, range_unit in _stretches(entry, row, RANGE_UNITS.get(word, "frames"), here):
            instance = Instance(
                object_hash=object_hash,
                feature_hash=feature_hash,
                name=class_name(text_of(entry, "name"), text_of(entry, "value"), feature_hash, ontology),
                colour=colour_of(entry),
                word=word,
                unit=unit,
                number=numbers.of(object_hash, feature_hash),
                frames=(),
                ranges=ranges,
                range_unit=range_unit,
                answers=answers.read_object(object_hash, feature_hash, unit, report),
                provenance=provenance_of(entry, here),
            )
            _warn_beyond_the_end(instance, row, here)
            made.append(instance)
    return made


def _word(entry: Mapping[str, Any], ontology: Ontology) -> str | None:
    """The shape of a label that has its place in its answers; None for an entry whose object was deleted."""
    word = text_of(entry, "shape")
    if word in RANGE_UNITS:
        return word
    if not any(entry.get(key) for key in ("spaces", "range", "range_html")):
        return None
    known = ontology.classes.get(text_of(entry, "featureHash"))
    word = word or (known.shape if known else "") or "unknown"
    return None if word in SHAPES else word


def _stretches(
    entry: Mapping[str, Any], row: LabelRow, range_unit: str, report: Report
) -> list[tuple[str, tuple[Any, ...], str]]:
    """(unit, ranges, unit of range) of each unit that the label is on; ranges as exported."""
    spaces = entry.get("spaces")
    if isinstance(spaces, Mapping) and spaces:
        made: list[tuple[str, tuple[Any, ...], str]] = []
        for unit, place in spaces.items():
            place = place if isinstance(place, Mapping) else {}
            known = row.unit(unit)
            is_html = place.get("type") == "html" or (known is not None and known.kind == "html")
            here = report.below(f".spaces.{unit}.range", unit=unit)
            made.append((unit, *stretch(place.get("range"), "html" if is_html else range_unit, here)))
        return made
    unit, kind = (row.units[0].id, row.units[0].kind) if row.units else ("", "")
    if entry.get("range_html") and not (kind == "text" and entry.get("range")):
        return [(unit, *stretch(entry["range_html"], "html", report.below(".range_html")))]
    return [(unit, *stretch(entry.get("range"), "html" if kind == "html" else range_unit, report.below(".range")))]


def stretch(ranges: Any, range_unit: str, report: Report) -> tuple[tuple[Any, ...], str]:
    """Ranges as exported, and their unit; what is wrong with them is said. HTML ranges as pairs of positions."""
    if not isinstance(ranges, list):
        report.error(f"{described(ranges)} where a list of ranges was expected, so the label has no place")
        return (), range_unit
    if range_unit == "html":
        return tuple(html_ranges(ranges, report)), range_unit
    columns = columns_of(ranges)
    is_fine = (
        None if columns is None else (columns[:, 0] >= 0) & (columns[:, 0] <= columns[:, 1]) & (columns[:, 1] < BIG)
    )
    for index in range(len(ranges)) if is_fine is None else np.flatnonzero(~is_fine).tolist():
        what = odd_stretch(ranges[index])
        if what:
            report.warning(what, f"[{index}]")
    return tuple(ranges), range_unit


def odd_stretch(pair: Any) -> str | None:
    """What is wrong with a stretch of a sound or text, `[first, last]`; such a stretch is kept as it stands."""
    if not isinstance(pair, list) or len(pair) != 2 or not all(_is_number(end) for end in pair):
        return "the range is no pair [first, last]; it has no place"
    if pair[0] > pair[1]:
        return f"the range {in_full(pair[0])} to {in_full(pair[1])} ends before it starts"
    return f"the range starts at {in_full(pair[0])}, before the beginning" if pair[0] < 0 else None


def _is_number(found: Any) -> bool:
    return isinstance(found, float | int) and not isinstance(found, bool) and is_finite(found)


def html_ranges(found: list[Any], report: Report) -> list[Any]:
    """Pairs of positions `{xpath, offset}`, out of pairs or of `{start, end}`, whose path was once called node; what is
    none is kept as it stands."""
    made: list[Any] = []
    for index, item in enumerate(found):
        ends = [item.get("start"), item.get("end")] if isinstance(item, Mapping) else item
        known = [end for end in ends if isinstance(end, Mapping)] if isinstance(ends, list) else []
        if len(known) != 2 or len(ends) != 2:
            report.warning("the range is no pair of positions in the page; it has no place", f"[{index}]")
            made.append(item)
        else:
            made.append([{"xpath": end.get("xpath", end.get("node")), "offset": end.get("offset")} for end in known])
    return made


def _warn_beyond_the_end(instance: Instance, row: LabelRow, report: Report) -> None:
    """Where the export itself says how long the sound is."""
    unit = row.unit(instance.unit)
    if instance.range_unit != "ms" or unit is None or unit.duration is None:
        return
    columns = columns_of(instance.ranges)
    if columns is not None and not (columns[:, 1] > unit.duration * 1000 + 1).any():
        return
    end = max((pair[1] for pair in instance.ranges if odd_stretch(pair) is None), default=0)
    if end > unit.duration * 1000 + 1:
        here = report.below("", unit=unit.id)
        said = in_full(round(unit.duration * 1000, 6))
        here.warning(f"the label reaches to {in_full(end)} ms, beyond the duration of {said} ms")
