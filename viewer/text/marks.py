"""Marks: which ranges lie over a piece of a text, how they look now, and which lie under one character."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.scene.colours import colour_of
from viewer.scene.marks import Colour
from viewer.scene.shown import is_like, is_shown
from viewer.scene.stretches import Stretches, StretchLabel
from viewer.scene.view_state import Captions, Look, ViewState


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
        self._by_hash = {label.object_hash: label for label in stretches.labels}
        self._looks: dict[int, tuple[Colour, str, bool]] = {}
        self._shows: object = None
        self.shown: NDArray[np.bool_] = np.ones(len(stretches), dtype=bool)
        """Of each range, whether nothing hides it."""
        self.selected = -1
        """The selected range; -1 for none."""
        self.related: frozenset[int] = frozenset()
        """The other ranges of the same label."""
        self.set_state(state)

    def set_state(self, state: ViewState) -> bool:
        """What is hidden and selected, colours and captions. Whether lines are to be laid out anew for it."""
        self._state = state
        stretches = self.stretches
        self._selected_label = self._by_hash.get(state.selected or "")
        if self._selected_label is None:
            self.selected, self.related = -1, frozenset()
        else:
            own = stretches.of(state.selected)
            found = stretches.find(state.selected, state.stretch)
            self.selected = -1 if found is None else found
            self.related = frozenset(own.tolist()) - {self.selected}
        alike = state.selected if state.solo or state.look.dim else None
        shows = (state.hidden_objects, state.hidden_classes, state.hidden_shapes, state.solo, state.look, alike)
        if shows == self._shows:
            return False
        self._shows = shows
        self._looks.clear()
        if shows[:4] == (frozenset(), frozenset(), frozenset(), ""):
            self.shown = np.ones(len(stretches), dtype=bool)
        else:
            every = [is_shown(label, self._selected_label, state) for label in stretches.labels]
            self.shown = np.array(every, dtype=bool)[stretches.owners]
        return True

    def _look_of(self, owner: int) -> tuple[Colour, str, bool]:
        """Colour, caption and whether it is dimmed, found once for each label that is seen."""
        found = self._looks.get(owner)
        if found is None:
            label, look, selected = self.stretches.labels[owner], self._state.look, self._selected_label
            faint = selected is not None and not is_like(label, selected, look.dim)
            colour = colour_of(label, look, self.stretches.class_order)
            found = self._looks[owner] = (colour, caption_of(label, look.captions), faint)
        return found

    @property
    def look(self) -> Look:
        return self._state.look

    def colour_of(self, key: int) -> Colour:
        return self._look_of(int(self.stretches.owners[key]))[0]

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
            *self._look_of(owner),
        )

    def at(self, offset: int) -> list[int]:
        """Ranges that hold a character, the smallest first."""
        found = self._over(offset, offset + 1, False)
        found = found[(self._starts[found] <= offset) & (self._ends[found] > offset)]
        return sorted(found.tolist(), key=lambda key: (self._ends[key] - self._starts[key], -key))

    def neighbour(self, step: int, around: int) -> int | None:
        """The next range that is shown, or the one before: of the selected one, else from `around` on."""
        here = self.selected if self.selected >= 0 else None
        return self.stretches.neighbour(here, around, step, self.shown)
