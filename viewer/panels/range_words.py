"""Ranges of sounds and texts in words: where they begin and end as exported, how long they are, why one has no place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from viewer.panels.words import clock
from viewer.scene.placed import is_number
from viewer.scene.words import counted, shown

MEDIUM_WORDS = {"audio": "sound", "text": "text", "html": "page"}
"""What a unit is called whose labels lie on stretches of it, by its kind."""
MOST_WORDS = 200
"""Characters of the labelled words that a line is made of."""
_LINE_ENDS = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_LAST_STEPS = re.compile(r"/?([^/]+(?:/text\(\)\[[0-9]+\])?)$")


def is_pair(stretch: Any) -> bool:
    return isinstance(stretch, list | tuple) and len(stretch) == 2


def ends_words(stretch: Any, unit: str | None) -> tuple[str, str] | None:
    """Where a range begins and ends: times of a sound, offsets of a text as exported, short positions in a page.

    None for what is no pair.
    """
    if not is_pair(stretch):
        return None
    return _end_words(stretch[0], unit), _end_words(stretch[1], unit)


def _end_words(end: Any, unit: str | None) -> str:
    if isinstance(end, Mapping):
        return short_position(end)
    if not is_number(end):
        return shown(str(end), most=40)
    return clock(end) if unit == "ms" else shown(f"{end:,}", most=40)


def exact_words(stretch: Any, unit: str | None) -> str:
    """Both ends as exported, for tooltips: '1,500 – 3,000 ms', or the whole paths of positions in a page."""
    if not is_pair(stretch):
        return shown(str(stretch), most=400)
    said = [
        f"{end.get('xpath')}  {end.get('offset')}"
        if isinstance(end, Mapping)
        else f"{end:,}"
        if is_number(end)
        else shown(str(end))
        for end in stretch
    ]
    if unit == "html":
        return f"from {said[0]}\nto {said[1]}"
    return f"{said[0]} – {said[1]}{' ms' if unit == 'ms' else ''}"


def short_position(position: Mapping[str, Any]) -> str:
    """'p[2] 4': the last step of a path, its text node only where it is not the first, and the offset in it."""
    path = str(position.get("xpath") or "").removesuffix("/text()[1]").removesuffix("/text()")
    found = _LAST_STEPS.search(path)
    return f"{shown(found.group(1) if found else path or '?', most=40)} {shown(str(position.get('offset')), most=20)}"


def length_words(length: float, unit: str | None) -> str:
    """'1,500 ms', '13 characters'."""
    if unit == "ms":
        return f"{int(length) if float(length).is_integer() else round(length, 3):,} ms"
    return counted(int(length), "character")


def no_place(stretch: Any, unit: str | None, *, medium_known: bool) -> str:
    """Why a range is shown nowhere."""
    if not is_pair(stretch):
        return "no pair of start and end"
    if unit == "html":
        return "no place in the page" if medium_known else "the page was not read"
    start, end = stretch
    if not all(map(is_number, stretch)):
        return "no pair of numbers"
    if start > end:
        return "ends before it starts"
    return "not inside the text" if unit == "characters" else "no place"


def on_one_line(text: str, most: int = MOST_WORDS) -> str:
    """Labelled words as they may be painted: line ends as signs, cut at the end."""
    cut = _LINE_ENDS.sub("⏎", text[: 2 * most])
    return shown(cut if len(text) <= 2 * most else cut[:most] + "…", most=most)
