"""Small label rows for tests, written out as an export has them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from viewer.commands.inspect import inspected
from viewer.export.export import Export, open_export

WIDTH, HEIGHT = 640, 400
"""Of every picture here, unless said otherwise; not square, so that a swapped axis shows."""

Json = dict[str, Any]


def label(shape: str, geometry: Mapping[str, Any], object_hash: str = "obj00001", **more: Any) -> Json:
    """An object's entry on a frame: `label("bounding_box", {"boundingBox": {...}}, name="Car")`."""
    return {
        "objectHash": object_hash,
        "featureHash": "cls00001",
        "name": "Car",
        "value": "car",
        "color": "#D33115",
        "shape": shape,
        "confidence": 1,
        "createdBy": "ann@example.org",
        "createdAt": "Mon, 02 Mar 2026 09:30:00 GMT",
        "manualAnnotation": True,
        **geometry,
        **more,
    }


def box(
    object_hash: str = "obj00001", x: float = 0.25, y: float = 0.1, w: float = 0.5, h: float = 0.3, **more: Any
) -> Json:
    return label("bounding_box", {"boundingBox": {"x": x, "y": y, "w": w, "h": h}}, object_hash, **more)


def blob(*objects: Any, classifications: Sequence[Any] = ()) -> Json:
    return {"objects": list(objects), "classifications": list(classifications)}


def unit(labels: Any, key: str = "data0001", mime: str = "image/png", **more: Any) -> Json:
    made = {
        "data_hash": key,
        "data_title": "photo.png",
        "data_type": mime,
        "data_sequence": 0,
        "data_link": "bucket/" + key,
        "width": WIDTH,
        "height": HEIGHT,
        "labels": labels,
    }
    return {**made, **more}


def row(
    *units: Json, data_type: str = "image", label_hash: str = "label001", data_hash: str = "data0001", **more: Any
) -> Json:
    made = {
        "label_hash": label_hash,
        "data_hash": data_hash,
        "branch_name": "main",
        "dataset_hash": "set00001",
        "dataset_title": "Set",
        "data_title": "photo.png",
        "data_type": data_type,
        "data_units": {one["data_hash"]: one for one in units},
        "object_answers": {},
        "classification_answers": {},
        "object_actions": {},
        "label_status": "LABELLED",
    }
    return {**made, **more}


def image_row(*objects: Any, classifications: Sequence[Any] = (), **more: Any) -> Json:
    """A row of one picture with these objects."""
    return row(unit(blob(*objects, classifications=classifications)), **more)


def video_row(frames: Mapping[int | str, Json], fps: float = 25.0, duration: float = 4.0, **more: Any) -> Json:
    """A row of one video; `frames` are blobs by frame number."""
    labels = {str(frame): found for frame, found in frames.items()}
    facts = {"data_title": "clip.mp4", "data_fps": fps, "data_duration": duration}
    return row(unit(labels, mime="video/mp4", **facts), data_type="video", **more)


def answer(feature_hash: str, name: str, answers: Any, **more: Any) -> Json:
    """One answered attribute; options are given as (hash, title)."""
    if isinstance(answers, list):
        answers = [
            {"name": item[1], "value": item[1].lower().replace(" ", "_"), "featureHash": item[0]}
            if isinstance(item, tuple)
            else item
            for item in answers
        ]
    made = {"name": name, "value": name.lower().replace(" ", "_"), "featureHash": feature_hash, "answers": answers}
    return {**made, "manualAnnotation": True, **more}


def action(feature_hash: str, name: str, answers: Any, *ranges: Sequence[int], **more: Any) -> Json:
    return answer(feature_hash, name, answers, dynamic=True, range=[list(pair) for pair in ranges], **more)


def written(folder: Path, document: Any, name: str = "export.json") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def opened(folder: Path, *rows: Any, ontology: Any = None) -> Export:
    """An export of these rows, with this ontology."""
    path = written(folder, list(rows))
    return open_export([path], ontology=written(folder, ontology, "known/ontology.json") if ontology else None)


def listed(folder: Path, *rows: Any, ontology: Any = None) -> Json:
    """What `inspect` prints of these rows."""
    return inspected(opened(folder, *rows, ontology=ontology))


def only(folder: Path, given: Json, ontology: Any = None) -> Json:
    """What `inspect` prints of the one row."""
    (found,) = listed(folder, given, ontology=ontology)["rows"]
    return found
