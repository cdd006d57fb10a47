"""What can be read on what: the one rule for chips, bars, buttons and the themes."""

from __future__ import annotations

from functools import lru_cache

from viewer.scene.marks import Colour

BLACK_FROM = 0.179
"""Luminance from which black stands out more than white."""
FAINT = 0.28
"""How much is left of the colour of what is hidden."""
LEAST_CONTRAST = 1.5
"""Of a bar to the ground; a bar with less gets an outline."""


@lru_cache(maxsize=4096)
def luminance(colour: Colour) -> float:
    """Relative luminance, 0 black to 1 white, as the rules for legible text reckon it."""
    red, green, blue = ((c / 255 / 12.92) if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """Of text on its ground, either way round: 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@lru_cache(maxsize=4096)
def contrasting(colour: Colour) -> Colour:
    """Black or white, whichever stands out more from `colour`."""
    return (0, 0, 0) if luminance(colour) > BLACK_FROM else (255, 255, 255)


def mixed(colour: Colour, other: Colour, share: float) -> Colour:
    """`share` of the other colour, 0 to 1."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(colour, other, strict=True))
    return red, green, blue


def edge_of(colour: Colour, ground: Colour, text: Colour) -> Colour:
    """The outline of a bar: its own colour, unless it would vanish on the ground."""
    return colour if contrast(colour, ground) >= LEAST_CONTRAST else mixed(ground, text, 0.45)
