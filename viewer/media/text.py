"""A text file: its characters, and how its bytes were read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from viewer.errors import ViewerError, escaped
from viewer.media.source import Source
from viewer.media.text_encoding import decoded

LARGEST = 500_000_000
"""Bytes of a text; what is larger is no document that anybody labels, and would take several times the memory."""


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
    """Decode a file; `mime` may declare its encoding, as in 'text/plain; charset=koi8-r'.

    Raises ViewerError where it cannot be read, or is larger than `LARGEST`.
    """
    if source.bytes_size > LARGEST:
        size, largest = source.bytes_size // 10**6, LARGEST // 10**6
        raise ViewerError(f"The text is too large to be shown ({size:,} MB; up to {largest:,}): {escaped(source.name)}")
    declared = _CHARSET.search(mime)
    found = decoded(source.read(), declared[1] if declared else "")
    return Text(found.content, found.encoding, found.notes, (*found.warnings, *_nuls(found.content)))


_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([^"';\s]+)""", re.IGNORECASE)


def _nuls(content: str) -> list[str]:
    count = content.count("\0")
    if not count:
        return []
    what = f"{count:,} NUL characters" if count > 1 else "a NUL character"
    which = (
        f"the first is character {content.index(chr(0)):,}"
        if count > 1
        else f"it is character {content.index(chr(0)):,}"
    )
    return [f"the text holds {what} ({which}, counted from 0); they are kept, so that offsets hold"]
