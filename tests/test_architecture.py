"""The rooms of the code: imports go one way, a file's name says how much of Qt it may use, large libraries come late."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.rows import box, image_row, written

ROOT = Path(__file__).resolve().parents[1]
VIEWER = ROOT / "viewer"
FILES = sorted(VIEWER.rglob("*.py"))

BASE = {"errors", "size"}
MODEL = BASE | {"shapes", "labels"}
SCENE = MODEL | {"media", "scene"}
MAY_IMPORT = {
    "errors": set(),
    "size": set(),
    "shapes": BASE,
    "labels": MODEL,
    "media": BASE,
    "export": MODEL | {"media"},
    "scene": SCENE,
    "check": SCENE | {"export"},
    "review": MODEL | {"media", "export"},
    "paint": SCENE,
    "canvas": SCENE | {"paint"},
    "timeline": SCENE | {"paint"},
    "sound": SCENE | {"paint"},
    "text": SCENE | {"paint"},
    "panels": SCENE | {"paint"},
    "demo": BASE,
    "app": SCENE | {"paint", "export", "check", "review", "canvas", "timeline", "sound", "text", "panels", "demo"},
    "commands": SCENE | {"export", "check", "review", "canvas", "sound", "text"},
    "__main__": {"errors", "commands", "export", "app"},
}
"""What each room may import beside itself; siblings on screen never import one another."""
EXCEPTION = ("commands/render.py", "viewer.app.qt_libraries")
"""Before it draws, `render` asks, as the window does, whether what Qt needs is installed."""

LATE = {"cv2", "av", "pydicom", "nibabel", "soundfile", "selectolax", "pypdfium2", "PIL", "chardetng_py"}
"""Libraries that are imported where a file of their kind is opened, never when a module is."""
LINES, FUNCTION_LINES = 500, 80


class Import(NamedTuple):
    file: Path
    line: int
    module: str
    name: str | None
    lazy: bool
    """Inside a function."""
    typing_only: bool

    def __str__(self) -> str:
        return f"{self.file.relative_to(ROOT)}:{self.line} imports {self.module}"


def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def imports(file: Path) -> Iterator[Import]:
    """Every import of a file, wherever it stands."""

    def walk(node: ast.AST, lazy: bool, typing_only: bool) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                for alias in child.names:
                    yield Import(file, child.lineno, alias.name, None, lazy, typing_only)
            elif isinstance(child, ast.ImportFrom):
                assert child.level == 0, f"{file}:{child.lineno}: a relative import"
                for alias in child.names:
                    yield Import(file, child.lineno, child.module or "", alias.name, lazy, typing_only)
            inner = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            checking = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
            yield from walk(child, lazy or inner, typing_only or checking)

    yield from walk(parsed(file), False, False)


ALL = [found for file in FILES for found in imports(file)]


def room(file: Path) -> str:
    inside = file.relative_to(VIEWER)
    return inside.parts[0] if len(inside.parts) > 1 else inside.stem


def own_room(found: Import) -> str | None:
    """The room of ours that is imported; None for anything else."""
    parts = found.module.split(".")
    if parts[0] != "viewer":
        return None
    if len(parts) > 1:
        return parts[1]
    is_ours = found.name is not None and ((VIEWER / found.name).is_dir() or (VIEWER / f"{found.name}.py").exists())
    return found.name if is_ours else None


def test_there_are_files_to_look_at():
    assert len(FILES) > 50 and len(ALL) > 300


def test_every_room_has_its_place():
    assert {room(file) for file in FILES} - {"__init__"} <= set(MAY_IMPORT)


@pytest.mark.parametrize("name", sorted(MAY_IMPORT))
def test_imports_go_one_way(name):
    allowed = MAY_IMPORT[name] | {name}
    here = [found for found in ALL if room(found.file) == name and not is_the_exception(found)]
    assert not [str(found) for found in here if own_room(found) not in (None, *allowed)]


def is_the_exception(found: Import) -> bool:
    return (found.file.relative_to(VIEWER).as_posix(), f"{found.module}.{found.name}") == EXCEPTION


def test_the_one_exception_is_needed_and_leads_to_nothing_else():
    assert any(is_the_exception(found) for found in ALL)
    asked = [found for found in ALL if found.file == VIEWER / "app" / "qt_libraries.py"]
    assert not [str(found) for found in asked if own_room(found) or qt_modules(found)]


def test_the_demo_is_imported_by_the_window_only():
    assert {room(found.file) for found in ALL if own_room(found) == "demo"} <= {"app", "demo"}


def test_no_two_rooms_may_import_one_another():
    assert not [(one, other) for one in MAY_IMPORT for other in MAY_IMPORT[one] - {one} if one in MAY_IMPORT[other]]


def qt_allowed(file: Path) -> set[str]:
    """By the file's name: panes and the application anything, painters QtGui and QtCore, all else nothing."""
    if room(file) == "app" or file.stem.endswith("_pane"):
        return {"any"}
    if file.stem.startswith("paint_"):
        return {"QtGui", "QtCore"}
    if file.relative_to(VIEWER).as_posix() == "commands/render.py":
        return {"QtGui", "QtCore"}
    return set()


