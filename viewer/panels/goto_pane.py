"""A small field: go to a frame, or to a moment of a sound."""

from __future__ import annotations

from PySide6.QtCore import Signal

from viewer.panels.button_pane import FlatButton
from viewer.panels.colours import PanelColours
from viewer.panels.goto import Question
from viewer.panels.paint_style import Icons
from viewer.panels.parts_pane import FilterField, Pane
from viewer.panels.text_pane import Text


class GotoPane(Pane):
    place_requested = Signal(int)
    closed = Signal()

    def __init__(self, colours: PanelColours, icons: Icons) -> None:
        super().__init__(colours, icons, "Go to")
        style = self.style_of_parts
        self._question: Question | None = None
        self._field = FilterField(style, "", icon="", closes=True)
        self._field.setMinimumWidth(140)
        self._go = FlatButton(style, "Go", title="Go there")
        self._message = Text(style, "", "quiet")
        self.header(self._field, self._go, margins=(8, 8, 8, 4))
        self.header(self._message, margins=(10, 0, 8, 8))
        self.setFocusProxy(self._field)
        self._field.textChanged.connect(self._check)
        self._field.entered.connect(self._enter)
        self._field.left.connect(self.closed)
        self._go.clicked.connect(self._enter)

    def ask(self, question: Question) -> None:
        """Starts anew. Takes the keyboard."""
        self._question = question
        self._field.setPlaceholderText(question.words)
        self._field.setAccessibleName(question.words)
        self._field.setText(question.shown)
        self._field.selectAll()
        self._field.setFocus()
        self._check()

    def _check(self) -> int | None:
        if self._question is None:
            return None
        place, wrong = self._question.meant(self._field.text())
        self._go.setEnabled(place is not None)
        self._message.say(wrong or self._question.hint, "warning" if wrong else "quiet")
        return place

    def _enter(self) -> None:
        place = self._check()
        if place is not None:
            self.place_requested.emit(place)
