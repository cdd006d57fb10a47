"""Sounds that libsndfile reads: WAV and its kin, AIFF, AU, CAF, FLAC, Ogg."""

from __future__ import annotations

import io
import os
import re
import zipfile
import zlib
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from viewer.errors import ViewerError, escaped
from viewer.media.sound_heads import WHOLE, HeadSound, SoundFacts
from viewer.media.source import Source

IN_MEMORY = 64 << 20
"""Bytes of a sound in an archive up to which it is unpacked once, as going back in a packed stream is slow."""
PIECE = 1 << 20
"""Samples read at once."""
LOST = 4096
"""What cannot be read is left out in stretches of this many samples."""
MANY_LOST = 64
"""Such stretches in one read after which the rest of it is left out untried."""
WHOLE_KINDS = ("PCM_16", "PCM_S8", "PCM_U8")
UNKNOWN_LENGTH = 1 << 60
INEXACT = "read by libsndfile: of MP3 and Ogg, its length and where it goes on after a jump may be some samples off"
_CLAIM = re.compile(r"^\s*(?:data|SSND|Data Size)\s*: (-?\d+) \(should be (\d+)\)", re.MULTILINE)
_UNSAID = 0x7FFF0000
"""Lengths from here on are written by programs that cannot go back to write the true one."""


class FileHead:
    """An opened file and a place in it. Raises ViewerError where libsndfile does not know it."""

    def __init__(self, source: Source) -> None:
        self._source, self._name = source, escaped(source.name)
        self._open()
        self.rate, self.channels, self.claimed = self._file.samplerate, self._file.channels, self._file.frames
        self._type = np.int16 if self._file.subtype in WHOLE_KINDS else np.float32
        self.is_inexact = self._file.format in ("MP3", "OGG") or self._file.subtype.startswith("MPEG")
        self.end = self.claimed
        """Samples of each channel."""
        self.lost: int | None = None
        """The first sample that could not be read."""

    def _open(self) -> None:
        import soundfile

        self._refused = soundfile.SoundFileError
        stream = sound_stream(self._source)
        self._stream: BinaryIO | None = stream
        self.position = 0
        given: Any = _Quiet(stream)
        if self._source.path is not None and os.name == "posix":
            # so that what is read is surely what was looked at, and nothing is guessed from its name
            given, self._stream = os.dup(stream.fileno()), None
            stream.close()
        try:
            self._file = soundfile.SoundFile(given, closefd=True)
        except (self._refused, ValueError, TypeError, RuntimeError) as error:
            if self._stream is not None:
                self._stream.close()
            raise ViewerError(f"{_refusal(error)}: {self._name}") from error

    @property
    def log(self) -> str:
        """What libsndfile says of the header."""
        return self._file.extra_info

    def read(self, start: int, end: int) -> NDArray[Any]:
        """See `Head`. What cannot be read is NaN."""
        end = min(end, self.end)
        made = [self._piece(at, min(at + PIECE, end)) for at in range(start, end, PIECE)]
        if not made:
            return np.zeros((0, self.channels), np.float32)
        if any(piece.dtype != made[0].dtype for piece in made):
            made = [_in_floats(piece) for piece in made]
        return made[0] if len(made) == 1 else np.concatenate(made)

    def _piece(self, start: int, end: int) -> NDArray[Any]:
        try:
            return self._read(start, end)
        except self._refused:
            made = np.full((end - start, self.channels), np.nan, np.float32)
            lost = 0
            for at in range(start, end, LOST):
                try:
                    stop = min(at + LOST, end)
                    made[at - start : stop - start] = _in_floats(self._read(at, stop))
                except self._refused:
                    self.lost, lost = at if self.lost is None else min(at, self.lost), lost + 1
                    if lost == MANY_LOST:
                        break
            return made

    def _read(self, start: int, end: int) -> NDArray[Any]:
        try:
            if self.position != start:
                self._file.seek(start)
            made = self._file.read(out=np.empty((end - start, self.channels), self._type))
            if len(made) < end - start:
                raise self._refused
        except self._refused:
            # nothing can be read from it any more
            self.close()
            self._open()
            raise
        self.position = end
        return made

    def holds(self, sample: int) -> bool:
        """Whether it can be read."""
        try:
            self._read(sample, sample + 1)
        except self._refused:
            return False
        return True

    def close(self) -> None:
        self._file.close()
        if self._stream is not None:
            self._stream.close()


