"""Marks: which ranges lie over a piece of a text, how they look now, and which lie under one character."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.scene.colours import colour_of
from viewer.scene.marks import Colour
from viewer.scene.shown import is_like, is_shown
from viewer.scene.stretches import Stretches, StretchLabel
from viewer.scene.view_state import Captions, ViewState


@dataclass(frozen=True, slots=True)
class Mark:
    """A range on a piece of the text, as far as it lies on it."""

    key: int
    """Its place in the columns of `Stretches`."""
    start: int
    """Code points from the beginning of the piece."""
    end: int
    """Exclusive; may equal `start`."""
    opens: bool
    """It begins here."""
    closes: bool
    """It ends here."""
    colour: Colour
    caption: str
    faint: bool


def caption_of(label: StretchLabel, captions: Captions) -> str:
    """What the chip says."""
    if captions == "none":
        return ""
    words = label.words if captions == "answers" else ""
    return f"{label.name} · {words}" if words else label.name


class Marks:
    """All ranges of a text as they are shown for one state."""

    def __init__(self, stretches: Stretches, length: int, state: ViewState) -> None:
        """`length`: code points of the text; what lies beyond is at its end."""
        self.stretches = stretches
        self._length = length
        # offsets of some exports have fractions or are below 0; what is drawn are whole characters
        self._starts = np.clip(np.floor(stretches.starts), 0, length).astype(np.int64)
        self._ends = np.maximum(np.clip(np.ceil(stretches.ends), 0, length).astype(np.int64), self._starts)
        self._furthest = np.maximum.accumulate(self._ends) if len(self._ends) else self._ends
        self.set_state(state)

    def set_state(self, state: ViewState) -> None:
        """Hidden labels, colours, captions, what is selected."""
        labels, look = self.stretches.labels, state.look
        selected = next((label for label in labels if label.object_hash == state.selected), None)
        shown = [is_shown(label, selected, state) for label in labels]
        self.shown: NDArray[np.bool_] = np.array(shown, dtype=bool)[self.stretches.owners]
        """Of each range."""
        order = self.stretches.class_order
        self.colours = [colour_of(label, look, order) for label in labels]
        """Of each label."""
        self._captions = [caption_of(label, look.captions) for label in labels]
        self._faint = [selected is not None and not is_like(label, selected, look.dim) for label in labels]
        found = self.stretches.find(state.selected, state.stretch) if selected is not None else None
        self.selected = -1 if found is None else found
        """The selected range; -1 for none."""
        self.related = (
            frozenset(self.stretches.of(state.selected).tolist()) - {self.selected} if selected else frozenset[int]()
        )

    def bounds(self, key: int) -> tuple[int, int]:
        """The characters of a range that are there."""
        return int(self._starts[key]), int(self._ends[key])

    def on(self, start: int, end: int) -> list[Mark]:
        """Ranges that are shown on the piece from `start` to `end`, those that begin first and last longest first."""
        is_last = end >= self._length
        return [self._mark(key, start, end) for key in self._over(start, end, is_last).tolist()]

    def _over(self, start: int, end: int, is_last: bool) -> NDArray[np.intp]:
        last = int(np.searchsorted(self._starts, end, side="right" if is_last else "left"))
        first = int(np.searchsorted(self._furthest[:last], start, side="left"))
        starts, ends = self._starts[first:last], self._ends[first:last]
        # one without a length lies at the character that it stands before
        return np.flatnonzero(((ends > start) | (starts >= start)) & self.shown[first:last]) + first

    def _mark(self, key: int, start: int, end: int) -> Mark:
        begin, stop, owner = int(self._starts[key]), int(self._ends[key]), int(self.stretches.owners[key])
        return Mark(
            key,
            max(begin - start, 0),
            min(stop, end) - start,
            begin >= start,
            stop <= end,
            self.colours[owner],
            self._captions[owner],
            self._faint[owner],
        )

    def at(self, offset: int) -> list[int]:
        """Ranges that hold a character, the smallest first."""
        found = self._over(offset, offset + 1, False)
        found = found[(self._starts[found] <= offset) & (self._ends[found] > offset)]
        return sorted(found.tolist(), key=lambda key: (self._ends[key] - self._starts[key], -key))

    def neighbour(self, key: int, step: int, around: int) -> int | None:
        """The next range that is shown in the order of the text; from `around` on where none is selected."""
        keys: Sequence[int] = np.flatnonzero(self.shown).tolist()
        if not keys:
            return None
        if key < 0:
            at = int(np.searchsorted(self._starts[keys], around, side="left"))
            return keys[min(at, len(keys) - 1)] if step > 0 else keys[max(at - 1, 0)]
        at = int(np.searchsorted(keys, key, side="right" if step > 0 else "left"))
        at = at if step > 0 else at - 1
        return keys[at] if 0 <= at < len(keys) else None
