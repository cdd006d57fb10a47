"""The one switch that hides who a patient is: in the tags, the inspector and the raw data, and so in pictures of them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from viewer.app.inspecting import Inspecting
from viewer.app.panes import Panes
from viewer.app.settings import Settings


class Identity(QObject):
    """Hidden until the reviewer asks; remembered for the next window."""

    changed = Signal()

    def __init__(self, settings: Settings, panes: Panes, inspecting: Inspecting) -> None:
        super().__init__()
        self._settings = settings
        self._panes = panes
        self._inspecting = inspecting
        self.is_hidden = settings.hides_identity
        panes.tags.identity_asked.connect(self.toggle)
        self._tell()

    def toggle(self) -> None:
        self.is_hidden = not self.is_hidden
        self._settings.hides_identity = self.is_hidden
        self._tell()
        self._inspecting.refresh()
        self.changed.emit()

    def _tell(self) -> None:
        for pane in (self._panes.tags, self._panes.inspector, self._panes.raw):
            pane.set_identity_hidden(self.is_hidden)
