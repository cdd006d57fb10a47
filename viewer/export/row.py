"""A raw row to a LabelRow: identity and units at once, labels left raw until a frame is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from viewer.errors import Place, Problem, Report
from viewer.export.documents import FoundRow
from viewer.export.facts import hidden_queries
from viewer.export.frames import read_frame
from viewer.export.index import index_row
from viewer.export.loose_json import NotJson, is_null, value
from viewer.export.raw_units import RawUnit
from viewer.export.row_answers import RowAnswers
from viewer.export.units import read_units
from viewer.labels.ontology import Ontology
from viewer.labels.records import FrameLabels, RowHead
from viewer.labels.row import LabelRow, RowIndex, UnitLabels
from viewer.size import Size

BULK = ("data_units", "labels", "spaces", "object_answers", "object_actions", "classification_answers")
"""Members of a row that are read piece by piece."""


def read_row(found: FoundRow, head: RowHead, ontology: Ontology) -> LabelRow:
    """The row, ready to be looked at. What is wrong with its skeleton is in `problems`; labels report when read."""
    report = Report(head.where, Place(row=head.index))
    facts = _facts(found, report)
    raw_units = read_units(found.row, head, facts, report)
    answers = RowAnswers(found, ontology, report)
    if not found.row.label_hash or is_null(found.row.label_hash):
        report.warning("the row has no label_hash; it is listed under its data hash", ".label_hash")

    files = {path: facts for raw in raw_units for path, facts in raw.file_facts.items()}

    def make_index(row: LabelRow) -> RowIndex:
        return index_row(row, raw_units, answers, ontology, Report(head.where, Place(row=head.index)))

    return LabelRow(
        head=head,
        units=tuple(raw.unit for raw in raw_units),
        labels={raw.unit.id: _unit_labels(raw, ontology, head) for raw in raw_units},
        facts=facts,
        problems=tuple(report.problems),
        answers_of=answers.of_object,
        make_index=make_index,
        raw_answers=answers.raw,
        file_facts=lambda path: files.get(path, {}),
    )


def _facts(found: FoundRow, report: Report) -> Mapping[str, Any]:
    made: dict[str, Any] = {}
    for key, raw in found.members.items():
        if key not in BULK:
            try:
                made[key] = hidden_queries(value(raw))
            except NotJson as error:
                report.error(str(error), f".{key}")
    return made


def _unit_labels(raw: RawUnit, ontology: Ontology, head: RowHead) -> UnitLabels:
    def read(frame: int, size: Size | None) -> tuple[FrameLabels, tuple[Problem, ...]]:
        report = Report(head.where, Place(head.index, raw.unit.id))
        made = read_frame(frame, size, raw.blobs[frame], ontology, report)
        return made, tuple(report.problems)

    return UnitLabels(np.array(sorted(raw.blobs), dtype=np.int64), read)
