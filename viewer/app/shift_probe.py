"""Shift probe: labels drawn some frames early or late against the picture, while looking; never saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from viewer.app.background import Background
from viewer.app.session import Session
from viewer.app.tracking import Tracking
from viewer.errors import Severity, ViewerError, escaped
from viewer.export.unit_media import MediaOf
from viewer.labels.records import Unit
from viewer.labels.track import Track
from viewer.media.opencv import cv2
from viewer.shapes.sketch import Bounds

if TYPE_CHECKING:
    from viewer.check.shift import Shift

MOST = 10
"""Frames to either side."""
FIRM = 0.7
"""Certainty from which a measured shift is called one."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What was found for a label."""

    object_hash: str
    title: str
    shift: Shift


class ShiftProbe(QObject):
    """What the keys do that shift labels, and the measuring of the shift that fits best."""

    changed = Signal()
    """What is to be said of a shift has changed."""

    def __init__(self, session: Session, tracking: Tracking, background: Background) -> None:
        super().__init__()
        self._session = session
        self._tracking = tracking
        self._background = background
        self.measured: Measured | None = None
        session.changed.connect(lambda old, new: self._on_changed(old.row == new.row and old.unit == new.unit))

    def shift_by(self, frames: int) -> None:
        """Move the labels so many frames on, or back, as far as it goes."""
        self.set(self._session.state.shift + frames)

    def set(self, frames: int) -> None:
        self._session.set(shift=min(max(frames, -MOST), MOST))
        self.changed.emit()

    def reset(self) -> None:
        """Labels where they belong, and nothing more said of shifts."""
        self.measured = None
        self.set(0)

    def use_measured(self) -> None:
        if self.measured is not None:
            self.set(self.measured.shift.shift)

    def can_measure(self) -> bool:
        return self._tracking.track is not None and self._session.media is not None

    def measure(self) -> None:
        """How many frames the selected label is early or late, from its motion and that of the pixels in it."""
        session, track = self._session, self._tracking.track
        media, unit, instance = session.media, session.unit, session.instance(session.state.selected)
        if track is None or media is None or unit is None or instance is None:
            return
        session.say_busy(f"Measuring the shift of {escaped(instance.title)[:60]}")
        frame = session.view.labels.frame if session.view else session.state.frame

        greys = _greys(media, unit, session.state.other_orientation)

        def work() -> Shift:
            from viewer.check.shift import measure_shift

            return measure_shift(_boxes(track), greys, MOST, frame, stop=lambda: session.media is not media)

        def then(found: Shift) -> None:
            session.say_busy("")
            if session.media is media:
                self.measured = Measured(instance.object_hash, instance.title, found)
                self.changed.emit()

        self._background.run("shift", work, then)

    def _on_changed(self, is_same_unit: bool) -> None:
        """Another row or unit: what was measured is of no use there."""
        if not is_same_unit and self.measured is not None:
            self.measured = None
            self.changed.emit()

    def told(self) -> tuple[Severity, str, Sequence[tuple[str, str]]] | None:
        """What the bar above the picture says, and its buttons (id, title); None for nothing."""
        shift, measured = self._session.state.shift, self.measured
        if not shift and measured is None:
            return None
        said = [shift_words(shift)] if shift else []
        buttons: list[tuple[str, str]] = []
        if measured is not None:
            said.append(measured_words(measured))
            if not measured.shift.reason and measured.shift.shift != shift:
                buttons.append(
                    ("shift_measured", f"Shift by {measured.shift.shift:+d}" if measured.shift.shift else "As exported")
                )
        buttons.append(("shift_none", "Labels where they belong" if shift else "Close"))
        return "warning" if shift else "note", ". ".join(said), buttons


def shift_words(shift: int) -> str:
    """'Only for looking: labels are drawn 2 frames later than exported (+2)'."""
    way = "later" if shift > 0 else "earlier"
    return f"Only for looking: labels are drawn {_frames(abs(shift))} {way} than exported ({shift:+d})"


def measured_words(measured: Measured) -> str:
    """What the measurement found, and how sure it is."""
    found, title = measured.shift, escaped(measured.title)[:60]
    if found.reason:
        return f"{title}: {found.reason[:1].lower()}{found.reason[1:]}"
    certainty = f"certainty {found.certainty:.0%}, {found.steps:,} frames compared"
    may = "" if found.certainty >= FIRM else "perhaps "
    if not found.shift:
        return f"{title} {may}fits best where it is ({certainty})"
    way = "early: it fits best later" if found.shift > 0 else "late: it fits best earlier"
    return f"{title} is {may}drawn {_frames(abs(found.shift))} too {way} ({certainty})"


def _frames(count: int) -> str:
    return f"{count} frame{'s' * (count != 1)}"


def _boxes(track: Track) -> dict[int, Bounds]:
    return {frame: Bounds(*box) for frame, box in zip(track.frames.tolist(), track.bounds.tolist(), strict=True)}


def _greys(media: MediaOf, unit: Unit, other_orientation: bool) -> Callable[[int], NDArray[np.uint8] | None]:
    """Pictures in grey by frame number, decoded beside those that are shown."""

    def grey(frame: int) -> NDArray[np.uint8] | None:
        try:
            pictures, place = media.pictures(unit, other_orientation), media.place_of(unit, frame)
            if pictures is None or place is None:
                return None
            shown = pictures.picture(place).shown
        except ViewerError:
            return None
        return shown if shown.ndim == 2 else cv2().cvtColor(shown, cv2().COLOR_BGRA2GRAY)

    return grey
