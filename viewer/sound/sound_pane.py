"""The sound: waveform and spectrogram over the rows of its labels."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from viewer.scene.stretches import Stretches
from viewer.scene.view_state import ViewState
from viewer.sound.colours import SoundColours


class SoundPane(QWidget):
    """Only the owner moves the cursor and selects."""

    position_requested = Signal(int)
    """A sample."""
    selected = Signal(object, int)
    """The hash of a label or None, and which of its ranges."""

    def __init__(self, colours: SoundColours) -> None:
        super().__init__()
        self.colours = colours
        self.setAccessibleName("Sound")

    def set_colours(self, colours: SoundColours) -> None:
        self.colours = colours
        self.update()

    def show_stretches(self, stretches: Stretches | None) -> None:
        """Labels of the sound; None while they are not known."""

    def set_state(self, state: ViewState) -> None:
        """Cursor, selection, what is hidden. Says nothing back."""

    @property
    def is_settled(self) -> bool:
        """Whether what is shown is complete and sharp."""
        return True
