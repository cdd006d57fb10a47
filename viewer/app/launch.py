"""From the command line to a window: what can be said without Qt is said before Qt is imported."""

from __future__ import annotations

import argparse
import gc
import os
from pathlib import Path
from typing import TYPE_CHECKING

from viewer.app import qt_libraries
from viewer.app.large_blocks import give_back_large_blocks
from viewer.errors import ViewerError, escaped

if TYPE_CHECKING:
    from viewer.app.opening import Start

NO_DISPLAY = (
    "no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set). "
    "Without one, `label-viewer --demo --screenshot OUT.png` saves a picture of the window, "
    "`label-viewer render` draws labels, and `inspect` and `check` need none"
)


def launch(options: argparse.Namespace) -> int:
    """Open the window that the options ask for, or save its picture. Raises ViewerError for what can be expected."""
    if options.install_desktop or options.uninstall_desktop:
        from viewer.app.desktop_install import install, uninstall

        print("\n".join(install() if options.install_desktop else uninstall()))
        return 0
    options.size = window_size(options.size)
    # until the first frame is shown the collector only costs time: nothing of what is imported will ever be freed
    gc.disable()
    give_back_large_blocks()
    start = _start(options)
    _prepare_platform(off_screen_allowed=options.screenshot is not None)
    try:
        from viewer.app.run import run
    except ImportError as error:
        missing = qt_libraries.missing_from(error)
        if not missing:
            raise
        raise ViewerError(qt_libraries.sentence(missing)) from error
    return run(start, options)


def _prepare_platform(*, off_screen_allowed: bool) -> None:
    """Choose to draw off screen where that is wanted; say what is missing before Qt aborts over it."""
    qt_libraries.use_utf8_locale()
    has_display = qt_libraries.has_display() or "QT_QPA_PLATFORM" in os.environ
    if not has_display:
        if not off_screen_allowed:
            raise ViewerError(NO_DISPLAY)
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    missing = qt_libraries.missing_libraries(window=has_display)
    if missing:
        raise ViewerError(qt_libraries.sentence(missing))


def _start(options: argparse.Namespace) -> Start | None:
    from viewer.app.opening import Start

    paths: list[Path] = [Path(os.path.abspath(path)) for path in options.paths]
    if options.demo:
        from viewer.app.demo_folder import demo_folder

        paths = [demo_folder(), *paths]
    if not paths:
        return None
    for path in paths:
        if not os.path.exists(path):
            raise ViewerError(f"no such file or folder: {escaped(str(path))[:300]}")
    return Start(
        paths=tuple(paths),
        media=tuple(Path(os.path.abspath(folder)) for folder in options.media),
        ontology=Path(os.path.abspath(options.ontology)) if options.ontology else None,
        row=options.row,
        unit=options.unit,
        frame=options.frame,
    )


def window_size(text: str | None) -> tuple[int, int] | None:
    """'1366x768' as numbers. Raises ViewerError for anything else."""
    if text is None:
        return None
    width, _, height = text.lower().partition("x")
    if not (width.isdecimal() and height.isdecimal() and 200 <= int(width) <= 16_000 and 200 <= int(height) <= 16_000):
        raise ViewerError(f"--size wants width x height such as 1366x768, not {escaped(text)}")
    return int(width), int(height)
