"""The phantom's trunk: body, chest, diaphragm, lungs and bones, all of them by formula, no two sides alike."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from viewer.demo.solids import Array, Ellipsoid, Plane, Tube

VERTEBRA = 27.0
"""From one vertebra to the next."""
_RIBS_APART, _RIBS_SINK = 26.0, 108.0
"""Ribs lie lower at the front than at the back by `_RIBS_SINK`."""
_PROCESSES = (
    Tube(((-11, 54, 4), (-13, 68, 4), (-34, 72, 7)), (5, 5, 4)),
    Tube(((11, 54, 4), (13, 68, 4), (34, 72, 7)), (5, 5, 4)),
    Tube(((-13, 69, 3), (0, 80, -3), (13, 69, 3)), (4, 3.5, 4)),
    Tube(((0, 79, -3), (0, 92, -18)), (3.6, 4.2)),
)
"""What stands out from a vertebra, seen from its own middle."""
_SCAPULAE = (
    Ellipsoid((-100, 56, 84), (3.6, 36, 66), (0, -8, -40)),
    Ellipsoid((102, 60, 76), (3.4, 34, 66), (0, 8, 42)),
)


class Torso:
    """The trunk on one plane; every depth is (rows, columns) in millimetres, positive inside."""

    def __init__(self, plane: Plane) -> None:
        self.plane = plane

    @cached_property
    def body(self) -> Array:
        x, y, z = self.plane
        groove = np.exp(-((x / 17) ** 2)) * np.where(y > 0, 5, 4)
        return _oval(self.plane, 149 - 0.0004 * (z - 40) ** 2, 103 - 0.03 * abs(z), 0.075) - groove

    @cached_property
    def muscle(self) -> Array:
        """The body without its fat, which is thickest at the belly and the flanks."""
        x, y, z = self.plane
        thick = 9 + 4 * np.clip(-y / 90, 0, 1) * np.clip((30 - z) / 100, 0, 1) + 3 * np.abs(x) / 150
        return self.body - thick

    @cached_property
    def chest(self) -> Array:
        """All that the ribs enclose, the abdomen too."""
        narrow = max(0.0, (self.plane.z - 15) / 80) ** 1.5
        return _oval(self.plane, 120 - 17 * narrow, 78 - 9 * narrow, 0.06) - 1

    @cached_property
    def back(self) -> Array:
        """The long muscles on both sides of the spine."""
        return _ellipse(self.plane, 0, 86, 64, 22)

    @cached_property
    def above_diaphragm(self) -> Array:
        """Positive in the chest, negative in the abdomen; the right dome is the higher one."""
        x, y, z = self.plane
        right = -2 - 50 * ((x + 58) / 64) ** 2 - 46 * ((y + 6) / 74) ** 2 - 12 * np.clip(y / 70, 0, 1)
        left = -16 - 52 * ((x - 60) / 62) ** 2 - 46 * ((y + 2) / 74) ** 2
        between = -34 - 40 * (x / 70) ** 2 - 26 * ((y + 50) / 70) ** 2
        highest = np.maximum(np.maximum(right, left), between)
        return (0.75 * (z - np.maximum(highest, -92))).astype(np.float32)

    @cached_property
    def mediastinum(self) -> Array:
        """What lies between the lungs; wider around the great vessels and the spine."""
        x, y, z = self.plane
        wide = 7 + 17 / (1 + np.exp((24 - y) / 7)) + 32 * np.exp(-(((y + 8) / 30) ** 2)) * np.clip((z - 5) / 30, 0, 1)
        return (wide - np.abs(x - 3 - 3 * np.exp(-(((y + 55) / 20) ** 2)))).astype(np.float32)

    @cached_property
    def lungs(self) -> Array:
        """Both of them, before heart and vessels take their room."""
        inside = np.minimum(self.chest - 2, self.above_diaphragm)
        return np.minimum(inside, -np.maximum(self.mediastinum, self.back + 2))

    @property
    def fissures(self) -> tuple[Array, ...]:
        """How far from the planes that part the lungs into lobes; far away on the other side."""
        x, y, z = self.plane
        right = np.where(x < 0, 0.72 * (y - 8) + 0.66 * (z - 26) - 0.1 * (x + 60) + 2 * np.sin(x / 14), np.float32(99))
        left = np.where(x > 0, 0.7 * (y - 2) + 0.7 * (z - 30) + 0.14 * (x - 60) + 2 * np.sin(x / 17), np.float32(99))
        return right.astype(np.float32), left.astype(np.float32)

    @cached_property
    def abdomen(self) -> Array:
        return np.minimum(self.chest, -self.above_diaphragm)

    @cached_property
    def ribs(self) -> Array:
        """All of them at once: they are the same from one to the next, only lower."""
        number, turn, off = self._rib_place
        lowest = np.interp(number * _RIBS_APART, (-110, -60, -10), (1.2, 1.75, 2.45)).astype(np.float32)
        flat = np.sqrt(((-self.chest - 5.2) / 4.6) ** 2 + (off / 6.8) ** 2)
        ends = np.minimum(turn - 0.33, lowest - turn) * 90
        return np.minimum((1 - flat) * 4.6, ends)

    @cached_property
    def cartilage(self) -> Array:
        """Where the upper ribs go on towards the breastbone."""
        number, turn, off = self._rib_place
        flat = np.sqrt(((-self.chest - 5.2) / 4.2) ** 2 + (off / 7.4) ** 2)
        upper = np.where(number * _RIBS_APART > -20, np.float32(1e3), np.float32(-1e3))
        return np.minimum(np.minimum((1 - flat) * 4.2, upper), (turn - 2.3) * 90)

    @cached_property
    def _rib_place(self) -> tuple[Array, Array, Array]:
        """Number of the nearest rib, angle from the back in radians, and how far above or below its middle."""
        x, y, z = self.plane
        turn = np.abs(np.arctan2(x, y)).astype(np.float32)
        level = (z + _RIBS_SINK * (turn / np.pi) ** 1.15 + np.where(x > 0, 5, -4)) / _RIBS_APART
        number = np.round(level)
        return number, turn, ((level - number) * _RIBS_APART).astype(np.float32)

    @cached_property
    def sternum(self) -> Array:
        plane = Plane(self.plane.x - 1, self.plane.y, self.plane.z)
        plate = _ellipse(plane, 0, -83, 18 if plane.z > 50 else 15, 6.5)
        return np.minimum(plate, np.float32((plane.z + 38) * 0.7))

    @cached_property
    def scapulae(self) -> Array:
        return np.maximum(*(bone.depth(self.plane) for bone in _SCAPULAE))

    @property
    def in_vertebra(self) -> float:
        """How far the plane lies above the middle of its vertebra."""
        return (self.plane.z + 100 + VERTEBRA / 2) % VERTEBRA - VERTEBRA / 2

    @cached_property
    def vertebral_body(self) -> Array:
        """Of bone, or of disc where `in_disc` says so."""
        waist = 2.2 * (1 - min(1.0, abs(self.in_vertebra) / 11) ** 2)
        round_front = _ellipse(self.plane, 0.5, 45, 19 - waist, 15.5 - waist / 2)
        return np.minimum(round_front, np.float32(58) - self.plane.y + 0 * self.plane.x)

    @property
    def in_disc(self) -> float:
        """0 in bone, 1 in the middle of a disc."""
        return float(np.clip((abs(self.in_vertebra) - 9.5) / 2, 0, 1))

    @cached_property
    def canal(self) -> Array:
        return _ellipse(self.plane, 0, 66, 10, 8)

    @cached_property
    def processes(self) -> Array:
        """Arches and processes of the vertebra, and the tip of the one above."""
        x, y, _ = self.plane
        at = [Plane(x, y, self.in_vertebra), Plane(x, y, self.in_vertebra - VERTEBRA)]
        best = np.maximum.reduce([part.depth(plane) for part in _PROCESSES for plane in at if part.bounds(plane.z)])
        return np.minimum(best, -self.canal - 1)


def _oval(plane: Plane, across: float, along: float, square: float) -> Array:
    """Depth in an ellipse whose corners are blown up by the share `square`."""
    x2, y2 = plane.x * plane.x, plane.y * plane.y
    far2 = x2 + y2 + np.float32(1e-3)
    reach = np.sqrt(x2 / np.float32(across**2) + y2 / np.float32(along**2)) + np.float32(1e-4)
    return np.sqrt(far2) * ((1 + np.float32(4 * square) * x2 * y2 / (far2 * far2)) / reach - 1)


def _ellipse(plane: Plane, cx: float, cy: float, rx: float, ry: float) -> Array:
    """Depth in an upright ellipse."""
    dx, dy = plane.x - np.float32(cx), plane.y - np.float32(cy)
    reach = np.sqrt((dx / np.float32(rx)) ** 2 + (dy / np.float32(ry)) ** 2) + np.float32(1e-4)
    return np.sqrt(dx * dx + dy * dy) * (1 / reach - 1) if rx != ry else np.float32(rx) * (1 - reach)
