"""`inspect`: the contract's keys and types, held for every export that there is, and its exact values for one."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.fuzz.seeds import ONTOLOGY, everything
from tests.rows import box, image_row, label, written
from tests.shared import EXPORTS
from viewer.__main__ import main

NUMBER = (int, float)
KINDS = {
    "image", "image_group", "image_sequence", "video", "dicom", "nifti", "pdf", "audio", "text", "html", "scene",
    "time_series", "unknown",
}  # fmt: skip


class Maybe:
    """Null, or what it says."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner


class Map:
    """An object with any keys, and values of one kind."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner


class OneOf:
    def __init__(self, *inner: Any) -> None:
        self.inner = inner


def position(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == {"xpath", "offset"}


PAIRS = [OneOf([int], [NUMBER])]
ANSWERS = Map(OneOf(str, NUMBER, [str]))
MEDIA = Maybe({"path": str, "found_by": {"name", "title", "hash", "link", "uid", "chosen"}})
MADE = {
    "confidence": OneOf(NUMBER, str),
    "created_by": Maybe(str),
    "created_at": Maybe(str),
    "last_edited_by": Maybe(str),
    "last_edited_at": Maybe(str),
    "manual": bool,
}
RING = [[NUMBER]]
PIXELS: dict[str, Any] = {
    "bounding_box": {"x": NUMBER, "y": NUMBER, "w": NUMBER, "h": NUMBER},
    "rotatable_bounding_box": {"corners": RING},
    "polygon": {"regions": [[RING]]},
    "polyline": {"points": RING},
    "point": {"x": NUMBER, "y": NUMBER},
    "skeleton": {
        "points": [
            {"name": str, "x": NUMBER, "y": NUMBER, "visibility": {"visible", "invisible", "occluded", "selfOccluded"}}
        ]
    },
    "bitmask": {"area": int, "bbox": Maybe([int])},
    "circle": {"cx": NUMBER, "cy": NUMBER, "r": NUMBER, "r2": NUMBER, "theta": NUMBER},
    "ellipse": {"cx": NUMBER, "cy": NUMBER, "rx": NUMBER, "ry": NUMBER, "theta": NUMBER},
    "cuboid_2d": {"front": RING, "back": RING},
}


def an_annotation(value: Any, path: str) -> None:
    keys = {"object_hash": str, "shape": str, "pixels": dict, "answers": ANSWERS, **MADE}
    conforms(value, keys, path)
    if set(value["pixels"]) != {"raw"}:
        conforms(value["pixels"], PIXELS[value["shape"]], f"{path}.pixels")


def a_unit(value: Any, path: str) -> None:
    keys: dict[str, Any] = {
        "id": str, "title": str, "kind": KINDS, "width": Maybe(int), "height": Maybe(int), "frames": Maybe(int),
        "fps": Maybe(NUMBER), "duration": Maybe(NUMBER), "layout_key": Maybe(str), "media": MEDIA,
    }  # fmt: skip
    if value["kind"] in ("image_group", "image_sequence") or (value["kind"] == "dicom" and "files" in value):
        file = {"frame": int, "data_hash": str, "title": str, "width": Maybe(int), "height": Maybe(int), "media": MEDIA}
        keys["files"] = [file]
    conforms(value, keys, path)


def an_object(value: Any, path: str) -> None:
    keys: dict[str, Any] = {
        "object_hash": str, "feature_hash": str, "name": str, "shape": str, "color": str, "unit": str,
        "frames": [[int]], "ranges": list, "unit_of_range": Maybe({"ms", "characters", "html", "frames"}), "answers": ANSWERS,
    }  # fmt: skip
    if value["unit_of_range"] in ("characters", "html"):
        keys["texts"] = [Maybe(str)]
        assert len(value["texts"]) == len(value["ranges"])
    conforms(value, keys, path)
    ascending(value["frames"], path)
    if value["unit_of_range"] == "html":
        assert all(len(pair) == 2 and all(map(position, pair)) for pair in value["ranges"]), path


def a_classification(value: Any, path: str) -> None:
    keys = {
        "classification_hash": str, "feature_hash": str, "name": str, "unit": str, "answers": ANSWERS,
        "frames": Maybe([[int]]), "ranges": list, "unit_of_range": Maybe({"ms", "characters", "html"}), **MADE,
    }  # fmt: skip
    conforms(value, keys, path)
    ascending(value["frames"] or [], path)


ROW = {
    "label_hash": str, "data_hash": str, "title": str, "type": str, "branch": str, "status": str, "deleted": bool,
    "units": [a_unit], "objects": [an_object], "annotations": Map(Map([an_annotation])), "classifications": [a_classification],
}  # fmt: skip
DOCUMENT = {"rows": [ROW], "problems": [{"severity": {"error", "warning", "note"}, "where": str, "what": str}]}


def conforms(value: Any, schema: Any, path: str = "") -> None:
    """Every key of the contract is there with its type, and none besides."""
    if isinstance(schema, Maybe):
        if value is not None:
            conforms(value, schema.inner, path)
    elif isinstance(schema, Map):
        assert isinstance(value, dict), path
        for key, item in value.items():
            conforms(item, schema.inner, f"{path}.{key}")
    elif isinstance(schema, OneOf):
        for inner in schema.inner:
            try:
                return conforms(value, inner, path)
            except AssertionError:
                continue
        raise AssertionError(f"{path}: {value!r}")
    elif isinstance(schema, dict):
        assert isinstance(value, dict) and set(value) == set(schema), (path, set(value) ^ set(schema))
        for key, inner in schema.items():
            conforms(value[key], inner, f"{path}.{key}")
    elif isinstance(schema, list):
        assert isinstance(value, list), path
        for index, item in enumerate(value):
            conforms(item, schema[0], f"{path}[{index}]")
    elif isinstance(schema, set):
        assert value in schema, (path, value)
    elif isinstance(schema, type | tuple):
        assert isinstance(value, schema) and (schema is bool or not isinstance(value, bool)), (path, value)
    else:
        schema(value, path)
    return None


def ascending(frames: list[list[int]], path: str) -> None:
    assert all(a <= b for a, b in frames), path
    assert all(one[1] + 1 < other[0] for one, other in pairwise(frames)), path


def printed(capsys: pytest.CaptureFixture[str], *arguments: Any) -> Any:
    assert main(["inspect", *map(str, arguments)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return json.loads(out, parse_constant=lambda constant: pytest.fail(f"not finite: {constant}"))


def holds_together(document: Any) -> None:
    """What stands in several places agrees."""
    for row in document["rows"]:
        units = {unit["id"] for unit in row["units"]}
        assert len(units) == len(row["units"]) and set(row["annotations"]) == units
        placed = {
            (unit, annotation["object_hash"], int(frame))
            for unit, frames in row["annotations"].items()
            for frame, listed in frames.items()
            for annotation in listed
        }
        named = {
            (o["unit"], o["object_hash"], frame)
            for o in row["objects"]
            for first, last in o["frames"]
            for frame in range(first, last + 1)
        }
        assert placed == named


@pytest.mark.parametrize("path", EXPORTS, ids=lambda path: path.name.removesuffix(".labels.json"))
def test_every_real_export_keeps_the_contract(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = printed(capsys, path)
    conforms(document, DOCUMENT)
    holds_together(document)


@pytest.mark.parametrize("with_ontology", [True, False])
def test_every_kind_of_unit_and_label_keeps_the_contract(tmp_path, capsys, with_ontology):
    path = written(tmp_path, everything())
    more = ["--ontology", written(tmp_path, ONTOLOGY, "known/ontology.json")] if with_ontology else []
    document = printed(capsys, path, *more)
    conforms(document, DOCUMENT)
    holds_together(document)
    shapes = {
        a["shape"] for row in document["rows"] for u in row["annotations"].values() for f in u.values() for a in f
    }
    assert shapes >= set(PIXELS) | {"cuboid", "segmentation", "hypercube"}


def test_one_row_to_the_letter(tmp_path, capsys):
    given = image_row(
        box(x=0.25, y=0.5, w=0.125, h=0.25, lastEditedBy="rev@example.org", manualAnnotation=False, confidence=0.5)
    )
    document = printed(capsys, written(tmp_path, [given]))
    made = {
        "confidence": 0.5, "created_by": "ann@example.org", "created_at": "Mon, 02 Mar 2026 09:30:00 GMT",
        "last_edited_by": "rev@example.org", "last_edited_at": None, "manual": False,
    }  # fmt: skip
    annotation = {
        "object_hash": "obj00001", "shape": "bounding_box", "pixels": {"x": 160.0, "y": 200.0, "w": 80.0, "h": 100.0},
        "answers": {}, **made,
    }  # fmt: skip
    unit = {
        "id": "data0001", "title": "photo.png", "kind": "image", "width": 640, "height": 400, "frames": 1, "fps": None,
        "duration": None, "layout_key": None, "media": None,
    }  # fmt: skip
    listed = {
        "object_hash": "obj00001", "feature_hash": "cls00001", "name": "Car", "shape": "bounding_box", "color": "#D33115",
        "unit": "data0001", "frames": [[0, 0]], "ranges": [], "unit_of_range": None, "answers": {},
    }  # fmt: skip
    assert document["rows"] == [
        {
            "label_hash": "label001", "data_hash": "data0001", "title": "photo.png", "type": "image", "branch": "main",
            "status": "LABELLED", "deleted": False, "units": [unit], "objects": [listed],
            "annotations": {"data0001": {"0": [annotation]}}, "classifications": [],
        }
    ]  # fmt: skip


def test_a_picture_gives_the_size_that_the_export_lacks(tmp_path, capsys):
    from PIL import Image

    Image.new("L", (320, 100)).save(tmp_path / "photo.png")
    given = image_row(box())
    given["data_units"]["data0001"].update(width=None, height=None)
    (row,) = printed(capsys, written(tmp_path, [given]))["rows"]
    assert (row["units"][0]["width"], row["units"][0]["height"]) == (320, 100)
    assert row["annotations"]["data0001"]["0"][0]["pixels"]["w"] == 160


@pytest.mark.parametrize("wanted", ["label002", "data0002"])
def test_one_row_may_be_asked_for(tmp_path, capsys, wanted):
    rows = [image_row(box(x=float("nan"))), image_row(box(), label_hash="label002", data_hash="data0002")]
    document = printed(capsys, written(tmp_path, rows), "--row", wanted)
    assert [row["label_hash"] for row in document["rows"]] == ["label002"]
    assert not [p for p in document["problems"] if "$[0]" in p["where"]]


def test_raw_data_that_are_not_finite_become_texts(tmp_path, capsys):
    for given, shown in (
        ([float("nan"), float("-inf"), 1.5, True], ["nan", "-inf", 1.5, True]),
        ([10**350], [str(10**350)]),
    ):
        odd = label("hypercube", {"hypercube": given})
        (row,) = printed(capsys, written(tmp_path, [image_row(odd)]))["rows"]
        assert row["annotations"]["data0001"]["0"][0]["pixels"] == {"raw": shown}


def test_names_of_any_script_are_printed_as_utf_8(tmp_path):
    path = written(tmp_path, [image_row(box(name="Kuh \ud800 牛 🐄"), data_title="\u202e\x1b[31m")])
    command = [sys.executable, "-m", "viewer", "inspect", str(path)]
    done = subprocess.run(command, capture_output=True, check=True)
    document = json.loads(done.stdout.decode("utf-8"))
    assert document["rows"][0]["objects"][0]["name"] == "Kuh \ufffd 牛 🐄"
    assert b"\x1b" not in done.stdout and done.stderr == b""
