"""From what was labelled and what the reviewer wants to see to the scene that is drawn: one pure function."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from viewer.errors import escaped
from viewer.labels.answers import NO_ANSWERS, LabelAnswers
from viewer.labels.records import Annotation, FrameLabels, Instance, numbered
from viewer.labels.row import RowIndex
from viewer.scene.colours import colour_of, legend
from viewer.scene.marks import Mark, Scene
from viewer.scene.shown import is_like, is_shown
from viewer.scene.view_state import ViewState
from viewer.size import Size

CAPTION_LENGTH = 80
"""Characters of a caption; the whole text stands in the inspector."""


@dataclass(frozen=True, slots=True, eq=False)
class Naming:
    """What captions need of the whole row; empty until its index is there."""

    instances: Mapping[str, Instance]
    class_order: Sequence[str]

    @classmethod
    def of(cls, index: RowIndex | None, unit: str) -> Naming:
        if index is None:
            return cls({}, ())
        here = {i.object_hash: i for i in index.instances if i.unit == unit}
        return cls(here, tuple(dict.fromkeys(i.feature_hash for i in index.instances)))

    def title(self, annotation: Annotation) -> str:
        """'Car 3'; without the number where it is not known yet."""
        instance = self.instances.get(annotation.object_hash)
        return numbered(annotation.name, instance.number) if instance else annotation.name

    def answers(self, object_hash: str) -> LabelAnswers:
        instance = self.instances.get(object_hash)
        return instance.answers if instance else NO_ANSWERS


def resolve(labels: FrameLabels, naming: Naming, state: ViewState) -> Scene:
    """The marks of a frame back to front: large ones behind, so that small ones are seen and picked first."""
    size = labels.size or Size(1, 1)
    selected = next((a for a in labels.annotations if a.object_hash == state.selected), None)
    shown = () if state.hide_all else tuple(a for a in labels.annotations if is_shown(a, selected, state))
    marks = sorted((_mark(a, selected, labels.frame, naming, state) for a in shown if a.sketch), key=lambda m: -m.area)
    look = state.look
    return Scene(
        size=size,
        marks=tuple(marks),
        fill=1.0 if state.fill_solid else look.fill,
        line_width=look.line_width,
        name_points=state.name_points,
        legend=legend(labels.annotations, look),
    )


def _mark(annotation: Annotation, selected: Annotation | None, frame: int, naming: Naming, state: ViewState) -> Mark:
    sketch = annotation.sketch
    assert sketch is not None
    bounds = sketch.bounds
    look = state.look
    return Mark(
        object_hash=annotation.object_hash,
        feature_hash=annotation.feature_hash,
        sketch=sketch,
        colour=colour_of(annotation, look, naming.class_order),
        caption=_caption(annotation, frame, naming, state),
        dashed=not annotation.provenance.manual,
        flagged=annotation.flagged,
        area=bounds.area if bounds else 0.0,
        dimmed=selected is not None and not is_like(annotation, selected, look.dim),
        name=naming.title(annotation),
    )


def _caption(annotation: Annotation, frame: int, naming: Naming, state: ViewState) -> str:
    match state.look.captions:
        case "none":
            return ""
        case "name":
            text = naming.title(annotation)
        case "answers":
            said = naming.answers(annotation.object_hash).words_on(frame)
            text = naming.title(annotation) + (f" · {said}" if said else "")
    # names come from the file: line ends and marks that turn the direction of writing must not reach the picture
    return escaped(text if len(text) <= CAPTION_LENGTH else text[: CAPTION_LENGTH - 1] + "…")
