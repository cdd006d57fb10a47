"""Thumbnails: small pictures of frames for the timeline, made while nothing else is to be done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from viewer.app.background import Background
from viewer.app.session import Session
from viewer.errors import ViewerError
from viewer.media.opencv import cv2

HEIGHT = 90
"""Pixels: enough for the strip and for the card under the pointer at twice the usual scale."""

Small = NDArray[np.uint8]


class Thumbnails(QObject):
    """The frames asked for last are the ones that are made."""

    made = Signal(int, object)
    """A frame, and its picture as blue, green, red, alpha."""

    def __init__(self, session: Session, background: Background) -> None:
        super().__init__()
        self._session = session
        self._background = background
        self._waiting: tuple[int, ...] = ()

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
        places = [(frame, media.place_of(unit, frame)) for frame in frames]

        def work() -> tuple[int, Small, Iterator[tuple[int, int | None]]] | None:
            for frame, place in rest:
                if place is not None:
                    try:
                        return frame, _small(pictures.picture(place).shown), rest
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


def _small(shown: NDArray[np.uint8]) -> Small:
    """(HEIGHT, width, 4) uint8."""
    width = max(round(shown.shape[1] * HEIGHT / shown.shape[0]), 1)
    made = cv2().resize(shown, (width, HEIGHT), interpolation=cv2().INTER_AREA)
    return cv2().cvtColor(made, cv2().COLOR_GRAY2BGRA) if made.ndim == 2 else made
