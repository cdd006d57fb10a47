"""The text: its passage with the labelled ranges, and the whole of it as a strip."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from viewer.media.html_page import Page
from viewer.media.text import Text
from viewer.scene.stretches import Stretches
from viewer.scene.view_state import ViewState
from viewer.text.colours import TextColours


class TextPane(QWidget):
    """Only the owner selects."""

    selected = Signal(object, int)
    """The hash of a label or None, and which of its ranges."""

    def __init__(self, colours: TextColours) -> None:
        super().__init__()
        self.colours = colours
        self.setAccessibleName("Text")

    def set_colours(self, colours: TextColours) -> None:
        self.colours = colours
        self.update()

    def show_passage(self, passage: Text | Page | None, trouble: str) -> None:
        """What is read; None with the reason why there is none."""

    def show_stretches(self, stretches: Stretches | None) -> None:
        """Labels of the text; None while they are not known."""

    def set_state(self, state: ViewState) -> None:
        """Selection, what is hidden. Says nothing back."""

    @property
    def is_settled(self) -> bool:
        """Whether what is shown is complete and sharp."""
        return True