def open_file(source: Source) -> HeadSound:
    """Raises ViewerError where libsndfile does not read it, ImportError or OSError where it is not installed."""
    head = FileHead(source)
    if head.claimed >= UNKNOWN_LENGTH or head.rate < 1:
        head.close()
        raise ViewerError(f"Its header does not say how long it is: {escaped(source.name)}")
    facts = SoundFacts(head.rate, head.channels, head.claimed, (INEXACT,) if head.is_inexact else ())
    head.end = _true_end(head)
    claimed = _claim(head)
    facts.ends_at(head.end)
    if claimed is not None and head.end and claimed != head.end:
        what = f"the header claims {facts.seconds(claimed)}, the file holds {facts.seconds(head.end)}"
        facts.warn("claim", what)

    def another() -> _Reading:
        made = FileHead(source)
        made.end = head.end
        return _Reading(made, facts)

    return HeadSound(facts, another, _Reading(head, facts))


class _Reading:
    """A head that tells the sound what it could not read."""

    def __init__(self, head: FileHead, facts: SoundFacts) -> None:
        self._head, self._facts = head, facts

    @property
    def position(self) -> int:
        return self._head.position

    def read(self, start: int, end: int) -> NDArray[Any]:
        made = self._head.read(start, end)
        if self._head.lost is not None:
            what = f"the file is damaged from {self._facts.seconds(self._head.lost)} on; what cannot be read is a gap"
            self._facts.warn("damage", what)
        return made

    def close(self) -> None:
        self._head.close()


def _true_end(head: FileHead) -> int:
    """Samples that can be read: what the header claims, or where the file was cut off."""
    if not head.claimed or head.holds(head.claimed - 1):
        return head.claimed
    held, lost = 0, head.claimed
    while lost - held > 1:
        middle = (held + lost) // 2
        held, lost = (middle, lost) if head.holds(middle - 1) else (held, middle)
    return held


def _claim(head: FileHead) -> int | None:
    """Samples that the header claims, where that is another number than libsndfile made of it."""
    if head.end != head.claimed:
        return head.claimed
    found = _CLAIM.search(head.log)
    if found is None:
        return None
    claimed, held = int(found[1]), int(found[2])
    return round(head.claimed * claimed / held) if 0 < claimed < _UNSAID and held else None


def sound_stream(source: Source) -> BinaryIO:
    """To be closed by the caller; of a file in an archive one in which going back is quick, unless it is large."""
    if source.path is None and source.bytes_size <= IN_MEMORY:
        return io.BytesIO(source.read())
    return source.open()


class _Quiet(io.RawIOBase):
    """A stream for libsndfile, whose callbacks would print what is raised in them: damage ends the file."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._stream.read(len(buffer))
        except (OSError, EOFError, zlib.error, zipfile.BadZipFile):
            return 0
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        try:
            return self._stream.seek(offset, whence)
        except (OSError, ValueError, EOFError, zlib.error, zipfile.BadZipFile):
            return -1

    def tell(self) -> int:
        return self._stream.tell()


def _in_floats(found: NDArray[Any]) -> NDArray[np.float32]:
    return found.astype(np.float32) * np.float32(WHOLE) if found.dtype == np.int16 else found


def _refusal(error: Exception) -> str:
    """What libsndfile says, without the name, which it knows as a number."""
    said = str(error).rpartition(": ")[2].rstrip(".")
    return said[:120] or "libsndfile does not read it"
