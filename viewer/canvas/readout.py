"""What the small chip says of the point under the pointer. No Qt."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from viewer.media.grey import Grey
from viewer.media.kinds import Picture
from viewer.scene.marks import Mark
from viewer.size import Size

FIGURE_SPACE = "\u2007"
LONGEST_NAME = 40
WIDEST = 6
"""Characters kept free for a value of a slice: '-1,024'."""


class Pointed(NamedTuple):
    """What the pointer is on."""

    x: float
    y: float
    """Image pixels, fractional; may lie outside the picture."""
    marks: tuple[Mark, ...]
    """Under it, the smallest first."""


def readout(pointed: Pointed, picture: Picture | None, size: Size) -> tuple[str, ...]:
    """Groups of words: the pixel's place, its values as the file holds them, the label's name.

    Numbers are padded to the width of the largest there can be, so that the chip keeps its size.
    """
    groups: list[str] = []
    x, y = int(np.floor(pointed.x)), int(np.floor(pointed.y))
    if 0 <= x < size.width and 0 <= y < size.height:
        groups.append(f"x {_padded(x, size.width)}")
        groups.append(f"y {_padded(y, size.height)}")
        if picture is not None:
            groups.append(_values(pointed, picture, size))
    if pointed.marks:
        name = pointed.marks[0].caption or pointed.marks[0].name
        short = name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"
        more = f"+{len(pointed.marks) - 1:,}" if len(pointed.marks) > 1 else ""
        groups.append(" ".join(part for part in (short, more) if part))
    return tuple(group for group in groups if group)


def _values(pointed: Pointed, picture: Picture, size: Size) -> str:
    rows, columns = picture.values.shape[:2]
    row = min(int(pointed.y * rows / size.height), rows - 1)
    column = min(int(pointed.x * columns / size.width), columns - 1)
    if picture.grey is not None:
        return _meant(picture.grey, row, column)
    values = np.atleast_1d(picture.values[row, column])
    return "  ".join(f"{name} {_number(value)}" for name, value in zip(picture.channels, values, strict=False))


def _meant(grey: Grey, row: int, column: int) -> str:
    """'-612 HU'; what a pixel holds where there is no picture is said so."""
    if grey.is_padding_at(row, column):
        return "no value (padding)"
    value = grey.value(row, column)
    number = f"{value:,.0f}" if value.is_integer() else f"{value:,.4g}"
    return f"{number.rjust(WIDEST, FIGURE_SPACE)} {grey.unit}".rstrip()


def _number(value: np.generic) -> str:
    if isinstance(value, np.integer):
        return _padded(int(value), min(int(np.iinfo(type(value)).max), 99_999))
    return f"{value:.4g}"


def _padded(number: int, largest: int) -> str:
    return f"{number:,}".rjust(len(f"{largest:,}"), FIGURE_SPACE)
