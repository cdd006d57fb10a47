"""A small field: go to a frame."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal

from viewer.panels.button_pane import FlatButton
from viewer.panels.colours import PanelColours
from viewer.panels.goto import frame_meant
from viewer.panels.paint_style import Icons
from viewer.panels.parts_pane import FilterField, Pane
from viewer.panels.text_pane import Text


class GotoPane(Pane):
    frame_requested = Signal(int)
    closed = Signal()

    def __init__(self, colours: PanelColours, icons: Icons) -> None:
        super().__init__(colours, icons, "Go to frame")
        style = self.style_of_parts
        self._frames: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        self._frame_at: Callable[[float], int] | None = None
        self._field = FilterField(style, "Frame number", icon="", closes=True)
        self._field.setMinimumWidth(140)
        self._go = FlatButton(style, "Go", title="Go to this frame")
        self._message = Text(style, "", "quiet")
        self.header(self._field, self._go, margins=(8, 8, 8, 4))
        self.header(self._message, margins=(10, 0, 8, 8))
        self.setFocusProxy(self._field)
        self._field.textChanged.connect(self._check)
        self._field.entered.connect(self._enter)
        self._field.left.connect(self.closed)
        self._go.clicked.connect(self._enter)

    def ask(self, frames: NDArray[np.int64], current: int, frame_at: Callable[[float], int] | None = None) -> None:
        """Starts anew: the frames that there are, ascending, the one on screen, and the one at a time in seconds.
        Takes the keyboard."""
        self._frames = frames
        self._frame_at = frame_at
        self._field.setText(f"{current:,}")
        self._field.selectAll()
        self._field.setFocus()
        self._check()

    def _check(self) -> int | None:
        frame, wrong = frame_meant(self._field.text(), self._frames, self._frame_at)
        self._go.setEnabled(frame is not None)
        if wrong:
            self._message.say(wrong, "warning")
        elif len(self._frames):
            times = "; or a time such as 1:02.5" if self._frame_at is not None else ""
            self._message.say(
                f"{int(self._frames[0]):,} to {int(self._frames[-1]):,}, counted as exported{times}", "quiet"
            )
        return frame

    def _enter(self) -> None:
        frame = self._check()
        if frame is not None:
            self.frame_requested.emit(frame)
