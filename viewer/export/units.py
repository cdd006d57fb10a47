"""The data units of a row to units: one for each thing that can be put on screen, with the raw labels of its frames."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from viewer.errors import Report
from viewer.export.documents import RawRow
from viewer.export.facts import hidden_queries, size_of, text_of
from viewer.export.frames import Blob, read_blob
from viewer.export.loose_json import is_null
from viewer.export.raw_units import Member, RawUnit, file_of, positive_of, read_members, sequence_of
from viewer.export.slice_files import slice_files
from viewer.export.spaces import read_space
from viewer.export.unit_blobs import blobs_of
from viewer.labels.records import RowHead, Unit, UnitFile

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
KIND_OF_MIME = {
    "image": "image",
    "video": "video",
    "audio": "audio",
    "text": "text",
    "application/pdf": "pdf",
    "application/dicom": "dicom",
    "application/nifti1": "nifti",
    "application/mcap": "scene",
}
"""By the whole type, else by what stands before its slash."""


def read_units(row: RawRow, head: RowHead, facts: Mapping[str, Any], report: Report) -> list[RawUnit]:
    """The units of a row, in the order of the export; each has an id of its own."""
    return _told_apart(_units(row, head, facts, report), report)


def _told_apart(units: list[RawUnit], report: Report) -> list[RawUnit]:
    """Where an id stands twice, or there is none, the JSON path takes its place, lest the labels of one hide the other's."""
    seen: set[str] = set()
    made: list[RawUnit] = []
    for raw in units:
        unit_id = raw.unit.id
        if unit_id in seen or not unit_id:
            unit_id = raw.unit.path or ".labels"
            if raw.unit.id:
                report.warning(f"two units have the id {raw.unit.id[:60]}; this one is listed by its place", unit_id)
            raw = replace(raw, unit=replace(raw.unit, id=unit_id))
        seen.add(unit_id)
        made.append(raw)
    return made


def _units(row: RawRow, head: RowHead, facts: Mapping[str, Any], report: Report) -> list[RawUnit]:
    spaces = read_members(row.spaces, "spaces", report) if not is_null(row.spaces) else []
    data_units = _data_units(row, head, facts, report)
    if spaces:
        return [*_unspaced(data_units, report), *(read_space(member, report) for member in spaces)]
    if head.data_type == "group":
        return [*_unspaced(data_units, report), *_children(data_units, report)]
    if head.data_type == "img_group" or (head.data_type == "deleted" and len(data_units) > 1):
        return [_group(data_units, head, facts, report)]
    return [_single(member, head, report) for member in data_units]


def _data_units(row: RawRow, head: RowHead, facts: Mapping[str, Any], report: Report) -> list[Member]:
    if not is_null(row.data_units):
        found = read_members(row.data_units, "data_units", report)
        if not found and is_null(row.spaces):
            report.warning("data_units is empty: the row has no unit, so nothing can be shown", ".data_units")
        return found
    if not is_null(row.labels):
        report.note("a row of the oldest form: its labels stand at the top, without data_units")
        return [Member(head.data_hash, facts, row.labels, "")]
    if is_null(row.spaces):
        report.error("the row has no data_units, so nothing of it can be shown", ".data_units")
    return []


def _single(member: Member, head: RowHead, report: Report) -> RawUnit:
    facts = member.facts
    mime = text_of(facts, "data_type")
    kind = _kind(head, mime, report)
    unit_id = text_of(facts, "data_hash") or member.key
    here = report.below(member.path, unit=unit_id)
    duration, fps = positive_of(facts, "data_duration"), positive_of(facts, "data_fps")
    file = file_of(member, 0, size_of(facts, here))
    frame = sequence_of(facts) or 0
    blobs = blobs_of(member, 0 if kind == "image" else frame, here)
    frames = _frame_count(kind, fps, duration, facts)
    files: tuple[UnitFile, ...] = (file,)
    if kind == "dicom":
        files = slice_files(file, blobs, facts, here)
        if frames is not None and max(blobs, default=0) >= frames:
            frames = None  # one file may hold many slices
    return RawUnit(
        Unit(
            id=unit_id,
            title=file.title or head.title,
            kind=kind,
            size=file.size,
            frames=frames,
            fps=fps,
            duration=duration,
            layout_key=None,
            files=files,
            path=member.path,
            facts=hidden_queries(dict(facts)),
        ),
        blobs,
    )


