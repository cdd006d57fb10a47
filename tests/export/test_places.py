from __future__ import annotations

import contextlib
import os
import tracemalloc
import zipfile

import pytest

from tests.rows import box, image_row, written
from viewer.errors import Report, ViewerError
from viewer.export import places
from viewer.export.export import open_export
from viewer.export.places import folder_sources, zip_sources


def names(found) -> list[str]:
    return [source.name for source in found]


def listing(folder):
    report = Report("opened")
    return names(folder_sources(folder, report)), [(p.severity, p.where) for p in report.problems]


def test_regular_files_in_the_order_of_their_names(tmp_path):
    for name in ("b/2.png", "a.png", "b/1.png", ".git/config", "__MACOSX/x.png", "b/._1.png", ".hidden.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_bytes(b"x")
    found, said = listing(tmp_path)
    assert [n for n in found if not n.startswith(".hidden")] == ["a.png", "b/1.png", "b/2.png"] and said == []


def test_links_that_lead_outside_are_named_and_not_followed(tmp_path):
    (tmp_path / "secret.json").write_text("{}")
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "key.png").write_text("x")
    opened = tmp_path / "opened"
    opened.mkdir()
    (opened / "real.png").write_text("x")
    (opened / "inside.png").symlink_to(opened / "real.png")
    (opened / "outside.json").symlink_to(tmp_path / "secret.json")
    (opened / "folder").symlink_to(tmp_path / "secrets")
    (opened / "itself").symlink_to(opened)
    (opened / "nowhere.png").symlink_to(tmp_path / "missing")
    found, said = listing(opened)
    assert found == ["inside.png", "real.png"]
    assert said == [("warning", "opened/outside.json")]


def test_a_pipe_is_not_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe.json")
    written(tmp_path, [image_row(box())])
    assert listing(tmp_path)[0] == ["export.json"]
    assert len(open_export([tmp_path]).heads) == 1


def test_a_file_that_turns_into_a_link_to_the_outside_is_not_read(tmp_path):
    opened = tmp_path / "opened"
    opened.mkdir()
    (opened / "a.png").write_bytes(b"mine")
    (tmp_path / "secret").write_bytes(b"secret")
    (source,) = folder_sources(opened, Report(""))
    (opened / "a.png").unlink()
    (opened / "a.png").symlink_to(tmp_path / "secret")
    with pytest.raises(ViewerError, match="outside"):
        source.read()


def archive(path, entries, **more):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in entries:
            made.writestr(name, data, **more)
    return path


def unpacked(path):
    report = Report("x.zip")
    return zip_sources(path, report), [(p.severity, p.where) for p in report.problems]


def test_entries_are_read_as_streams(tmp_path):
    found, said = unpacked(archive(tmp_path / "x.zip", [("b/two.png", b"2"), ("one.png", b"1"), ("b/", b"")]))
    assert [(s.name, s.read(), s.path) for s in found] == [("b/two.png", b"2", None), ("one.png", b"1", None)]
    assert said == []
    assert sorted(os.listdir(tmp_path)) == ["x.zip"]


@pytest.mark.parametrize(
    "name", ["../evil.json", "a/../../evil.json", "/etc/evil.json", "C:/evil.json", "..\\evil.json"]
)
def test_names_that_lead_outside_are_refused(tmp_path, name):
    found, said = unpacked(archive(tmp_path / "x.zip", [(name, b"{}"), ("good.json", b"[]")]))
    assert names(found) == ["good.json"] and [severity for severity, _ in said] == ["warning"]


def test_links_in_archives_are_refused(tmp_path):
    link = zipfile.ZipInfo("link.json")
    link.external_attr = 0o120777 << 16
    found, said = unpacked(archive(tmp_path / "x.zip", [(link, b"/etc/passwd")]))
    assert found == [] and said == [("warning", "x.zip/link.json")]


def test_litter_of_other_systems_is_passed_over(tmp_path):
    found, said = unpacked(
        archive(tmp_path / "x.zip", [("__MACOSX/._a.json", b"x"), ("._a.json", b"x"), ("a.json", b"[]")])
    )
    assert names(found) == ["a.json"] and said == []


def test_an_entry_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(places, "RATIO_COUNTS_FROM", 100_000)
    bomb = archive(tmp_path / "x.zip", [("bomb.json", b" " * 2_000_000), ("fine.json", b"[1]")])
    found, said = unpacked(bomb)
    assert names(found) == ["fine.json"] and said == [("error", "x.zip/bomb.json")]


def test_an_archive_may_lie_about_how_small_its_entries_were_packed(tmp_path, monkeypatch):
    monkeypatch.setattr(places, "RATIO_COUNTS_FROM", 100_000)
    path = archive(tmp_path / "x.zip", [("bomb.json", b" " * 2_000_000)])
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02") + 20
    data[at : at + 4] = (1_900_000).to_bytes(4, "little")
    path.write_bytes(data)
    assert unpacked(path)[0] == []


def test_two_entries_of_one_name_are_told_and_both_read(tmp_path):
    with pytest.warns(UserWarning, match="Duplicate"):
        path = archive(tmp_path / "x.zip", [("a.png", b"one"), ("a.png", b"two")])
    found, said = unpacked(path)
    assert sorted(source.read() for source in found) == [b"one", b"two"] and said == [("warning", "x.zip/a.png")]


@pytest.mark.parametrize("what", ["stored", "deflated"])
def test_damage_anywhere_in_an_archive_is_a_viewer_error(tmp_path, what):
    method = zipfile.ZIP_STORED if what == "stored" else zipfile.ZIP_DEFLATED
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", method) as made:
        made.writestr("a.json", bytes(range(256)) * 20)
    whole = path.read_bytes()
    refused = 0
    for at in range(0, len(whole), 7 if what == "stored" else 1):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        try:
            for source in zip_sources(path, Report("")):
                source.read()
        except ViewerError:
            refused += 1
    assert refused > 50


def test_an_encrypted_entry_says_so(tmp_path):
    path = archive(tmp_path / "x.zip", [("a.json", b"[]")])
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    path.write_bytes(data)
    report = Report("x.zip")
    assert zip_sources(path, report) == [] and "password" in report.problems[0].what


def test_what_is_no_archive_is_refused(tmp_path):
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04 and nothing more")
    with pytest.raises(ViewerError, match="damaged"):
        zip_sources(tmp_path / "x.zip", Report(""))
    with pytest.raises(ViewerError, match="damaged"):
        open_export([tmp_path / "x.zip"])


def test_a_folder_whose_name_begins_alike_is_outside(tmp_path):
    opened, beside = tmp_path / "opened", tmp_path / "opened-not"
    for folder in (opened, beside):
        folder.mkdir()
    (beside / "key.png").write_text("x")
    (opened / "link.png").symlink_to(beside / "key.png")
    assert listing(opened) == ([], [("warning", "opened/link.png")])


def test_no_more_of_an_entry_is_unpacked_than_its_header_says(tmp_path):
    path = archive(tmp_path / "x.zip", [("a.png", b" " * 20_000_000)])
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (10).to_bytes(4, "little")
    path.write_bytes(data)
    ((source,), _) = unpacked(path)
    tracemalloc.start()
    try:
        with contextlib.suppress(ViewerError):
            source.read()
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()
