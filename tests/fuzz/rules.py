"""What must hold for every input, whatever it holds."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.fuzz.stretch_rules import stretches_hold
from viewer.commands.check import checked, lines
from viewer.commands.inspect import inspected, printed
from viewer.errors import SEVERITIES, ViewerError, escaped
from viewer.export.export import Export, open_export
from viewer.export.unit_media import MediaOf
from viewer.scene.resolve import Naming, resolve
from viewer.scene.view_state import Look, ViewState

FRAMES_DRAWN = 3
"""Frames of each unit whose scene is made."""


class Broken(AssertionError):
    """A rule that does not hold."""


def hold(path: Path, ontology: Path | None = None) -> bool:
    """Open the export and try every rule on it; False where it cannot be opened at all. Raises Broken, or whatever leaks."""
    try:
        export = open_export([path], ontology=ontology)
    except ViewerError as error:
        if "\n" in str(error) or not str(error).strip():
            raise Broken(f"a refusal that is not one line: {error}") from error
        return False
    document = inspected(export)
    text = printed(document)
    _is_json(text)
    if printed(inspected(open_export([path], ontology=ontology))) != text:
        raise Broken("the same export was read differently the second time")
    _keeps_secrets(document)
    _is_said_well(export)
    _is_drawn(export)
    if wrong := stretches_hold(export):
        raise Broken(wrong)
    _nothing_is_lost(path, document)
    return True


def _is_json(text: str) -> None:
    text.encode("utf-8")

    def refuse(constant: str) -> None:
        raise Broken(f"{constant} in the output")

    made = json.loads(text, parse_constant=refuse)
    stack = [made]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            stack += node.values()
        elif isinstance(node, list):
            stack += node
        elif isinstance(node, int | float) and abs(node) > 1.7e308:
            raise Broken("a number that no reader takes for finite")


def _keeps_secrets(document: Any) -> None:
    """No query of a link in what we say ourselves and in raw data; names, titles and answers stand as people wrote them."""
    said = [problem["what"] for problem in document["problems"]]
    shown = [
        json.dumps(annotation["pixels"].get("raw"))
        for row in document["rows"]
        for frames in row["annotations"].values()
        for listed in frames.values()
        for annotation in listed
    ]
    for text in (*said, *shown):
        if "://" in text and "SECRETTOKEN" in text:
            raise Broken(f"the query of a link in the output: {text[:300]}")


def _is_said_well(export: Export) -> None:
    """Problems are of a known severity, of one sentence, and safe on a terminal."""
    problems = checked(export)
    for problem in problems:
        if problem.severity not in SEVERITIES or not problem.what.strip() or not problem.where.strip():
            raise Broken(f"a problem without severity, place or sentence: {problem}")
    for line in lines(problems):
        if not line.isprintable() and escaped(line) != line:
            raise Broken(f"control characters in a line: {line!r}")


def _is_drawn(export: Export) -> None:
    for head in export.heads:
        row = export.row(head.index)
        media = MediaOf(export, row)
        for unit in row.units:
            naming = Naming.of(row.index(), unit.id)
            for frame in row.labels[unit.id].frames.tolist()[:FRAMES_DRAWN]:
                labels = row.labels[unit.id].on_frame(frame, media.label_size(unit, frame))
                scene = resolve(labels, naming, ViewState(unit=unit.id, frame=frame, look=Look(captions="answers")))
                for mark in scene.marks:
                    bounds = mark.sketch.bounds
                    if bounds is not None and not all(map(math.isfinite, bounds)):
                        raise Broken(f"bounds that are not finite: {bounds}")


def _nothing_is_lost(path: Path, document: Any) -> None:
    """Every object entry is in the output, hidden as deleted, or named by a problem at it or an error at what holds it."""
    data = path.read_bytes()
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return  # salvaged or mended: what counts as an entry there is for tests of the reader
    rows = found if isinstance(found, list) else [found]
    shown = _shown(document)
    listed = {_as_read(found["object_hash"]) for row in document["rows"] for found in row["objects"]}
    for number, row in enumerate(rows):
        root = _as_read(f"{path.name} $[{number}]" if isinstance(found, list) else f"{path.name} $")
        said = [problem for problem in document["problems"] if problem["where"].startswith(root)]
        if not isinstance(row, dict) or any(p["where"] == root and "left out" in p["what"] for p in said):
            continue
        named: dict[str, list[bool]] = {}
        for where, entry in entries(row):
            given = entry.get("objectHash")
            key = _as_read(given if isinstance(given, str) and given else f"no hash: {where}")
            if entry.get("isDeleted") is not True:
                named.setdefault(key, []).append(any(_covers(p, root, root + _as_read(where)) for p in said))
        for key, covered in named.items():
            missing = len(covered) - shown.get(key, 0)
            shown[key] = max(-missing, 0)  # the rest may be of another row
            if missing > sum(covered):
                raise Broken(f"lost: {missing} of {len(covered)} entries of {key[:300]}")
        for where, object_hash in ranged(row):
            if _as_read(object_hash) not in listed and not any(_covers(p, root, root + _as_read(where)) for p in said):
                raise Broken(f"lost: {where[:300]}")


def _shown(document: Any) -> dict[str, int]:
    """How often each object stands in the output."""
    made: dict[str, int] = {}
    for row in document["rows"]:
        for frames in row["annotations"].values():
            for annotation in (annotation for listed in frames.values() for annotation in listed):
                key = _as_read(annotation["object_hash"])
                made[key] = made.get(key, 0) + 1
    return made


def _as_read(text: str) -> str:
    """As the reader has it, which no half of a surrogate pair survives, and as it is printed."""
    return escaped(re.sub("[\ud800-\udfff]", "\ufffd", text))


def _covers(problem: dict[str, str], root: str, entry: str) -> bool:
    """Whether a problem is about the entry, or about something in the row without which it cannot be read."""
    place = problem["where"]
    if place == entry:
        return True
    if problem["severity"] != "error" or len(place) <= len(root) or not entry.startswith(place):
        return False
    # long keys stand cut in places
    return entry[len(place) :][:1] in (".", "[") or len(place.rpartition(".")[2]) >= 60


def entries(row: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """(path from the row, entry) of every object entry where an export may have one."""
    if not isinstance(row.get("data_units"), dict | list) and isinstance(row.get("labels"), dict):
        yield from _of_labels(row["labels"], ".labels")
    for holder in ("data_units", "spaces"):
        units = row.get(holder)
        listed = units.items() if isinstance(units, dict) else enumerate(units) if isinstance(units, list) else ()
        for key, unit in listed:
            path = f".{holder}.{key}" if isinstance(units, dict) else f".{holder}[{key}]"
            if isinstance(unit, dict) and isinstance(unit.get("labels"), dict):
                yield from _of_labels(unit["labels"], f"{path}.labels")


def ranged(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(path from the row, object hash) of every label of a sound or text, which has its place in the answers."""
    answers = row.get("object_answers")
    for object_hash, entry in answers.items() if isinstance(answers, dict) else ():
        is_label = isinstance(entry, dict) and entry.get("shape") in ("audio", "text", "time_range")
        if is_label and entry.get("isDeleted") is not True:
            yield f".object_answers.{object_hash}", object_hash


def _of_labels(labels: dict[str, Any], path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    direct = "objects" in labels or "classifications" in labels
    for key, blob in [("", labels)] if direct else labels.items():
        objects = blob.get("objects") if isinstance(blob, dict) else None
        for number, entry in enumerate(objects if isinstance(objects, list) else ()):
            if isinstance(entry, dict):
                yield f"{path}{'.' + key if not direct else ''}.objects[{number}]", entry
