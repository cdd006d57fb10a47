from __future__ import annotations

import json

import numpy as np
import pytest

from tests.rows import blob, box, image_row, opened, row, unit, video_row
from viewer.check.problems import all_problems, repeated_keys, row_problems, shown_picture_problems, size_problems
from viewer.errors import Place, worst
from viewer.export.export import open_export
from viewer.export.unit_media import MediaOf
from viewer.media.kinds import Picture
from viewer.size import Size


def picture(width=640, height=400, **more):
    pixels = np.zeros((height, width), dtype=np.uint8)
    return Picture(Size(width, height), pixels, pixels, ("L",), **more)


def test_every_problem_of_a_row_once_and_with_its_place(tmp_path):
    frames = {3: blob(box("bad", x=None), box("fine")), 900: blob(box("beyond"))}
    export = opened(tmp_path, video_row(frames))
    found = all_problems(export, export.row(0), MediaOf(export, export.row(0)))
    assert len(found) == len(set(found)) == 3
    by_word = {word: next(p for p in found if word in p.what) for word in ("null", "beyond the end", "not found")}
    assert by_word["null"].place == Place(0, "data0001", 3, "bad") and by_word["null"].severity == "error"
    assert by_word["beyond the end"].place == Place(0, "data0001", 900)
    assert by_word["not found"].place == Place(0, "data0001", 0)


def test_a_caller_may_pause_after_every_frame(tmp_path):
    export = opened(tmp_path, video_row({frame: blob(box()) for frame in range(40)}))
    found = list(row_problems(export, export.row(0), MediaOf(export, export.row(0))))
    assert found.count(None) == 40


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ('{"label_hash": "a", "data_units": {}, "label_hash": "b"}', {"label_hash": "once"}),
        ('{"label_hash": "a", "data_units": {"x": {"w": 1, "w": 2, "w": 3}, "y": {"w": 1, "w": 2}}}', {"w": "3 times"}),
        ('{"label_hash": "a", "data_units": {"x": {"w": 1}, "y": {"w": 1}}}', {}),
    ],
)
def test_keys_that_stand_twice_in_one_object(tmp_path, text, keys):
    (tmp_path / "export.json").write_text(f"[{text}]")
    export = open_export([tmp_path / "export.json"])
    said = [p.what for p in repeated_keys(export, export.row(0))]
    assert len(said) == len(keys)
    assert all(f"'{key}'" in what and count in what for what, (key, count) in zip(said, keys.items(), strict=True))


def test_a_row_too_deep_to_look_for_repeated_keys_is_said_to_be(tmp_path, monkeypatch):
    """A text may be read when it is opened and be too deep later: the levels of the program's own calls count too."""
    export = opened(tmp_path, image_row(box()))

    def too_deep(index: int) -> bytes:
        raise RecursionError

    monkeypatch.setattr(export, "text_of", too_deep)
    (said,) = repeated_keys(export, export.row(0))
    assert said.severity == "note" and said.what.startswith("the JSON is nested too deep")


def test_a_picture_that_cannot_be_decoded_and_one_of_another_size(tmp_path):
    (tmp_path / "photo.png").write_bytes(b"x")
    export = opened(tmp_path, image_row(box()))
    found, media = export.row(0), MediaOf(export, export.row(0))
    (one,) = found.units
    said = shown_picture_problems(found, media, one, 0, None, "this is no picture")
    assert [(p.severity, p.where, p.place.frame) for p in said] == [("error", "photo.png", 0)]
    assert shown_picture_problems(found, media, one, 0, picture(), "") == ()
    odd = picture(320, 200, warnings=("cut short",), notes=("grey",))
    assert [p.severity for p in shown_picture_problems(found, media, one, 0, odd, "")] == ["warning", "note", "warning"]


def test_each_picture_of_a_group_is_held_against_its_own_size(tmp_path):
    units = [unit(blob(), f"p{n}", data_sequence=n, width=100 + n, height=50) for n in range(2)]
    (one,) = opened(tmp_path, row(*units, data_type="img_group", data_hash="g")).row(0).units
    for file in one.files:
        right, wrong = picture(100 + file.frame, 50), picture(50, 100)
        assert not list(size_problems(file.size, right, "x", Place()))
        assert [p.severity for p in size_problems(file.size, wrong, "x", Place())] == ["warning"]


def test_the_gravest_severity(tmp_path):
    export = opened(tmp_path, image_row(box(w=0), box("b", y="0.5")))
    found = all_problems(export, export.row(0), MediaOf(export, export.row(0)))
    assert worst(found) == "warning" and worst([]) is None
    assert json.dumps([p.what for p in found])
