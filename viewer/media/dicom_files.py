"""Many files, of which some are DICOM: looked at quickly for one slice, and thoroughly once there is time."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from viewer.errors import ViewerError
from viewer.media.dicom_header import DIRECTORY, FRONT, Header, is_dicom, is_of_instance, peek_uid, read_header
from viewer.media.progress import Progress, Stopped
from viewer.media.source import Source

OTHER_ENDINGS = (
    *(".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".svg", ".heic"),
    *(".mp4", ".mov", ".avi", ".mkv", ".webm", ".m4v", ".mpg", ".ts"),
    *(".wav", ".mp3", ".flac", ".ogg", ".m4a", ".aac"),
    *(".txt", ".html", ".htm", ".pdf", ".csv", ".xml", ".md", ".py"),
    *(".nii", ".nii.gz", ".zip", ".gz", ".json", ".labelreview", ".mcap", ".pcd"),
)
"""Files called so are not looked into."""


class DicomFiles:
    """Safe in several threads; each file is looked at once."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = [source for source in sources if not source.name.casefold().endswith(OTHER_ENDINGS)]
        self._lock = threading.Lock()
        self._candidates: list[Source] | None = None
        self._by_uid: Mapping[str, list[Source]] = {}
        self._certain: set[int] = set()
        self._headers: dict[int, Header | ViewerError] = {}
        self._complete: tuple[Header, ...] | None = None
        self._finishing = threading.Lock()

    def named(self, uid: str) -> list[Source]:
        """Files whose first bytes name this instance."""
        self._peek()
        return self._by_uid.get(uid, [])

    def is_certain(self, source: Source) -> bool:
        """Whether a file is the instance that it is `named` by, as far as its first bytes can tell."""
        return id(source) in self._certain

    @property
    def count(self) -> int:
        """Files that may be DICOM by how they begin."""
        return len(self._peek())

    def header(self, source: Source) -> Header:
        """Raises ViewerError, the same each time, where it is no DICOM file."""
        with self._lock:
            found = self._headers.get(id(source))
        if found is None:
            try:
                found = read_header(source)
            except ViewerError as error:
                found = error
            with self._lock:
                self._headers[id(source)] = found
        if isinstance(found, ViewerError):
            raise found
        return found

    @property
    def is_complete(self) -> bool:
        return self._complete is not None

    def headers(
        self, progress: Progress = lambda _: None, stop: Callable[[], bool] = lambda: False
    ) -> tuple[Header, ...]:
        """Of all files that hold slices, in the order of their names. Raises Stopped when told to."""
        with self._finishing:
            if self._complete is None:
                made: list[Header] = []
                candidates = self._peek()
                for place, source in enumerate(candidates):
                    if stop():
                        raise Stopped
                    try:
                        header = self.header(source)
                    except ViewerError:
                        continue  # said where a slice is missing: which file it was meant for is not known
                    if header.dataset.get("SOPClassUID") != DIRECTORY:
                        made.append(header)
                    progress((place + 1) / len(candidates))
                self._complete = tuple(made)
            return self._complete

    def _peek(self) -> list[Source]:
        with self._lock:
            if self._candidates is None:
                by_uid: defaultdict[str, list[Source]] = defaultdict(list)
                self._candidates = []
                for source in self._sources:
                    front = _front(source)
                    if is_dicom(front):
                        self._candidates.append(source)
                        uid = peek_uid(front)
                        if uid is not None:
                            by_uid[uid].append(source)
                            if is_of_instance(front, uid):
                                self._certain.add(id(source))
                self._by_uid = dict(by_uid)
            return self._candidates


def _front(source: Source) -> bytes:
    try:
        with source.open_front() as stream:
            return stream.read(FRONT)
    except (ViewerError, OSError):
        return b""  # said when the file is wanted
