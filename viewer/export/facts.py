"""Single values out of raw members, leniently: a text, a size, a whole number; what had to be mended is said."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from viewer.errors import Report
from viewer.export.loose_json import Bytes, NotJson, value
from viewer.labels.ontology import Ontology
from viewer.labels.records import DEFAULT_COLOUR, Provenance
from viewer.size import Size

_COLOUR = re.compile("#[0-9a-fA-F]{6}")

FARTHEST = 2**63
"""Ends of ranges beyond this count nothing."""


def plain(raw: Bytes, report: Report | None = None, path: str = "") -> Any:
    """The value as Python objects, None where it is absent or cannot be read."""
    if not len(memoryview(raw)):
        return None
    try:
        return value(raw)
    except NotJson as error:
        if report:
            report.error(str(error), path)
        return None


def text(raw: Bytes) -> str:
    """A text; empty for null, absent and anything that is none."""
    made = plain(raw)
    return made if isinstance(made, str) else ""


def text_of(entry: Mapping[str, Any], *keys: str) -> str:
    """The first of the members that is a text with something in it."""
    return next((found for key in keys if isinstance(found := entry.get(key), str) and found), "")


def class_name(name: str, value: str, feature_hash: str, ontology: Ontology) -> str:
    """A label's own name, else its class's in the ontology, else its value or hash."""
    known = ontology.classes.get(feature_hash)
    return name or (known.title if known else "") or value or feature_hash or "(no class)"


def placed_hash(path: str) -> str:
    """For a label without a hash: its JSON path from the row, which no other label has."""
    return f"no hash: {path}"


def is_finite(found: float | int) -> bool:
    """Whether a float can hold it, which whole numbers out of a file need not fit into."""
    return abs(found) <= sys.float_info.max  # no comparison with NaN holds


def number_of(entry: Mapping[str, Any], key: str) -> float | None:
    """A finite number, also one in quotes; None for anything else."""
    found = entry.get(key)
    if isinstance(found, str):
        try:
            found = float(found)
        except ValueError:
            return None
    if isinstance(found, bool) or not isinstance(found, int | float):
        return None
    return float(found) if is_finite(found) else None


def whole_of(entry: Mapping[str, Any], key: str) -> int | None:
    """A whole number, also one in quotes; None for anything else."""
    found = entry.get(key)
    if isinstance(found, str) and re.fullmatch(r"\s*\d{1,18}\s*", found):
        return int(found)
    if isinstance(found, float) and found.is_integer() and abs(found) < 1e18:
        return int(found)
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def size_of(entry: Mapping[str, Any], report: Report) -> Size | None:
    """Width and height of a unit in pixels; None where there are none to use."""
    sides: list[int] = []
    for key in ("width", "height"):
        found = entry.get(key)
        side = whole_of(entry, key)
        if isinstance(found, str) and side is not None:
            report.warning(f"the {key} stands in quotes; it was read as the number {side:,}", f".{key}")
        if found in (None, 0):
            continue
        if side is None or not 0 < side < 10**8:
            report.warning(f"the {key} {str(found)[:40]} is no size of a picture; it was left out", f".{key}")
            continue
        sides.append(side)
    return Size(*sides) if len(sides) == 2 else None


def colour_of(entry: Mapping[str, Any]) -> str:
    """'#rrggbb' as exported; the default colour where it is missing or broken."""
    found = entry.get("color")
    return found if isinstance(found, str) and _COLOUR.fullmatch(found) else DEFAULT_COLOUR


def provenance_of(entry: Mapping[str, Any], report: Report) -> Provenance:
    """Who made it and when; odd values are kept as they stand and said."""
    confidence = entry.get("confidence", 1)
    if isinstance(confidence, bool) or not isinstance(confidence, int | float | str | None):
        confidence = str(confidence)
    if isinstance(confidence, str):
        report.warning(f"the confidence is the text '{confidence[:40]}' where a number was expected", ".confidence")
    elif confidence is not None and not is_finite(confidence):
        report.warning("the confidence is not a finite number", ".confidence")
        confidence = str(confidence)
    elif confidence is not None and not 0 <= confidence <= 1:
        report.warning(f"the confidence {confidence:g} lies outside 0 to 1", ".confidence")
    manual = entry.get("manualAnnotation", entry.get("manual_annotation"))
    return Provenance(
        _said(entry.get("createdBy")),
        _said(entry.get("createdAt")),
        _said(entry.get("lastEditedBy")),
        _said(entry.get("lastEditedAt")),
        1 if confidence is None else confidence,
        manual is not False,
    )


def _said(found: Any) -> str | None:
    return None if found is None else found if isinstance(found, str) else str(found)


def without_query(link: Any) -> str:
    """A link as far as it may be kept: its query string and fragment hold tokens and are cut off."""
    if not isinstance(link, str):
        return ""
    try:
        parts = urlsplit(link)
    except ValueError:
        return link.partition("?")[0]
    head = f"{parts.scheme}://{parts.hostname or ''}" if parts.scheme and parts.netloc else ""
    return head + (parts.path if head else link.partition("?")[0].partition("#")[0])


def hidden_queries(made: Any) -> Any:
    """The same JSON with the query strings of links cut off, for every view of raw data."""
    if isinstance(made, str):
        return _QUERY.sub(r"\1?…", made) if "://" in made else made
    if isinstance(made, list):
        return [hidden_queries(item) for item in made]
    if isinstance(made, dict):
        return {hidden_queries(key): hidden_queries(item) for key, item in made.items()}
    return made


_QUERY = re.compile(r"(\b[a-zA-Z][a-zA-Z0-9+.-]*://[^\s?#\"]*)[?#][^\s\"]*")


def ranges_of(found: Any, report: Report, path: str) -> list[tuple[int, int]]:
    """Inclusive ranges `[[first, last], ...]` of whole numbers; what is none is reported and left out."""
    if found is None:
        return []
    if not isinstance(found, list):
        report.warning("the range is no list of [first, last]; left out", path)
        return []
    made: list[tuple[int, int]] = []
    for index, pair in enumerate(found):
        if not (isinstance(pair, list) and len(pair) == 2 and all(_is_whole(end) for end in pair)):
            report.warning("the range is no pair [first, last]; left out", f"{path}[{index}]")
        elif max(map(abs, pair)) >= FARTHEST:
            report.warning("the range reaches further than anything can; left out", f"{path}[{index}]")
        elif pair[0] > pair[1]:
            report.warning(f"the range {pair[0]:,} to {pair[1]:,} ends before it starts; left out", f"{path}[{index}]")
        else:
            made.append((int(pair[0]), int(pair[1])))
    return made


def _is_whole(found: Any) -> bool:
    return (isinstance(found, int) and not isinstance(found, bool)) or (isinstance(found, float) and found.is_integer())
