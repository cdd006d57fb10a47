"""Cycles: what refers to itself is found and freed on the interface thread alone.

Python looks for such garbage in whichever thread happens to make objects. A Qt object that is freed in a worker leaves
its timers behind, and the next of their events ends the program.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL = 250
"""Milliseconds between two looks at how much has gathered."""


class Cycles(QObject):
    """Takes the place of Python's own collecting, by Python's own thresholds, for as long as it lives."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        timer = QTimer(self)
        timer.setInterval(INTERVAL)
        timer.timeout.connect(collect_if_due)
        timer.start()


def collect_if_due() -> None:
    """The oldest generation whose turn it is."""
    due = [many > most for many, most in zip(gc.get_count(), gc.get_threshold(), strict=True)]
    for generation in (2, 1, 0):
        if due[generation]:
            gc.collect(generation)
            return
