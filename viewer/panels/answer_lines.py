"""Answers of a label as lines of the inspector: a tree by depth, with what was not answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from viewer.labels.answers import Answer, LabelAnswers, covers
from viewer.labels.ontology import Attribute, OntologyClass
from viewer.panels.fields import ToObject, value_line
from viewer.panels.line import Line
from viewer.panels.words import ranges_words

NameOf = Callable[[str], str | None]
"""The name of another label of the row, 'Person 2', by its hash; None where there is none."""
MOST_ELSEWHERE = 5


@dataclass(frozen=True, slots=True)
class Answered:
    """Answers sorted by the attribute that they answer."""

    static: dict[str, Answer]
    dynamic: dict[str, list[Answer]]
    now: dict[str, Answer]
    """Dynamic ones that hold on the frame."""
    frame: int
    name_of: NameOf


def answer_lines(answers: LabelAnswers, kind: OntologyClass | None, frame: int, name_of: NameOf) -> list[Line]:
    """In the order of the ontology, then what it does not know; without an ontology only what is answered."""
    dynamic: dict[str, list[Answer]] = {}
    for answer in answers.dynamic:
        dynamic.setdefault(answer.feature_hash, []).append(answer)
    now = {answer.feature_hash: answer for answer in answers.on_frame(frame) if answer.dynamic}
    static = {answer.feature_hash: answer for answer in answers.static}
    found = Answered(static, dynamic, now, frame, name_of)
    made: list[Line] = []
    known: set[str] = set()
    chosen = {option for a in (*static.values(), *now.values()) if not a.stale for option in a.option_hashes}
    for attribute, opener, depth in kind.walk() if kind else ():
        if attribute.feature_hash in known:
            continue
        is_asked = opener is None or opener.feature_hash in chosen
        lines = _attribute_lines(attribute, depth, is_asked, found)
        if lines:
            # an attribute may stand under several options, and be asked under a later one
            known.add(attribute.feature_hash)
            made += lines
    for feature_hash, answer in static.items():
        if feature_hash not in known:
            made += _static_lines(answer, found)
    for feature_hash, changing in dynamic.items():
        if feature_hash not in known:
            made += _dynamic_lines(changing[0].title, changing[0].depth, changing, found)
    return made


def _attribute_lines(attribute: Attribute, depth: int, is_asked: bool, found: Answered) -> list[Line]:
    changing = found.dynamic.get(attribute.feature_hash)
    answer = found.static.get(attribute.feature_hash)
    lines: list[Line] = []
    if answer is not None:
        lines += _static_lines(answer, found)
    if changing:
        lines += _dynamic_lines(attribute.title, depth, changing, found)
    if not lines and is_asked:
        lines.append(_unanswered(attribute.title, depth, "not answered", attribute.required))
    return lines


def _unanswered(title: str, depth: int, words: str, required: bool) -> Line:
    said = f"{words}, though required" if required else words
    return Line(said, name=title[:120], level=depth, tone="warning" if required else "quiet", tip=f"{title}\n{said}")


def _static_lines(answer: Answer, found: Answered) -> list[Line]:
    if answer.related:
        return [_relation(answer.title, answer, found)]
    if answer.stale:
        words = answer.words or "nothing"
        return [value_line(answer.title, f"{words} · left over", level=answer.depth, tone="quiet")]
    return [_said(answer.title, answer)]


def _said(title: str, answer: Answer) -> Line:
    words = answer.words
    if not words:
        return Line("empty", name=title[:120], level=answer.depth, tone="quiet", tip=f"{title}\nan empty answer")
    return value_line(title, words, level=answer.depth)


def _relation(title: str, answer: Answer, found: Answered) -> Line:
    assert answer.related is not None
    name = found.name_of(answer.related)
    target = ToObject(answer.related)
    return value_line(title, name or answer.related, level=answer.depth, tone="link", target=target)


def _dynamic_lines(title: str, depth: int, changing: Sequence[Answer], found: Answered) -> list[Line]:
    """What holds on the frame and where, then what holds elsewhere."""
    feature_hash = changing[0].feature_hash
    now = found.now.get(feature_hash)
    lines: list[Line] = []
    if now is None:
        lines.append(_unanswered(title, depth, "not on this frame", False))
    elif now.related:
        lines.append(_relation(title, now, found))
    else:
        lines.append(_said(title, now))
    holding = [a for a in changing if covers(a.ranges, found.frame)]
    elsewhere = sorted((a for a in changing if not covers(a.ranges, found.frame)), key=lambda answer: answer.ranges)
    if any(answer.ranges != ((found.frame, found.frame),) for answer in holding):
        lines += [_ranges(answer, answer.words if len(holding) > 1 else "on frames", depth) for answer in holding]
    lines += [_ranges(answer, answer.words or "empty", depth) for answer in elsewhere[:MOST_ELSEWHERE]]
    if len(elsewhere) > MOST_ELSEWHERE:
        lines.append(Line(f"{len(elsewhere) - MOST_ELSEWHERE:,} more answers", name=" ", tone="quiet"))
    return lines


def _ranges(answer: Answer, words: str, depth: int) -> Line:
    """Quiet, under the answer: on which frames it, or another answer, holds."""
    where = ranges_words(answer.ranges) if answer.ranges else "no frame"
    return value_line(words, where, level=depth + 1, tone="quiet")
