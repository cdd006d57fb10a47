"""Scene: everything to be drawn over one picture, decided; back to front."""

from __future__ import annotations

from dataclasses import dataclass

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
class Scene:
    """Marks back to front over a picture of `size`, and how to draw them."""

    size: Size
    marks: tuple[Mark, ...] = ()
    fill: float = 0.22
    line_width: float = 2.0
    name_points: bool = False
    legend: tuple[LegendEntry, ...] = ()
    """What the colours mean, where they are not those of the classes."""


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One colour and what it stands for."""

    title: str
    colour: Colour
