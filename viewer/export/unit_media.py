"""A unit and its media: which files were found, how large the pictures are, and the pictures themselves."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from viewer.errors import Place, Problem, ViewerError, escaped
from viewer.export.export import Export
from viewer.export.facts import hidden_queries
from viewer.export.find_media import Match
from viewer.export.find_slices import SliceFinder
from viewer.labels.records import RowHead, Unit, UnitFile
from viewer.labels.row import LabelRow
from viewer.media.dicom_slices import DicomSlices
from viewer.media.html_page import Page, read_page
from viewer.media.images import Images
from viewer.media.kinds import Pictures, Slices, Sound
from viewer.media.nifti import open_nifti
from viewer.media.numbering import IN_ORDER, Numbering
from viewer.media.pdf import Pdf
from viewer.media.progress import Progress
from viewer.media.sound import open_sound
from viewer.media.source import Source
from viewer.media.text import Text, read_text
from viewer.media.video import Video, open_video
from viewer.size import Size

_Medium = TypeVar("_Medium")

PICTURE_KINDS = ("image", "image_group", "image_sequence")
"""Kinds of units whose media are still pictures."""
SLICE_KINDS = ("dicom", "nifti")
"""Kinds of units whose frames are slices."""
PASSAGE_KINDS = ("text", "html")
"""Kinds of units whose media are characters."""
STRETCH_KINDS = ("audio", *PASSAGE_KINDS)
"""Kinds of units whose labels lie on stretches of it, not on pictures."""
VOLUME_ENDINGS = (".nii", ".nii.gz")
NAMES_LISTED = 5
"""Missing files that a problem names; their number is always said."""


@dataclass(eq=False)
class MediaOf:
    """The media of one row; looks at the disk when asked, so call it from a worker. Safe in several threads."""

    export: Export
    row: LabelRow
    cache: Path | None = None
    """Folder for indexes of videos, which take a while to make."""
    opens_videos: bool = True
    """Whether a video is opened for the sake of its size."""
    numbering: dict[str, Numbering] = field(default_factory=dict[str, Numbering])
    """By unit id, how frame numbers address the pictures of a video; in their order where nothing stands here."""
    _matches: dict[str, dict[int, Match]] = field(default_factory=dict[str, dict[int, Match]])
    _images: dict[tuple[str, bool], Images] = field(default_factory=dict[tuple[str, bool], Images])
    _videos: dict[str, Video | ViewerError] = field(default_factory=dict[str, Video | ViewerError])
    _finders: dict[str, SliceFinder] = field(default_factory=dict[str, SliceFinder])
    _slices: dict[str, Slices] = field(default_factory=dict[str, Slices])
    _pdfs: dict[str, Pdf | ViewerError] = field(default_factory=dict[str, "Pdf | ViewerError"])
    _sounds: dict[str, Sound | ViewerError] = field(default_factory=dict[str, "Sound | ViewerError"])
    _passages: dict[str, Text | Page | ViewerError] = field(default_factory=dict[str, "Text | Page | ViewerError"])
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _video_lock: threading.RLock = field(default_factory=threading.RLock)
    _open_lock: threading.RLock = field(default_factory=threading.RLock)
    """While a medium is read, which may take seconds, what is known of the files is still told."""

    def matches(self, unit: Unit) -> dict[int, Match]:
        """For each file of the unit, by frame, what was found for it. Of a series the headers of all files are read."""
        if self.is_series(unit):
            found = self.finder(unit).complete()
            return {
                frame: Match(place.source, found.found_by[frame]) for frame, place in sorted(found.places.items())
            } | {file.frame: Match() for file in unit.files if file.frame not in found.places}
        with self._lock:
            if unit.id not in self._matches:
                self._matches[unit.id] = self.export.places.matches(unit)
            return self._matches[unit.id]

    def match(self, unit: Unit, frame: int) -> Match:
        """What was found for the file that holds a frame."""
        if self.is_series(unit):
            return self._slice_match(unit, frame)
        file = unit.file_of(frame)
        return self.matches(unit)[file.frame] if file else Match()

    def _slice_match(self, unit: Unit, frame: int) -> Match:
        try:
            return Match(self.finder(unit).find(frame).source, "uid")
        except ViewerError:
            return Match()

    def problems(self, unit: Unit) -> list[Problem]:
        """What was not found; of slices it is told with all else that is wrong with them."""
        if self.is_series(unit):
            return []
        return _media_problems(unit, self.matches(unit), self.row.head)

    def finder(self, unit: Unit) -> SliceFinder:
        """What finds the slices of a series."""
        with self._lock:
            if unit.id not in self._finders:
                places = self.export.places
                labelled = self.row.labels[unit.id].frames
                last = int(labelled[-1]) if len(labelled) else -1
                self._finders[unit.id] = SliceFinder(unit, places.dicom, places.match, last)
            return self._finders[unit.id]

    def slices(self, unit: Unit, other_orientation: bool = False) -> Slices | None:
        """The unit's slices; None where it has none, or no file was found. Raises ViewerError for a broken volume."""
        if unit.kind not in SLICE_KINDS:
            return None
        key = f"{unit.id}{'~' * other_orientation}"
        with self._lock:
            if key not in self._slices:
                made = self._open_slices(unit, other_orientation)
                if made is None:
                    return None
                self._slices[key] = made
            return self._slices[key]

    def slices_if_open(self, unit: Unit) -> Slices | None:
        """Without waiting for them."""
        return self._slices.get(unit.id)

    def _open_slices(self, unit: Unit, other_orientation: bool) -> Slices | None:
        places = self.export.places
        source = self._volume_source(unit)
        if source is not None:
            return open_nifti(source, unit.size, other_orientation, places.named)
        if unit.kind == "nifti":
            return None
        finder = self.finder(unit)
        if not places.dicom.count:
            return None
        find = partial(finder.find, backwards=other_orientation)
        return DicomSlices(lambda: finder.count, find, places.dicom.header, lambda: finder.rate)

    def is_series(self, unit: Unit) -> bool:
        """Whether its slices lie in DICOM files."""
        return unit.kind == "dicom" and self._volume_source(unit) is None

    def _volume_source(self, unit: Unit) -> Source | None:
        """The NIfTI file of a unit, which a medical file of a data group may have too."""
        source = self.export.places.match(unit.files[0]).source if len(unit.files) == 1 else None
        if source is None:
            return None
        return source if unit.kind == "nifti" or source.name.casefold().endswith(VOLUME_ENDINGS) else None

    def pictures(self, unit: Unit, other_orientation: bool = False) -> Pictures | None:
        """Pictures in the order of `unit.files`, or of a video, or slices, or pages; None where the unit has other media, or none
        was found. Raises ViewerError for what cannot be opened, which takes a while the first time."""
        if unit.kind in SLICE_KINDS:
            return self.slices(unit, other_orientation)
        if unit.kind == "video":
            video = self.video(unit)
            return video.view(unit.size, other_orientation) if video else None
        if unit.kind == "pdf":
            return self.pdf(unit)
        if unit.kind not in PICTURE_KINDS:
            return None
        key = (unit.id, other_orientation)
        with self._lock:
            if key not in self._images:
                matches = self.matches(unit)
                self._images[key] = Images(
                    [matches[file.frame].source for file in unit.files],
                    [file.size for file in unit.files],
                    [file.title or file.data_hash for file in unit.files],
                    other_orientation,
                )
            return self._images[key]

    def video(
        self, unit: Unit, progress: Progress = lambda _: None, stop: Callable[[], bool] = lambda: False
    ) -> Video | None:
        """The unit's video with its index, which is read once; None where no file was found.

        Raises ViewerError, the same one each time, where it cannot be opened, and Stopped when told to stop.
        """
        source = self.match(unit, 0).source
        if source is None:
            return None
        with self._video_lock:
            if unit.id not in self._videos:
                try:
                    self._videos[unit.id] = open_video(source, self.cache, progress, stop)
                except ViewerError as error:
                    self._videos[unit.id] = error
            found = self._videos[unit.id]
        if isinstance(found, ViewerError):
            raise found
        return found

    def video_if_open(self, unit: Unit) -> Video | None:
        """Without waiting for it."""
        found = self._videos.get(unit.id)
        return found if isinstance(found, Video) else None

    def pdf(self, unit: Unit) -> Pdf | None:
        """The unit's document, opened once; None where it has none, or no file was found. Raises ViewerError."""
        return self._opened(self._pdfs, unit, Pdf) if unit.kind == "pdf" else None

    def count_if_open(self, unit: Unit) -> int | None:
        """Slices or pages of the media, without waiting for them."""
        found = self._pdfs.get(unit.id) if unit.kind == "pdf" else self.slices_if_open(unit)
        return None if found is None or isinstance(found, ViewerError) else found.count

    def sound(self, unit: Unit) -> Sound | None:
        """The unit's sound, opened once; None where it has none, or no file was found. Raises ViewerError."""
        if unit.kind != "audio":
            return None
        return self._opened(self._sounds, unit, open_sound)

    def sound_if_open(self, unit: Unit) -> Sound | None:
        """Without waiting for it."""
        found = self._sounds.get(unit.id)
        return None if isinstance(found, ViewerError) else found

    def passage(self, unit: Unit) -> Text | Page | None:
        """The unit's text or page, read once; None where it has none, or no file was found. Raises ViewerError."""
        if unit.kind not in PASSAGE_KINDS:
            return None
        mime = unit.files[0].mime if unit.files else ""
        return self._opened(self._passages, unit, read_page if unit.kind == "html" else partial(read_text, mime=mime))

    def _opened(
        self, known: dict[str, _Medium | ViewerError], unit: Unit, open_it: Callable[[Source], _Medium]
    ) -> _Medium | None:
        source = self.match(unit, 0).source
        if source is None:
            return None
        with self._open_lock:
            if unit.id not in known:
                try:
                    known[unit.id] = open_it(source)
                except ViewerError as error:
                    known[unit.id] = error
                except MemoryError:
                    known[unit.id] = ViewerError(f"There is not enough memory for this file: {escaped(source.name)}")
            found = known[unit.id]
        if isinstance(found, ViewerError):
            raise found
        return found

    def numbering_of(self, unit: Unit) -> Numbering:
        return self.numbering.get(unit.id, IN_ORDER)

    def place_of(self, unit: Unit, frame: int) -> int | None:
        """Which of its pictures a frame number shows; None where it has none. A video must be open."""
        video = self.video_if_open(unit)
        if unit.kind == "video":
            return self.numbering_of(unit).place_of(frame, video.index) if video else None
        if unit.kind in SLICE_KINDS or unit.kind == "pdf":
            return frame
        return unit.place_of(frame)

    def picture_size(self, unit: Unit, frame: int, other_orientation: bool = False) -> Size | None:
        """Of the picture that was found for a frame; None where there is none, or its headers do not tell."""
        if unit.kind == "video" and not self.opens_videos and self.video_if_open(unit) is None:
            return None
        try:
            pictures = self.pictures(unit, other_orientation)
        except ViewerError:
            return None  # said where the picture is wanted, and in the list of problems
        place = self.place_of(unit, frame)
        return pictures.size(place) if pictures and place is not None else None

    def label_size(self, unit: Unit, frame: int) -> Size | None:
        """What fractions of a frame are scaled by in a listing: the exported size, else the picture's own."""
        file = unit.file_of(frame)
        return (file.size if file else None) or unit.size or self.picture_size(unit, frame)

    def shown_size(self, unit: Unit, frame: int, other_orientation: bool = False) -> Size | None:
        """What they are scaled by on screen: the picture's own size, else the exported one."""
        return self.picture_size(unit, frame, other_orientation) or self.label_size(unit, frame)


