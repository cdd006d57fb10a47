"""Scrolling over pieces whose heights are known only once they are laid out."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

PER_ROW = 100
"""Steps of the scroll bar to an estimated row."""


class Scroll:
    """Which piece lies at the upper edge, and how much of it is above.

    The bar counts rows as estimated once for a width, so what it says never jumps when a height becomes known: a place
    on the bar is a piece and a share of it, whatever its height is.
    """

    def __init__(self, height_of: Callable[[int], float]) -> None:
        """`height_of`: pixels of a piece, laid out when asked for."""
        self._height_of = height_of
        self._ends: NDArray[np.float64] = np.zeros(0)
        self.height = 0.0
        """Of the view, in pixels."""
        self.at = 0
        self.offset = 0.0
        """Pixels of that piece above the upper edge."""

    def set_rows(self, rows: NDArray[np.float64]) -> None:
        """Estimated rows of each piece, shape (n,), at least one piece."""
        self._ends = np.cumsum(rows)
        self.at = min(self.at, len(rows) - 1)

    @property
    def largest(self) -> int:
        """Of the bar: the last piece stands at the lower edge."""
        return self._value(*self._last())

    @property
    def page(self) -> int:
        """Of the bar: about what is in view."""
        return max(round(self._ends[-1] * PER_ROW) - self.largest, 1)

    @property
    def value(self) -> int:
        return self._value(self.at, self.offset)

    def _value(self, at: int, offset: float) -> int:
        begin = float(self._ends[at - 1]) if at else 0.0
        share = min(max(offset, 0.0) / max(self._height_of(at), 1.0), 1.0)
        return round((begin + share * (float(self._ends[at]) - begin)) * PER_ROW)

    def go_to_value(self, value: int) -> None:
        rows = value / PER_ROW
        at = min(int(np.searchsorted(self._ends, rows, side="right")), len(self._ends) - 1)
        begin = float(self._ends[at - 1]) if at else 0.0
        share = (rows - begin) / max(float(self._ends[at]) - begin, 1e-9)
        self.go_to(at, min(max(share, 0.0), 1.0) * self._height_of(at))

    def go_to(self, at: int, offset: float) -> None:
        """A place `offset` pixels below the top of a piece comes to the upper edge, as far as the ends allow."""
        while offset < 0 and at > 0:
            at -= 1
            offset += self._height_of(at)
        while at < len(self._ends) - 1 and offset >= self._height_of(at):
            offset -= self._height_of(at)
            at += 1
        self.at, self.offset = min((at, max(offset, 0.0)), self._last())

    def by(self, pixels: float) -> None:
        self.go_to(self.at, self.offset + pixels)

    def _last(self) -> tuple[int, float]:
        """Where the upper edge is when the last piece ends at the lower one."""
        at, room = len(self._ends) - 1, self.height
        while at > 0 and room > (tall := self._height_of(at)):
            room -= tall
            at -= 1
        return at, max(self._height_of(at) - room, 0.0)

    def seen(self) -> list[tuple[int, float]]:
        """Pieces in view, each with the pixels from the upper edge of the view to its own."""
        made: list[tuple[int, float]] = []
        at, top = self.at, -self.offset
        while at < len(self._ends) and top < self.height:
            made.append((at, top))
            top += self._height_of(at)
            at += 1
        return made
