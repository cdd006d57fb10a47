"""Keypoint: one point."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from viewer.shapes import reading as read_
from viewer.shapes.reading import BadGeometry, Reading, described, mapping
from viewer.shapes.sketch import Dot, Sketch


@dataclass(frozen=True, slots=True)
class Point:
    """In pixels."""

    WORD: ClassVar[str] = "point"
    KEYS: ClassVar[tuple[str, ...]] = ("point",)
    TITLE: ClassVar[str] = "keypoint"

    x: float
    y: float

    @classmethod
    def read(cls, entry: Mapping[str, Any], reading: Reading) -> Self:
        """`{"0": {x, y}}`; the bare `{x, y}` is read with a warning."""
        value, key = mapping(entry, cls.KEYS)
        if "x" in value or "y" in value:
            reading.warn(key, "the point stands without its number '0'; it was read all the same")
            path, inner = key, value
        elif not value:
            raise BadGeometry(key, "the point has no coordinates")
        else:
            name = "0" if "0" in value else next(iter(value))
            path, inner = f"{key}.{name}", value[name]
            if name != "0":
                reading.note(path, f"the point stands under '{name}' instead of '0'")
            if len(value) > 1:
                reading.warn(key, f"{len(value)} points where one was expected; only the first is shown")
        if not isinstance(inner, Mapping):
            raise BadGeometry(path, f"{described(inner)} where a point {{x, y}} was expected")
        if "z" in inner:
            reading.warn(path, "the point has a z; it is shown in the plane")
        x, y = read_.point(inner, path, reading)
        return cls(x * reading.frame.width, y * reading.frame.height)

    def sketch(self) -> Sketch:
        return Sketch(dots=(Dot(self.x, self.y),))

    def pixels(self) -> dict[str, Any]:
        return {"x": self.x, "y": self.y}

    def measure(self) -> str:
        return f"x {self.x:,.1f}, y {self.y:,.1f} px"


SHAPE = Point
