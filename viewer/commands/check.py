"""`check`: what is wrong with an export and its media, one a line or as JSON."""

from __future__ import annotations

from viewer.check.problems import all_problems, picture_problems
from viewer.errors import Problem, escaped
from viewer.export.export import Export
from viewer.export.facts import hidden_queries
from viewer.export.unit_media import MediaOf

SAME_SHOWN = 20
"""Problems with the same sentence that are listed one by one; the rest of them is a number."""


def checked(export: Export, row_hash: str | None = None) -> list[Problem]:
    """Everything that is wrong, with all rows or those of one hash; decodes every picture. Raises ViewerError."""
    made: list[Problem] = list(export.problems)
    for head in export.named(row_hash):
        row = export.row(head.index)
        media = MediaOf(export, row)
        made += all_problems(export, row, media)
        made += picture_problems(row, media)
    return list(dict.fromkeys([*made, *export.places.problems]))


def lines(problems: list[Problem]) -> list[str]:
    """`severity: where: what` for each; the same sentence many times is cut short with a count."""
    counts: dict[tuple[str, str], int] = {}
    made: list[str] = []
    for problem in problems:
        key = (problem.severity, problem.what)
        counts[key] = counts.get(key, 0) + 1
        if counts[key] <= SAME_SHOWN:
            made.append(f"{problem.severity}: {escaped(problem.where)}: {_said(problem.what)}")
    for (severity, what), count in counts.items():
        if count > SAME_SHOWN:
            made.append(f"{severity}: and {count - SAME_SHOWN:,} more places: {_said(what)}")
    return made


def _said(what: str) -> str:
    return escaped(hidden_queries(what))
