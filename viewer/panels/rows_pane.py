"""The rows of the export: a list to filter, to sort and to step through."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QActionGroup, QResizeEvent

from viewer.labels.records import RowHead
from viewer.panels.button_pane import FlatButton
from viewer.panels.colours import PanelColours
from viewer.panels.line import Line
from viewer.panels.list_pane import LineList
from viewer.panels.paint_style import Icons
from viewer.panels.parts_pane import FilterField, Pane, menu_of
from viewer.panels.row_list import NO_FACTS, SORT_TITLES, Columns, RowFacts, RowOrder, SortBy, row_line
from viewer.panels.text_pane import Text
from viewer.scene.words import counted

FACTS_SHOWN_AFTER = 120
"""Milliseconds for which facts are gathered before the list is sorted and painted anew."""

LEAST_LINES = 5
WITH_PROBLEM_COUNTS = 300
"""Width in pixels from which problems are counted in the list."""


class RowsPane(Pane):
    """The list of rows. Rows are named by their index in the export, whatever the order on screen."""

    chosen = Signal(int)
    """The reviewer picked a row."""

    def __init__(self, colours: PanelColours, icons: Icons) -> None:
        super().__init__(colours, icons, "Rows")
        style = self.style_of_parts
        self._order = RowOrder(())
        self._facts: dict[int, RowFacts] = {}
        self._kept: list[int] = []
        self._sort: SortBy = "export"
        self._current: int | None = None
        self._most_labels = 0
        self._most_problems = 0
        self._title = Text(style, "Rows", "strong")
        self._sorting = FlatButton(style, icon="menu", title="Sort the rows")
        self._sorting.clicked.connect(self._ask_order)
        self.header(self._title, self._sorting)
        self._field = FilterField(style, "Filter rows")
        self.header(self._field, margins=(8, 0, 8, 6))
        self._list = LineList(style, "Rows")
        self._list.setMinimumHeight(LEAST_LINES * self._list.painter.fonts.row)
        self.column.addWidget(self._list, 1)
        self.setFocusProxy(self._list)
        self._field.textChanged.connect(self._rebuild)
        self._field.down.connect(self._list.setFocus)
        self._field.entered.connect(self._enter)
        self._field.left.connect(self._list.setFocus)
        self._list.chosen.connect(self._choose)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(FACTS_SHOWN_AFTER)
        self._later.timeout.connect(self._show_facts)
        self._rebuild()

    def set_heads(self, heads: Sequence[RowHead]) -> None:
        """Another export: its rows, in its order. Facts of the rows before are forgotten."""
        self._order = RowOrder(heads)
        self._facts = {}
        self._current = None
        self._most_labels = self._most_problems = 0
        self._field.clear()
        self._rebuild()

    def set_facts(self, index: int, facts: RowFacts) -> None:
        """What a row holds became known; cheap, however often it is called."""
        self._facts[index] = facts
        self._most_labels = max(self._most_labels, facts.labels or 0)
        self._most_problems = max(self._most_problems, facts.problems)
        if not self._later.isActive():
            self._later.start()

    def is_settled(self) -> bool:
        """Whether all facts that were told are on show."""
        return not self._later.isActive()

    def set_current(self, index: int | None) -> None:
        """The row that is shown in the window; says nothing back."""
        self._current = index
        self._list.set_current_row(self._place_of(index))

    def neighbour(self, step: int, of: int | None = None) -> int | None:
        """The row `step` places after this one, or the current one, in the order on screen, through the filter; None
        beyond the ends."""
        place = self._place_of(self._current if of is None else of)
        wanted = (-1 if step > 0 else len(self._kept)) + step if place is None else place + step
        return self._kept[wanted] if 0 <= wanted < len(self._kept) else None

    def kept(self) -> tuple[int, ...]:
        """The rows on screen, in their order."""
        return tuple(self._kept)

    def sort_by(self, order: SortBy) -> None:
        self._sort = order
        self._rebuild()

    def focus_filter(self) -> None:
        self._field.setFocus()
        self._field.selectAll()

    def _place_of(self, index: int | None) -> int | None:
        return self._kept.index(index) if index is not None and index in self._kept else None

    def _rebuild(self) -> None:
        heads = self._order.heads
        self._kept = self._order.kept(self._field.text(), self._sort, self._facts)
        kept, total = len(self._kept), len(heads)
        self._title.say_note(f"{total:,}" if kept == total else f"{kept:,} of {total:,}")
        self._title.setAccessibleName(counted(kept, "row") if kept == total else f"{kept:,} of {counted(total, 'row')}")
        empty = "No row holds these words" if total else "The export has no rows"
        self._list.show_lines(kept, self._line, empty)
        self._list.set_current_row(self._place_of(self._current))

    def _show_facts(self) -> None:
        if self._sort in ("labels", "problems"):
            self._rebuild()
        else:
            self._list.refresh()

    def _line(self, place: int) -> Line:
        index = self._kept[place]
        head = self._order.heads[index]
        columns = Columns(
            self._order.has_types, self._most_labels, self._most_problems, self._list.width() < WITH_PROBLEM_COUNTS
        )
        above = self._order.heads[self._kept[place - 1]] if place else None
        is_branch = above is not None and above.data_hash == head.data_hash != "" and head.branch != "main"
        return row_line(head, self._facts.get(index, NO_FACTS), columns, is_branch)

    def _choose(self, place: int) -> None:
        self._current = self._kept[place]
        self.chosen.emit(self._current)

    def _enter(self) -> None:
        """Enter in the filter opens the first row that is left."""
        if self._kept:
            self._list.set_current_row(0)
            self._choose(0)

    def _ask_order(self) -> None:
        menu = menu_of(self)
        group = QActionGroup(menu)
        for order, title in SORT_TITLES.items():
            action = menu.addAction(title)
            action.setCheckable(True)
            action.setChecked(order == self._sort)
            action.triggered.connect(self._sorter(order))
            group.addAction(action)
        menu.popup(self._sorting.mapToGlobal(QPoint(0, self._sorting.height())))

    def _sorter(self, order: SortBy) -> Callable[[], None]:
        return lambda: self.sort_by(order)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._list.refresh()
