"""Label rows: things with their places, answers and makers, written as the export writes them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from viewer.demo.geometry import Geometry
from viewer.demo.ontology import Answer, Answers, Json, Terms, answer_json, as_value, short_hash

_SPACE = uuid.UUID("6f1c0a52-7a0e-5d0e-9a57-0d2b1f6c4e11")
_FIRST_DAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
_MIME = {
    "jpg": "image/jpeg", "png": "image/png", "mp4": "video/mp4", "flac": "audio/flac",
    "txt": "text/plain", "html": "text/html", "pdf": "application/pdf",
}  # fmt: skip
Range = tuple[int, int]
PageRange = tuple[Json, Json]
"""Where something starts and ends in an HTML page: `{'xpath': ..., 'offset': ...}` each."""


@dataclass(frozen=True, slots=True)
class Made:
    """Who made a label and how."""

    by: str = "annotator-1@example.org"
    checked_by: str | None = None
    confidence: float = 1.0
    manual: bool = True


DETECTED = Made("detector@example.org", confidence=0.87, manual=False)
SECOND = Made("annotator-2@example.org")
CHECKED = Made(checked_by="reviewer-1@example.org")


@dataclass(frozen=True, slots=True)
class Thing:
    """One labelled object of a row."""

    kind: str
    """Its class in the ontology."""
    key: str
    """What tells it from the others of the row; the same key on another branch is the same object."""
    places: dict[int, Geometry] = field(default_factory=dict[int, Geometry])
    """Where it is on each frame."""
    answers: Answers = field(default_factory=dict)
    changing: tuple[tuple[str, Answer, tuple[Range, ...]], ...] = ()
    """Attribute, answer, and the frames of that answer, both ends included."""
    made: Made = Made()
    interpolated: frozenset[int] = frozenset()
    """Frames that no one drew by hand."""
    ranges: tuple[Range, ...] = ()
    """In place of frames, of a sound the milliseconds, of a text the characters: from the first to after the last."""
    page_ranges: tuple[PageRange, ...] = ()
    """The same of an HTML page."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A classification, as the export wrote it in one of its three generations."""

    title: str
    answers: Answers
    ranges: tuple[Range, ...] = ((0, 0),)
    generation: int = 3
    """1: placed by the frames only; 2: by frames and answers; 3: by answers only."""
    key: str = ""
    """What tells it from another of the same title, on other frames."""


@dataclass(frozen=True, slots=True)
class Slice:
    """Where a slice of a series comes from."""

    instance_uid: str
    link: str
    inside: int | None = None
    """Its number in a file of several frames, from 0."""


