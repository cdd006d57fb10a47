"""A video as pictures by frame number."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from viewer.errors import ViewerError
from viewer.media import index_store
from viewer.media.kinds import Picture
from viewer.media.progress import Progress
from viewer.media.source import Source
from viewer.media.video_index import VideoIndex, build_index, rebuilt_by_decoding
from viewer.media.video_picture import picture_of, reformatter, turn_of, turned_size
from viewer.media.video_reader import Disorder, VideoReader
from viewer.size import Size

if TYPE_CHECKING:
    from av.video.frame import VideoFrame
    from av.video.reformatter import VideoReformatter


class Video:
    """Frames of one file, decoded when asked for; safe in several threads, which wait for one another."""

    def __init__(self, source: Source, index: VideoIndex, cache: Path | None = None) -> None:
        self.source = source
        self.index = index
        self._cache = cache
        self._lock = threading.Lock()
        self._reader: VideoReader | None = None

    @property
    def count(self) -> int:
        return self.index.count

    def quarters(self, exported: Size | None, other_orientation: bool) -> int:
        """Turns of 90 degrees, counter-clockwise, with which the pictures are to be shown."""
        return turn_of(self.index.rotation, self.index.size, exported, other_orientation)

    def view(self, exported: Size | None, other_orientation: bool = False) -> VideoPictures:
        """Its pictures turned as the file and the export's size say, or the other way."""
        return VideoPictures(self, self.quarters(exported, other_orientation))

    def picture(self, frame: int, quarters: int) -> Picture:
        """Raises ViewerError where the frame cannot be decoded."""
        with self._lock:
            if not 0 <= frame < self.count:
                raise ViewerError(beyond_the_end(frame, self.count))
            try:
                found = self._read(frame)
            except Disorder:
                self.index_anew(lambda _: None, lambda: False)
                found = self._read(frame)
            if found is None:
                raise ViewerError(undecodable(frame))
            is_damaged = self._reader is not None and self._reader.is_damaged
            return picture_of(found, self._converter, quarters, is_damaged=is_damaged)

    def _read(self, frame: int) -> VideoFrame | None:
        if self._reader is not None and self._reader.index is not self.index:
            self._reader.close()
            self._reader = None
        self._reader = self._reader or VideoReader(self.source, self.index)
        return self._reader.read(frame)

    @cached_property
    def _converter(self) -> VideoReformatter:
        return reformatter()

    def index_anew(self, progress: Progress, stop: Callable[[], bool]) -> None:
        """By decoding every frame, as the timestamps turned out not to give their order. Raises ViewerError, Stopped."""
        self.index = rebuilt_by_decoding(self.index, self.source, progress, stop)
        index_store.save(self.index, self.source, self._cache)

    def close(self) -> None:
        """Give the file free; it is opened again when a picture is wanted."""
        with self._lock:
            if self._reader is not None:
                self._reader.close()
                self._reader = None


class VideoPictures:
    """A video seen one way up: `Pictures`."""

    def __init__(self, video: Video, quarters: int) -> None:
        self.video = video
        self.quarters = quarters

    @property
    def count(self) -> int:
        return self.video.count

    def size(self, frame: int) -> Size | None:
        """Of the first frame, which all others have but in rare videos."""
        return turned_size(self.video.index.size, self.quarters)

    def picture(self, frame: int) -> Picture:
        """Raises ViewerError where the frame cannot be decoded."""
        return self.video.picture(frame, self.quarters)

    def close(self) -> None:
        self.video.close()


def open_video(
    source: Source,
    cache: Path | None = None,
    progress: Progress = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> Video:
    """With its index, from the `cache` folder where it was made before. Raises ViewerError, and Stopped when told to."""
    index = index_store.load(source, cache)
    if index is None:
        index = _with_end(build_index(source, progress, stop), source)
        index_store.save(index, source, cache)
    return Video(source, index, cache)


def _with_end(index: VideoIndex, source: Source) -> VideoIndex:
    """Of a file that is cut off: how many of its last frames can still be decoded is found by decoding them."""
    if not index.packets.cut or index.decoded:
        return index
    reader = VideoReader(source, index)
    try:
        reader.seek(index.count - 1)
        while reader.next() is not None:
            pass
        lost = index.count - reader.place
    except (Disorder, ViewerError):
        return index
    finally:
        reader.close()
    if not lost:
        return index
    return replace(index, inexact=f"the file is cut off: its last {lost:,} frame{'s' * (lost != 1)} cannot be decoded")


def beyond_the_end(frame: int, count: int) -> str:
    """`frame`: counted as the export does; `count`: of the video's pictures."""
    return f"frame {frame:,} lies beyond the end of the video, which holds {count:,} frames"


def undecodable(frame: int) -> str:
    return f"frame {frame:,} cannot be decoded: the video is damaged there"
