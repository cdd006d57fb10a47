"""Levels: a picture as it is shown, and smaller ones of it for looking from afar. Plain data, for any thread."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.canvas.ink import opencv
from viewer.media.kinds import Picture
from viewer.size import Size

SMALLEST = 256
"""No level is made of one that already is no longer than this, in pixels."""
STEEPEST = 0.99
"""Contrast is held below 1, where every grey but one would be black or white."""


@dataclass(frozen=True, slots=True)
class Adjust:
    """How the picture's brightness is changed for looking; its values stay what they are."""

    brightness: float = 0.0
    """-1 to 1."""
    contrast: float = 0.0
    """-1 to 1."""
    gamma: float = 1.0
    """0.2 to 5."""


UNADJUSTED = Adjust()


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """The picture, and each level half as large as the one before."""

    images: tuple[NDArray[np.uint8], ...]
    """(height, width) grey or (height, width, 4) blue, green, red, alpha, premultiplied; C-contiguous."""
    opaque: bool

    @property
    def size(self) -> Size:
        height, width = self.images[0].shape[:2]
        return Size(width, height)

    def nearest(self, width: float) -> NDArray[np.uint8]:
        """The smallest level that has at least `width` columns, else the largest."""
        fine = [image for image in self.images if image.shape[1] >= width * 0.999]
        return fine[-1] if fine else self.images[0]


def build_levels(picture: Picture, adjust: Adjust) -> Levels:
    shown = picture.shown
    cv = opencv()
    if adjust != UNADJUSTED:
        shown = cv.LUT(shown, _table(adjust, shown.ndim == 3))
    if not picture.opaque:
        shown = cv.cvtColor(shown, cv.COLOR_RGBA2mRGBA)
    images = [shown]
    while max(shown.shape[:2]) > SMALLEST:
        half = (math.ceil(shown.shape[1] / 2), math.ceil(shown.shape[0] / 2))
        shown = cv.resize(shown, half, interpolation=cv.INTER_AREA)
        images.append(shown)
    return Levels(tuple(images), picture.opaque)


def _table(adjust: Adjust, with_alpha: bool) -> NDArray[np.uint8]:
    """256 new brightnesses: gamma first, then contrast about the middle, then brightness."""
    steepness = math.tan((1 + min(max(adjust.contrast, -1.0), STEEPEST)) * math.pi / 4)
    even = np.linspace(0, 1, 256) ** (1 / adjust.gamma)
    bent = np.clip((even - 0.5) * steepness + 0.5 + adjust.brightness, 0, 1)
    column = np.round(bent * 255).astype(np.uint8)
    if not with_alpha:
        return column.reshape(1, 256)
    same = np.arange(256, dtype=np.uint8)
    return np.stack([column, column, column, same], axis=1).reshape(1, 256, 4)
