"""Which labels are shown and which are like the selected one: the one rule for the picture, the lists and the keys."""

from __future__ import annotations

from typing import Protocol

from viewer.scene.view_state import Alike, ViewState


class Label(Protocol):
    """What the rule looks at: a label of a frame, of a row, or a line of a list."""

    @property
    def object_hash(self) -> str: ...

    @property
    def feature_hash(self) -> str: ...

    @property
    def word(self) -> str:
        """Its shape's, as exported."""
        ...


def is_shown(label: Label, selected: Label | None, state: ViewState) -> bool:
    """Whether nothing hides the label, and no others are shown alone.

    `selected` is None where what is selected is no label of this frame: nothing is like it, and nothing is hidden for
    that.
    """
    if state.solo and selected is not None:
        return is_like(label, selected, state.solo)
    return not is_hidden(label, state)


def is_hidden(label: Label, state: ViewState) -> bool:
    """Whether it is hidden itself, or its class or its shape is."""
    return (
        label.object_hash in state.hidden_objects
        or label.feature_hash in state.hidden_classes
        or label.word in state.hidden_shapes
    )


def is_like(label: Label, selected: Label, alike: Alike) -> bool:
    """Whether a label is like the selected one; always where it does not matter in what."""
    match alike:
        case "":
            return True
        case "instance":
            return label.object_hash == selected.object_hash
        case "class":
            return label.feature_hash == selected.feature_hash
        case "shape":
            return label.word == selected.word
