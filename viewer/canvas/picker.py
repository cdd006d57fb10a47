"""Which label a click means."""

from __future__ import annotations

import math
from collections.abc import Sequence

from viewer.scene.marks import Mark

SAME_PLACE = 4.0
"""View pixels; clicks that are no further apart walk through the labels that overlap there."""


class Picker:
    def __init__(self) -> None:
        self._last = (math.inf, math.inf)

    def pick(self, marks: Sequence[Mark], x: float, y: float, selected: str | None) -> str | None:
        """The object hash for a click at view point (x, y) on `marks`, smallest first; None beside all labels.

        A click in the same place takes the label after the selected one, and after the last the first again.
        """
        again = math.dist(self._last, (x, y)) <= SAME_PLACE
        self._last = (x, y)
        hashes = [mark.object_hash for mark in marks]
        if not hashes:
            return None
        if again and selected in hashes:
            return hashes[(hashes.index(selected) + 1) % len(hashes)]
        return hashes[0]
