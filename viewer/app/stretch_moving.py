"""Moving on sounds and texts: from range to range, to where one begins or ends, to what no label covers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from viewer.app.session import Session
from viewer.app.sounds import SoundFeed
from viewer.app.stretch_book import StretchBook
from viewer.scene.coverage import coverage_of
from viewer.scene.shown import is_shown
from viewer.scene.stretches import Stretches
from viewer.text.text_pane import TextPane

SMALL, LARGE = 1 / 20, 1 / 2
"""Of what is visible of a sound, that a step goes; a large one is ten small ones."""
FEW = 10


class StretchMoving:
    """What the keys of the Go menu do; each does nothing at the end of its way. The same names as in `Moving`."""

    def __init__(self, session: Session, book: StretchBook, sounds: SoundFeed, text: TextPane) -> None:
        self._session, self._book, self._sounds, self._text = session, book, sounds, text

    @property
    def _is_sound(self) -> bool:
        unit = self._session.unit
        return unit is not None and unit.kind == "audio"

    # ---------------------------------------------------------------- the cursor of a sound, the selection of a text

    def step(self, count: int) -> None:
        """A part of what is visible of a sound; of a text so many ranges."""
        if not self._is_sound:
            return self.step_label(count)
        share = SMALL * count if abs(count) < FEW else LARGE * np.sign(count)
        by = share * self._sounds.pane.span
        self._sounds.go_to(self._session.state.position + (int(np.sign(by)) if abs(by) < 1 else round(by)))
        return None

    def step_to_end(self, direction: int) -> None:
        if self._is_sound:
            self._sounds.go_to(self._sounds.count if direction > 0 else 0)
        elif (found := self._stretches) is not None and len(found):
            self._select(found, len(found) - 1 if direction > 0 else 0)

    def step_labelled(self, direction: int) -> None:
        """To the next range that begins after the cursor of a sound, or to the one before; of a text the next."""
        found = self._stretches
        if found is None:
            return None
        if not self._is_sound:
            return self.step_label(direction)
        here = self._sounds.milliseconds(self._session.state.position)
        slack = self._sounds.milliseconds(1) / 2  # the cursor stands on a sample, a range may begin between two
        at = found.neighbour(None, here + slack * direction, direction, self._kept(found))
        return self._select(found, at)

    def step_label(self, step: int) -> None:
        """To the next range in time after the selected one."""
        found = self._stretches
        if found is not None:
            here = found.find(self._session.state.selected, self._session.state.stretch)
            self._select(found, found.neighbour(here, self._here(), step, self._kept(found)))

    def step_same_class(self, direction: int) -> None:
        """To the next range of the selected one's class, here or in another row."""
        found, selected = self._stretches, self._session.state.selected
        here = found.find(selected, self._session.state.stretch) if found is not None else None
        label = next((one for one in found.labels if one.object_hash == selected), None) if found is not None else None
        if found is None or label is None:
            return
        alike = self._where(found, lambda at: found.labels[at].feature_hash == label.feature_hash)
        at = found.neighbour(here, self._here(), direction, alike & self._kept(found))
        if at is None:
            self._session.find_class(label.feature_hash, direction)
        else:
            self._select(found, at)

    def step_event(self, direction: int) -> None:
        """To where any range starts or ends next."""
        found = self._stretches
        if found is None or not self._is_sound:
            return self.step_label(direction)
        events = np.array([self._sounds.sample_of(at) for at in found.events(self._kept(found))])
        return self._to(events, direction)

    def step_unlabelled(self, direction: int) -> None:
        """To where no label is next; to words without a label, of a text."""
        found, passage, coverage = self._stretches, self._book.passage, self._sounds.coverage
        if not self._is_sound and found is not None and passage is not None:
            self._text.step_gap(coverage_of(found, float(len(passage.content))).gaps, direction)
        elif coverage is not None and self._is_sound:
            self._to(np.array([self._sounds.sample_of(at) for at in coverage.gaps[:, 0]]), direction)

    def _to(self, samples: NDArray[np.int64], direction: int) -> None:
        position = self._session.state.position
        ahead = samples[samples > position] if direction > 0 else samples[samples < position]
        if len(ahead):
            self._sounds.go_to(int(ahead.min() if direction > 0 else ahead.max()))

    # ---------------------------------------------------------------- ranges

    @property
    def _stretches(self) -> Stretches | None:
        return self._book.stretches

    def _here(self) -> float:
        return self._sounds.milliseconds(self._session.state.position) if self._is_sound else 0.0

    def _where(self, found: Stretches, rule: Callable[[int], bool]) -> NDArray[np.bool_]:
        """Ranges whose label obeys a rule."""
        labels = np.array([rule(at) for at in range(len(found.labels))], dtype=np.bool_)
        return labels[found.owners] if len(found) else np.zeros(0, dtype=np.bool_)

    def _kept(self, found: Stretches) -> NDArray[np.bool_]:
        """Those that are not hidden."""
        state = self._session.state
        selected = next((one for one in found.labels if one.object_hash == state.selected), None)
        return self._where(found, lambda at: is_shown(found.labels[at], selected, state))

    def _select(self, found: Stretches, at: int | None) -> None:
        if at is None:
            return
        changes = {"selected": found.label_of(at).object_hash, "stretch": int(found.places[at])}
        if self._is_sound:
            self._session.set(**changes, position=self._sounds.sample_of(float(found.starts[at])))
        else:
            self._session.set(**changes)

    def part(self) -> tuple[int, int] | None:
        """The selected range of a sound, in samples."""
        found, state = self._stretches, self._session.state
        at = found.find(state.selected, state.stretch) if found is not None and state.selected else None
        if found is None or at is None or not self._is_sound:
            return None
        return self._sounds.sample_of(float(found.starts[at])), self._sounds.sample_of(float(found.ends[at]))
