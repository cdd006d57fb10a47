"""Answers out of object_answers, object_actions and classification_answers, joined to the ontology."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from viewer.errors import Report
from viewer.export.facts import ranges_of, text_of
from viewer.labels.answers import Answer, LabelAnswers, merged
from viewer.labels.ontology import AnswerKind, Attribute, Ontology, Option
from viewer.shapes.reading import described


@dataclass(frozen=True, slots=True)
class Question:
    """An attribute of a class with where it stands in the class's tree."""

    attribute: Attribute
    opened_by: Option | None
    depth: int
    order: int


class Questions:
    """The ontology's attributes, first within the label's own class, else wherever the hash is known."""

    def __init__(self, ontology: Ontology, ticked_lists: frozenset[str] = frozenset()) -> None:
        """`ticked_lists`: attributes that must be checklists by what the export holds, where no ontology tells."""
        self._ticked_lists = ticked_lists
        self._of_class: dict[str, dict[str, Question]] = {}
        self._anywhere: dict[str, Question] = {}
        self.rank: dict[str, int] = {}
        for owner in ontology.classes.values():
            own = self._of_class.setdefault(owner.feature_hash, {})
            for order, (attribute, option, depth) in enumerate(owner.walk()):
                question = Question(attribute, option, depth, order)
                own.setdefault(attribute.feature_hash, question)
                self._anywhere.setdefault(attribute.feature_hash, question)
                for place, choice in enumerate(attribute.options):
                    self.rank.setdefault(choice.feature_hash, place)

    def find(self, class_hash: str, attribute_hash: str) -> Question | None:
        own = self._of_class.get(class_hash, {})
        return own.get(attribute_hash) or self._anywhere.get(attribute_hash)

    def kind(self, question: Question | None, entry: Mapping[str, Any]) -> AnswerKind | None:
        """Of an answered entry: as the ontology says where the value agrees, else by the value itself."""
        value = entry.get("answers")
        known = question.attribute.kind if question else None
        if isinstance(value, list):
            if known in ("radio", "checklist"):
                return known
            return "checklist" if len(value) != 1 or text_of(entry, "featureHash") in self._ticked_lists else "radio"
        if isinstance(value, str):
            return "text"
        return "number" if isinstance(value, int | float) and not isinstance(value, bool) else None


def read_entry(entry: Any, class_hash: str, questions: Questions, report: Report) -> Answer | None:
    """One answered attribute; None where it is unanswered or cannot be read."""
    if not isinstance(entry, Mapping):
        report.warning(f"{described(entry)} where an answered attribute was expected; left out")
        return None
    value = entry.get("answers")
    if value is None:
        return None
    feature_hash = text_of(entry, "featureHash")
    question = questions.find(class_hash, feature_hash)
    kind = questions.kind(question, entry)
    title = (question.attribute.title if question else "") or text_of(entry, "name", "value") or feature_hash or "?"
    made = Answer(feature_hash, title, kind or "text", depth=question.depth if question else 0, path=report.where)
    if kind in ("radio", "checklist"):
        return _chosen(made, value, entry, question, report)
    if kind == "text":
        return replace(made, text=value)
    if kind == "number" and abs(value) <= 1e308:
        return replace(made, number=value)
    report.warning(
        f"{described(value) if kind is None else 'not a finite number'} where an answer was expected; left out",
        ".answers",
    )
    return None


def _chosen(
    made: Answer, value: list[Any], entry: Mapping[str, Any], question: Question | None, report: Report
) -> Answer:
    titles: list[str] = []
    hashes: list[str] = []
    for index, choice in enumerate(value):
        if isinstance(choice, str):
            choice = {"name": choice}
        if not isinstance(choice, Mapping):
            report.warning(f"{described(choice)} where a chosen option was expected; left out", f".answers[{index}]")
            continue
        option_hash = text_of(choice, "featureHash")
        titles.append(_option_title(choice, option_hash, entry, question))
        hashes.append(option_hash)
    return replace(made, options=tuple(titles), option_hashes=tuple(hashes))


def _option_title(
    choice: Mapping[str, Any], option_hash: str, entry: Mapping[str, Any], question: Question | None
) -> str:
    """As the ontology says. The editor sometimes writes the attribute's name in place of the option's."""
    known = question.attribute.option(option_hash) if question else None
    if known and known.title:
        return known.title
    name = text_of(choice, "name")
    if name == text_of(entry, "name"):
        name = text_of(choice, "value") or name
    return name or text_of(choice, "value") or option_hash or "?"


