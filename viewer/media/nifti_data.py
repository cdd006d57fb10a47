"""The voxels of a NIfTI file as bytes: read where they are wanted, or unpacked once and held in memory."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
from numpy.typing import NDArray

from viewer.errors import ViewerError
from viewer.media.progress import Progress, Stopped
from viewer.media.source import Source

if TYPE_CHECKING:
    from zlib import _Decompress as Unpacker  # pyright: ignore[reportPrivateUsage]

MOST_HELD = 4 << 30
"""Bytes of a volume that are held in memory."""
_GZIP = b"\x1f\x8b"
_BEST_RATIO = 1032
"""Deflate makes no more than this of a byte."""
_PIECE, _STEP = 1 << 16, 1 << 20
_AS_GZIP = 31


def first_bytes(source: Source, count: int) -> bytes:
    """Of what the file holds, unpacked where it is compressed; fewer where it ends or breaks off before."""
    with source.open() as stream:
        head = stream.read(count)
        if not head.startswith(_GZIP):
            return head
        stream.seek(0)
        return inflated(stream, count, lambda _: None)[0].tobytes()


class NiftiData:
    """The bytes behind the header's offset, as many as it claims. Safe in several threads."""

    def __init__(self, source: Source, offset: int, claimed: int, *, at_once: bool, limit: int) -> None:
        """`at_once`: all is held in memory, as it must be of a file that is compressed or lies in an archive."""
        self._source = source
        self._offset = offset
        self._claimed = claimed
        with source.open() as stream:
            self.is_compressed = stream.read(2) == _GZIP
        self.is_held = at_once or self.is_compressed or source.stream is None
        self._held: NDArray[np.uint8] | None = None
        self.warning = ""
        """What was found wrong when it was loaded."""
        held = offset + self.count if self.is_held and self.count else 0
        if held > limit:
            advice = "; unpacked beforehand it can be read slice by slice" if self.is_compressed else ""
            raise ViewerError(f"The volume takes {held:,} bytes of memory, and at most {limit:,} are used{advice}")

    @property
    def count(self) -> int:
        """Bytes that are there, at most those claimed; before a compressed file is loaded as many as it could give."""
        if self._held is not None:
            return self._held.size
        return min(max(self._most - self._offset, 0), self._claimed)

    @property
    def nbytes(self) -> int:
        """Memory held."""
        return self._held.size if self._held is not None else 0

    @property
    def _most(self) -> int:
        return self._source.bytes_size * (_BEST_RATIO if self.is_compressed else 1)

    @property
    def is_loaded(self) -> bool:
        return self._held is not None or not self.is_held

    def load(self, progress: Progress, stop: Callable[[], bool]) -> None:
        """Unpack what has to be held, as far as it goes. Raises ViewerError, and Stopped when told to."""

        def tell(done: float) -> None:
            if stop():
                raise Stopped
            progress(done)

        with self._source.open() as stream:
            if self.is_compressed:
                size = max(self._source.bytes_size, 1)
                made, self.warning = inflated(stream, self._offset + self.count, lambda at: tell(min(at / size, 1.0)))
                self._held = made[self._offset :]
            else:
                self._held = self._loaded(stream, tell)

    def _loaded(self, stream: BinaryIO, tell: Callable[[float], None]) -> NDArray[np.uint8]:
        held = np.empty(self.count, np.uint8)
        stream.seek(self._offset)
        done = 0
        while piece := stream.read(min(16 * _STEP, held.size - done)):
            held[done : done + len(piece)] = np.frombuffer(piece, np.uint8)
            done += len(piece)
            tell(done / held.size)
        return held[:done]

    def read(self, start: int, count: int) -> NDArray[np.uint8]:
        """Raises ViewerError where they are not all there."""
        if not self.is_held:
            with self._source.open() as stream:
                stream.seek(self._offset + start)
                found = np.frombuffer(stream.read(count), np.uint8)
        elif (held := self._held) is not None:
            found = held[start : start + count]
        else:
            raise ViewerError("The volume was closed while it was read")
        if found.size < count:
            raise ViewerError("The file is cut short")
        return found

    def drop(self) -> None:
        """Give the memory back."""
        self._held = None


def inflated(stream: BinaryIO, wanted: int, tell: Callable[[int], None]) -> tuple[NDArray[np.uint8], str]:
    """What a gzip stream of one or more members holds, up to a number of bytes, and what is wrong with it, if anything.

    Where it is damaged, as far as it goes. `tell` is given how far the stream was read, and may raise.
    """
    room, filled, waiting = np.empty(wanted, np.uint8), 0, b""
    before = unpacker = zlib.decompressobj(_AS_GZIP)
    try:
        while waiting or (waiting := stream.read(_PIECE)):
            tell(stream.tell())
            before = unpacker.copy()
            # one byte more than wanted, so that the checksum behind the last one is looked at
            made = unpacker.decompress(waiting, min(max(wanted - filled, 1), _STEP))
            if made and filled == wanted:
                break
            room[filled : filled + len(made)] = np.frombuffer(made, np.uint8)
            filled += len(made)
            waiting = unpacker.unconsumed_tail
            if unpacker.eof:
                waiting = unpacker.unused_data or stream.read(_PIECE)
                if filled == wanted or not waiting.startswith(_GZIP[:1]):
                    break
                unpacker = zlib.decompressobj(_AS_GZIP)
    except zlib.error as error:
        made = _up_to_the_damage(before, waiting, wanted - filled)
        room[filled : filled + len(made)] = np.frombuffer(made, np.uint8)
        return room[: filled + len(made)], _damage(error)
    return room[:filled], ""


def _up_to_the_damage(unpacker: Unpacker, waiting: bytes, wanted: int) -> bytes:
    """What comes before the byte that cannot be unpacked: with it, all that was made at once is lost."""
    made = bytearray()
    try:
        for at in range(len(waiting)):
            if len(made) == wanted:
                break
            made += unpacker.decompress(waiting[at : at + 1], wanted - len(made))
    except zlib.error:
        pass
    return bytes(made)


def _damage(error: zlib.error) -> str:
    if "data check" in str(error):
        return "the checksum of its compressed data is wrong: some values may be"
    return "its compressed data are damaged"
