"""Pictures that carry their own number, so that a decoded frame says which one it is.

The middle of the picture holds 8 x 4 cells: two rows with the 16 bits of the number, black or white, and two rows
with the same bits, half of them turned over. That pattern is unlike itself turned or mirrored, survives
coarse compression, and a picture pieced together from two frames is refused unless both copies agree.
"""

from __future__ import annotations

import numpy as np

BITS = 16
COLUMNS, ROWS = 8, 4
MARGIN = 0.1
"""Share of the width and height that is left to the background on each side."""
FILL = 0.8
"""Share of a cell that is painted, the rest shows the background."""
TURNED = 0xAA66
BLACK, WHITE = 16, 236


def cells(width: int, height: int, fill: float = FILL) -> list[tuple[int, int, int, int]]:
    """left, top, right, bottom of each cell, row by row."""
    across, down = width * (1 - 2 * MARGIN) / COLUMNS, height * (1 - 2 * MARGIN) / ROWS
    gap = (1 - fill) / 2
    return [(round(width * MARGIN + (column + gap) * across), round(height * MARGIN + (row + gap) * down),
             round(width * MARGIN + (column + 1 - gap) * across), round(height * MARGIN + (row + 1 - gap) * down))
            for row in range(ROWS) for column in range(COLUMNS)]  # fmt: skip


def pattern(i: int) -> list[bool]:
    """White or black of each cell."""
    return [bool(word >> (BITS - 1 - bit) & 1) for word in (i, i ^ TURNED) for bit in range(BITS)]


def background(i: int, width: int, height: int) -> np.ndarray:
    """Coloured, textured, and moving by a few pixels a frame."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    waves = [90 + 50 * np.sin((x * a + y * b) / 17 + i * speed) for a, b, speed in
             ((1.0, 0.3, 0.31), (-0.4, 1.1, -0.23), (0.7, -0.8, 0.17))]  # fmt: skip
    picture = np.stack(waves, axis=2)
    grain = np.random.default_rng(7).integers(-10, 11, (height, width)).astype(np.float32)
    picture += np.roll(grain, (2 * i, 3 * i), axis=(0, 1))[..., None]
    return np.clip(picture, 0, 255).astype(np.uint8)


def draw(i: int, width: int = 160, height: int = 120) -> np.ndarray:
    """Frame number `i` (0 to 65535) as rgb."""
    picture = background(i, width, height)
    for (left, top, right, bottom), white in zip(cells(width, height), pattern(i), strict=True):
        picture[top:bottom, left:right] = WHITE if white else BLACK
    return picture


def read(picture: np.ndarray) -> int | None:
    """The number on a picture in rgb, rgba or grey, in any of the four orientations; None where none can be read."""
    found = read_turned(picture)
    return found[0] if found else None


def read_turned(picture: np.ndarray) -> tuple[int, int] | None:
    """The number, and how many quarter turns counter-clockwise set the picture upright."""
    grey = picture[..., :3].mean(axis=2) if picture.ndim == 3 else picture.astype(np.float64)
    if picture.dtype != np.uint8:
        grey = grey * (255.0 / max(float(grey.max()), 1.0))
    return next(((number, turn) for turn in range(4) if (number := _upright(np.rot90(grey, turn))) is not None), None)


def _upright(grey: np.ndarray) -> int | None:
    height, width = grey.shape
    means = np.array([grey[top : max(bottom, top + 1), left : max(right, left + 1)].mean()
                      for left, top, right, bottom in cells(width, height, FILL / 2)])  # fmt: skip
    low, high = means.min(), means.max()
    if high - low < 60:
        return None
    shares = (means - low) / (high - low)
    if np.any((shares > 0.35) & (shares < 0.65)):
        return None
    words = [
        int("".join("1" if white else "0" for white in half), 2) for half in (shares[:BITS] > 0.5, shares[BITS:] > 0.5)
    ]
    return words[0] if words[0] == words[1] ^ TURNED else None
