"""Ellipse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from viewer.shapes.reading import Reading, ellipse_ring, mapping, number, radius
from viewer.shapes.sketch import Area, Sketch


@dataclass(frozen=True, slots=True)
class Ellipse:
    """Centre and radii in pixels: rx by the frame's width, ry by its height. theta: degrees clockwise on screen."""

    WORD: ClassVar[str] = "ellipse"
    KEYS: ClassVar[tuple[str, ...]] = ("ellipse",)
    TITLE: ClassVar[str] = "ellipse"

    cx: float
    cy: float
    rx: float
    ry: float
    theta: float

    @classmethod
    def read(cls, entry: Mapping[str, Any], reading: Reading) -> Self:
        value, key = mapping(entry, cls.KEYS)
        x, y = (number(value, name, key, reading) for name in ("x", "y"))
        rx, ry = (radius(value, name, key, reading) for name in ("rx", "ry"))
        theta = number(value, "theta", key, reading, default=0.0, quiet=True)
        width, height = reading.frame
        return cls(x * width, y * height, rx * width, ry * height, theta)

    def sketch(self) -> Sketch:
        return Sketch(areas=(Area((ellipse_ring(self.cx, self.cy, self.rx, self.ry, self.theta),)),))

    def pixels(self) -> dict[str, Any]:
        return {"cx": self.cx, "cy": self.cy, "rx": self.rx, "ry": self.ry, "theta": self.theta}

    def measure(self) -> str:
        return f"radii {self.rx:,.1f} and {self.ry:,.1f} px"


SHAPE = Ellipse
