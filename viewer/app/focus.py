"""Focus: which pane has the keyboard, and the next one; the filter of the one that has it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from viewer.app.panes import Panes


class Focus:
    """Moves the keyboard between the panes of one window."""

    def __init__(self, panes: Panes, show_panel: Callable[[str, bool], None]) -> None:
        self._panes = panes
        self._show_panel = show_panel

    def filter(self) -> None:
        """To the filter of the panel that has the focus, else of the labels."""
        panes, focused = self._panes, QApplication.focusWidget()
        for pane, name in (
            (panes.rows, "rows"),
            (panes.problems, "problems"),
            (panes.tags, "inspector"),
            (panes.ranges, "inspector"),
            (panes.timeline, "timeline"),
            (panes.text, ""),
        ):
            if focused is not None and pane.isAncestorOf(focused):
                if name:
                    self._show_panel(name, True)
                pane.focus_filter()
                return
        self._show_panel("labels", True)
        panes.labels.focus_filter()

    def cycle(self, step: int) -> None:
        """To the pane so many places on, in the order of reading."""
        panes = self._panes.focusable()
        focused = QApplication.focusWidget()
        here = next((i for i, p in enumerate(panes) if focused and (p is focused or p.isAncestorOf(focused))), -1)
        if panes:
            panes[(here + step) % len(panes)].setFocus(Qt.FocusReason.TabFocusReason)