def qt_modules(found: Import) -> str | None:
    parts = found.module.split(".")
    if parts[0] not in ("PySide6", "shiboken6"):
        return None
    return parts[1] if len(parts) > 1 else found.name


def test_a_files_name_says_how_much_of_qt_it_may_use():
    wrong = []
    for found in ALL:
        module, allowed = qt_modules(found), qt_allowed(found.file)
        if module is not None and "any" not in allowed and module not in allowed:
            wrong.append(str(found))
    assert not wrong


def test_rendering_imports_qt_only_when_it_draws():
    assert not [str(f) for f in ALL if room(f.file) == "commands" and qt_modules(f) and not (f.lazy or f.typing_only)]


def test_large_libraries_are_never_imported_with_a_module():
    wrong = [
        str(found)
        for found in ALL
        if found.module.split(".")[0] in LATE
        and not (found.lazy or found.typing_only)
        and room(found.file) not in ("media", "demo")
    ]
    assert not wrong


def calls(file: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(parsed(file)):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


def test_what_is_never_called():
    """FFmpeg's log reaches into Python from its own threads and deadlocks; OpenCV's windows bring a Qt of their own."""
    never = ("av.logging.set_level", "logging.set_level", "imshow", "waitKey", "namedWindow", "destroyAllWindows")
    wrong = [f"{file}:{line}: {name}" for file in FILES for line, name in calls(file) if name.endswith(never)]
    assert not wrong


def test_files_stay_small():
    lengths = {file.relative_to(ROOT).as_posix(): len(file.read_text(encoding="utf-8").splitlines()) for file in FILES}
    assert {name: length for name, length in lengths.items() if length > LINES} == {}


def test_functions_stay_small():
    lengths = {
        f"{file.relative_to(ROOT)}: {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for file in FILES
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: length for name, length in lengths.items() if length > FUNCTION_LINES} == {}


PROGRAM = """
import sys, json
from viewer.__main__ import main
sys.stdout = open(sys.argv[1], "w")
status = main(sys.argv[2:])
sys.stdout.close()
sys.__stdout__.write(json.dumps([status, sorted(name for name in sys.modules if "." not in name)]))
"""


def loaded(folder: Path, *arguments: object) -> set[str]:
    """Modules in a process after a command."""
    given = [sys.executable, "-c", PROGRAM, str(folder / "out"), *map(str, arguments)]
    done = subprocess.run(given, capture_output=True, text=True, check=True, cwd=ROOT)
    status, modules = json.loads(done.stdout)
    assert status in (0, 1), done.stderr
    return set(modules)


@pytest.mark.parametrize("command", ["inspect", "check"])
def test_commands_that_draw_nothing_load_neither_qt_nor_decoders(tmp_path, command):
    modules = loaded(tmp_path, command, written(tmp_path, [image_row(box())]))
    assert "viewer" in modules and not modules & {"PySide6", "shiboken6", *LATE}


@pytest.mark.parametrize("command", ["inspect", "check"])
def test_nor_do_they_with_pictures_load_qt(tmp_path, command):
    from PIL import Image

    Image.new("RGB", (640, 400)).save(tmp_path / "photo.png")
    modules = loaded(tmp_path, command, written(tmp_path, [image_row(box())]))
    assert not modules & {"PySide6", "shiboken6"}


def test_opencv_leaves_qts_plugins_alone():
    """It sets two variables that would make Qt look for its plugins and fonts inside OpenCV."""
    program = "import os; from viewer.media.opencv import cv2; cv2(); print([k for k in os.environ if 'QT_QPA' in k])"
    plain = {key: value for key, value in os.environ.items() if "QT_QPA" not in key}
    given = [sys.executable, "-c", program]
    done = subprocess.run(given, capture_output=True, text=True, check=True, cwd=ROOT, env=plain)
    assert done.stdout.strip() == "[]"
