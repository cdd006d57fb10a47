"""The Qt application around a window."""

from __future__ import annotations

import argparse
import faulthandler
import gc
import signal
import socket
import sys
import time
from pathlib import Path
from types import FrameType
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QSocketNotifier, QTimer
from PySide6.QtGui import QFileOpenEvent, QGuiApplication
from PySide6.QtWidgets import QApplication

from viewer import __version__
from viewer.app import crash, single_instance
from viewer.app.cycles import Cycles
from viewer.app.desktop_install import APP_ID
from viewer.app.icons import app_icon
from viewer.app.leaving import leave
from viewer.app.opening import Start
from viewer.app.settings import Settings
from viewer.app.window import Window
from viewer.errors import ViewerError

COLLECT_AFTER = 2000
"""Milliseconds after which garbage is collected as usual; what is there by then is looked at no more."""
SETTLE_SECONDS = 60.0
"""A screenshot that is not complete by then is an error."""


def make_application() -> QApplication:
    """The application with its names set, which desktops know it by."""
    QCoreApplication.setApplicationName("label-viewer")
    QCoreApplication.setApplicationVersion(__version__)
    QCoreApplication.setOrganizationDomain("labelviewer.org")
    QGuiApplication.setDesktopFileName(APP_ID)
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationDisplayName("Label Viewer")
    application.setWindowIcon(app_icon())
    return application


def run(start: Start | None, options: argparse.Namespace) -> int:
    """Show a window and wait for its end; or save its picture once it is complete."""
    # the interface thread gets the interpreter back quickly while workers parse
    sys.setswitchinterval(0.001)
    faulthandler.enable()
    application = make_application()
    is_alone = options.new_window or options.screenshot is not None
    name = None if is_alone else single_instance.socket_name()
    if name and single_instance.hand_over(name, _as_message(start)):
        return 0
    listener = single_instance.Listener(name) if name else None
    crash.start_logging(None if options.screenshot else crash.log_file())
    settings = Settings(in_memory=options.screenshot is not None)
    window = Window(settings, options.theme or settings.theme)
    crash.catch_everything(lambda text: window.background.post(lambda: window.panes.bar.say("error", text)))
    if listener:
        listener.received.connect(lambda message: _receive(window, message))
    if options.size:
        window.resize(*options.size)
    opener = _FileOpener(window)
    application.installEventFilter(opener)
    _end_on_signals(application)
    if start:
        window.open(start)  # before it is seen, so that the start page does not flash up
    window.show()
    QTimer.singleShot(COLLECT_AFTER, lambda: _collect_again(application))
    if options.screenshot:
        return _save_screenshot(window, application, options.screenshot)
    status = application.exec()
    if listener:
        listener.close()
    settings.write()
    return leave(status)


def _collect_again(application: QApplication) -> None:
    gc.freeze()
    Cycles(application)


def _as_message(start: Start | None) -> dict[str, Any]:
    if start is None:
        return {"v": 1, "paths": []}
    place = {"row": start.row, "unit": start.unit, "frame": start.frame}
    files = {"paths": [str(path) for path in start.paths], "media": [str(path) for path in start.media]}
    return {"v": 1, **files, **place, "ontology": str(start.ontology) if start.ontology else None}


def _receive(window: Window, message: dict[str, Any]) -> None:
    """Open what another start handed over, and come to the front."""
    paths = tuple(Path(path) for path in message["paths"])
    if paths:
        ontology = message.get("ontology")
        frame = message.get("frame")
        window.open(
            Start(
                paths,
                media=tuple(Path(folder) for folder in message.get("media") or () if isinstance(folder, str)),
                ontology=Path(ontology) if isinstance(ontology, str) else None,
                row=message.get("row") if isinstance(message.get("row"), str) else None,
                unit=message.get("unit") if isinstance(message.get("unit"), str) else None,
                frame=frame if isinstance(frame, int) else None,
            )
        )
    window.raise_()
    window.activateWindow()


class _FileOpener(QObject):
    """Files that macOS hands over as events."""

    def __init__(self, window: Window) -> None:
        super().__init__()
        self._window = window

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent):
            path = event.url().toLocalFile() or event.file()
            if path:
                self._window.open(Start((Path(path),)))
            return True
        return super().eventFilter(watched, event)


def _end_on_signals(application: QApplication) -> None:
    """End within a moment of SIGINT or SIGTERM: Python's handlers run only when the event loop wakes."""
    reader, writer = socket.socketpair()
    writer.setblocking(False)
    signal.set_wakeup_fd(writer.fileno())
    notifier = QSocketNotifier(reader.fileno(), QSocketNotifier.Type.Read, application)
    notifier.activated.connect(lambda: reader.recv(64))
    application.setProperty("signal_sockets", (reader, writer))

    def stop(_number: int, _frame: FrameType | None) -> None:
        application.quit()

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)


def _save_screenshot(window: Window, application: QApplication, path: Path) -> int:
    """Wait until everything shown is complete and sharp, save the window, end. Raises ViewerError."""
    deadline = time.monotonic() + SETTLE_SECONDS
    while not window.failure and not window.is_settled():
        if time.monotonic() > deadline:
            raise ViewerError(f"the window was not complete within {SETTLE_SECONDS:.0f} seconds")
        application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        time.sleep(0.002)
    if window.failure:
        raise ViewerError(window.failure)
    if not window.grab().save(str(path), "PNG"):
        raise ViewerError(f"the picture cannot be written: {path}")
    window.close()
    return 0
