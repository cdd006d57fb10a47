"""The desktop entry and file type: installed completely, removed exactly, and recognised by the desktop's own tools."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from viewer.app import desktop_install
from viewer.app.desktop_install import APP_ID, MIME_TYPE, install, uninstall
from viewer.app.resources import SHARE
from viewer.errors import ViewerError

pytestmark = pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="desktop entries are for Linux")


def needs(*tools):
    missing = [tool for tool in tools if shutil.which(tool) is None]
    return pytest.mark.skipif(bool(missing), reason=f"{', '.join(missing)} not installed")


def files(folder):
    return {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}


def entry(home):
    text = (home / "applications" / f"{APP_ID}.desktop").read_text()
    return dict(line.split("=", 1) for line in text.splitlines()[::-1] if "=" in line)


def test_everything_is_installed_and_removed(tmp_path):
    bystander = tmp_path / "applications" / "other.desktop"
    bystander.parent.mkdir()
    bystander.write_text("[Desktop Entry]\n")
    done = install(tmp_path, ("/opt/viewer/label-viewer",))
    assert files(SHARE) <= files(tmp_path) and str(tmp_path) in done[0]
    uninstall(tmp_path)
    assert not files(SHARE) & files(tmp_path)
    assert bystander.read_text() == "[Desktop Entry]\n"


def test_uninstall_of_nothing_says_so(tmp_path):
    assert uninstall(tmp_path) == [f"Nothing was installed below {tmp_path}"]
    assert files(tmp_path) == set()


def test_the_entry_starts_the_installing_program(tmp_path):
    install(tmp_path, ("/opt/viewer/label-viewer",))
    assert entry(tmp_path)["Exec"] == "/opt/viewer/label-viewer %F"
    assert entry(tmp_path)["TryExec"] == "/opt/viewer/label-viewer"
    text = (tmp_path / "applications" / f"{APP_ID}.desktop").read_text()
    assert "Exec=/opt/viewer/label-viewer --new-window\n" in text and "Exec=label-viewer" not in text


@pytest.mark.parametrize("folder", ["with space", "per%cent", 'quo"te', "dollar$HOME", "back\\slash", "tick`x`"])
def test_odd_characters_in_the_path_survive(tmp_path, folder):
    """Read back as the specification says: unescape the string, let a shell split it, undouble per cents."""
    program = f"/opt/{folder}/label-viewer"
    install(tmp_path, (program, "-m", "viewer"))
    value = entry(tmp_path)["Exec"].replace("\\\\", "\\")
    split = subprocess.run(["sh", "-c", f"printf '%s\\n' {value}"], capture_output=True, text=True, check=True)
    parts = [part.replace("%%", "%") for part in split.stdout.splitlines()]
    assert parts == [program, "-m", "viewer", "%F"]


def test_data_home_follows_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    install(program=("label-viewer",))
    assert (tmp_path / "data" / "applications" / f"{APP_ID}.desktop").is_file()
    monkeypatch.setenv("XDG_DATA_HOME", "relative/is/ignored")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    install(program=("label-viewer",))
    assert (tmp_path / "home/.local/share/applications" / f"{APP_ID}.desktop").is_file()


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ViewerError, match="could not be written"):
        install(tmp_path / "file")


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_other_systems_are_told(monkeypatch, tmp_path, platform):
    monkeypatch.setattr(desktop_install.sys, "platform", platform)
    with pytest.raises(ViewerError, match="Linux"):
        install(tmp_path)


def test_running_program_is_absolute(monkeypatch, tmp_path):
    script = tmp_path / "label-viewer"
    script.write_text("")
    script.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["./label-viewer"])
    assert desktop_install.running_program() == (str(script),)
    monkeypatch.setattr(sys, "argv", ["/somewhere/viewer/__main__.py"])
    assert desktop_install.running_program() == (os.path.abspath(sys.executable), "-m", "viewer")


@needs("desktop-file-validate")
def test_the_installed_entry_is_valid(tmp_path):
    install(tmp_path, (sys.executable, "-m", "viewer"))
    checked = subprocess.run(
        ["desktop-file-validate", tmp_path / "applications" / f"{APP_ID}.desktop"], capture_output=True, text=True
    )
    assert (checked.returncode, checked.stdout) == (0, "")


ROW = {"label_hash": "7c1d0c0a", "branch_name": "main", "data_units": {}, "data_title": "a.jpg"}
LATE = {"created_at": "x" * 700, "data_units": {}, "label_hash": "7c1d0c0a"}


CONTENTS = {
    "list": (json.dumps([ROW, ROW]), MIME_TYPE),
    "pretty list": (json.dumps([ROW, ROW], indent=2), MIME_TYPE),
    "row": (json.dumps(ROW), MIME_TYPE),
    "pretty row": (json.dumps(ROW, indent=4), MIME_TYPE),
    "late hash": (json.dumps([LATE]), MIME_TYPE),
    "other": ('{"a":1}', "application/json"),
    "numbers": ("[1, 2, 3]", "application/json"),
    "ontology": ('{"objects": [], "classifications": []}', "application/json"),
    "string": ('"label_hash"', "application/json"),
}


@pytest.fixture
def json_files(tmp_path):
    for name, (content, _) in CONTENTS.items():
        (tmp_path / f"{name}.json").write_text(content)
    return {str(tmp_path / f"{name}.json"): expected for name, (_, expected) in CONTENTS.items()}


@pytest.fixture(params=["of the user", "of the system"])
def types(request, tmp_path):
    """The environment of a desktop with our type installed beside the system's types, in its two possible places."""
    if request.param == "of the user":
        install(tmp_path / "share", ("label-viewer",))
        return os.environ | {"XDG_DATA_HOME": str(tmp_path / "share"), "XDG_DATA_DIRS": "/usr/share"}
    shutil.copytree("/usr/share/mime/packages", tmp_path / "share" / "mime" / "packages")
    install(tmp_path / "share", ("label-viewer",))
    return os.environ | {"XDG_DATA_HOME": str(tmp_path / "none"), "XDG_DATA_DIRS": str(tmp_path / "share")}


@needs("update-mime-database", "gio")
def test_gio_knows_exports_and_leaves_other_json_alone(json_files, types):
    found = {}
    for path in json_files:
        command = ["gio", "info", "-a", "standard::content-type", path]
        said = subprocess.run(command, env=types, capture_output=True, text=True, check=True).stdout
        found[path] = said.split("standard::content-type: ")[1].split()[0]
    assert found == json_files


@needs("update-mime-database")
def test_qt_knows_exports_and_leaves_other_json_alone(json_files, types):
    code = "import sys; from PySide6.QtCore import QMimeDatabase as D; print(*(D().mimeTypeForFile(p).name() for p in sys.argv[1:]))"
    command = [sys.executable, "-c", code, *json_files]
    said = subprocess.run(command, env=types, capture_output=True, text=True, check=True).stdout
    assert dict(zip(json_files, said.split(), strict=True)) == json_files
