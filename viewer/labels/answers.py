"""Answers to the ontology's questions, and the union of static and dynamic ones on a frame."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from viewer.errors import in_full
from viewer.labels.ontology import AnswerKind

Range = tuple[int, int]
"""First and last frame, both inclusive."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answered attribute of a label."""

    feature_hash: str
    title: str
    kind: AnswerKind
    text: str = ""
    """Of a text attribute."""
    number: float | int | None = None
    """Of a numeric attribute."""
    options: tuple[str, ...] = ()
    """Titles of what was chosen: one for a radio, any number for a checklist."""
    option_hashes: tuple[str, ...] = ()
    depth: int = 0
    """How deep the ontology nests the attribute."""
    stale: bool = False
    """Nested below an option that is not chosen: left over, and not valid."""
    dynamic: bool = False
    ranges: tuple[Range, ...] = ()
    """Frames on which a dynamic answer holds."""
    related: str | None = None
    """Hash of the object of this row that the answer names."""
    path: str = ""
    """JSON path of the entry, from the row."""

    @property
    def value(self) -> str | float | int | list[str] | None:
        """As plain JSON: a text, a number, a radio's option, or the list of a checklist's options."""
        match self.kind:
            case "text":
                return self.text
            case "number":
                return self.number
            case "radio":
                return self.options[-1] if self.options else None
            case "checklist":
                return list(self.options)

    @property
    def words(self) -> str:
        """For people, on one line."""
        if self.kind == "number":
            return f"{self.number:,}" if isinstance(self.number, int) else in_full(float(f"{self.number or 0:.12g}"))
        if self.kind == "checklist":
            return ", ".join(self.options) or "nothing ticked"
        return str(self.value or "")


def covers(ranges: Iterable[Range], frame: int) -> bool:
    """Whether one of the inclusive ranges holds the frame."""
    return any(first <= frame <= last for first, last in ranges)


@dataclass(frozen=True, slots=True)
class LabelAnswers:
    """All answers of one object or classification."""

    static: tuple[Answer, ...] = ()
    dynamic: tuple[Answer, ...] = ()
    """In the order of the export; several may answer one attribute on different frames."""
    rank: Mapping[str, int] = field(default_factory=dict[str, int])
    """Place of each option in the ontology, by its hash, for the order of checklists."""

    def on_frame(self, frame: int) -> tuple[Answer, ...]:
        """Static answers and the dynamic ones valid on a frame, merged where several to one attribute hold."""
        found: dict[str, list[Answer]] = {}
        for answer in self.dynamic:
            if covers(answer.ranges, frame):
                found.setdefault(answer.feature_hash, []).append(answer)
        return (*self.static, *(merged(several, self.rank) for several in found.values()))

    def words_on(self, frame: int) -> str:
        """What holds on a frame, for people, on one line: without what is left over; numbers with their question."""
        said = [answer for answer in self.on_frame(frame) if not answer.stale and answer.words]
        return " · ".join(f"{a.title} {a.words}" if a.kind == "number" else a.words for a in said)


NO_ANSWERS = LabelAnswers()


def merged(answers: Sequence[Answer], rank: Mapping[str, int]) -> Answer:
    """What several answers to one attribute come to: of checklists the union, of other kinds the last."""
    return merged_checklist(answers, rank) if answers[-1].kind == "checklist" else answers[-1]


def merged_checklist(answers: Sequence[Answer], rank: Mapping[str, int]) -> Answer:
    """One checklist of all that is ticked in `answers`, options in the order of `rank`, those without one as met."""
    ticked: dict[str, str] = {}
    for answer in answers:
        for option_hash, title in zip(answer.option_hashes, answer.options, strict=True):
            ticked.setdefault(option_hash or title, title)
    keys = sorted(ticked, key=lambda key: rank.get(key, len(rank)))
    return replace(answers[-1], options=tuple(ticked[key] for key in keys), option_hashes=tuple(keys))


def keyed(answers: Iterable[Answer]) -> dict[str, str | float | int | list[str] | None]:
    """Values by title; where two attributes share a title, the later ones are keyed `title [featureHash]`.

    What has no value, a radio with nothing chosen, is absent.
    """
    made: dict[str, str | float | int | list[str] | None] = {}
    owners: dict[str, str] = {}
    for answer in answers:
        if answer.value is None:
            continue
        key = answer.title
        if owners.setdefault(key, answer.feature_hash) != answer.feature_hash:
            key = f"{answer.title} [{answer.feature_hash}]"
        made[key] = answer.value
    return made