def static_answers(
    entries: Any, class_hash: str, questions: Questions, report: Report
) -> tuple[tuple[Answer, ...], tuple[Answer, ...]]:
    """(static, placed) answers of a list of attributes; placed ones carry a range although they stand among the static."""
    if entries is None or not isinstance(entries, list):
        if entries is not None:
            report.warning(f"{described(entries)} where a list of answers was expected; the label is shown without")
        return (), ()
    grouped: dict[str, list[Answer]] = {}
    placed: list[Answer] = []
    for index, entry in enumerate(entries):
        here = report.below(f"[{index}]")
        answer = read_entry(entry, class_hash, questions, here)
        if answer is None:
            continue
        ranges = ranges_of(entry.get("range"), here, ".range") if entry.get("dynamic") is True else []
        if ranges:
            placed.append(replace(answer, dynamic=True, ranges=tuple(ranges)))
        else:
            grouped.setdefault(answer.feature_hash, []).append(answer)
    # the editor may write a checklist as several entries of one option each
    single = [merged(answers, questions.rank) for answers in grouped.values()]
    return _marked_stale(_in_order(single, class_hash, questions), class_hash, questions), tuple(placed)


def _in_order(answers: list[Answer], class_hash: str, questions: Questions) -> list[Answer]:
    """As the ontology lists the attributes, parents before children; unknown ones last, as met."""

    def place(answer: Answer) -> int:
        question = questions.find(class_hash, answer.feature_hash)
        return question.order if question else 1_000_000

    return sorted(answers, key=place)


def _marked_stale(answers: list[Answer], class_hash: str, questions: Questions) -> tuple[Answer, ...]:
    """A nested answer whose option is not chosen, or whose parent is stale itself, is left over."""
    chosen: set[str] = set()
    made: list[Answer] = []
    for answer in answers:
        question = questions.find(class_hash, answer.feature_hash)
        opener = question.opened_by if question else None
        stale = opener is not None and opener.feature_hash not in chosen
        if not stale:
            chosen.update(answer.option_hashes)
        made.append(replace(answer, stale=stale))
    return tuple(made)


def dynamic_answers(
    actions: Any, class_hash: str, unit: str, questions: Questions, report: Report
) -> tuple[Answer, ...]:
    """Answers with the ranges on which they hold on a unit, in the order of the export."""
    if actions is None:
        return ()
    if not isinstance(actions, list):
        report.warning(f"{described(actions)} where a list of dynamic answers was expected; left out")
        return ()
    made: list[Answer] = []
    for index, entry in enumerate(actions):
        here = report.below(f"[{index}]")
        answer = read_entry(entry, class_hash, questions, here)
        if answer is None or (unit and text_of(entry, "spaceId") not in ("", unit)):
            continue
        if entry.get("range") is None:
            here.warning("the dynamic answer has no range, so it holds on no frame", ".range")
        ranges = ranges_of(entry.get("range"), here, ".range")
        made.append(replace(answer, dynamic=True, ranges=tuple(ranges)))
    _warn_of_contradictions(made, report)
    return tuple(made)


def _warn_of_contradictions(answers: list[Answer], report: Report) -> None:
    """Two different answers to one question on the same frame; checklists may have several."""
    by_attribute: dict[str, list[Answer]] = {}
    for answer in answers:
        if answer.kind != "checklist":
            by_attribute.setdefault(answer.feature_hash, []).append(answer)
    for several in by_attribute.values():
        frame = first_clash((first, last, repr(answer.value)) for answer in several for first, last in answer.ranges)
        if frame is not None:
            title = several[0].title[:60]
            report.warning(f"'{title}' has two answers on frame {frame:,}; the one listed last is shown")


def first_clash(spans: Iterable[tuple[int, int, str]]) -> int | None:
    """The first frame on which two spans of different values meet; None where none do."""
    reached: dict[str, int] = {}
    for first, last, value in sorted(spans, key=lambda span: span[:2]):
        if any(end >= first for other, end in reached.items() if other != value):
            return first
        reached[value] = max(last, reached.get(value, last))
    return None


def related(answers: LabelAnswers, is_object: Mapping[str, Any]) -> LabelAnswers:
    """With answers that are the hash of an object of the row marked as relations to it."""

    def mark(answer: Answer) -> Answer:
        names = (answer.text, *answer.option_hashes, *answer.options)
        found = next((name for name in names if name and name in is_object), None)
        return replace(answer, related=found) if found else answer

    return replace(answers, static=tuple(map(mark, answers.static)), dynamic=tuple(map(mark, answers.dynamic)))
