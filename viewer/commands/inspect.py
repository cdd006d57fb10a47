"""`inspect`: everything that was read, as one JSON document for other programs to compare with."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from viewer.check.problems import all_problems
from viewer.errors import Problem, ViewerError, escaped
from viewer.export.export import Export
from viewer.export.facts import hidden_queries, is_finite
from viewer.export.find_media import Match
from viewer.export.stretches import RANGE_UNIT_OF_KIND
from viewer.export.unit_media import PASSAGE_KINDS, SLICE_KINDS, MediaOf
from viewer.labels.answers import NO_ANSWERS, LabelAnswers, keyed
from viewer.labels.records import Annotation, Classification, Instance, Provenance, Unit
from viewer.labels.row import LabelRow
from viewer.scene.labelled_words import labelled_words
from viewer.scene.offsets import USUAL
from viewer.scene.placing import placing
from viewer.size import Size

Words = Callable[[Sequence[Any]], list[str | None]]
"""Ranges as exported to what stands in them; None where that is not known."""


def inspected(export: Export, row_hash: str | None = None) -> dict[str, Any]:
    """The document; `row_hash` restricts it to rows with this label or data hash. Raises ViewerError without any."""
    rows: list[dict[str, Any]] = []
    problems: list[Problem] = list(export.problems)
    for head in export.named(row_hash):
        row = export.row(head.index)
        media = MediaOf(export, row)
        rows.append(_row(row, media))
        problems += all_problems(export, row, media)
    problems += export.places.problems
    return finite({"rows": rows, "problems": [problem_json(problem) for problem in problems]})


def problem_json(problem: Problem) -> dict[str, str]:
    what = escaped(hidden_queries(problem.what))
    return {"severity": problem.severity, "where": escaped(problem.where), "what": what}


def printed(document: Any) -> str:
    """One JSON document of finite numbers; characters that a terminal might act on are escaped, as JSON escapes them."""
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1)
    return _ACTING.sub(lambda found: f"\\u{ord(found[0]):04x}", text).encode("utf-8", "replace").decode()


_ACTING = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Controls beyond those that JSON escapes itself, and marks that turn the direction of a line."""


def finite(made: Any) -> Any:
    """The same JSON with NaN and infinities as texts: raw data may hold them, a JSON document may not."""
    if isinstance(made, float | int):
        return made if is_finite(made) else str(made)
    if isinstance(made, Mapping):
        return {key: finite(item) for key, item in made.items()}
    if isinstance(made, list | tuple):
        return [finite(item) for item in made]
    return made


def _row(row: LabelRow, media: MediaOf) -> dict[str, Any]:
    index = row.index()
    head = row.head
    return {
        "label_hash": head.label_hash,
        "data_hash": head.data_hash,
        "title": head.title,
        "type": head.data_type,
        "branch": head.branch,
        "status": head.status,
        "deleted": head.deleted,
        "units": [_unit(unit, media) for unit in row.units],
        "objects": _objects(row, media),
        "annotations": {unit.id: _annotations(row, unit, media) for unit in row.units},
        "classifications": [_classification(found, row) for found in index.classifications],
    }


def _unit(unit: Unit, media: MediaOf) -> dict[str, Any]:
    matches = media.matches(unit)
    size = unit.size or (None if unit.is_group else media.picture_size(unit, 0))
    made: dict[str, Any] = {
        "id": unit.id,
        "title": unit.title,
        "kind": unit.kind,
        **_sides(size),
        "frames": unit.frames,
        "fps": unit.fps,
        "duration": _duration(unit, media),
        "layout_key": unit.layout_key,
        "media": None if unit.is_group else _match(_first(matches)),
    }
    if unit.kind == "video" and made["media"] is not None:
        made["media"] |= _video(unit, media)
    if unit.kind in (*SLICE_KINDS, "pdf") and made["frames"] is None and made["media"] is not None:
        made["frames"] = _count(unit, media)
    if unit.is_group or (unit.kind == "dicom" and len(unit.files) > 1):
        made["files"] = [
            {
                "frame": file.frame,
                "data_hash": file.data_hash,
                "title": file.title,
                **_sides(file.size or media.picture_size(unit, file.frame)),
                "media": _match(matches.get(file.frame)),
            }
            for file in unit.files
        ]
    return made


def _first(matches: Mapping[int, Match]) -> Match | None:
    """Of the one file of a unit, or of the first slice that was found."""
    return next((match for match in matches.values() if match.source is not None), matches.get(0))


def _count(unit: Unit, media: MediaOf) -> int | None:
    """Slices or pages that the media hold, where the export does not say how many there are."""
    try:
        pictures = media.pictures(unit)
    except ViewerError:
        return None
    return pictures.count if pictures is not None else None


def _duration(unit: Unit, media: MediaOf) -> float | None:
    """In seconds, as exported; where the export does not say, of the sound itself."""
    if unit.duration is not None or unit.kind != "audio":
        return unit.duration
    try:
        sound = media.sound(unit)
    except ViewerError:
        return None
    return sound.count / sound.rate if sound is not None else None


