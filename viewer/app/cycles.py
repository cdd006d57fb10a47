"""Cycles: what refers to itself is found and freed on the interface thread alone.

Python looks for such garbage in whichever thread happens to make objects. A Qt object that is freed in a worker leaves
its timers behind, and the next of their events ends the program.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL = 250
"""Milliseconds between two looks at how much has gathered."""
EVERYTHING_AFTER = 50
"""Searches among all objects, after which those that were left out are looked at again."""


class Cycles(QObject):
    """Takes the place of Python's own collecting, by Python's own thresholds, for as long as it lives.

    What a search among all objects leaves is left out of the next ones: of a large export they would find nothing, and
    keep the window waiting.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._searches = 0
        """Among all objects."""
        gc.disable()
        timer = QTimer(self)
        timer.setInterval(INTERVAL)
        timer.timeout.connect(self.collect_if_due)
        timer.start()

    def collect_if_due(self) -> None:
        """The oldest generation whose turn it is."""
        due = [many > most for many, most in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        if due[2]:
            self.search_all()
        elif due[1] or due[0]:
            gc.collect(1 if due[1] else 0)

    def search_all(self) -> None:
        if self._searches % EVERYTHING_AFTER == 0:
            gc.unfreeze()
        self._searches += 1
        gc.collect()
        gc.freeze()
