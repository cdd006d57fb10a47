"""Scene: everything to be drawn over one picture, decided; back to front."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.shapes.sketch import Sketch
from viewer.size import Size

Colour = tuple[int, int, int]
"""Red, green, blue, 0 to 255."""


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """One label on this frame, ready to be drawn."""

    object_hash: str
    feature_hash: str
    sketch: Sketch
    colour: Colour
    caption: str
    """What the chip says; empty for none."""
    dashed: bool = False
    """Not drawn by hand: automated or interpolated."""
    flagged: bool = False
    """Something is wrong with this label: a small warning mark stands at its caption."""
    area: float = 0.0
    """Of its bounds, image pixels squared: large ones are drawn first and picked last."""
    dimmed: bool = False
    name: str = ""
    """'Car 3', whatever the captions say."""


@dataclass(frozen=True, slots=True, eq=False)
class Trail:
    """Middles of a label on the frames around the present one, ascending; it is absent where frames are missing."""

    points: NDArray[np.float64]
    """In pixels of the picture, shape (n, 2)."""
    steps: NDArray[np.int64]
    """Frames from the present one: negative in the past; shape (n,)."""
    colour: Colour


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """Marks back to front over a picture of `size`, and how to draw them."""

    size: Size
    marks: tuple[Mark, ...] = ()
    fill: float = 0.22
    line_width: float = 2.0
    name_points: bool = False
    trail: Trail | None = None
    """The path of the selected label."""
    legend: tuple[LegendEntry, ...] = ()
    """What the colours mean, where they are not those of the classes."""


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One colour and what it stands for."""

    title: str
    colour: Colour


def bounds_of(marks: Sequence[Mark]) -> NDArray[np.float64]:
    """(marks, 4): left, top, right, bottom in image pixels; inside out where there is nothing to see."""
    nowhere = (math.inf, math.inf, -math.inf, -math.inf)
    return np.array([mark.sketch.bounds or nowhere for mark in marks], dtype=np.float64).reshape(-1, 4)
