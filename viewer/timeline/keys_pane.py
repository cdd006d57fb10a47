"""Keys that the timeline keeps for itself while it has the focus, and where those that move in time lead."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

PAGE = 10
"""Frames of PageUp and PageDown."""
UP_DOWN = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
OPEN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
NEARER = (Qt.Key.Key_Plus, Qt.Key.Key_Equal)
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -PAGE, Qt.Key.Key_PageDown: PAGE}
ENDS = (Qt.Key.Key_Home, Qt.Key.Key_End)
KEYS = {*UP_DOWN, *OPEN, *NEARER, *STEPS, *ENDS, Qt.Key.Key_Minus}


def is_own(event: QKeyEvent) -> bool:
    """With modifiers a key means what it means everywhere; Shift may be needed to write a plus."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if event.key() == Qt.Key.Key_Plus:
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
    return event.key() in KEYS and modifiers == Qt.KeyboardModifier.NoModifier


def position_after(key: Qt.Key, position: int, count: int) -> int | None:
    """Where a key leads in time; None for keys that do something else."""
    if key in ENDS:
        return 0 if key == Qt.Key.Key_Home else count - 1
    step = STEPS.get(key)
    return None if step is None else min(max(position + step, 0), count - 1)
