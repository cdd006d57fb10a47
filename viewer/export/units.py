"""The data units of a row to units: one for each thing that can be put on screen, with the raw labels of its frames."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from viewer.errors import Report
from viewer.export.documents import RawRow
from viewer.export.facts import hidden_queries, number_of, plain, size_of, text_of, whole_of, without_query
from viewer.export.frames import Blob, read_blob
from viewer.export.loose_json import Bytes, NotJson, is_null, items, members, starts_with
from viewer.labels.records import RowHead, Unit, UnitFile

FARTHEST_FRAME = 2**62
"""Frame numbers beyond this are no numbers of frames."""

KIND_OF_ROW = {
    "image": "image",
    "video": "video",
    "dicom": "dicom",
    "dicom_study": "dicom",
    "nifti": "nifti",
    "pdf": "pdf",
    "audio": "audio",
    "plain_text": "text",
    "time_series": "time_series",
    "scene": "scene",
}
KIND_OF_MIME = {"image": "image", "video": "video", "audio": "audio"}
KIND_OF_SPACE = {
    "video": "video",
    "image_sequence": "image_sequence",
    "image": "image",
    "medical_file": "dicom",
    "medical_stack": "dicom",
    "pdf": "pdf",
    "audio": "audio",
    "text": "text",
    "html": "html",
    "time_series": "time_series",
    "scene_image": "image",
    "point_cloud": "scene",
}


@dataclass(frozen=True, slots=True)
class RawUnit:
    """A unit and, for each frame that the export lists, where its raw labels are."""

    unit: Unit
    blobs: Mapping[int, tuple[Blob, ...]]
    file_facts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict[str, Mapping[str, Any]])
    """Of an image group: each image's own fields as exported, by JSON path."""


@dataclass(frozen=True, slots=True)
class Member:
    """One member of `data_units` or `spaces`: its key, its facts, its raw labels, its JSON path from the row."""

    key: str
    facts: Mapping[str, Any]
    labels: Bytes
    path: str


def read_units(row: RawRow, head: RowHead, facts: Mapping[str, Any], report: Report) -> list[RawUnit]:
    """The units of a row, in the order of the export."""
    spaces = _members(row.spaces, "spaces", report) if not is_null(row.spaces) else []
    data_units = _data_units(row, head, facts, report)
    if spaces:
        return _spaces(spaces, data_units, report)
    if head.data_type == "group":
        return _children(data_units, report)
    if head.data_type == "img_group" or (head.data_type == "deleted" and len(data_units) > 1):
        return [_group(data_units, head, facts, report)]
    return [_single(member, head, report) for member in data_units]


def _data_units(row: RawRow, head: RowHead, facts: Mapping[str, Any], report: Report) -> list[Member]:
    if not is_null(row.data_units):
        found = _members(row.data_units, "data_units", report)
        if not found and is_null(row.spaces):
            report.warning("data_units is empty: the row has no unit, so nothing can be shown", ".data_units")
        return found
    if not is_null(row.labels):
        report.note("a row of the oldest form: its labels stand at the top, without data_units")
        return [Member(head.data_hash, facts, row.labels, "")]
    if is_null(row.spaces):
        report.error("the row has no data_units, so nothing of it can be shown", ".data_units")
    return []


def _members(raw: Bytes, key: str, report: Report) -> list[Member]:
    """The members of a dictionary of units, or of the list that some writers make of it."""
    try:
        if starts_with(raw, b"["):
            report.warning(f"{key} is a list where an object keyed by hash was expected; read all the same", f".{key}")
            named = [(str(index), item, f".{key}[{index}]") for index, item in enumerate(items(raw))]
        else:
            named = [(name, item, f".{key}.{name}") for name, item in members(raw).items()]
    except (NotJson, TypeError) as error:
        report.error(f"{key} cannot be read: {error}", f".{key}")
        return []
    made: list[Member] = []
    for name, item, path in named:
        try:
            parts = members(item)
        except (NotJson, TypeError) as error:
            report.error(f"this unit cannot be read: {error}", path)
            continue
        known = {part: plain(raw, report, f"{path}.{part}") for part, raw in parts.items() if part != "labels"}
        made.append(Member(name, known, parts.get("labels", b""), path))
    return made


def _single(member: Member, head: RowHead, report: Report) -> RawUnit:
    facts = member.facts
    mime = text_of(facts, "data_type")
    kind = _kind(head, mime, report)
    unit_id = text_of(facts, "data_hash") or member.key
    here = report.below(member.path, unit=unit_id)
    duration, fps = number_of(facts, "data_duration"), number_of(facts, "data_fps")
    file = _file(member, 0, size_of(facts, here))
    frame = _sequence(facts) or 0
    return RawUnit(
        Unit(
            id=unit_id,
            title=file.title or head.title,
            kind=kind,
            size=file.size,
            frames=_frame_count(kind, fps, duration, facts),
            fps=fps or None,
            duration=duration,
            layout_key=None,
            files=(file,),
            path=member.path,
            facts=hidden_queries(dict(facts)),
        ),
        _blobs(member, 0 if kind == "image" else frame, here),
    )


