"""Colours of ranges on the ground of a text: the labels' own, made visible, and what can be read on them."""

from __future__ import annotations

from functools import lru_cache

from viewer.scene.contrast import contrast, mixed
from viewer.scene.marks import Colour

LEAST_CONTRAST = 1.7
"""Of a band to the ground; one with less is drawn darker or lighter."""
FAINT = 0.3
"""Opacity of what is dimmed."""


@lru_cache(maxsize=4096)
def visible_on(ground: Colour, text: Colour, colour: Colour) -> Colour:
    """The colour of a band: its own, mixed with the text's as far as it takes not to vanish on the ground."""
    for tenths in range(10):
        made = mixed(colour, text, tenths / 10)
        if contrast(made, ground) >= LEAST_CONTRAST:
            return made
    return text
