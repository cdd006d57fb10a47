"""What we read, held against Encord's own SDK reading the same exports: every object, pixel and answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.shared import EXPORTS, SHARED, load, needs_shared
from viewer.commands.inspect import inspected
from viewer.export.export import open_export
from viewer.export.unit_media import MediaOf

pytest.importorskip("encord")
pytestmark = [needs_shared, pytest.mark.filterwarnings("ignore")]

NOT_READ_BY_SDK = {
    "v08_cord_2020": "rows of 2020 have no data_units",
    "v09_data_type_deleted": "the SDK refuses rows of deleted data units",
    "v15_image_labels_frame_keyed": "image labels keyed by frame: the SDK reads no objects",
    "v16_image_group_labels_frame_keyed": "image labels keyed by frame: the SDK reads no objects",
}


@pytest.fixture(scope="module")
def oracle() -> Any:
    return load(SHARED / "oracle" / "oracle.py")


def pairs(path: Path, oracle: Any) -> Iterator[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]]:
    """(row as exported, what the SDK says of it, what we say of it)."""
    ontology = Path(str(path).replace(".labels.json", ".ontology.json"))
    ours = inspected(open_export([path], ontology=ontology))["rows"]
    rows = oracle.rows_of(json.loads(path.read_text()))
    structure = json.loads(ontology.read_text())
    for row in rows:
        branch = row.get("branch_name") or "main"
        mine = next(r for r in ours if r["label_hash"] == row["label_hash"] and r["branch"] == branch)
        yield row, oracle.summarise(row, structure), mine


def name_of(path: Path) -> str:
    return path.name.removesuffix(".labels.json")


READ = [path for path in EXPORTS if name_of(path) not in NOT_READ_BY_SDK]


@pytest.mark.parametrize("path", READ, ids=name_of)
def test_every_object_and_its_pixels(path: Path, oracle: Any) -> None:
    for row, sdk, mine in pairs(path, oracle):
        unit = mine["units"][0]["id"] if mine["units"] else ""
        annotations = mine["annotations"].get(unit, {})
        for frame, theirs in sdk["frames"].items():
            ours = {a["object_hash"]: a for a in annotations.get(frame, [])}
            deleted = deleted_on(row, frame)
            for expected in theirs["objects"]:
                if expected["hash"] not in deleted:  # the SDK shows what the export marks as deleted
                    assert_same_pixels(ours[expected["hash"]], expected, f"frame {frame}")
            if not sdk["patched"] or not any("dropped" in why for why in sdk["patched"]):
                assert set(ours) == {expected["hash"] for expected in theirs["objects"]} - deleted
        for space, theirs in sdk["spaces"].items():
            for object_hash, expected in theirs["objects"].items():
                for annotation in expected["annotations"]:
                    if annotation.get("px"):
                        listed = mine["annotations"][space][str(annotation["frame"])]
                        ours_here = next(a for a in listed if a["object_hash"] == object_hash)
                        assert_same_pixels(ours_here, annotation, f"{space} {annotation['frame']}")


def deleted_on(row: dict[str, Any], frame: str) -> set[str]:
    blobs = [unit["labels"].get(frame) for unit in row["data_units"].values()]
    return {o["objectHash"] for blob in blobs if blob for o in blob.get("objects", []) if o.get("isDeleted")}


def assert_same_pixels(mine: dict[str, Any], expected: dict[str, Any], where: str) -> None:
    assert mine["shape"] == expected["shape"], where
    pixels, truth = mine["pixels"], expected["px"]
    if truth is None:
        return
    match expected["shape"]:
        case "polygon":
            ours: Any = [ring for region in pixels["regions"] for ring in region]
            theirs: Any = [ring for region in truth["polygons"] for ring in region]
            assert [len(region) for region in pixels["regions"]] == [len(region) for region in truth["polygons"]]
            for one, other in zip(ours, theirs, strict=True):
                np.testing.assert_allclose(one, other, atol=0.01)
        case "polyline":
            np.testing.assert_allclose(pixels["points"], truth, atol=0.01)
        case "point":
            np.testing.assert_allclose([pixels["x"], pixels["y"]], truth, atol=0.01)
        case "skeleton":
            np.testing.assert_allclose([[p["x"], p["y"]] for p in pixels["points"]], truth, atol=0.01)
            for one, other in zip(pixels["points"], expected["norm"], strict=True):
                assert one["name"] == other["name"]
                assert one["visibility"] == (other["visibility"] or "visible")
        case "bitmask":
            assert (pixels["area"], pixels["bbox"]) == (truth["area"], truth["bbox_xywh"])
        case "rotatable_bounding_box":
            np.testing.assert_allclose(pixels["corners"], truth["corners"], atol=0.01)
        case _:
            assert set(truth) <= set(pixels)
            for key, number in truth.items():
                assert pixels[key] == pytest.approx(number, abs=0.01), (where, key)


@pytest.mark.parametrize("path", READ, ids=name_of)
def test_masks_pixel_by_pixel(path: Path, oracle: Any) -> None:
    """The SDK's summary keeps a checksum of each mask over its whole frame."""
    export = open_export([path])
    for head in export.heads:
        row = export.row(head.index)
        media = MediaOf(export, row)
        sdk = next(
            s
            for _, s, mine in pairs(path, oracle)
            if mine["branch"] == head.branch and s["label_hash"] == head.label_hash
        )
        for unit in row.units:
            for frame in row.labels[unit.id].frames.tolist():
                truth = {
                    o["hash"]: o["px"]
                    for o in sdk["frames"].get(str(frame), {"objects": []})["objects"]
                    if o["shape"] == "bitmask"
                }
                labels = row.labels[unit.id].on_frame(frame, media.label_size(unit, frame))
                size = labels.size
                for annotation in labels.annotations:
                    if annotation.word == "bitmask" and annotation.object_hash in truth:
                        left, top, mask = annotation.shape.on_frame()
                        whole = np.zeros((size.height, size.width), dtype=bool)
                        whole[top : top + mask.shape[0], left : left + mask.shape[1]] = mask
                        digest = hashlib.sha1(np.packbits(whole).tobytes()).hexdigest()
                        assert digest == truth[annotation.object_hash]["sha1_packbits"]


