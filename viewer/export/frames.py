"""One frame's blob `{objects, classifications}` to labels: a bad label becomes a problem, the others are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from viewer.errors import Report
from viewer.export.facts import class_name, colour_of, placed_hash, provenance_of, size_of, text_of, whole_of
from viewer.export.loose_json import Bytes, NotJson, is_null, items, members, value
from viewer.labels.ontology import Ontology
from viewer.labels.records import Annotation, FrameClassification, FrameLabels
from viewer.shapes import SHAPES, shape_of_geometry
from viewer.shapes.kind import Shape
from viewer.shapes.reading import BadGeometry, Reading, described
from viewer.shapes.sketch import Sketch
from viewer.size import Size

LARGEST_SIDE = 65_536
"""Of a frame whose size is taken from a mask."""


@dataclass(frozen=True, slots=True)
class Blob:
    """The raw labels of one frame and their JSON path from the row."""

    raw: Bytes
    path: str


def read_frame(
    frame: int, size: Size | None, blobs: tuple[Blob, ...], ontology: Ontology, report: Report
) -> FrameLabels:
    """All labels of a frame; `report` is about the row. Several blobs are a frame that the export lists twice."""
    annotations: list[Annotation] = []
    classifications: list[FrameClassification] = []
    for blob in blobs:
        here = report.below(blob.path, frame=frame)
        objects, entries, slice_size = read_blob(blob, here)
        size = size or slice_size
        if size is None and objects:
            size = _size_of_masks(objects)
            _warn_of_no_size(size, here)
        annotations += _annotations(objects, size, ontology, here, blob.path)
        classifications += _classifications(entries, here, blob.path)
    _warn_of_twins(annotations, report)
    kept = tuple(a for a in annotations if not a.deleted)
    return FrameLabels(frame, size, kept, tuple(a for a in annotations if a.deleted), tuple(classifications))


def _size_of_masks(objects: list[Any]) -> Size | None:
    """Masks carry the size of their frame, which helps where nothing else does."""
    for entry in objects:
        mask = entry.get("bitmask") if isinstance(entry, Mapping) else None
        if isinstance(mask, Mapping) and not mask.get("top") and not mask.get("left"):
            width, height = whole_of(mask, "width"), whole_of(mask, "height")
            if width and height and 0 < width < LARGEST_SIDE and 0 < height < LARGEST_SIDE:
                return Size(width, height)
    return None


def _warn_of_no_size(size: Size | None, report: Report) -> None:
    what = "neither the export nor the media gives a width and height"
    if size:
        report.warning(f"{what}; the size {size} of a mask on this frame was taken")
    else:
        report.warning(f"{what}, so the labels cannot be drawn")


class Entries(NamedTuple):
    """What a blob lists. An entry that cannot be read is a NotJson that says why."""

    objects: list[Any]
    classifications: list[Any]
    size: Size | None = None
    """Of the slice, where a slice of a series says its own."""


def read_blob(blob: Blob, report: Report) -> Entries:
    """The entries of a blob. What cannot be read is said and is not among them."""
    try:
        made = value(blob.raw)
    except NotJson:
        made = _piecewise(blob, report)
    if made is None:
        return Entries([], [])
    if not isinstance(made, Mapping):
        report.error(f"{described(made)} where the labels of a frame were expected; they are not shown")
        return Entries([], [])
    found: list[list[Any]] = []
    for key in ("objects", "classifications"):
        entries = made.get(key)
        if entries is not None and not isinstance(entries, list):
            report.error(f"{described(entries)} where a list of {key} was expected; they are not shown", f".{key}")
        found.append(entries if isinstance(entries, list) else [])
    metadata = made.get("metadata")
    size = size_of(metadata, report.below(".metadata")) if isinstance(metadata, Mapping) else None
    return Entries(found[0], found[1], size)


def _piecewise(blob: Blob, report: Report) -> Mapping[str, Any] | None:
    """Each entry by itself, so that one that cannot be read does not take the others with it."""
    try:
        parts = members(blob.raw)
        raw = {key: items(parts[key]) for key in ("objects", "classifications") if not is_null(parts.get(key, b""))}
    except (NotJson, TypeError) as error:
        report.error(f"the labels of this frame cannot be read: {error}")
        return None
    return {key: [_entry(entry) for entry in entries] for key, entries in raw.items()}


def _entry(raw: Bytes) -> Any:
    try:
        return value(raw)
    except NotJson as error:
        return error


def _annotations(
    entries: list[Any], size: Size | None, ontology: Ontology, report: Report, base: str
) -> list[Annotation]:
    made: list[Annotation] = []
    for index, entry in enumerate(entries):
        path = f".objects[{index}]"
        if not isinstance(entry, Mapping):
            report.error(_no_entry(entry, "a label"), path)
            continue
        made.append(read_annotation(entry, size, ontology, report.below(path), base + path))
    return made


def _no_entry(found: Any, expected: str) -> str:
    if isinstance(found, NotJson):
        return f"{expected} that cannot be read ({found}); left out"
    return f"{described(found)} where {expected} was expected; left out"


def read_annotation(
    entry: Mapping[str, Any], size: Size | None, ontology: Ontology, report: Report, path: str
) -> Annotation:
    """One object on one frame. What cannot be drawn is listed with `shape` None and a problem says why."""
    object_hash = text_of(entry, "objectHash") or placed_hash(path)
    here = report.below("", object_hash=object_hash)
    before = len(here.problems)
    if not text_of(entry, "objectHash"):
        here.warning("the label has no objectHash; it is listed by its place", ".objectHash")
    name = text_of(entry, "name")
    if not name:
        here.warning("the label has no class name; its value or feature hash is shown", ".name")
    feature_hash = text_of(entry, "featureHash")
    name = class_name(name, text_of(entry, "value"), feature_hash, ontology)
    kind, word = _kind(entry, here)
    if entry.get("isDeleted") is True:
        shape, sketch = None, None
    else:
        shape, sketch = _geometry(entry, kind, word, size, ontology.template(feature_hash, name), here)
    return Annotation(
        object_hash=object_hash,
        feature_hash=feature_hash,
        name=name,
        colour=colour_of(entry),
        word=word,
        shape=shape,
        sketch=sketch,
        provenance=provenance_of(entry, here),
        entry=entry,
        path=path,
        flagged=any(problem.severity != "note" for problem in here.problems[before:]),
        deleted=entry.get("isDeleted") is True,
    )


def _kind(entry: Mapping[str, Any], report: Report) -> tuple[type[Shape] | None, str]:
    """The shape and its word, by the entry's word, else by the geometry that it carries."""
    word = text_of(entry, "shape")
    if word:
        return SHAPES.get(word), word
    kind = shape_of_geometry(entry)
    if kind is None:
        report.error("the label names no shape and carries no geometry that is known", ".shape")
        return None, "unknown"
    report.warning(f"the label names no shape; read as a {kind.TITLE} by its geometry", ".shape")
    return kind, kind.WORD


