"""The inspector's lines of a row, shown while no label is selected."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from viewer.labels.records import RowHead, Unit
from viewer.labels.row import LabelRow
from viewer.media.identity import Hidden, masked
from viewer.panels.fields import date_lines, hash_line, hidden_line, link_lines, section, value_line
from viewer.panels.line import Line
from viewer.panels.words import dated, status_word, type_word, unit_words
from viewer.scene.words import counted, shown

MOST_EXPORTS = 10
MOST_FACTS = 60
SHOWN_ELSEWHERE = {
    *("label_hash", "data_hash", "dataset_hash", "export_hash", "video_link"),
    *("data_title", "dataset_title", "data_type", "branch_name"),
    *("label_status", "annotation_task_status", "workflow_graph_node"),
    *("created_at", "last_edited_at", "exported_at", "export_history"),
}
UNIT_SHOWN_ELSEWHERE = {
    *("data_hash", "data_title", "data_link", "data_sequence", "data_type"),
    *("data_fps", "data_duration", "width", "height", "metadata", "frames"),
}


def row_lines(row: LabelRow, unit: Unit | None, frame: int, hides: bool = True) -> list[Line]:
    """Identity, times, the unit on screen, and whatever else the export says of the row.

    `hides`: what tells who a patient is becomes a bar.
    """
    head, facts = row.head, row.facts
    lines = [section("Row", first=True), *_identity(head, facts)]
    lines += [section("Hashes"), *_hashes(head, facts)]
    times = date_lines("Created", None, _text(facts, "created_at"))
    times += date_lines("Edited", None, _text(facts, "last_edited_at"))
    times += date_lines("Exported", None, _text(facts, "exported_at"))
    lines += [section("Times"), *times] if times else []
    if unit is not None:
        lines += [section("On screen"), *_unit(unit, frame)]
    lines += _history(facts.get("export_history"))
    lines += _others("Also in the row", masked(facts) if hides else facts, SHOWN_ELSEWHERE)
    if unit is not None:
        lines += _others("Also in the unit", masked(unit.facts) if hides else unit.facts, UNIT_SHOWN_ELSEWHERE)
    return lines


def _identity(head: RowHead, facts: Mapping[str, Any]) -> list[Line]:
    lines = [value_line("Title", head.title)] if head.title else []
    if head.dataset:
        lines.append(value_line("Dataset", head.dataset))
    lines.append(value_line("Branch", head.branch))
    lines.append(value_line("Type", type_word(head.data_type) or "not said"))
    lines.append(value_line("Status", status_word(head.status) or "not said"))
    task = _text(facts, "annotation_task_status")
    if task:
        lines.append(value_line("Task", status_word(task)))
    node = facts.get("workflow_graph_node")
    if isinstance(node, Mapping) and node.get("title"):
        lines.append(value_line("Workflow", str(node["title"])))
    lines.append(value_line("Size", f"{counted(head.nbytes, 'byte')} of JSON"))
    return lines


def _hashes(head: RowHead, facts: Mapping[str, Any]) -> list[Line]:
    found = {
        "Label": head.label_hash,
        "Data": head.data_hash,
        "Dataset": _text(facts, "dataset_hash"),
        "Export": _text(facts, "export_hash"),
        "Place": head.where,
    }
    lines = [hash_line(name, value) for name, value in found.items() if value]
    return lines + link_lines("Video", _text(facts, "video_link"))


def _unit(unit: Unit, frame: int) -> list[Line]:
    lines = [value_line("Kind", unit_words(unit))]
    file = unit.file_of(frame)
    if file is not None and file.title:
        lines.append(value_line("File", file.title))
    if file is not None and file.size and unit.size is None:
        lines.append(value_line("Size", str(file.size)))
    if unit.fps:
        lines.append(value_line("Rate", f"{unit.fps:g} frames a second"))
    if unit.duration is not None:
        lines.append(value_line("Duration", f"{unit.duration:,.3f} s"))
    if unit.layout_key:
        lines.append(value_line("Layout", unit.layout_key))
    if file is not None:
        lines += [hash_line("Data", file.data_hash)] if file.data_hash else []
        lines += [value_line("Media type", file.mime)] if file.mime else []
        lines += link_lines("Link", file.link)
    return lines


def _history(found: Any) -> list[Line]:
    entries = [entry for entry in found if isinstance(entry, Mapping)] if isinstance(found, list) else []
    if not entries:
        return []
    lines = [section(f"Export history, {counted(len(entries), 'export')}")]
    for entry in entries[:MOST_EXPORTS]:
        by = _text(entry, "user_email") or _text(entry, "key_hash")
        lines.append(value_line(by or "not said by whom", dated(_text(entry, "exported_at")) or "not said when"))
    if len(entries) > MOST_EXPORTS:
        lines.append(Line(f"{len(entries) - MOST_EXPORTS:,} more exports", tone="quiet"))
    return lines


def _others(title: str, facts: Mapping[str, Any], known: set[str]) -> list[Line]:
    rest = [(key, value) for key, value in facts.items() if key not in known and value not in (None, "", [], {})]
    if not rest:
        return []
    lines = [section(title)]
    for key, value in rest[:MOST_FACTS]:
        if isinstance(value, Hidden):
            lines.append(hidden_line(shown(key, most=60)))
            continue
        said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)[:2000]
        lines.append(value_line(shown(key, most=60), said))
    if len(rest) > MOST_FACTS:
        lines.append(Line(f"{len(rest) - MOST_FACTS:,} more fields, see the raw data", tone="quiet"))
    return lines


def _text(facts: Mapping[str, Any], key: str) -> str:
    found = facts.get(key)
    return found if isinstance(found, str) else ""
