"""The list of labelled ranges of a sound or text: where each starts and ends, and the words it holds."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import numpy as np
from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QActionGroup, QGuiApplication

from viewer.panels.button_pane import FlatButton
from viewer.panels.colours import PanelColours
from viewer.panels.line import Line
from viewer.panels.list_pane import LineList
from viewer.panels.paint_style import Icons
from viewer.panels.parts_pane import FilterField, Pane, Rule, menu_of
from viewer.panels.range_lines import exact_ends, range_line, said_by, summary, table_of
from viewer.panels.range_list import SORT_TITLES, RangeFilter, RangeRows, Rows, SortBy
from viewer.panels.range_words import MEDIUM_WORDS
from viewer.panels.text_pane import Text
from viewer.scene.stretches import Stretches
from viewer.scene.view_state import ViewState
from viewer.scene.words import counted

Run = Callable[[str, Callable[[], Any], Callable[[Any], None]], None]
"""Runs work of a kind away from the interface thread, then hands over what came of it there."""
MANY_ROWS, LONG_TEXT = 5_000, 200_000
"""From so many ranges, or characters, on lists are filtered and sorted in the background."""
NONE: Rows = np.zeros(0, dtype=np.intp)


def _at_once(kind: str, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
    then(work())


class RangesPane(Pane):
    """Only the owner selects."""

    selected = Signal(object, int)
    """The hash of a label, and which of its ranges; the one that is selected already too, to be gone back to."""
    copied = Signal(str)
    """What went to the clipboard."""

    def __init__(self, colours: PanelColours, icons: Icons, run: Run = _at_once) -> None:
        super().__init__(colours, icons, "Ranges")
        style = self.style_of_parts
        self._run = run
        self._rows: RangeRows | None = None
        self._kept: Rows = NONE
        self._wanted = RangeFilter()
        self._kind = ""
        self._state = ViewState()
        self._title = Text(style, "Ranges", "strong")
        self._sorting = FlatButton(style, icon="sort", title="Sort the ranges")
        self.header(self._title, self._sorting)
        self._field = FilterField(style, "Filter by class, answers, words")
        self.header(self._field, margins=(8, 0, 8, 6))
        self._list = LineList(style, "Ranges")
        self._list.copy_text = self._said
        self.column.addWidget(self._list, 1)
        self._summary = Text(style, "", "quiet")
        self._summary.setContentsMargins(8, 4, 8, 4)
        self._rule = Rule(style)
        self.column.addWidget(self._rule)
        self.column.addWidget(self._summary)
        self.setFocusProxy(self._list)
        self._sorting.clicked.connect(self._ask_order)
        self._field.textChanged.connect(lambda _: self._arrange())
        self._field.down.connect(self._list.setFocus)
        self._field.left.connect(self._list.setFocus)
        self._field.entered.connect(self._enter)
        self._list.chosen.connect(self._choose)
        self._list.chosen_again.connect(self._choose)
        self._list.entered_line.connect(self._choose)
        self._list.menu_asked.connect(self._ask_menu)
        self._show()

    def show_ranges(
        self, stretches: Stretches | None, content: str | None, kind: str = "", end: float | None = None
    ) -> None:
        """Labels of the unit, None while they are not known; the characters of a text, None of a sound.

        `kind`: of the unit; `end`: where it ends, in what its ranges count as exported; None where that is not known.
        """
        self.show_rows(RangeRows(stretches, content, end) if stretches is not None else None, kind)

    def show_rows(self, rows: RangeRows | None, kind: str) -> None:
        """The same of rows that were made elsewhere, in a worker where there are many."""
        self._kind, self._rows = kind, rows
        self._kept = np.arange(len(self._rows)) if self._rows is not None else NONE
        self._show()
        if self._field.text().strip() or self._wanted.sort != "start" or self._wanted.reversed:
            self._arrange()

    def set_state(self, state: ViewState) -> None:
        """What is selected and hidden. Says nothing back."""
        old, self._state = self._state, state
        if _painted_by(old) != _painted_by(state):
            self._list.refresh()
        if (old.selected, old.stretch) != (state.selected, state.stretch):
            self._list.set_current_row(self._place_of_selected())

    def sort_by(self, order: SortBy, backwards: bool = False) -> None:
        self._arrange(order, backwards)

    def focus_filter(self) -> None:
        self._field.setFocus()
        self._field.selectAll()

    @property
    def number_kept(self) -> int:
        """How many ranges are listed."""
        return len(self._kept)

    # ---------------------------------------------------------------- filter and order

    def _arrange(self, order: SortBy | None = None, backwards: bool | None = None) -> None:
        """Filter and sort anew, in the background where there is much to compare."""
        wanted = self._wanted = RangeFilter(
            self._field.text(),
            self._wanted.sort if order is None else order,
            self._wanted.reversed if backwards is None else backwards,
        )
        rows = self._rows
        if rows is None:
            return

        def then(kept: Rows) -> None:
            if rows is self._rows and wanted is self._wanted:
                self._kept = kept
                self._show()

        is_much = len(rows) > MANY_ROWS or len(rows.content or "") > LONG_TEXT
        (self._run if is_much else _at_once)("order", lambda: rows.kept(wanted), then)

    def _show(self) -> None:
        rows, kept = self._rows, len(self._kept)
        total = len(rows) if rows is not None else 0
        said = f"{total:,}" if kept == total else f"{kept:,} of {total:,}"
        self._title.say_note(said if rows is not None else "")
        self._title.setAccessibleName(f"{said} {counted(total, 'range').partition(' ')[2]}")
        self._list.show_lines(kept, self._line, self._empty_words())
        self._list.set_current_row(self._place_of_selected())
        words = summary(rows) if rows is not None else ""
        self._summary.say(words)
        for part in (self._summary, self._rule):
            part.setVisible(bool(words))
        self._sorting.setEnabled(total > 1)

    def _empty_words(self) -> str:
        if self._rows is None:
            return ""
        if len(self._rows):
            return "No range holds these words"
        return f"No labels on this {MEDIUM_WORDS.get(self._kind, 'unit')}"

    def _line(self, place: int) -> Line:
        assert self._rows is not None
        return range_line(self._rows, int(self._kept[place]), self._state, self._kind)

    def _said(self, place: int) -> str:
        return said_by(self._rows, int(self._kept[place])) if self._rows is not None else ""

    # ---------------------------------------------------------------- selection

    def _place_of_selected(self) -> int | None:
        row = self._rows.row_of(self._state.selected, self._state.stretch) if self._rows is not None else None
        found = np.flatnonzero(self._kept == row) if row is not None else NONE
        return int(found[0]) if len(found) else None

    def _choose(self, place: int) -> None:
        if self._rows is not None:
            row = int(self._kept[place])
            self.selected.emit(self._rows.label(row).object_hash, int(self._rows.places[row]))

    def _enter(self) -> None:
        """Enter in the filter selects the first range that is left."""
        if len(self._kept):
            self._list.set_current_row(0)
            self._choose(0)

    # ---------------------------------------------------------------- menus

    def _ask_order(self) -> None:
        menu = menu_of(self)
        group = QActionGroup(menu)
        wanted = self._wanted
        for order, title in SORT_TITLES.items():
            if order == "words" and (self._rows is None or self._rows.content is None):
                continue
            action = menu.addAction(title)
            action.setCheckable(True)
            action.setChecked(order == wanted.sort)
            # the order that is there already is turned about, as a click on the head of a column would do
            is_turned = order == wanted.sort and not wanted.reversed
            action.triggered.connect(self._sorter(order, is_turned))
            group.addAction(action)
        menu.addSeparator()
        turned = menu.addAction("Largest first" if wanted.sort in ("start", "end", "length") else "Last first")
        turned.setCheckable(True)
        turned.setChecked(wanted.reversed)
        turned.triggered.connect(lambda on: self.sort_by(wanted.sort, on))
        menu.popup(self._sorting.mapToGlobal(QPoint(0, self._sorting.height())))

    def _sorter(self, order: SortBy, backwards: bool) -> Callable[[], None]:
        return lambda: self.sort_by(order, backwards)

    def _ask_menu(self, place: int, position: QPoint) -> None:
        rows = self._rows
        if rows is None:
            return
        row = int(self._kept[place])
        menu = menu_of(self)
        if rows.words(row, 1):
            menu.addAction("Copy words", lambda: self._copy(rows.words(row, len(rows.content or ""))))
        if rows.label(row).words:
            menu.addAction("Copy answers", lambda: self._copy(rows.label(row).words))
        if rows.label(row).ranges:
            menu.addAction("Copy start and end", lambda: self._copy("\t".join(exact_ends(rows, row))))
        menu.addSeparator()
        for name, delimiter in (("CSV", ","), ("tab-separated text", "\t")):
            menu.addAction(f"Copy all that are listed as {name}", lambda by=delimiter: self.copy_all(by))
        menu.popup(position)

    def copy_all(self, delimiter: str = ",") -> None:
        """What is listed, in its order, to the clipboard as a table with headings."""
        rows, kept = self._rows, self._kept
        if rows is None:
            return

        def work() -> str:
            made = io.StringIO()
            csv.writer(made, delimiter=delimiter, lineterminator="\n").writerows(table_of(rows, kept))
            return made.getvalue()

        (self._run if len(kept) > MANY_ROWS else _at_once)("copy", work, self._copy)

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.copied.emit(text)


def _painted_by(state: ViewState) -> tuple[object, ...]:
    """What of the state decides how lines look."""
    hidden = (state.hidden_objects, state.hidden_classes, state.hidden_shapes, state.hide_all)
    colours = (state.look.colour_by, state.look.safe_palette)
    return (*hidden, *colours, state.solo, state.selected if state.solo else None)
