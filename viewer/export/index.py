"""One look at every frame of a row: which objects and classifications it has, and where."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from viewer.errors import Report
from viewer.export.facts import class_name, colour_of, placed_hash, provenance_of, ranges_of, text_of
from viewer.export.frames import Blob, read_blob
from viewer.export.row_answers import Numbers, RowAnswers, answer_entry
from viewer.export.stretches import RANGE_UNIT_OF_KIND, stretch, stretched_labels
from viewer.labels.answers import LabelAnswers, Range
from viewer.labels.ontology import Ontology, OntologyClass
from viewer.labels.records import DEFAULT_COLOUR, Classification, Instance, Provenance
from viewer.labels.row import LabelRow, Presence, RowIndex, joined, joined_ranges
from viewer.shapes import shape_of_geometry

if TYPE_CHECKING:
    from viewer.export.raw_units import RawUnit


class ObjectKeys(msgspec.Struct):
    """What the index needs of an object's entry; the rest is skipped."""

    objectHash: str | None = None
    featureHash: str | None = None
    name: str | None = None
    value: str | None = None
    color: str | None = None
    shape: str | None = None
    isDeleted: bool | None = None


class ClassificationKeys(msgspec.Struct):
    """The same of a classification's entry."""

    classificationHash: str | None = None


class FrameKeys(msgspec.Struct):
    """The same of a frame's blob."""

    objects: list[ObjectKeys] = []
    classifications: list[ClassificationKeys] = []


_FRAME = msgspec.json.Decoder(FrameKeys)

NO_PLACE = [[0, 0]]
"""What Encord's SDK writes for a classification of a sound, text or page that is given no place, as if of its first
frame: it holds for all of it."""


@dataclass(slots=True)
class Found:
    """An object as first met."""

    unit: str
    feature_hash: str
    name: str
    value: str
    colour: str
    word: str
    words: set[str] = field(default_factory=set[str])
    path: str = ""


@dataclass(slots=True)
class Gathered:
    """What the frames of one unit hold, as columns while they are filled."""

    frames: array[int] = field(default_factory=lambda: array("q"))
    objects: array[int] = field(default_factory=lambda: array("i"))
    """Arrays, not lists: a number of a list takes five times the memory."""
    classified: dict[str, list[tuple[int, str]]] = field(default_factory=dict[str, list[tuple[int, str]]])


def index_row(
    row: LabelRow, raw_units: list[RawUnit], answers: RowAnswers, ontology: Ontology, report: Report
) -> RowIndex:
    """Objects, classifications and who is where. `report` is about the row."""
    found: dict[tuple[str, str], int] = {}
    objects: list[tuple[str, Found]] = []
    gathered: dict[str, Gathered] = {}
    for raw in raw_units:
        here = gathered[raw.unit.id] = Gathered()
        for frame in sorted(raw.blobs):
            for blob in raw.blobs[frame]:
                _gather(raw.unit.id, frame, blob, here, found, objects)
    presence = {unit: _presence(columns) for unit, columns in gathered.items()}
    numbers = Numbers(answers.objects)
    instances = _instances(objects, presence, answers, ontology, numbers, report)
    placed = {object_hash for object_hash, _ in objects}
    instances += stretched_labels(row, answers, ontology, numbers, placed, report)
    classifications = _classifications(row, gathered, raw_units, answers, ontology, report)
    _warn_beyond_the_end(row, gathered, report)
    return RowIndex(tuple(instances), tuple(classifications), presence, tuple(report.problems))


def _gather(
    unit: str,
    frame: int,
    blob: Blob,
    columns: Gathered,
    found: dict[tuple[str, str], int],
    objects: list[tuple[str, Found]],
) -> None:
    entries, classifications = _keys(blob)
    for place, keys in enumerate(entries):
        if keys is None or keys.isDeleted:
            continue
        object_hash = keys.objectHash or placed_hash(f"{blob.path}.objects[{place}]")
        index = found.get((unit, object_hash))
        if index is None:
            index = found[unit, object_hash] = len(objects)
            objects.append((object_hash, _first_met(unit, keys, f"{blob.path}.objects[{place}]")))
        objects[index][1].words.add(keys.shape or "")
        columns.frames.append(frame)
        columns.objects.append(index)
    for place, classification in enumerate(classifications):
        if classification is not None:
            path = f"{blob.path}.classifications[{place}]"
            key = classification.classificationHash or placed_hash(path)
            columns.classified.setdefault(key, []).append((frame, path))


