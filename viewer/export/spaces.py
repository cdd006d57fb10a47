"""Spaces: the parts of a data group, each a unit with labels of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from viewer.errors import Report
from viewer.export.facts import hidden_queries, size_of, text_of, whole_of, without_query
from viewer.export.raw_units import FARTHEST_FRAME, Member, RawUnit, positive_of, sequence_of
from viewer.export.unit_blobs import blobs_of
from viewer.labels.records import Unit, UnitFile

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


def read_space(member: Member, report: Report) -> RawUnit:
    facts = member.facts
    here = report.below(member.path, unit=member.key)
    word = text_of(facts, "space_type")
    kind = KIND_OF_SPACE.get(word, "unknown")
    if kind == "unknown":
        here.warning(f"spaces of type '{word[:60]}' are not known; its labels are listed", ".space_type")
    info = facts.get("child_info") or facts.get("root_info")
    info = info if isinstance(info, Mapping) else {}
    title = text_of(info, "file_name")
    size = size_of(facts, here)
    layout = text_of(info, "layout_key")
    counted = (whole_of(facts, key) for key in ("number_of_frames", "number_of_pages"))
    frames = next((count for count in counted if count is not None and 0 <= count < FARTHEST_FRAME), None)
    duration = positive_of(facts, "data_duration")
    if duration is None and (milliseconds := positive_of(facts, "duration_ms")) is not None:
        duration = milliseconds / 1000
    file = UnitFile(0, member.key, title, size, "", without_query(info.get("data_link")), member.path)
    unit = Unit(
        id=member.key,
        title=title or member.key,
        kind=kind,
        size=size,
        frames=1 if kind == "image" else frames,
        fps=positive_of(facts, "data_fps"),
        duration=duration,
        layout_key=layout or None,
        files=_space_files(member, here) or (file,),
        path=member.path,
        facts=hidden_queries(dict(facts)),
    )
    return RawUnit(unit, blobs_of(member, 0, here))


def _space_files(space: Member, report: Report) -> tuple[UnitFile, ...]:
    """The frames of an image sequence or of a stack of slices, where the space lists them."""
    frames = space.facts.get("frames")
    listed: list[Any] = frames if isinstance(frames, list) else []
    made: dict[int, UnitFile] = {}
    for index, entry in enumerate(listed):
        if isinstance(entry, Mapping):
            path = f".frames[{index}]"
            sequence = sequence_of(entry)
            frame = index if sequence is None or sequence in made else sequence
            made[frame] = UnitFile(
                frame=frame,
                data_hash=text_of(entry, "data_uuid", "instance_uid"),
                title=text_of(entry, "data_title", "file_name"),
                size=size_of(entry, report.below(path)),
                mime=text_of(entry, "data_type"),
                link=without_query(entry.get("data_link")),
                path=space.path + path,
            )
    return tuple(made.values())
