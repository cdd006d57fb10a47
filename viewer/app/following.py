"""Following: the selected label is brought into view, and kept in the middle from frame to frame."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from viewer.app.session import Session
from viewer.app.showing import Showing
from viewer.canvas.canvas_pane import CanvasPane
from viewer.shapes.sketch import Bounds


class Following(QObject):
    """What the keys do that look at the selected label."""

    changed = Signal()

    def __init__(self, session: Session, showing: Showing, canvas: CanvasPane) -> None:
        super().__init__()
        self._session = session
        self._showing = showing
        self._canvas = canvas
        self.is_on = False
        self._followed: str | None = None

    def zoom_to_selected(self) -> None:
        bounds = self._bounds()
        if bounds is not None:
            self._canvas.zoom_to(bounds)

    def toggle(self) -> None:
        self.is_on = not self.is_on
        self._followed = None
        self.follow()
        self.changed.emit()

    def follow(self) -> None:
        """Zoom to a label that was just selected; keep one that is followed already in the middle, as large as it is."""
        if not self.is_on:
            return
        selected, bounds = self._session.state.selected, self._bounds()
        if bounds is None:
            return  # not on this frame: the picture stays where it was seen last
        if selected == self._followed:
            self._canvas.centre_on((bounds.left + bounds.right) / 2, (bounds.top + bounds.bottom) / 2)
        else:
            self._followed = selected
            self._canvas.zoom_to(bounds)

    def _bounds(self) -> Bounds | None:
        annotation = self._showing.annotation(self._session.state.selected)
        return annotation.sketch.bounds if annotation and annotation.sketch else None
