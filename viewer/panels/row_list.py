"""The list of rows as lines: what is kept by a filter, in which order, what each says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from viewer.errors import Severity
from viewer.labels.records import RowHead
from viewer.panels.line import BLANK, SEVERITY_ICONS, Cell, Line, Stage
from viewer.panels.words import STAGES, row_tip, status_word, type_word
from viewer.scene.words import counted, filter_words, holds, natural, searchable, shown

SortBy = Literal["export", "title", "type", "status", "labels", "problems"]
SORT_TITLES: dict[SortBy, str] = {
    "export": "Order of the export",
    "title": "Title",
    "type": "Type",
    "status": "Status",
    "labels": "Most labels first",
    "problems": "Most problems first",
}


@dataclass(frozen=True, slots=True)
class RowFacts:
    """What is known of a row once it was read through."""

    labels: int | None = None
    """Objects and classifications."""
    frames: int | None = None
    """With labels."""
    problems: int = 0
    worst: Severity | None = None


NO_FACTS = RowFacts()


class RowOrder:
    """Filters and sorts rows; what it compares is prepared once."""

    def __init__(self, heads: Sequence[RowHead]) -> None:
        self.heads = heads
        self.has_types = len({head.data_type for head in heads}) > 1
        self._searchable: list[str] | None = None

    def kept(self, query: str, sort: SortBy, facts: Mapping[int, RowFacts]) -> list[int]:
        """Places in `heads` of the rows that hold every word of the query, in order."""
        places = range(len(self.heads))
        words = filter_words(query)
        found = [at for at in places if holds(words, self._texts()[at])] if words else list(places)
        match sort:
            case "title":
                found.sort(key=lambda at: natural(self.heads[at].name))
            case "type":
                found.sort(key=lambda at: type_word(self.heads[at].data_type))
            case "status":
                found.sort(key=lambda at: (STAGES.get(self.heads[at].status, 2.0), self.heads[at].status))
            case "labels":
                found.sort(key=lambda at: -(facts.get(at, NO_FACTS).labels or 0))
            case "problems":
                found.sort(key=lambda at: -facts.get(at, NO_FACTS).problems)
            case "export":
                pass
        return found

    def _texts(self) -> list[str]:
        if self._searchable is None:
            self._searchable = [
                searchable(
                    head.name,
                    head.label_hash,
                    head.data_hash,
                    head.dataset,
                    head.branch,
                    type_word(head.data_type),
                    head.data_type,
                    status_word(head.status),
                    head.status,
                )
                for head in self.heads
            ]
        return self._searchable


@dataclass(frozen=True, slots=True)
class Columns:
    """What all lines of the list share, so that their columns stand below one another."""

    has_types: bool
    """There are rows of several types, so the type is worth saying."""
    most_labels: int
    """Of one row, as known so far."""
    most_problems: int
    narrow: bool
    """Counts of problems are left to the tooltip."""


def row_line(head: RowHead, facts: RowFacts, columns: Columns, is_branch: bool) -> Line:
    """One row. `is_branch`: it stands right below another row of the same data, so its branch is what it is called."""
    labels = "" if facts.labels is None else f"{facts.labels:,}"
    cells = [Cell(status_word(head.status), room="not labelled")]
    if columns.has_types:
        cells.append(Cell(type_word(head.data_type)))
    cells.append(Cell(labels, room=f"{columns.most_labels:,}", title=_labels_words(facts)))
    if columns.most_problems:
        cells.append(_problems_cell(facts, columns))
    said = row_tip(head)
    if facts.labels is not None:
        said += f"\n{_labels_words(facts)}"
    if facts.problems:
        said += f"\n{counted(facts.problems, 'problem')}"
    chip = "" if is_branch or head.branch == "main" else head.branch
    return Line(
        text=shown(head.branch if is_branch else head.name, middle=True),
        middle=True,
        level=1 if is_branch else 0,
        tone="quiet" if head.deleted else "plain",
        sign=Stage(STAGES.get(head.status, 0.0)),
        chip=shown(chip, middle=True, most=60),
        cells=tuple(cells),
        tip=said,
        copy=head.name,
    )


def _labels_words(facts: RowFacts) -> str:
    if facts.labels is None:
        return "not counted yet"
    labels = counted(facts.labels, "label")
    return labels if not facts.frames else f"{labels} on {counted(facts.frames, 'frame')}"


def _problems_cell(facts: RowFacts, columns: Columns) -> Cell:
    room = "" if columns.narrow else _at_most(columns.most_problems)
    if not facts.problems or facts.worst is None:
        return Cell(icon=BLANK, room=room)
    tone = "quiet" if facts.worst == "note" else facts.worst
    title = counted(facts.problems, "problem")
    number = "" if columns.narrow else _at_most(facts.problems)
    return Cell(number, SEVERITY_ICONS[facts.worst], tone, room, title=title)


def _at_most(number: int) -> str:
    return f"{number:,}" if number < 1000 else "999+"
