"""The text: its passage with the labelled ranges, how it was read above, and the whole of it as a strip below."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from viewer.media.html_page import Page
from viewer.media.text import Text
from viewer.paint.colours import ChartColours
from viewer.scene.coverage import Parts
from viewer.scene.offsets import Score
from viewer.scene.stretches import Stretches
from viewer.scene.view_state import ViewState
from viewer.text.head_pane import HeadPane
from viewer.text.head_words import facts_of, found_words
from viewer.text.lines import Lines
from viewer.text.page_pane import PagePane
from viewer.text.passage_pane import PassagePane
from viewer.text.searching import MOST, Found, found_in
from viewer.text.strip_pane import StripPane


class TextPane(QWidget):
    """Only the owner selects and chooses a reading."""

    selected = Signal(object, int)
    """The hash of a label or None, and which of its ranges."""
    reading_chosen = Signal(object)

    def __init__(self, colours: ChartColours) -> None:
        super().__init__()
        self.colours = colours
        self.head = HeadPane(colours)
        self.passage = PassagePane(colours)
        self.page = PagePane(colours)
        self._views = QStackedWidget()
        """One of the two is seen."""
        self.strip = StripPane(colours)
        self._shown: Text | Page | None = None
        self._lines: Lines | None = None
        self._scores: tuple[Score, ...] = ()
        self._state = ViewState()
        self._found, self._current = Found(), -1
        self._gap: float | None = None
        """Where the stretch without labels begins that was gone to last, unless a range was gone to since."""
        self.setFocusProxy(self.passage)
        self.setAccessibleName("Text")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.setHandleWidth(1)
        self._views.addWidget(self.passage)
        self._views.addWidget(self.page)
        self._split.addWidget(self._views)
        self._split.addWidget(self.strip)
        self._split.setStretchFactor(0, 1)
        self._split.setCollapsible(0, False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._split, 1)

    def _connect(self) -> None:
        for pane in (self.passage, self.page, self.strip):
            pane.selected.connect(self.selected)
        self.passage.seen_changed.connect(self.strip.set_seen)
        self.page.seen_changed.connect(self.strip.set_seen)
        self.strip.offset_requested.connect(self._go_to)
        self.head.reading_chosen.connect(self.reading_chosen)
        self.head.words_searched.connect(self._search)
        self.head.find_stepped.connect(self._step_found)
        self.head.find_left.connect(self._leave_find)

    def set_colours(self, colours: ChartColours) -> None:
        self.colours = colours
        for pane in (self.head, self.passage, self.page, self.strip):
            pane.set_colours(colours)

    # ---------------------------------------------------------------- what is shown

    def show_passage(self, passage: Text | Page | None, lines: Lines | None, trouble: str) -> None:
        """What is read, cut into lines; None with the reason why there is none."""
        if passage is not self._shown or lines is not self._lines:
            self._leave_find()
            self._gap = None
        self._shown, self._lines = passage, lines
        page = passage if isinstance(passage, Page) else None
        self.page.show_page(page)
        self.passage.show_text(lines if page is None else None, f"{trouble[:1].upper()}{trouble[1:]}")
        self._views.setCurrentWidget(self._view)
        self.setFocusProxy(self._view)
        self.head.setVisible(passage is not None)
        if passage is not None and lines is not None:
            facts = facts_of(passage, lines)
            self.head.show_facts(facts, facts.replace(" · ", "\n"), is_doubtful=bool(passage.warnings))
        self._show_reading()

    @property
    def _view(self) -> PassagePane | PagePane:
        """What shows the text just now."""
        return self.page if isinstance(self._shown, Page) else self.passage

    def show_stretches(self, stretches: Stretches | None) -> None:
        """Labels of the text; None while they are not known."""
        had_rows = len(self.strip.rows)
        self._view.show_stretches(stretches)
        self.strip.show_stretches(stretches, self._lines.content if self._lines is not None else None)
        if len(self.strip.rows) != had_rows and self.height() > 0:
            wanted = self.strip.sizeHint().height()
            self._split.setSizes([max(self._split.height() - wanted, 1), wanted])

    def show_scores(self, scores: tuple[Score, ...]) -> None:
        """How well each reading of the offsets fits; empty while it is not known."""
        self._scores = scores
        self._show_reading()

    def set_state(self, state: ViewState) -> None:
        """Selection, what is hidden, how offsets are read. Says nothing back."""
        before, self._state = self._state, state
        is_other = state.reading != before.reading
        if (before.selected, before.stretch) != (state.selected, state.stretch):
            self._gap = None
        self.passage.set_state(state)
        self.page.set_state(state)
        self.strip.set_state(state)
        if is_other:
            self._show_reading()

    def set_strip_shown(self, shown: bool) -> None:
        self.strip.setVisible(shown)

    def _show_reading(self) -> None:
        is_astral = self._lines is not None and self._lines.is_astral
        matters = isinstance(self._shown, Text)
        self.head.show_reading(self._state.reading, self._scores, is_astral=is_astral, matters=matters)

    def _go_to(self, offset: int, first: bool) -> None:
        if first:
            self._view.show_from(offset)
        else:
            self._view.reveal(offset)

    # ---------------------------------------------------------------- finding

    def focus_filter(self) -> None:
        """Find words in the text."""
        self.head.show_find(True)
        self._search(self.head.field.text())

    def _search(self, words: str) -> None:
        self._found = found_in(self._lines.content, words) if self._lines is not None else Found()
        near = self._view.marked_from()
        self._current = self._found.near(near) if self._found.starts else -1
        self._say_found(bool(words))

    def _step_found(self, step: int) -> None:
        if self._found.starts:
            self._current = (self._current + step) % len(self._found.starts)
        self._say_found(bool(self.head.field.text()))

    def _say_found(self, searched: bool) -> None:
        count = len(self._found.starts)
        self.head.say_found(found_words(self._current, count, MOST) if searched else "")
        self._view.show_found(self._found, self._current)

    def _leave_find(self) -> None:
        if not self.head.field.isHidden():
            self.head.show_find(False)
            self._found, self._current = Found(), -1
            self._view.show_found(self._found, self._current)
            self._view.setFocus()

    # ---------------------------------------------------------------- what the keys do

    def zoom_in(self) -> None:
        self._view.zoom_in()

    def zoom_out(self) -> None:
        self._view.zoom_out()

    def fit(self) -> None:
        """Letters of their usual size."""
        self._view.fit()

    def one_to_one(self) -> None:
        self._view.fit()

    def pan(self, across: int, down: int) -> None:
        """So many pixels; a text is never wider than its view."""
        self._view.scroll_by(-down)

    def show_selected(self) -> None:
        """Bring the selected range into view."""
        self._gap = None
        self._view.show_selected()

    def step_gap(self, gaps: Parts, step: int) -> None:
        """To the next words without labels, or those before, which are marked: of stretches of the text, ascending."""
        here, marks = self._gap, self._view.marks
        if here is None:
            is_known = marks is not None and marks.selected >= 0
            here = marks.bounds(marks.selected)[0] if marks is not None and is_known else self._view.seen_offsets()[0]
        ahead = gaps[gaps[:, 0] > here] if step > 0 else gaps[gaps[:, 0] < here][::-1]
        for start, end in ahead.tolist():
            if self._view.mark(int(start), int(end)):
                self._gap = start
                return

    @property
    def is_settled(self) -> bool:
        """Whether what is shown is complete and sharp."""
        return self.page.is_settled
