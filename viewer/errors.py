"""The two ways in which something can be wrong: fatal and expected, or one thing that had to be skipped."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


class ViewerError(Exception):
    """Nothing can be shown: what went wrong and what to do, in one sentence for the user; the path stands last."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a problem is about, so that the window can jump there; every part may be unknown."""

    row: int | None = None
    """Index of the row in the export."""
    unit: str | None = None
    frame: int | None = None
    object_hash: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with the export or its media; the rest is shown all the same."""

    severity: Severity
    where: str
    """The file and the JSON path in it, `export.json $[0].data_units.ab12.labels.objects[3].polygon`, or a media file."""
    what: str
    """One sentence in a reviewer's words: what is wrong and what was done about it."""
    place: Place = Place()


def escaped(text: str) -> str:
    """`text` on one line with control, bidirectional-override and surrogate characters written as escapes."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if _harmless(c) else _escape(c) for c in text)


def _harmless(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Zl", "Zp") or character == "\u200d"


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"
