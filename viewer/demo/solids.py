"""Solids in the patient: how deep points of one axial plane lie in them, and their outlines on it.

Lengths are millimetres; x grows to the patient's left, y to the back, z to the head. A depth is positive inside, zero on
the surface and, near it, the distance to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]
Place = tuple[float, float, float]


class Plane(NamedTuple):
    """Points of one axial plane: `x` is (1, columns), `y` (rows, 1), `z` a number."""

    x: Array
    y: Array
    z: float


class Solid(Protocol):
    def bounds(self, z: float) -> tuple[float, float, float, float] | None:
        """Left, front, right and back of its section at `z`, or a box around it; None where it has none."""
        ...

    def depth(self, plane: Plane) -> Array:
        """(rows, columns) of the plane."""
        ...


@dataclass(frozen=True)
class Ellipsoid:
    """An ellipsoid that may be turned and bumpy; its sections are star-shaped around `section_middle`."""

    centre: Place
    radii: Place
    turns: Place = (0.0, 0.0, 0.0)
    """Degrees around x, then y, then z."""
    bumps: float = 0.0
    """How far the surface waves, as a share of the radius."""
    seed: int = 0

    @cached_property
    def _inverse(self) -> NDArray[np.float64]:
        """Turns and squeezes an offset from the centre so that the surface becomes a sphere of radius 1."""
        return np.diag(1 / np.array(self.radii)) @ _turn(self.turns).T

    @cached_property
    def _waves(self) -> NDArray[np.float64]:
        """Each a direction of (x, y, z) with its phase."""
        rng = np.random.default_rng(self.seed)
        return np.column_stack([rng.normal(0, 2.6, (4, 3)), rng.uniform(0, 2 * np.pi, 4)])

    def section_middle(self, z: float) -> tuple[float, float]:
        form = self._inverse.T @ self._inverse
        away = -np.linalg.solve(form[:2, :2], form[:2, 2]) * (z - self.centre[2])
        return self.centre[0] + float(away[0]), self.centre[1] + float(away[1])

    def bounds(self, z: float) -> tuple[float, float, float, float] | None:
        form = self._inverse.T @ self._inverse
        plane = np.linalg.inv(form[:2, :2])
        rise = z - self.centre[2]
        left = (1 + self.bumps) ** 2 - rise**2 / np.linalg.inv(form)[2, 2]
        if left <= 0:
            return None
        x, y = self.section_middle(z)
        across, along = np.sqrt(np.diag(plane) * left) * (1 + self.bumps)
        return x - across, y - along, x + across, y + along

    def depth(self, plane: Plane) -> Array:
        x, y, z = (np.float32(middle) for middle in self.centre)
        dx, dy, dz = plane.x - x, plane.y - y, np.float32(plane.z) - z
        m = self._inverse.astype(np.float32)
        u, v, w = (m[i, 0] * dx + m[i, 1] * dy + m[i, 2] * dz for i in range(3))
        reach = np.sqrt(u * u + v * v + w * w) + np.float32(1e-6)
        steep = [m[0, i] * u + m[1, i] * v + m[2, i] * w for i in range(3)]
        slope = np.sqrt(steep[0] ** 2 + steep[1] ** 2 + steep[2] ** 2) / reach + np.float32(1e-6)
        surface = np.float32(1)
        if self.bumps:
            waves = self._waves.astype(np.float32)
            total = sum(np.sin((a * u + b * v + c * w) / reach + phase) for a, b, c, phase in waves)
            surface = 1 + np.float32(self.bumps / 4) * total
        return (surface - reach) / slope


@dataclass(frozen=True)
class Tube:
    """A chain of round pieces through `points`, each as thick as its two ends."""

    points: Sequence[Place]
    radii: Sequence[float]

    def bounds(self, z: float) -> tuple[float, float, float, float] | None:
        if not self._lowest <= z <= self._highest:
            return None
        thick = max(self.radii)
        across, along = ([point[i] for point in self.points] for i in (0, 1))
        return min(across) - thick, min(along) - thick, max(across) + thick, max(along) + thick

    @cached_property
    def _lowest(self) -> float:
        return min(point[2] for point in self.points) - max(self.radii)

    @cached_property
    def _highest(self) -> float:
        return max(point[2] for point in self.points) + max(self.radii)

    def depth(self, plane: Plane) -> Array:
        best = np.full(np.broadcast_shapes(plane.x.shape, plane.y.shape), -1e3, np.float32)
        pieces = zip(self.points, self.points[1:], self.radii, self.radii[1:], strict=False)
        for a, b, ra, rb in pieces:
            reach = max(ra, rb) + 4
            if min(a[2], b[2]) - reach <= plane.z <= max(a[2], b[2]) + reach:
                np.maximum(best, _piece_depth(plane, a, b, ra, rb), out=best)
        return best


def _piece_depth(plane: Plane, a: Place, b: Place, ra: float, rb: float) -> Array:
    along = np.subtract(b, a, dtype=np.float32)
    dx, dy, dz = plane.x - np.float32(a[0]), plane.y - np.float32(a[1]), np.float32(plane.z - a[2])
    share = (dx * along[0] + dy * along[1] + dz * along[2]) / np.float32(along @ along)
    np.clip(share, 0, 1, out=share)
    away = (dx - share * along[0]) ** 2 + (dy - share * along[1]) ** 2 + (dz - share * along[2]) ** 2
    return np.float32(ra) + share * np.float32(rb - ra) - np.sqrt(away)


def outline(solid: Ellipsoid, z: float, points: int = 72) -> list[tuple[float, float]] | None:
    """The solid's edge at `z` as a ring of (x, y), to a thousandth of a millimetre; None where it has no section."""
    middle = solid.section_middle(z)
    angles = np.arange(points) * 2 * np.pi / points
    ways = np.stack([np.cos(angles), np.sin(angles)])

    def depth(reach: NDArray[np.float64]) -> NDArray[np.float64]:
        x, y = (middle[i] + reach * ways[i] for i in (0, 1))
        # x and y of one shape: pairs of them, not a grid
        return solid.depth(Plane(x[np.newaxis], y[np.newaxis], z))[0].astype(np.float64)

    near, far = np.zeros(points), np.full(points, 2.0 * max(solid.radii))
    if (depth(near) <= 0).any():
        return None
    for _ in range(22):
        half = (near + far) / 2
        inside = depth(half) > 0
        near, far = np.where(inside, half, near), np.where(inside, far, half)
    return [(float(x), float(y)) for x, y in zip(*(middle[i] + near * ways[i] for i in (0, 1)), strict=True)]


def _turn(degrees: Place) -> NDArray[np.float64]:
    """The matrix that turns around x, then y, then z."""
    whole = np.eye(3)
    for axis, angle in enumerate(np.radians(degrees)):
        cos, sin = np.cos(angle), np.sin(angle)
        turn = np.eye(3)
        i, j = (axis + 1) % 3, (axis + 2) % 3
        turn[i, i], turn[i, j], turn[j, i], turn[j, j] = cos, -sin, sin, cos
        whole = turn @ whole
    return whole
