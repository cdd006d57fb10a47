"""A chest and upper abdomen as a CT shows them, slice by slice, and where everything lies on each.

The patient lies on the back, head first; frame 0 is the slice nearest to the head.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from viewer.demo.geometry import Frame, Point
from viewer.demo.organs import (
    ABDOMEN,
    AIR,
    CORE,
    FAT,
    FLUID,
    FLUID_LEVEL,
    HEART,
    LIVER_VESSELS,
    MEDIASTINUM,
    MUSCLE,
    SATELLITE,
    TOP_OF_ABDOMEN,
    TUMOUR,
    Part,
    lung_vessels,
    liver_depth,
    stomach_inside,
)
from viewer.demo.solids import Array, Ellipsoid, Plane, Solid, Tube, outline
from viewer.demo.torso import Torso

FRAME = Frame(256, 256)
COUNT = 40
PIXEL, APART = 1.25, 5.0
"""Millimetres from pixel to pixel, and from slice to slice, which are as thick."""
CORNER = (-159.375, -147.375)
"""x and y of the middle of the first pixel."""
HIGHEST = 95.0
OUTSIDE = -3024
"""The density of what the scanner did not see: the corners of the square."""
_X = (CORNER[0] + PIXEL * np.arange(FRAME.width, dtype=np.float32))[np.newaxis]
_Y = (CORNER[1] + PIXEL * np.arange(FRAME.height, dtype=np.float32))[:, np.newaxis]
_SPICULES = tuple(
    Part(Tube(((-68, 20, 36), (-68 + 34 * x, 20 + 34 * y, 36 + 28 * z)), (7, 0.5)), 10)
    for x, y, z in ((-0.7, -0.8, 0.2), (0.2, -1, -0.1), (-0.9, 0.5, 0.1), (0.1, 1, 0.3), (-1, -0.2, -0.4), (0.8, 0.7, 0))
)  # fmt: skip


def height(frame: int) -> float:
    """z of a slice in millimetres."""
    return HIGHEST - APART * frame


def pixel_of(x: float, y: float) -> Point:
    """A place of the patient in pixels of the slice; (0.5, 0.5) is the middle of the first one."""
    return (x - CORNER[0]) / PIXEL + 0.5, (y - CORNER[1]) / PIXEL + 0.5


def ring(solid: Ellipsoid, frame: int) -> list[Point] | None:
    """The outline of a solid on a slice in pixels."""
    found = outline(solid, height(frame))
    return [pixel_of(x, y) for x, y in found] if found else None


class Phantom:
    """Slices and masks of the patient."""

    def __init__(self) -> None:
        self._vessels = lung_vessels()

    def slice(self, frame: int) -> NDArray[np.int16]:
        """(256, 256) in Hounsfield units, `OUTSIDE` where nothing was measured."""
        middle = height(frame)
        halves = [self._drawn(middle + side * APART / 4) for side in (-1, 1)]
        picture = _blurred((halves[0] + halves[1]) / 2)
        rng = np.random.default_rng(1000 + frame)
        picture += _grain(rng, picture)
        picture[_far_out()] = OUTSIDE
        return np.rint(picture).clip(OUTSIDE, 3071).astype(np.int16)

    def lung(self, frame: int, side: int) -> NDArray[np.bool_]:
        """The lung of the right (`side` -1) or left (1), with its vessels, without airways and tumour."""
        torso = Torso(Plane(_X, _Y, height(frame)))
        own = (torso.lungs > 0) & (np.sign(_X) == side)
        return self._without(own, frame, (TUMOUR, SATELLITE, *(part.solid for part in MEDIASTINUM)))

    def liver(self, frame: int) -> NDArray[np.bool_]:
        """With its vessels and its cyst."""
        if height(frame) > TOP_OF_ABDOMEN:
            return np.zeros((FRAME.height, FRAME.width), bool)
        own = liver_depth(Torso(Plane(_X, _Y, height(frame)))) > 0
        return self._without(own, frame, [part.solid for part in (*ABDOMEN, *MEDIASTINUM)])

    def _without(self, own: NDArray[np.bool_], frame: int, others: Iterable[Solid]) -> NDArray[np.bool_]:
        for solid in others:
            if solid.bounds(height(frame)):
                own = own & ~self.inside(solid, frame)
        return own

    def vertebra(self, frame: int) -> NDArray[np.bool_]:
        """Bone and disc of the spine."""
        torso = Torso(Plane(_X, _Y, height(frame)))
        return (torso.vertebral_body > 0) | (torso.processes > 0)

    def inside(self, solid: Solid, frame: int) -> NDArray[np.bool_]:
        """The pixels whose middles lie in a solid."""
        return solid.depth(Plane(_X, _Y, height(frame))) > 0

    def _drawn(self, z: float) -> Array:
        torso = Torso(Plane(_X, _Y, z))
        canvas = _Canvas(torso.plane)
        _draw_table(canvas)
        _draw_wall(canvas, torso)
        canvas.fill(torso.chest, FAT)
        canvas.fill(torso.lungs, -868 + 0.45 * (_Y + 60))
        for fissure in torso.fissures:
            canvas.fill(np.minimum(0.55 - np.abs(fissure), torso.lungs), -640)
        canvas.parts(self._vessels, torso.lungs)
        canvas.parts(_SPICULES)
        if z < TOP_OF_ABDOMEN:
            _draw_abdomen(canvas, torso)
        canvas.parts(MEDIASTINUM)
        canvas.parts((Part(TUMOUR, 74), Part(CORE, 22), Part(SATELLITE, 60)))
        _draw_bones(canvas, torso)
        return canvas.density


class _Canvas:
    """Densities of one plane, painted over one another with soft edges."""

    def __init__(self, plane: Plane) -> None:
        self.plane = plane
        self.density = np.full((FRAME.height, FRAME.width), AIR, np.float32)

    def fill(self, depth: Array, density: float | Array) -> None:
        share = np.clip(depth / np.float32(PIXEL) + np.float32(0.5), 0, 1)
        self.density += share * (density - self.density)

    def parts(self, parts: Iterable[Part], within: Array | None = None) -> None:
        for solid, density in parts:
            bounds = solid.bounds(self.plane.z)
            if bounds is None:
                continue
            left, front, right, back = bounds
            columns, rows = _span(left, right, CORNER[0], FRAME.width), _span(front, back, CORNER[1], FRAME.height)
            plane = Plane(self.plane.x[:, columns], self.plane.y[rows], self.plane.z)
            depth = solid.depth(plane)
            if within is not None:
                depth = np.minimum(depth, within[rows, columns])
            share = np.clip(depth / np.float32(PIXEL) + np.float32(0.5), 0, 1)
            part = self.density[rows, columns]
            part += share * (np.float32(density) - part)


def _span(low: float, high: float, first: float, count: int) -> slice:
    """The pixels from one place to another, with a margin."""
    a, b = int((low - first) / PIXEL) - 2, int((high - first) / PIXEL) + 4
    return slice(max(0, min(a, count)), max(0, min(b, count)))


def _draw_table(canvas: _Canvas) -> None:
    """Two shells of carbon fibre with foam between, and the mattress."""
    top = 113 - canvas.plane.x**2 / 1500
    y = canvas.plane.y + 0 * canvas.plane.x
    across = 148 - np.abs(canvas.plane.x)
    canvas.fill(np.minimum(np.minimum(y - top + 13, top - y), across), -935)
    canvas.fill(np.minimum(np.minimum(y - top, 128 - y), across), -955)
    canvas.fill(np.minimum(1.5 - np.abs(y - top), across), -70)
    canvas.fill(np.minimum(1.4 - np.abs(y - 128), across - 8), -150)


def _draw_wall(canvas: _Canvas, torso: Torso) -> None:
    """Skin, fat, and muscle with fat between its sheets."""
    canvas.fill(torso.body, 8)
    canvas.fill(torso.body - 2.2, FAT - 8)
    canvas.fill(torso.muscle, MUSCLE)
    x, y, z = torso.plane
    wave = 3.5 * np.sin(x / 17 + z / 30) * np.cos(y / 23)
    for deep, side in ((8.5, 1), (15.5, -1)):
        # thin where the sheets lie close together
        thick = 0.75 + 0.9 * np.sin(np.arctan2(x, y) * 3.0 + side + z / 60)
        sheet = np.minimum(thick - np.abs(torso.muscle - deep - wave), -torso.chest - 11)
        canvas.fill(sheet, FAT + 25)
    canvas.fill(torso.back, MUSCLE)
    canvas.fill(np.minimum(0.9 - np.abs(torso.back - 1), torso.muscle), FAT)


def _draw_abdomen(canvas: _Canvas, torso: Torso) -> None:
    canvas.fill(torso.abdomen, MUSCLE)
    canvas.fill(torso.abdomen - 3.5, FAT)
    canvas.fill(liver_depth(torso), 116)
    canvas.parts(LIVER_VESSELS)
    canvas.parts(ABDOMEN, torso.abdomen - 2)
    stomach = np.minimum(stomach_inside(torso.plane), torso.abdomen - 5)
    canvas.fill(stomach, FLUID)
    canvas.fill(np.minimum(stomach, FLUID_LEVEL - _Y), AIR + 20)


def _draw_bones(canvas: _Canvas, torso: Torso) -> None:
    """Hard on the surface, softer inside."""
    canvas.fill(torso.cartilage, 120)
    for bone, marrow, shell in ((torso.ribs, 190, 1.5), (torso.sternum, 150, 1.4), (torso.scapulae, 240, 1.6)):
        canvas.fill(np.minimum(bone, torso.muscle - 2), 620)
        canvas.fill(bone - shell, marrow)
    disc = torso.in_disc
    canvas.fill(torso.canal + 2.5, 520)
    canvas.fill(torso.processes, 560)
    canvas.fill(torso.processes - 1.6, 230)
    canvas.fill(torso.vertebral_body, 540 - 400 * disc)
    canvas.fill(torso.vertebral_body - 1.7, 205 - 115 * disc)
    canvas.fill(torso.canal, 12)
    canvas.fill(torso.canal - 3.2, 42)


def _blurred(picture: Array) -> Array:
    """As little as the scanner's kernel does."""
    padded = np.pad(picture, 1, mode="edge")
    rows = (padded[:-2] + 2 * padded[1:-1] + padded[2:]) / 4
    return (rows[:, :-2] + 2 * rows[:, 1:-1] + rows[:, 2:]) / 4


def _grain(rng: np.random.Generator, picture: Array) -> Array:
    """Noise, stronger in the middle of the body, and the unevenness of tissue, stronger in the lungs."""
    noise = _blurred(rng.standard_normal(picture.shape, np.float32)) * 2.4
    deep = np.exp(-((_X / 110) ** 2) - (_Y / 85) ** 2)
    uneven = _cloud(rng, 64) * np.where(picture < -500, 26, 5) + _cloud(rng, 24) * np.where(picture < -500, 16, 4)
    uneven[picture < -925] = 0
    return noise * (5 + 7 * deep) + uneven


def _cloud(rng: np.random.Generator, cells: int) -> Array:
    coarse = Image.fromarray(rng.standard_normal((cells, cells), np.float32))
    return np.asarray(coarse.resize(FRAME, Image.Resampling.BICUBIC))


def _far_out() -> NDArray[np.bool_]:
    """Outside the circle that the scanner measures."""
    middle = (CORNER[0] + PIXEL * (FRAME.width - 1) / 2, CORNER[1] + PIXEL * (FRAME.height - 1) / 2)
    return np.hypot(_X - middle[0], _Y - middle[1]) > PIXEL * FRAME.width / 2
