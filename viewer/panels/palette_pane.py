"""The command palette: type a few letters, press Enter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from viewer.panels.colours import PanelColours
from viewer.panels.list_pane import LineList
from viewer.panels.paint_style import Icons
from viewer.panels.parts_pane import FilterField, Pane
from viewer.panels.sheet_lines import Command, command_line, meant

PAGE = 8


class PalettePane(Pane):
    chosen = Signal(str)
    """The id of a command."""
    closed = Signal()

    def __init__(self, colours: PanelColours, icons: Icons) -> None:
        super().__init__(colours, icons, "Commands")
        style = self.style_of_parts
        self._commands: Sequence[Command] = ()
        self._meant: list[Command] = []
        self._field = FilterField(style, "Type what to do", closes=True)
        self.header(self._field, margins=(8, 8, 8, 6))
        self._list = LineList(style, "Commands")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.column.addWidget(self._list, 1)
        self.setFocusProxy(self._field)
        self._field.textChanged.connect(self._rebuild)
        self._field.entered.connect(lambda: self._choose(self._list.current_row()))
        self._field.left.connect(self.closed)
        self._field.installEventFilter(self)
        self._list.clicked.connect(lambda index: self._choose(index.row()))

    def ask(self, commands: Sequence[Command]) -> None:
        """Starts anew with these commands, and takes the keyboard."""
        self._commands = commands
        self._field.clear()
        self._rebuild()
        self._field.setFocus()

    def _rebuild(self) -> None:
        self._meant = meant(self._commands, self._field.text())
        lines = self._meant
        self._list.show_lines(len(lines), lambda place: command_line(lines[place]), "No command holds these words")
        self._list.set_current_row(0 if lines else None)

    def _choose(self, place: int | None) -> None:
        if place is not None and place < len(self._meant):
            self.chosen.emit(self._meant[place].id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down walk the list while the field keeps the keyboard."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._meant:
            steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -PAGE, Qt.Key.Key_PageDown: PAGE}
            step = steps.get(Qt.Key(event.key()))
            if step is not None:
                wanted = (self._list.current_row() or 0) + step
                self._list.set_current_row(min(max(wanted, 0), len(self._meant) - 1))
                return True
        return super().eventFilter(watched, event)