def _geometry(
    entry: Mapping[str, Any],
    kind: type[Shape] | None,
    word: str,
    size: Size | None,
    template: Mapping[str, Any] | None,
    report: Report,
) -> tuple[Shape | None, Sketch | None]:
    if kind is None:
        if word != "unknown":
            report.warning(f"labels of shape '{word[:60]}' cannot be drawn yet; listed, with their raw data", ".shape")
        return None, None
    if size is None:
        return None, None
    reading = Reading(size, template)
    try:
        shape = kind.read(entry, reading)
        sketch = shape.sketch()
    except BadGeometry as bad:
        _pass_on(reading, report)
        report.say(bad.severity, f"{bad.what}; the label is listed, not drawn", f".{bad.where}")
        return None, None
    _pass_on(reading, report)
    bounds = sketch.bounds
    if bounds and (bounds.right < 0 or bounds.bottom < 0 or bounds.left > size.width or bounds.top > size.height):
        report.warning("the label lies wholly outside the picture")
    return shape, sketch


def _pass_on(reading: Reading, report: Report) -> None:
    for severity, where, what in reading.found:
        report.say(severity, what, f".{where}")


def _warn_of_twins(annotations: list[Annotation], report: Report) -> None:
    seen: set[str] = set()
    for annotation in annotations:
        if annotation.deleted:
            continue
        if annotation.object_hash in seen:
            here = report.below(annotation.path, object_hash=annotation.object_hash)
            here.warning(f"object {annotation.object_hash} stands twice on this frame; both are shown")
        seen.add(annotation.object_hash)


def _classifications(entries: list[Any], report: Report, base: str) -> list[FrameClassification]:
    made: list[FrameClassification] = []
    for index, entry in enumerate(entries):
        path = f".classifications[{index}]"
        here = report.below(path)
        if not isinstance(entry, Mapping):
            here.error(_no_entry(entry, "a classification"))
            continue
        classification_hash = text_of(entry, "classificationHash") or placed_hash(base + path)
        made.append(
            FrameClassification(
                classification_hash,
                text_of(entry, "featureHash"),
                text_of(entry, "name", "value"),
                provenance_of(entry, here.below("", object_hash=classification_hash)),
                base + path,
            )
        )
    return made