def _sides(size: Size | None) -> dict[str, int | None]:
    return {"width": size.width if size else None, "height": size.height if size else None}


def _match(match: Match | None) -> dict[str, Any] | None:
    if match is None or match.source is None:
        return None
    source = match.source
    return {"path": escaped(str(source.path or source.name)), "found_by": match.found_by}


def _video(unit: Unit, media: MediaOf) -> dict[str, Any]:
    """How many frames the file holds, and whether each number surely addresses the right one."""
    try:
        video = media.video(unit)
    except ViewerError as error:
        return {"frames_found": None, "exact": escaped(str(error))}
    assert video is not None
    return {"frames_found": video.count, "exact": video.index.inexact or True}


def _objects(row: LabelRow, media: MediaOf) -> list[dict[str, Any]]:
    words = {unit.id: _words_of(unit, media) for unit in row.units if unit.kind in PASSAGE_KINDS}
    return [_object(instance, words.get(instance.unit, _no_words)) for instance in row.index().instances]


def _words_of(unit: Unit, media: MediaOf) -> Words:
    """What finds the labelled strings of ranges on a text or page, by the usual reading of their offsets."""
    try:
        passage = media.passage(unit)
    except ViewerError:
        passage = None  # said in the list of problems
    place = placing(unit.kind, passage, USUAL)
    if passage is None or place is None:
        return _no_words
    return partial(labelled_words, place=place, content=passage.content)


def _no_words(ranges: Sequence[Any]) -> list[str | None]:
    return [None] * len(ranges)


def _object(instance: Instance, words: Words) -> dict[str, Any]:
    return {
        "object_hash": instance.object_hash,
        "feature_hash": instance.feature_hash,
        "name": instance.name,
        "shape": instance.word,
        "color": instance.colour,
        "unit": instance.unit,
        "frames": _ranges(instance.frames),
        "ranges": list(instance.ranges),
        "unit_of_range": instance.range_unit,
        "answers": keyed(instance.answers.static),
        **({"texts": words(instance.ranges)} if instance.range_unit in ("characters", "html") else {}),
    }


def _ranges(ranges: Iterable[tuple[int, int]]) -> list[list[int]]:
    return [list(pair) for pair in ranges]


def _annotations(row: LabelRow, unit: Unit, media: MediaOf) -> dict[str, list[dict[str, Any]]]:
    made: dict[str, list[dict[str, Any]]] = {}
    answers = {i.object_hash: i.answers for i in row.index().instances if i.unit == unit.id}
    labels = row.labels[unit.id]
    for frame in labels.frames.tolist():
        found = labels.on_frame(frame, media.label_size(unit, frame)).annotations
        if found:
            made[str(frame)] = [_annotation(a, answers.get(a.object_hash, NO_ANSWERS), frame) for a in found]
    return made


def _annotation(annotation: Annotation, answers: LabelAnswers, frame: int) -> dict[str, Any]:
    shape = annotation.shape
    return {
        "object_hash": annotation.object_hash,
        "shape": annotation.word,
        "pixels": shape.pixels() if shape else {"raw": raw_geometry(annotation)},
        "answers": keyed(answers.on_frame(frame)),
        **_provenance(annotation.provenance),
    }


_KNOWN_KEYS = frozenset(
    [
        "objectHash",
        "featureHash",
        "name",
        "value",
        "color",
        "shape",
        "confidence",
        "createdBy",
        "createdAt",
        "lastEditedBy",
        "lastEditedAt",
        "manualAnnotation",
        "manual_annotation",
        "isDeleted",
        "reviews",
        "objectNumber",
        "event",
        "interpolate",
    ]
)


def raw_geometry(annotation: Annotation) -> Any:
    """What an entry holds of geometry, untouched but for queries of links: the member named like the shape, else all
    that is not known."""
    entry = annotation.entry
    if annotation.word in entry:
        return hidden_queries(entry[annotation.word])
    return hidden_queries({key: item for key, item in entry.items() if key not in _KNOWN_KEYS})


def _provenance(said: Provenance) -> dict[str, Any]:
    return {
        "confidence": said.confidence,
        "created_by": said.created_by,
        "created_at": said.created_at,
        "last_edited_by": said.last_edited_by,
        "last_edited_at": said.last_edited_at,
        "manual": said.manual,
    }


def _classification(found: Classification, row: LabelRow) -> dict[str, Any]:
    unit = row.unit(found.unit)
    return {
        "classification_hash": found.classification_hash,
        "feature_hash": found.feature_hash,
        "name": found.name,
        "unit": found.unit,
        "answers": keyed(found.answers.static),
        # labels of a sound or text have no frames, and hold for all of it only where they name no stretch
        "frames": None if found.frames is None and not found.ranges else _ranges(found.frames or ()),
        "ranges": list(found.ranges or found.stated),
        "unit_of_range": RANGE_UNIT_OF_KIND.get(unit.kind) if found.stated and unit else found.range_unit,
        **_provenance(found.provenance),
    }
