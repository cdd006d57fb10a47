"""How well the labels of a stretch fit the picture when they are moved in time.

A label on frame n, moved by s, stands on frame n + s. If it belongs there, what is seen inside of it moves as the
label moves, and what is seen around it does not: it moves as the surroundings do. Both are asked of every small
place in and near the box: is it found again, some frames before and after, where the label went, or where the
surroundings went? Places count more the nearer they are to the middle, so that the fit is best where the box lies
over the moving thing; that is what tells shifts apart for a thing whose speed never changes.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from viewer.check.shift_pictures import Crop, Grey, Motion, camera_motion, crop_of, patch
from viewer.check.shift_track import FEWEST, Stretch
from viewer.media.opencv import cv2
from viewer.shapes.sketch import Bounds

REACH = 1.5
"""Evidence is gathered in the box grown so many times."""
SIDE = 64
"""Cells along the side of what is compared, at most."""
PLACE = 5
"""Cells along the side of a place that is looked for."""
NOISE = 24.0
"""Squared grey levels: differences about as large as this are noise of the camera or of compression."""
BESIDE = 0.045
"""How far labels are drawn beside their thing, as a part of its size: one standard deviation each way."""
MIDDLES = (-0.12, -0.08, -0.04, 0.0, 0.04, 0.08, 0.12)
"""Parts of the box's size by which the thing's middle is taken to lie beside the box's."""
TURNS = {1.2: 0.25, 1.65: 0.5, 2.4: 0.25}
"""Where the thing is taken to end, and how likely: the squared distance from the middle in half sides of the box."""


@dataclass(frozen=True, slots=True)
class Fit:
    """What was measured: how well each step fits at each shift, for some ways in which the box may lie on its thing."""

    moments: NDArray[np.float64]
    """(steps, shifts, 4): the evidence as a whole, along the height, along the width, and far from the middle."""
    shifts: tuple[int, ...]
    ways: NDArray[np.float64]
    """(4, ways): the moments times one way are how well the label fits if its box lies that way on the thing."""
    likely: NDArray[np.float64]
    """How likely each way is, (ways,), summing to 1."""
    texture: float
    """The share of places where one motion can be told from another."""


def fit_of(stretch: Stretch, grey: Callable[[int], Grey | None], stop: Callable[[], bool]) -> Fit | None:
    """None where too few pictures can be had, or when told to stop."""
    regions = _regions(stretch)
    crops = _crops(stretch, regions, grey, stop)
    steps, furthest = _covered(stretch, crops)
    if stop() or furthest < 2:
        return None
    motions = _motions(crops, regions, stretch.stride)
    shape = _shape(stretch)
    basis = _basis(shape)
    shifts = tuple(range(-furthest, furthest + 1))
    moments, texture = np.zeros((len(steps), len(shifts), 4)), 0.0
    for place, step in enumerate(steps):
        if stop():
            return None
        for column, shift in enumerate(shifts):
            evidence, told = _evidence(stretch, step, shift, shape, crops, motions)
            moments[place, column] = (basis * evidence).mean(axis=(1, 2))
            texture += told / len(steps) / len(shifts)
    return Fit(moments, shifts, *_ways(), texture)


def _regions(stretch: Stretch) -> dict[int, Bounds]:
    """For each picture, where the labels are that may stand on it."""
    labels, reach = np.array(stretch.labels), stretch.furthest
    found: dict[int, Bounds] = {}
    for frame in stretch.pictures:
        boxes = np.array([stretch.track[label] for label in labels[np.abs(labels - frame) <= reach].tolist()])
        found[frame] = Bounds(*boxes[:, :2].min(axis=0).tolist(), *boxes[:, 2:].max(axis=0).tolist())
    return found


def _crops(
    stretch: Stretch, regions: dict[int, Bounds], grey: Callable[[int], Grey | None], stop: Callable[[], bool]
) -> dict[int, Crop]:
    """The pictures around the label, with enough of the surroundings to see how the camera moves."""
    margin = max(stretch.size, 32.0)
    fold = max(1, int(stretch.size * REACH / SIDE))
    crops: dict[int, Crop] = {}
    for frame, (left, top, right, bottom) in regions.items():
        if stop():
            break
        picture = grey(frame)
        around = Bounds(left - margin, top - margin, right + margin, bottom + margin)
        crop = None if picture is None else crop_of(picture, around, fold)
        if crop is not None:
            crops[frame] = crop
    return crops


