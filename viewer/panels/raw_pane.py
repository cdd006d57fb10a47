"""The raw JSON of what is selected, as exported: unfolded piece by piece, searched, copied."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent

from viewer.media.identity import masked
from viewer.panels.button_pane import FlatButton
from viewer.panels.colours import PanelColours
from viewer.panels.line import Line
from viewer.panels.list_pane import LineList
from viewer.panels.paint_style import Icons
from viewer.panels.parts_pane import FilterField, Pane, menu_of
from viewer.panels.raw_tree import MOST_SEARCHED, Path, RawTree, json_of, node_line, path_words
from viewer.panels.text_pane import Text

FEW = 60
"""Members that are unfolded at once, so that a small thing needs no click."""
SEARCH_AFTER = 200
"""Milliseconds without a key."""


class RawPane(Pane):
    """Shows parsed JSON. Queries of links must be hidden already by whoever hands it over.

    Values that tell who a patient is are grey bars at first; while they are, neither search nor copying reaches them.
    """

    copied = Signal(str)

    def __init__(self, colours: PanelColours, icons: Icons) -> None:
        super().__init__(colours, icons, "Raw data")
        style = self.style_of_parts
        self._tree = RawTree({})
        self._found: list[Path] = []
        self._searched_all = True
        self._at = -1
        self._empty = "Nothing is selected"
        self._data: Any = {}
        self._hides = True
        self._pending: tuple[str, Callable[[], Any]] | None = None
        """What is to be shown once the pane is visible."""
        self._title = Text(style, "Raw data", "strong", middle=True)
        copying = FlatButton(style, icon="copy", title="Copy all as JSON")
        copying.clicked.connect(self.copy_all)
        self.header(self._title, copying)
        self._field = FilterField(style, "Search keys and values")
        self._hits = Text(style, "", "quiet")
        self._hits.setSizePolicy(self._hits.sizePolicy().Policy.Minimum, self._hits.sizePolicy().verticalPolicy())
        self._before = FlatButton(style, icon="chevron-up", title="Previous one found")
        self._after = FlatButton(style, icon="chevron-down", title="Next one found")
        self.header(self._field, self._hits, self._before, self._after, margins=(8, 0, 4, 6))
        self._list = LineList(style, "Raw data")
        self._list.copy_text = self._value_text
        self.column.addWidget(self._list, 1)
        self.setFocusProxy(self._list)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(SEARCH_AFTER)
        self._later.timeout.connect(self._search)
        self._connect()
        self.show_nothing()

    def _connect(self) -> None:
        self._field.textChanged.connect(lambda: self._later.start())
        self._field.entered.connect(lambda: self.step(1))
        self._field.down.connect(self._list.setFocus)
        self._field.left.connect(self._list.setFocus)
        self._before.clicked.connect(lambda: self.step(-1))
        self._after.clicked.connect(lambda: self.step(1))
        self._list.opened.connect(self._open)
        self._list.clicked.connect(lambda index: self._press(index.row()))
        self._list.entered_line.connect(self._press)
        self._list.menu_asked.connect(self._ask_menu)

    def show_data(self, title: str, data: Any) -> None:
        """`data`: plain JSON values; `title` says whose they are."""
        self._pending = None
        self._title.say(title or "Raw data")
        self._data = data
        self._tree = RawTree(masked(data) if self._hides else data)
        self._unfold_few()
        self._found, self._at = [], -1
        self._list.set_current_row(None)
        self._rebuild()
        self._list.scrollToTop()
        if self._field.text():
            self._search()

    def show_when_seen(self, title: str, make: Callable[[], Any]) -> None:
        """The same for data that take a while to be read: they are made once the pane is visible."""
        self._pending = None
        if self.isVisible():
            self.show_data(title, make())
        else:
            self._pending = title, make

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._pending is not None:
            self.show_when_seen(*self._pending)

    def set_identity_hidden(self, hidden: bool) -> None:
        """Grey bars in the place of all that tells who a patient is."""
        if hidden != self._hides:
            self._hides = hidden
            if self._pending is None:
                self.show_data(self._title.text(), self._data)

    def show_nothing(self, words: str = "Nothing is selected") -> None:
        self._empty = words
        self.show_data("", {})

    def _unfold_few(self) -> None:
        row = 0
        while row < len(self._tree.nodes) and len(self._tree.nodes) < FEW:
            node = self._tree.nodes[row]
            if node.is_container and len(self._tree.nodes) + len(node.value) <= FEW:
                self._tree.unfold(row)
            row += 1

    def _rebuild(self) -> None:
        self._list.show_lines(len(self._tree.nodes), self._line, self._empty)
        is_empty = not self._tree.nodes
        self._field.setEnabled(not is_empty)

    def _line(self, row: int) -> Line:
        return node_line(self._tree.nodes[row], self._tree.is_open(row))

    def _open(self, row: int, unfold: bool) -> None:
        (self._tree.unfold if unfold else self._tree.fold)(row)
        self._rebuild()
        self._list.set_current_row(row)

    def _press(self, row: int) -> None:
        node = self._tree.nodes[row]
        if node.more or (node.is_container and node.value):
            self._open(row, bool(node.more) or not self._tree.is_open(row))

    def _search(self) -> None:
        self._later.stop()
        query = self._field.text()
        self._found, self._searched_all = self._tree.find(query)
        self._at = -1
        if self._found:
            self.step(1)
        else:
            self._say_hits()

    def step(self, step: int) -> None:
        """To the next or the previous member found; goes round at the ends."""
        if self._later.isActive():
            self._search()
            return
        if not self._found:
            return
        self._at = (self._at + step) % len(self._found) if self._at >= 0 else (0 if step > 0 else len(self._found) - 1)
        row = self._tree.reveal(self._found[self._at])
        self._rebuild()
        self._list.set_current_row(row)
        self._say_hits()

    def _say_hits(self) -> None:
        if not self._field.text().strip():
            self._hits.say("")
        elif self._found:
            self._hits.say(f"{self._at + 1:,} of {len(self._found):,}{'' if self._searched_all else '+'}")
        else:
            self._hits.say("not found" if self._searched_all else f"not in the first {MOST_SEARCHED:,}")

    def copy_all(self) -> None:
        self._copy(json_of(self._tree.data, indent=2))

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.copied.emit(text)

    def _value_text(self, row: int) -> str:
        """A text as it is, anything else as JSON."""
        value = self._tree.nodes[row].value
        return value if isinstance(value, str) else json_of(value, 2)

    def _ask_menu(self, row: int, position: QPoint) -> None:
        node = self._tree.nodes[row]
        if node.more:
            return
        menu = menu_of(self)
        menu.addAction("Copy the value", lambda: self._copy(self._value_text(row)))
        menu.addAction("Copy the path", lambda: self._copy(path_words(node.path)))
        menu.popup(position)
