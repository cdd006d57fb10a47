"""The text: its passage with the labelled ranges, and the whole of it as a strip."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from viewer.media.html_page import Page
from viewer.media.text import Text
from viewer.scene.stretches import Stretches
from viewer.scene.view_state import ViewState
from viewer.text.colours import TextColours
from viewer.text.lines import Lines
from viewer.text.passage_pane import PassagePane


class TextPane(QWidget):
    """Only the owner selects."""

    selected = Signal(object, int)
    """The hash of a label or None, and which of its ranges."""

    def __init__(self, colours: TextColours) -> None:
        super().__init__()
        self.colours = colours
        self.passage = PassagePane(colours)
        self.passage.selected.connect(self.selected)
        self.setFocusProxy(self.passage)
        self.setAccessibleName("Text")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.passage, 1)

    def set_colours(self, colours: TextColours) -> None:
        self.colours = colours
        self.passage.set_colours(colours)

    def show_passage(self, passage: Text | Page | None, lines: Lines | None, trouble: str) -> None:
        """What is read; None with the reason why there is none."""
        self.passage.show_text(lines, trouble)

    def show_stretches(self, stretches: Stretches | None) -> None:
        """Labels of the text; None while they are not known."""
        self.passage.show_stretches(stretches)

    def set_state(self, state: ViewState) -> None:
        """Selection, what is hidden. Says nothing back."""
        self.passage.set_state(state)

    @property
    def is_settled(self) -> bool:
        """Whether what is shown is complete and sharp."""
        return True
