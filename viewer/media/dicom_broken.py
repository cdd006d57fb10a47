"""Damaged DICOM files: what can still be had of a header, and what is refused before it takes all of the memory."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, BinaryIO

from viewer.errors import ViewerError

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

DEEPEST = 24
"""Levels of items within items that are looked into."""
DEFLATED = b"1.2.840.10008.1.2.1.99"
MOST_INFLATED = 1 << 30
"""Bytes of a file once it is unpacked."""
_FRONT, _REST, _STEP = 2048, 65_536, 1 << 20
_LONG = (b"OB", b"OW", b"UN", b"SQ", b"UT")
"""Kinds of values with a length of four bytes."""


def leave_out_broken(ds: Dataset, depth: int = 0) -> int:
    """Take away the elements that cannot be read, of which pydicom tells only once one is looked at; how many."""
    gone = 0
    for tag in list(ds.keys()):
        try:
            element = ds[tag]
            items = list(element.value or ()) if element.VR == "SQ" else []
        except Exception:
            # nearly anything
            del ds[tag]
            gone += 1
            continue
        if depth < DEEPEST:
            gone += sum(leave_out_broken(item, depth + 1) for item in items)
    return gone


def refuse_bombs(stream: BinaryIO) -> None:
    """Raises ViewerError for a deflated file that would unpack to more than can be held; goes back to the beginning."""
    front = stream.read(_FRONT)
    begin = _after_meta(front + stream.read(_REST)) if DEFLATED in front else None
    if begin is not None:
        stream.seek(begin)
        _unpack(stream)
    stream.seek(0)


def _unpack(stream: BinaryIO) -> None:
    """What is unpacked is only counted."""
    unpacking, size = zlib.decompressobj(-zlib.MAX_WBITS), 0
    data = stream.read(_STEP)
    try:
        while data and not unpacking.eof:
            size += len(unpacking.decompress(data, _STEP))
            if size > MOST_INFLATED:
                raise ViewerError(f"The file is too large: unpacked it is more than {MOST_INFLATED:,} bytes")
            data = unpacking.unconsumed_tail or stream.read(_STEP)
    except zlib.error:
        return  # said when it is read


def _after_meta(front: bytes) -> int | None:
    """Where the meta information ends and what is deflated begins; None where it goes on beyond what is given."""
    at = 132 if front[128:132] == b"DICM" else 0
    while front[at : at + 2] == b"\x02\x00":
        if front[at + 4 : at + 6] in _LONG:
            at += 12 + int.from_bytes(front[at + 8 : at + 12], "little")
        else:
            at += 8 + int.from_bytes(front[at + 6 : at + 8], "little")
    return at if at < len(front) else None
