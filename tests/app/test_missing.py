"""A library that is not installed: one sentence at the medium that needs it, and everything else as usual."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.app.conftest import settle
from tests.mixed import KINDS, mixed
from tests.ranged import letter
from tests.rows import written
from viewer.__main__ import main
from viewer.app.opening import Start
from viewer.app.sound_output import find_device
from viewer.app.window import Window
from viewer.media import pdf

LACKS = {
    "sound": (("soundfile", "av"), "audio", "pip install soundfile"),
    "page": (("selectolax",), "html", "pip install selectolax"),
    "document": (("pypdfium2",), "pdf", "pip install pypdfium2"),
}
"""The packages that are not there, the kind of unit that needs them, and what is said."""


@pytest.fixture(params=LACKS.values(), ids=LACKS)
def lack(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    packages, kind, said = request.param
    for package in packages:
        for name in (package, *(known for known in sys.modules if known.startswith(f"{package}."))):
            monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setattr(pdf, "_pdfium", pdf._pdfium.__wrapped__)
    return kind, said


def said_in(window: Window) -> str:
    """What stands in place of the medium; empty where it is shown."""
    match window.session.unit.kind:
        case "audio":
            return window.panes.sound.view.message
        case "text" | "html":
            return window.panes.text.passage._message
        case _:
            return window.session.view.trouble


def test_the_window_says_so_at_the_medium_and_lists_its_labels(
    make_window: Callable[[], Window], tmp_path: Path, qtbot: QtBot, lack: tuple[str, str]
) -> None:
    window = make_window()
    window.open(Start((mixed(tmp_path),)))
    for place, kind in enumerate(KINDS):
        window.session.go_to(place)
        qtbot.waitUntil(lambda wanted=place: window.session.state.row == wanted)
        settle(window, qtbot)
        assert window.session.unit.kind == kind
        assert window.session.index.instances
        said = said_in(window)
        assert (lack[1] in said) == (kind == lack[0]) == bool(said), f"{kind}: {said}"
    assert not window.failure


def test_the_commands_name_it_once_and_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lack: tuple[str, str]
) -> None:
    export = str(mixed(tmp_path))
    assert main(["check", export]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in lines if lack[1] in line] == ["error"]
    assert sum(line.startswith("error") for line in lines) == 1
    assert main(["inspect", export]) == 0
    out, wrong = capsys.readouterr()
    assert not wrong and all(f'"{label}"' in out for label in ("s1", "p1", "w1", "mark", "car"))


def test_what_is_rendered_of_other_rows_is_the_same(tmp_path: Path, lack: tuple[str, str]) -> None:
    out = tmp_path / "out.png"
    assert main(["render", str(mixed(tmp_path)), "--row", "photo", "-o", str(out)]) == 0
    assert out.read_bytes()[:4] == b"\x89PNG"


def test_without_what_guesses_encodings_the_usual_one_is_taken_and_that_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "chardetng_py", None)
    (tmp_path / "note.txt").write_bytes("Zoé était âgée; une fois, un garçon".encode("latin-1"))
    assert main(["check", str(written(tmp_path, [letter()]))]) == 0
    (line,) = (line for line in capsys.readouterr().out.splitlines() if "pip install" in line)
    assert "Windows-1252 is assumed" in line and line.endswith("pip install chardetng-py")


@pytest.mark.parametrize(
    ("error", "begins", "what"),
    [
        (
            ImportError("libpulse.so.0: cannot open shared object file: No such file or directory"),
            "libpulse.so.0 is missing: ",
            "install -y --no-install-recommends libpulse0",
        ),
        (
            ModuleNotFoundError("No module named 'PySide6.QtMultimedia'"),
            "QtMultimedia is missing: ",
            "pip install PySide6-Addons",
        ),
    ],
)
def test_without_multimedia_it_is_said_what_to_install(
    monkeypatch: pytest.MonkeyPatch, error: ImportError, begins: str, what: str
) -> None:
    class Refusing:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "PySide6.QtMultimedia":
                raise error

    package = importlib.import_module("PySide6")
    monkeypatch.delitem(sys.modules, "PySide6.QtMultimedia", raising=False)
    monkeypatch.delattr(package, "QtMultimedia", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Refusing(), *sys.meta_path])
    device, reason = find_device()
    assert device is None and reason.startswith(begins) and what in reason