def plain(answer: Any) -> Any:
    """The SDK's answer as the contract writes it."""
    if isinstance(answer, dict):
        return answer["label"]
    if isinstance(answer, list):
        return [option["label"] for option in answer]
    return answer


@pytest.mark.parametrize("path", READ, ids=name_of)
def test_every_static_answer(path: Path, oracle: Any) -> None:
    for _, sdk, mine in pairs(path, oracle):
        ours = {o["object_hash"]: o["answers"] for o in mine["objects"]}
        theirs = {**sdk["objects"], **{h: o for s in sdk["spaces"].values() for h, o in s["objects"].items()}}
        for object_hash, expected in theirs.items():
            for feature_hash, answer in expected["static"].items():
                assert value_of(ours[object_hash], answer["name"], feature_hash) == same_order(
                    answer["answer"], ours[object_hash], answer["name"], feature_hash
                )
            assert len(ours[object_hash]) == len(expected["static"])


def value_of(answers: dict[str, Any], title: str, feature_hash: str) -> Any:
    return answers.get(f"{title} [{feature_hash}]", answers.get(title))


def same_order(answer: Any, answers: dict[str, Any], title: str, feature_hash: str) -> Any:
    """Checklists hold the same options; their order is ours to prove elsewhere."""
    made, mine = plain(answer), value_of(answers, title, feature_hash)
    if isinstance(made, list) and isinstance(mine, list) and sorted(made) == sorted(mine):
        return mine
    return made


