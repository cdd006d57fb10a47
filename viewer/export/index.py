"""One look at every frame of a row: which objects and classifications it has, and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import msgspec
import numpy as np

from viewer.errors import Report
from viewer.export.facts import colour_of, html_ranges, odd_stretch, provenance_of, ranges_of, text_of
from viewer.export.frames import Blob, object_hash_of, read_blob
from viewer.export.loose_json import NotJson, value
from viewer.labels.answers import LabelAnswers, Range
from viewer.labels.ontology import Ontology, OntologyClass
from viewer.labels.records import DEFAULT_COLOUR, Classification, Instance, Provenance
from viewer.labels.row import LabelRow, Presence, RowIndex, joined, joined_ranges
from viewer.shapes import SHAPES, shape_of_geometry
from viewer.shapes.reading import described

if TYPE_CHECKING:
    from viewer.export.loose_json import Bytes
    from viewer.export.units import RawUnit

RANGE_UNITS = {"audio": "ms", "text": "characters", "time_range": "ms"}
"""Shapes whose place is a stretch in the answers, and its unit."""
RANGE_UNIT_OF_KIND = {"audio": "ms", "text": "characters", "html": "html", "time_series": "ms"}
"""Units of ranges on kinds of units that have no frames."""


class Answers(Protocol):
    """The answers of a row, as this room reads them."""

    objects: dict[str, Bytes]
    actions: dict[str, Bytes]
    classifications: dict[str, Bytes]

    def read_object(self, object_hash: str, class_hash: str, unit: str, report: Report) -> LabelAnswers: ...

    def read_classification(self, entry: Mapping[str, Any], report: Report) -> LabelAnswers: ...


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


class NumberKeys(msgspec.Struct):
    """The same of an object's answers."""

    objectNumber: int | None = None


_FRAME = msgspec.json.Decoder(FrameKeys)
_NUMBER = msgspec.json.Decoder(NumberKeys)


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

    frames: list[int] = field(default_factory=list[int])
    objects: list[int] = field(default_factory=list[int])
    classified: dict[str, list[tuple[int, str]]] = field(default_factory=dict[str, list[tuple[int, str]]])


def index_row(
    row: LabelRow, raw_units: list[RawUnit], answers: Answers, ontology: Ontology, report: Report
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
    instances = _instances(objects, presence, answers, ontology, report)
    placed = {object_hash for object_hash, _ in objects}
    instances += _ranged(row, answers, ontology, placed, report)
    classifications = _classifications(row, gathered, raw_units, answers, ontology, report)
    _warn_beyond_the_end(row, gathered, report)
    _warn_of_long_stretches(row, instances, report)
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
        object_hash = keys.objectHash or object_hash_of({}, f"{blob.path}.objects[{place}]")
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
            key = classification.classificationHash or f"no hash: {path}"
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
    answers: Answers,
    ontology: Ontology,
    report: Report,
) -> list[Instance]:
    frames_of: dict[int, Any] = {}
    for columns in presence.values():
        order = np.argsort(columns.objects, kind="stable")
        sorted_objects = columns.objects[order]
        present, starts = np.unique(sorted_objects, return_index=True)
        runs = np.split(columns.frames[order], starts[1:])
        frames_of.update(zip(present.tolist(), runs, strict=False))
    numbers: dict[str, dict[str, int]] = {}
    made: list[Instance] = []
    for index, (object_hash, found) in enumerate(objects):
        of_class = numbers.setdefault(found.feature_hash, {})
        number = of_class.setdefault(object_hash, _exported_number(answers, object_hash) or len(of_class) + 1)
        if len(found.words) > 1:
            here = report.below(found.path, unit=found.unit, object_hash=object_hash)
            words = " and ".join(sorted(word or "none" for word in found.words))
            here.warning(f"object {object_hash} has more than one shape: {words}; each is shown as it stands", ".shape")
        known = ontology.classes.get(found.feature_hash)
        names = (found.name, known.title if known else "", found.value, found.feature_hash, "(no class)")
        made.append(
            Instance(
                object_hash=object_hash,
                feature_hash=found.feature_hash,
                name=next(name for name in names if name),
                colour=found.colour,
                word=found.word or "unknown",
                unit=found.unit,
                number=number,
                frames=joined(frames_of[index]),
                answers=answers.read_object(object_hash, found.feature_hash, found.unit, report),
            )
        )
    return made


def _exported_number(answers: Answers, object_hash: str) -> int | None:
    """The number that the editor shows, which rows of 2026 carry."""
    raw = answers.objects.get(object_hash)
    try:
        found = _NUMBER.decode(raw).objectNumber if raw is not None else None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return found if found is not None and 0 < found < 2**53 else None


