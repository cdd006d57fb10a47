"""Files are opened only where the user said, and only if they are files."""

from __future__ import annotations

import os

import pytest

from viewer.errors import ViewerError
from viewer.media.image import read_image
from viewer.media.source import Source, file_source, real_below


def test_a_file_is_read_any_number_of_times(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(b"twelve bytes")
    source = file_source(path, tmp_path)
    assert (source.name, source.path, source.bytes_size) == ("a.png", path, 12)
    assert source.modified == path.stat().st_mtime
    assert source.read() == source.read() == b"twelve bytes"
    with source.open() as stream:
        stream.seek(7)
        assert stream.read() == b"bytes"


def test_a_source_without_a_stream_is_read_whole():
    with Source("a", None, lambda: b"abc", 3, 0.0).open() as stream:
        assert stream.read() == b"abc"


def test_the_opened_root_may_be_the_file_itself(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(b"x")
    assert file_source(path, path).read() == b"x"


def refused(path, root) -> str:
    with pytest.raises(ViewerError) as raised:
        file_source(path, root)
    return str(raised.value)


def test_what_is_not_there_is_said(tmp_path):
    assert refused(tmp_path / "a.png", tmp_path) == "The file was not found: a.png"


def test_a_folder_is_no_file(tmp_path):
    (tmp_path / "photo.png").mkdir()
    assert refused(tmp_path / "photo.png", tmp_path) == "This is a folder, not a file: photo.png"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "photo.png")
    assert refused(tmp_path / "photo.png", tmp_path) == "This is a pipe or a device, not a file: photo.png"


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="no devices here")
def test_a_device_is_refused():
    from pathlib import Path

    assert refused(Path("/dev/zero"), Path("/dev")) == "This is a pipe or a device, not a file: zero"


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_links_are_followed_only_inside_the_root(tmp_path):
    root, outside = tmp_path / "root", tmp_path / "root of another"
    root.mkdir()
    outside.mkdir()
    (root / "a.png").write_bytes(b"inside")
    (outside / "b.png").write_bytes(b"outside")
    (root / "to a").symlink_to(root / "a.png")
    (root / "to b").symlink_to(outside / "b.png")
    (root / "folder").symlink_to(outside)
    (root / "to itself").symlink_to(root / "to itself")
    assert file_source(root / "to a", root).read() == b"inside"
    leads = "This file leads outside of what was opened and is left alone: "
    assert refused(root / "to b", root) == leads + "to b"
    assert refused(root / "folder" / "b.png", root) == leads + "b.png"
    assert refused(root / ".." / outside.name / "b.png", root) == leads + "b.png"
    assert "to itself" in refused(root / "to itself", root)
    # an opened folder that is itself a link is fine
    (tmp_path / "link").symlink_to(root)
    assert file_source(tmp_path / "link" / "a.png", tmp_path / "link").read() == b"inside"


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_a_file_exchanged_for_a_link_later_is_not_read(tmp_path):
    root = tmp_path / "root"
    root.mkdir()
    (root / "a.png").write_bytes(b"inside")
    (tmp_path / "secret").write_bytes(b"outside")
    source = file_source(root / "a.png", root)
    (root / "a.png").unlink()
    (root / "a.png").symlink_to(tmp_path / "secret")
    with pytest.raises(ViewerError, match="leads outside"):
        source.read()


def test_a_file_that_is_gone_when_read_is_said_once(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(b"x")
    source = file_source(path, tmp_path)
    path.unlink()
    with pytest.raises(ViewerError) as raised:
        read_image(source, None)
    assert str(raised.value) == "The file was not found: a.png"


@pytest.mark.parametrize(
    "name", ["a.png", "in/b.png", "link.png", "out/c.png", "in/../a.png", "gone.png", "loop/a.png"]
)
def test_links_below_the_root_are_followed_as_the_system_does(tmp_path, name):
    root, beside = tmp_path / "root", tmp_path / "beside"
    (root / "in").mkdir(parents=True)
    beside.mkdir()
    for path in (root / "a.png", root / "in" / "b.png", beside / "c.png"):
        path.write_bytes(b"x")
    (root / "link.png").symlink_to(beside / "c.png")
    (root / "out").symlink_to(beside)
    (root / "loop").symlink_to(root / "loop")
    (tmp_path / "other").symlink_to(root)
    for given in (root, tmp_path / "other"):
        path = os.path.join(given, name)
        assert real_below(path, str(given), os.path.realpath(given)) == os.path.realpath(path)
