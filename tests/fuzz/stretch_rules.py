"""What must hold of labelled ranges, whatever the export says they are."""

from __future__ import annotations

import numpy as np

from tests.ranged import PAGE, TEXT
from viewer.export.export import Export
from viewer.export.unit_media import STRETCH_KINDS
from viewer.labels.records import Unit
from viewer.media.html_page import page_of
from viewer.media.kinds import Passage
from viewer.media.text import Text
from viewer.panels.range_lines import range_line, summary
from viewer.panels.range_list import RangeFilter, RangeRows
from viewer.scene.coverage import coverage_of
from viewer.scene.offsets import READINGS, scored
from viewer.scene.placing import placing
from viewer.scene.stretches import Stretches, stretches_of
from viewer.scene.view_state import ViewState
from viewer.sound.rows import rows_of
from viewer.text.marks import Marks

LONGEST = 200_000.0
"""Milliseconds of the sound that is not there."""
LISTED = 20
"""Lines of the list that are made."""


def stretches_hold(export: Export) -> str:
    """What is wrong with where the export's ranges lie; empty where nothing is."""
    for head in export.heads:
        row = export.row(head.index)
        for unit in row.units:
            if unit.kind not in STRETCH_KINDS:
                continue
            passage = _passage_of(unit)
            for reading in READINGS if unit.kind == "text" else READINGS[:1]:
                place = placing(unit.kind, passage, reading)
                assert place is not None
                stretches = stretches_of(row.index(), unit.id, place)
                content = passage.content if passage is not None else None
                wrong = _wrong(stretches, content) or _not_listed(stretches, content, unit.kind)
                if wrong:
                    return wrong
            if isinstance(passage, Text):
                scored([pair for label in stretches.labels for pair in label.ranges], passage.content)
    return ""


def _passage_of(unit: Unit) -> Passage | None:
    if unit.kind == "audio":
        return None
    return page_of(PAGE.encode()) if unit.kind == "html" else Text(TEXT, "UTF-8")


def _wrong(stretches: Stretches, content: str | None) -> str:
    starts, ends, lanes = stretches.starts, stretches.ends, stretches.lanes
    if not (np.isfinite(starts).all() and np.isfinite(ends).all() and (starts <= ends).all()):
        return "a range that does not end after it starts, or nowhere"
    if content is not None and len(starts) and (starts.min() < 0 or ends.max() > len(content)):
        return "a range that is not cut to its text"
    if len(starts) != len(lanes) or (len(starts) and lanes.min() < 0):
        return "a range without a lane"
    coverage_of(stretches, LONGEST if content is None else float(len(content)))
    if content is not None:
        Marks(stretches, len(content), ViewState())
    else:
        rows_of(stretches, "class"), rows_of(stretches, "instance")
    return ""


def _not_listed(stretches: Stretches, content: str | None, kind: str) -> str:
    """Each range of each label stands in the list, those without a place too, and so does each label without any."""
    rows = RangeRows(stretches, content, LONGEST if content is None else None)
    if len(rows) != sum(max(len(label.ranges), 1) for label in stretches.labels):
        return "ranges that are not in the list"
    summary(rows)
    for order in ("start", "length", "class", "words"):
        kept = rows.kept(RangeFilter("a", order, True))
        if len(kept) > len(rows):
            return "a list that grows when it is filtered"
    for row in range(min(len(rows), LISTED)):
        range_line(rows, row, ViewState(), kind)
    return ""
