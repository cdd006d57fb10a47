"""Colours of the bars: each label's own, faint where it is hidden; made once as long as look and theme stay."""

from __future__ import annotations

from dataclasses import dataclass

from viewer.paint.colours import ChartColours
from viewer.scene.colours import colour_of, rgb
from viewer.scene.contrast import FAINT, contrasting, edge_of, mixed
from viewer.scene.marks import Colour
from viewer.scene.runs import Pixels, packed
from viewer.scene.shown import is_like, is_shown
from viewer.scene.stretches import Stretches
from viewer.scene.view_state import ViewState

DIMMED = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Inks:
    """By index of the label; pixels of shape (labels,)."""

    colours: tuple[Colour, ...]
    fills: Pixels
    edges: Pixels
    texts: tuple[Colour, ...]


def inks_of(stretches: Stretches, state: ViewState, colours: ChartColours) -> Inks:
    """As the labels look now."""
    ground, text = rgb(colours.ground), rgb(colours.text)
    selected = next((label for label in stretches.labels if label.object_hash == state.selected), None)
    made: list[Colour] = []
    order = stretches.class_order
    for label in stretches.labels:
        colour = colour_of(label, state.look, order)
        if not is_shown(label, selected, state):
            colour = mixed(ground, colour, FAINT)
        elif state.look.dim and selected is not None and not is_like(label, selected, state.look.dim):
            colour = mixed(ground, colour, DIMMED)
        made.append(colour)
    edges = [edge_of(colour, ground, text) for colour in made]
    return Inks(tuple(made), packed(made), packed(edges), tuple(contrasting(colour) for colour in made))


def key_of(state: ViewState, colours: ChartColours) -> tuple[object, ...]:
    """With the same key the inks are the same."""
    chosen = state.selected if state.solo or state.look.dim else None
    hidden = state.hidden_objects, state.hidden_classes, state.hidden_shapes
    return (state.look, state.solo, chosen, hidden, colours)
