"""The sheet of numbers behind what is seen: center and width of the window on slices, else brightness, contrast, gamma."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from viewer.app.actions import BY_ID
from viewer.app.key_sets import keys_in
from viewer.app.keys import key_words
from viewer.panels.window_pane import Choice

if TYPE_CHECKING:
    from viewer.app.window import Window

CHOICES = {
    "window_lung": "Lung",
    "window_bone": "Bone",
    "window_brain": "Brain",
    "window_abdomen": "Abdomen",
    "window_mediastinum": "Mediastinum",
    "window_own": "The file's own",
    "window_next": "The file's next",
    "window_full": "Full range",
    "window_percentiles": "1 % to 99 %",
    "window_auto": "Visible part",
    "invert": "Inverted",
}
"""Actions that are offered as buttons, and their words there."""


class Adjusting(QObject):
    """Follows what else changes the picture while a sheet is open, such as a drag of the right button."""

    def __init__(self, window: Window) -> None:
        super().__init__()
        self._window, self._sheets = window, window.sheets
        self._sheets.adjust.adjusted.connect(
            lambda brightness, contrast, gamma: window.session.set_look(
                brightness=brightness, contrast=contrast, gamma=gamma
            )
        )
        self._sheets.window.typed.connect(window.windowing.set)
        self._sheets.window.chosen.connect(self._choose)
        window.session.changed.connect(self._follow)
        window.session.frame_shown.connect(self._follow)

    def show(self) -> None:
        """Open the sheet for what is on screen, or close it."""
        pane = self._sheets.window if self._window.windowing.grey is not None else self._sheets.adjust
        self._fill()
        self._sheets.show(pane)

    def _choose(self, action_id: str) -> None:
        BY_ID[action_id].run(self._window)
        self._fill()  # a press of what is on already would else switch its button off

    def _follow(self, *_: object) -> None:
        if self._sheets.adjust.isVisible() or self._sheets.window.isVisible():
            self._fill()

    def _fill(self) -> None:
        look, grey, now = self._window.session.state.look, self._window.windowing.grey, self._window.windowing.now
        self._sheets.adjust.show_adjust(look.brightness, look.contrast, look.gamma)
        if grey is not None and now is not None:
            self._sheets.window.show_window(now.center, now.width, grey.unit)
            self._sheets.window.show_choices([self._choice(action_id) for action_id in CHOICES])

    def _choice(self, action_id: str) -> Choice:
        action, window = BY_ID[action_id], self._window
        key = next(iter(keys_in(action, window.key_set)), "")
        is_on = action.checked is not None and action.checked(window)
        return Choice(action_id, CHOICES[action_id], key_words(key) if key else "", action.enabled(window), is_on)
