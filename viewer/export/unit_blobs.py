"""Where the raw labels of a unit's frames are, however they are laid out."""

from __future__ import annotations

import re

from viewer.errors import Report
from viewer.export.frames import Blob
from viewer.export.loose_json import NotJson, is_null, members, starts_with
from viewer.export.raw_units import FARTHEST_FRAME, Member

_DIRECT = re.compile(rb'\{\s*"(?:objects|classifications)"\s*:')
"""How labels begin that stand directly in the unit: most do, and need not be split to be told."""
LOOK = 200
_FRAME_KEY = re.compile("(?:(.*)[#@])?([0-9]{1,18})", re.DOTALL)


def blobs_of(member: Member, frame: int, report: Report) -> dict[int, tuple[Blob, ...]]:
    """Raw labels by frame, however they are laid out: one blob for `frame`, or keyed by frame numbers."""
    raw, path = member.labels, f"{member.path}.labels"
    if is_null(raw):
        if len(memoryview(raw)):
            report.note("labels is null; taken as no labels", ".labels")
        return {}
    if not starts_with(raw, b"{"):
        report.error("labels is no object, so the labels of this unit cannot be read", ".labels")
        return {}
    if _DIRECT.match(memoryview(raw)[:LOOK]):
        return {frame: (Blob(raw, path),)}
    try:
        parts = members(raw)
    except (NotJson, TypeError) as error:
        report.error(f"the labels of this unit cannot be read: {error}", ".labels")
        return {}
    if "objects" in parts or "classifications" in parts:
        return {frame: (Blob(raw, path),)}
    made: dict[int, tuple[Blob, ...]] = {}
    streams: set[str] = set()
    for key, part in parts.items():
        stream, number = _frame_number(key)
        if stream not in ("", *streams):
            streams.add(stream)
            report.note(f"labels of the stream '{stream[:60]}' are listed under its own frame numbers", ".labels")
        if number is None:
            report.error(f"'{key[:60]}' is no number of a frame; its labels are not shown", f".labels.{key[:60]}")
        else:
            made[number] = (*made.get(number, ()), Blob(part, f"{path}.{key}"))
    return made


def _frame_number(key: str) -> tuple[str, int | None]:
    """The stream, of labels of a scene, and the frame: '17', 'camera#17', 'lidar@1000000'."""
    found = _FRAME_KEY.fullmatch(key)
    frame = int(found[2]) if found else FARTHEST_FRAME
    return (found[1] or "", frame) if found and frame < FARTHEST_FRAME else ("", None)
