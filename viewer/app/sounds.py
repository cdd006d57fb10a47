"""Sounds: keeps the pane of the sound in line with the session."""

from __future__ import annotations

from PySide6.QtCore import QObject

from viewer.app.background import Background
from viewer.app.session import Session
from viewer.app.stretch_book import StretchBook
from viewer.scene.view_state import ViewState
from viewer.sound.sound_pane import SoundPane


class SoundFeed(QObject):
    """One direction: from the session to the pane; a click there seeks and selects."""

    def __init__(self, session: Session, book: StretchBook, background: Background, pane: SoundPane) -> None:
        super().__init__()
        self._session, self._book, self._background, self._pane = session, book, background, pane
        book.changed.connect(self._show)
        session.changed.connect(self._on_changed)
        pane.position_requested.connect(lambda sample: session.set(position=sample))
        pane.selected.connect(lambda label, place: session.set(selected=label, stretch=place))

    def _is_on_screen(self) -> bool:
        unit = self._session.unit
        return unit is not None and unit.kind == "audio"

    def _show(self) -> None:
        self._pane.show_stretches(self._book.stretches if self._is_on_screen() else None)

    def _on_changed(self, old: ViewState, new: ViewState) -> None:
        if self._is_on_screen():
            self._pane.set_state(new)
