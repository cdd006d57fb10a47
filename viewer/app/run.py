"""The Qt application around a window."""

from __future__ import annotations

import argparse
import faulthandler
import logging
import signal
import socket
import sys
import time
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QSocketNotifier
from PySide6.QtGui import QFileOpenEvent, QGuiApplication
from PySide6.QtWidgets import QApplication

from viewer import __version__
from viewer.app.desktop_install import APP_ID
from viewer.app.icons import app_icon
from viewer.app.launch import window_size
from viewer.app.opening import Start
from viewer.app.settings import Settings
from viewer.app.window import Window
from viewer.errors import ViewerError

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
    size = window_size(options.size)
    # the interface thread gets the interpreter back quickly while workers parse
    sys.setswitchinterval(0.001)
    faulthandler.enable()
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s")
    application = make_application()
    settings = Settings()
    choice = options.theme or settings.theme
    window = Window(settings, choice)
    if size:
        window.resize(*size)
    opener = _FileOpener(window)
    application.installEventFilter(opener)
    _end_on_signals(application)
    window.show()
    if start:
        window.open(start)
    if options.screenshot:
        return _save_screenshot(window, application, options.screenshot)
    return application.exec()


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
    while not window.is_settled():
        if window.failure:
            raise ViewerError(window.failure)
        if time.monotonic() > deadline:
            raise ViewerError(f"the window was not complete within {SETTLE_SECONDS:.0f} seconds")
        application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        time.sleep(0.002)
    if not window.grab().save(str(path), "PNG"):
        raise ViewerError(f"the picture cannot be written: {path}")
    window.close()
    return 0
