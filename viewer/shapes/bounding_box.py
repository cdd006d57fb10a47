"""Upright box."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np

from viewer.shapes.reading import Reading, mapping, number
from viewer.shapes.sketch import Area, Sketch


@dataclass(frozen=True, slots=True)
class BoundingBox:
    """Left, top, width and height in pixels; the size is negative where the export says so."""

    WORD: ClassVar[str] = "bounding_box"
    KEYS: ClassVar[tuple[str, ...]] = ("boundingBox", "bounding_box")
    TITLE: ClassVar[str] = "box"

    x: float
    y: float
    w: float
    h: float

    @classmethod
    def read(cls, entry: Mapping[str, Any], reading: Reading) -> Self:
        """`{x, y, w, h}`, x and w by the frame's width, y and h by its height."""
        x, y, w, h = read_box(entry, cls.KEYS, reading)
        return cls(x, y, w, h)

    def sketch(self) -> Sketch:
        right, bottom = self.x + self.w, self.y + self.h
        ring = np.array([(self.x, self.y), (right, self.y), (right, bottom), (self.x, bottom)], dtype=np.float64)
        return Sketch(areas=(Area((ring,)),))

    def pixels(self) -> dict[str, Any]:
        return {"x": self.x, "y": self.y, "w": self.w, "h": self.h}

    def measure(self) -> str:
        return f"{abs(self.w):,.0f} x {abs(self.h):,.0f} px"


def read_box(entry: Mapping[str, Any], keys: tuple[str, ...], reading: Reading) -> tuple[float, float, float, float]:
    """x, y, w, h in pixels of the box under one of `keys`, with a warning for sizes that are none."""
    box, key = mapping(entry, keys)
    x, y, w, h = (number(box, side, key, reading) for side in ("x", "y", "w", "h"))
    if w < 0 or h < 0:
        reading.warn(f"{key}.{'w' if w < 0 else 'h'}", "the box has a negative size; it is shown where its corners are")
    elif w == 0 or h == 0:
        reading.warn(f"{key}.{'w' if w == 0 else 'h'}", "the box has no size (zero width or height)")
    return x * reading.frame.width, y * reading.frame.height, w * reading.frame.width, h * reading.frame.height


SHAPE = BoundingBox