def _media_problems(unit: Unit, matches: dict[int, Match], head: RowHead) -> list[Problem]:
    """What was not found for a unit, or could be several files."""
    where = head.where + unit.path
    nameless = not any(file.title or file.link for file in unit.files)
    severity = "note" if head.deleted or nameless else "warning"
    made: list[Problem] = []
    missing = [file for file in unit.files if not matches[file.frame].source and not matches[file.frame].candidates]
    if missing:
        names = ", ".join(_called(file) for file in missing[:NAMES_LISTED])
        more = f" and {len(missing) - NAMES_LISTED:,} more" if len(missing) > NAMES_LISTED else ""
        count = f"{len(missing):,} of {len(unit.files):,} media files" if len(unit.files) > 1 else "media"
        what = f"{count} not found: {names}{more}; labels are shown on a plain canvas"
        made.append(Problem(severity, where, what, Place(head.index, unit.id, missing[0].frame)))
    for file in unit.files:
        candidates = matches[file.frame].candidates
        if candidates and not matches[file.frame].source:
            names = ", ".join(escaped(source.name) for source in candidates[:NAMES_LISTED])
            what = f"ambiguous media: {len(candidates)} files are called {_called(file)} ({names}); none was taken"
            made.append(Problem("warning", head.where + file.path, what, Place(head.index, unit.id, file.frame)))
    return made


def _called(file: UnitFile) -> str:
    return escaped(hidden_queries(file.title or file.data_hash or "(no title)"))[:80]
