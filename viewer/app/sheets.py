"""Sheets that lie over the picture when asked for: all actions, the keys, brightness and contrast, the window, about."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from viewer import __version__
from viewer.app import icons
from viewer.app.actions import ACTIONS
from viewer.app.key_sets import KeySet, keys_in
from viewer.app.keys import key_words
from viewer.app.theme import Theme
from viewer.panels.adjust_pane import AdjustPane
from viewer.panels.palette_pane import PalettePane
from viewer.panels.parts_pane import Pane
from viewer.panels.sheet_lines import Command, Shortcut
from viewer.panels.shortcut_sheet_pane import ShortcutSheetPane
from viewer.panels.text_pane import Text
from viewer.panels.window_pane import WindowPane

MARGIN = 24


class Sheets(QObject):
    """At most one of them is open; Escape or a second call closes it."""

    action_chosen = Signal(str)
    closed = Signal()

    def __init__(self, over: QWidget, theme: Theme) -> None:
        """`over`: the widget that they lie over."""
        super().__init__(over)
        self._over = over
        self.palette = PalettePane(theme.panels, icons)
        self.keys = ShortcutSheetPane(theme.panels, icons)
        self.adjust = AdjustPane(theme.panels, icons)
        self.window = WindowPane(theme.panels, icons)
        self.about = _About(theme)
        self._keys_of: dict[str, tuple[str, ...]] = {}
        self._frames: dict[Pane, _Frame] = {}
        for pane, width, height in (
            (self.palette, 520, 420),
            (self.keys, 620, 560),
            (self.adjust, 380, 150),
            (self.window, 460, 164),
            (self.about, 380, 150),
        ):
            self._frames[pane] = _Frame(over, pane, width, height, theme)
        self.palette.chosen.connect(self._choose)
        self.palette.closed.connect(self.close)
        self.keys.closed.connect(self.close)
        self.adjust.closed.connect(self.close)
        self.window.closed.connect(self.close)
        over.installEventFilter(self)

    def use_keys(self, key_set: KeySet) -> None:
        self._keys_of = {action.id: keys_in(action, key_set) for action in ACTIONS}
        listed = [(a, self._keys_of[a.id]) for a in ACTIONS if self._keys_of[a.id]]
        self.keys.set_shortcuts([Shortcut(a.menu, a.title.rstrip("…"), _words(keys, a.held)) for a, keys in listed])

    def show(self, pane: Pane) -> None:
        """Open a sheet, or close it where it is open."""
        was_open = self._frames[pane].isVisible()
        self.close()
        if not was_open:
            self._frames[pane].place()
            self._frames[pane].show()
            self._frames[pane].raise_()
            pane.setFocus()

    def ask_for_action(self, enabled: set[str]) -> None:
        self.show(self.palette)
        if self._frames[self.palette].isVisible():
            listed = [a for a in ACTIONS if a.id in enabled and not a.held]
            first = {a.id: next(iter(self._keys_of[a.id]), "") for a in listed}
            self.palette.ask([Command(a.title, key_words(first[a.id]), a.id) for a in listed])

    def close(self) -> bool:
        """Whether one was open."""
        open_ones = [frame for frame in self._frames.values() if frame.isVisible()]
        for frame in open_ones:
            frame.hide()
        if open_ones:
            self.closed.emit()
        return bool(open_ones)

    def set_theme(self, theme: Theme) -> None:
        for pane, frame in self._frames.items():
            pane.set_colours(theme.panels)
            frame.colour = theme.line

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            for frame in self._frames.values():
                if frame.isVisible():
                    frame.place()
        return False

    def _choose(self, action_id: str) -> None:
        self.close()
        self.action_chosen.emit(action_id)


def _words(keys: tuple[str, ...], held: bool) -> str:
    words = "  ".join(key_words(key) for key in keys)
    return f"hold {words}" if held else words


class _Frame(QWidget):
    """A line around a sheet, as wide and high as it wants where there is room."""

    def __init__(self, over: QWidget, pane: Pane, width: int, height: int, theme: Theme) -> None:
        super().__init__(over)
        self._over = over
        self._wanted = (width, height)
        self.colour = theme.line
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(pane)
        self.hide()

    def place(self) -> None:
        width = min(self._wanted[0], self._over.width() - 2 * MARGIN)
        height = min(self._wanted[1], self._over.height() - 2 * MARGIN)
        self.setGeometry(
            (self._over.width() - width) // 2, MARGIN + 40, width, min(height, self._over.height() - MARGIN - 60)
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.colour))


class _About(Pane):
    """What this program is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme.panels, icons, "About Label Viewer")
        style = self.style_of_parts
        self.header(Text(style, f"Label Viewer {__version__}", "strong"), margins=(16, 16, 16, 4))
        for words in (
            "Shows label exports with their media, exactly as they are.",
            "Opened files are never changed. Nothing is sent anywhere.",
            "Apache License 2.0",
        ):
            self.header(Text(style, words, "quiet"), margins=(16, 2, 16, 2))
        self.column.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
