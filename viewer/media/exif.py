"""Whether a picture is to be turned: its EXIF orientation, and the size the export says it has."""

from __future__ import annotations

import struct
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewer.media.opencv import cv2
from viewer.size import Size

STORED = 1
"""The orientation of a picture that is shown as it is stored."""

_ORIENTATION = 0x0112
_SHORT, _LONG = 3, 4
_SWAPPED = (5, 6, 7, 8)
"""Orientations in which rows become columns; the flips come after that."""
_FLIPS = {1: (1, 1), 2: (1, -1), 3: (-1, -1), 4: (-1, 1), 5: (1, 1), 6: (1, -1), 7: (-1, -1), 8: (-1, 1)}
"""Steps through rows and through columns, by orientation."""


def orientation_in(exif: bytes) -> int:
    """The orientation 1 to 8 that an EXIF block names, 1 where it names none. Raises ValueError where it is broken."""
    block = exif.removeprefix(b"Exif\0\0")
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(block[:4])
    if order is None:
        raise ValueError("no TIFF header")
    try:
        (start,) = struct.unpack_from(order + "I", block, 4)
        (count,) = struct.unpack_from(order + "H", block, start)
        for at in range(start + 2, start + 2 + 12 * count, 12):
            tag, kind = struct.unpack_from(order + "HH", block, at)
            if tag == _ORIENTATION and kind in (_SHORT, _LONG):
                (value,) = struct.unpack_from(order + ("H" if kind == _SHORT else "I"), block, at + 8)
                return value if value in _FLIPS else STORED
    except struct.error as error:
        raise ValueError("cut short") from error
    return STORED


def choose(orientation: int, stored: Size, expected: Size | None, other: bool) -> tuple[int, str | None]:
    """How a picture is to be turned, and what to say about it.

    The size in the export decides between stored and turned. Where it fits both or neither, or is not known, the
    picture is turned as browsers do. `other` gives what was not chosen.
    """
    if orientation == STORED:
        return STORED, None
    size = turned_size(stored, orientation)
    as_stored = size != stored and expected == stored
    if other:
        as_stored = not as_stored
    if as_stored:
        why = "as you asked" if other else "stored it has the export's size"
        return STORED, f"not turned by its EXIF orientation {orientation}: {why}"
    said = f"turned by its EXIF orientation {orientation}"
    if other:
        return orientation, f"{said}, as you asked"
    if size == stored == expected:
        said = f"{said}; stored and turned both have the export's size"
    return orientation, said


def turned_size(stored: Size, orientation: int) -> Size:
    """The size of a picture once it is turned."""
    return Size(stored.height, stored.width) if orientation in _SWAPPED else stored


def turned(values: NDArray[Any], orientation: int) -> NDArray[Any]:
    """A view of (height, width) or (height, width, channels), turned; nothing is copied."""
    down, right = _FLIPS[orientation]
    upright = values.swapaxes(0, 1) if orientation in _SWAPPED else values
    return upright[::down, ::right]


def turned_copy(shown: NDArray[np.uint8], orientation: int) -> NDArray[np.uint8]:
    """The same as a contiguous array; the very array where there is nothing to turn."""
    down, right = _FLIPS[orientation]
    if orientation in _SWAPPED:
        shown = cv2().transpose(shown)
    if (down, right) != (1, 1):
        shown = cv2().flip(shown, {(1, -1): 1, (-1, 1): 0, (-1, -1): -1}[down, right])
    return shown
