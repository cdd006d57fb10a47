"""A quiet bar above what it is about: what is wrong, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from viewer.errors import Severity
from viewer.panels.button_pane import FlatButton
from viewer.panels.colours import PanelColours
from viewer.panels.line import SEVERITY_ICONS
from viewer.panels.paint_signs import SignPainter
from viewer.panels.paint_style import Icons
from viewer.panels.parts_pane import Pane
from viewer.panels.text_pane import Text

SIGN_ROOM = 34


class BarPane(Pane):
    """Hidden until it has something to say; one thing at a time."""

    action = Signal(str)
    """The id of a button."""
    dismissed = Signal()

    def __init__(self, colours: PanelColours, icons: Icons, *, can_be_dismissed: bool = True) -> None:
        super().__init__(colours, icons, "Notice")
        style = self.style_of_parts
        self._severity: Severity = "warning"
        self._signs = SignPainter(icons)
        self._text = Text(style, "")
        self._row = self.header(self._text, margins=(SIGN_ROOM, 4, 6, 4))
        self._buttons: list[FlatButton] = []
        self._close = FlatButton(style, icon="close", title="Dismiss")
        self._close.clicked.connect(self.dismiss)
        self._row.addWidget(self._close)
        self._close.setVisible(can_be_dismissed)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def say(self, severity: Severity, text: str, actions: Sequence[tuple[str, str]] = ()) -> None:
        """`actions`: (id, title) of buttons. Replaces what was said before."""
        self._severity = severity
        self._text.say(text)
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = [self._button(name, title) for name, title in actions]
        self.setAccessibleDescription(text)
        self.show()
        self.update()

    def _button(self, name: str, title: str) -> FlatButton:
        button = FlatButton(self.style_of_parts, title, framed=True)
        button.clicked.connect(lambda: self.action.emit(name))
        self._row.insertWidget(self._row.indexOf(self._close), button)
        previous: QWidget = self._buttons[-1] if self._buttons else self._close
        QWidget.setTabOrder(button, previous)
        return button

    def dismiss(self) -> None:
        self.hide()
        self.dismissed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A tinted ground, a line of the severity's colour, its sign."""
        painter = QPainter(self)
        colours = self.style_of_parts.colours
        tones = {"error": colours.error, "warning": colours.warning, "note": colours.accent}
        colour = QColor(tones[self._severity])
        tint = QColor(colour)
        tint.setAlphaF(0.12)
        painter.fillRect(self.rect(), tint)
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(colours.line))
        painter.fillRect(0, 0, 3, self.height(), colour)
        box = self.rect().adjusted(12, 0, 12 + 16 - self.width(), 0)
        self._signs.icon(painter, box, SEVERITY_ICONS[self._severity], colour.name())
