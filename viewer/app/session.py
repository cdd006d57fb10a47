"""Session: what is open and what is looked at. State changes in one place, work goes to the background, signals tell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from PySide6.QtCore import QObject, QTimer, Signal

from viewer.app.background import Background
from viewer.app.frame_loader import FrameKey, FrameLoader, FrameView, Request
from viewer.app.numberings import Numberings
from viewer.app.opening import Start, opened
from viewer.app.problem_book import ProblemBook
from viewer.app.row_check import RowCheck, check_row
from viewer.app.settings import cache_folder
from viewer.check.problems import shown_picture_problems
from viewer.check.videos import video_problems
from viewer.errors import Problem, ViewerError
from viewer.export.export import Export
from viewer.export.start import find_start, unit_of
from viewer.export.unit_media import SLICE_KINDS, STRETCH_KINDS, MediaOf
from viewer.labels.records import Instance, Unit
from viewer.labels.row import LabelRow, RowIndex
from viewer.media.numbering import IN_ORDER, Numbering
from viewer.media.opencv import cv2
from viewer.media.video import Video
from viewer.media.video_ahead import SmallThen
from viewer.panels.row_list import RowFacts
from viewer.scene.marks import Scene
from viewer.scene.resolve import Naming, resolve
from viewer.scene.view_state import Look, ViewState

BUDGET_BYTES = 1_000_000_000
"""For decoded pictures."""
FACTS_AFTER = 400
"""Milliseconds after opening before rows are counted: what is to be seen comes first."""
HISTORY = 200
"""Places that 'back' remembers."""


class Session(QObject):
    """Everything that is open in one window."""

    changed = Signal(object, object)
    """(old ViewState, new ViewState)"""
    opening = Signal(object)
    """A Start: what is being opened."""
    opened = Signal()
    row_shown = Signal()
    index_ready = Signal()
    frame_shown = Signal()
    medium_opened = Signal()
    """Its frames are counted, or it cannot be opened."""
    facts_found = Signal(int, object)
    counted = Signal()
    """All rows were counted."""
    problems_changed = Signal()
    busy_changed = Signal(str)
    failed = Signal(str)

    def __init__(
        self,
        background: Background,
        look: Look,
        budget_bytes: int = BUDGET_BYTES,
        numberings: Numberings | None = None,
    ) -> None:
        super().__init__()
        self._background = background
        self._numberings = numberings or Numberings()
        self._loader = FrameLoader(background, budget_bytes, self._numberings.of)
        self._loader.loaded.connect(self._on_loaded)
        self._loader.reading.connect(self.say_busy)
        self._loader.failed.connect(self.failed)
        self._loader.video_opened.connect(self._on_video)
        self._loader.slices_read.connect(self.note_medium)
        self.state = ViewState(look=look)
        self.export: Export | None = None
        self.paths: tuple[Path, ...] = ()
        self.row: LabelRow | None = None
        self.wanted_row: int | None = None
        """The row that is shown, or is being read to be: quick steps go on from there."""
        self.media: MediaOf | None = None
        self.view: FrameView | None = None
        self.naming = Naming({}, ())
        self.facts: dict[int, RowFacts] = {}
        self.busy = ""
        self.is_counting = False
        """Rows are still to be counted, in the background."""
        self._joined: tuple[tuple[int, list[int]], tuple[int, ...]] = (0, []), ()
        self._indexed: LabelRow | None = None
        self._book = ProblemBook()
        self._past: list[ViewState] = []
        self._future: list[ViewState] = []

    # ---------------------------------------------------------------- opening

    def open(self, start: Start) -> None:
        """Read what `start` names and show the row and frame it asks for; what is open stays until that is done."""
        self.opening.emit(start)
        self._background.run("warm", cv2, lambda _: None)
        self.say_busy(f"Opening {start.paths[0].name}")
        self._background.run("open", lambda: opened(start), lambda made: self._opened(start, *made), self._not_opened)

    def cancel_opening(self) -> None:
        self._background.cancel("open")
        self.say_busy("")

    def close(self) -> None:
        """Drop threads and files."""
        self._loader.close()

    def _opened(self, start: Start, export: Export, row: LabelRow | None, unit: Unit | None, frame: int) -> None:
        self.say_busy("")
        self.export, self.paths = export, start.paths
        self.facts.clear()
        self._book = ProblemBook(export.problems)
        self._past.clear()
        self._future.clear()
        self.row, self.media, self.view, self.wanted_row = None, None, None, None
        self.is_counting = bool(export.heads)
        self._replace(ViewState(look=self.state.look))
        self.opened.emit()
        self.problems_changed.emit()
        if row is not None:
            self._show_row(row, unit, frame, start.selected, start.stretch, remember=False)
        QTimer.singleShot(FACTS_AFTER, self, lambda: self._find_facts(0))

    def _not_opened(self, error: Exception) -> None:
        self.say_busy("")
        self.failed.emit(str(error) if isinstance(error, ViewerError) else f"the export cannot be opened: {error!r}")
        if not isinstance(error, ViewerError):
            raise error

    def say_busy(self, text: str) -> None:
        """What is under way; empty for nothing."""
        self.busy = text
        self.busy_changed.emit(text)

    def use_media(self, folder: Path) -> None:
        """Look for media in this folder too, for the whole export."""
        if self.export is None:
            return
        self.export.places = self.export.places.with_folder(folder)
        self._reload_row()

    def use_ontology(self, path: Path) -> None:
        """Read the rows with another ontology."""
        from viewer.export.ontology_file import open_ontology

        if self.export is None:
            return
        try:
            self.export = self.export.with_ontology(open_ontology(path))
        except ViewerError as error:
            self.failed.emit(str(error))
            return
        self.opened.emit()
        self._reload_row()

    def _reload_row(self) -> None:
        state = self.state
        if state.row is not None:
            self.go_to(state.row, state.unit, state.frame, state.selected, stretch=state.stretch, remember=False)
        self.facts.clear()
        self._book.forget_rows()
        self._find_facts(0)

    # ---------------------------------------------------------------- state

    def set(self, **changes: Any) -> None:
        """Replace fields of the state; everything that shows them follows. Another frame is fetched first."""
        new = replace(self.state, **changes)
        if new == self.state:
            return
        is_other_view = new.view != self.state.view
        self._replace(new)
        if is_other_view:
            self._fetch()

    def set_look(self, **changes: Any) -> None:
        self.set(look=replace(self.state.look, **changes))

    def _replace(self, new: ViewState) -> None:
        old, self.state = self.state, new
        self.changed.emit(old, new)

    # ---------------------------------------------------------------- rows

    def go_to(
        self,
        row: int,
        unit: str | None = None,
        frame: int | None = None,
        selected: str | None = None,
        *,
        stretch: int = 0,
        remember: bool = True,
    ) -> None:
        """Show a row; without a frame its first labelled one. `stretch`: which of the selected label's ranges."""
        export = self.export
        if export is None or not 0 <= row < len(export.heads):
            return

        def work() -> tuple[LabelRow, Unit | None, int]:
            made = export.row(row)
            return made, *find_start(made, unit, frame, selected)

        self.wanted_row = row
        if row != self.state.row:
            self._background.cancel("index")
            self._background.cancel("check")

        def then(made: tuple[LabelRow, Unit | None, int]) -> None:
            self._show_row(*made, selected, stretch, remember=remember)

        self._background.run("row", work, then)

    def _show_row(
        self, row: LabelRow, unit: Unit | None, frame: int, selected: str | None, stretch: int, *, remember: bool
    ) -> None:
        if remember and self.state.row is not None:
            self._remember()
        assert self.export is not None
        is_new, before = row is not self.row, self.state.unit
        self.row, self.wanted_row = row, row.head.index
        self.media = MediaOf(self.export, row, cache_folder() / "videos")
        self.view = None
        unit_id = unit.id if unit else None
        self.naming = Naming.of(row.index_if_ready, unit_id or "")
        state = replace(
            self.state,
            row=row.head.index,
            unit=unit_id,
            frame=frame,
            selected=selected,
            stretch=stretch,
            shift=0,
            other_orientation=False,
        )
        if is_new:
            state = replace(state, hidden_objects=frozenset[str](), solo="")
        if is_new or unit_id != before:
            state = replace(state, window=None, inverted=False, position=0)
        self._replace(state)
        self.row_shown.emit()
        self._indexed = None
        self._fetch()
        if unit is None:
            self._make_index(row)

    def _make_index(self, row: LabelRow) -> None:
        """Once for each row that is shown, after its first frame: nothing may keep that one waiting."""
        if self._indexed is not row:
            self._indexed = row
            self._background.run("index", row.index, lambda _: self._index_ready(row))

    def _index_ready(self, row: LabelRow) -> None:
        if row is not self.row:
            return
        self.naming = Naming.of(row.index_if_ready, self.state.unit or "")
        self.index_ready.emit()
        self._check(row)

    @property
    def index(self) -> RowIndex | None:
        return self.row.index_if_ready if self.row else None

    @property
    def unit(self) -> Unit | None:
        return self.row.unit(self.state.unit) if self.row else None

    def instance(self, object_hash: str | None) -> Instance | None:
        return self.naming.instances.get(object_hash or "")

    def show_unit(self, unit_id: str) -> None:
        if self.state.row is not None:
            self.go_to(self.state.row, unit_id)

    # ---------------------------------------------------------------- frames

    def _fetch(self) -> None:
        """Ask for the labels and the picture of the present frame."""
        state, row, media, unit = self.state, self.row, self.media, self.unit
        if row is not None and media is not None and unit is not None and state.row is not None:
            key = FrameKey(state.row, unit.id, state.frame, state.other_orientation, state.shift)
            self._loader.load(Request(key, row, media, unit))

    def set_budget(self, nbytes: int) -> None:
        """For decoded pictures, from now on."""
        self._loader.budget = nbytes
        self._loader.close()
        self._fetch()

    def request_small(self, frames: Sequence[int], height: int, then: SmallThen) -> None:
        """Small pictures of frames of the video on screen, when there is time."""
        if self.view is not None and self.row is not None and self.media is not None and self.unit is not None:
            self._loader.request_small(Request(self.view.key, self.row, self.media, self.unit), frames, height, then)

    def _on_loaded(self, view: FrameView) -> None:
        row, media = self.row, self.media
        if row is None or media is None:
            return
        self.view = view
        self.naming = Naming.of(row.index_if_ready, view.unit.id)
        self._make_index(row)
        has_file = view.unit.file_of(view.key.frame) is not None or view.unit.kind in (*SLICE_KINDS, "pdf")
        if has_file and view.unit.kind not in STRETCH_KINDS:
            found = shown_picture_problems(row, media, view.unit, view.key.frame, view.picture, view.trouble)
            if self._book.note_picture(view.key, found):
                self.problems_changed.emit()
        self.frame_shown.emit()

    def _on_video(self, media: MediaOf) -> None:
        row, unit = self.row, self.unit
        if media is self.media and row is not None and unit is not None:
            self._medium_opened(row, unit, tuple(video_problems(row, media, unit)))

    def note_medium(self, media: MediaOf, found: tuple[Problem, ...]) -> None:
        """What is wrong with the medium on screen, all of which was read."""
        if media is self.media and self.row is not None and self.unit is not None:
            self._medium_opened(self.row, self.unit, found)

    def _medium_opened(self, row: LabelRow, unit: Unit, found: tuple[Problem, ...]) -> None:
        if self._book.note_medium(row.head.index, unit.id, found):
            self.problems_changed.emit()
        self.medium_opened.emit()

    def joined_frames(self, count: int, beyond: list[int]) -> Sequence[int]:
        """0 to count - 1 and those beyond, made once as long as they stay the same."""
        if self._joined[0] != (count, beyond):
            self._joined = (count, beyond), (*range(count), *beyond)
        return self._joined[1]

    def number_by(self, numbering: Numbering) -> None:
        """Read the frame numbers of the shown video in another way, from now on."""
        media, unit, video = self.media, self.unit, self.video
        if media is not None and unit is not None and video is not None:
            self._numberings.remember(video, numbering)
            media.numbering[unit.id] = numbering
            self._on_video(media)
            self._fetch()

    @property
    def numbering(self) -> Numbering:
        return self.media.numbering_of(self.unit) if self.media and self.unit else IN_ORDER

    @property
    def video(self) -> Video | None:
        """The video on screen, once it is open."""
        return self.media.video_if_open(self.unit) if self.media and self.unit else None

    def scene(self) -> Scene | None:
        """What is drawn over the present picture."""
        return resolve(self.view.labels, self.naming, self.state) if self.view else None

    def is_current(self) -> bool:
        """Whether the frame that was asked for is the one that is shown."""
        return self.view is not None and self.view.key == self._loader.wanted

    def show_other_labels(self, row: int, show: Callable[[Scene], None]) -> None:
        """The labels of another row on the present frame, as a scene for `show`, unless they are forgotten before."""
        export, view = self.export, self.view
        if export is None or view is None:
            return
        frame, size, state = view.key.frame, view.labels.size, self.state

        def work() -> Scene | None:
            other = export.row(row)
            units = [unit for unit in other.units if unit.id == view.unit.id] or list(other.units[:1])
            if not units:
                return None
            labels = other.labels[units[0].id].on_frame(frame, size)
            return resolve(labels, Naming.of(other.index(), units[0].id), replace(state, selected=None, solo=""))

        self._background.run("other", work, lambda scene: show(scene) if scene else None)

    def forget_other_labels(self) -> None:
        self._background.cancel("other")

    def link(self) -> str:
        """Where we are, as text that holds hashes and no paths."""
        state, head = self.state, self.row.head if self.row else None
        if head is None:
            return ""
        parts = {
            "row": head.label_hash or head.data_hash,
            "branch": head.branch,
            "unit": state.unit,
            "frame": state.frame,
        }
        named = {**parts, "object": state.selected, "range": state.stretch or None}
        return "label-viewer:?" + urlencode({key: value for key, value in named.items() if value is not None})

    # ---------------------------------------------------------------- back and forward

    def _remember(self) -> None:
        self._past = [*self._past[-HISTORY:], self.state]
        self._future.clear()

    def go_back(self) -> None:
        self._travel(self._past, self._future)

    def go_forward(self) -> None:
        self._travel(self._future, self._past)

    def _travel(self, source: list[ViewState], target: list[ViewState]) -> None:
        if not source:
            return
        target.append(self.state)
        place = source.pop()
        if place.row is not None:
            self.go_to(place.row, place.unit, place.frame, place.selected, stretch=place.stretch, remember=False)

    def jump(self, row: int | None, unit: str | None, frame: int | None, selected: str | None) -> None:
        """To where a problem or a link points, remembering where we were."""
        target = self.state.row if row is None else row
        if target is None:
            return
        if unit is None and selected is not None and target == self.state.row and self.index is not None:
            unit = unit_of(self.index, selected, self.state.unit)
        if target == self.state.row and unit in (None, self.state.unit):
            self._remember()
            label, stretch = (selected, 0) if selected else (self.state.selected, self.state.stretch)
            self.set(frame=self.state.frame if frame is None else frame, selected=label, stretch=stretch)
        else:
            self.go_to(target, unit, frame, selected)

    def find_class(self, feature_hash: str, direction: int) -> None:
        """To the first label of a class in the next row, or the last in one before, that has any."""
        export, row = self.export, self.state.row
        if export is None or row is None:
            return
        rows = range(row + 1, len(export.heads)) if direction > 0 else range(row - 1, -1, -1)

        def work() -> tuple[int, Instance] | None:
            for index in rows:
                found = [i for i in export.read(index).index().instances if i.feature_hash == feature_hash]
                if found:
                    return index, found[0 if direction > 0 else -1]
            return None

        def then(found: tuple[int, Instance] | None) -> None:
            self.say_busy("" if found else "no further label of this class")
            if found:
                index, instance = found
                frame = instance.frames[0][0] if instance.frames else None
                self.go_to(index, instance.unit, frame, instance.object_hash)

        self.say_busy("Looking for the next label of this class")
        self._background.run("find", work, then)

    # ---------------------------------------------------------------- problems

    def problems(self) -> list[Problem]:
        """Everything known to be wrong, of the files first, then row by row."""
        return self._book.listed()

    def _check(self, row: LabelRow) -> None:
        """Look at all labels of the shown row, for the list of problems."""
        export = self.export
        if export is not None and not self._book.knows(row.head.index):
            self._background.run("check", lambda: check_row(export, row, lambda: self.row is row), self._checked)

    def _checked(self, found: RowCheck | None) -> None:
        if found is None:
            return
        self._book.note_row(found.row, found.problems)
        self.facts[found.row] = found.facts
        self.facts_found.emit(found.row, found.facts)
        self.problems_changed.emit()

    def _find_facts(self, row: int) -> None:
        """Count labels and problems of one row after another, while nothing else is to be done."""
        export = self.export
        if export is None or row >= len(export.heads):
            self.is_counting = False
            self.counted.emit()
            return

        def then(found: RowCheck | None) -> None:
            if export is self.export:
                self._checked(found)
                self._find_facts(row + 1)

        if self._book.knows(row):
            self._find_facts(row + 1)
        else:
            self._background.run(
                "facts", lambda: check_row(export, export.read(row), lambda: self.export is export), then
            )
