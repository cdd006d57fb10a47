"""Pieces of the inspector: sections and lines with a name and a value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from viewer.errors import Problem
from viewer.labels.answers import Range
from viewer.media.identity import HIDDEN
from viewer.panels.line import SEVERITY_ICONS, Cell, Line, Sign, Symbol, Tone
from viewer.panels.words import dated, ranges_words
from viewer.scene.words import shown

COPY = "copy"
MOST_VALUE = 1200
"""Characters of a value that are shown; copying gives all."""
MOST_WRAPPED = 10
MOST_PROBLEMS = 50
MOST_RANGES = 6


@dataclass(frozen=True, slots=True)
class ToObject:
    """Leads to another label of the row."""

    hash: str


@dataclass(frozen=True, slots=True)
class ToLink:
    """Leads out of the program: followed only when the reviewer says so."""

    url: str


@dataclass(frozen=True, slots=True)
class ToFrame:
    frame: int


@dataclass(frozen=True, slots=True)
class ToRange:
    """Leads to another range of the label."""

    place: int


@dataclass(frozen=True, slots=True)
class ToProblem:
    problem: Problem


def section(title: str, first: bool = False) -> Line:
    return Line(title, tone="section", rule=not first)


def value_line(
    name: str,
    value: str,
    *,
    level: int = 0,
    tone: Tone = "plain",
    note: str = "",
    sign: Sign | None = None,
    target: Any = None,
) -> Line:
    """A value that may take several lines; the whole of it is copied."""
    text = "\n".join(shown(part, most=MOST_VALUE) for part in value[: MOST_VALUE * 4].splitlines()) or shown(value)
    return Line(
        text=text,
        name=shown(name, most=120),
        note=note,
        level=level,
        tone=tone,
        sign=sign,
        wrap=MOST_WRAPPED if len(text) > 12 and not note else 1,
        cells=_copy(value),
        tip=f"{name}\n{value}",
        copy=value,
        target=target,
    )


def hidden_line(name: str) -> Line:
    """A value that tells who a patient is, as a grey bar."""
    return Line(HIDDEN, name=shown(name, most=120), bar="text", tip=f"{name}\n{HIDDEN}", copy=HIDDEN)


def hash_line(name: str, value: str) -> Line:
    """A hash or path: in the fixed font, on one line, without its middle where there is no room."""
    return Line(
        text=shown(value, middle=True),
        name=shown(name, most=120),
        fixed=True,
        middle=True,
        cells=_copy(value),
        tip=f"{name}\n{value}",
        copy=value,
    )


def _copy(value: str) -> tuple[Cell, ...]:
    return (Cell(icon="copy", id=COPY, title="Copy", shy=True),) if value else ()


def link_lines(name: str, link: str) -> list[Line]:
    """A link without its query. Only web addresses can be followed."""
    if not link:
        return []
    line = hash_line(name, link)
    if not link.casefold().startswith(("http://", "https://")):
        return [line]
    opening = Line("Open the link", name=" ", tone="link", sign=Symbol("link", "link"), target=ToLink(link), tip=link)
    return [line, opening]


def date_lines(name: str, by: str | None, at: str | None) -> list[Line]:
    """Who and when, as exported; nothing for what is not said."""
    made = [value_line(name, by)] if by else []
    if at:
        made.append(value_line(" " if by else name, dated(at), tone="quiet" if by else "plain"))
    return made


def frame_lines(frames: Sequence[Range], frame: int) -> list[Line]:
    """Where a label is: a line for each stretch, those around the frame on screen."""
    count = sum(last - first + 1 for first, last in frames)
    here = next((at for at, (_, last) in enumerate(frames) if last >= frame), len(frames))
    first = max(0, min(here - 1, len(frames) - MOST_RANGES))
    lines: list[Line] = []
    for at, stretch in enumerate(frames[first : first + MOST_RANGES]):
        on_it = stretch[0] <= frame <= stretch[1]
        lines.append(
            Line(
                text=ranges_words([stretch]),
                name=f"{count:,} in all" if at == 0 else " ",
                tone="link",
                note="this frame" if on_it and stretch[0] == stretch[1] else "this frame is in it" if on_it else "",
                tip=f"Go to frame {stretch[0]:,}",
                copy=ranges_words(frames, len(frames)) if len(frames) < 10_000 else ranges_words([stretch]),
                target=ToFrame(stretch[0]),
            )
        )
    if len(frames) > MOST_RANGES:
        lines.append(Line(f"{len(frames) - MOST_RANGES:,} more stretches", name=" ", tone="quiet"))
    return lines


def problem_lines(problems: Sequence[Problem]) -> list[Line]:
    lines = [
        Line(
            text=shown(problem.what, most=600),
            sign=Symbol(SEVERITY_ICONS[problem.severity], "quiet" if problem.severity == "note" else problem.severity),
            wrap=4,
            tip=f"{problem.what}\n{problem.where}",
            copy=f"{problem.severity}: {problem.what} ({problem.where})",
            target=ToProblem(problem),
        )
        for problem in problems[:MOST_PROBLEMS]
    ]
    if len(problems) > MOST_PROBLEMS:
        lines.append(Line(f"{len(problems) - MOST_PROBLEMS:,} more problems", tone="quiet"))
    return lines
