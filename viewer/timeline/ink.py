"""Colours of bars: the labels' own, lighter ones for their answers, and what can be read on them."""

from __future__ import annotations

from viewer.scene.colours import SAFE, hue_of, rgb
from viewer.scene.marks import Colour
from viewer.scene.view_state import Look
from viewer.timeline.tracks import TINTS, LabelClass, Track

FAINT = 0.28
"""How much is left of the colour of what is hidden."""
LEAST_CONTRAST = 1.5
"""Of a bar to the ground; a bar with less gets an outline."""


def colour_of(track: Track | LabelClass, look: Look) -> Colour:
    """As on the picture. Annotators and confidence differ from frame to frame, so there the class's colour stays."""
    if look.colour_by == "instance" and isinstance(track, Track) and track.label is not None:
        return hue_of(track.label)
    is_label = isinstance(track, LabelClass) or track.label is not None
    if look.safe_palette and is_label:
        return SAFE[track.place % len(SAFE)]
    return rgb(track.colour)


def mixed(colour: Colour, other: Colour, share: float) -> Colour:
    """`share` of the other colour, 0 to 1."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(colour, other, strict=True))
    return red, green, blue


def tints_of(colour: Colour) -> list[Colour]:
    """Lighter shades of a bar for the answers in it, all of which take black text."""
    return [mixed(colour, (255, 255, 255), 0.4 + 0.35 * at / (TINTS - 1)) for at in range(TINTS)]


def luminance(colour: Colour) -> float:
    """0 to 1, as the web's accessibility guidelines compute it."""
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def text_on(colour: Colour) -> Colour:
    """Black or white, whichever can be read."""
    return (0, 0, 0) if luminance(colour) > 0.18 else (255, 255, 255)


def edge_of(colour: Colour, ground: Colour, text: Colour) -> Colour:
    """The outline of a bar: its own colour, unless it would vanish on the ground."""
    return colour if contrast(colour, ground) >= LEAST_CONTRAST else mixed(ground, text, 0.45)
