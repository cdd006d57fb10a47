from __future__ import annotations

import json
import re

import pytest
from PIL import Image

from tests.rows import box, image_row, label, written
from viewer.__main__ import main
from viewer.commands.check import SAME_SHOWN, lines
from viewer.errors import Problem

LINE = re.compile(r"(error|warning|note): [^\n]+?: [^\n]+")


def checked(capsys, *arguments):
    """(exit status, lines)."""
    status = main(["check", *map(str, arguments)])
    out, err = capsys.readouterr()
    assert err == ""
    return status, out.splitlines()


@pytest.fixture
def photo(tmp_path):
    Image.new("RGB", (640, 400), "white").save(tmp_path / "photo.png")
    return tmp_path


def test_nothing_wrong(photo, capsys):
    path = written(photo, [image_row(box())])
    assert checked(capsys, path) == (0, ["no problems found"])
    assert checked(capsys, path, "--json") == (0, ["[]"])


@pytest.mark.parametrize(
    ("bad", "status", "severity"),
    [
        (box("b", x=None), 1, "error"),
        (label("polygon", {}, "b"), 1, "error"),
        (box("b", w=0), 0, "warning"),
        (label("hypercube", {"hypercube": 1}, "b"), 0, "warning"),
        (label("point", {"point": {"5": {"x": 0.5, "y": 0.5}}}, "b"), 0, "note"),
    ],
)
def test_the_exit_status_is_1_where_there_is_an_error(photo, capsys, bad, status, severity):
    path = written(photo, [image_row(box(), bad)])
    code, said = checked(capsys, path)
    assert code == status and len(said) == 1 and LINE.fullmatch(said[0])
    assert said[0].startswith(f"{severity}: export.json $[0].data_units.data0001.labels.objects[1].")
    code, text = checked(capsys, path, "--json")
    (problem,) = json.loads("\n".join(text))
    assert code == status and set(problem) == {"severity", "where", "what"}
    assert said == [f"{problem['severity']}: {problem['where']}: {problem['what']}"]


def test_missing_media_are_a_warning(tmp_path, capsys):
    status, said = checked(capsys, written(tmp_path, [image_row(box())]))
    assert status == 0 and len(said) == 1 and "media not found: photo.png" in said[0]


def test_a_picture_that_cannot_be_decoded_is_an_error_at_its_file(tmp_path, capsys):
    (tmp_path / "photo.png").write_bytes(b"no picture")
    status, said = checked(capsys, written(tmp_path, [image_row(box())]))
    assert status == 1 and said[0].startswith("error: photo.png: ")


def test_a_picture_of_another_size_is_told(tmp_path, capsys):
    Image.new("RGB", (320, 200)).save(tmp_path / "photo.png")
    status, said = checked(capsys, written(tmp_path, [image_row(box())]))
    assert (
        status == 0 and said[0].startswith("warning: photo.png: ") and "320 x 200" in said[0] and "640 x 400" in said[0]
    )


def test_control_characters_never_reach_the_terminal(tmp_path, capsys):
    nasty = "\x1b[31m\u202e\nred\r\x07\x9b31m"
    given = image_row(box("a" + nasty, name=nasty, x=None), box("b", confidence=nasty), data_title=nasty)
    given["data_units"]["data0001"]["data_title"] = nasty
    given["data_units"][nasty] = {"data_hash": nasty, "labels": 5}
    path = written(tmp_path, [given], f"export{nasty[:6]}.json")
    for command in ("check", "inspect"):
        main([command, str(path)])
        out, err = capsys.readouterr()
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", out) and err == ""
        assert "x1b[31m" in out or "u001b[31m" in out
    assert all(LINE.fullmatch(line) for line in checked(capsys, path)[1])


def test_keys_that_stand_twice_are_told(photo, capsys):
    path = photo / "export.json"
    path.write_text(json.dumps([image_row(box())]).replace('"name": "Car"', '"name": "Bus", "name": "Car"'))
    status, said = checked(capsys, path)
    assert status == 0 and len(said) == 1 and "duplicate key 'name'" in said[0]


def test_the_same_sentence_many_times_is_cut_short_with_a_count():
    problems = [Problem("warning", f"x.json $[{n}]", "odd") for n in range(1000)]
    said = lines([*problems, Problem("error", "y", "worse")])
    assert len(said) == SAME_SHOWN + 2
    assert "error: y: worse" in said
    assert said[-1] == f"warning: and {1000 - SAME_SHOWN} more places: odd"


def test_every_row_is_checked(tmp_path, capsys):
    rows = [image_row(box(x=None), label_hash=f"l{n}", data_hash=f"d{n}") for n in range(5)]
    status, said = checked(capsys, written(tmp_path, rows), "--json")
    places = [p["where"] for p in json.loads("\n".join(said)) if p["severity"] == "error"]
    assert status == 1 and places == [
        f"export.json $[{n}].data_units.data0001.labels.objects[0].boundingBox.x" for n in range(5)
    ]


@pytest.mark.parametrize("which", ["label001", "label002"])
def test_what_is_wrong_with_the_folders_of_media_is_told_whatever_rows_are_asked_for(tmp_path, capsys, which):
    outside = tmp_path / "elsewhere.png"
    outside.write_bytes(b"x")
    path = written(
        tmp_path / "opened", [image_row(box()), image_row(box(), label_hash="label002", data_hash="data0002")]
    )
    (path.parent / "link.png").symlink_to(outside)
    main(["check", str(path), "--row", which])
    assert capsys.readouterr().out.count("link.png") == 1
