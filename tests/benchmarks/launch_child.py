"""One process for bench_launch: prints the time at which its first complete picture was painted."""

from __future__ import annotations

import gc
import sys
import time
from pathlib import Path


def bare(path: str) -> None:
    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QApplication, QLabel

    application = QApplication([])
    label = QLabel()
    label.setPixmap(QPixmap(path))
    label.resize(1366, 768)
    label.show()
    application.processEvents()
    label.grab()
    print(time.time(), flush=True)


def ours(path: str) -> None:
    gc.disable()  # as launch does
    from viewer.app.opening import Start
    from viewer.app.run import make_application
    from viewer.app.settings import Settings
    from viewer.app.window import Window

    application = make_application()
    window = Window(Settings(Path("/nonexistent/settings.ini")), "dark")
    window.show()
    window.open(Start((Path(path),)))
    while not (window.session.is_current() and window.canvas.is_shown()):
        application.processEvents()
    window.canvas.grab()
    print(time.time(), flush=True)
    window.close()


def picture(path: str) -> None:
    from viewer.app.opening import Start, opened
    from viewer.export.unit_media import MediaOf

    export, row, unit, frame = opened(Start((Path(path),)))
    assert row and unit
    source = MediaOf(export, row).matches(unit)[frame if unit.is_group else 0].source
    assert source
    print(source.path)


if __name__ == "__main__":
    {"bare": bare, "ours": ours, "picture": picture}[sys.argv[1]](sys.argv[2])
