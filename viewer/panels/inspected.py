"""The inspector's lines: everything the export says about a label or a row, in a reviewer's order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from viewer.errors import Problem
from viewer.labels.answers import LabelAnswers
from viewer.labels.ontology import OntologyClass
from viewer.labels.records import Annotation, Classification, FrameClassification, Instance, Provenance
from viewer.panels.answer_lines import NameOf, answer_lines
from viewer.panels.fields import date_lines, frame_lines, hash_line, problem_lines, section, value_line
from viewer.panels.inspected_ranges import OnStretch, other_range_lines, range_lines
from viewer.panels.line import DotSymbol, Line
from viewer.panels.words import stretch_words
from viewer.scene.words import shown
from viewer.shapes.sketch import DOT_STATES

MOST_STRETCHES = 20
MOST_REVIEWS = 20


@dataclass(frozen=True, slots=True)
class Context:
    """What the inspector needs besides the label itself."""

    frame: int
    kind: OntologyClass | None = None
    """The label's class in the ontology."""
    problems: Sequence[Problem] = ()
    """Those that name the label."""
    name_of: NameOf = lambda _: None
    on: OnStretch | None = None
    """Where the label is, on a sound or text."""


def object_lines(
    annotation: Annotation | None, instance: Instance | None, answers: LabelAnswers, context: Context
) -> list[Line]:
    """An object; without `annotation` it is not on the frame, without `instance` the row is not indexed yet."""
    lines: list[Line] = []
    lines += _section("Problems", problem_lines(context.problems))
    lines += range_lines(context.on) if context.on else []
    lines += _section("Answers", answer_lines(answers, context.kind, context.frame, context.name_of))
    if annotation is not None:
        lines += _section("Points", _points(annotation))
    made = annotation.provenance if annotation else instance.provenance if instance else None
    if made is not None:
        lines += _section("Who and when", _provenance(made))
    if instance is not None:
        lines += _section("Frames", frame_lines(instance.frames, context.frame) if instance.frames else [])
        lines += _ranges(instance.ranges, instance.range_unit, context.on)
    if annotation is not None:
        lines += _section("Reviews", _reviews(annotation.entry.get("reviews")))
        lines += _section("Geometry, in pixels", _geometry(annotation))
    source = annotation or instance
    if source is not None:
        path = [hash_line("Place", annotation.path)] if annotation else []
        hashes = [hash_line("Object", source.object_hash), hash_line("Class", source.feature_hash)]
        lines += _section("Hashes", [*hashes, *path])
    return _first_without_rule(lines)


def classification_lines(
    found: Classification | None, placed: FrameClassification | None, context: Context
) -> list[Line]:
    """A classification; without `found` the row is not indexed yet."""
    lines: list[Line] = []
    lines += _section("Problems", problem_lines(context.problems))
    lines += range_lines(context.on) if context.on else []
    if found is not None:
        lines += _section("Answers", answer_lines(found.answers, context.kind, context.frame, context.name_of))
    # the frame's own entry says who judged this frame
    made = placed.provenance if placed else found.provenance if found else None
    if made is not None:
        lines += _section("Who and when", _provenance(made))
    if found is not None:
        if context.on is None:
            is_whole = found.frames is None and not found.ranges
            where = [value_line("Holds for", "everything in this unit")] if is_whole else []
            lines += _section("Frames", where or frame_lines(found.frames or (), context.frame))
        lines += _ranges(found.ranges, found.range_unit, context.on)
    source = found or placed
    if source is not None:
        hashes = [hash_line("Classification", source.classification_hash), hash_line("Class", source.feature_hash)]
        lines += _section("Hashes", [*hashes, hash_line("Place", source.path)])
    return _first_without_rule(lines)


def _section(title: str, lines: Sequence[Line]) -> list[Line]:
    """Nothing at all where there is nothing to say."""
    said = [line for line in lines if line.text]
    return [section(title), *said] if said else []


def _first_without_rule(lines: list[Line]) -> list[Line]:
    return [section(lines[0].text, first=True), *lines[1:]] if lines else []


def _points(annotation: Annotation) -> list[Line]:
    """Named points with what can be seen of them."""
    dots = [dot for dot in annotation.sketch.dots if dot.name] if annotation.sketch else []
    return [
        Line(
            text=DOT_STATES[dot.mark],
            name=shown(dot.name, most=120),
            sign=DotSymbol(dot.mark, dot.colour or annotation.colour),
            tip=f"{dot.name}, {DOT_STATES[dot.mark]}\nx {dot.x:,.1f}, y {dot.y:,.1f} px",
            copy=f"{dot.name}\t{dot.x:.2f}\t{dot.y:.2f}\t{DOT_STATES[dot.mark]}",
            tone="plain" if dot.mark == "disc" else "quiet",
        )
        for dot in dots
    ]


def _geometry(annotation: Annotation) -> list[Line]:
    """Single numbers of the shape; lists of points stand in the raw data."""
    if annotation.shape is None:
        return []
    numbers = {
        name: number
        for name, number in annotation.shape.pixels().items()
        if isinstance(number, int | float) and not isinstance(number, bool)
    }
    return [value_line(name, f"{number:,.2f}".rstrip("0").rstrip(".")) for name, number in numbers.items()]


def _provenance(made: Provenance) -> list[Line]:
    lines = date_lines("Created", made.created_by, made.created_at)
    lines += date_lines("Edited", made.last_edited_by, made.last_edited_at)
    confidence = made.confidence
    said = f"{confidence:g}" if isinstance(confidence, int | float) else shown(str(confidence), most=60)
    lines.append(value_line("Confidence", said))
    lines.append(value_line("Drawn", "by hand" if made.manual else "automated or interpolated"))
    return lines


def _ranges(ranges: Sequence[Any], unit: str | None, on: OnStretch | None) -> list[Line]:
    """All of them, of what is shown as a sound or text with the way to each."""
    if on is not None:
        return other_range_lines(on)
    lines = [
        value_line(unit or " " if at == 0 else " ", stretch_words(r, unit))
        for at, r in enumerate(ranges[:MOST_STRETCHES])
    ]
    if len(ranges) > MOST_STRETCHES:
        lines.append(Line(f"{len(ranges) - MOST_STRETCHES:,} more ranges", name=" ", tone="quiet"))
    return _section("Ranges", lines)


def _reviews(found: Any) -> list[Line]:
    """Free-form in the export: what is usual is said in words, a review that is none as it stands."""
    lines: list[Line] = []
    for review in found[:MOST_REVIEWS] if isinstance(found, list) else []:
        lines += _review(review) if isinstance(review, Mapping) else [value_line(" ", str(review))]
    if isinstance(found, list) and len(found) > MOST_REVIEWS:
        lines.append(Line(f"{len(found) - MOST_REVIEWS:,} more reviews", tone="quiet"))
    return lines


def _review(review: Mapping[str, Any]) -> list[Line]:
    approved = review.get("approved")
    verdict = {True: "approved", False: "rejected"}.get(approved) if isinstance(approved, bool) else None
    status = verdict or review.get("displayed_status") or review.get("status") or "reviewed"
    by = next((review[key] for key in ("user_email", "createdBy", "user_id") if review.get(key)), "")
    at = next((review[key] for key in ("createdAt", "created_at") if review.get(key)), "")
    lines = [value_line("Verdict", str(status), tone="error" if verdict == "rejected" else "plain")]
    if review.get("comment"):
        lines.append(value_line("Comment", str(review["comment"])))
    return lines + date_lines("By", str(by) or None, str(at) or None)
