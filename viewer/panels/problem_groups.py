"""Problems in the order that a reviewer reads them: the gravest first, the same sentence once with a count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from viewer.errors import SEVERITIES, Problem, Severity
from viewer.panels.line import SEVERITY_ICONS, Cell, Line, Symbol
from viewer.scene.words import counted, filter_words, holds, searchable, shown

RowName = Callable[[int], str]
"""The name of a row by its index in the export."""


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Problems that say the same."""

    severity: Severity
    what: str
    problems: tuple[Problem, ...]


Item = tuple[Group, Problem | None]
"""A line of the list: the head of a group, or one of its problems. A problem that stands alone is its group's head."""


def grouped(problems: Sequence[Problem]) -> list[Group]:
    """Gravest first, then in the order of their first appearance."""
    found: dict[tuple[Severity, str], list[Problem]] = {}
    for problem in problems:
        found.setdefault((problem.severity, problem.what), []).append(problem)
    made = [Group(severity, what, tuple(same)) for (severity, what), same in found.items()]
    return sorted(made, key=lambda group: SEVERITIES.index(group.severity))


def kept(groups: Sequence[Group], severities: frozenset[Severity], query: str, row_name: RowName) -> list[Group]:
    """Of these severities, with every word in the sentence, the place or the row's name."""
    words = filter_words(query)
    made: list[Group] = []
    for group in groups:
        if group.severity not in severities:
            continue
        if not words:
            made.append(group)
            continue
        what = searchable(group.what, group.severity)
        same = tuple(p for p in group.problems if holds(words, f"{what}\n{_place_text(p, row_name)}"))
        if same:
            made.append(Group(group.severity, group.what, same))
    return made


def _place_text(problem: Problem, row_name: RowName) -> str:
    row = problem.place.row
    return searchable(problem.where, row_name(row) if row is not None else "", problem.place.object_hash or "")


def flattened(groups: Sequence[Group], unfolded: set[tuple[Severity, str]]) -> list[Item]:
    made: list[Item] = []
    for group in groups:
        made.append((group, None))
        if len(group.problems) > 1 and (group.severity, group.what) in unfolded:
            made += [(group, problem) for problem in group.problems]
    return made


def head_line(group: Group, is_open: bool, row_name: RowName) -> Line:
    """A sentence, with its place where it stands alone, else with how often it is said."""
    first = group.problems[0]
    alone = len(group.problems) == 1
    rows = {problem.place.row for problem in group.problems if problem.place.row is not None}
    many = f"{counted(len(group.problems), 'time')}" + (f" in {counted(len(rows), 'row')}" if len(rows) > 1 else "")
    tone = "quiet" if group.severity == "note" else group.severity
    return Line(
        text=shown(group.what, most=600),
        below=_near(first, row_name) if alone else "",
        path=shown(first.where, middle=True) if alone else "",
        sign=Symbol(SEVERITY_ICONS[group.severity], tone),
        wrap=3,
        open=None if alone else is_open,
        cells=() if alone else (Cell(f"{len(group.problems):,}", title=many),),
        tip=f"{group.severity}: {group.what}\n{first.where if alone else many}",
        copy=as_text(group.problems),
        target=first.place if alone else None,
    )


def problem_line(problem: Problem, row_name: RowName) -> Line:
    """One place of a sentence that is said in several."""
    return Line(
        text=_near(problem, row_name),
        path=shown(problem.where, middle=True),
        level=2,
        among_heads=True,
        tone="quiet",
        tip=f"{problem.what}\n{problem.where}",
        copy=as_text([problem]),
        target=problem.place,
    )


def _near(problem: Problem, row_name: RowName) -> str:
    """The row's name and the frame, which say more to a reviewer than the path does."""
    row = problem.place.row
    name = shown(row_name(row), middle=True, most=40) if row is not None else "the whole export"
    frame = f"frame {problem.place.frame:,}" if problem.place.frame is not None else ""
    return " · ".join(part for part in (name, frame) if part)


def as_text(problems: Sequence[Problem]) -> str:
    """A line each, for the clipboard."""
    return "\n".join(f"{problem.severity}: {problem.what} ({problem.where})" for problem in problems)
