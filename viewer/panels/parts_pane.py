"""What panels have in common: a column of parts, a filter field, hairlines."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from viewer.panels.button_pane import FlatButton
from viewer.panels.colours import PanelColours
from viewer.panels.list_pane import LineList
from viewer.panels.paint_signs import SignPainter
from viewer.panels.paint_style import Icons, Style
from viewer.panels.text_pane import Text


class Pane(QWidget):
    """A panel: a column of parts that stands on the palette's Base."""

    def __init__(self, colours: PanelColours, icons: Icons, name: str) -> None:
        """`name` for screen readers."""
        super().__init__()
        self.style_of_parts = Style(colours, icons)
        self.setAccessibleName(name)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)

    def set_colours(self, colours: PanelColours) -> None:
        """Another theme; the palette comes from Qt as ever."""
        self.style_of_parts.colours = colours
        for part in self.findChildren(QWidget):
            if isinstance(part, Text | LineList):
                part.restyle()
            part.update()

    def header(self, *parts: QWidget, margins: tuple[int, int, int, int] = (8, 4, 4, 4)) -> QHBoxLayout:
        """A row of parts at the top; the first takes the room that is left."""
        row = QHBoxLayout()
        row.setContentsMargins(*margins)
        row.setSpacing(4)
        for part in parts:
            row.addWidget(part, 1 if part is parts[0] else 0)
        self.column.addLayout(row)
        return row


class FilterField(QLineEdit):
    """A field for plain words. Down goes to what it filters; Escape empties it, unless it `closes`, and then leaves it."""

    down = Signal()
    entered = Signal()
    left = Signal()

    def __init__(self, style: Style, words: str, *, icon: str = "search", closes: bool = False) -> None:
        """`words`: what stands in the empty field, and its accessible name; `closes`: Escape leaves at once."""
        super().__init__()
        self._closes = closes
        self._style = style
        self._signs = SignPainter(style.icons)
        self._icon = icon
        self.setPlaceholderText(words)
        self.setAccessibleName(words)
        self.setFrame(False)
        self.setMaxLength(1000)
        self.setTextMargins(24 if icon else 2, 0, 20, 0)
        self.setFixedHeight(max(26, self.fontMetrics().height() + 10))
        self._clear = FlatButton(style, icon="close", title="Empty this field")
        self._clear.setParent(self)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.clicked.connect(self.clear)
        self._clear.hide()
        self.textChanged.connect(lambda text: self._clear.setVisible(bool(text)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = self.height() - 6
        self._clear.setGeometry(self.width() - side - 3, 3, side, side)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Down:
                self.down.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.entered.emit()
            case Qt.Key.Key_Escape if self.text() and not self._closes:
                self.clear()
            case Qt.Key.Key_Escape:
                self.left.emit()
            case _:
                super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._style.colours
        colour = colours.accent if self.hasFocus() else colours.line
        painter.setPen(QPen(QColor(colour), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if self._icon:
            self._signs.icon(painter, QRect(6, 0, 16, self.height()), self._icon, colours.quiet)


def menu_of(pane: QWidget) -> QMenu:
    """A context menu that is gone once it was used."""
    menu = QMenu(pane)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


class Rule(QWidget):
    """A hairline."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(self._style.colours.line))
