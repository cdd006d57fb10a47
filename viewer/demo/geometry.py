"""From pixels to the export's geometry: fractions of the picture's width and height, one method a shape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from viewer.demo.ontology import Joint

Point = tuple[float, float]
Geometry = dict[str, Any]
"""The one key of an object entry that holds its shape, such as {'boundingBox': {...}}."""


class Frame(NamedTuple):
    """The picture that pixels are turned into fractions of."""

    width: int
    height: int

    def box(self, x: float, y: float, w: float, h: float) -> Geometry:
        return {"boundingBox": {"x": self._x(x), "y": self._y(y), "w": self._x(w), "h": self._y(h)}}

    def rotated_box(self, cx: float, cy: float, w: float, h: float, theta: float) -> Geometry:
        """Around a centre; `theta` in degrees clockwise."""
        upright = {"x": self._x(cx - w / 2), "y": self._y(cy - h / 2), "w": self._x(w), "h": self._y(h)}
        return {"rotatableBoundingBox": {**upright, "theta": round(theta % 360, 4)}}

    def polygon(self, *regions: Sequence[Sequence[Point]]) -> Geometry:
        """Every region is its outer ring followed by its holes."""
        first = regions[0][0]
        return {
            "polygon": self._numbered(first),
            "polygons": [[self._flat(ring) for ring in region] for region in regions],
        }

    def old_polygon(self, ring: Sequence[Point]) -> Geometry:
        """As exports before 2025 have it: one ring, its points numbered."""
        return {"polygon": self._numbered(ring)}

    def polyline(self, points: Sequence[Point]) -> Geometry:
        return {"polyline": self._numbered(points)}

    def point(self, x: float, y: float) -> Geometry:
        return {"point": self._numbered([(x, y)])}

    def skeleton(
        self, joints: Sequence[Joint], places: Sequence[Point], seen: dict[str, str] | None = None
    ) -> Geometry:
        """`seen`: joint name to 'occluded', 'selfOccluded' or 'invisible'; the rest is visible."""
        points = {}
        for number, (joint, (x, y)) in enumerate(zip(joints, places, strict=True)):
            point = {"x": self._x(x), "y": self._y(y), **joint.as_label()}
            how = (seen or {}).get(joint.name)
            points[str(number)] = point | ({how: True} if how else {})
        return {"skeleton": points}

    def bitmask(self, mask: NDArray[np.bool_]) -> Geometry:
        """`mask` is bool (height, width)."""
        height, width = mask.shape
        return {"bitmask": {"top": 0, "left": 0, "width": width, "height": height, "rleString": run_lengths(mask)}}

    def circle(self, cx: float, cy: float, r: float, stretch: float = 1.0, theta: float = 0.0) -> Geometry:
        """`stretch` times `r` is the second half axis; `theta` in degrees clockwise."""
        circle = {"x": self._x(cx), "y": self._y(cy), "r": self._x(r)}
        return {"circle": circle | ({"stretch": stretch, "theta": theta} if stretch != 1.0 else {})}

    def ellipse(self, cx: float, cy: float, rx: float, ry: float, theta: float = 0.0) -> Geometry:
        return {
            "ellipse": {"x": self._x(cx), "y": self._y(cy), "rx": self._x(rx), "ry": self._y(ry), "theta": theta % 360}
        }

    def cuboid_in_perspective(self, front: Sequence[Point], vanishing: Point, ratio: float) -> Geometry:
        """The back face is the front one drawn towards `vanishing`, `ratio` times its size."""
        point = {"x": self._x(vanishing[0]), "y": self._y(vanishing[1])}
        return {"cuboid_2d": {"front": self._flat(front), "vanishingPoint": point, "scaleRatio": ratio}}

    def cuboid(self, front: Sequence[Point], offset: Point) -> Geometry:
        """The back face is the front one moved by `offset`."""
        moved = {"x": self._x(offset[0]), "y": self._y(offset[1])}
        return {"cuboid_2d": {"front": self._flat(front), "offset": moved}}

    def _x(self, x: float) -> float:
        return round(float(x) / self.width, 7)

    def _y(self, y: float) -> float:
        return round(float(y) / self.height, 7)

    def _flat(self, points: Sequence[Point]) -> list[float]:
        return [number for x, y in points for number in (self._x(x), self._y(y))]

    def _numbered(self, points: Sequence[Point]) -> dict[str, dict[str, float]]:
        return {str(number): {"x": self._x(x), "y": self._y(y)} for number, (x, y) in enumerate(points)}


def run_lengths(mask: NDArray[np.bool_]) -> str:
    """The mask's rows, one after the other, as lengths of runs of 0, 1, 0 ... in COCO's text form."""
    flat = np.concatenate([[False], mask.ravel(), [False]])
    edges = np.flatnonzero(flat[1:] != flat[:-1])
    counts = np.diff(np.concatenate([[0], edges, [mask.size]])).tolist()
    if len(counts) > 1 and counts[-1] == 0:
        counts.pop()
    return "".join(_letters(count - (counts[i - 2] if i > 2 else 0)) for i, count in enumerate(counts))


def _letters(number: int) -> str:
    """Five bits a letter, lowest first; the sixth bit says that more follow."""
    letters = []
    while True:
        bits = number & 31
        number >>= 5
        more = number != (-1 if bits & 16 else 0)
        letters.append(chr(48 + bits + (32 if more else 0)))
        if not more:
            return "".join(letters)
