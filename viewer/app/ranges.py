"""Ranges: keeps the list of labelled ranges and the inspector in line with the session."""

from __future__ import annotations

from PySide6.QtCore import QObject

from viewer.app.background import Background
from viewer.app.inspecting import Inspecting
from viewer.app.panes import Panes
from viewer.app.session import Session
from viewer.app.stretch_book import StretchBook
from viewer.panels.range_list import RangeRows
from viewer.scene.view_state import ViewState

MADE_AT_ONCE = 5_000
"""Ranges whose list is made on the interface thread."""


class RangesFeed(QObject):
    """One direction: from the session to the list; a click there selects."""

    def __init__(
        self, session: Session, book: StretchBook, background: Background, panes: Panes, inspecting: Inspecting
    ) -> None:
        super().__init__()
        self._background = background
        self._session, self._book, self._panes, self._inspecting = session, book, panes, inspecting
        inspecting.book = book
        self._is_opening = False
        self._text_end: tuple[str, str, float] = "", "", 0.0
        """(text, what is counted, how much of it there is)."""
        session.opening.connect(self._on_opening)
        book.changed.connect(self._show)
        session.changed.connect(self._on_changed)
        panes.ranges.selected.connect(self._select)
        panes.inspector.range_requested.connect(lambda place: session.set(stretch=place))

    def _on_opening(self) -> None:
        self._is_opening = True

    def _show(self) -> None:
        book, panes, unit = self._book, self._panes, self._session.unit
        panes.details.setTabVisible(panes.details.indexOf(panes.ranges), book.is_needed)
        content = book.passage.content if book.passage is not None else None
        self._list(unit.kind if unit is not None else "", content)
        panes.labels.set_words(None if book.stretches is None or content is None else book.words_of)
        if unit is None or not book.is_needed:
            self._is_opening = self._is_opening and unit is None
            return
        if not self._select_first():
            self._inspecting.refresh()

    def _list(self, kind: str, content: str | None) -> None:
        """At once where there are few, so that the list never blinks; else from a worker."""
        pane, stretches, end = self._panes.ranges, self._book.stretches, self._end(content)

        def work() -> RangeRows | None:
            rows = RangeRows(stretches, content, end) if stretches is not None else None
            _ = rows.coverage if rows is not None else None
            return rows

        def then(rows: RangeRows | None) -> None:
            pane.show_rows(rows, kind)
            pane.set_state(self._session.state)

        self._background.cancel("list of ranges")
        if stretches is None or len(stretches) <= MADE_AT_ONCE:
            then(work())
        else:
            pane.show_rows(None, kind)
            self._background.run("list of ranges", work, then)

    def _end(self, content: str | None) -> float | None:
        """Where the unit ends, in what its ranges count."""
        unit, units = self._session.unit, self._session.state.reading.units
        if unit is None or unit.kind == "html":
            return None
        if content is None:
            return unit.duration * 1000 if unit.duration is not None else None
        if self._text_end[0] is not content or self._text_end[1] != units:
            length = len(content) if units == "code points" else len(content.encode("utf-16-le", "surrogatepass")) // 2
            self._text_end = content, units, float(length)
        return self._text_end[2]

    def _select_first(self) -> bool:
        """On opening the first range is selected, so that its words and answers are there at once; whether it was."""
        stretches = self._book.stretches
        if not self._is_opening or stretches is None:
            return False
        self._is_opening = False
        first = stretches.first()
        if self._session.state.selected is not None or first is None:
            return False
        self._session.set(selected=stretches.label_of(first).object_hash, stretch=int(stretches.places[first]))
        return True

    def _select(self, label: str, place: int) -> None:
        """Go to a range; back to it where it is selected already."""
        state, unit = self._session.state, self._session.unit
        is_selected = (state.selected, state.stretch) == (label, place)
        self._session.set(selected=label, stretch=place)
        if is_selected and unit is not None:
            (self._panes.sound if unit.kind == "audio" else self._panes.text).show_selected()

    def _on_changed(self, old: ViewState, new: ViewState) -> None:
        self._panes.ranges.set_state(new)
