"""What the export says of a series and a slice, side by side with what the file says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from viewer.labels.records import Unit, UnitFile
from viewer.media.dicom_tags import Tag
from viewer.media.identity import is_identity_key

PATIENT_ID, STUDY, SERIES, INSTANCE = "(0010,0020)", "(0020,000D)", "(0020,000E)", "(0008,0018)"
ROWS, COLUMNS, FRAMES = "(0028,0010)", "(0028,0011)", "(0028,0008)"
IN_METADATA = (
    ("Patient ID", "patient_id", PATIENT_ID),
    ("Study UID", "study_uid", STUDY),
    ("Series UID", "series_uid", SERIES),
)


@dataclass(frozen=True, slots=True)
class Pair:
    """One fact as both tell it; empty where one is silent."""

    what: str
    exported: str
    filed: str
    is_identity: bool = False
    differs: bool = False
    can_differ: bool = True
    """False for what need not agree, such as names of files."""


def pairs(unit: Unit, file: UnitFile | None, tags: Sequence[Tag], file_name: str = "") -> tuple[Pair, ...]:
    """Of one slice. `file`: what the export says of it; `tags` and `file_name` of the file that was found, else empty."""
    found = {tag.tag: tag.value for tag in tags if not tag.depth and not tag.trouble}
    given = unit.facts.get("metadata")
    series: Mapping[str, Any] = given if isinstance(given, Mapping) else {}
    made = [_pair(what, series.get(key), found.get(tag), is_identity_key(key)) for what, key, tag in IN_METADATA]
    made.append(_pair("Instance UID", _instance_uid(unit, file), found.get(INSTANCE)))
    size = file.size if file is not None and file.size is not None else unit.size
    made.append(_pair("Width", size.width if size else None, found.get(COLUMNS)))
    made.append(_pair("Height", size.height if size else None, found.get(ROWS)))
    made += _frame(file, found)
    known = {key for _, key, _ in IN_METADATA}
    made += [_alone(key, value) for key, value in series.items() if key not in known]
    made.append(Pair("File", file.link if file is not None else "", file_name, can_differ=False))
    return tuple(pair for pair in made if pair.exported or pair.filed)


def differences(found: Iterable[Pair]) -> int:
    return sum(pair.differs for pair in found)


def _pair(what: str, exported: Any, filed: str | None, identity: bool = False) -> Pair:
    one, other = _said(exported), _said(filed)
    return Pair(what, one, other, identity, differs=bool(one and other and one != other))


def _said(value: Any) -> str:
    return "" if value is None else str(value).strip("\0 ")


def _instance_uid(unit: Unit, file: UnitFile | None) -> str:
    """Without slice metadata the file is known by the hash of the data unit, which is no UID."""
    if file is None or file.data_hash in (unit.id, unit.facts.get("data_hash")):
        return ""
    return file.data_hash


def _frame(file: UnitFile | None, found: Mapping[str, str]) -> list[Pair]:
    """Whether the file has the frame; exports count from 0 or from 1, which cannot be told from one number."""
    inner = file.inner if file is not None else None
    count = _said(found.get(FRAMES)) or ("1" if found else "")
    if inner is None and count in ("", "1"):
        return []
    fits = inner is None or not count.isdecimal() or 0 <= inner <= int(count)
    frames = f"{int(count):,} frame{'s' * (count != '1')}" if count.isdecimal() else count
    return [Pair("Frame in file", "" if inner is None else f"{inner:,}", frames, differs=not fits, can_differ=False)]


def _alone(key: str, value: Any) -> Pair:
    return Pair(key, _said(value), "", is_identity_key(key), can_differ=False)
