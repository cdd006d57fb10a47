"""Polygon: several regions, each an outer ring with holes; the older form is one ring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np

from viewer.shapes.reading import (
    BadGeometry,
    Reading,
    as_number,
    described,
    in_pixels,
    numbers,
    pairs,
    point,
    points,
)
from viewer.shapes.sketch import Area, Line, Points, Sketch

SCANLINES = 64
TOUCHING = 1e-9
"""Of a coordinate: stretches that share no more than this merely touch."""


@dataclass(frozen=True, slots=True, eq=False)
class Polygon:
    """Regions of rings in pixels, rings not closed. The first ring of a region is its outline, the others are holes."""

    WORD: ClassVar[str] = "polygon"
    KEYS: ClassVar[tuple[str, ...]] = ("polygon", "polygons")
    TITLE: ClassVar[str] = "polygon"

    regions: tuple[tuple[Points, ...], ...]

    @classmethod
    def read(cls, entry: Mapping[str, Any], reading: Reading) -> Self:
        """`polygons` where it holds anything, else the older `polygon`."""
        key = "polygons" if _holds_any(entry.get("polygons")) or not entry.get("polygon") else "polygon"
        if not entry.get(key):
            raise BadGeometry("polygon", "the polygon has no points, so there is nothing to draw")
        if key == "polygons":
            regions = _read_regions(entry[key], reading)
        else:
            regions = ((points(entry[key], key, reading),),)
        _warn_of_odd_rings(regions, reading, key)
        return cls(tuple(tuple(in_pixels(ring, reading.frame) for ring in region) for region in regions))

    def sketch(self) -> Sketch:
        areas: list[Area] = []
        stray: list[Line] = []
        for outer, *holes in self.regions:
            # a hole that lies elsewhere takes nothing away; even-odd would paint it
            inside = [hole for hole in holes if not _apart(outer, hole)]
            stray += [Line(hole, closed=True, dashed=True) for hole in holes if _apart(outer, hole)]
            areas.append(Area((outer, *inside)))
        return Sketch(areas=tuple(areas), lines=tuple(stray))

    def pixels(self) -> dict[str, Any]:
        return {"regions": [[pairs(ring) for ring in region] for region in self.regions]}

    def measure(self) -> str:
        count = sum(len(ring) for region in self.regions for ring in region)
        holes = sum(len(region) - 1 for region in self.regions)
        parts = [f"{count:,} points"]
        if len(self.regions) > 1:
            parts.append(f"{len(self.regions):,} regions")
        if holes:
            parts.append(f"{holes:,} hole{'s' if holes > 1 else ''}")
        return ", ".join(parts)


def _holds_any(polygons: Any) -> bool:
    """Whether there is anything but lists without points."""
    if not isinstance(polygons, list):
        return bool(polygons)
    return any(not isinstance(region, list) or any(region) for region in polygons)


def _read_regions(value: Any, reading: Reading) -> tuple[tuple[Points, ...], ...]:
    if not isinstance(value, list):
        raise BadGeometry("polygons", f"{described(value)} where a list of regions was expected")
    regions: list[tuple[Points, ...]] = []
    for index, region in enumerate(value):
        path = f"polygons[{index}]"
        if not isinstance(region, list):
            raise BadGeometry(path, f"{described(region)} where a list of rings was expected")
        rings = [_read_ring(ring, f"{path}[{number}]", reading) for number, ring in enumerate(region)]
        if rings:
            regions.append(tuple(rings))
        else:
            reading.warn(path, "this region has no rings; it was left out")
    if not regions:
        raise BadGeometry("polygons", "the polygon has no rings, so there is nothing to draw")
    return tuple(regions)


def _read_ring(ring: Any, path: str, reading: Reading) -> Points:
    """Fractions (n, 2) of a flat list x0, y0, x1, y1, ... or of a list of points."""
    if isinstance(ring, list) and any(isinstance(item, list | dict) for item in ring):
        return np.array([_read_pair(item, f"{path}[{i}]", reading) for i, item in enumerate(ring)], dtype=np.float64)
    if not isinstance(ring, list):
        return points(ring, path, reading)
    if len(ring) % 2:
        reading.warn(path, "an odd number of coordinates; the last one was dropped")
        ring = ring[:-1]
    return numbers(ring, path, reading).reshape(-1, 2)


def _read_pair(item: Any, path: str, reading: Reading) -> tuple[float, float]:
    if not isinstance(item, list):
        return point(item, path, reading)
    if len(item) not in (2, 3) or any(isinstance(number, list | dict) for number in item):
        raise BadGeometry(path, "not a pair of coordinates: polygons holds regions, regions hold rings, rings numbers")
    return as_number(item[0], f"{path}[0]", reading), as_number(item[1], f"{path}[1]", reading)


def _warn_of_odd_rings(regions: tuple[tuple[Points, ...], ...], reading: Reading, key: str) -> None:
    for index, (outer, *holes) in enumerate(regions):
        path = f"polygons[{index}]" if key == "polygons" else key
        for number, ring in enumerate((outer, *holes)):
            if len(ring) < 3:
                where = f"{path}[{number}]" if key == "polygons" else path
                reading.warn(where, f"this ring has {len(ring)} point{'s' * (len(ring) != 1)} and so no area")
        for number, hole in enumerate(holes, 1):
            if _apart(outer, hole):
                reading.warn(f"{path}[{number}]", "this hole lies outside its region; it is drawn as a dashed line")
            elif np.array_equal(hole, outer):
                reading.warn(f"{path}[{number}]", "this hole is as large as its region, so that nothing is left")


def _apart(outer: Points, hole: Points) -> bool:
    """Whether the two share no area: looked for on SCANLINES lines across what their bounds share, the middle first."""
    if len(outer) < 3 or len(hole) < 3 or not _doubled_area(hole):
        return _bounds_are_apart(outer, hole)
    top = max(outer[:, 1].min(), hole[:, 1].min())
    bottom = min(outer[:, 1].max(), hole[:, 1].max())
    if bottom <= top:
        return True
    heights = top + (bottom - top) * (np.arange(SCANLINES) + 0.5) / SCANLINES
    nearest = heights[np.argsort(np.abs(heights - (top + bottom) / 2), kind="stable")]
    return not any(_share(_inside(outer, y), _inside(hole, y)) for y in nearest.tolist())


def _bounds_are_apart(outer: Points, hole: Points) -> bool:
    if not len(outer) or not len(hole):
        return False
    return bool((outer.max(axis=0) < hole.min(axis=0)).any() or (hole.max(axis=0) < outer.min(axis=0)).any())


def _doubled_area(ring: Points) -> float:
    x, y = (ring - ring[0]).T
    return float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))


def _inside(ring: Points, y: float) -> list[tuple[float, float]]:
    """Where a horizontal line runs inside a ring, by the even-odd rule: (left, right), ascending."""
    (x0, y0), (x1, y1) = ring.T, np.roll(ring, -1, axis=0).T
    crossed = (y0 <= y) != (y1 <= y)
    x0, y0, x1, y1 = x0[crossed], y0[crossed], x1[crossed], y1[crossed]
    places: list[float] = np.sort(x0 + (y - y0) / (y1 - y0) * (x1 - x0)).tolist()
    return list(zip(places[::2], places[1::2], strict=True))


def _share(one: list[tuple[float, float]], other: list[tuple[float, float]]) -> bool:
    """Whether two ascending lists of stretches overlap by more than rounding can make them."""
    first = second = 0
    while first < len(one) and second < len(other):
        (a, b), (c, d) = one[first], other[second]
        if min(b, d) - max(a, c) > TOUCHING * max(abs(b), abs(d)):
            return True
        if b < d:
            first += 1
        else:
            second += 1
    return False


SHAPE = Polygon
