"""One running program for each user and display: what is opened from the file manager joins the window that is there."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

LONGEST_MESSAGE = 1_000_000
"""Bytes of a message; more is no list of paths."""
WAIT_MS = 1000


def socket_name() -> str | None:
    """In a folder that only this user can enter; another for each display. None where there is no such folder."""
    display = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY") or "none"
    name = "label-viewer-" + "".join(c if c.isalnum() else "-" for c in display)
    if sys.platform == "win32":
        return f"{name}-{os.environ.get('USERNAME', '')}"
    folder = Path(os.environ.get("XDG_RUNTIME_DIR") or Path(tempfile.gettempdir()) / f"label-viewer-{os.getuid()}")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.stat()
    except OSError:
        return None
    is_private = status.st_uid == os.getuid() and not status.st_mode & 0o077
    return str(folder / name) if is_private else None


def hand_over(name: str, message: dict[str, Any]) -> bool:
    """Give a message to the program that runs already; False where there is none."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(WAIT_MS):
        return False
    socket.write(json.dumps(message).encode() + b"\n")
    if not socket.waitForBytesWritten(WAIT_MS):
        return False
    return socket.waitForReadyRead(WAIT_MS) and bytes(socket.readAll().data()).startswith(b"ok")


class Listener(QObject):
    """Receives what later starts hand over."""

    received = Signal(object)
    """A message, as a dictionary."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._server = QLocalServer(self)
        self._parts: dict[QLocalSocket, bytes] = {}
        # two starts at once must not both find nobody and take the socket from each other
        lock = QLockFile(f"{name}.lock")
        lock.setStaleLockTime(10_000)
        if lock.tryLock(WAIT_MS):
            if not self._server.listen(name):
                QLocalServer.removeServer(name)
                self._server.listen(name)
            lock.unlock()
        self._server.newConnection.connect(self._accept)

    @property
    def listens(self) -> bool:
        return self._server.isListening()

    def close(self) -> None:
        self._server.close()

    def _accept(self) -> None:
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            self._parts[socket] = b""
            socket.readyRead.connect(lambda s=socket: self._read(s))
            socket.disconnected.connect(lambda s=socket: self._forget(s))

    def _read(self, socket: QLocalSocket) -> None:
        text = self._parts.get(socket, b"") + bytes(socket.readAll().data())
        self._parts[socket] = text
        if len(text) > LONGEST_MESSAGE:
            socket.abort()
        elif text.endswith(b"\n"):
            message = _message(text)
            if message is not None:
                socket.write(b"ok\n")
                self.received.emit(message)
            socket.disconnectFromServer()

    def _forget(self, socket: QLocalSocket) -> None:
        self._parts.pop(socket, None)
        socket.deleteLater()


def _message(text: bytes) -> dict[str, Any] | None:
    """The message, if it is one of ours."""
    try:
        made = json.loads(text)
    except ValueError:
        return None
    paths = made.get("paths") if isinstance(made, dict) else None
    return made if isinstance(paths, list) and all(isinstance(path, str) for path in paths) else None
