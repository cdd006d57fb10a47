"""Texts: keeps the pane of the text or page in line with the session."""

from __future__ import annotations

from PySide6.QtCore import QObject

from viewer.app.background import Background
from viewer.app.readings import Readings
from viewer.app.session import Session
from viewer.app.stretch_book import StretchBook
from viewer.export.unit_media import PASSAGE_KINDS
from viewer.media.html_page import Page
from viewer.media.text import Text
from viewer.scene.offsets import scored
from viewer.scene.view_state import ViewState
from viewer.text.lines import Lines, lines_of
from viewer.text.text_pane import TextPane


class TextFeed(QObject):
    """One direction: from the session to the pane; a click there selects."""

    def __init__(
        self, session: Session, book: StretchBook, background: Background, pane: TextPane, readings: Readings
    ) -> None:
        super().__init__()
        self._session, self._book, self._background, self._pane = session, book, background, pane
        self._cut: tuple[Text | Page, Lines] | None = None
        """The text as lines, once it is cut."""
        self._scored: tuple[object, object] | None = None
        """Text and labels of which it was asked how well each reading of the offsets fits."""
        book.changed.connect(self._show)
        session.changed.connect(self._on_changed)
        pane.reading_chosen.connect(readings.choose)
        pane.selected.connect(lambda label, place: session.set(selected=label, stretch=place))

    def _is_on_screen(self) -> bool:
        unit = self._session.unit
        return unit is not None and unit.kind in PASSAGE_KINDS

    def _show(self) -> None:
        is_shown, passage = self._is_on_screen(), self._book.passage
        if not is_shown or passage is None:
            self._cut = None
            self._pane.show_passage(None, None, self._book.trouble if is_shown else "")
        elif self._cut is None or self._cut[0] is not passage:
            # cutting millions of characters takes a while; what was on screen has gone already
            self._background.run("lines", lambda: lines_of(passage.content), lambda made: self._on_cut(passage, made))
            return
        else:
            self._pane.show_passage(passage, self._cut[1], "")
        self._pane.show_stretches(self._book.stretches if is_shown else None)
        self._pane.set_state(self._session.state)
        self._score()

    def _score(self) -> None:
        """Which reading of the offsets fits best: of the numbers as exported, so once for a text and its labels."""
        passage, stretches, index = self._book.passage, self._book.stretches, self._session.index
        if not isinstance(passage, Text) or stretches is None:
            return
        if self._scored is None or self._scored[0] is not passage or self._scored[1] is not index:
            self._scored = passage, index
            self._pane.show_scores(())
            ranges = [found for label in stretches.labels for found in label.ranges]
            self._background.run("scores", lambda: scored(ranges, passage.content), self._pane.show_scores)

    def _on_cut(self, passage: Text | Page, lines: Lines) -> None:
        if passage is self._book.passage:
            self._cut = passage, lines
            self._show()

    @property
    def is_settled(self) -> bool:
        """Whether the text and its labels are on screen, complete and sharp."""
        return not self._is_on_screen() or (self._book.stretches is not None and self._pane.is_settled)

    def _on_changed(self, old: ViewState, new: ViewState) -> None:
        if self._is_on_screen():
            self._pane.set_state(new)