def _kind(head: RowHead, mime: str, report: Report) -> str:
    if mime == "text/html":
        return "html"
    kind = KIND_OF_ROW.get(head.data_type) or KIND_OF_MIME.get(mime.partition("/")[0])
    if kind is None and mime == "application/pdf":
        kind = "pdf"
    if kind is None and mime.startswith("text/"):
        kind = "text"
    if kind is None and mime == "application/dicom":
        kind = "dicom"
    if head.data_type not in KIND_OF_ROW and not head.deleted and head.data_type:
        report.warning(f"rows of type '{head.data_type[:60]}' are not known; read as {kind or 'unknown'}", ".data_type")
    return kind or "unknown"


def _frame_count(kind: str, fps: float | None, duration: float | None, facts: Mapping[str, Any]) -> int | None:
    if kind == "image":
        return 1
    if kind == "video" and fps and duration is not None and 0 <= fps * duration < 2**40:
        # whole products come out a hair too large in floating point
        return math.ceil(fps * duration - 1e-6)
    if kind == "dicom" and isinstance(facts.get("data_links"), list):
        return len(facts["data_links"])
    return None


def _file(member: Member, frame: int, size: Any) -> UnitFile:
    facts = member.facts
    return UnitFile(
        frame=frame,
        data_hash=text_of(facts, "data_hash") or member.key,
        title=text_of(facts, "data_title"),
        size=size,
        mime=text_of(facts, "data_type"),
        link=without_query(facts.get("data_link")),
        path=member.path,
    )


def _sequence(facts: Mapping[str, Any]) -> int | None:
    found = whole_of(facts, "data_sequence")
    return found if found is not None and 0 <= found < FARTHEST_FRAME else None


def _group(data_units: list[Member], head: RowHead, facts: Mapping[str, Any], report: Report) -> RawUnit:
    """An image group or sequence: one unit whose frames are its images, numbered by data_sequence."""
    unit_id = head.data_hash or (data_units[0].key if data_units else "")
    numbered = _numbered(data_units, report)
    files: list[UnitFile] = []
    blobs: dict[int, tuple[Blob, ...]] = {}
    for frame, member in numbered:
        here = report.below(member.path, unit=unit_id, frame=frame)
        files.append(_file(member, frame, size_of(member.facts, here)))
        for listed, found in _blobs(member, frame, here).items():
            # labels keyed by frame inside one image's unit are that image's, whatever the key
            target = frame if len(data_units) > 1 or listed == 0 else listed
            blobs[target] = (*blobs.get(target, ()), *found)
    sizes = {file.size for file in files}
    sequence = facts.get("is_image_sequence")
    unit = Unit(
        id=unit_id,
        title=head.title,
        kind="image_sequence" if sequence is True or sequence == "True" else "image_group",
        size=next(iter(sizes)) if len(sizes) == 1 else None,
        frames=len(files),
        fps=None,
        duration=None,
        layout_key=None,
        files=tuple(files),
        path=".data_units",
        facts={},
    )
    return RawUnit(unit, blobs, {member.path: hidden_queries(dict(member.facts)) for _, member in numbered})


def _numbered(data_units: list[Member], report: Report) -> list[tuple[int, Member]]:
    """The images with their frame numbers, ascending. Gaps stay; a number that is missing or taken gets the next free one."""
    wanted = [(_sequence(member.facts), member) for member in data_units]
    if wanted and all(number is None for number, _ in wanted):
        report.warning("no image has a data_sequence; the images are numbered in the order of the file", ".data_units")
        return [(index, member) for index, (_, member) in enumerate(wanted)]
    wanted.sort(key=lambda pair: math.inf if pair[0] is None else pair[0])
    made: list[tuple[int, Member]] = []
    last = -1
    for number, member in wanted:
        frame = number if number is not None and number > last else last + 1
        if number is None or number != frame:
            said = "missing" if number is None else f"{number:,}, which is taken"
            report.warning(f"the data_sequence is {said}; the image is shown as frame {frame:,}", member.path)
        elif number > last + 1:
            report.warning(f"data_sequence goes from {last:,} to {number:,}: images are missing between", member.path)
        made.append((frame, member))
        last = frame
    return made


