"""Slices of DICOM files by frame number, wherever each of them lies."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from viewer.errors import ViewerError, escaped
from viewer.media.dicom_header import Header, dataset_of
from viewer.media.dicom_picture import frame_count, picture_of
from viewer.media.dicom_values import RANGE
from viewer.media.grey import Window, window_between
from viewer.media.kinds import Picture
from viewer.media.plane import Plane
from viewer.media.source import Source
from viewer.size import Size

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

KEPT_BYTES = 256 << 20
"""A file of many frames up to this size is kept in memory as long as its frames are looked at."""
MAX_BYTES = 4 << 30
SAMPLED = 9
"""Slices that are looked at for a window, where the files bring none."""
PERCENTILES = 0.5, 99.5


@dataclass(frozen=True, slots=True)
class SliceAt:
    """A file, and the frame in it, counted from 0."""

    source: Source
    inner: int = 0


class DicomSlices:
    """`Slices` of what a table of places says; safe in several threads."""

    def __init__(
        self,
        count: Callable[[], int],
        find: Callable[[int], SliceAt],
        header: Callable[[Source], Header],
        rate: Callable[[], float | None],
    ) -> None:
        """`find` says where a frame lies, and raises ViewerError with a sentence where it does not."""
        self._count = count
        self._find = find
        self._header = header
        self._rate = rate
        self._kept: tuple[Source, Dataset] | None = None
        self._lock = threading.Lock()
        self._decoding = threading.Lock()
        self._window: Window | None = None
        self._looking = threading.Lock()

    @property
    def count(self) -> int:
        return self._count()

    @property
    def rate(self) -> float | None:
        return self._rate()

    def size(self, frame: int) -> Size | None:
        try:
            return self._header(self._find(frame).source).size
        except ViewerError:
            return None  # said where the picture is wanted

    def plane(self, frame: int) -> Plane | None:
        try:
            place = self._find(frame)
            header = self._header(place.source)
        except ViewerError:
            return None
        return header.plane(place.inner) if 0 <= place.inner < header.frames else None

    def source_of(self, frame: int) -> Source | None:
        try:
            return self._find(frame).source
        except ViewerError:
            return None

    def picture(self, frame: int) -> Picture:
        """Raises ViewerError where the slice was not found or cannot be decoded."""
        picture = self._decoded(frame)
        grey = picture.grey
        if grey is None or grey.windows[0].name != RANGE or self.count < 2:
            return picture
        # of its own range each slice would be lit anew, which looks as if the body changed
        window = self._window_of_all() or grey.windows[0]
        return replace(picture, grey=replace(grey, windows=(window,)), shown=grey.shown(window))

    def _window_of_all(self) -> Window | None:
        """From nearly the least to nearly the largest value of some slices; looked for once."""
        with self._looking:
            if self._window is None:
                count = self.count
                ends: list[float] = []
                for frame in sorted({round(place) for place in np.linspace(0, count - 1, min(count, SAMPLED))}):
                    try:
                        grey = self._decoded(frame).grey
                    except ViewerError:
                        continue  # said where that slice is wanted
                    ends += grey.between(*PERCENTILES).ends if grey is not None else ()
                self._window = window_between(min(ends), max(ends), "range of the series") if ends else None
            return self._window

    def _decoded(self, frame: int) -> Picture:
        place = self._find(frame)
        name = escaped(place.source.name)
        try:
            ds, is_shared = self._dataset(place.source)
            if not is_shared:
                return picture_of(ds, place.inner)
            with self._decoding:  # elements of a dataset are converted when they are first looked at
                return picture_of(ds, place.inner)
        except ViewerError as error:
            raise ViewerError(f"{error}: {name}") from error
        except MemoryError as error:
            raise ViewerError(f"There is not enough memory for this slice: {name}") from error
        except Exception as error:
            # whatever a broken file makes pydicom raise becomes one sentence here
            raise ViewerError(f"The slice cannot be read ({type(error).__name__}): {name}") from error

    def close(self) -> None:
        """Give up what is kept of a file of many frames."""
        with self._lock:
            self._kept = None

    def _dataset(self, source: Source) -> tuple[Dataset, bool]:
        """And whether other threads may have it too."""
        with self._lock:
            if self._kept is not None and self._kept[0] is source:
                return self._kept[1], True
        if source.bytes_size > MAX_BYTES:
            raise ViewerError(f"The file is too large: {source.bytes_size:,} bytes, at most {MAX_BYTES:,} are read")
        with source.open() as stream:
            ds = dataset_of(stream, header_only=False)
        if frame_count(ds) > 1 and source.bytes_size <= KEPT_BYTES:
            with self._lock:
                self._kept = (source, ds)
            return ds, True
        return ds, False