def _first_met(unit: str, keys: ObjectKeys, path: str) -> Found:
    colour = colour_of({"color": keys.color})
    return Found(unit, keys.featureHash or "", keys.name or "", keys.value or "", colour, keys.shape or "", path=path)


def _keys(blob: Blob) -> tuple[Sequence[ObjectKeys | None], Sequence[ClassificationKeys | None]]:
    """What the index needs of a blob's entries; None for those that are no objects."""
    try:
        keys = _FRAME.decode(blob.raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        keys = None
    if keys is None or not all(entry.shape for entry in keys.objects):
        found = read_blob(blob, Report(""))
        return list(map(_loose_object, found.objects)), list(map(_loose_classification, found.classifications))
    return keys.objects, keys.classifications


def _loose_classification(entry: Any) -> ClassificationKeys | None:
    return ClassificationKeys(text_of(entry, "classificationHash") or None) if isinstance(entry, Mapping) else None


def _loose_object(entry: Any) -> ObjectKeys | None:
    if not isinstance(entry, Mapping):
        return None
    texts = {
        key: text_of(entry, key) or None for key in ("objectHash", "featureHash", "name", "value", "color", "shape")
    }
    if texts["shape"] is None and (kind := shape_of_geometry(entry)):
        texts["shape"] = kind.WORD
    return ObjectKeys(**texts, isDeleted=entry.get("isDeleted") is True)


def _presence(columns: Gathered) -> Presence:
    return Presence(np.array(columns.frames, dtype=np.int64), np.array(columns.objects, dtype=np.int32))


def _instances(
    objects: list[tuple[str, Found]],
    presence: Mapping[str, Presence],
    answers: RowAnswers,
    ontology: Ontology,
    numbers: Numbers,
    report: Report,
) -> list[Instance]:
    frames_of: dict[int, Any] = {}
    for columns in presence.values():
        order = np.argsort(columns.objects, kind="stable")
        sorted_objects = columns.objects[order]
        present, starts = np.unique(sorted_objects, return_index=True)
        runs = np.split(columns.frames[order], starts[1:])
        frames_of.update(zip(present.tolist(), runs, strict=False))
    made: list[Instance] = []
    for index, (object_hash, found) in enumerate(objects):
        if len(found.words) > 1:
            here = report.below(found.path, unit=found.unit, object_hash=object_hash)
            words = " and ".join(sorted(word or "none" for word in found.words))
            here.warning(f"object {object_hash} has more than one shape: {words}; each is shown as it stands", ".shape")
        made.append(
            Instance(
                object_hash=object_hash,
                feature_hash=found.feature_hash,
                name=class_name(found.name, found.value, found.feature_hash, ontology),
                colour=found.colour,
                word=found.word or "unknown",
                unit=found.unit,
                number=numbers.of(object_hash, found.feature_hash),
                frames=joined(frames_of[index]),
                answers=answers.read_object(object_hash, found.feature_hash, found.unit, report),
            )
        )
    return made


def _classifications(
    row: LabelRow,
    gathered: Mapping[str, Gathered],
    raw_units: list[RawUnit],
    answers: RowAnswers,
    ontology: Ontology,
    report: Report,
) -> list[Classification]:
    placed: dict[str, list[str]] = {}
    for unit, columns in gathered.items():
        for key in columns.classified:
            placed.setdefault(key, []).append(unit)
    made: list[Classification] = []
    for key in dict.fromkeys((*answers.classifications, *placed)):
        here = report.below(f".classification_answers.{key}", object_hash=key)
        entry = answer_entry(answers.classifications.get(key), here)
        for unit in _units_of(entry, placed.get(key, []), row):
            blobs = gathered[unit].classified.get(key, []) if unit in gathered else []
            made.append(_classification(key, unit, entry, blobs, row, raw_units, answers, ontology, here))
    return made


def _units_of(entry: Mapping[str, Any], placed: list[str], row: LabelRow) -> list[str]:
    spaces = entry.get("spaces")
    if isinstance(spaces, Mapping) and spaces:
        return list(dict.fromkeys((*spaces, *placed)))
    if placed:
        return placed
    return [row.units[0].id] if row.units else [""]


def _classification(
    key: str,
    unit: str,
    entry: Mapping[str, Any],
    blobs: list[tuple[int, str]],
    row: LabelRow,
    raw_units: list[RawUnit],
    answers: RowAnswers,
    ontology: Ontology,
    report: Report,
) -> Classification:
    here = report.below("", unit=unit)
    blob_entry = _blob_entry(blobs, unit, raw_units)
    feature_hash = text_of(entry, "featureHash") or text_of(blob_entry, "featureHash")
    known = ontology.classes.get(feature_hash)
    own = answers.read_classification({**entry, "featureHash": feature_hash}, here) if entry else LabelAnswers()
    first = own.static[0].title if own.static else ""
    ranges, range_unit = _placed_ranges(entry, unit, row, here)
    stated = ranges if range_unit and ranges == NO_PLACE else []
    ranges = [] if stated else ranges
    counted: list[Range] = [] if range_unit else [(first, last) for first, last in ranges]
    frames = joined_ranges([*counted, *((frame, frame) for frame, _ in blobs)])
    said = entry if "createdBy" in entry or "createdAt" in entry else blob_entry
    whole = not frames and not ranges
    if whole and not _holds_for_all(entry, known, range_unit):
        here.warning("the classification names no frames, so it holds on none", ".range")
        whole = False
    return Classification(
        classification_hash=key,
        feature_hash=feature_hash,
        name=(known.title if known else "") or text_of(blob_entry, "name", "value") or first or feature_hash or key,
        colour=DEFAULT_COLOUR,
        unit=unit,
        frames=None if whole or range_unit else frames,
        answers=own,
        provenance=provenance_of(said, here) if said else Provenance(),
        ranges=tuple(ranges) if range_unit else (),
        range_unit=range_unit if ranges else None,
        path=f".classification_answers.{key}" if entry else (blobs[0][1] if blobs else ""),
        stated=tuple(stated),
    )


def _blob_entry(blobs: list[tuple[int, str]], unit: str, raw_units: list[RawUnit]) -> Mapping[str, Any]:
    """The first frame's entry of a classification, for what its answer does not say."""
    for frame, path in blobs[:1]:
        raw = next((raw for raw in raw_units if raw.unit.id == unit), None)
        for blob in raw.blobs[frame] if raw else ():
            if path.startswith(f"{blob.path}.classifications["):
                entries = read_blob(blob, Report("")).classifications
                found = entries[int(path[len(blob.path) + len(".classifications[") : -1])]
                return found if isinstance(found, Mapping) else {}
    return {}


def _holds_for_all(entry: Mapping[str, Any], known: OntologyClass | None, range_unit: str | None) -> bool:
    """Whether a classification without a place is about the whole unit, rather than left over from a deleted one."""
    if range_unit or (known and known.is_global):
        return True
    # without an ontology only rows of the later generations tell, by an empty range
    return known is None and ("range" in entry or bool(entry.get("spaces")))


def _placed_ranges(entry: Mapping[str, Any], unit: str, row: LabelRow, report: Report) -> tuple[list[Any], str | None]:
    """Ranges of a classification on a unit, and their unit where they do not count frames."""
    spaces = entry.get("spaces")
    place = spaces.get(unit) if isinstance(spaces, Mapping) else None
    if isinstance(place, Mapping):
        path, found = f".spaces.{unit}.range", place.get("range")
    else:
        path = ".range_html" if entry.get("range_html") else ".range"
        found = entry.get(path[1:])
    kind = row.unit(unit)
    range_unit = RANGE_UNIT_OF_KIND.get(kind.kind) if kind else None
    if range_unit is None or found is None:
        return ranges_of(found, report, path), range_unit
    if range_unit == "html" and found == NO_PLACE:
        return found, range_unit
    return list(stretch(found, range_unit, report.below(path))[0]), range_unit


def _warn_beyond_the_end(row: LabelRow, gathered: Mapping[str, Gathered], report: Report) -> None:
    for unit in row.units:
        columns = gathered.get(unit.id)
        if unit.kind != "video" or unit.frames is None or columns is None:
            continue
        beyond = sorted({frame for frame in columns.frames if frame >= unit.frames})
        if beyond:
            here = report.below(f"{unit.path}.labels.{beyond[0]}", unit=unit.id, frame=beyond[0])
            here.warning(f"{len(beyond):,} labelled frames lie beyond the end of the video's {unit.frames:,} frames")
