"""The characters of an HTML file: its byte order mark, what it declares, else UTF-8, else windows-1252."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from viewer.media.charsets import codec_of, leaves_open, with_controls

SEARCHED = 1024
"""Bytes in which a declaration must stand."""
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_META = re.compile(rb"<meta[\s/]((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([^\s\"';/>]+)", re.IGNORECASE)
_NOT_SO = {"utf-16": "utf-8", "utf-16-le": "utf-8", "utf-16-be": "utf-8", "utf-7": "cp1252"}
"""What is not believed: a declaration in ASCII proves that it is not UTF-16."""


@dataclass(frozen=True, slots=True)
class Decoded:
    content: str
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def decoded(data: bytes) -> Decoded:
    """All characters of a file, without the byte order mark; bytes that mean none become U+FFFD."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            how = () if encoding == "utf-8" else (f"read as {_called(encoding)}, by its byte order mark",)
            return _read(data[len(mark) :], encoding, how)
    declared = declared_encoding(data)
    if declared is not None:
        how = () if declared == "utf-8" else (f"read as {_called(declared)}, as the page declares",)
        return _read(data, declared, how)
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        what = "declares no encoding and is not UTF-8; read as windows-1252, as browsers do"
        return Decoded(with_controls(data, "cp1252"), warnings=(what,))


def declared_encoding(data: bytes) -> str | None:
    """The codec of the first declaration at the beginning of a page; None where it has none that is known."""
    for meta in _META.finditer(_COMMENT.sub(b"", data[:SEARCHED])):
        found = _CHARSET.search(meta[1])
        if found is None:
            continue
        codec = codec_of(found[1].decode("ascii", "replace"))
        if codec is not None:
            return _NOT_SO.get(codec, codec)
    return None


def _read(data: bytes, encoding: str, notes: tuple[str, ...]) -> Decoded:
    content = with_controls(data, encoding) if leaves_open(encoding) else data.decode(encoding, "replace")
    written = data.count("\ufffd".encode(encoding)) if encoding.startswith("utf") else 0
    odd = content.count("\ufffd") - written
    if odd <= 0:
        return Decoded(content, notes)
    return Decoded(content, notes, (f"{odd:,} places are no {_called(encoding)}; each is shown as \ufffd",))


def _called(encoding: str) -> str:
    name = {"utf-16-le": "UTF-16 (little endian)", "utf-16-be": "UTF-16 (big endian)"}.get(encoding)
    return name or re.sub("^cp(?=12|874)", "windows-", encoding).replace("utf", "UTF")
