"""Inputs that once broke a rule, each as small as it could be made; most were found by `python -m tests.fuzz`."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.fuzz.rules import hold
from tests.rows import action, answer, blob, box, image_row, label, row, unit, video_row
from viewer.commands.inspect import inspected
from viewer.export.export import open_export

DEEP = "[" * 400 + "]" * 400
DIGITS = "9" * 5000


def raw(document: Any, **texts: str) -> str:
    """As JSON, with bare text in the place of marks: what Python itself cannot write."""
    text = json.dumps(document)
    for mark, bare in texts.items():
        text = text.replace(f'"{mark}"', bare)
    return text


def space(labels: Any, **more: Any) -> dict[str, Any]:
    return {"space_type": "image", "width": 64, "height": 48, "labels": labels, **more}


CASES: dict[str, Callable[[], str]] = {
    "a value nested deeper than recursion bears": lambda: raw([image_row(box(extra="DEEP"), more="DEEP")], DEEP=DEEP),
    "the same beside a number that is none": lambda: raw([image_row(box(extra="DEEP"), box("b", x=float("nan")))], DEEP=DEEP),
    "a number of too many digits in a label": lambda: raw([image_row(box(), box("b", x="N"))], N=DIGITS),
    "a number of too many digits in a classification": lambda: raw(
        [image_row(box(), classifications=[{"classificationHash": "c", "confidence": "N"}])], N=DIGITS
    ),
    "a confidence that no float holds": lambda: raw([image_row(box(confidence=10**400))]),
    "an answer that no float holds": lambda: raw(
        [image_row(box(), object_answers={"obj00001": {"classifications": [answer("a", "A", 10**400)]}})]
    ),
    "a range that no float holds": lambda: raw(
        [image_row(box(), object_actions={"obj00001": {"actions": [action("a", "A", "x", [0, 10**400])]}})]
    ),
    "a visibility that is an object": lambda: raw(
        [image_row(label("skeleton", {"skeleton": {"0": {"x": 0, "y": 0, "visibility": {}}}}))]
    ),
    "a point whose key is a number of too many digits": lambda: raw(
        [image_row(label("polygon", {"polygon": {"0": {"x": 0, "y": 0}, DIGITS: {"x": 1, "y": 1}}}))]
    ),
    "a hash that is a list, in a row without an ontology": lambda: raw(
        [image_row(box(), object_answers={"obj00001": {"classifications": [{"featureHash": [], "answers": [{}]}]}})]
    ),
    "labels of a group without spaces": lambda: raw(
        [row(unit(blob(box()), mime="group"), data_type="group", data_hash="data0001")]
    ),
    "two units of one id": lambda: raw(
        [{**image_row(), "data_units": {"a": unit(blob(box("a"))), "b": unit(blob(box("b")))}}]
    ),
    "a unit and a space of one id": lambda: raw(
        [row(unit({"5": blob(box("a"))}), data_type="group", spaces={"data0001": space({"0": blob(box("b"))})})]
    ),
    "labels of streams in a scene": lambda: raw(
        [row(unit({"cam#5": blob(box("a")), "lidar@7": blob(box("b"))}, mime="application/mcap"), data_type="scene")]
    ),
    "two pictures of one number in a sequence": lambda: raw(
        [row(unit(blob()), data_type="group", spaces={"s": space(
            {"0": blob(box())}, space_type="image_sequence", frames=[{"data_sequence": 0}, {"data_sequence": 0}]
        )})]
    ),
    "a mask scaled to a frame of 10 billion pixels": lambda: raw(
        [row(unit(blob(label("bitmask", {"bitmask": {"width": 4, "height": 3, "rleString": "0<"}})), width=99_999, height=99_999))]
    ),
    "a mask whose runs add up to more than 64 bits": lambda: raw(
        [image_row(label("bitmask", {"bitmask": {"width": 9, "height": 9, "rleString": "00PPPPPPPPPPPP4" + "0" * 500}}))]
    ),
    "the query of a link in a shape's name": lambda: raw([image_row(label("https://h/x?token=SECRETTOKEN", {}))]),
    "the query of a link in a key of raw data": lambda: raw(
        [image_row(label("cube", {"cube": {"https://h/x?token=SECRETTOKEN": "https://h/y#SECRETTOKEN"}}))]
    ),
    "a link for a title whose picture is missing": lambda: raw(
        [row(unit(blob(box()), data_title="https://h/photo.png?token=SECRETTOKEN"))]
    ),
    "a negative number of frames": lambda: raw(
        [row(unit(blob()), data_type="group", spaces={"s": space({}, space_type="video", number_of_frames=-5)})]
    ),
    "a rate and a duration of less than nothing": lambda: raw([video_row({0: blob(box())}, -25.0, -4.0)]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_the_rules_hold(tmp_path, name):
    path = tmp_path / "export.json"
    path.write_text(CASES[name]())
    assert hold(path)


@pytest.mark.parametrize(
    "name", ["a value nested deeper than recursion bears", "a number of too many digits in a label"]
)
def test_a_good_label_is_shown_beside_a_bad_one(tmp_path, name):
    path = tmp_path / "export.json"
    path.write_text(CASES[name]().replace('"objects": [', f'"objects": [{json.dumps(box("good"))}, ', 1))
    (found,) = inspected(open_export([path]))["rows"]
    shown = {a["object_hash"]: a["pixels"] for a in found["annotations"]["data0001"]["0"]}
    assert shown["good"] == pytest.approx({"x": 160, "y": 40, "w": 320, "h": 120})
