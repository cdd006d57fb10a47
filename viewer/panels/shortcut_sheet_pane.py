"""All keys on one sheet, searched by words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from viewer.panels.button_pane import FlatButton
from viewer.panels.colours import PanelColours
from viewer.panels.list_pane import LineList
from viewer.panels.paint_style import Icons
from viewer.panels.parts_pane import FilterField, Pane
from viewer.panels.sheet_lines import Shortcut, sheet_lines
from viewer.panels.text_pane import Text


class ShortcutSheetPane(Pane):
    closed = Signal()

    def __init__(self, colours: PanelColours, icons: Icons) -> None:
        super().__init__(colours, icons, "Keyboard shortcuts")
        style = self.style_of_parts
        self._shortcuts: Sequence[Shortcut] = ()
        closing = FlatButton(style, icon="close", title="Close")
        closing.clicked.connect(self.closed)
        self.header(Text(style, "Keyboard shortcuts", "strong"), closing)
        self._field = FilterField(style, "Search actions and keys", closes=True)
        self.header(self._field, margins=(8, 0, 8, 6))
        self._list = LineList(style, "Keyboard shortcuts", calm=True, uniform=False)
        self.column.addWidget(self._list, 1)
        self.setFocusProxy(self._field)
        self._field.textChanged.connect(self._rebuild)
        self._field.down.connect(self._list.setFocus)
        self._field.left.connect(self.closed)

    def set_shortcuts(self, shortcuts: Sequence[Shortcut]) -> None:
        self._shortcuts = shortcuts
        self._rebuild()

    def _rebuild(self) -> None:
        lines = sheet_lines(self._shortcuts, self._field.text())
        self._list.show_lines(len(lines), lines.__getitem__, "No action holds these words")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
