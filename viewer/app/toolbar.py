"""The bar at the top: menus, what is shown, and the actions that a hand on the mouse wants."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from viewer.app.action_bars import ActionBars, flat, separator
from viewer.app.icons import icon
from viewer.app.status_line import Words
from viewer.app.theme import Theme
from viewer.errors import escaped
from viewer.labels.records import RowHead

HEIGHT = 38


class Toolbar(QWidget):
    """One row of buttons; the title gives way where there is no room."""

    branch_chosen = Signal(int)
    """The row of a branch."""

    def __init__(self, parent: QWidget, bars: ActionBars) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 8, 0)
        row.setSpacing(6)
        self._menu = QToolButton(self)
        self._menu.setMenu(bars.menu(self._menu))
        self._menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu.setToolTip("Menus")
        self._menu.setAccessibleName("Menus")
        self._menu.setShortcut("F10")
        flat(self._menu)
        self._title = Words(self, elide=True)
        self._branch = QToolButton(self)
        self._branch.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._branch.setToolTip("Branches of this data")
        flat(self._branch)
        self._branch.hide()
        self._separators: list[QWidget] = []
        row.addWidget(self._menu)
        row.addWidget(bars.group(("open",), self))
        row.addWidget(self._title, 1)
        row.addWidget(self._branch)
        for group in bars.toolbar_groups(self):
            line = separator(self)
            self._separators.append(line)
            row.addWidget(line)
            row.addWidget(group)
        line = separator(self)
        self._separators.append(line)
        row.addWidget(line)
        row.addWidget(bars.group(("find", "panel_problems", "panel_inspector", "shortcuts"), self))

    def show_row(self, head: RowHead, branches: Sequence[RowHead]) -> None:
        """Its title, and the branches of its data to choose from."""
        self._title.say(escaped(head.name))
        self._branch.setVisible(len(branches) > 1)
        self._branch.setText(f"{escaped(head.branch)[:40]} ▾")
        self._branch.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        menu = QMenu(self._branch)
        for branch in branches:
            action = menu.addAction(escaped(branch.branch)[:60].replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(branch.index == head.index)
            action.triggered.connect(lambda _=False, index=branch.index: self.branch_chosen.emit(index))
        self._branch.setMenu(menu)

    def set_theme(self, theme: Theme) -> None:
        self._menu.setIcon(icon("menu", theme.text))
        self.setStyleSheet(
            f"""
            QToolButton {{ border: none; border-radius: 4px; padding: 3px 5px; color: {theme.text}; }}
            QToolButton:hover {{ background: {theme.raised}; }}
            QToolButton:checked {{ background: {theme.selection}; }}
            QToolButton:focus {{ border: 1px solid {theme.accent}; padding: 2px 4px; }}
            QToolButton::menu-indicator {{ image: none; }}
            QFrame#separator {{ color: {theme.line}; background: {theme.line}; border: none; }}
            Words {{ font-weight: 600; }}
            """
        )
