"""Smaller copies of a huge picture for zooming out, and the brightness, contrast and gamma it is seen with.

Memory: a picture of 10,000 x 10,000 pixels holds 400 MB in colour (100 MB in grey); its levels add a third of that,
133 MB (33 MB), and making them needs nothing more.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewer.media.opencv import cv2

SMALLEST = 512
"""No level is made of one that is not larger than this on its longer side."""
_STRIP = 128
"""Rows of a picture with transparency averaged at a time."""

Grey8 = NDArray[np.uint8]


def levels(shown: Grey8, opaque: bool = True) -> tuple[Grey8, ...]:
    """Copies of (height, width) or (height, width, 4) uint8, each half as large as the one before, itself first.

    A pixel of level k stands for exactly 2^k pixels of the picture each way, so that its scale is 2^k and pixel (x, y)
    covers x 2^k to (x + 1) 2^k. Sizes are rounded up: where one is odd, the last column or row of the next level
    reaches beyond the picture's edge and is the mean of the pixels that are there; clip it to the picture when
    drawing. A picture that is not `opaque` has its colours weighted by alpha, so that what is hidden stays hidden.
    """
    made = [shown]
    while max(made[-1].shape[:2]) > SMALLEST:
        made.append(_halved(made[-1], opaque or shown.ndim == 2))
    return tuple(made)


def scale_of(level: int) -> int:
    """Picture pixels each way under one pixel of a level."""
    return 1 << level


def level_for(zoom: float, count: int) -> int:
    """The level to draw from at `zoom` screen pixels a picture pixel: the smallest that need not be enlarged."""
    level = 0
    while level + 1 < count and zoom * scale_of(level + 1) <= 1:
        level += 1
    return level


def adjusted(array: Grey8, brightness: float, contrast: float, gamma: float) -> Grey8:
    """The array as seen with brightness and contrast (-1 to 1) and gamma (0.2 to 5); itself where they change nothing.

    Gamma comes first and brightens above 1, then contrast about the middle grey, then brightness; alpha is left alone.
    """
    table = _table(brightness, contrast, gamma)
    if np.array_equal(table, np.arange(256)):
        return array
    if array.ndim == 3:
        table = np.stack([table, table, table, np.arange(256, dtype=np.uint8)], axis=-1)[None]
    return cv2().LUT(array, table)


def _table(brightness: float, contrast: float, gamma: float) -> Grey8:
    level = (np.arange(256) / 255.0) ** (1.0 / gamma)
    # -1 gives flat grey, 0 what was there, 1 black and white only
    slope = np.tan((np.clip(contrast, -1.0, 1.0) + 1.0) * np.pi / 4.0)
    seen = (level - 0.5) * min(slope, 1e6) + 0.5 + brightness
    return np.clip(np.rint(seen * 255.0), 0, 255).astype(np.uint8)


def _halved(array: Grey8, opaque: bool) -> Grey8:
    height, width = array.shape[:2]
    half = np.empty(((height + 1) // 2, (width + 1) // 2, *array.shape[2:]), np.uint8)
    shrink = _shrunk if opaque else _shrunk_by_alpha
    for rows in range(0, height, 2 * _STRIP):
        shrink(array[rows : rows + 2 * _STRIP], half[rows // 2 : rows // 2 + _STRIP])
    return half


def _shrunk(array: Grey8, half: Grey8) -> None:
    """Means of two by two pixels; at an odd edge of the two or the one that are there."""
    height, width = array.shape[0] & ~1, array.shape[1] & ~1
    parts: list[tuple[Any, Any]] = [
        (array[:height, :width], half[: height // 2, : width // 2]),
        (array[height:, :width], half[height // 2 :, : width // 2]),
        (array[:height, width:], half[: height // 2, width // 2 :]),
        (array[height:, width:], half[height // 2 :, width // 2 :]),
    ]
    for part, out in parts:
        if part.size:
            out[:] = cv2().resize(part, out.shape[1::-1], interpolation=cv2().INTER_AREA).reshape(out.shape)


def _shrunk_by_alpha(array: Grey8, half: Grey8) -> None:
    height, width = array.shape[:2]
    wide = np.zeros((half.shape[0] * 2, half.shape[1] * 2, 4), np.float32)
    there = np.zeros(wide.shape[:2], np.float32)
    wide[:height, :width], there[:height, :width] = array, 1.0
    wide[..., :3] *= wide[..., 3:]
    total = wide[::2, ::2] + wide[1::2, ::2] + wide[::2, 1::2] + wide[1::2, 1::2]
    counted = there[::2, ::2] + there[1::2, ::2] + there[::2, 1::2] + there[1::2, 1::2]
    colours = total[..., :3] / np.maximum(total[..., 3:], 1.0)
    half[..., :3] = np.rint(colours)
    half[..., 3] = np.rint(total[..., 3] / counted)
