from __future__ import annotations

import pytest

from tests.rows import blob, box, image_row, row, unit, written
from viewer.commands.inspect import inspected
from viewer.export.export import open_export
from viewer.export.find_media import MediaNames
from viewer.labels.records import UnitFile
from viewer.media.source import Source


def names(*paths: str) -> MediaNames:
    return MediaNames(Source(path, None, lambda: b"", 0, 0.0) for path in paths)


def find(known: MediaNames, title: str = "", data_hash: str = "", link: str = ""):
    """(file found, how) or the number of files that it could be."""
    match = known.find(UnitFile(0, data_hash, title, None, "", link, ""))
    return (match.source.name, match.found_by) if match.source else len(match.candidates)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"title": "photo.png"}, ("photo.png", "name")),
        ({"title": "street/photo.png"}, ("photo.png", "name")),
        ({"title": "street\\photo.png"}, ("photo.png", "name")),
        ({"title": "PHOTO.PNG"}, ("photo.png", "name")),
        ({"title": "photo"}, ("photo.png", "title")),
        ({"title": "plain.dat"}, ("plain", "title")),
        ({"title": "other.png", "data_hash": "0b5e-77"}, ("0b5e-77.jpg", "hash")),
        ({"title": "other.png", "data_hash": "0B5E-78"}, ("0b5e-78", "hash")),
        ({"title": "other.png", "link": "bucket/user/clip-9.mp4"}, ("sub/clip-9.mp4", "link")),
        ({"title": "other.png", "link": "bucket/user/clip-9"}, ("sub/clip-9.mp4", "link")),
        ({"title": "other.png"}, 0),
        ({}, 0),
        ({"title": "/"}, 0),
        ({"title": ".png"}, 0),
    ],
)
def test_by_name_then_title_then_hash_then_link(wanted, expected):
    known = names("photo.png", "plain", "0b5e-77.jpg", "0b5e-78", "sub/clip-9.mp4", "export.json", "x.labelreview")
    assert find(known, **wanted) == expected


def test_an_export_is_never_taken_for_media():
    assert find(names("photo.json", "photo.labelreview"), title="photo") == 0


def test_one_name_in_two_folders_is_ambiguous_and_none_is_guessed():
    assert find(names("a/photo.png", "b/photo.png"), title="photo.png") == 2


def test_folders_in_the_title_decide():
    known = names("x/a/photo.png", "x/b/photo.png", "y/b/photo.png")
    assert find(known, title="a/photo.png") == ("x/a/photo.png", "name")
    assert find(known, title="y/b/photo.png") == ("y/b/photo.png", "name")
    assert find(known, title="b/photo.png") == 2
    assert find(known, title="../../a/photo.png") == ("x/a/photo.png", "name")


def test_names_that_differ_only_in_case_are_told_apart():
    known = names("Photo.png", "photo.png")
    assert find(known, title="photo.png") == ("photo.png", "name")
    assert find(known, title="dir/Photo.png") == ("Photo.png", "name")
    assert find(known, title="PHOTO.PNG") == 2


def test_a_hash_settles_what_the_name_leaves_open():
    assert find(names("a/photo.png", "b/photo.png", "h1.png"), title="photo.png", data_hash="h1") == ("h1.png", "hash")


def test_ambiguity_is_reported_with_both_places(tmp_path):
    path = written(tmp_path, [image_row(box())])
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "photo.png").write_bytes(b"")
    document = inspected(open_export([path]))
    assert document["rows"][0]["units"][0]["media"] is None
    (said,) = [p for p in document["problems"] if "ambiguous" in p["what"]]
    assert said["severity"] == "warning" and "one/photo.png" in said["what"] and "two/photo.png" in said["what"]


def test_added_folders_come_first(tmp_path):
    path = written(tmp_path / "export", [image_row(box())])
    for folder in ("export", "media"):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / "photo.png").write_bytes(b"")
    (found,) = inspected(open_export([path], [tmp_path / "media"]))["rows"][0]["units"]
    assert found["media"] == {"path": str(tmp_path / "media" / "photo.png"), "found_by": "name"}


@pytest.mark.parametrize("title", ["../secret.png", "/secret.png", "{tmp}/secret.png", "a/../../secret.png"])
def test_nothing_outside_what_was_opened_is_ever_found(tmp_path, title):
    (tmp_path / "secret.png").write_bytes(b"")
    path = written(tmp_path / "opened", [row(unit(blob(box()), data_title=title.format(tmp=tmp_path)))])
    document = inspected(open_export([path]))
    assert document["rows"][0]["units"][0]["media"] is None
    assert [p["severity"] for p in document["problems"]] == ["warning"]


def test_of_an_image_group_each_frame_has_its_own_file(tmp_path):
    units = [unit(blob(), f"pic{n}", data_title=f"{n}.png", data_sequence=n) for n in range(3)]
    path = written(tmp_path, [row(*units, data_type="img_group", data_hash="group001")])
    for n in (0, 2):
        (tmp_path / f"{n}.png").write_bytes(b"")
    document = inspected(open_export([path]))
    (found,) = document["rows"][0]["units"]
    assert [file["media"] and file["media"]["path"] for file in found["files"]] == [
        str(tmp_path / "0.png"), None, str(tmp_path / "2.png"),
    ]  # fmt: skip
    (said,) = [p for p in document["problems"] if "not found" in p["what"]]
    assert said["what"].startswith("1 of 3 media files not found: 1.png")


def test_media_in_the_archive_that_was_opened(tmp_path):
    import json
    import zipfile

    with zipfile.ZipFile(tmp_path / "export.zip", "w") as made:
        made.writestr("labels/export.json", json.dumps([image_row(box())]))
        made.writestr("media/photo.png", b"x")
    (found,) = inspected(open_export([tmp_path / "export.zip"]))["rows"][0]["units"]
    assert found["media"] == {"path": "media/photo.png", "found_by": "name"}


def test_a_hash_counts_before_the_link():
    known = names("h1.png", "linked.png")
    assert find(known, title="other.png", data_hash="h1", link="bucket/linked") == ("h1.png", "hash")
