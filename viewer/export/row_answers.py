"""The answers of a row: split by hash at once, read object by object when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import count
from typing import Any

import msgspec

from viewer.errors import Place, Report
from viewer.export.answers import Questions, dynamic_answers, first_clash, related, static_answers
from viewer.export.documents import FoundRow
from viewer.export.facts import hidden_queries, ranges_of, text_of
from viewer.export.loose_json import Bytes, NotJson, is_null, members, starts_with, value
from viewer.labels.answers import NO_ANSWERS, LabelAnswers
from viewer.labels.ontology import Ontology


class NumberKeys(msgspec.Struct):
    """The number within its class that rows of 2026 carry in an object's answers."""

    objectNumber: int | None = None
    featureHash: Any = None


_NUMBER = msgspec.json.Decoder(NumberKeys)


class Numbers:
    """Numbers the objects of each class from 1 in order of appearance, unless the export says what the editor shows.

    No two of a class get the same number, unless the export says so.
    """

    def __init__(self, answers: Mapping[str, Bytes]) -> None:
        self._exported: dict[str, int] = {}
        self._taken: dict[str, set[int]] = {}
        """By class."""
        self._of_class: dict[str, dict[str, int]] = {}
        for object_hash, raw in answers.items():
            keys = _number_keys(raw)
            if keys.objectNumber is not None and 0 < keys.objectNumber < 2**53:
                self._exported[object_hash] = keys.objectNumber
                feature_hash = keys.featureHash if isinstance(keys.featureHash, str) else ""
                self._taken.setdefault(feature_hash, set()).add(keys.objectNumber)

    def of(self, object_hash: str, feature_hash: str) -> int:
        """The number of an object within its class; to be called in the order of appearance."""
        known = self._of_class.setdefault(feature_hash, {})
        if object_hash not in known:
            taken = self._taken.setdefault(feature_hash, set())
            free = (number for number in count(len(known) + 1) if number not in taken)
            known[object_hash] = self._exported.get(object_hash) or next(free)
            taken.add(known[object_hash])
        return known[object_hash]


def _number_keys(raw: Bytes) -> NumberKeys:
    try:
        return _NUMBER.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return NumberKeys()


class RowAnswers:
    """The answers of a row, split by hash at once and read object by object when asked for."""

    def __init__(self, found: FoundRow, ontology: Ontology, report: Report) -> None:
        self.objects = _split(found.row.object_answers, "object_answers", report)
        self.actions = _split(found.row.object_actions, "object_actions", report)
        self.classifications = _split(found.row.classification_answers, "classification_answers", report)
        self._ontology = ontology
        self._questions: Questions | None = None
        self.of_object = lru_cache(maxsize=None)(self._of_object)

    @property
    def questions(self) -> Questions:
        if self._questions is None:
            ticked = frozenset[str]() if self._ontology.classes else self._ticked_lists()
            self._questions = Questions(self._ontology, ticked)
        return self._questions

    def _ticked_lists(self) -> frozenset[str]:
        """Without an ontology: attributes answered with no option or several anywhere in the row are checklists."""
        found: set[str] = set()
        for part in (self.objects, self.classifications):
            for raw in part.values():
                seen: set[str] = set()
                for entry in _entries(raw, "classifications"):
                    feature_hash = text_of(entry, "featureHash")
                    options = entry.get("answers")
                    if isinstance(options, list) and (len(options) != 1 or feature_hash in seen):
                        found.add(feature_hash)
                    seen.add(feature_hash)
        for raw in self.actions.values():
            for entry in _entries(raw, "actions"):
                options = entry.get("answers")
                if isinstance(options, list) and len(options) != 1:
                    found.add(text_of(entry, "featureHash"))
            found |= _overlapping_options(_entries(raw, "actions"))
        return frozenset(found)

    def _of_object(self, object_hash: str) -> LabelAnswers:
        return self.read_object(object_hash, "", "", Report("", Place()))

    def read_object(self, object_hash: str, class_hash: str, unit: str, report: Report) -> LabelAnswers:
        """Static and dynamic answers of an object of a class on a unit; `report` is about the row."""
        report = report.below("", unit=unit or None)
        static_raw, action_raw = self.objects.get(object_hash), self.actions.get(object_hash)
        if static_raw is None and action_raw is None:
            return NO_ANSWERS
        here = report.below(f".object_answers.{object_hash}", object_hash=object_hash)
        entry = answer_entry(static_raw, here)
        inner = text_of(entry, "objectHash")
        if inner and inner != object_hash:
            here.warning(f"the entry names object {inner[:40]}; its key {object_hash[:40]} counts", ".objectHash")
        class_hash = text_of(entry, "featureHash") or class_hash
        static, placed = static_answers(
            entry.get("classifications"), class_hash, self.questions, here.below(".classifications")
        )
        there = report.below(f".object_actions.{object_hash}", object_hash=object_hash)
        actions = answer_entry(action_raw, there).get("actions")
        dynamic = dynamic_answers(actions, class_hash, unit, self.questions, there.below(".actions"))
        return related(LabelAnswers(static, (*placed, *dynamic), self.questions.rank), self.objects)

    def raw(self, key: str) -> dict[str, Any]:
        """The entries of an object or classification in the row's answers, for the raw view."""
        made: dict[str, Any] = {}
        parts = (("object_answers", self.objects), ("object_actions", self.actions))
        for name, part in (*parts, ("classification_answers", self.classifications)):
            if key in part:
                made[name] = hidden_queries(dict(answer_entry(part[key], Report(""))))
        return made

    def read_classification(self, entry: Mapping[str, Any], report: Report) -> LabelAnswers:
        """Answers of a classification's entry; `report` is about the entry."""
        class_hash = text_of(entry, "featureHash")
        static, placed = static_answers(
            entry.get("classifications"), class_hash, self.questions, report.below(".classifications")
        )
        return LabelAnswers(static, placed, self.questions.rank)


def _split(raw: Bytes, key: str, report: Report) -> dict[str, Bytes]:
    if is_null(raw):
        return {}
    if not starts_with(raw, b"{"):
        report.warning(f"{key} is no object keyed by hash; the labels are shown without these answers", f".{key}")
        return {}
    try:
        return members(raw)
    except (NotJson, TypeError) as error:
        report.error(f"{key} cannot be read: {error}", f".{key}")
        return {}


def answer_entry(raw: Bytes | None, report: Report) -> Mapping[str, Any]:
    """What stands under one hash; empty where that is nothing, or cannot be read, which is said."""
    if raw is None:
        return {}
    try:
        made = value(raw)
    except NotJson as error:
        report.error(str(error))
        return {}
    if not isinstance(made, Mapping):
        report.warning("no object with answers; the label is shown without")
        return {}
    return made


def _entries(raw: Bytes, key: str) -> list[Mapping[str, Any]]:
    found = answer_entry(raw, Report("")).get(key)
    return [entry for entry in found if isinstance(entry, Mapping)] if isinstance(found, list) else []


def _overlapping_options(actions: list[Mapping[str, Any]]) -> set[str]:
    """Attributes with different options on one frame, as the editor writes dynamic checklists."""
    spans: dict[str, list[tuple[int, int, str]]] = {}
    for entry in actions:
        options = entry.get("answers")
        if isinstance(options, list) and len(options) == 1 and isinstance(options[0], Mapping):
            for first, last in ranges_of(entry.get("range"), Report(""), ""):
                option = text_of(options[0], "featureHash", "value", "name")
                spans.setdefault(text_of(entry, "featureHash"), []).append((first, last, option))
    return {feature_hash for feature_hash, placed in spans.items() if first_clash(placed) is not None}