def _kind(head: RowHead, mime: str, report: Report) -> str:
    mime = mime.partition(";")[0].strip().casefold()
    if mime == "text/html":
        return "html"
    kind = KIND_OF_ROW.get(head.data_type) or KIND_OF_MIME.get(mime) or KIND_OF_MIME.get(mime.partition("/")[0])
    if head.data_type not in KIND_OF_ROW and not head.deleted and head.data_type:
        report.warning(f"rows of type '{head.data_type[:60]}' are not known; read as {kind or 'unknown'}", ".data_type")
    return kind or "unknown"


def _frame_count(kind: str, fps: float | None, duration: float | None, facts: Mapping[str, Any]) -> int | None:
    if kind == "image":
        return 1
    if kind == "video" and fps and duration and fps * duration < 2**40:
        # whole products come out a hair too large in floating point
        return math.ceil(fps * duration - 1e-6)
    if kind == "dicom" and isinstance(facts.get("data_links"), list):
        return len(facts["data_links"])
    return None


def _group(data_units: list[Member], head: RowHead, facts: Mapping[str, Any], report: Report) -> RawUnit:
    """An image group or sequence: one unit whose frames are its images, numbered by data_sequence."""
    unit_id = head.data_hash or (data_units[0].key if data_units else "")
    numbered = _numbered(data_units, report)
    files: list[UnitFile] = []
    blobs: dict[int, tuple[Blob, ...]] = {}
    for frame, member in numbered:
        here = report.below(member.path, unit=unit_id, frame=frame)
        files.append(file_of(member, frame, size_of(member.facts, here)))
        for listed, found in blobs_of(member, frame, here).items():
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
    """The images with their frame numbers, ascending. Gaps stay; those whose number is missing or taken come last."""
    wanted = [(sequence_of(member.facts), member) for member in data_units]
    if wanted and all(number is None for number, _ in wanted):
        report.warning("no image has a data_sequence; the images are numbered in the order of the file", ".data_units")
        return [(index, member) for index, (_, member) in enumerate(wanted)]
    wanted.sort(key=lambda pair: math.inf if pair[0] is None else pair[0])
    made: list[tuple[int, Member]] = []
    left_over: list[tuple[int | None, Member]] = []
    last = -1
    for number, member in wanted:
        if number is None or number == last:
            left_over.append((number, member))
            continue
        if number > last + 1:
            before = f"goes from {last:,} to {number:,}" if made else f"begins with {number:,}"
            report.warning(f"data_sequence {before}: images are missing before this one", member.path)
        made.append((number, member))
        last = number
    for frame, (number, member) in enumerate(left_over, last + 1):
        said = "missing" if number is None else f"{number:,}, which is taken"
        report.warning(f"the data_sequence is {said}; the image is shown as frame {frame:,}", member.path)
        made.append((frame, member))
    return made


def _children(data_units: list[Member], report: Report) -> list[RawUnit]:
    """A data group whose children are rows of their own: a unit for each child, without labels."""
    made: list[RawUnit] = []
    for member in data_units:
        metadata = member.facts.get("metadata")
        children = metadata.get("children") if isinstance(metadata, Mapping) else None
        if not isinstance(children, list) or not children:
            report.warning("the group names no children, so nothing of it can be shown", f"{member.path}.metadata")
            continue
        for index, child in enumerate(children):
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
            facts = hidden_queries(dict(child))
            made.append(
                RawUnit(
                    Unit(child_hash or name, name, "unknown", None, None, None, None, key, (file,), path, facts), {}
                )
            )
    return made


def _unspaced(data_units: list[Member], report: Report) -> list[RawUnit]:
    """Labels that the unit of a group or scene has itself, beside those of its spaces or children."""
    made: list[RawUnit] = []
    for member in data_units:
        here = report.below(member.path)
        blobs = blobs_of(member, 0, here)
        if any(any(read_blob(blob, Report(""))[:2]) for found in blobs.values() for blob in found):
            unit_id = text_of(member.facts, "data_hash") or member.key
            file = file_of(member, 0, None)
            facts = hidden_queries(dict(member.facts))
            unit = Unit(unit_id, file.title, "scene", None, None, None, None, None, (file,), member.path, facts)
            made.append(RawUnit(unit, blobs))
    return made
