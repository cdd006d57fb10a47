"""The panel of DICOM tags, filled in the background."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QObject

from viewer.app.background import Background
from viewer.app.frame_loader import FrameKey
from viewer.app.panes import Panes
from viewer.app.session import Session
from viewer.app.throttle import Throttle
from viewer.errors import ViewerError
from viewer.export.unit_media import MediaOf
from viewer.labels.records import Unit
from viewer.media.dicom_tags import Tag, read_tags
from viewer.media.source import Source
from viewer.panels.tag_pairs import pairs

NOT_FOUND = "No file was found for this slice"

SourceOf = Callable[[MediaOf, Unit, FrameKey], Source | None]
"""The file that holds a slice; asked in a worker."""


def matched(media: MediaOf, unit: Unit, key: FrameKey) -> Source | None:
    """What was found for a slice."""
    slices = media.slices(unit, key.other_orientation)
    return slices.source_of(key.frame) if slices is not None else None


@dataclass(frozen=True, slots=True)
class Found:
    """What was read for one slice."""

    tags: tuple[Tag, ...] = ()
    file_name: str = ""
    words: str = ""
    """Why there are no tags."""


@lru_cache(maxsize=2)
def found_tags(source: Source | None) -> Found:
    """The tags of a file, or why there are none; kept, as a file may hold many frames."""
    if source is None:
        return Found(words=NOT_FOUND)
    try:
        return Found(read_tags(source), source.name)
    except ViewerError as error:
        return Found(file_name=source.name, words=str(error))


class Tags(QObject):
    """Reads the header of the slice on screen, only while its tab is seen."""

    def __init__(self, session: Session, background: Background, panes: Panes, source_of: SourceOf = matched) -> None:
        super().__init__()
        self._session = session
        self._background = background
        self._panes = panes
        self._source_of = source_of
        self._later = Throttle(self._read)
        session.row_shown.connect(self._offer)
        session.frame_shown.connect(self._offer)
        panes.tags.seen.connect(self._later.ask)

    def _offer(self) -> None:
        """The tab is there for slices only."""
        view = self._session.view
        unit = view.unit if view is not None else self._session.unit
        is_dicom = unit is not None and unit.kind == "dicom"
        tab = self._panes.details.indexOf(self._panes.tags)
        self._panes.details.setTabVisible(tab, is_dicom)
        self._later.ask()

    def _read(self) -> None:
        view, media = self._session.view, self._session.media
        if not self._panes.tags.isVisible():
            self._background.cancel("tags")
        elif view is None or media is None or view.unit.kind != "dicom":
            self._background.cancel("tags")
            self._panes.tags.show_nothing("Not a DICOM file")
        else:
            unit, key, source_of = view.unit, view.key, self._source_of
            self._background.run(
                "tags",
                lambda: found_tags(source_of(media, unit, key)),
                lambda found: self._show(unit, key.frame, found),
            )

    def _show(self, unit: Unit, frame: int, found: Found) -> None:
        known = pairs(unit, unit.file_of(frame), found.tags, found.file_name)
        self._panes.tags.show_tags(known, found.tags, found.words)

    @property
    def is_behind(self) -> bool:
        """Whether the tags of the slice on screen are still to be asked for."""
        return self._later.waits

    def close(self) -> None:
        """The panes are about to go."""
        self._later.stop()
