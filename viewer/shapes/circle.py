"""Circle, which a stretch may make an ellipse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from viewer.shapes.reading import Reading, ellipse_ring, mapping, number, radius
from viewer.shapes.sketch import Area, Sketch


@dataclass(frozen=True, slots=True)
class Circle:
    """Centre and both radii in pixels; both are measured by the frame's *width*. theta: degrees clockwise on screen."""

    WORD: ClassVar[str] = "circle"
    KEYS: ClassVar[tuple[str, ...]] = ("circle",)
    TITLE: ClassVar[str] = "circle"

    cx: float
    cy: float
    r: float
    r2: float
    theta: float

    @classmethod
    def read(cls, entry: Mapping[str, Any], reading: Reading) -> Self:
        value, key = mapping(entry, cls.KEYS)
        x, y = (number(value, name, key, reading) for name in ("x", "y"))
        r = radius(value, "r", key, reading)
        stretch = number(value, "stretch", key, reading, default=1.0, quiet=True)
        theta = number(value, "theta", key, reading, default=0.0, quiet=True)
        width, height = reading.frame
        return cls(x * width, y * height, r * width, r * stretch * width, theta)

    def sketch(self) -> Sketch:
        return Sketch(areas=(Area((ellipse_ring(self.cx, self.cy, self.r, self.r2, self.theta),)),))

    def pixels(self) -> dict[str, Any]:
        return {"cx": self.cx, "cy": self.cy, "r": self.r, "r2": self.r2, "theta": self.theta}

    def measure(self) -> str:
        other = "" if self.r == self.r2 else f" and {self.r2:,.1f}"
        return f"radius {self.r:,.1f}{other} px"


SHAPE = Circle
