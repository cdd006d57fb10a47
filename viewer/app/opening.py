"""Opening an export in a worker: what to open, and which row to show first."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from viewer.errors import ViewerError
from viewer.export.export import Export, open_export
from viewer.export.start import find_start, first_labelled
from viewer.export.unit_media import MediaOf
from viewer.labels.records import Unit
from viewer.labels.row import LabelRow

ROWS_TRIED = 50
"""Rows that are looked into for the first with labels and media."""


@dataclass(frozen=True, slots=True)
class Start:
    """What to open and what to show first."""

    paths: tuple[Path, ...]
    media: tuple[Path, ...] = ()
    ontology: Path | None = None
    row: str | None = None
    """Label hash or data hash."""
    unit: str | None = None
    frame: int | None = None
    selected: str | None = None
    stretch: int = 0
    """Which of its ranges, where the selected label has several."""
    branch: str = ""
    """Of rows with the same label hash or data hash the one on this branch."""
    is_wish: bool = False
    """The place is where we were before: what is no longer there is passed over."""


def opened(start: Start) -> tuple[Export, LabelRow | None, Unit | None, int]:
    """The export and the row, unit and frame to show first. Raises ViewerError."""
    export = open_export(start.paths, start.media, start.ontology)
    if not export.heads:
        return export, None, None, 0
    row = _row_named(export, start) if start.row else None
    if row is None and start.is_wish:
        row = _first_worth_seeing(export)
        return export, row, *find_start(row, None, None)
    row = row or _row_with_unit(export, start.unit) or _first_worth_seeing(export)
    gone = start.is_wish and row.unit(start.unit) is None
    return export, row, *find_start(row, None if gone else start.unit, None if gone else start.frame)


def _row_with_unit(export: Export, unit: str | None) -> LabelRow | None:
    """The first row that has a unit, where one is asked for without its row."""
    if unit is None:
        return None
    rows = (export.row(head.index) for head in export.heads)
    return next((row for row in rows if row.unit(unit) is not None), None)


def _row_named(export: Export, start: Start) -> LabelRow | None:
    """The row that is asked for, on its branch; None where it was only wished for and is gone."""
    try:
        found = export.named(start.row)
    except ViewerError:
        if start.is_wish:
            return None
        raise
    on_branch = sorted(found, key=lambda head: head.branch != (start.branch or "main"))
    return export.row(on_branch[0].index)


def _first_worth_seeing(export: Export) -> LabelRow:
    """The first row with labels whose media was found, else the first with labels, else the first."""
    with_labels: LabelRow | None = None
    for head in export.heads[:ROWS_TRIED]:
        row = export.row(head.index)
        for unit in row.units:
            frame = first_labelled(row, unit)
            if frame is not None:
                with_labels = with_labels or row
                if MediaOf(export, row).match(unit, frame).source:
                    return row
    return with_labels or export.row(0)
