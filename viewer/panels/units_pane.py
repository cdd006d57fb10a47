"""The units of a row that has several, and the branches of its data; takes no room where there is one of each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from viewer.labels.records import RowHead, Unit
from viewer.panels.colours import PanelColours
from viewer.panels.line import BLANK, Cell, Line, Symbol
from viewer.panels.list_pane import LineList
from viewer.panels.paint_style import Icons
from viewer.panels.parts_pane import Pane, Rule
from viewer.panels.words import KIND_ICONS, status_word, type_word, unit_words
from viewer.scene.words import shown

MOST_LINES = 6
"""Shown without scrolling."""


class UnitsPane(Pane):
    """Which unit, and which branch, is on screen."""

    unit_chosen = Signal(str)
    branch_chosen = Signal(int)
    """The index of the row of a branch."""

    def __init__(self, colours: PanelColours, icons: Icons) -> None:
        super().__init__(colours, icons, "Units and branches")
        self._units: Sequence[Unit] = ()
        self._branches: Sequence[RowHead] = ()
        self._unit: str | None = None
        self._row: int | None = None
        self._lines: list[Line] = []
        self._list = LineList(self.style_of_parts, "Units and branches", uniform=False)
        self.column.addWidget(Rule(self.style_of_parts))
        self.column.addWidget(self._list)
        self.setFocusProxy(self._list)
        self._list.chosen.connect(self._choose)
        self.hide()

    def show_row(self, units: Sequence[Unit], branches: Sequence[RowHead], row: int | None) -> None:
        """The units of the current row, and the rows of the same data on all branches, `row` among them."""
        self._units = units if len(units) > 1 else ()
        self._branches = branches if len(branches) > 1 else ()
        self._row = row
        self._rebuild()

    def set_unit(self, unit: str | None) -> None:
        """The unit on screen."""
        self._unit = unit
        self._rebuild()

    def _rebuild(self) -> None:
        self._lines = []
        if self._branches:
            # rows of several exports may hold the same data on the same branch: then the file tells them apart
            alike = len({head.branch for head in self._branches}) < len(self._branches)
            self._lines.append(Line("Rows of the same data" if alike else "Branches", tone="section"))
            self._lines += [self._branch_line(head, alike) for head in self._branches]
        if self._units:
            self._lines.append(Line("Units", tone="section"))
            self._lines += [self._unit_line(unit) for unit in self._units]
        self._list.show_lines(len(self._lines), self._lines.__getitem__)
        current = next((at for at, line in enumerate(self._lines) if line.target == self._unit and self._unit), None)
        self._list.set_current_row(current)
        row = self._list.painter.fonts.row
        self.setFixedHeight(row * min(len(self._lines), MOST_LINES) + 5)
        self.setVisible(bool(self._lines))

    def _unit_line(self, unit: Unit) -> Line:
        layout = shown(unit.layout_key or "", most=40)
        return Line(
            text=shown(unit.title or unit.id, middle=True),
            middle=True,
            chip=layout,
            sign=self._sign(unit.id == self._unit),
            cells=(Cell(type_word(unit.kind)), Cell(icon=KIND_ICONS.get(unit.kind, BLANK), title=type_word(unit.kind))),
            tip=f"{unit.title}\n{unit_words(unit)}",
            copy=unit.id,
            target=unit.id,
        )

    def _branch_line(self, head: RowHead, with_place: bool) -> Line:
        return Line(
            text=shown(head.branch, middle=True),
            middle=True,
            note=shown(head.where, middle=True) if with_place else "",
            sign=self._sign(head.index == self._row),
            cells=(Cell(status_word(head.status)),),
            tip=f"branch {head.branch}, {status_word(head.status)}\n{head.where}",
            copy=head.branch,
            target=head.index,
        )

    def _sign(self, current: bool) -> Symbol:
        return Symbol("check" if current else BLANK, "link")

    def _choose(self, place: int) -> None:
        target = self._lines[place].target
        if isinstance(target, int):
            self.branch_chosen.emit(target)
        elif target is not None:
            self.unit_chosen.emit(target)
