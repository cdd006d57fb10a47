"""Ranges as lines of a list, as a sentence about all of them, and as cells of a table."""

from __future__ import annotations

from collections.abc import Mapping

from viewer.panels.line import Cell, Line, Swatch
from viewer.panels.range_list import NOWHERE, PLACED, WHOLE, RangeRows, Rows
from viewer.panels.range_words import (
    MEDIUM_WORDS,
    ends_words,
    exact_words,
    is_pair,
    length_words,
    no_place,
    on_one_line,
)
from viewer.scene.colours import colour_of, hex_of
from viewer.scene.placed import is_number
from viewer.scene.shown import is_shown
from viewer.scene.view_state import ViewState
from viewer.scene.words import counted, shown

MOST_IN_TIP = 600
MOST_LOOKED_AT = 1000
"""Characters of labelled words that a line is made of."""
MOST_IN_CELL = 32_000
"""Characters of labelled words in a cell of a table; programs that read tables take no more."""


def range_line(rows: RangeRows, row: int, state: ViewState, kind: str) -> Line:
    """A range: whose it is, its words or answers; below where it is. `kind`: of the unit."""
    label = rows.label(row)
    words = on_one_line(rows.words(row, MOST_LOOKED_AT))
    why = _why_not(rows, row)
    is_hidden = state.hide_all or not is_shown(label, rows.stretches.label_named(state.selected), state)
    count = len(label.ranges)
    cells: list[Cell] = []
    if count > 1:
        said = f"{rows.places[row] + 1:,} of {count:,}"
        cells.append(Cell(said, title=f"range {said}"))
    if why:
        cells.append(Cell(icon="warning", tone="warning", title=why))
    look, order = state.look, rows.stretches.class_order
    return Line(
        text=shown(label.title, middle=True, most=40),
        note=words or shown(label.words),
        note_tone="quiet" if is_hidden or rows.kinds[row] == NOWHERE else "plain",
        below=_where_words(rows, row, kind, why),
        sign=Swatch(hex_of(colour_of(label, look, order))),
        tone="quiet" if is_hidden or rows.kinds[row] == NOWHERE else "strong",
        cells=tuple(cells),
        tip=_tip(rows, row, kind, why, is_hidden),
    )


def _why_not(rows: RangeRows, row: int) -> str:
    """What is wrong with where a range is; empty where nothing is."""
    label, exported = rows.label(row), rows.exported(row)
    if rows.kinds[row] == NOWHERE:
        is_known = rows.content is not None
        return no_place(exported, label.range_unit, medium_known=is_known) if label.ranges else "it has no range"
    if rows.kinds[row] == WHOLE or rows.end is None or not is_pair(exported):
        return ""
    last, slack = exported[1], 1 if label.range_unit == "ms" else 0
    return "beyond the end" if is_number(last) and last > rows.end + slack else ""


def _where_words(rows: RangeRows, row: int, kind: str, why: str) -> str:
    """'0:01.500 – 0:03.000 · 1,500 ms'."""
    if rows.kinds[row] == WHOLE:
        return f"the whole {MEDIUM_WORDS.get(kind, 'unit')}"
    unit = rows.label(row).range_unit
    ends = ends_words(rows.exported(row), unit)
    parts = [f"{ends[0]} – {ends[1]}" if ends else ""]
    if rows.kinds[row] == PLACED and not why:
        parts.append(length_words(float(rows.ends[row] - rows.starts[row]), unit))
    return " · ".join(part for part in (*parts, why) if part)


def _tip(rows: RangeRows, row: int, kind: str, why: str, is_hidden: bool) -> str:
    label = rows.label(row)
    count = len(label.ranges)
    said = [label.title + (f", range {rows.places[row] + 1:,} of {count:,}" if count > 1 else "")]
    words = rows.words(row, MOST_IN_TIP)
    if words:
        is_cut = rows.ends[row] - rows.starts[row] > MOST_IN_TIP
        said.append(f"“{words}{'…' if is_cut else ''}”")
    if label.words:
        said.append(label.words)
    if rows.kinds[row] == WHOLE:
        said.append(f"holds for the whole {MEDIUM_WORDS.get(kind, 'unit')}")
    elif label.ranges:
        said.append(exact_words(rows.exported(row), label.range_unit))
    if rows.kinds[row] == PLACED:
        said.append(length_words(float(rows.ends[row] - rows.starts[row]), label.range_unit))
    said += [why] if why else []
    said += ["hidden"] if is_hidden else []
    return "\n".join(said)


def summary(rows: RangeRows) -> str:
    """'128 ranges, 41 % covered, 3 overlaps in a class'."""
    count = sum(len(label.ranges) for label in rows.stretches.labels)
    if not count:
        return ""
    found = rows.coverage
    said = [counted(count, "range")]
    if found.end > 0:
        percent = found.share * 100
        # only what is wholly covered says so, and only what is not covered at all
        rounded = "less than 1" if 0 < percent < 1 else f"{min(round(percent), 99 if percent < 100 else 100)}"
        said.append(f"{rounded} % covered")
    if len(found.overlaps):
        said.append(f"{counted(len(found.overlaps), 'overlap')} in a class")
    return ", ".join(said)


HEADINGS: tuple[str, ...] = ("label", "class", "range", "start", "end", "words", "answers", "hash")


def said_by(rows: RangeRows, row: int) -> str:
    """The labelled words, else the answers, else where it is: what copying a line gives."""
    label = rows.label(row)
    return rows.words(row, len(rows.content or "")) or label.words or "\t".join(exact_ends(rows, row))


def table_of(rows: RangeRows, which: Rows) -> list[list[str]]:
    """Rows as cells, after their headings; numbers as exported."""
    made = [list(HEADINGS)]
    for row in which.tolist():
        label = rows.label(row)
        start, end = exact_ends(rows, row)
        words = rows.words(row, MOST_IN_CELL)
        number = str(rows.places[row] + 1) if label.ranges else ""
        made.append([label.title, label.name, number, start, end, words, label.words, label.object_hash])
    return made


def exact_ends(rows: RangeRows, row: int) -> tuple[str, str]:
    """Start and end as exported, without separators; positions of a page as path and offset."""
    exported = rows.exported(row)
    if not is_pair(exported):
        return ("", "") if exported is None else (str(exported), "")
    first, last = (
        f"{end.get('xpath')} {end.get('offset')}" if isinstance(end, Mapping) else str(end) for end in exported
    )
    return first, last
