"""The inspector's lines of where a label of a sound or text is: the selected range, its words, and the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from viewer.panels.fields import ToRange, hash_line, section, value_line
from viewer.panels.line import Line, Symbol
from viewer.panels.range_words import (
    MEDIUM_WORDS,
    ends_words,
    exact_words,
    is_pair,
    length_words,
    no_place,
    on_one_line,
)
from viewer.panels.words import clock
from viewer.scene.placed import is_number
from viewer.scene.words import counted

MOST_LISTED = 8
"""Ranges of a label that are listed, around the selected one."""
AROUND = 60
"""Characters before and after the labelled ones that are shown."""
MOST_WORDS = 600


@dataclass(frozen=True, slots=True)
class OnStretch:
    """Where a label of a sound or text is."""

    kind: str
    """Of the unit: audio, text, html."""
    ranges: tuple[Any, ...]
    """As exported; empty for what holds for everything, or is nowhere."""
    unit: str | None
    """Of the ranges: 'ms', 'characters' or 'html'."""
    place: int = 0
    """Which of them is selected."""
    start: float | None = None
    """Where that one lies, in milliseconds or characters; None where it has no place, or none is known yet."""
    end: float | None = None
    content: str | None = None
    """The characters of a text, where they were read."""
    around: tuple[str, str] | None = None
    """What a reader sees before and after the range, where that is not simply what stands there in `content`."""
    is_placed: bool = False
    """Whether places are known by now."""
    is_whole: bool = False

    @property
    def medium(self) -> str:
        """'sound'."""
        return MEDIUM_WORDS.get(self.kind, "unit")

    @property
    def words(self) -> str:
        """'5 ranges', 'the whole sound'."""
        return f"the whole {self.medium}" if self.is_whole else counted(len(self.ranges), "range")


def range_lines(on: OnStretch) -> list[Line]:
    """The selected range, after its heading."""
    if on.is_whole:
        return [section("Place"), value_line("Holds for", f"the whole {on.medium}")]
    if not on.ranges:
        return [section("Place"), value_line("Range", "none, so it is nowhere", tone="warning")]
    place = on.place if 0 <= on.place < len(on.ranges) else 0
    exported = on.ranges[place]
    count = len(on.ranges)
    lines = [section(f"Range {place + 1:,} of {count:,}" if count > 1 else "Range")]
    if on.is_placed and on.start is None:
        why = no_place(exported, on.unit, medium_known=on.content is not None)
        lines.append(Line(why, sign=Symbol("warning", "warning"), wrap=3, tip=why, copy=why))
    if is_pair(exported):
        lines += _end_lines("Start", exported[0], on.unit) + _end_lines("End", exported[1], on.unit)
    else:
        lines.append(value_line("As exported", str(exported)))
    if on.start is not None and on.end is not None:
        lines += _length_lines(on.end - on.start, on.unit)
        if on.content is not None:
            lines += _words_lines(on.content[int(on.start) : int(on.end)], on.around or _around(on))
    return lines


def _end_lines(name: str, end: Any, unit: str | None) -> list[Line]:
    """Exactly as exported; beside it a time, or under it the whole path."""
    if isinstance(end, Mapping):
        said = ends_words([end, end], unit)
        path = hash_line(" ", str(end.get("xpath")))
        return [value_line(name, said[0] if said else ""), path]
    if unit == "ms" and is_number(end):
        return [value_line(name, clock(end), note=f"{end:,} ms")]
    return [value_line(name, f"{end:,}" if is_number(end) else str(end))]


def _length_lines(length: float, unit: str | None) -> list[Line]:
    said = length_words(length, unit)
    return [value_line("Length", clock(length), note=said) if unit == "ms" else value_line("Length", said)]


def _around(on: OnStretch) -> tuple[str, str]:
    """What stands before and after the range in the text, of which one character more tells that it goes on."""
    assert on.content is not None and on.start is not None and on.end is not None
    start, end = int(on.start), int(on.end)
    return on.content[max(0, start - AROUND - 1) : start], on.content[end : end + AROUND + 1]


def _words_lines(words: str, around: tuple[str, str]) -> list[Line]:
    """What is labelled, between a little of what stands before and after it."""
    before, after = around[0][-AROUND:], around[1][:AROUND]
    said = on_one_line(words, MOST_WORDS)
    front = ("…" if len(around[0]) > AROUND else "") + on_one_line(before)
    back = on_one_line(after) + ("…" if len(around[1]) > AROUND else "")
    lines = [Line(front, name="Before", tone="quiet", wrap=3, tip=front, copy=before)] if before else []
    lines.append(
        Line(said, name="Words", wrap=10, tone="strong", tip=said, copy=words)
        if words
        else Line("none", name="Words", tone="quiet")
    )
    lines += [Line(back, name="After", tone="quiet", wrap=3, tip=back, copy=after)] if after else []
    return lines


def other_range_lines(on: OnStretch) -> list[Line]:
    """All ranges of the label, around the selected one; each leads to its own. Nothing where there is but one."""
    if len(on.ranges) < 2:
        return []
    first = max(0, min(on.place - MOST_LISTED // 2, len(on.ranges) - MOST_LISTED))
    lines = [section("Ranges")]
    for place, exported in enumerate(on.ranges[first : first + MOST_LISTED], first):
        ends = ends_words(exported, on.unit)
        lines.append(
            Line(
                text=f"{ends[0]} – {ends[1]}" if ends else exact_words(exported, on.unit),
                name=f"{place + 1:,}",
                tone="strong" if place == on.place else "link",
                tip=f"Go to range {place + 1:,}\n{exact_words(exported, on.unit)}",
                copy=exact_words(exported, on.unit),
                target=ToRange(place),
            )
        )
    rest = len(on.ranges) - MOST_LISTED
    if rest > 0:
        lines.append(Line(f"{counted(rest, 'more range')}, see the list of ranges", name=" ", tone="quiet"))
    return lines
