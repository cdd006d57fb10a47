"""Shared libraries that Qt needs and a wheel cannot bring: which are missing, and the command that installs them.

Looked at before Qt is imported, because Qt says little when one is missing: the import fails with a bare file
name, and a window aborts the whole process. No Qt import here.
"""

from __future__ import annotations

import ctypes
import locale
import os
import re
import shutil
import sys

_DRAWING = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
"""What importing QtGui needs, with or without a display: file name to Debian package."""

_X11 = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-util.so.1": "libxcb-util1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
"""What a window on X11 needs besides."""

_WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}
"""What a window on Wayland needs besides."""

SOUND = {
    "libpulse.so.0": "libpulse0",
    "libXrandr.so.2": "libxrandr2",
}
"""What playing sounds needs besides; without them all else works."""

_PACKAGES = _DRAWING | _X11 | _WAYLAND | SOUND
_MISSING = re.compile(r"(lib[^\s:/]+\.so(?:\.\d+)*): cannot open shared object file")


def has_display() -> bool:
    """Whether a window can be opened: always on macOS and Windows, elsewhere where X11 or Wayland is announced."""
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def use_utf8_locale() -> None:
    """Qt wants a locale in UTF-8, and says so on standard error where there is none; it is given one."""
    if sys.platform != "win32" and locale.nl_langinfo(locale.CODESET).upper() not in ("UTF-8", "UTF8"):
        os.environ["LC_ALL"] = "C.UTF-8"


def missing_libraries(window: bool) -> tuple[str, ...]:
    """File names of the libraries that are not there; `window` asks for those of a window on this display as well.

    Empty everywhere but on Linux, where the wheels of Qt lean on the system's graphics libraries.
    """
    if not sys.platform.startswith("linux"):
        return ()
    missing = _not_loading(_DRAWING)
    return missing + _missing_for_window() if window else missing


def missing_from(error: ImportError) -> tuple[str, ...]:
    """The library that a failed import of Qt names, and all others that are missing; empty if it failed otherwise."""
    found = _MISSING.search(str(error))
    if found is None:
        return ()
    named = found.group(1)
    return (named, *(name for name in missing_libraries(window=False) if name != named))


def install_line(missing: tuple[str, ...]) -> str:
    """The command that installs `missing` on Debian and Ubuntu, without sudo for root; libraries unknown here are left out."""
    packages = dict.fromkeys(_PACKAGES[name] for name in missing if name in _PACKAGES)
    get = "apt-get install -y --no-install-recommends " + " ".join(packages)
    return get if _is_root() else f"sudo {get}"


def sentence(missing: tuple[str, ...]) -> str:
    """What is missing and what to do, in one line for standard error."""
    several = "libraries" if len(missing) > 1 else "library"
    what = f"Qt needs the shared {several} {', '.join(missing)}, which this machine does not have."
    if not any(name in _PACKAGES for name in missing):
        return what
    if shutil.which("apt-get"):
        return f"{what} Install with: {install_line(missing)}"
    return f"{what} Install the packages that hold them; on Debian and Ubuntu that is: {install_line(missing)}"


def _missing_for_window() -> tuple[str, ...]:
    chosen = os.environ.get("QT_QPA_PLATFORM", "").split(";")[0].split(":")[0]
    x11, wayland = bool(os.environ.get("DISPLAY")), bool(os.environ.get("WAYLAND_DISPLAY"))
    if chosen.startswith("wayland") or (not chosen and wayland):
        missing = _not_loading(_WAYLAND)
        # Qt goes on to X11 by itself where both are announced.
        return missing if not (missing and x11 and not chosen) else _not_loading(_X11)
    if chosen == "xcb" or (not chosen and x11):
        return _not_loading(_X11)
    return ()


def _not_loading(libraries: dict[str, str]) -> tuple[str, ...]:
    return tuple(name for name in libraries if not _loads(name))


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