def _ranged(row: LabelRow, answers: Answers, ontology: Ontology, placed: set[str], report: Report) -> list[Instance]:
    """Labels of sounds and texts: the whole object stands in the answers."""
    made: list[Instance] = []
    for object_hash, raw in answers.objects.items():
        here = report.below(f".object_answers.{object_hash}", object_hash=object_hash)
        try:
            entry = value(raw)
        except NotJson as error:
            if object_hash not in placed:
                here.error(f"a label that cannot be read ({error}); left out")
            continue
        if object_hash in placed or not isinstance(entry, Mapping) or entry.get("isDeleted") is True:
            continue
        word = _ranged_word(entry, ontology)
        if word is None:
            continue
        for unit, ranges, range_unit in _stretches(entry, row, RANGE_UNITS.get(word, "frames"), here):
            feature_hash = text_of(entry, "featureHash")
            known = ontology.classes.get(feature_hash)
            title = known.title if known else ""
            names = (text_of(entry, "name"), title, text_of(entry, "value"), feature_hash)
            made.append(
                Instance(
                    object_hash=object_hash,
                    feature_hash=feature_hash,
                    name=next((name for name in names if name), "(no class)"),
                    colour=colour_of(entry),
                    word=word,
                    unit=unit,
                    number=1 + len({o.object_hash for o in made if o.feature_hash == feature_hash} - {object_hash}),
                    frames=(),
                    ranges=ranges,
                    range_unit=range_unit,
                    answers=answers.read_object(object_hash, feature_hash, unit, report),
                    provenance=provenance_of(entry, here),
                )
            )
    return made


def _ranged_word(entry: Mapping[str, Any], ontology: Ontology) -> str | None:
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
    """(unit, ranges, unit of range) of each unit that a label of a sound or text is on; ranges as exported."""
    spaces = entry.get("spaces")
    if isinstance(spaces, Mapping) and spaces:
        made: list[tuple[str, tuple[Any, ...], str]] = []
        for unit, place in spaces.items():
            place = place if isinstance(place, Mapping) else {}
            known = row.unit(unit)
            is_html = place.get("type") == "html" or (known is not None and known.kind == "html")
            here = report.below(f".spaces.{unit}.range", unit=unit)
            made.append((unit, *_stretch(place.get("range"), "html" if is_html else range_unit, here)))
        return made
    unit = row.units[0].id if row.units else ""
    if entry.get("range_html"):
        return [(unit, *_stretch(entry["range_html"], "html", report.below(".range_html")))]
    return [(unit, *_stretch(entry.get("range"), range_unit, report.below(".range")))]


def _stretch(ranges: Any, range_unit: str, report: Report) -> tuple[tuple[Any, ...], str]:
    """Ranges as exported, and their unit; what is wrong with them is said. HTML ranges as pairs of positions."""
    if not isinstance(ranges, list):
        report.error(f"{described(ranges)} where a list of ranges was expected, so the label has no place")
        return (), range_unit
    if range_unit == "html":
        return tuple(html_ranges(ranges, report)), range_unit
    for index, pair in enumerate(ranges):
        what = odd_stretch(pair)
        if what:
            report.warning(what, f"[{index}]")
    return tuple(ranges), range_unit


def _classifications(
    row: LabelRow,
    gathered: Mapping[str, Gathered],
    raw_units: list[RawUnit],
    answers: Answers,
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
        entry = _answer_entry(answers.classifications.get(key), here)
        for unit in _units_of(entry, placed.get(key, []), row):
            blobs = gathered[unit].classified.get(key, []) if unit in gathered else []
            made.append(_classification(key, unit, entry, blobs, row, raw_units, answers, ontology, here))
    return made


def _answer_entry(raw: Bytes | None, report: Report) -> Mapping[str, Any]:
    if raw is None:
        return {}
    try:
        made = value(raw)
    except NotJson as error:
        report.error(str(error))
        return {}
    if not isinstance(made, Mapping):
        report.warning("no object with answers; the classification is shown without")
        return {}
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
    answers: Answers,
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
        ranges=tuple(list(pair) for pair in ranges) if range_unit else (),
        range_unit=range_unit if ranges else None,
        path=f".classification_answers.{key}" if entry else (blobs[0][1] if blobs else ""),
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
    found = place.get("range") if isinstance(place, Mapping) else entry.get("range_html") or entry.get("range")
    kind = row.unit(unit)
    range_unit = RANGE_UNIT_OF_KIND.get(kind.kind) if kind else None
    if range_unit == "html":
        return html_ranges(found if isinstance(found, list) else [], report), range_unit
    return ranges_of(found, report, ".range"), range_unit


def _warn_beyond_the_end(row: LabelRow, gathered: Mapping[str, Gathered], report: Report) -> None:
    for unit in row.units:
        columns = gathered.get(unit.id)
        if unit.kind != "video" or unit.frames is None or columns is None:
            continue
        beyond = sorted({frame for frame in columns.frames if frame >= unit.frames})
        if beyond:
            here = report.below(f"{unit.path}.labels.{beyond[0]}", unit=unit.id, frame=beyond[0])
            here.warning(f"{len(beyond):,} labelled frames lie beyond the end of the video's {unit.frames:,} frames")


def _warn_of_long_stretches(row: LabelRow, instances: Sequence[Instance], report: Report) -> None:
    """Stretches that reach beyond the end of their sound, as the export itself gives it."""
    for instance in instances:
        unit = row.unit(instance.unit)
        if instance.range_unit != "ms" or unit is None or unit.duration is None:
            continue
        end = max((pair[1] for pair in instance.ranges if odd_stretch(pair) is None), default=0)
        if end > unit.duration * 1000 + 1:
            path = f".object_answers.{instance.object_hash}"
            here = report.below(path, unit=unit.id, object_hash=instance.object_hash)
            here.warning(f"the label reaches to {end:,g} ms, beyond the duration of {unit.duration * 1000:,g} ms")
