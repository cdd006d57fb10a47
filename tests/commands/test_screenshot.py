"""`--screenshot`: the window as a picture, complete, and one line where there is nothing to show."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PIL import Image

from tests.rows import box, image_row, written


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "viewer", *arguments], capture_output=True, text=True, timeout=100)


def test_the_window_is_saved_at_the_size_asked_for(tmp_path: Path) -> None:
    Image.new("RGB", (640, 400), (10, 200, 30)).save(tmp_path / "photo.png")
    export = written(tmp_path, [image_row(box())])
    out = tmp_path / "out.png"
    done = run(str(export), "--screenshot", str(out), "--size", "900x600", "--theme", "light")
    assert (done.returncode, done.stderr) == (0, "")
    with Image.open(out) as image:
        assert image.size == (900, 600)
        colours = {colour for _, colour in image.convert("RGB").getcolors(1_000_000)}
    assert (10, 200, 30) in colours, "the picture is shown"


def test_what_cannot_be_opened_is_one_line_and_status_2(tmp_path: Path) -> None:
    (tmp_path / "notes.json").write_text('{"a": 1}')
    for path in (tmp_path / "notes.json", tmp_path / "missing.json", tmp_path / "nothing"):
        done = run(str(path), "--screenshot", str(tmp_path / "out.png"))
        assert done.returncode == 2
        assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "out.png").exists()


def test_a_row_that_is_not_there_is_said(tmp_path: Path) -> None:
    export = written(tmp_path, [image_row(box())])
    done = run(str(export), "--row", "nobody", "--screenshot", str(tmp_path / "out.png"))
    assert done.returncode == 2 and "nobody" in done.stderr


def test_a_wrong_size_is_said(tmp_path: Path) -> None:
    done = run("--demo", "--screenshot", str(tmp_path / "out.png"), "--size", "huge")
    assert done.returncode == 2 and "--size" in done.stderr
