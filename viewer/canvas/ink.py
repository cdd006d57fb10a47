"""Ink: colours and small things laid into a premultiplied picture. numpy and OpenCV only.

A *canvas* here is uint8 (rows, columns, 4): blue, green, red, alpha, the colours multiplied by alpha.
"""

from __future__ import annotations

from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from viewer.media.opencv import cv2
from viewer.scene.contrast import contrasting
from viewer.scene.marks import Colour
from viewer.shapes.sketch import DotMark

opencv = cache(cv2)
"""The module; asking for it ten thousand times a frame costs nothing."""

Canvas = NDArray[np.uint8]
Ink = tuple[float, float, float, float]
"""One premultiplied colour: blue, green, red, alpha, 0 to 255."""

HALO = 0.55
DOT_RADIUS = 4.5
DOT_STROKE = 1.75
BAR = 6.0
"""Half of the bar through a barred ring; it sticks out, so that even a small one is no mere ring."""


@lru_cache(maxsize=4096)
def ink(colour: Colour, opacity: float = 1.0) -> Ink:
    red, green, blue = colour
    return blue * opacity, green * opacity, red * opacity, 255 * opacity


@lru_cache(maxsize=4096)
def halo(colour: Colour, opacity: float = 1.0) -> Ink:
    return ink(contrasting(colour), HALO * opacity)


def parsed(colour: str | None, otherwise: Colour) -> Colour:
    """'#rrggbb' as a colour; anything else is `otherwise`."""
    if colour is None or len(colour) != 7:
        return otherwise
    try:
        return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
    except ValueError:
        return otherwise


def blend(canvas: Canvas, mask: NDArray[np.uint8], colour: Ink) -> None:
    """Lay `colour` over the canvas where the mask is not 0."""
    cv = opencv()
    under = cv.convertScaleAbs(canvas, None, 1 - colour[3] / 255)
    cv.add(under, colour, canvas, mask)


def stamp(canvas: Canvas, sprite: Canvas, left: int, top: int) -> None:
    """Lay a small picture over the canvas with its corner at pixel (left, top); what hangs over is cut off."""
    rows, columns = sprite.shape[:2]
    target = canvas[max(top, 0) : max(top + rows, 0), max(left, 0) : max(left + columns, 0)]
    if not target.size:
        return
    down, across = max(-top, 0), max(-left, 0)
    part = sprite[down : down + target.shape[0], across : across + target.shape[1]]
    rest = np.uint16(255) - part[..., 3:]
    target[:] = part + ((target * rest + np.uint16(127)) // np.uint16(255)).astype(np.uint8)


@lru_cache(maxsize=1024)
def dot_sprite(mark: DotMark, colour: Colour, unit: float, opacity: float = 1.0) -> Canvas:
    """A dot over its halo, smooth; its centre is the centre of the picture. `unit`: device pixels to a pen pixel."""
    size = 2 * int(np.ceil((BAR + DOT_STROKE / 2 + 1) * unit)) + 1
    axis = (np.arange(size) - size // 2) / unit
    x, y = np.meshgrid(axis, axis)
    away = _distance(mark, x, y)
    body, around = (np.clip((reach - away) * unit + 0.5, 0, 1) for reach in (0.0, 1.0))
    under = np.array(halo(colour, opacity)) * around[..., None]
    sprite = np.array(ink(colour, opacity)) * body[..., None] + under * (1 - body[..., None])
    return np.round(sprite).astype(np.uint8)


def _distance(mark: DotMark, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far each point is from the form, in pen pixels; negative inside."""
    from_centre = np.hypot(x, y)
    if mark == "disc":
        return from_centre - DOT_RADIUS
    if mark == "cross":
        along, across = np.abs(x + y) / np.sqrt(2), np.abs(x - y) / np.sqrt(2)
        arms = np.minimum(np.hypot(across, _beyond(along)), np.hypot(along, _beyond(across)))
        return arms - DOT_STROKE / 2
    ring = np.abs(from_centre - DOT_RADIUS)
    if mark == "barred ring":
        ring = np.minimum(ring, np.hypot(y, np.maximum(np.abs(x) - BAR, 0)))
    return ring - DOT_STROKE / 2


def _beyond(along: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.maximum(along - DOT_RADIUS, 0)


@lru_cache(maxsize=256)
def corner_sprite(colour: Colour, unit: float) -> Canvas:
    """The small ring on a corner of the selected label: the label's colour around a centre that stands out."""
    size = 2 * int(np.ceil(5.5 * unit)) + 1
    axis = (np.arange(size) - size // 2) / unit
    from_centre = np.hypot(*np.meshgrid(axis, axis))
    sprite = np.zeros((size, size, 4))
    for radius, colour_there in ((4.5, halo(colour)), (3.5, ink(colour)), (2.0, ink(contrasting(colour)))):
        share = np.clip((radius - from_centre) * unit + 0.5, 0, 1)[..., None]
        sprite = np.array(colour_there) * share + sprite * (1 - share)
    return np.round(sprite).astype(np.uint8)
