"""The command line around the commands: refusals are one line and status 2; readers may leave early."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.rows import box, image_row, written
from viewer.__main__ import main


def refused(capsys, *arguments) -> str:
    status = main([*map(str, arguments)])
    out, err = capsys.readouterr()
    assert status == 2 and out == "" and len(err.splitlines()) == 1 and err.startswith("label-viewer: ")
    return err


@pytest.mark.parametrize("command", ["inspect", "check", "render"])
def test_what_cannot_be_opened_is_one_line_with_status_2(tmp_path, capsys, command):
    more = ["-o", tmp_path / "x.png"] if command == "render" else []
    assert "no such" in refused(capsys, command, tmp_path / "missing.json", *more)
    (tmp_path / "bad.json").write_text("{")
    assert "bad.json" in refused(capsys, command, tmp_path / "bad.json", *more)
    assert "x1b" in refused(capsys, command, tmp_path / "\x1b[31m\n.json", *more)


@pytest.mark.parametrize(
    "arguments",
    [
        ["inspect"],
        ["check"],
        ["render", "x.json"],
        ["render", "-o", "x.png"],
        ["inspect", "--nonsense", "x.json"],
        ["render", "x.json", "-o", "y.png", "--scale", "big"],
        ["render", "x.json", "y.json", "-o", "y.png"],
        ["--frame", "soon"],
        ["--nonsense"],
        ["check", "--media"],
    ],
)
def test_wrong_usage_is_one_line_with_status_2(capsys, arguments):
    refused(capsys, *arguments)


def test_a_media_folder_or_ontology_that_is_not_there(tmp_path, capsys):
    path = written(tmp_path, [image_row(box())])
    assert "no such folder of media" in refused(capsys, "inspect", path, "--media", tmp_path / "missing")
    assert "ontology" in refused(capsys, "inspect", path, "--ontology", tmp_path / "missing.json")


def test_a_path_that_begins_with_a_dash(tmp_path, capsys, monkeypatch):
    written(tmp_path, [image_row(box())], "--help.json")
    monkeypatch.chdir(tmp_path)
    assert main(["check", "--", "--help.json"]) == 0


def run(*arguments, **more) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "viewer", *map(str, arguments)], capture_output=True, **more)


def test_a_reader_that_leaves_early_is_no_failure(tmp_path):
    rows = [image_row(box(), label_hash=f"l{n}", data_hash=f"d{n}") for n in range(400)]
    path = written(tmp_path, rows)
    for command in ("inspect", "check"):
        given = [sys.executable, "-m", "viewer", command, str(path)]
        with subprocess.Popen(given, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
            assert running.stdout is not None and running.stderr is not None
            running.stdout.read(10)
            running.stdout.close()
            assert running.stderr.read() == b"" and running.wait() in (0, 1)


def test_a_refusal_leaves_no_traceback(tmp_path):
    done = run("inspect", tmp_path / "missing.json")
    assert done.returncode == 2 and done.stdout == b"" and done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("encoding", ["C", "POSIX"])
def test_any_locale_prints_the_same(tmp_path, encoding):
    path = written(tmp_path, [image_row(box(name="Kuh 牛"))])
    plain = run("inspect", path)
    other = run("inspect", path, env={**os.environ, "LC_ALL": encoding, "LANG": encoding})
    assert other.stdout == plain.stdout and other.returncode == 0


def test_a_row_that_is_not_there(tmp_path, capsys):
    path = written(tmp_path, [image_row(box())])
    assert "no row" in refused(capsys, "inspect", path, "--row", "nobody")


def test_an_interrupt_ends_with_status_130(monkeypatch):
    def interrupted(given):
        raise KeyboardInterrupt

    monkeypatch.setattr("viewer.__main__._run", interrupted)
    assert main(["check", "x.json"]) == 130
