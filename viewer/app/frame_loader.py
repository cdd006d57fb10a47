"""Frames: labels and picture of one are fetched at the same time, and handed over together once both are there."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from viewer.app.attempt import attempt
from viewer.app.background import Background
from viewer.check.documents import document_problems
from viewer.check.slices import slice_problems
from viewer.errors import Problem, ViewerError, escaped
from viewer.export.unit_media import SLICE_KINDS, STRETCH_KINDS, MediaOf
from viewer.labels.records import FrameLabels, Unit
from viewer.labels.row import LabelRow
from viewer.media.kinds import Picture, Pictures
from viewer.media.numbering import Numbering
from viewer.media.progress import Progress, Stopped
from viewer.media.read_ahead import ReadAhead
from viewer.media.video import Video, beyond_the_end
from viewer.media.video_ahead import SmallThen, VideoAhead
from viewer.size import Size

_log = logging.getLogger(__name__)

INDEXED_AT_ONCE = 1_000_000
"""Bytes of a row whose index is made before its first frame is shown."""

LABELS_AHEAD = 12
"""Frames of a video whose labels are decoded before they are wanted."""
TELL_AFTER = 0.4
"""Seconds between two words on how far the reading of a video is."""


class FrameKey(NamedTuple):
    """What a picture and its labels belong to."""

    row: int
    unit: str
    frame: int
    other_orientation: bool = False
    shift: int = 0
    """Frames by which the labels are shifted against the picture."""


@dataclass(frozen=True, slots=True, eq=False)
class FrameView:
    """A frame with its labels and its picture, which always belong together."""

    key: FrameKey
    unit: Unit
    labels: FrameLabels
    picture: Picture | None
    trouble: str
    """Why there is no picture."""


@dataclass(frozen=True, slots=True, eq=False)
class Request:
    """A frame that is wanted."""

    key: FrameKey
    row: LabelRow
    media: MediaOf
    unit: Unit


class FrameLoader(QObject):
    """One frame is wanted at a time; what arrives of an earlier one is dropped."""

    loaded = Signal(object)
    """A FrameView."""
    video_opened = Signal(object)
    """The MediaOf whose video can be looked at now, or cannot be opened."""
    slices_read = Signal(object, object)
    """The MediaOf all of whose slices or pages are known now, and the problems with them."""
    failed = Signal(str)
    """A sentence on a frame that could not be fetched by a mistake of ours: the one before stays on show."""
    reading = Signal(str)
    """What is under way while a video is opened; empty once it is open."""

    def __init__(self, background: Background, budget_bytes: int, numbering: Callable[[Video], Numbering]) -> None:
        """`budget_bytes` for decoded pictures; `numbering`: how frame numbers of a video are to be read."""
        super().__init__()
        self._numbering = numbering
        self._background = background
        self.budget = budget_bytes
        """Of the media opened from now on."""
        self._reader: ReadAhead | VideoAhead | None = None
        self._read_from: tuple[MediaOf, str, bool] | None = None
        self._is_opening = False
        self._refusal: ViewerError | None = None
        self._size: Size | None = None
        """Of the pictures of the video that is open: the same for all its frames."""
        self._size_of: tuple[MediaOf, str, bool] | None = None
        self._last_frame: int | None = None
        self._request: Request | None = None
        self._labels: FrameLabels | None = None
        self._picture: Picture | ViewerError | None = None

    @property
    def wanted(self) -> FrameKey | None:
        return self._request.key if self._request else None

    def load(self, request: Request) -> None:
        """Fetch this frame, and its neighbours afterwards."""
        self._open_reader(request)
        self._request, self._labels, self._picture = request, None, None
        if self._is_opening:
            return  # asked for again once the video is open, whose size the labels are scaled to
        row, media, unit, key = request.row, request.media, request.unit, request.key

        size = self._known_size(request)
        kept = row.labels[unit.id].kept(key.frame - key.shift, size) if size else None

        def labels() -> tuple[FrameLabels, Size | None]:
            if row.head.nbytes < INDEXED_AT_ONCE:
                row.index()  # so that the first captions have their numbers already
            size = media.shown_size(unit, key.frame, key.other_orientation)
            return row.labels[unit.id].on_frame(key.frame - key.shift, size), size

        def then(made: tuple[FrameLabels, Size | None]) -> None:
            if unit.kind == "video":
                self._size, self._size_of = made[1], (media, unit.id, key.other_orientation)
            self._arrived(request, labels=made[0])

        def failed(error: Exception) -> None:
            _log.error("the labels of a frame could not be read", exc_info=error)
            self.failed.emit(f"The labels of frame {key.frame:,} could not be read ({escaped(repr(error))[:200]})")

        if kept is None:
            self._background.run("labels", labels, then, failed)
        else:
            self._background.cancel("labels")
            self._arrived(request, labels=kept)
        self._ask_for_picture(request)
        if size is not None:
            self._read_labels_ahead(request, size)

    def _known_size(self, request: Request) -> Size | None:
        """Of the frame's picture, where nothing has to be read for it: of a video that is open, or of a slice that is kept."""
        if self._size_of == (request.media, request.unit.id, request.key.other_orientation):
            return self._size
        place = request.media.place_of(request.unit, request.key.frame)
        if request.unit.kind not in SLICE_KINDS or not isinstance(self._reader, ReadAhead) or place is None:
            return None
        kept = self._reader.get(place)
        return None if kept is None else kept.size

    def _read_labels_ahead(self, request: Request, size: Size) -> None:
        """Those of the next frames of a video or series, whose pictures are decoded ahead too."""
        labels, frame = request.row.labels[request.unit.id], request.key.frame - request.key.shift
        step = 1 if self._last_frame is None or frame >= self._last_frame else -1
        self._last_frame = frame
        wanted = [frame + step * by for by in range(1, LABELS_AHEAD + 1)]
        if labels.kept(wanted[LABELS_AHEAD // 2], size) is not None:
            return

        def work() -> None:
            for ahead in wanted:
                labels.on_frame(ahead, size)

        self._background.run("labels ahead", work, lambda _: None)

    def request_small(self, request: Request, frames: Sequence[int], height: int, then: SmallThen) -> None:
        """Small pictures of a video's frames, one after the other, given to `then` on the interface thread."""
        if not isinstance(self._reader, VideoAhead):
            return
        frame_of: dict[int, int] = {}
        for frame in frames:
            place = request.media.place_of(request.unit, frame)
            if place is not None:
                frame_of.setdefault(place, frame)
        self._reader.request_small(
            list(frame_of),
            height,
            lambda place, small: self._background.post(lambda: then(frame_of[place], small)),
        )

    def close(self) -> None:
        """End the threads that read pictures."""
        self._request = None
        self._read_from = None
        self._close_reader()

    def _close_reader(self) -> None:
        self._background.cancel("video")
        self._background.cancel("slices")
        self._is_opening, self._refusal = False, None
        if self._reader:
            self._reader.close()
            self._reader = None

    def _ask_for_picture(self, request: Request) -> None:
        place = request.media.place_of(request.unit, request.key.frame)
        if self._reader is None or place is None:
            self._arrived(request, picture=self._refusal or ViewerError(_no_picture(request.unit)))
            return
        if isinstance(self._reader, VideoAhead) and not 0 <= place < self._reader.count:
            self._arrived(request, picture=ViewerError(_outside(request.key.frame, place, self._reader.count)))
            return
        ready = self._reader.get(place)
        if ready is not None:
            self._arrived(request, picture=ready)
            return
        self._reader.request(place, lambda _, made: self._background.post(lambda: self._arrived(request, picture=made)))

    def _open_reader(self, request: Request) -> None:
        source = (request.media, request.unit.id, request.key.other_orientation)
        if source == self._read_from and (self._reader is not None or self._is_opening or self._refusal):
            return
        self._close_reader()
        self._read_from = source
        if request.unit.kind == "video":
            self._open_video(request, source)
            return
        if request.unit.kind in SLICE_KINDS or request.unit.kind == "pdf":
            self._open_many(request, source)
            return
        pictures = request.media.pictures(request.unit, request.key.other_orientation)
        if pictures is not None:
            self._reader = ReadAhead(pictures, self.budget)

    def _open_video(self, request: Request, source: tuple[MediaOf, str, bool]) -> None:
        """Its index may take a while to be made, the first time."""
        self._is_opening = True
        is_stale = self._staleness(source)
        progress = self._progress("Reading the video", is_stale)

        def work() -> Video | None:
            video = request.media.video(request.unit, progress, is_stale)
            if video is not None:
                request.media.numbering.setdefault(request.unit.id, self._numbering(video))
            return video

        self._background.run("video", lambda: attempt(work, "this video"), self._video_arrived(source, is_stale))

    def _open_many(self, request: Request, source: tuple[MediaOf, str, bool]) -> None:
        """The first slice or page is shown as soon as its file is known; afterwards all of them are looked at."""
        self._is_opening = True

        def work() -> Pictures | None:
            return request.media.pictures(request.unit, request.key.other_orientation)

        def then(found: Pictures | ViewerError | None) -> None:
            if source != self._read_from or self._request is None:
                return
            self._is_opening = False
            if isinstance(found, ViewerError) or found is None:
                self._refusal = found or ViewerError(_no_picture(request.unit))
            else:
                self._reader = ReadAhead(found, self.budget)
            self.load(self._request)
            self._look_at_all(request, source)

        what = "this document" if request.unit.kind == "pdf" else "these slices"
        self._background.run("video", lambda: attempt(work, what), then)

    def _look_at_all(self, request: Request, source: tuple[MediaOf, str, bool]) -> None:
        """At every file of a series: what is missing, twice or of another patient is known afterwards; and at a document."""
        is_stale = self._staleness(source)
        progress = self._progress("Reading headers", is_stale)

        def work() -> tuple[Problem, ...]:
            try:
                slices = slice_problems(request.row, request.media, request.unit, progress, is_stale)
                return (*slices, *document_problems(request.row, request.media, request.unit))
            except Stopped:
                return ()

        def then(found: tuple[Problem, ...]) -> None:
            if not is_stale():
                self.reading.emit("")
                self.slices_read.emit(request.media, found)

        self._background.run("slices", work, then)

    def _staleness(self, source: tuple[MediaOf, str, bool]) -> Callable[[], bool]:
        """Whether something else is looked at by now."""
        return lambda: source != self._read_from

    def _progress(self, words: str, is_stale: Callable[[], bool]) -> Progress:
        """Says now and then how far a reading in the background is."""
        told = [time.monotonic()]

        def progress(part: float) -> None:
            if time.monotonic() - told[0] > TELL_AFTER:
                told[0] = time.monotonic()
                self._background.post(lambda: None if is_stale() else self.reading.emit(f"{words} {part:.0%}"))

        return progress

    def _video_arrived(
        self, source: tuple[MediaOf, str, bool], is_stale: Callable[[], bool]
    ) -> Callable[[Video | ViewerError | None], None]:
        def then(found: Video | ViewerError | None) -> None:
            request = self._request
            if is_stale() or request is None:
                return
            self._is_opening = False
            if isinstance(found, ViewerError):
                self._refusal = found
            elif found is None:
                self._refusal = ViewerError(_no_picture(request.unit))
            else:
                self._reader = VideoAhead(found.view(request.unit.size, source[2]), self.budget)
            self.reading.emit("")
            self.load(request)
            self.video_opened.emit(request.media)

        return then

    def _arrived(
        self, request: Request, labels: FrameLabels | None = None, picture: Picture | ViewerError | None = None
    ) -> None:
        if request is not self._request:
            return
        was_complete = self._labels is not None and self._picture is not None
        self._labels = labels or self._labels
        self._picture = picture or self._picture
        if was_complete or self._labels is None or self._picture is None:
            return
        shown = self._picture if isinstance(self._picture, Picture) else None
        trouble = "" if shown else str(self._picture)
        self.loaded.emit(FrameView(request.key, request.unit, self._labels, shown, trouble))


def _outside(frame: int, place: int, count: int) -> str:
    if place < 0:
        return f"frame {frame:,} comes before the first picture of the video"
    return beyond_the_end(frame, count)


def _no_picture(unit: Unit) -> str:
    if unit.kind in STRETCH_KINDS:
        return ""
    if unit.kind == "video":
        return "the video was not found"
    if unit.kind == "pdf":
        return "the document was not found"
    if unit.kind in SLICE_KINDS:
        return "the volume was not found" if unit.kind == "nifti" else "no DICOM file was found"
    return "there are no media for this unit" if not unit.files else "media not found"
