"""Texts: keeps the pane of the text or page in line with the session."""

from __future__ import annotations

from PySide6.QtCore import QObject

from viewer.app.session import Session
from viewer.app.stretch_book import StretchBook
from viewer.export.unit_media import PASSAGE_KINDS
from viewer.scene.view_state import ViewState
from viewer.text.text_pane import TextPane


class TextFeed(QObject):
    """One direction: from the session to the pane; a click there selects."""

    def __init__(self, session: Session, book: StretchBook, pane: TextPane) -> None:
        super().__init__()
        self._session, self._book, self._pane = session, book, pane
        book.changed.connect(self._show)
        session.changed.connect(self._on_changed)
        pane.selected.connect(lambda label, place: session.set(selected=label, stretch=place))

    def _is_on_screen(self) -> bool:
        unit = self._session.unit
        return unit is not None and unit.kind in PASSAGE_KINDS

    def _show(self) -> None:
        is_shown = self._is_on_screen()
        self._pane.show_passage(self._book.passage if is_shown else None, self._book.trouble)
        self._pane.show_stretches(self._book.stretches if is_shown else None)
        self._pane.set_state(self._session.state)

    def _on_changed(self, old: ViewState, new: ViewState) -> None:
        if self._is_on_screen():
            self._pane.set_state(new)
