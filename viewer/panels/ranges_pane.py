"""The list of labelled ranges of a sound or text: where each starts and ends, and the words it holds."""

from __future__ import annotations

from PySide6.QtCore import Signal

from viewer.panels.colours import PanelColours
from viewer.panels.paint_style import Icons
from viewer.panels.parts_pane import Pane
from viewer.scene.stretches import Stretches
from viewer.scene.view_state import ViewState


class RangesPane(Pane):
    """Only the owner selects."""

    selected = Signal(object, int)
    """The hash of a label, and which of its ranges."""

    def __init__(self, colours: PanelColours, icons: Icons) -> None:
        super().__init__(colours, icons, "Ranges")

    def show_ranges(self, stretches: Stretches | None, content: str | None) -> None:
        """Labels of the unit, None while they are not known; the characters of a text, None of a sound."""

    def set_state(self, state: ViewState) -> None:
        """What is selected and hidden. Says nothing back."""
