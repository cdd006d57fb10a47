"""A chest and upper abdomen, with contrast medium, as a CT shows them: densities slice by slice."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from viewer.demo.organs import (
    ABDOMEN,
    AIR,
    CORE,
    FAT,
    FLUID,
    FLUID_LEVEL,
    LIVER_VESSELS,
    MEDIASTINUM,
    MUSCLE,
    SATELLITE,
    TOP_OF_ABDOMEN,
    TUMOUR,
    Part,
    liver_depth,
    lung_vessels,
    stomach_inside,
)
from viewer.demo.phantom_grid import APART, CORNER, FRAME, PIXEL, X, Y, height, window
from viewer.demo.solids import Array, Plane, Tube
from viewer.demo.torso import Torso

OUTSIDE = -3024
"""The density of what the scanner did not see: the corners of the square."""
_TRUNK = slice(32, 204)
"""The rows that the body lies on."""
_SPICULES = tuple(
    Part(Tube(((-68, 20, 36), (-68 + 34 * x, 20 + 34 * y, 36 + 28 * z)), (7, 0.5)), 10)
    for x, y, z in ((-0.7, -0.8, 0.2), (0.2, -1, -0.1), (-0.9, 0.5, 0.1), (0.1, 1, 0.3), (-1, -0.2, -0.4), (0.8, 0.7, 0))
)  # fmt: skip


class Phantom:
    """The patient."""

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

    def _drawn(self, z: float) -> Array:
        whole = _Canvas(Plane(X, Y, z), np.full((FRAME.height, FRAME.width), AIR, np.float32))
        _draw_table(whole)
        canvas = _Canvas(Plane(X, Y[_TRUNK], z), whole.density[_TRUNK])
        torso = Torso(canvas.plane)
        _draw_wall(canvas, torso)
        canvas.fill(torso.chest, FAT)
        canvas.fill(torso.lungs, -868 + 0.45 * (canvas.plane.y + 60))
        for fissure in torso.fissures:
            canvas.fill(np.minimum(0.55 - np.abs(fissure), torso.lungs), -640)
        canvas.parts(self._vessels, torso.lungs)
        canvas.parts(_SPICULES)
        if z < TOP_OF_ABDOMEN:
            _draw_abdomen(canvas, torso)
        canvas.parts(MEDIASTINUM)
        canvas.parts((Part(TUMOUR, 74), Part(CORE, 22), Part(SATELLITE, 60)))
        _draw_bones(canvas, torso)
        return whole.density


class _Canvas:
    """Densities of one plane, painted over one another with soft edges."""

    def __init__(self, plane: Plane, density: Array) -> None:
        self.plane, self.density = plane, density

    def fill(self, depth: Array, density: float | Array) -> None:
        share = np.clip(depth / np.float32(PIXEL) + np.float32(0.5), 0, 1)
        self.density += share * (density - self.density)

    def parts(self, parts: Iterable[Part], within: Array | None = None) -> None:
        for solid, density in parts:
            found = window(solid, self.plane)
            if found is None:
                continue
            there, plane = found
            depth = solid.depth(plane)
            if within is not None:
                depth = np.minimum(depth, within[there])
            share = np.clip(depth / np.float32(PIXEL) + np.float32(0.5), 0, 1)
            part = self.density[there]
            part += share * (np.float32(density) - part)


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
    canvas.fill(np.minimum(stomach, FLUID_LEVEL - canvas.plane.y), AIR + 20)


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
    deep = np.exp(-((X / 110) ** 2) - (Y / 85) ** 2)
    uneven = _cloud(rng, 64) * np.where(picture < -500, 26, 5) + _cloud(rng, 24) * np.where(picture < -500, 16, 4)
    uneven[picture < -925] = 0
    return noise * (5 + 7 * deep) + uneven


def _cloud(rng: np.random.Generator, cells: int) -> Array:
    coarse = Image.fromarray(rng.standard_normal((cells, cells), np.float32))
    return np.asarray(coarse.resize(FRAME, Image.Resampling.BICUBIC))


def _far_out() -> NDArray[np.bool_]:
    """Outside the circle that the scanner measures."""
    middle = (CORNER[0] + PIXEL * (FRAME.width - 1) / 2, CORNER[1] + PIXEL * (FRAME.height - 1) / 2)
    return np.hypot(X - middle[0], Y - middle[1]) > PIXEL * FRAME.width / 2
