"""A text file: its characters, and how its bytes were read."""

from __future__ import annotations

from dataclasses import dataclass

from viewer.media.source import Source


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """All characters of a file, without the byte order mark, nothing else taken away or normalised."""

    content: str
    encoding: str
    """'UTF-8'."""
    notes: tuple[str, ...] = ()
    """How the encoding was found, where it is not plain UTF-8."""
    warnings: tuple[str, ...] = ()


def read_text(source: Source, mime: str = "") -> Text:
    """Decode a file. Raises ViewerError where it cannot be read."""
    return Text(source.read().decode("utf-8-sig", "replace"), "UTF-8")
