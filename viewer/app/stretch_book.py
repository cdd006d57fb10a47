"""The labelled ranges of the sound or text on screen, and the text itself, found in the background."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from viewer.app.attempt import attempt
from viewer.app.background import Background
from viewer.app.session import Session
from viewer.errors import ViewerError
from viewer.export.unit_media import PASSAGE_KINDS, STRETCH_KINDS
from viewer.media.html_page import Page
from viewer.media.text import Text
from viewer.scene.placed import Place, placed_moments
from viewer.scene.placing import placing
from viewer.scene.stretches import Stretches, stretches_of
from viewer.scene.view_state import ViewState


class StretchBook(QObject):
    """What panes of sounds and texts, and the list of ranges, show alike."""

    changed = Signal()
    """The text was read, or the ranges are known, or lie elsewhere by another reading."""

    def __init__(self, session: Session, background: Background) -> None:
        super().__init__()
        self._session = session
        self._background = background
        self.stretches: Stretches | None = None
        self.passage: Text | Page | None = None
        self.trouble = ""
        """Why there is no text."""
        session.row_shown.connect(self._on_row)
        session.index_ready.connect(self._place)
        session.changed.connect(self._on_changed)

    @property
    def is_needed(self) -> bool:
        """Whether what is on screen has labels on stretches."""
        unit = self._session.unit
        return unit is not None and unit.kind in STRETCH_KINDS

    def words_of(self, label: str, most: int) -> str:
        """The first characters of the first range of a label that has a place in the text; empty without one."""
        at = self.stretches.find(label, 0) if self.stretches is not None else None
        if at is None or self.stretches is None or self.passage is None:
            return ""
        start, end = int(self.stretches.starts[at]), int(self.stretches.ends[at])
        return self.passage.content[start : min(end, start + most)]

    def _on_row(self) -> None:
        self.stretches, self.passage, self.trouble = None, None, ""
        self._background.cancel("passage")
        self._background.cancel("stretches")
        self.changed.emit()
        unit, media = self._session.unit, self._session.media
        if unit is None or media is None or not self.is_needed:
            return

        what = "page" if unit.kind == "html" else "text"

        def work() -> Text | Page | ViewerError | None:
            return attempt(lambda: media.passage(unit), f"this {what}")

        def then(found: Text | Page | ViewerError | None) -> None:
            if isinstance(found, Text | Page):
                self.passage = found
            else:
                self.trouble = str(found or f"the {what} was not found")
            self.changed.emit()
            self._place()

        if unit.kind in PASSAGE_KINDS:
            self._background.run("passage", work, then)
        else:
            self._place()

    def _on_changed(self, old: ViewState, new: ViewState) -> None:
        if old.reading != new.reading and old.row == new.row and old.unit == new.unit:
            self._place()

    def _place(self) -> None:
        """Find where the ranges lie, once both labels and text are there."""
        index, unit = self._session.index, self._session.unit
        if index is None or unit is None or not self.is_needed:
            return
        place = self._placing()
        if place is not None:
            self._background.run("stretches", lambda: self._prepared(stretches_of(index, unit.id, place)), self._placed)

    def _placing(self) -> Place | None:
        """How numbers of the export are places; None while the text is not read."""
        unit = self._session.unit
        place = placing(unit.kind, self.passage, self._session.state.reading) if unit is not None else None
        return place or (placed_moments if self.trouble else None)

    def _prepared(self, stretches: Stretches) -> Stretches:
        """With what takes a while, made in the worker."""
        _ = stretches.lanes
        return stretches

    def _placed(self, stretches: Stretches) -> None:
        self.stretches = stretches
        self.changed.emit()