def _blobs(member: Member, frame: int, report: Report) -> dict[int, tuple[Blob, ...]]:
    """Raw labels by frame, however they are laid out: one blob for `frame`, or keyed by frame numbers."""
    raw, path = member.labels, f"{member.path}.labels"
    if is_null(raw):
        if len(memoryview(raw)):
            report.note("labels is null; taken as no labels", ".labels")
        return {}
    if not starts_with(raw, b"{"):
        report.error("labels is no object, so the labels of this unit cannot be read", ".labels")
        return {}
    try:
        parts = members(raw)
    except (NotJson, TypeError) as error:
        report.error(f"the labels of this unit cannot be read: {error}", ".labels")
        return {}
    if "objects" in parts or "classifications" in parts:
        return {frame: (Blob(raw, path),)}
    made: dict[int, tuple[Blob, ...]] = {}
    for key, part in parts.items():
        number = _frame_number(key)
        if number is None:
            report.error(f"'{key[:60]}' is no number of a frame; its labels are not shown", f".labels.{key[:60]}")
        else:
            made[number] = (*made.get(number, ()), Blob(part, f"{path}.{key}"))
    return made


def _frame_number(key: str) -> int | None:
    return int(key) if key.isascii() and key.isdecimal() and len(key) < 19 and int(key) < FARTHEST_FRAME else None


def _children(data_units: list[Member], report: Report) -> list[RawUnit]:
    """A data group whose children are rows of their own: a unit for each child, without labels."""
    made: list[RawUnit] = []
    for member in data_units:
        metadata = member.facts.get("metadata")
        children = metadata.get("children") if isinstance(metadata, Mapping) else None
        for index, child in enumerate(children if isinstance(children, list) else []):
            if not isinstance(child, Mapping):
                report.warning(
                    "a child of the group that is no object; left out", f"{member.path}.metadata.children[{index}]"
                )
                continue
            child_hash, name = text_of(child, "data_hash"), text_of(child, "name")
            path = f"{member.path}.metadata.children[{index}]"
            file = UnitFile(0, child_hash, name, None, "", "", path)
            layout = child.get("layout_key")
            key = layout if isinstance(layout, str) else None
            made.append(
                RawUnit(
                    Unit(child_hash or name, name, "unknown", None, None, None, None, key, (file,), path, dict(child)),
                    {},
                )
            )
    return made


def _spaces(spaces: list[Member], data_units: list[Member], report: Report) -> list[RawUnit]:
    """A group or scene that holds everything itself: a unit for each space."""
    made: list[RawUnit] = []
    for member in data_units:
        here = report.below(member.path)
        blobs = _blobs(member, 0, here)
        if any(any(read_blob(blob, Report(""))) for found in blobs.values() for blob in found):
            unit_id = text_of(member.facts, "data_hash") or member.key
            file = _file(member, 0, None)
            unit = Unit(
                unit_id, file.title, "scene", None, None, None, None, None, (file,), member.path, dict(member.facts)
            )
            made.append(RawUnit(unit, blobs))
    return [*made, *(_space(member, report) for member in spaces)]


def _space(member: Member, report: Report) -> RawUnit:
    facts = member.facts
    here = report.below(member.path, unit=member.key)
    kind = KIND_OF_SPACE.get(text_of(facts, "space_type"), "unknown")
    info = facts.get("child_info") or facts.get("root_info")
    info = info if isinstance(info, Mapping) else {}
    title = text_of(info, "file_name")
    size = size_of(facts, here)
    layout = text_of(info, "layout_key")
    frames = whole_of(facts, "number_of_frames")
    if frames is None:
        frames = whole_of(facts, "number_of_pages")
    duration = number_of(facts, "data_duration")
    if duration is None and (found := number_of(facts, "duration_ms")) is not None:
        duration = found / 1000
    file = UnitFile(0, member.key, title, size, "", without_query(info.get("data_link")), member.path)
    unit = Unit(
        id=member.key,
        title=title or member.key,
        kind=kind,
        size=size,
        frames=1 if kind == "image" else frames,
        fps=number_of(facts, "data_fps") or None,
        duration=duration,
        layout_key=layout or None,
        files=_space_files(facts, here) or (file,),
        path=member.path,
        facts=hidden_queries(dict(facts)),
    )
    return RawUnit(unit, _blobs(member, 0, here))


def _space_files(facts: Mapping[str, Any], report: Report) -> tuple[UnitFile, ...]:
    """The frames of an image sequence or of a stack of slices, where the space lists them."""
    frames = facts.get("frames")
    if not isinstance(frames, list):
        return ()
    made: list[UnitFile] = []
    for index, entry in enumerate(frames):
        if isinstance(entry, Mapping):
            title = text_of(entry, "data_title", "file_name")
            mime, link = text_of(entry, "data_type"), without_query(entry.get("data_link"))
            data_hash = text_of(entry, "data_uuid", "instance_uid")
            size = size_of(entry, report)
            made.append(
                UnitFile(
                    _sequence(entry) or index, data_hash, title, size, mime, link, f"{report.where}.frames[{index}]"
                )
            )
    return tuple(made)
