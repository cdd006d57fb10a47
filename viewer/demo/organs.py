"""The phantom's organs and vessels with their densities; lengths as in `solids.py`, densities in Hounsfield units."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from viewer.demo.solids import Array, Ellipsoid, Place, Plane, Solid, Tube
from viewer.demo.torso import Torso

Vector = NDArray[np.float64]


class Part(NamedTuple):
    """A solid of one density; what is painted later takes its room."""

    solid: Solid
    density: float


FAT, MUSCLE, AIR = -98.0, 58.0, -1000.0
TOP_OF_ABDOMEN = 2.0
"""No point of the diaphragm lies higher."""
_VEIN, _ARTERY = 165.0, 225.0
_ALONG_HEART = (0.0, 24.0, -38.0)
HEART = Ellipsoid((20, -27, -4), (64, 44, 46), _ALONG_HEART, bumps=0.05, seed=5)
_SAC = Ellipsoid((20, -27, -4), (68, 48, 50), _ALONG_HEART, bumps=0.05, seed=5)
TUMOUR = Ellipsoid((-68, 20, 36), (25, 20, 22), (12, 24, 35), bumps=0.2, seed=11)
CORE = Ellipsoid((-70, 18, 35), (13, 9, 12), (12, 24, 35), bumps=0.22, seed=12)
SATELLITE = Ellipsoid((-92, -6, 27), (6.5, 5.5, 8), bumps=0.1, seed=13)
KIDNEY = Ellipsoid((56, 46, -84), (24, 18, 42), (-14, 12, 20), bumps=0.08, seed=14)
_KIDNEY_FAT = Ellipsoid((56, 46, -84), (29, 23, 47), (-14, 12, 20))
_RIGHT_KIDNEY_FAT = Ellipsoid((-50, 50, -118), (29, 24, 48), (-12, -10, -20))
_LOWER_CAVA = Tube(((-24, -10, -4), (-25, 8, -40), (-24, 18, -110)), (11, 12, 12))
CARINA: Place = (2.0, 10.0, 60.0)
_TRACHEA = ((0, 2, 110), (2, 7, 78), CARINA)
_BRONCHI = ((-66, 26, 22), (-36, 16, 38), CARINA, (46, 20, 32), (66, 34, 16))

MEDIASTINUM: tuple[Part, ...] = (
    Part(_SAC, FAT),
    Part(HEART, 112),
    Part(Ellipsoid((-24, -18, 2), (21, 24, 30), bumps=0.08, seed=1), _VEIN),
    Part(Ellipsoid((6, -50, -4), (32, 15, 28), (0, 20, -30), bumps=0.1, seed=2), _VEIN),
    Part(Ellipsoid((10, -2, 15), (30, 17, 19), (0, 0, -8), bumps=0.08, seed=3), _ARTERY + 15),
    Part(Ellipsoid((39, -36, -15), (36, 17, 21), _ALONG_HEART, bumps=0.12, seed=4), _ARTERY),
    Part(Tube(((10, -4, 14), (-30, 4, 14), (-62, 12, 6)), (9, 7, 4)), _ARTERY),
    Part(Tube(((10, -4, 14), (46, 8, 14), (70, 22, 4)), (9, 7, 4)), _ARTERY),
    Part(Tube(((12, -46, 18), (14, -34, 44), (20, -22, 52)), (14, 14, 13)), _VEIN + 30),
    Part(Tube(((18, -24, 50), (-20, -2, 46), (-48, 10, 40)), (12, 10, 7)), _VEIN + 30),
    Part(Tube(((18, -24, 52), (40, 0, 54), (54, 16, 44)), (12, 10, 7)), _VEIN + 30),
    Part(Tube(((-29, -22, 110), (-30, -18, 60), (-28, -18, 18)), (9, 9, 10)), _VEIN + 60),
    Part(_LOWER_CAVA, _VEIN - 20),
    Part(Tube(((8, -14, 14), (-14, -30, 34), (-16, -28, 62), (-6, -12, 84), (13, 8, 88), (25, 30, 76)), (13, 15, 15, 14, 13, 12)), _ARTERY),
    Part(Tube(((25, 30, 76), (27, 36, 48), (22, 37, 0), (12, 30, -60), (6, 24, -110)), (12, 12, 11.5, 11, 10)), _ARTERY),
    Part(Tube(((35, 43, 20), (34, 44, 12), (31, 46, 6)), (1.6, 2.4, 1.6)), 900),
    Part(Tube(((6, 24, 110), (8, 27, 40), (12, 24, -20), (26, 4, -52)), (8, 8, 8, 9)), 42),
    Part(Tube(((7, 25, 110), (9, 28, 40)), (2.6, 0.4)), -700),
    Part(Tube(_TRACHEA, (11.5, 11.5, 11)), 35),
    Part(Tube(_BRONCHI, (5, 8.5, 10, 7.5, 4.5)), 35),
    Part(Tube(_TRACHEA, (9.6, 9.6, 9)), AIR),
    Part(Tube(_BRONCHI, (3, 6.5, 8, 5.8, 2.6)), AIR),
)  # fmt: skip
"""From the heart outwards to the airways."""

_STOMACH = (
    Ellipsoid((54, -34, -66), (46, 32, 38), (0, 26, 24), bumps=0.1, seed=26),
    Ellipsoid((62, -2, -53), (34, 32, 32), bumps=0.06, seed=29),
)
_STOMACH_INSIDE = (
    Ellipsoid((54, -34, -66), (41, 28, 34), (0, 26, 24), bumps=0.1, seed=26),
    Ellipsoid((62, -2, -53), (30, 28, 28), bumps=0.06, seed=29),
)
ABDOMEN: tuple[Part, ...] = (
    Part(Ellipsoid((90, 34, -54), (22, 46, 42), (10, 6, -28), bumps=0.1, seed=21), 128),
    Part(_KIDNEY_FAT, FAT - 6),
    Part(KIDNEY, 186),
    Part(Ellipsoid((54, 45, -86), (15, 10, 30), (-14, 12, 20), bumps=0.2, seed=22), 128),
    Part(Ellipsoid((46, 42, -90), (10, 6, 16), (-14, 12, 20), bumps=0.2, seed=23), -30),
    Part(_RIGHT_KIDNEY_FAT, FAT - 6),
    Part(Ellipsoid((-50, 50, -118), (24, 18, 42), (-12, -10, -20), bumps=0.08, seed=24), 186),
    Part(Ellipsoid((-50, 50, -122), (14, 9, 28), (-12, -10, -20), bumps=0.2, seed=25), 128),
    Part(Tube(((-8, 30, -40), (-10, 30, -110)), (5, 8)), MUSCLE),
    Part(Tube(((18, 36, -46), (15, 36, -110)), (5, 8)), MUSCLE),
    Part(Tube(((44, 4, -98), (14, -4, -92), (-14, -8, -104)), (9, 11, 12)), 96),
    Part(Tube(((80, 22, -74), (44, 10, -90), (8, 0, -96)), (4, 4.5, 5)), _VEIN),
    *(Part(solid, 62) for solid in _STOMACH),
    Part(Ellipsoid((92, -34, -92), (20, 22, 24), bumps=0.2, seed=27), 48),
    Part(Ellipsoid((92, -35, -92), (17, 18, 21), bumps=0.2, seed=27), -720),
    Part(Ellipsoid((26, -60, -108), (30, 16, 20), bumps=0.2, seed=28), 46),
)
FLUID, FLUID_LEVEL = 12.0, -47.0
"""The patient lies on the back: gas gathers in front of the level."""

_RIGHT_LOBE = Ellipsoid((-58, 2, -74), (74, 78, 80), (0, 0, 8), bumps=0.05, seed=31)
_LEFT_LOBE = Ellipsoid((0, -42, -56), (62, 27, 34), (0, 14, 10), bumps=0.06, seed=32)
_GALLBLADDER = Ellipsoid((-36, -44, -100), (13, 22, 16), (0, 0, 20))
LIVER_VESSELS: tuple[Part, ...] = (
    Part(Tube(((-25, 8, -36), (-58, 6, -48), (-96, 20, -62)), (6, 4.6, 1.6)), _VEIN),
    Part(Tube(((-25, 6, -36), (-48, -28, -50), (-62, -58, -70)), (6, 4.2, 1.4)), _VEIN),
    Part(Tube(((-22, 2, -36), (0, -32, -48), (28, -46, -52)), (5, 3.6, 1.4)), _VEIN),
    Part(Tube(((-14, -10, -104), (-32, -8, -84), (-66, 4, -80), (-94, 30, -88)), (8, 7, 4.6, 1.8)), _VEIN + 12),
    Part(Tube(((-32, -8, -84), (-14, -34, -72), (16, -46, -66)), (6, 4, 1.6)), _VEIN + 12),
    Part(Tube(((-66, 4, -80), (-82, -30, -74), (-92, -42, -72)), (4, 3, 1.4)), _VEIN + 12),
    Part(Ellipsoid((-84, 34, -56), (8, 7, 8)), 14),
    Part(_GALLBLADDER, 9),
)
"""Veins, the portal vein, a cyst, and the gallbladder in its bed."""


def liver_depth(torso: Torso) -> Array:
    """Both lobes, held in by diaphragm and ribs; it gives way to kidney, gallbladder and the vein behind it."""
    plane = torso.plane
    lobes = np.maximum(_RIGHT_LOBE.depth(plane), _LEFT_LOBE.depth(plane))
    held = np.minimum(lobes, np.minimum(torso.chest - 3, -torso.above_diaphragm - 3))
    apart = np.maximum(_GALLBLADDER.depth(plane), np.maximum(torso.back, torso.vertebral_body) + 7)
    for solid in (_RIGHT_KIDNEY_FAT, _LOWER_CAVA):
        apart = np.maximum(apart, solid.depth(plane))
    return np.minimum(held, -apart)


def stomach_inside(plane: Plane) -> Array:
    return np.maximum(*(solid.depth(plane) for solid in _STOMACH_INSIDE))


def lung_vessels(seed: int = 3) -> list[Part]:
    """Vessels that branch out from both hila into the lungs, thinner and thinner."""
    rng = np.random.default_rng(seed)
    parts: list[Part] = []
    for hilum in ((-46.0, 12.0, 38.0), (52.0, 16.0, 38.0), (-56.0, 12.0, 8.0), (66.0, 18.0, 6.0)):
        side = np.sign(hilum[0])
        for way in ((0.5, -1, 0.5), (0.7, 1, 0.6), (1, 0, 0.05), (0.5, -0.8, -0.8), (0.6, 0.8, -1), (0.2, 0.2, 1.1)):
            _branch(parts, rng, np.array(hilum), np.array([side * way[0], way[1], way[2]]), 22.0, 3.5)
    return parts


def _branch(
    parts: list[Part], rng: np.random.Generator, start: Vector, way: Vector, length: float, thick: float
) -> None:
    """One piece and what branches off at its end, as long as it stays in the lung."""
    if thick < 0.95:
        return
    for _ in range(4):
        way = way / np.linalg.norm(way)
        end = start + way * length * rng.uniform(0.7, 1.3)
        if _in_lung(end) > 3:
            break
        way = way + rng.normal(0, 0.5, 3)
    else:
        return
    thin = thick * 0.8
    a, b = ((float(x), float(y), float(z)) for x, y, z in (start, end))
    parts.append(Part(Tube((a, b), (thick, thin)), 30 + 40 * thick))
    for _ in range(2 if rng.random() < 0.75 else 3):
        _branch(parts, rng, end, way + rng.normal(0, 0.5, 3), length * 0.86, thin * rng.uniform(0.8, 1))


def _in_lung(place: Vector) -> float:
    """How deep in the lung, beside the heart."""
    x, y = place[:2].astype(np.float32).reshape(2, 1, 1)
    plane = Plane(x, y, float(place[2]))
    return float(min(Torso(plane).lungs[0, 0], -_SAC.depth(plane)[0, 0]))
