"""The scripts of the two commands, and the README that names them."""

import importlib.util
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

import viewer
from viewer.app.desktop_install import APP_ID

TOP = Path(__file__).resolve().parents[2]
ENVIRONMENT = TOP / "packaging" / "environment.sh"
SHELL = shutil.which("sh")
pytestmark = pytest.mark.skipif(SHELL is None, reason="no shell")


def run_sh(script, **environment):
    """Run lines after sourcing environment.sh, with these variables only."""
    return subprocess.run([SHELL, "-c", f". {ENVIRONMENT}\n{script}"], env=environment, capture_output=True, text=True)


def fake_python(folder, name, version):
    """A program that answers `-c` as a Python of that version would."""
    folder.mkdir(exist_ok=True)
    program = folder / name
    program.write_text(f"#!{SHELL}\nexit {0 if version >= (3, 11) else 1}\n")
    program.chmod(0o755)
    return program


@pytest.mark.parametrize("script", ["packaging/try.sh", "packaging/test.sh", "packaging/environment.sh"])
def test_scripts_are_plain_shell(script):
    subprocess.run([SHELL, "-n", TOP / script], check=True)


def test_the_first_python_that_is_new_enough_is_taken(tmp_path):
    fake_python(tmp_path, "python3", (3, 9))
    new = fake_python(tmp_path, "python3.12", (3, 12))
    assert run_sh("find_python", PATH=str(tmp_path)).stdout.strip() == str(new)
    chosen = fake_python(tmp_path / "else", "mine", (3, 13))
    assert run_sh("find_python", PATH=str(tmp_path), PYTHON=str(chosen)).stdout.strip() == str(chosen)


def test_an_old_python_alone_is_refused_with_a_sentence(tmp_path):
    fake_python(tmp_path, "python3", (3, 9))
    ended = run_sh("find_python", PATH=str(tmp_path))
    assert ended.returncode == 1 and ended.stdout == ""
    assert "Python 3.11 or newer" in ended.stderr


def test_the_asked_version_is_the_one_of_the_project():
    project = tomllib.loads((TOP / "pyproject.toml").read_text())["project"]
    (asked,) = set(re.findall(r"sys.version_info < \((\d+), (\d+)\)", ENVIRONMENT.read_text()))
    assert project["requires-python"] == f">={'.'.join(asked)}"


def test_commands_of_the_readme_exist():
    text = (TOP / "README.md").read_text()
    named = set(re.findall(r"sh (packaging/\S+\.sh)", text)) | set(re.findall(r"packaging/[\w-]+\.(?:txt|py)", text))
    assert {"packaging/try.sh", "packaging/test.sh", "packaging/debian-packages.txt"} <= named
    assert all((TOP / name).is_file() for name in named)
    assert "$(cat packaging/debian-packages.txt)" in text


def test_keys_of_the_readme_are_those_of_the_actions():
    """After changing keys run packaging/make_key_table.py."""
    spec = importlib.util.spec_from_file_location("make_key_table", TOP / "packaging" / "make_key_table.py")
    table = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(table)
    text = (TOP / "README.md").read_text(encoding="utf-8")
    assert table.with_table(text) == text


def test_the_changelog_and_the_metainfo_name_this_version():
    assert f"## {viewer.__version__}\n" in (TOP / "CHANGELOG.md").read_text()
    metainfo = (TOP / "resources/linux/share/metainfo" / f"{APP_ID}.metainfo.xml").read_text()
    assert f'<release version="{viewer.__version__}"' in metainfo
