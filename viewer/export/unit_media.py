"""A unit and its media: which files were found, how large the pictures are, and the pictures themselves."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from viewer.errors import Problem
from viewer.export.export import Export, media_problems
from viewer.export.find_media import Match
from viewer.labels.records import Unit
from viewer.labels.row import LabelRow
from viewer.media.images import Images
from viewer.size import Size

PICTURE_KINDS = ("image", "image_group", "image_sequence")
"""Kinds of units whose media are still pictures."""


@dataclass(eq=False)
class MediaOf:
    """The media of one row; looks at the disk when asked, so call it from a worker. Safe in several threads."""

    export: Export
    row: LabelRow
    _matches: dict[str, dict[int, Match]] = field(default_factory=dict[str, dict[int, Match]])
    _images: dict[tuple[str, bool], Images] = field(default_factory=dict[tuple[str, bool], Images])
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def matches(self, unit: Unit) -> dict[int, Match]:
        """For each file of the unit, by frame, what was found for it."""
        with self._lock:
            if unit.id not in self._matches:
                self._matches[unit.id] = self.export.places.matches(unit)
            return self._matches[unit.id]

    def match(self, unit: Unit, frame: int) -> Match:
        """What was found for the file that holds a frame."""
        file = unit.file_of(frame)
        return self.matches(unit)[file.frame] if file else Match()

    def problems(self, unit: Unit) -> list[Problem]:
        """What was not found."""
        return media_problems(unit, self.matches(unit), self.row.head)

    def pictures(self, unit: Unit, other_orientation: bool = False) -> Images | None:
        """Pictures in the order of `unit.files`; None where the unit has other media, or nothing of it was found."""
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

    def picture_size(self, unit: Unit, frame: int, other_orientation: bool = False) -> Size | None:
        """Of the picture that was found for a frame; None where there is none, or its headers do not tell."""
        pictures = self.pictures(unit, other_orientation)
        place = unit.place_of(frame)
        return pictures.size(place) if pictures and place is not None else None

    def label_size(self, unit: Unit, frame: int) -> Size | None:
        """What fractions of a frame are scaled by in a listing: the exported size, else the picture's own."""
        file = unit.file_of(frame)
        return (file.size if file else None) or unit.size or self.picture_size(unit, frame)

    def shown_size(self, unit: Unit, frame: int, other_orientation: bool = False) -> Size | None:
        """What they are scaled by on screen: the picture's own size, else the exported one."""
        return self.picture_size(unit, frame, other_orientation) or self.label_size(unit, frame)
