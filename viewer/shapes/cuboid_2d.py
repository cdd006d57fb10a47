"""Cuboid drawn in the plane: a front face, and a back face seen in perspective or shifted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np

from viewer.shapes.reading import (
    BadGeometry,
    Reading,
    described,
    in_pixels,
    mapping,
    number,
    numbers,
    pairs,
    point,
)
from viewer.shapes.sketch import Area, Line, Points, Sketch


@dataclass(frozen=True, slots=True, eq=False)
class Cuboid2D:
    """Four corners of the front and of the back face in pixels, in the same order."""

    WORD: ClassVar[str] = "cuboid_2d"
    KEYS: ClassVar[tuple[str, ...]] = ("cuboid_2d", "cuboid2d", "cuboid2D")
    TITLE: ClassVar[str] = "2-D cuboid"

    front: Points
    back: Points

    @classmethod
    def read(cls, entry: Mapping[str, Any], reading: Reading) -> Self:
        """With a vanishing point the back face shrinks towards it by `scaleRatio`; else it is the front plus `offset`."""
        value, key = mapping(entry, cls.KEYS)
        front = _read_front(value.get("front"), f"{key}.front", reading)
        if value.get("vanishingPoint") is not None:
            vanishing = np.array(point(value["vanishingPoint"], f"{key}.vanishingPoint", reading), dtype=np.float64)
            back = vanishing + (front - vanishing) * number(value, "scaleRatio", key, reading)
        else:
            if value.get("offset") is None:
                raise BadGeometry(key, "neither a vanishing point nor an offset says where the back face lies")
            back = front + np.array(point(value["offset"], f"{key}.offset", reading), dtype=np.float64)
        return cls(in_pixels(front, reading.frame), in_pixels(back, reading.frame))

    def sketch(self) -> Sketch:
        edges = [Line(np.stack((a, b)), thin=True) for a, b in zip(self.front, self.back, strict=True)]
        return Sketch(areas=(Area((self.front,)),), lines=(Line(self.back, closed=True, thin=True), *edges))

    def pixels(self) -> dict[str, Any]:
        return {"front": pairs(self.front), "back": pairs(self.back)}

    def measure(self) -> str:
        low, high = self.front.min(axis=0), self.front.max(axis=0)
        return f"front {high[0] - low[0]:,.0f} x {high[1] - low[1]:,.0f} px"


def _read_front(value: Any, path: str, reading: Reading) -> Points:
    if not isinstance(value, list):
        raise BadGeometry(path, f"{described(value)} where the four corners of the front face were expected")
    if len(value) == 4 and all(isinstance(corner, Mapping) for corner in value):
        return np.array([point(corner, f"{path}[{i}]", reading) for i, corner in enumerate(value)], dtype=np.float64)
    if len(value) != 8:
        raise BadGeometry(path, f"{len(value)} numbers where the front face has eight, two for each corner")
    return numbers(value, path, reading).reshape(4, 2)


SHAPE = Cuboid2D
