"""Colours of bars: the labels' own, lighter ones for their answers, and what can be read on them."""

from __future__ import annotations

from viewer.scene.colours import SAFE, hue_of, rgb
from viewer.scene.contrast import mixed
from viewer.scene.marks import Colour
from viewer.scene.view_state import Look
from viewer.timeline.tracks import TINTS, LabelClass, Track


def colour_of(track: Track | LabelClass, look: Look) -> Colour:
    """As on the picture. Annotators and confidence differ from frame to frame, so there the class's colour stays."""
    if look.colour_by == "instance" and isinstance(track, Track) and track.label is not None:
        return hue_of(track.label)
    is_label = isinstance(track, LabelClass) or track.label is not None
    if look.safe_palette and is_label:
        return SAFE[track.place % len(SAFE)]
    return rgb(track.colour)


def tints_of(colour: Colour) -> list[Colour]:
    """Lighter shades of a bar for the answers in it, all of which take black text."""
    return [mixed(colour, (255, 255, 255), 0.4 + 0.35 * at / (TINTS - 1)) for at in range(TINTS)]
