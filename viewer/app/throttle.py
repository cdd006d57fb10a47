"""Throttle: what may lag behind a little is done at once when all is quiet, and now and then while much happens."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

PAUSE = 90
"""Milliseconds between two calls at least."""


class Throttle(QObject):
    """Calls one function; the last request is never lost."""

    def __init__(self, call: Callable[[], None]) -> None:
        super().__init__()
        self._call = call
        self._asked = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._on_pause)

    def ask(self) -> None:
        """Call it now, or once the pause since the last call is over."""
        if self._timer.isActive():
            self._asked = True
        else:
            self._timer.start()
            self._call()

    @property
    def waits(self) -> bool:
        """Whether a call is still to come."""
        return self._asked

    def _on_pause(self) -> None:
        if self._asked:
            self._asked = False
            self._timer.start()
            self._call()

    def stop(self) -> None:
        """Nothing is called any more."""
        self._timer.stop()
        self._asked = False
