"""Pictures around a moving label: small crops, how the camera moved between two, and what one shows inside a box."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.media.opencv import cv2
from viewer.shapes.sketch import Bounds

Grey = NDArray[np.uint8]
"""A grey picture, (rows, columns)."""
Motion = NDArray[np.float64]
"""Affine, (2, 3): where a point of one frame lies in another; both in pixels of the full pictures."""

STILL: Motion = np.eye(2, 3)
POINTS, FEWEST_POINTS = 120, 8
"""As many points of the surroundings are followed; so many must agree before the camera is said to have moved."""
WINDOW = 15
"""Cells around a point that are followed with it."""


@dataclass(frozen=True, slots=True)
class Crop:
    """A part of a picture made `fold` times smaller; cell (0, 0) of `grey` is cell (`left`, `top`) of the whole one."""

    grey: Grey
    left: int
    top: int
    fold: int


def crop_of(picture: Grey, region: Bounds, fold: int) -> Crop | None:
    """What of the region, in pixels, lies in the picture; None where that is next to nothing.

    Folds are whole numbers and crops begin at multiples of them, so that two crops lie on one grid.
    """
    rows, columns = (length // fold for length in picture.shape[:2])
    left, top = max(0, math.floor(region.left / fold)), max(0, math.floor(region.top / fold))
    right, bottom = min(columns, math.ceil(region.right / fold)), min(rows, math.ceil(region.bottom / fold))
    if right - left < WINDOW or bottom - top < WINDOW:
        return None
    part = picture[top * fold : bottom * fold, left * fold : right * fold]
    if fold > 1:
        part = cv2().resize(part, (right - left, bottom - top), interpolation=cv2().INTER_AREA)
    # a copy, so that the full picture is not kept alive by its part
    return Crop(part.copy(), left, top, fold)


def camera_motion(one: Crop, other: Crop, moving: Bounds) -> Motion:
    """How the surroundings moved from one crop to the other; `moving`, in pixels, is where the labelled thing may be.

    STILL where too few points can be followed there and back: a flat background looks the same wherever it is.
    """
    first, second, corner = _common(one, other)
    if min(first.shape) < WINDOW:
        return STILL
    points = _points_outside(first, moving, corner, one.fold)
    if len(points) < FEWEST_POINTS:
        return STILL
    found = _followed(first, second, points)
    # noise looks like corners too, but does not lead back to where it started
    sure = np.abs(_followed(second, first, found) - points).max(axis=1) < 0.5
    if sure.sum() < max(FEWEST_POINTS, len(points) / 3):
        return STILL
    here, there = ((which[sure] + 0.5 + corner) * one.fold for which in (points, found))
    motion, agreed = cv2().estimateAffinePartial2D(here, there, ransacReprojThreshold=float(one.fold))
    if motion is None or agreed.sum() < max(FEWEST_POINTS, sure.sum() / 2):
        return STILL
    return motion


def _common(one: Crop, other: Crop) -> tuple[Grey, Grey, tuple[int, int]]:
    """The same place in both crops (empty where they share none), and its left and top in cells."""
    left, top = max(one.left, other.left), max(one.top, other.top)
    right = max(left, min(crop.left + crop.grey.shape[1] for crop in (one, other)))
    bottom = max(top, min(crop.top + crop.grey.shape[0] for crop in (one, other)))
    first, second = (
        crop.grey[top - crop.top : bottom - crop.top, left - crop.left : right - crop.left] for crop in (one, other)
    )
    return first, second, (left, top)


def _points_outside(grey: Grey, moving: Bounds, corner: tuple[int, int], fold: int) -> NDArray[np.float32]:
    """(n, 2) cells of `grey` worth following, none of which sees the moving thing in its window."""
    mask = np.full(grey.shape, 255, np.uint8)
    left, right = (max(0, round(x / fold) - corner[0] + far) for x, far in ((moving.left, -8), (moving.right, 8)))
    top, bottom = (max(0, round(y / fold) - corner[1] + far) for y, far in ((moving.top, -8), (moving.bottom, 8)))
    mask[top:bottom, left:right] = 0
    found = cv2().goodFeaturesToTrack(grey, POINTS, 0.02, 4, mask=mask)
    return np.zeros((0, 2), np.float32) if found is None else found.reshape(-1, 2)


def _followed(first: Grey, second: Grey, points: NDArray[np.float32]) -> NDArray[np.float32]:
    """Where the points, (n, 2), lie in the second picture; far away where they were lost."""
    found, kept, _ = cv2().calcOpticalFlowPyrLK(first, second, points, None, winSize=(WINDOW, WINDOW), maxLevel=3)
    return np.where(kept.reshape(-1, 1) == 1, found, np.float32(-1e6))


def patch(crop: Crop, box: Bounds, shape: tuple[int, int], reach: float, motion: Motion = STILL) -> NDArray[np.float32]:
    """What the crop shows in the box grown `reach` times about its middle, float32 of `shape` (rows, columns).

    The box is moved by the motion first.
    """
    rows, columns = shape
    middle = np.array([(box.left + box.right) / 2, (box.top + box.bottom) / 2])
    step = np.array([box.width * reach / columns, box.height * reach / rows])
    first = middle + step * (0.5 - np.array([columns, rows]) / 2)
    origin = motion[:, :2] @ first + motion[:, 2]
    # pixel centres lie at halves for us and at whole numbers for OpenCV
    where = np.column_stack([motion[:, :2] * step / crop.fold, origin / crop.fold - (crop.left + 0.5, crop.top + 0.5)])
    how = cv2().INTER_LINEAR | cv2().WARP_INVERSE_MAP
    found = cv2().warpAffine(crop.grey, where, (columns, rows), flags=how, borderMode=cv2().BORDER_REPLICATE)
    return found.astype(np.float32)
