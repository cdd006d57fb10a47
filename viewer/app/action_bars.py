"""Qt's actions, menus and toolbar buttons, made from the one list of actions."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from viewer.app.actions import ACTIONS, BY_ID, MENUS, TOOLBAR, Action
from viewer.app.icons import icon
from viewer.app.key_sets import KeySet, keys_in
from viewer.app.keys import key_words

if TYPE_CHECKING:
    from viewer.app.window import Window

BUTTON = 28
ICON = 18


class ActionBars(QObject):
    """One QAction for each action; `refresh` sets what is enabled and switched on."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.actions: dict[str, QAction] = {action.id: self._made(action) for action in ACTIONS}
        self._icons: dict[str, tuple[str, str]] = {}
        """Name and colour of the icon that each action has."""
        self._on_buttons: set[str] = set()
        """Actions that have a button, and so need their icon drawn; menus are words."""

    def _made(self, action: Action) -> QAction:
        made = QAction(action.title, self._window)
        made.setObjectName(action.id)
        made.setIconVisibleInMenu(False)
        made.setCheckable(action.checked is not None)
        if not action.held:
            made.triggered.connect(lambda: self._run(action))
        self._window.addAction(made)
        return made

    def use_keys(self, key_set: KeySet) -> None:
        for action in ACTIONS:
            keys = keys_in(action, key_set)
            if not action.held:
                # held keys are pressed and released, which a shortcut cannot tell
                self.actions[action.id].setShortcuts([QKeySequence(key) for key in keys])
            self.actions[action.id].setToolTip(tool_tip(action, keys))

    def _run(self, action: Action) -> None:
        self._window.note_used(action.id)
        action.run(self._window)

    def refresh(self, colour: str) -> None:
        """Bring every action in line with what is open; icons in `colour`."""
        for action in ACTIONS:
            made = self.actions[action.id]
            made.setEnabled(action.enabled(self._window))
            if action.checked is not None:
                made.setChecked(action.checked(self._window))
            if action.id in self._on_buttons:
                is_on = action.icon_on and made.isChecked()
                name = action.icon_on if is_on else action.icon
                if self._icons.get(action.id) != (name, colour):
                    self._icons[action.id] = (name, colour)
                    made.setIcon(icon(name, colour))

    def menu(self, parent: QWidget) -> QMenu:
        """All menus below one button."""
        made = QMenu(parent)
        for title in MENUS:
            made.addMenu(self._sub_menu(title, made))
        return made

    def _sub_menu(self, title: str, parent: QWidget) -> QMenu:
        menu = QMenu(title, parent)
        for action in ACTIONS:
            if action.menu != title:
                continue
            if action.held:
                shown = menu.addAction(f"{action.title}\t{action.key_words}")
                shown.setEnabled(False)
            else:
                menu.addAction(self.actions[action.id])
        return menu

    def toolbar_groups(self, parent: QWidget) -> list[QWidget]:
        """The buttons of the toolbar in groups."""
        return [self.group(ids, parent) for ids in TOOLBAR]

    def group(self, ids: tuple[str, ...], parent: QWidget) -> QWidget:
        box = QWidget(parent)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for action_id in ids:
            row.addWidget(self.button(action_id, box))
        return box

    def button(self, action_id: str, parent: QWidget) -> QToolButton:
        self._on_buttons.add(action_id)
        button = QToolButton(parent)
        button.setDefaultAction(self.actions[action_id])
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        flat(button)
        button.setAccessibleName(BY_ID[action_id].title)
        return button


def flat(button: QToolButton) -> None:
    """As all buttons of the toolbar look."""
    button.setAutoRaise(True)
    button.setIconSize(QSize(ICON, ICON))
    button.setFixedHeight(BUTTON)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)


def tool_tip(action: Action, keys: tuple[str, ...]) -> str:
    """Title, key and a sentence, as rich text of our own making."""
    key = " / ".join(("hold " if action.held else "") + key_words(key) for key in keys[:2])
    head = f"<b>{html.escape(action.title.rstrip('…'))}</b>" + (f"&nbsp;&nbsp;{html.escape(key)}" if key else "")
    return head + (f"<br>{html.escape(action.tip)}" if action.tip else "")


def separator(parent: QWidget) -> QFrame:
    """A thin upright line."""
    line = QFrame(parent)
    line.setFrameShape(QFrame.Shape.VLine)
    line.setFixedSize(1, 18)
    line.setObjectName("separator")
    return line
