"""Counts and problems of a row, found in a worker."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from viewer.check.problems import repeated_keys, row_problems
from viewer.errors import Problem, worst
from viewer.export.export import Export
from viewer.export.unit_media import MediaOf
from viewer.labels.row import LabelRow
from viewer.panels.row_list import RowFacts

PAUSE = 0.0005
"""Seconds between two frames, so that the interface thread is never kept waiting for the interpreter."""
KEYS_CHECKED = 16_000_000
"""Bytes of a row that is searched for repeated keys here; `check` searches rows of any size."""


@dataclass(frozen=True, slots=True)
class RowCheck:
    """A row that was looked at from end to end."""

    row: int
    facts: RowFacts
    problems: tuple[Problem, ...]


def check_row(export: Export, row: LabelRow, wanted: Callable[[], bool]) -> RowCheck | None:
    """Read all labels of a row and look for its media; pictures are not decoded. None once it is no longer wanted."""
    index = row.index()
    found: list[Problem] = []
    for problem in row_problems(export, row, MediaOf(export, row, opens_videos=False)):
        if problem is not None:
            found.append(problem)
        if not wanted():
            return None
        time.sleep(PAUSE)
    if row.head.index == 0:
        # of the folders of media; they belong to no row, and the first one is looked at in any case
        found += export.places.problems
    if row.head.nbytes <= KEYS_CHECKED:
        found += repeated_keys(export, row)
    problems = tuple(dict.fromkeys(found))
    frames = sum(len(presence.labelled) for presence in index.presence.values())
    said = [problem for problem in problems if problem.severity != "note"]
    facts = RowFacts(len(index.instances) + len(index.classifications), frames, len(said), worst(said))
    return RowCheck(row.head.index, facts, problems)
