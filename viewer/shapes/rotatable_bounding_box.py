"""Rotated box: an upright box turned about its centre."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np

from viewer.shapes.bounding_box import read_box
from viewer.shapes.reading import Reading, number, pairs, present_key
from viewer.shapes.sketch import Area, Points, Sketch


@dataclass(frozen=True, slots=True)
class RotatedBox:
    """The upright box in pixels, and the turn: degrees, clockwise on screen, about its centre, after scaling to pixels."""

    WORD: ClassVar[str] = "rotatable_bounding_box"
    KEYS: ClassVar[tuple[str, ...]] = ("rotatableBoundingBox", "rotatable_bounding_box")
    TITLE: ClassVar[str] = "rotated box"

    x: float
    y: float
    w: float
    h: float
    theta: float

    @classmethod
    def read(cls, entry: Mapping[str, Any], reading: Reading) -> Self:
        x, y, w, h = read_box(entry, cls.KEYS, reading)
        key = present_key(entry, cls.KEYS)
        theta = number(entry[key], "theta", key, reading, default=0.0)
        return cls(x, y, w, h, theta % 360)

    def corners(self) -> Points:
        """Four corners, clockwise from the one that is top-left before the turn."""
        turn = math.radians(self.theta)
        cos, sin = math.cos(turn), math.sin(turn)
        across, down = self.w / 2, self.h / 2
        offsets = np.array([(-across, -down), (across, -down), (across, down), (-across, down)], dtype=np.float64)
        # y points down, so this matrix turns clockwise on screen
        turned = offsets @ np.array([(cos, sin), (-sin, cos)], dtype=np.float64)
        return turned + np.array((self.x + across, self.y + down), dtype=np.float64)

    def sketch(self) -> Sketch:
        return Sketch(areas=(Area((self.corners(),)),))

    def pixels(self) -> dict[str, Any]:
        return {"corners": pairs(self.corners())}

    def measure(self) -> str:
        return f"{abs(self.w):,.0f} x {abs(self.h):,.0f} px, turned {self.theta:.1f}°"


SHAPE = RotatedBox
