"""Which range pointer and keys mean, in the view of a text and in that of a page alike."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from viewer.text.marks import Marks


class Picking:
    """Keeps what is under the pointer; what is selected is the owner's."""

    def __init__(self, viewport: QWidget, choose: Callable[[str | None, int], None]) -> None:
        """`choose` is told of a label by its hash, or None, and which of its ranges."""
        self._viewport = viewport
        self._choose = choose
        self.hovered = -1
        """Place of the range under the pointer in the columns of `Stretches`; -1 for none."""

    def point(self, keys: list[int]) -> None:
        """The pointer is over these ranges, the smallest first."""
        shape = Qt.CursorShape.PointingHandCursor if keys else Qt.CursorShape.IBeamCursor
        self._viewport.setCursor(shape)
        self._hover(keys[0] if keys else -1)

    def leave(self) -> None:
        self._hover(-1)

    def _hover(self, key: int) -> None:
        if key != self.hovered:
            self.hovered = key
            self._viewport.update()

    def click(self, keys: list[int], marks: Marks | None) -> None:
        """The smallest range; again the next one out; nothing where there is none."""
        if not keys or marks is None:
            self._choose(None, 0)
            return
        chosen = marks.selected
        self._select(keys[(keys.index(chosen) + 1) % len(keys)] if chosen in keys else keys[0], marks)

    def step(self, step: int, marks: Marks | None, here: int) -> bool:
        """To the next range (`step` 1) or the one before, from the selected one on, else from a character; whether
        there is one."""
        found = marks.neighbour(step, here) if marks is not None else None
        if found is None or marks is None:
            return False
        self._select(found, marks)
        return True

    def _select(self, key: int, marks: Marks) -> None:
        stretches = marks.stretches
        self._choose(stretches.label_of(key).object_hash, int(stretches.places[key]))
