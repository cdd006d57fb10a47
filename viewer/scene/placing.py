"""How the ranges of a unit become places in its sound or text: the one way for window, `inspect` and `check`."""

from __future__ import annotations

from functools import partial

from viewer.media.html_page import Page
from viewer.media.kinds import Passage
from viewer.media.text import Text
from viewer.scene.offsets import Characters, Reading
from viewer.scene.placed import Place, placed_moments
from viewer.scene.positions import placed_positions


def placing(kind: str, passage: Passage | None, reading: Reading) -> Place | None:
    """For a unit of this kind; None where there is no text in which its ranges could lie."""
    if kind == "audio":
        return placed_moments
    if isinstance(passage, Text):
        return partial(Characters(passage.content).placed, reading=reading)
    if isinstance(passage, Page):
        return partial(placed_positions, page=passage)
    return None
