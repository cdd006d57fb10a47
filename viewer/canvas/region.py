"""Region: a rectangle of whole device pixels."""

from __future__ import annotations

from typing import NamedTuple


class Region(NamedTuple):
    """A rectangle of device pixels, counted from the picture's top-left corner."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.left + self.width

    @property
    def bottom(self) -> int:
        return self.top + self.height

    def meet(self, other: Region) -> Region:
        """What both have; without width or height if nothing."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return Region(left, top, max(right - left, 0), max(bottom - top, 0))

    def grown(self, across: int, down: int) -> Region:
        return Region(self.left - across, self.top - down, self.width + 2 * across, self.height + 2 * down)

    def holds(self, other: Region) -> bool:
        return self.meet(other) == other