@dataclass(frozen=True, slots=True)
class Series:
    """What the export says of a DICOM series; `slices` in the order of their frames."""

    patient_id: str
    study_uid: str
    series_uid: str
    slices: tuple[Slice, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """One picture of a row, its film, its series, or whatever else it is of."""

    file: str
    width: int = 0
    height: int = 0
    fps: float | None = None
    """Of a film; 0 of a document, as the export has it."""
    count: int = 1
    """The frames of a film, the pages of a document."""
    series: Series | None = None
    facts: Json | None = None
    """Of a sound or text, whose labels stand elsewhere: what the export says of it in place of a size."""


@dataclass(frozen=True, slots=True)
class Row:
    """A label row before it is written; `units` in the order of their frames."""

    title: str
    units: tuple[Unit, ...]
    things: tuple[Thing, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    data_type: str = "image"
    branch: str = "main"
    status: str = "LABELLED"
    sequence: bool | None = None
    day: int = 0
    """Days after the first one of the project."""
    exported_before: bool = False

    @property
    def data_hash(self) -> str:
        return _id("data", self.title)


def object_hash(title: str, key: str) -> str:
    """The hash of an object, for relations: those of another object of the same row."""
    return short_hash("object", title, key)


def row_json(row: Row, terms: Terms) -> Json:
    """The row as the web application exports it."""
    at = _FIRST_DAY + timedelta(days=row.day)
    return {
        "label_hash": _id("label", row.title, row.branch),
        "branch_name": row.branch,
        "created_at": f"{at:%Y-%m-%d %H:%M:%S}",
        "last_edited_at": f"{at + timedelta(hours=30):%Y-%m-%d %H:%M:%S}",
        "data_hash": row.data_hash,
        "data_title": row.title,
        "data_type": row.data_type,
        "is_image_sequence": row.sequence,
        "video_link": f"demo-bucket/videos/{row.data_hash}" if row.data_type == "video" else None,
        "dataset_hash": _id("dataset"),
        "dataset_title": "Label Viewer demo",
        "label_status": row.status,
        "is_valid": True,
        **_export_history(row),
        "data_units": _units(row, terms),
        "object_answers": {_hash(row, thing): _object_answers(row, thing, terms) for thing in row.things},
        "classification_answers": {_hash(row, j): _judgement_answers(row, j, terms) for j in row.judgements},
        "object_actions": {
            _hash(row, thing): {"objectHash": _hash(row, thing), "actions": _actions(thing, terms)}
            for thing in row.things
            if thing.changing
        },
        "spaces": {},
    }


def _units(row: Row, terms: Terms) -> Json:
    units = {}
    for frame, unit in enumerate(row.units):
        single = row.data_type != "img_group"
        data_hash = row.data_hash if single else _id("data", row.title, unit.file)
        units[data_hash] = {
            "data_hash": data_hash,
            "data_title": unit.file,
            "data_type": "application/dicom" if unit.series else _MIME[unit.file.rsplit(".", 1)[-1]],
            "data_sequence": 0 if single else str(frame),
            **_links(unit, data_hash),
            **({"width": unit.width, "height": unit.height} if unit.facts is None else unit.facts),
            **_labels(row, unit, frame, terms),
        }
    return units


def _links(unit: Unit, data_hash: str) -> Json:
    """Of a series the links of its files, in the order of their first slices, and what tells the series from others."""
    series = unit.series
    if series is None:
        folder = "videos" if unit.fps else "files" if unit.facts is not None or unit.fps == 0 else "pictures"
        return {"data_link": f"demo-bucket/{folder}/{data_hash}"}
    known = {"patient_id": series.patient_id, "study_uid": series.study_uid, "series_uid": series.series_uid}
    return {"metadata": known, "data_links": list(dict.fromkeys(part.link for part in series.slices))}


def _labels(row: Row, unit: Unit, number: int, terms: Terms) -> Json:
    """Of a picture what is on it, of a film or document what is on each of its frames that has anything, of a series
    every slice; nothing of a sound or text."""
    if unit.facts is not None:
        return {"labels": {}}
    if unit.series:
        slices = enumerate(unit.series.slices)
        labels = {str(n): {**_on_frame(row, n, terms), "metadata": _slice_json(part, unit)} for n, part in slices}
        return {"labels": labels}
    if unit.fps is None:
        return {"labels": _on_frame(row, number, terms)}
    frames = {str(frame): _on_frame(row, frame, terms) for frame in range(unit.count)}
    labelled = {frame: blob for frame, blob in frames.items() if blob["objects"] or blob["classifications"]}
    duration = {"data_duration": unit.count / unit.fps} if unit.fps else {}
    return {"data_fps": unit.fps, **duration, "labels": labelled}


def _slice_json(part: Slice, unit: Unit) -> Json:
    return {
        "dicom_instance_uid": part.instance_uid,
        "multiframe_frame_number": part.inside,
        "file_uri": part.link,
        "width": unit.width,
        "height": unit.height,
    }


def _on_frame(row: Row, frame: int, terms: Terms) -> Json:
    objects = [_entry(row, thing, frame, terms) for thing in row.things if frame in thing.places]
    return {"objects": objects, "classifications": _placed(row, frame, terms)}


def _entry(row: Row, thing: Thing, frame: int, terms: Terms) -> Json:
    """The object on one frame."""
    entry, made = terms.object_class(thing.kind), thing.made
    drawn = made.manual and frame not in thing.interpolated
    entries: Json = {
        "objectHash": _hash(row, thing),
        "featureHash": entry["featureNodeHash"],
        "name": thing.kind,
        "value": as_value(thing.kind),
        "color": entry["color"],
        "shape": entry["shape"],
        "confidence": made.confidence if frame not in thing.interpolated else 0.94,
        **_provenance(row, thing, made),
        "manualAnnotation": drawn,
        **thing.places[frame],
    }
    return entries


def _provenance(row: Row, item: Thing | Judgement, made: Made) -> Json:
    everything = [*row.things, *row.judgements]
    at = _FIRST_DAY + timedelta(days=row.day, minutes=2 * everything.index(item) + 4)
    entry = {"createdBy": made.by, "createdAt": _date(at)}
    if made.checked_by:
        entry |= {"lastEditedBy": made.checked_by, "lastEditedAt": _date(at + timedelta(hours=29))}
    return entry


def _object_answers(row: Row, thing: Thing, terms: Terms) -> Json:
    entry = terms.object_class(thing.kind)
    answers = {
        "objectHash": _hash(row, thing),
        "featureHash": entry["featureNodeHash"],
        "classifications": terms.answers(entry, thing.answers),
        **_provenance(row, thing, thing.made),
    }
    if thing.places:
        return {**answers, "range": None}
    whole = {"name": thing.kind, "value": as_value(thing.kind), "color": entry["color"], "shape": entry["shape"]}
    ranges: Json = {"range": [list(span) for span in thing.ranges]}
    if thing.page_ranges:
        ranges["range_html"] = [{"start": start, "end": end} for start, end in thing.page_ranges]
    return {**answers, **whole, **ranges, "manualAnnotation": thing.made.manual}


def _actions(thing: Thing, terms: Terms) -> list[Json]:
    attributes = {a["name"]: a for a in terms.object_class(thing.kind)["attributes"]}
    return [
        answer_json(attributes[title], answer)
        | {"dynamic": True, "range": [list(span) for span in ranges], "shouldPropagate": False, "trackHash": ""}
        for title, answer, ranges in thing.changing
    ]


def _placed(row: Row, frame: int, terms: Terms) -> list[Json]:
    """The classifications that stand in a frame: of the older generations only."""
    placed = []
    for judgement in row.judgements:
        if judgement.generation == 3 or not any(a <= frame <= b for a, b in judgement.ranges):
            continue
        entry = terms.judgement(judgement.title)
        head = {"classificationHash": _hash(row, judgement), "featureHash": entry["featureNodeHash"]}
        name = {"name": judgement.title, "value": as_value(judgement.title)}
        rest = {"confidence": 1, **_provenance(row, judgement, Made()), "manualAnnotation": True}
        placed.append({**head, **name, **rest})
    return placed


def _judgement_answers(row: Row, judgement: Judgement, terms: Terms) -> Json:
    entry = terms.judgement(judgement.title)
    answers: Json = {
        "classificationHash": _hash(row, judgement),
        "classifications": terms.answers(entry, judgement.answers),
    }
    if judgement.generation == 1:
        return answers
    newer = {"featureHash": entry["featureNodeHash"], "range": [list(span) for span in judgement.ranges], "spaces": {}}
    return {**answers, **newer, **_provenance(row, judgement, Made()), "confidence": 1.0, "manualAnnotation": True}


def _export_history(row: Row) -> Json:
    now = _FIRST_DAY + timedelta(days=9)
    exports: list[dict[str, Any]] = [
        {"export_hash": _id("export", row.title, n), "exported_at": _date(now - timedelta(days=3 * n), "UTC")}
        for n in range(3 if row.exported_before else 1)
    ]
    history = [entry | {"user_email": "lead-1@example.org"} for entry in exports]
    return {**exports[0], "export_history": history}


def _hash(row: Row, item: Thing | Judgement) -> str:
    if isinstance(item, Thing):
        return object_hash(row.title, item.key)
    return short_hash(row.title, item.title, *([item.key] if item.key else []))


def _id(*parts: object) -> str:
    return str(uuid.uuid5(_SPACE, "/".join(map(str, parts))))


def _date(at: datetime, zone: str = "GMT") -> str:
    """As labels have it, in English whatever the locale."""
    day = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[at.weekday()]
    month = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")[at.month - 1]
    return f"{day}, {at.day:02} {month} {at:%Y %H:%M:%S} {zone}"
