"""Thumbnails: small pictures of frames for the timeline, made while nothing else is to be done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

from viewer.app.background import Background
from viewer.app.session import Session
from viewer.errors import ViewerError
from viewer.export.unit_media import SLICE_KINDS
from viewer.media.grey import Window
from viewer.media.kinds import Picture
from viewer.media.opencv import cv2
from viewer.scene.view_state import ViewState

HEIGHT = 90
"""Pixels: enough for the strip and for the card under the pointer at twice the usual scale."""

STILL_MS = 300
"""So long after the last change of the window they are made anew through it."""

Small = NDArray[np.uint8]


class Thumbnails(QObject):
    """The frames asked for last are the ones that are made."""

    made = Signal(int, object)
    """A frame, and its picture as blue, green, red, alpha."""
    outdated = Signal()
    """All that were made are seen through another window than the slices are now."""

    def __init__(self, session: Session, background: Background) -> None:
        super().__init__()
        self._session = session
        self._background = background
        self._waiting: tuple[int, ...] = ()
        self._still = QTimer(self)
        self._still.setSingleShot(True)
        self._still.setInterval(STILL_MS)
        self._still.timeout.connect(self.outdated)
        session.changed.connect(self._on_changed)

    def _on_changed(self, old: ViewState, new: ViewState) -> None:
        unit = self._session.unit
        if (old.window, old.inverted) != (new.window, new.inverted) and unit is not None and unit.kind in SLICE_KINDS:
            self._still.start()

    def want(self, frames: Sequence[int]) -> None:
        """The most wanted first."""
        self._waiting = tuple(frames)
        self._ask()

    def want_first(self, frame: int) -> None:
        """One that the pointer is on, before those that are still waiting."""
        if frame >= 0:
            self._waiting = (frame, *(other for other in self._waiting if other != frame))
            self._ask()

    def _ask(self) -> None:
        session, frames = self._session, self._waiting
        media, unit = session.media, session.unit
        if media is None or unit is None or not frames:
            return
        if unit.kind == "video":
            session.request_small(frames, HEIGHT, lambda frame, small: self._arrived(media, frame, small))
            return
        pictures = media.pictures(unit, session.state.other_orientation)
        if pictures is None:
            return
        window, inverted = session.state.window, session.state.inverted
        places = [(frame, media.place_of(unit, frame)) for frame in frames]

        def work() -> tuple[int, Small, Iterator[tuple[int, int | None]]] | None:
            for frame, place in rest:
                if place is not None:
                    try:
                        return frame, _small_slice(pictures.picture(place), window, inverted), rest
                    except ViewerError:
                        continue  # said where the picture itself is shown
            return None

        def then(found: tuple[int, Small, Iterator[tuple[int, int | None]]] | None) -> None:
            if found is not None and found[2] is rest:
                self._arrived(media, found[0], found[1])
                self._background.run("thumbnails", work, then)

        rest = iter(places)
        self._background.run("thumbnails", work, then)

    def _arrived(self, media: object, frame: int, small: Small) -> None:
        if media is self._session.media:
            self._waiting = tuple(other for other in self._waiting if other != frame)
            self.made.emit(frame, small)


def _small_slice(picture: Picture, window: Window | None, inverted: bool) -> Small:
    """As it is seen on the canvas: slices through the same window; and in true aspect."""
    grey, aspect = picture.grey, picture.plane.aspect if picture.plane is not None else 1.0
    changed = grey is not None and (window is not None or inverted)
    return _small(grey.shown(window, inverted=inverted) if grey is not None and changed else picture.shown, aspect)


def _small(shown: NDArray[np.uint8], aspect: float) -> Small:
    """(HEIGHT, width, 4) uint8; of pixels that are `aspect` times as high as wide."""
    width = max(round(shown.shape[1] * HEIGHT / (shown.shape[0] * aspect)), 1)
    made = cv2().resize(shown, (width, HEIGHT), interpolation=cv2().INTER_AREA)
    return cv2().cvtColor(made, cv2().COLOR_GRAY2BGRA) if made.ndim == 2 else made
