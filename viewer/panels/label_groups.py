"""What is labelled on this frame and in this row, grouped by class: plain data for the list of labels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from viewer.labels.answers import NO_ANSWERS, LabelAnswers, covers
from viewer.labels.records import Annotation, Classification, FrameClassification, FrameLabels, Instance, numbered
from viewer.labels.row import RowIndex
from viewer.scene.words import holds, natural, searchable
from viewer.shapes import shape_title

CLASSIFICATIONS = "classifications"
DELETED = "deleted"
"""Keys of the two groups that are no classes; feature hashes cannot be taken for them, see `Group.key`."""


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One label of the list."""

    hash: str
    name: str
    number: int | None
    """None while the row is not indexed, and for classifications."""
    on_frame: bool
    annotation: Annotation | None = None
    instance: Instance | None = None
    classification: Classification | None = None

    @property
    def title(self) -> str:
        """'Car 3'."""
        return self.name if self.number is None else numbered(self.name, self.number)

    @property
    def object_hash(self) -> str:
        """As labels call it, for the rule of what is shown."""
        return self.hash

    @property
    def feature_hash(self) -> str:
        source = self.annotation or self.instance or self.classification
        return source.feature_hash if source else ""

    @property
    def word(self) -> str:
        """The shape's word; empty for classifications."""
        source = self.annotation or self.instance
        return source.word if source else ""

    @property
    def colour(self) -> str:
        source = self.annotation or self.instance or self.classification
        return source.colour if source else ""

    @property
    def ranges(self) -> int:
        """How many stretches of a sound or text it has."""
        source = self.instance or self.classification
        return len(source.ranges) if source else 0

    @property
    def answers(self) -> LabelAnswers:
        source = self.instance or self.classification
        return source.answers if source else NO_ANSWERS


@dataclass(slots=True, eq=False)
class Group:
    """A class and its labels, or one of the two other groups."""

    key: str
    """`class ` + feature hash, else CLASSIFICATIONS or DELETED."""
    feature_hash: str
    title: str
    colour: str
    entries: list[Entry] = field(default_factory=list[Entry])
    on_frame: int = 0
    in_row: int | None = None
    """None while the row is not indexed."""


class RowLabels:
    """The labels of one unit of a row in the order of the list, prepared once for all its frames."""

    def __init__(self, index: RowIndex | None, unit: str | None) -> None:
        instances = [i for i in index.instances if i.unit == unit] if index else []
        self.instances = sorted(instances, key=lambda i: (natural(i.name), i.feature_hash, i.number))
        self.classifications = [c for c in index.classifications if c.unit == unit] if index else []
        self.is_indexed = index is not None
        self._place = {instance.object_hash: at for at, instance in enumerate(self.instances)}
        self._in_row: dict[str, int] = {}
        for instance in self.instances:
            self._in_row[instance.feature_hash] = self._in_row.get(instance.feature_hash, 0) + 1
        self._texts: dict[str, str] = {}

    def groups(self, labels: FrameLabels, frame: int, whole_row: bool) -> list[Group]:
        """Labels of the frame, or of the whole row, class by class; then classifications; then what is marked deleted."""
        made = self._by_class(self._entries(labels, whole_row))
        classified = self._classified(labels, frame, whole_row)
        if classified:
            on_frame = sum(entry.on_frame for entry in classified)
            in_row = len(self.classifications) if self.is_indexed else None
            made.append(Group(CLASSIFICATIONS, "", "Classifications", "", classified, on_frame, in_row))
        if labels.deleted:
            entries = [Entry(a.object_hash, a.name, None, True, annotation=a) for a in labels.deleted]
            made.append(Group(DELETED, "", "Marked as deleted", "", entries, len(entries)))
        return made

    def _entries(self, labels: FrameLabels, whole_row: bool) -> list[Entry]:
        here = sorted(labels.annotations, key=self._order)
        entries = [self._entry(annotation) for annotation in here]
        seen = {annotation.object_hash for annotation in labels.annotations}
        # labels of sounds and texts are on no frame, they are always there
        rest = [i for i in self.instances if i.object_hash not in seen and (whole_row or not i.frames)]
        if not rest:
            return entries
        entries += [Entry(i.object_hash, i.name, i.number, not i.frames, instance=i) for i in rest]
        return sorted(entries, key=lambda entry: self._place.get(entry.hash, len(self._place)))

    def _order(self, annotation: Annotation) -> tuple[int, list[tuple[int, int, str]]]:
        place = self._place.get(annotation.object_hash)
        return (place, []) if place is not None else (len(self._place), natural(annotation.name))

    def _entry(self, annotation: Annotation) -> Entry:
        place = self._place.get(annotation.object_hash)
        instance = self.instances[place] if place is not None else None
        number = instance.number if instance else None
        return Entry(annotation.object_hash, annotation.name, number, True, annotation, instance)

    def _by_class(self, entries: Iterable[Entry]) -> list[Group]:
        groups: dict[str, Group] = {}
        for entry in entries:
            source = entry.annotation or entry.instance
            feature_hash = source.feature_hash if source else ""
            group = groups.get(feature_hash)
            if group is None:
                in_row = self._in_row.get(feature_hash, 0) if self.is_indexed else None
                group = Group(f"class {feature_hash}", feature_hash, entry.name, entry.colour, in_row=in_row)
                groups[feature_hash] = group
            group.entries.append(entry)
            group.on_frame += entry.on_frame
        return list(groups.values())

    def _classified(self, labels: FrameLabels, frame: int, whole_row: bool) -> list[Entry]:
        if not self.is_indexed:
            return [_placed(classification) for classification in labels.classifications]
        made: list[Entry] = []
        for found in self.classifications:
            on_frame = found.frames is None or covers(found.frames, frame)
            if on_frame or whole_row:
                made.append(Entry(found.classification_hash, found.name, None, on_frame, classification=found))
        return made

    def kept(self, groups: Sequence[Group], words: tuple[str, ...]) -> list[Group]:
        """The groups with only those labels that hold every word; empty groups are left out."""
        made: list[Group] = []
        for group in groups:
            entries = [entry for entry in group.entries if holds(words, self._text(entry))]
            if entries:
                on_frame = sum(entry.on_frame for entry in entries)
                made.append(
                    Group(group.key, group.feature_hash, group.title, group.colour, entries, on_frame, group.in_row)
                )
        return made

    def _text(self, entry: Entry) -> str:
        """What a filter looks at: class, number, hash, shape, answers, and who made it on this frame."""
        known = self._texts.get(entry.hash)
        if known is None:
            answers = [*entry.answers.static, *entry.answers.dynamic]
            said = [f"{answer.title} {answer.words}" for answer in answers]
            known = searchable(entry.title, entry.hash, shape_title(entry.word), *said)
            self._texts[entry.hash] = known
        source = entry.annotation or entry.classification or entry.instance
        made = source.provenance if source else None
        makers = searchable(made.created_by or "", made.last_edited_by or "") if made else ""
        return f"{known}\n{makers}"


def _placed(found: FrameClassification) -> Entry:
    return Entry(found.classification_hash, found.name, None, True)
