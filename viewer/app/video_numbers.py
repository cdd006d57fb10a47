"""How the frame numbers of the video on screen are read, as the reviewer chooses."""

from __future__ import annotations

from dataclasses import replace

from viewer.app.session import Session
from viewer.media.numbering import By


class VideoNumbers:
    """What the entries of the Go menu do that re-number a video; remembered for it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def count_by(self, by: By) -> None:
        """The pictures in their order, or places on a grid of the export's rate."""
        unit, numbering = self._session.unit, self._session.numbering
        rate = unit.fps if unit is not None and unit.fps else numbering.rate
        self._session.number_by(replace(numbering, by=by, rate=rate))

    def offset_by(self, pictures: int) -> None:
        """Each number shows so many pictures later from now on."""
        numbering = self._session.numbering
        self._session.number_by(replace(numbering, offset=numbering.offset + pictures))
