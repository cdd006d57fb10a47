"""The members of `data_units` and `spaces` as they stand in a row, and what units are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from viewer.errors import Report
from viewer.export.facts import number_of, plain, text_of, whole_of, without_query
from viewer.export.frames import Blob
from viewer.export.loose_json import Bytes, NotJson, items, members, nested_members, starts_with
from viewer.labels.records import Unit, UnitFile
from viewer.size import Size

FARTHEST_FRAME = 2**62
"""Frame numbers beyond this are no numbers of frames."""


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


def read_members(raw: Bytes, key: str, report: Report) -> list[Member]:
    """The members of a dictionary of units, or of the list that some writers make of it."""
    try:
        return [_member(name, parts, f".{key}.{name}", report) for name, parts in nested_members(raw).items()]
    except msgspec.DecodeError:
        return _members_one_by_one(raw, key, report)


def _members_one_by_one(raw: Bytes, key: str, report: Report) -> list[Member]:
    """The same where the text is not strict, or not all members are objects: each is read by itself."""
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
        made.append(_member(name, parts, path, report))
    return made


def _member(name: str, parts: Mapping[str, Bytes], path: str, report: Report) -> Member:
    facts = {part: plain(raw, report, f"{path}.{part}") for part, raw in parts.items() if part != "labels"}
    return Member(name, facts, parts.get("labels", b""), path)


def positive_of(facts: Mapping[str, Any], key: str) -> float | None:
    """A number above zero; nothing else is a rate or a duration."""
    found = number_of(facts, key)
    return found if found is not None and found > 0 else None


def file_of(member: Member, frame: int, size: Size | None) -> UnitFile:
    """The one file of a member, as the picture of `frame`."""
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


def sequence_of(facts: Mapping[str, Any]) -> int | None:
    """The frame number under `data_sequence`, where it is one."""
    found = whole_of(facts, "data_sequence")
    return found if found is not None and 0 <= found < FARTHEST_FRAME else None
