"""Rulers laid over a picture: how long they are. Never saved. No Qt."""

from __future__ import annotations

import math
from typing import NamedTuple

from viewer.canvas.slice_words import pixel_sides, place_of_lengths
from viewer.media.plane import Plane


class Ruler(NamedTuple):
    """From where the button was pressed to where it was released, in the labels' own pixels."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def pixels(self) -> float:
        """Its length in stored pixels, as if they were square."""
        return math.hypot(self.x1 - self.x0, self.y1 - self.y0)

    def millimetres(self, plane: Plane | None) -> float | None:
        sides = pixel_sides(plane)
        return None if sides is None else math.hypot((self.x1 - self.x0) * sides[0], (self.y1 - self.y0) * sides[1])


def ruler_words(ruler: Ruler, plane: Plane | None) -> str:
    """'distance 23.4 mm · 31.0 px'."""
    length = ruler.millimetres(plane)
    if length is None or plane is None:
        return f"distance {ruler.pixels:,.1f} px"
    shown = f"{length:,.1f}" if length >= 1 else f"{length:.3g}"
    return f"distance {shown} mm{place_of_lengths(plane)} · {ruler.pixels:,.1f} px"


class Rulers:
    """Those that lie on the picture, the last of which may still be drawn out."""

    def __init__(self) -> None:
        self.on = False
        """Whether a drag lays one."""
        self._laid: list[Ruler] = []
        self._drawn: Ruler | None = None

    @property
    def every(self) -> tuple[Ruler, ...]:
        return (*self._laid, self._drawn) if self._drawn is not None else tuple(self._laid)

    def draw(self, ruler: Ruler, done: bool) -> None:
        self._drawn = None if done else ruler
        if done:
            self._laid.append(ruler)

    def clear(self) -> None:
        self._laid.clear()
        self._drawn = None
