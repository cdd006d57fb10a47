"""What is told of a range under the pointer: its class, its answers, the words that it holds, its offsets."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from viewer.scene.offsets import Reading
from viewer.scene.stretches import Stretches
from viewer.scene.words import counted, shown

MOST_WORDS = 160
"""Characters of the labelled words that are told."""
MOST_ANSWERS = 8


def offset_words(start: float, end: float) -> str:
    """'characters 1,204 to 1,210': the second one not among them."""
    return f"characters {start:,.10g} to {end:,.10g}"


def length_words(start: float, end: float) -> str:
    return counted(int(end - start), "character")


def reading_words(reading: Reading) -> str:
    """'code points, end excluded'."""
    units = "code points" if reading.units == "code points" else "UTF-16 units"
    return f"{units}, end {reading.end}"


def card(stretches: Stretches, key: int, around: Sequence[int], content: str, reading: Reading | None) -> str:
    """Of a range, as rich text in which nothing foreign is interpreted; `around`: what else lies at the same place.

    `reading`: how its offsets are read; None on a page, where positions are read in one way only.
    """
    label = stretches.label_of(key)
    start, end = float(stretches.starts[key]), float(stretches.ends[key])
    held = content[max(int(start), 0) : max(int(end), 0)]
    lines = [f"<b>{escape(shown(label.title))}</b>"]
    for answer in label.answers.static[:MOST_ANSWERS]:
        lines.append(f"{escape(shown(answer.title, most=60))}: {escape(shown(answer.words, most=120))}")
    if held:
        lines.append(f"“{escape(shown(held, middle=True, most=MOST_WORDS))}”")
    lines.append(f"{offset_words(start, end)} · {length_words(start, end)}")
    exported = label.ranges[int(stretches.places[key])]
    lines.append(escape(_exported_words(exported, reading)))
    if end > len(content):
        lines.append(f"{int(end) - max(len(content), int(start)):,} of them beyond the end of the text")
    if around:
        names = ", ".join(dict.fromkeys(stretches.label_of(other).title for other in around))
        lines.append(f"also here: {escape(shown(names, most=120))}")
    return "<p style='white-space:pre-wrap; margin:0'>" + "<br>".join(lines) + "</p>"


def _exported_words(exported: Any, reading: Reading | None) -> str:
    if reading is not None:
        return shown(f"{exported} in the export, read as {reading_words(reading)}")
    start, end = (f"{shown(str(at['xpath']), middle=True, most=120)} {at['offset']}" for at in exported)
    return f"from {start}\nto {end}"
