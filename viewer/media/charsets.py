"""Names of encodings as browsers take them, for texts and pages alike: wider than what stands in them for Python."""

from __future__ import annotations

import codecs

_OTHER_NAMES = {
    "iso-8859-8-i": "iso8859-8",
    "windows-874": "cp874",
    "x-gbk": "gbk",
    "x-sjis": "shift_jis",
    "x-user-defined": "cp1252",
    "x-x-big5": "big5",
}
"""That Python does not know."""
_READ_AS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "ks_c-5601-1987": "cp949",
    "big5": "big5hkscs",
}
"""What browsers read under a name, by Python's own word for it."""


def codec_of(label: str) -> str | None:
    """The codec for an encoding's name; None for one that is not known."""
    folded = label.strip().casefold()
    try:
        name = codecs.lookup(_OTHER_NAMES.get(folded, folded)).name
        b"a".decode(name, "replace")
    except (LookupError, ValueError):
        return None
    return _READ_AS.get(name, name)


def leaves_open(codec: str) -> bool:
    """Whether some bytes mean no character in it, which are control characters to browsers."""
    return codec.startswith("cp125")


def with_controls(raw: bytes, codec: str) -> str:
    """The characters of bytes, those that an encoding leaves open as the control characters of Latin-1."""
    return raw.decode(codec, "surrogateescape").translate(_ESCAPED)


_ESCAPED = {0xDC00 + byte: byte for byte in range(0x80, 0x100)}
