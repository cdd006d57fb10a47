"""Tables of 256 colours for values from low to high."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

COLOUR_MAPS = ("warm", "grey")


@cache
def colour_table(name: str) -> NDArray[np.uint8]:
    """Shape (256, 4): blue, green, red, alpha. Both rise evenly from black to white, so that louder is always lighter."""
    levels = np.linspace(0, 1, 256)
    colours = np.stack([levels] * 3, axis=1) if name == "grey" else _cubehelix(levels, 3.0, 0.5, 1.5)
    made = np.full((256, 4), 255, np.uint8)
    made[:, 2::-1] = np.round(np.clip(colours, 0, 1) * 255)
    made.setflags(write=False)
    return made


def _cubehelix(levels: NDArray[np.float64], start: float, turns: float, hue: float) -> NDArray[np.float64]:
    """Red, green, blue by the formula of Green (2011, Bulletin of the Astronomical Society of India 39, 289): a helix
    about the diagonal from black to white, on which perceived brightness rises evenly."""
    angle = 2 * np.pi * (start / 3 + 1 + turns * levels)
    reach = hue * levels * (1 - levels) / 2
    around = np.array([[-0.14861, 1.78277], [-0.29227, -0.90649], [1.97294, 0.0]])
    return levels[:, None] + reach[:, None] * (np.stack([np.cos(angle), np.sin(angle)], axis=1) @ around.T)
