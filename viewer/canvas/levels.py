"""Levels: a picture as it is shown, and smaller ones of it for looking from afar. Plain data, for any thread."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from viewer.canvas.ink import opencv
from viewer.media.grey import Window
from viewer.media.kinds import Picture
from viewer.size import Size

SMALLEST = 256
"""No level is made of one that already is no longer than this, in pixels."""
MADE_WHEN_ASKED = 10_000_000
"""Bytes of a picture whose levels take so little time that they need not be made ahead."""
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
    window: Window | None = None
    """Of pictures whose numbers mean something, in place of the rest: None for the picture's own."""
    inverted: bool = False


UNADJUSTED = Adjust()


class Levels:
    """The picture, and each level half as large as the one before; of small pictures they are made when looked for."""

    def __init__(self, picture: NDArray[np.uint8], opaque: bool) -> None:
        self.images: list[NDArray[np.uint8]] = [picture]
        """(height, width) grey or (height, width, 4) blue, green, red, alpha, premultiplied; C-contiguous."""
        self.opaque = opaque

    @property
    def size(self) -> Size:
        height, width = self.images[0].shape[:2]
        return Size(width, height)

    def nearest(self, width: float) -> NDArray[np.uint8]:
        """The smallest level that has at least `width` columns, else the largest."""
        while math.ceil(self.images[-1].shape[1] / 2) >= width * 0.999 and self._add():
            pass
        fine = [image for image in self.images if image.shape[1] >= width * 0.999]
        return fine[-1] if fine else self.images[0]

    def complete(self) -> None:
        """Make every level now."""
        while self._add():
            pass

    def _add(self) -> bool:
        last = self.images[-1]
        if max(last.shape[:2]) <= SMALLEST:
            return False
        half = (math.ceil(last.shape[1] / 2), math.ceil(last.shape[0] / 2))
        self.images.append(opencv().resize(last, half, interpolation=opencv().INTER_AREA))
        return True


def build_levels(picture: Picture, adjust: Adjust) -> Levels:
    cv = opencv()
    shown = picture.shown
    if picture.grey is not None:
        if adjust.window is not None or adjust.inverted:
            shown = picture.grey.shown(adjust.window, inverted=adjust.inverted)
    elif replace(adjust, window=None) != UNADJUSTED:
        shown = cv.LUT(shown, _table(adjust, shown.ndim == 3))
    if not picture.opaque:
        shown = cv.cvtColor(shown, cv.COLOR_RGBA2mRGBA)
    levels = Levels(shown, picture.opaque)
    if shown.nbytes > MADE_WHEN_ASKED:
        levels.complete()
    return levels


def _table(adjust: Adjust, with_alpha: bool) -> NDArray[np.uint8]:
    """256 new brightnesses: gamma first, then contrast about the middle, then brightness."""
    steepness = math.tan((1 + min(max(adjust.contrast, -1.0), STEEPEST)) * math.pi / 4)
    even = np.linspace(0, 1, 256) ** (1 / adjust.gamma)
    bent = np.clip((even - 0.5) * steepness + 0.5 + adjust.brightness, 0, 1)
    column = np.round((1 - bent if adjust.inverted else bent) * 255).astype(np.uint8)
    if not with_alpha:
        return column.reshape(1, 256)
    same = np.arange(256, dtype=np.uint8)
    return np.stack([column, column, column, same], axis=1).reshape(1, 256, 4)
