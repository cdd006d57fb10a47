"""Where organs lie on the phantom's slices: masks (256, 256) of pixels whose middles are inside, and outlines."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from viewer.demo.geometry import Point
from viewer.demo.organs import ABDOMEN, MEDIASTINUM, SATELLITE, TOP_OF_ABDOMEN, TUMOUR, liver_depth
from viewer.demo.phantom_grid import FRAME, X, height, pixel_of, plane, window
from viewer.demo.solids import Ellipsoid, Solid, outline
from viewer.demo.torso import Torso

Mask = NDArray[np.bool_]


def lungs(frame: int) -> tuple[Mask, Mask]:
    """The right and the left one, with their vessels, without airways and tumour."""
    both = Torso(plane(frame)).lungs > 0
    both = _without(both, frame, (TUMOUR, SATELLITE, *(part.solid for part in MEDIASTINUM)))
    return both & (X < 0), both & (X > 0)


def liver(frame: int) -> Mask:
    """With its vessels and its cyst."""
    if height(frame) > TOP_OF_ABDOMEN:
        return np.zeros((FRAME.height, FRAME.width), bool)
    own = liver_depth(Torso(plane(frame))) > 0
    return _without(own, frame, [part.solid for part in (*ABDOMEN, *MEDIASTINUM)])


def spine(frame: int) -> Mask:
    """Bone and disc."""
    torso = Torso(plane(frame))
    return (torso.vertebral_body > 0) | (torso.processes > 0)


def inside(solid: Solid, frame: int) -> Mask:
    """The pixels whose middles lie in a solid."""
    return solid.depth(plane(frame)) > 0


def ring(solid: Ellipsoid, frame: int) -> list[Point] | None:
    """The outline of a solid on a slice in pixels."""
    found = outline(solid, height(frame))
    return [pixel_of(x, y) for x, y in found] if found else None


def _without(own: Mask, frame: int, others: Iterable[Solid]) -> Mask:
    """What is left of a mask beside other solids."""
    for solid in others:
        found = window(solid, plane(frame))
        if found is not None:
            there, part = found
            own[there] &= solid.depth(part) <= 0
    return own
