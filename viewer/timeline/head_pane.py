"""The corner above the names: what the timeline does beside showing, as small buttons, and the filter."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QActionGroup, QIcon, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from viewer.paint.colours import ChartColours
from viewer.timeline.rows import ORDER_WORDS, ORDERS, Order

BUTTON, ICON = 22, 16
HOW = "\nWheel zooms at the pointer, Shift+wheel moves in time, Ctrl+wheel scrolls the rows"


class Icons(Protocol):
    """The drawn set: names are files of resources/icons, colours '#rrggbb'."""

    def icon(self, name: str, colour: str, /) -> QIcon: ...


class FilterField(QLineEdit):
    """Down goes to the rows; Escape empties it, and then leaves it."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Down):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class HeadPane(QWidget):
    """Stands over the corner of the chart."""

    fit_asked = Signal()
    zoom_asked = Signal()
    fold_asked = Signal()
    slim_asked = Signal()
    order_chosen = Signal(str)

    def __init__(self, parent: QWidget, icons: Icons) -> None:
        super().__init__(parent)
        self._icons = icons
        self._colour = ""
        self._drawn: dict[QToolButton, str] = {}
        self.field = FilterField()
        self.field.setPlaceholderText("Filter rows")
        self.field.setAccessibleName("Filter rows")
        self.field.setMaxLength(1000)
        self.field.setClearButtonEnabled(True)
        self.slim = self._button("chevron-down", "Collapse the timeline to a slim strip", self.slim_asked)
        self.fit = self._button("fit-time", f"All frames{HOW}", self.fit_asked)
        self.zoom = self._button("zoom-span", "Zoom to the selected label; or double-click a bar", self.zoom_asked)
        self.fold = self._button("fold", "Fold all classes", self.fold_asked)
        self.sort = self._button("sort", "Order of the rows", None)
        self._menu = self._order_menu()
        self.sort.setMenu(self._menu)
        self.sort.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 2, 6, 3)
        column.setSpacing(1)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.slim)
        row.addStretch(1)
        for button in (self.fit, self.zoom, self.fold, self.sort):
            row.addWidget(button)
        column.addLayout(row)
        column.addWidget(self.field)

    def _button(self, icon: str, tip: str, asked: SignalInstance | None) -> QToolButton:
        made = QToolButton(self)
        made.setFixedSize(BUTTON, BUTTON)
        made.setIconSize(QSize(ICON, ICON))
        made.setToolTip(tip)
        made.setAccessibleName(tip.partition("\n")[0])
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if asked is not None:
            made.clicked.connect(asked)
        self._drawn[made] = icon
        return made

    def _order_menu(self) -> QMenu:
        menu = QMenu(self)
        group = QActionGroup(menu)
        for order in ORDERS:
            action = menu.addAction(ORDER_WORDS[order])
            action.setCheckable(True)
            action.setData(order)
            group.addAction(action)
        group.actions()[0].setChecked(True)
        group.triggered.connect(self._choose)
        return menu

    def _choose(self, action: QAction) -> None:
        self.order_chosen.emit(action.data())

    def show_state(self, *, slim: bool, order: Order, all_folded: bool, can_zoom: bool) -> None:
        """Bring the buttons in line with what is shown."""
        for part in (self.fit, self.zoom, self.fold, self.sort, self.field):
            part.setVisible(not slim)
        self.zoom.setEnabled(can_zoom)
        self.fold.setEnabled(order == "class")
        self._redraw(self.slim, "chevron-up" if slim else "chevron-down")
        said = "Show the rows of the timeline" if slim else "Collapse the timeline to a slim strip"
        self.slim.setToolTip(said)
        self.slim.setAccessibleName(said)
        self._redraw(self.fold, "unfold" if all_folded else "fold")
        said = "Unfold all classes" if all_folded else "Fold all classes"
        self.fold.setToolTip(said)
        self.fold.setAccessibleName(said)

    def _redraw(self, button: QToolButton, name: str) -> None:
        self._drawn[button] = name
        if self._colour:
            button.setIcon(self._icons.icon(name, self._colour))

    def set_colours(self, colours: ChartColours) -> None:
        self._colour = colours.quiet
        for button, name in tuple(self._drawn.items()):
            self._redraw(button, name)
        self.setStyleSheet(
            f"""
            QToolButton {{ border: none; border-radius: 4px; }}
            QToolButton:hover {{ background: {colours.raised}; }}
            QToolButton:focus {{ border: 1px solid {colours.accent}; }}
            QToolButton::menu-indicator {{ image: none; }}
            QLineEdit {{ background: {colours.ground}; color: {colours.text}; border: 1px solid {colours.line};
                border-radius: 4px; padding: 0 4px; }}
            QLineEdit:focus {{ border-color: {colours.accent}; }}
            """
        )
