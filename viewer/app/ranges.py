"""Ranges: keeps the list of labelled ranges and the panes of sounds and texts in line with the session."""

from __future__ import annotations

from PySide6.QtCore import QObject

from viewer.app.panes import Panes
from viewer.app.session import Session
from viewer.app.stretch_book import StretchBook
from viewer.scene.view_state import ViewState


class RangesFeed(QObject):
    """One direction: from the session to the list; a click there selects."""

    def __init__(self, session: Session, book: StretchBook, panes: Panes) -> None:
        super().__init__()
        self._session, self._book, self._panes = session, book, panes
        book.changed.connect(self._show)
        session.changed.connect(self._on_changed)
        panes.ranges.selected.connect(lambda label, place: session.set(selected=label, stretch=place))

    def _show(self) -> None:
        book, panes = self._book, self._panes
        panes.details.setTabVisible(panes.details.indexOf(panes.ranges), book.is_needed)
        panes.ranges.show_ranges(book.stretches, book.passage.content if book.passage is not None else None)
        panes.ranges.set_state(self._session.state)

    def _on_changed(self, old: ViewState, new: ViewState) -> None:
        self._panes.ranges.set_state(new)
