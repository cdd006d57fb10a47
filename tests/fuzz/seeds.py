"""What mutants are made from: a row of everything written here, and real exports where they lie beside the checkout."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tests import ranged, rows
from tests.shared import EXPORTS

LARGEST = 60_000
"""Characters of a row; larger ones would make few mutants in the time."""


class Seed(NamedTuple):
    name: str
    document: Any
    ontology: Any


GEOMETRY: dict[str, dict[str, Any]] = {
    "bounding_box": {"boundingBox": {"x": 0.25, "y": 0.1, "w": 0.5, "h": 0.3}},
    "rotatable_bounding_box": {"rotatableBoundingBox": {"x": 0.4, "y": 0.2, "w": 0.2, "h": 0.1, "theta": 30.5}},
    "polygon": {
        "polygon": {"0": {"x": 0.3, "y": 0.3}, "1": {"x": 0.4, "y": 0.28}, "2": {"x": 0.35, "y": 0.5}},
        "polygons": [
            [[0.3, 0.3, 0.4, 0.28, 0.35, 0.5], [0.33, 0.33, 0.37, 0.32, 0.35, 0.4]],
            [[0.7, 0.7, 0.85, 0.72, 0.8, 0.9]],
        ],
    },
    "polyline": {"polyline": {"0": {"x": 0.1, "y": 0.9}, "1": {"x": 0.2, "y": 0.8}, "2": {"x": 0.3, "y": 0.95}}},
    "point": {"point": {"0": {"x": 0.5, "y": 0.25}}},
    "skeleton": {
        "skeleton": {
            "0": {"x": 0.62, "y": 0.12, "name": "head", "color": "#ff0000", "value": "head", "featureHash": "skpt0"},
            "1": {"x": 0.55, "y": 0.4, "name": "hip", "value": "hip", "featureHash": "skpt1", "occluded": True},
            "2": {"x": 0.72, "y": 0.38, "name": "foot", "featureHash": "skpt2", "visibility": "invisible"},
        }
    },
    "bitmask": {"bitmask": {"top": 0, "left": 0, "width": 640, "height": 400, "rleString": "h3d0lC<"}},
    "circle": {"circle": {"x": 0.5, "y": 0.5, "r": 0.1, "stretch": 1.5, "theta": 20.0}},
    "ellipse": {"ellipse": {"x": 0.2, "y": 0.3, "rx": 0.1, "ry": 0.05, "theta": 25}},
    "cuboid_2d": {
        "cuboid_2d": {
            "front": [0.1, 0.1, 0.3, 0.1, 0.3, 0.4, 0.1, 0.4],
            "vanishingPoint": {"x": 0.5, "y": 0.3},
            "scaleRatio": 0.75,
        }
    },
    "cuboid": {"cuboid": {"position": [1, 2, 3], "orientation": [0, 0, 1.5], "size": [4, 5, 6]}},
    "segmentation": {"segmentation": "0640"},
    "hypercube": {"hypercube": {"side": 3, "uri": "https://example.org/x?token=SECRETTOKEN"}},
}


def everything() -> list[Any]:
    """Rows with every shape, every kind of answer and every kind of unit."""
    objects = [
        rows.label(shape, geometry, f"obj{number:05}", featureHash=f"cls{number:05}", name=shape)
        for number, (shape, geometry) in enumerate(GEOMETRY.items())
    ]
    placed = {"classificationHash": "clf00001", "featureHash": "cla00001", "name": "Weather", "value": "weather"}
    answers = {
        "object_answers": {"obj00000": {"objectHash": "obj00000", "classifications": _static()}},
        "object_actions": {"obj00000": {"objectHash": "obj00000", "actions": _dynamic()}},
        "classification_answers": {
            "clf00001": {
                "classificationHash": "clf00001",
                "featureHash": "cla00001",
                "classifications": [rows.answer("cq1", "Weather", [("co1", "Rain")])],
                "range": [[0, 3], [7, 7]],
                "createdBy": "ann@example.org",
                "confidence": 1.0,
            }
        },
    }
    picture = rows.image_row(*objects, classifications=[placed], **answers)
    frames = {0: rows.blob(*objects[:3]), 7: rows.blob(objects[0], objects[5]), 40: rows.blob(objects[1])}
    clip = rows.video_row(frames, label_hash="label002", data_hash="data0001", **answers)
    return [picture, clip, _image_group(), _sound(), _page(), *_ranged(), _data_group(), _children()]


def _static() -> list[Any]:
    return [
        rows.answer("nested1", "Breed", "Angus"),
        rows.answer("at1", "Kind", [("op1", "Dairy")]),
        rows.answer("at2", "Extras", [("op3", "Roof rack")]),
        rows.answer("at2", "Extras", [("op4", "Spoiler")]),
        rows.answer("at3", "Speed", 88.5),
        rows.answer("at4", "Next to", "obj00001"),
    ]


def _dynamic() -> list[Any]:
    return [
        rows.action("dy1", "Door", [("do2", "Closed")], [0, 5], [7, 9]),
        rows.action("dy1", "Door", [("do1", "Open")], [6, 6]),
        rows.action("dy2", "Lights", [("dl1", "Left")], [0, 8]),
        rows.action("dy2", "Lights", [("dl2", "Right")], [4, 7]),
    ]


def _image_group() -> Any:
    units = [
        rows.unit(rows.blob(rows.box()), f"pic{number}", data_sequence=str(number), width=300 + number, height=200)
        for number in (0, 1, 3)
    ]
    return rows.row(*units, data_type="img_group", label_hash="label003", data_hash="group001", is_image_sequence=False)


def _sound() -> Any:
    speech = rows.label("audio", {"range": [[0, 1500], [9000, 12345]], "classifications": []}, "snd00001")
    facts = {"data_title": "talk.wav", "data_duration": 30.5, "width": None, "height": None}
    unit = rows.unit({}, "sound001", "audio/wav", **facts)
    answers = {"snd00001": speech}
    return rows.row(unit, data_type="audio", label_hash="label004", data_hash="sound001", object_answers=answers)


def _page() -> Any:
    node = "/html[1]/body[1]/p[1]/text()[1]"
    ranges = [{"start": {"xpath": node, "offset": 4}, "end": {"node": node, "offset": 9}}]
    quote = rows.label("text", {"range": [], "range_html": ranges, "classifications": []}, "txt00001")
    unit = rows.unit({}, "page0001", "text/html", data_title="page.html")
    answers = {"txt00001": quote}
    return rows.row(unit, data_type="plain_text", label_hash="label005", data_hash="page0001", object_answers=answers)


def _ranged() -> list[Any]:
    """Ranges that overlap, run backwards, lie beyond the end, and whole classifications."""
    pages = {"html": {"type": "html", "range": ranged.news()["object_answers"]["w1"]["range_html"]}}
    label = rows.label("text", {"range": [], "spaces": pages, "classifications": []}, "spc00003")
    space = {"space_type": "html", "child_info": {"file_name": "page.html"}, "labels": {}}
    more = {"spaces": {"html": space}, "object_answers": {"spc00003": label}}
    group = rows.unit(rows.blob(), "group004", "group", width=0, height=0)
    grouped = rows.row(group, data_type="group", label_hash="label008", data_hash="group004", **more)
    return [ranged.speech(), ranged.letter(), ranged.news(), grouped]


def _data_group() -> Any:
    spaces = {
        "left": {
            "space_type": "video",
            "child_info": {"layout_key": "left", "file_name": "left.mp4", "data_link": "https://h/x?token=SECRETTOKEN"},
            "number_of_frames": 50,
            "width": 320,
            "height": 240,
            "data_fps": 25,
            "labels": {"11": rows.blob(rows.box("spc00001"))},
        },
        "slices": {
            "space_type": "medical_stack",
            "frames": [{"width": 64, "height": 48, "file_name": "a.dcm"}, {"width": 32, "height": 24}],
            "labels": {"1": rows.blob(rows.box("spc00001"))},
        },
        "talk": {"space_type": "audio", "duration_ms": 30500, "labels": {}},
    }
    group = rows.unit(rows.blob(), "group002", "group", width=0, height=0)
    speech = rows.label("audio", {"range": [], "spaces": {"talk": {"type": "frame", "range": [[5, 90]]}}}, "spc00002")
    more = {"spaces": spaces, "object_answers": {"spc00002": speech}}
    return rows.row(group, data_type="group", label_hash="label006", data_hash="group002", **more)


def _children() -> Any:
    child = {"data_hash": "data0001", "label_hash": "label001", "name": "photo.png", "layout_key": "top"}
    group = rows.unit(rows.blob(), "group003", "group", metadata={"children": [child]})
    return rows.row(group, data_type="group", label_hash="label007", data_hash="group003")


ONTOLOGY: dict[str, Any] = {
    "objects": [
        {
            "id": "1",
            "name": "bounding_box",
            "color": "#D33115",
            "shape": "bounding_box",
            "featureNodeHash": "cls00000",
            "attributes": [
                {
                    "name": "Kind",
                    "type": "radio",
                    "featureNodeHash": "at1",
                    "options": [
                        {
                            "label": "Dairy",
                            "value": "dairy",
                            "featureNodeHash": "op1",
                            "options": [{"name": "Breed", "type": "text", "featureNodeHash": "nested1"}],
                        },
                        {"label": "Beef", "value": "beef", "featureNodeHash": "op2"},
                    ],
                },
                {
                    "name": "Extras",
                    "type": "checklist",
                    "featureNodeHash": "at2",
                    "options": [
                        {"label": "Spoiler", "value": "spoiler", "featureNodeHash": "op4"},
                        {"label": "Roof rack", "value": "roof_rack", "featureNodeHash": "op3"},
                    ],
                },
            ],
        }
    ],
    "classifications": [
        {
            "id": "1",
            "featureNodeHash": "cla00001",
            "attributes": [
                {
                    "name": "Weather",
                    "type": "radio",
                    "featureNodeHash": "cq1",
                    "options": [{"label": "Rain", "value": "rain", "featureNodeHash": "co1"}],
                }
            ],
        }
    ],
    "skeleton_templates": [
        {
            "template": {
                "name": "skeleton",
                "feature_node_hash": "cls00005",
                "skeleton": {
                    "0": {"x": 0.5, "y": 0.05, "name": "head", "featureHash": "skpt0"},
                    "1": {"x": 0.5, "y": 0.9, "name": "hip", "featureHash": "skpt1"},
                },
                "skeletonEdges": {"0": {"1": {"color": "#111111"}}},
            }
        }
    ],
}


def seeds() -> list[Seed]:
    """Every row by itself, the smaller the more often it is taken."""
    return [*(Seed(f"everything {n}", [row], ONTOLOGY) for n, row in enumerate(everything())), *_real()]


def _real() -> Iterator[Seed]:
    for path in EXPORTS:
        beside = Path(str(path).replace(".labels.json", ".ontology.json"))
        ontology = json.loads(beside.read_text()) if beside.exists() else None
        yield from rows_of(path, ontology)


def rows_of(path: Path, ontology: Any) -> Iterator[Seed]:
    """The rows of an export, those of moderate size."""
    document = json.loads(path.read_text())
    for number, row in enumerate(document if isinstance(document, list) else [document]):
        if len(json.dumps(row)) <= LARGEST:
            yield Seed(f"{path.name} {number}", [row], ontology)
