"""What was labelled: frozen records of a row, its units, its labels. Geometry is in pixels; nothing here reads files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from viewer.labels.answers import NO_ANSWERS, LabelAnswers, Range
from viewer.shapes.kind import Shape
from viewer.shapes.sketch import Sketch
from viewer.size import Size

DEFAULT_COLOUR = "#9aa4b2"
"""Of labels whose colour is missing or broken."""


@dataclass(frozen=True, slots=True)
class RowHead:
    """What a list of rows shows, known without reading the row's labels."""

    index: int
    """In the list of the export as shown: the branches of one data unit stand together, main first."""
    label_hash: str
    data_hash: str
    title: str
    data_type: str
    """As exported."""
    branch: str
    status: str
    dataset: str
    deleted: bool
    where: str
    """File and JSON path of the row: `export.json $[3]`."""
    nbytes: int

    @property
    def name(self) -> str:
        """The title, else the hash that tells it apart."""
        return self.title or self.data_hash or self.label_hash or f"row {self.index + 1}"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Who made a label and when, as exported."""

    created_by: str | None = None
    created_at: str | None = None
    last_edited_by: str | None = None
    last_edited_at: str | None = None
    confidence: float | int | str | None = 1
    """A number, 1 where the export says nothing; a text where the export holds one."""
    manual: bool = True
    """False for interpolated, tracked and automated labels."""


@dataclass(frozen=True, slots=True, eq=False)
class Annotation:
    """One object on one frame."""

    object_hash: str
    feature_hash: str
    name: str
    colour: str
    """'#rrggbb'."""
    word: str
    """The shape's word as exported."""
    shape: Shape | None
    """None where it cannot be drawn: a shape without a drawing yet, broken geometry, a frame of unknown size."""
    sketch: Sketch | None
    provenance: Provenance
    entry: Mapping[str, Any]
    """As exported."""
    path: str
    """JSON path from the row."""
    flagged: bool = False
    """A problem names this label."""
    deleted: bool = False
    """Marked as deleted in the export: hidden."""


@dataclass(frozen=True, slots=True)
class FrameClassification:
    """A classification listed on a frame, as rows before 2026 place them."""

    classification_hash: str
    feature_hash: str
    name: str
    provenance: Provenance
    path: str


@dataclass(frozen=True, slots=True, eq=False)
class FrameLabels:
    """Everything labelled on one frame."""

    frame: int
    size: Size | None
    """Of the picture the geometry was scaled to."""
    annotations: tuple[Annotation, ...] = ()
    """Without those marked as deleted."""
    deleted: tuple[Annotation, ...] = ()
    classifications: tuple[FrameClassification, ...] = ()


@dataclass(frozen=True, slots=True)
class Instance:
    """One labelled object on one unit: the same hash on many frames is one object."""

    object_hash: str
    feature_hash: str
    name: str
    colour: str
    word: str
    unit: str
    number: int
    """Counts the objects of its class in this row from 1, in order of appearance: 'Car 3'."""
    frames: tuple[Range, ...]
    """Where it is, as inclusive ranges, ascending, touching ranges joined."""
    ranges: tuple[Any, ...] = ()
    """Stretches of a sound or text, as exported."""
    range_unit: str | None = None
    """'ms', 'characters' or 'html'."""
    answers: LabelAnswers = NO_ANSWERS
    provenance: Provenance | None = None
    """Of labels that live in the answers (sound, text); others have one on each frame."""

    @property
    def title(self) -> str:
        """'Car 3'."""
        return numbered(self.name, self.number)


def numbered(name: str, number: int) -> str:
    """The title of an object by the name of its class and its number within it: 'Car 1,234'."""
    return f"{name} {number:,}"


@dataclass(frozen=True, slots=True)
class Classification:
    """A judgement on frames, stretches, or a whole unit."""

    classification_hash: str
    feature_hash: str
    name: str
    colour: str
    unit: str
    frames: tuple[Range, ...] | None
    """None: the whole unit."""
    answers: LabelAnswers
    provenance: Provenance
    ranges: tuple[Any, ...] = ()
    range_unit: str | None = None
    path: str = ""
    stated: tuple[Any, ...] = ()
    """Ranges as exported that say no more than that it holds for the whole unit; `ranges` is then empty."""


@dataclass(frozen=True, slots=True)
class UnitFile:
    """The file behind a unit, or behind one frame of an image group."""

    frame: int
    data_hash: str
    title: str
    size: Size | None
    """As exported; None where the export has none."""
    mime: str
    link: str
    """Where the media came from, without its query string."""
    path: str
    """JSON path of the data unit, from the row."""
    inner: int | None = None
    """Frame inside a multi-frame file, as exported."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that can be put on screen."""

    id: str
    title: str
    kind: str
    """image image_group image_sequence video dicom nifti pdf audio text html scene time_series unknown"""
    size: Size | None
    """As exported."""
    frames: int | None
    fps: float | None
    duration: float | None
    """Seconds."""
    layout_key: str | None
    files: tuple[UnitFile, ...]
    """One for each frame of a group or of a stack of slices, else one."""
    path: str
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """The data unit's own fields as exported, without labels."""

    @property
    def is_group(self) -> bool:
        return self.kind in ("image_group", "image_sequence")

    def place_of(self, frame: int) -> int | None:
        """Index in `files` of the file that holds a frame."""
        if self.is_group or len(self.files) > 1:
            return next((place for place, file in enumerate(self.files) if file.frame == frame), None)
        return 0 if self.files else None

    def file_of(self, frame: int) -> UnitFile | None:
        """The file that holds a frame."""
        place = self.place_of(frame)
        return None if place is None else self.files[place]