def _covered(stretch: Stretch, crops: dict[int, Crop]) -> tuple[list[int], int]:
    """The steps that have all pictures for the most shifts, and how far these go; 0 where there are too few."""
    stride = stretch.stride

    def complete(step: int, reach: int) -> bool:
        return all(step + far + shift in crops for far in (-stride, 0, stride) for shift in range(-reach, reach + 1))

    for reach in range(stretch.furthest, 1, -1):
        steps = [step for step in stretch.steps if complete(step, reach)]
        if len(steps) >= FEWEST:
            return steps, reach
    return [], 0


def _motions(crops: dict[int, Crop], regions: dict[int, Bounds], stride: int) -> dict[tuple[int, int], Motion]:
    """How the camera moved between frames a stride apart, both ways."""
    motions: dict[tuple[int, int], Motion] = {}
    for frame, crop in crops.items():
        later = frame + stride
        if later in crops:
            motion = camera_motion(crop, crops[later], regions[frame])
            motions[frame, later], motions[later, frame] = motion, cv2().invertAffineTransform(motion)
    return motions


def _shape(stretch: Stretch) -> tuple[int, int]:
    """Rows and columns of what is compared: as the boxes are, but never much finer than the picture is."""
    boxes = stretch.track.values()
    slim = np.median([box.width for box in boxes]) / np.median([box.height for box in boxes])
    root = min(2.0, max(0.5, math.sqrt(slim)))
    side = min(float(SIDE), max(24.0, stretch.size * REACH * 1.5))
    return round(side / root), round(side * root)


def _basis(shape: tuple[int, int]) -> NDArray[np.float32]:
    """What the moments are made with, (4, rows, columns): 1, y, x and y^2 + x^2 in half sides of the box."""
    rows, columns = ((np.arange(length) + 0.5) / length * 2 * REACH - REACH for length in shape)
    y, x = np.meshgrid(rows, columns, indexing="ij")
    return np.stack([np.ones(shape), y, x, y * y + x * x]).astype(np.float32)


def _ways() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The ways in which a box may lie on its thing, (4, ways), and how likely each is, (ways,).

    Evidence counts by `turn` less the squared distance from the thing's middle: less and less outwards, and against
    the fit beyond the thing's end, so that a box too small does not fit better than the right one. The fall is bent
    the same way everywhere: of a flat thing only edges are seen, and two edges count most when they lie evenly.
    """
    every = [(turn, 2 * y, 2 * x) for turn, y, x in product(TURNS, MIDDLES, MIDDLES)]
    ways = np.array([(turn - y * y - x * x, 2 * y, 2 * x, -1.0) for turn, y, x in every]).T
    likely = np.array([TURNS[turn] * math.exp(-(y * y + x * x) / (8 * BESIDE**2)) for turn, y, x in every])
    return ways, likely / likely.sum()


def _evidence(
    stretch: Stretch,
    step: int,
    shift: int,
    shape: tuple[int, int],
    crops: dict[int, Crop],
    motions: dict[tuple[int, int], Motion],
) -> tuple[NDArray[np.float32], float]:
    """1 where a place moves with the label, -1 where with the surroundings, 0 where that cannot be seen; (rows, columns).

    And the share of places where it can be seen. A place must be found before or after, not both: what is about to
    be covered was in sight before.
    """
    frame, box = step + shift, stretch.track[step]
    here = patch(crops[frame], box, shape, REACH)
    with_label: list[NDArray[np.float32]] = []
    with_surroundings: list[NDArray[np.float32]] = []
    for far in (-stretch.stride, stretch.stride):
        crop, label = crops[frame + far], stretch.track[step + far]
        with_label.append(_difference(here, patch(crop, label, shape, REACH)))
        moved = patch(crop, box, shape, REACH, motions[frame, frame + far])
        with_surroundings.append(_difference(here, moved))
    label, surroundings = np.minimum(*with_label), np.minimum(*with_surroundings)
    both = label + surroundings
    evidence = (surroundings - label) / (both + NOISE)
    return evidence.astype(np.float32), float(np.mean(both > NOISE))


def _difference(one: NDArray[np.float32], other: NDArray[np.float32]) -> NDArray[np.float32]:
    """The mean squared difference around each cell."""
    return cv2().blur(np.square(one - other), (PLACE, PLACE))
