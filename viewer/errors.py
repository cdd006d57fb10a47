"""The two ways in which something can be wrong: fatal and expected, or one thing that had to be skipped."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

Severity = Literal["error", "warning", "note"]
ENORMOUS = 1e21
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


@dataclass(frozen=True, slots=True)
class Report:
    """Collects problems about one place; `below` gives a report about a part of it that fills the same list."""

    where: str
    place: Place = Place()
    problems: list[Problem] = field(default_factory=list[Problem])

    def below(
        self, path: str, *, unit: str | None = None, frame: int | None = None, object_hash: str | None = None
    ) -> Report:
        """About `where` + `path`, with what else is known of the place."""
        place = replace(
            self.place,
            unit=unit if unit is not None else self.place.unit,
            frame=frame if frame is not None else self.place.frame,
            object_hash=object_hash if object_hash is not None else self.place.object_hash,
        )
        return Report(self.where + path, place, self.problems)

    def say(self, severity: Severity, what: str, path: str = "") -> None:
        self.problems.append(Problem(severity, self.where + path, what, self.place))

    def error(self, what: str, path: str = "") -> None:
        self.say("error", what, path)

    def warning(self, what: str, path: str = "") -> None:
        self.say("warning", what, path)

    def note(self, what: str, path: str = "") -> None:
        self.say("note", what, path)


def worst(problems: Iterable[Problem]) -> Severity | None:
    """The gravest severity among them; None where there are none."""
    found = {problem.severity for problem in problems}
    return next((severity for severity in SEVERITIES if severity in found), None)


def in_full(number: float) -> str:
    """'2,000,000' or '1,234.5': with all of its digits, unless it is as large as no moment or place is."""
    if abs(number) >= ENORMOUS:
        return f"{number:,g}"
    digits = Decimal(repr(number)) if isinstance(number, float) else Decimal(number)
    return f"{digits.normalize() if digits else Decimal():,f}"


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
