"""The chunks of a PNG file: what Pillow may see of them, and what it does not tell."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from viewer.size import Size

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PROFILE_LIMIT = 8 << 20
"""Bytes that a colour profile may unpack to."""
_NEEDED = (b"IHDR", b"PLTE", b"IDAT", b"IEND")

Bytes = bytes | memoryview


@dataclass(slots=True)
class Png:
    """What a PNG file holds besides its pixels, and the file again without anything that is not needed to decode it."""

    size: Size
    grey_bits: int | None
    """Of a grey picture without alpha."""
    count: int = 1
    """Pictures in it, more than one in an animation."""
    exif: bytes | None = None
    profile: bytes | None = None
    """b'' for one that cannot be unpacked."""
    clean: bytes = b""
    """No text, no animation, right checksums."""
    warnings: list[str] = field(default_factory=list[str])


def read_png(data: bytes) -> Png:
    """Take a whole file apart. Raises ValueError where it does not begin as a PNG must."""
    size, grey_bits = _header(data)
    png = Png(size, grey_bits)
    kept: dict[bytes, list[Bytes]] = {}
    frames, hidden_default = 1, False
    wrong: list[str] = []
    for name, body, intact in _chunks(data):
        if not intact:
            wrong.append(name.decode("latin-1"))
            if name not in _NEEDED:
                continue
        if name in (b"IHDR", b"PLTE", b"tRNS", b"IDAT"):
            kept.setdefault(name, []).extend(_chunk(name, body))
        elif name == b"eXIf":
            png.exif = bytes(body)
        elif name == b"iCCP":
            png.profile = _profile(bytes(body))
        elif name == b"acTL" and len(body) == 8:
            frames, hidden_default = struct.unpack(">I", body[:4])[0], True
        elif name == b"fcTL" and b"IDAT" not in kept:
            hidden_default = False
        elif name == b"IEND":
            break
    else:
        png.warnings.append("the end of the file is missing")
    if wrong:
        png.warnings.append(f"the checksum of {_listed(wrong)} is wrong")
    png.count = frames + hidden_default
    png.clean = b"".join([SIGNATURE, *(part for parts in kept.values() for part in parts), *_chunk(b"IEND", b"")])
    return png


def peek_png(stream: BinaryIO) -> tuple[Size, bytes | None]:
    """Size and EXIF block without reading the pixels. Raises ValueError where it does not begin as a PNG must."""
    size, _ = _header(stream.read(33))
    while len(head := stream.read(8)) == 8:
        length, name = struct.unpack(">I4s", head)
        if name == b"eXIf":
            body = stream.read(length)
            (checksum,) = struct.unpack(">I", stream.read(4).rjust(4, b"\0"))
            if zlib.crc32(body, zlib.crc32(name)) == checksum:
                return size, body
        elif name == b"IEND" or not _is_name(name):
            break
        else:
            stream.seek(length + 4, 1)
    return size, None


def _header(data: bytes) -> tuple[Size, int | None]:
    if not data.startswith(SIGNATURE) or data[12:16] != b"IHDR" or len(data) < 33:
        raise ValueError("the PNG header is broken")
    width, height, depth, colour = struct.unpack(">IIBB", data[16:26])
    if not (width and height):
        raise ValueError("the PNG header names no size")
    return Size(width, height), depth if colour == 0 else None


def _chunks(data: bytes) -> Iterator[tuple[bytes, Bytes, bool]]:
    """Name, body and whether the checksum holds; of one that is cut short at the end only pixels count."""
    view = memoryview(data)
    at = len(SIGNATURE)
    while at + 8 <= len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        if not _is_name(name):
            return
        body = view[at + 8 : at + 8 + length]
        checksum = data[at + 8 + length : at + 12 + length]
        if len(checksum) < 4:
            if name == b"IDAT":
                yield name, body, True
            return
        yield name, body, zlib.crc32(body, zlib.crc32(name)) == int.from_bytes(checksum, "big")
        at += 12 + length


def _is_name(name: bytes) -> bool:
    return name.isalpha() and name.isascii()


def _chunk(name: bytes, body: Bytes) -> tuple[Bytes, ...]:
    checksum = zlib.crc32(body, zlib.crc32(name))
    return struct.pack(">I", len(body)) + name, body, struct.pack(">I", checksum)


def _profile(body: bytes) -> bytes:
    _, _, packed = body.partition(b"\0")
    unpack = zlib.decompressobj()
    try:
        profile = unpack.decompress(packed[1:], _PROFILE_LIMIT)
    except zlib.error:
        return b""
    return profile if unpack.eof else b""


def _listed(names: list[str]) -> str:
    """`IDAT`, `IDAT and PLTE`, each once."""
    return " and ".join(dict.fromkeys(names))
