"""A video file opened: one of the known containers, read from that file alone, its stream of pictures chosen."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from viewer.errors import ViewerError, escaped
from viewer.media.source import Source

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.stream import VideoStream

FORMATS = (
    "mov,matroska,avi,mpegts,mpeg,flv,ogg,asf,mxf,nut,ivf,gif,apng,webp_anim,webp,mpegvideo,yuv4mpegpipe,rm,dv,wtv,"
    "swf,nsv,mj2,live_flv,gxf,h264,hevc,obu,m4v,av1,cavsvideo,vc1"
)
"""Formats whose pictures all lie in the file itself. Playlists and scripts that name other files are refused."""


DEFAULT_WEIGHS = 5_000_000
"""Pixels for which being marked as default counts in the choice of a stream."""


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """Not for several threads at once."""

    container: InputContainer
    stream: VideoStream

    @property
    def format(self) -> str:
        """'mov,mp4,m4a,3gp,3g2,mj2', 'mpegts': FFmpeg's names of the container."""
        return self.container.format.name


@contextmanager
def opened(source: Source) -> Generator[Opened]:
    """With marks, closed at the end of the block. Raises ViewerError as `open_container` does."""
    found = open_container(source, marked=True)
    try:
        yield found
    finally:
        found.container.close()


def open_container(source: Source, *, marked: bool, threads: bool = False) -> Opened:
    """The file ready to be decoded from its beginning. Raises ViewerError with a sentence where it is no video.

    `marked`: each picture will say of which packet it was made. That goes with one thread only: the decoder's own
    `threads` would give marks back to Python while closing them holds the interpreter, and both would wait for ever.
    """
    import av
    from av.error import FFmpegError
    from av.stream import Discard

    name = escaped(source.name)
    if not source.bytes_size:
        raise ViewerError(f"The video is empty, it has no bytes: {name}")
    stream = source.open()
    # Checked by opening it once; FFmpeg itself reads a file four times faster than through Python
    if source.path is not None:
        status = os.fstat(stream.fileno())
        stream.close()
        if (status.st_size, status.st_mtime) != (source.bytes_size, source.modified):
            raise ViewerError(f"The video was changed since it was opened; reload the export: {name}")
        file: Any = f"file:{source.path}"
    else:
        file = stream
    options = {"format_whitelist": FORMATS, "protocol_whitelist": "file"}
    try:
        container: Any = av.open(file, container_options=options, metadata_errors="replace")
    except (FFmpegError, ValueError, OSError) as error:
        raise ViewerError(f"{_refusal(source)}: {name}") from error
    found = _pictures(container)
    if found is None:
        only = _what_else(container)
        container.close()
        raise ViewerError(f"There are no pictures in this video, only {only}: {name}")
    for other in container.streams:
        if other.index != found.index:
            other.discard = Discard.all
    context = found.codec_context
    context.copy_opaque = marked
    if threads and not marked:
        context.thread_type = "AUTO"
    else:
        context.thread_count = 1
    return Opened(container, found)


def _pictures(container: InputContainer) -> VideoStream | None:
    """The stream that the ffmpeg program takes: the largest, one marked as default before others; no cover pictures."""
    from av.stream import Disposition

    shown = [s for s in container.streams.video if not s.disposition & Disposition.attached_pic]
    # PyAV gives none to streams of a codec that FFmpeg does not know
    films = [s for s in shown if getattr(s, "codec_context", None) is not None]

    def score(stream: VideoStream) -> int:
        return stream.width * stream.height + DEFAULT_WEIGHS * bool(stream.disposition & Disposition.default)

    return max(films, key=score, default=None)


def _what_else(container: InputContainer) -> str:
    if container.streams.audio:
        return "sound"
    return "a cover picture or pictures of an unknown codec" if container.streams.video else "other data"


def _refusal(source: Source) -> str:
    with source.open() as stream:
        beginning = stream.read(64)
    if beginning[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"):
        return "The video is damaged or cut off: the index of its frames (moov) cannot be read"
    if beginning.startswith((b"RIFF", b"\x1aE\xdf\xa3", b"OggS", b"FLV", b"\x00\x00\x01\xba", b"\x30\x26\xb2\x75")):
        return "The video is damaged or cut off before its first picture"
    return "This file is not a video, or one of an unknown variety"
