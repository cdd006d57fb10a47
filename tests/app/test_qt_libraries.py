"""A missing system library is named with the command that installs it, before Qt can abort."""

import subprocess
import sys
from pathlib import Path

import pytest

from viewer.app import qt_libraries

PACKAGE_LIST = Path(__file__).parents[2] / "packaging" / "debian-packages.txt"
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems bring these libraries")


@pytest.fixture
def bare_machine(monkeypatch):
    """A Linux without any library that is asked for."""
    monkeypatch.setattr(qt_libraries.sys, "platform", "linux")
    monkeypatch.setattr(qt_libraries, "_loads", lambda name: False)
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)


def test_drawing_off_screen_needs_no_window_libraries(bare_machine):
    missing = qt_libraries.missing_libraries(window=True)
    assert "libGL.so.1" in missing and not any("xcb" in name for name in missing)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"DISPLAY": ":0"}, "libxcb-cursor.so.0"),
        ({"QT_QPA_PLATFORM": "xcb"}, "libxcb-cursor.so.0"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "libwayland-client.so.0"),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "libxcb-cursor.so.0"),
        ({"QT_QPA_PLATFORM": "wayland", "DISPLAY": ":0"}, "libwayland-client.so.0"),
    ],
)
def test_a_window_needs_the_libraries_of_its_display(bare_machine, monkeypatch, environment, expected):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert expected in qt_libraries.missing_libraries(window=True)
    assert expected not in qt_libraries.missing_libraries(window=False)


def test_off_screen_wins_over_a_display(bare_machine, monkeypatch):
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert qt_libraries.missing_libraries(window=True) == qt_libraries.missing_libraries(window=False)


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_other_systems_bring_everything(bare_machine, monkeypatch, platform):
    monkeypatch.setattr(qt_libraries.sys, "platform", platform)
    assert qt_libraries.missing_libraries(window=True) == ()
    assert qt_libraries.has_display()


def test_a_failed_import_is_read(bare_machine, monkeypatch):
    monkeypatch.setattr(qt_libraries, "_is_root", lambda: False)
    error = ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")
    missing = qt_libraries.missing_from(error)
    assert missing[0] == "libEGL.so.1" and len(missing) == len(set(missing))
    line = qt_libraries.install_line(("libEGL.so.1", "libglib-2.0.so.0", "libgthread-2.0.so.0", "libunheard.so.3"))
    assert line == "sudo apt-get install -y --no-install-recommends libegl1 libglib2.0-0"
    assert qt_libraries.missing_from(ImportError("No module named 'PySide6'")) == ()


def test_the_sentence_names_library_and_command(monkeypatch):
    monkeypatch.setattr(qt_libraries, "_is_root", lambda: True)
    said = qt_libraries.sentence(("libxcb-cursor.so.0",))
    assert "library libxcb-cursor.so.0," in said
    assert "\n" not in said
    assert said.endswith(": apt-get install -y --no-install-recommends libxcb-cursor0")
    assert "apt-get" not in qt_libraries.sentence(("libunheard.so.3",))


def test_the_package_list_installs_every_library(bare_machine, monkeypatch):
    monkeypatch.setenv("DISPLAY", ":0")
    needed = set(qt_libraries.install_line(qt_libraries.missing_libraries(window=True)).split())
    monkeypatch.delenv("DISPLAY")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    needed |= set(qt_libraries.install_line(qt_libraries.missing_libraries(window=True)).split())
    needed |= set(qt_libraries.SOUND.values())
    assert {name for name in needed if name.startswith("lib")} == set(PACKAGE_LIST.read_text().split())


@linux
def test_a_library_of_this_machine_is_found_and_an_invented_one_is_not():
    assert qt_libraries._loads("libc.so.6")
    assert not qt_libraries._loads("libnot-on-any-machine.so.1")


@linux
def test_every_library_the_window_plugin_names_is_known():
    """Held against the plugin itself: what its ELF header asks for and the wheel does not bring must be in our list."""
    import PySide6

    qt = Path(PySide6.__file__).parent / "Qt"
    brought = {path.name for path in (qt / "lib").iterdir()}
    for part in ("plugins/platforms/libqxcb.so", "lib/libQt6XcbQpa.so.6", "lib/libQt6Gui.so.6", "lib/libQt6DBus.so.6"):
        try:
            text = subprocess.run(["readelf", "-d", qt / part], capture_output=True, text=True, check=True).stdout
        except FileNotFoundError:
            pytest.skip("readelf is not installed")
        needed = {line.split("[")[1].rstrip("]") for line in text.splitlines() if "(NEEDED)" in line}
        common = {"libstdc++.so.6", "libm.so.6", "libgcc_s.so.1", "libc.so.6", "libz.so.1", "ld-linux-x86-64.so.2"}
        follow_along = {"libX11.so.6", "libxcb.so.1", "libfreetype.so.6"}  # their packages depend on these
        assert needed - brought - common - follow_along <= set(qt_libraries._PACKAGES), part


def test_no_qt_is_imported():
    code = "import sys, viewer.app.qt_libraries; assert not any(m.startswith('PySide6') for m in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
