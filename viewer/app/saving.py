"""Saving: what the reviewer takes along of a view: its picture as a file, a link to it as text."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

from viewer.app.dialogs import Dialogs
from viewer.app.session import Session
from viewer.scene.stretch import Stretch

SAID_FOR = 2500
"""Milliseconds that the status line says what was done."""


class Saving(QObject):
    """What the keys do that write or copy."""

    def __init__(self, session: Session, dialogs: Dialogs) -> None:
        super().__init__(dialogs)  # gone with the window: nothing is to be said after it
        self._session = session
        self._dialogs = dialogs
        dialogs.picture_chosen.connect(self._save_frame)

    def ask_where(self) -> None:
        """For a file that the picture of this frame is written to."""
        head = self._session.row.head if self._session.row else None
        if head is not None:
            stem = "".join(c if c.isalnum() or c in "-_." else "_" for c in head.name)[:60]
            self._dialogs.ask_where_to_save(f"{stem}_frame_{self._session.state.frame}.png")

    def _save_frame(self, path: Path) -> None:
        from viewer.canvas.paint_scene import render_image

        view, scene = self._session.view, self._session.scene()
        if view is not None and scene is not None:
            scene = Stretch.of(view.picture, scene.size).scene(scene)
            image = render_image(scene, view.picture, fill=scene.fill, outline=scene.line_width)
            saved = image.save(str(path), "PNG")  # pyright: ignore[reportArgumentType, reportCallIssue]
            self._say_for_a_moment(f"Saved {path.name}" if saved else f"{path.name} cannot be written")

    def copy_link(self) -> None:
        """Where we are, as text that holds hashes and no paths."""
        QGuiApplication.clipboard().setText(self._session.link())
        self._say_for_a_moment("The link was copied")

    def _say_for_a_moment(self, text: str) -> None:
        session = self._session
        session.say_busy(text)
        QTimer.singleShot(SAID_FOR, self, lambda: session.say_busy("") if session.busy == text else None)
