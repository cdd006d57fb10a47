"""How large a JPEG, JPEG-LS or JPEG 2000 picture is, by the markers at its beginning."""

from __future__ import annotations

import struct
from typing import NamedTuple

FRAMES = {0xC0, 0xC1, 0xC2, 0xC3, 0xF7}
"""Markers that tell the size: baseline, extended, progressive, lossless, and JPEG-LS."""
KNOWN = {*FRAMES, 0xC4, 0xDA, 0xDB, 0xDD, *range(0xE0, 0xF0), 0xF8, 0xFE}
"""Also Huffman and quantisation tables, scan, restart interval, application's own, JPEG-LS parameters and comment."""
TABLES, SCAN, BEGINNING = 0xC4, 0xDA, b"\xff\xd8"
ODD = {0xE0, 0xEE}
"""Segments whose content is warned of where it is unusual, which GDCM does not survive."""
_BOXES = b"\0\0\0\x0cjP  "
_SIZE_2000 = b"\xff\x4f\xff\x51"


class Front(NamedTuple):
    lines: int
    samples: int
    """In a line."""
    channels: int
    bits: int


def jpeg_front(data: bytes) -> Front | None:
    """Up to the first scan; None where it is no JPEG, or what comes before is damaged."""
    if not data.startswith(BEGINNING):
        return None
    at, found = 2, None
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker not in KNOWN:
            return None
        length = int.from_bytes(data[at + 2 : at + 4])
        part = data[at + 4 : at + 2 + length]
        if length < 2 or len(part) != length - 2:
            return None
        if (marker == TABLES and not _are_sound(part)) or (marker in ODD and not _is_usual(part)):
            return None
        if marker in FRAMES:
            found = _frame(part) if found is None else None
            if found is None:
                return None
        if marker == SCAN:
            return found if found is not None and part and len(part) == 2 * part[0] + 4 else None
        at += 2 + length
    return None


def jpeg_2000_front(data: bytes) -> Front | None:
    """Of the bare pixels, or of a file with boxes around them; None where it is no JPEG 2000."""
    at = _first_box(data) if data.startswith(_BOXES) else 0
    if at is None or data[at : at + 4] != _SIZE_2000 or len(data) < at + 43:
        return None
    right, bottom, left, top = struct.unpack(">4I", data[at + 8 : at + 24])
    channels, depth = struct.unpack(">HB", data[at + 40 : at + 43])
    return Front(bottom - top, right - left, channels, (depth & 0x7F) + 1)


def _first_box(data: bytes) -> int | None:
    """Where the box of the pixels begins; None where the boxes before it have no length."""
    at = 0
    while at + 8 <= len(data):
        if data[at + 4 : at + 8] == b"jp2c":
            return at + 8
        length = int.from_bytes(data[at : at + 4])
        if length < 8:
            return None
        at += length
    return None


def _frame(part: bytes) -> Front | None:
    if len(part) < 6 or len(part) != 6 + 3 * part[5]:
        return None
    bits, lines, samples, channels = struct.unpack(">BHHB", part[:6])
    return Front(lines, samples, channels, bits) if lines and samples and channels else None


def _are_sound(part: bytes) -> bool:
    """Whether Huffman tables have as many entries as they say."""
    while part:
        count = sum(part[1:17])
        if len(part) < 17 + count or count > 256:
            return False
        part = part[17 + count :]
    return True


def _is_usual(part: bytes) -> bool:
    """Whether a JFIF segment is of version 1, and one of Adobe's names a transformation that there is."""
    if part.startswith(b"JFIF\0"):
        return part[5:6] == b"\x01"
    return not part.startswith(b"Adobe") or part[11:12] in (b"\0", b"\1", b"\2")
