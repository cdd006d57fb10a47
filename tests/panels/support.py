"""Records made by hand, and what tests of panels do again and again."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt

from viewer.app import theme
from viewer.labels.answers import Answer, LabelAnswers
from viewer.labels.ontology import Attribute, OntologyClass, Option
from viewer.labels.records import (
    Annotation,
    Classification,
    FrameLabels,
    Instance,
    Provenance,
    RowHead,
)
from viewer.labels.row import RowIndex
from viewer.panels.list_pane import LineList
from viewer.shapes.bounding_box import BoundingBox
from viewer.size import Size

DARK = theme.DARK.panels
ANN = Provenance(
    "ann@example.org", "Mon, 02 Mar 2026 09:30:00 GMT", "rev@example.org", "2026-03-03 16:05:07", 0.94, False
)
LONG = "x" * 10_000
NASTY = "<b>bold</b> & <img src=x>\n\u202eback"


def head(index: int, title: str = "", **more) -> RowHead:
    made = RowHead(
        index,
        f"label{index:04}",
        f"data{index:04}",
        title or f"street_{index}.mp4",
        "video",
        "main",
        "LABELLED",
        "Streets",
        False,
        f"export.json $[{index}]",
        1000,
    )
    return replace(made, **more)


def annotation(
    object_hash: str, name: str = "Car", *, word: str = "bounding_box", drawn: bool = True, **more
) -> Annotation:
    shape = BoundingBox(10.0, 20.0, 30.0, 40.0) if drawn else None
    made = Annotation(
        object_hash=object_hash,
        feature_hash=f"f-{name}",
        name=name,
        colour="#d33115",
        word=word,
        shape=shape,
        sketch=shape.sketch() if shape else None,
        provenance=ANN,
        entry={"objectHash": object_hash},
        path=f".data_units.u.labels.0.objects[{object_hash}]",
    )
    return replace(made, **more)


def instance(object_hash: str, name: str = "Car", number: int = 1, frames=((0, 9),), **more) -> Instance:
    made = Instance(object_hash, f"f-{name}", name, "#d33115", "bounding_box", "u", number, tuple(frames))
    return replace(made, **more)


def classification(key: str, name: str = "Weather", frames=((0, 9),), answer: str = "Rain") -> Classification:
    answers = LabelAnswers((chosen("w", name, answer),))
    return Classification(key, f"f-{name}", name, "#9aa4b2", "u", frames, answers, ANN)


def chosen(feature_hash: str, title: str, *options: str, **more) -> Answer:
    made = Answer(feature_hash, title, "radio", options=options, option_hashes=tuple(f"o-{o}" for o in options))
    return replace(made, **more)


def frame_labels(*annotations: Annotation, deleted=(), frame: int = 0) -> FrameLabels:
    return FrameLabels(frame, Size(640, 400), annotations, tuple(deleted))


def index_of(*instances: Instance, classifications=()) -> RowIndex:
    return RowIndex(instances, tuple(classifications), {}, ())


CAR = OntologyClass(
    "f-Car",
    "Car",
    "#d33115",
    "bounding_box",
    (
        Attribute(
            "kind",
            "Kind",
            "radio",
            required=True,
            options=(Option("o-Van", "Van", (Attribute("load", "Load", "text"),)), Option("o-Bus", "Bus")),
        ),
        Attribute("door", "Door", "radio", dynamic=True, options=(Option("o-Open", "Open"), Option("o-Shut", "Shut"))),
        Attribute("remark", "Remark", "text", required=True),
        Attribute("note", "Note", "text"),
    ),
)


def list_of(pane, name: str | None = None) -> LineList:
    """The pane's list, by its accessible name where it has several."""
    return next(found for found in pane.findChildren(LineList) if name in (None, found.accessibleName()))


def texts(lines: LineList) -> list[str]:
    return [lines.line(row).text for row in range(lines.count)]


def row_of(lines: LineList, text: str) -> int:
    return texts(lines).index(text)


def middle_of(lines: LineList, row: int) -> QPoint:
    return lines.visualRect(lines.model().index(row, 0)).center()


def click(qtbot, lines: LineList, row: int, button=Qt.MouseButton.LeftButton) -> None:
    qtbot.mouseClick(lines.viewport(), button, pos=middle_of(lines, row))


def click_cell(qtbot, lines: LineList, row: int, cell: str) -> None:
    rect = lines.rect_of_cell(row, cell)
    assert not rect.isEmpty(), f"no room for {cell}"
    qtbot.mouseClick(lines.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
