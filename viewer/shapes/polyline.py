"""Polyline: an open line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np

from viewer.shapes.reading import BadGeometry, Reading, in_pixels, ordered_items, pairs, points
from viewer.shapes.sketch import Dot, Line, Points, Sketch


@dataclass(frozen=True, slots=True, eq=False)
class Polyline:
    """Points in pixels, in order."""

    WORD: ClassVar[str] = "polyline"
    KEYS: ClassVar[tuple[str, ...]] = ("polyline",)
    TITLE: ClassVar[str] = "polyline"

    points: Points

    @classmethod
    def read(cls, entry: Mapping[str, Any], reading: Reading) -> Self:
        value = entry.get("polyline")
        if not value:
            raise BadGeometry("polyline", "the polyline has no points, so there is nothing to draw")
        found = points(value, "polyline", reading)
        if any("z" in item for _, item in ordered_items(value, "polyline", reading)):
            reading.warn("polyline", "the points have a z; the line is shown in the plane")
        if len(found) < 2:
            reading.warn("polyline", "the polyline has one point; it is shown as a dot")
        return cls(in_pixels(found, reading.frame))

    def sketch(self) -> Sketch:
        if len(self.points) < 2:
            return Sketch(dots=tuple(Dot(float(x), float(y)) for x, y in self.points))
        return Sketch(lines=(Line(self.points),))

    def pixels(self) -> dict[str, Any]:
        return {"points": pairs(self.points)}

    def measure(self) -> str:
        length = float(np.hypot(*np.diff(self.points, axis=0).T).sum()) if len(self.points) > 1 else 0.0
        return f"{len(self.points):,} points, {length:,.0f} px long"


SHAPE = Polyline