@pytest.mark.parametrize("path", READ, ids=name_of)
def test_dynamic_answers_are_the_union_of_the_ranges(path: Path, oracle: Any) -> None:
    """The SDK loses options of touching ranges, so the truth is computed from the export's own actions."""
    for row, _, mine in pairs(path, oracle):
        annotations = mine["annotations"].get(mine["units"][0]["id"], {}) if mine["units"] else {}
        for frame, listed in annotations.items():
            for annotation in listed:
                actions = (row.get("object_actions") or {}).get(annotation["object_hash"], {}).get("actions", [])
                expected = expected_dynamic(actions, int(frame))
                for feature_hash, hashes in expected.items():
                    assert_holds(annotation["answers"], feature_hash, hashes, actions, path)


def expected_dynamic(actions: list[dict[str, Any]], frame: int) -> dict[str, list[dict[str, Any]]]:
    made: dict[str, list[dict[str, Any]]] = {}
    for action in actions:
        if any(first <= frame <= last for first, last in action["range"]):
            made.setdefault(action["featureHash"], []).append(action)
    return made


def assert_holds(
    answers: dict[str, Any], feature_hash: str, actions: list[dict[str, Any]], every: list[dict[str, Any]], path: Path
) -> None:
    titles = option_titles(path)
    attribute = titles[feature_hash]
    mine = value_of(answers, attribute["name"], feature_hash)
    if attribute["type"] == "checklist":
        ticked = {o["featureHash"] for action in actions for o in action["answers"]}
        assert mine == [title for option_hash, title in attribute["options"] if option_hash in ticked]
    elif attribute["type"] == "radio":
        assert mine == dict(attribute["options"])[actions[-1]["answers"][-1]["featureHash"]]
    else:
        assert mine == actions[-1]["answers"]


def option_titles(path: Path) -> dict[str, Any]:
    """Attributes of the ontology by hash, walked here in our own way."""
    made: dict[str, Any] = {}

    def walk(attributes: list[dict[str, Any]]) -> None:
        for attribute in attributes:
            options = attribute.get("options") or []
            listed = [(o["featureNodeHash"], o["label"]) for o in options]
            made.setdefault(
                attribute["featureNodeHash"], {"name": attribute["name"], "type": attribute["type"], "options": listed}
            )
            for option in options:
                walk(option.get("options") or [])

    ontology = json.loads(Path(str(path).replace(".labels.json", ".ontology.json")).read_text())
    for item in ontology["objects"] + ontology["classifications"]:
        walk(item.get("attributes") or [])
    return made


@pytest.mark.parametrize("path", READ, ids=name_of)
def test_classifications(path: Path, oracle: Any) -> None:
    """The SDK drops those of the first generation; none that it reads may be missing or elsewhere."""
    for _, sdk, mine in pairs(path, oracle):
        ours = {c["classification_hash"]: c for c in mine["classifications"]}
        for key, expected in sdk["classifications"].items():
            assert key in ours
            if isinstance(expected["frames"], list) and expected["frames"] and not expected["global"]:
                listed = ours[key]["frames"]
                expanded = [f for first, last in listed or [] for f in range(first, last + 1)]
                assert expanded == expected["frames"] or ours[key]["unit_of_range"], key
            for feature_hash, answer in expected["static"].items():
                assert value_of(ours[key]["answers"], answer["name"], feature_hash) == same_order(
                    answer["answer"], ours[key]["answers"], answer["name"], feature_hash
                )


@pytest.mark.parametrize("path", EXPORTS, ids=name_of)
def test_nothing_of_the_export_is_lost(path: Path) -> None:
    """Also where the SDK reads nothing: every object entry is listed, or hidden because it is marked as deleted."""
    document = json.loads(path.read_text())
    listed = sum(
        len(entries)
        for row in inspected(open_export([path]))["rows"]
        for frames in row["annotations"].values()
        for entries in frames.values()
    )
    assert listed == count_objects(document)


def count_objects(node: Any) -> int:
    """Entries in any list called `objects` that are not marked as deleted."""
    if isinstance(node, list):
        return sum(map(count_objects, node))
    if not isinstance(node, dict):
        return 0
    own = [o for o in node.get("objects", []) if isinstance(node.get("objects"), list) and not o.get("isDeleted")]
    return len(own) + sum(count_objects(value) for key, value in node.items() if key != "objects")
