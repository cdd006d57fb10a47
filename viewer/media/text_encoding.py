"""Bytes to characters: which encoding a text is in, how that was found, and what did not fit it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from viewer.errors import escaped
from viewer.media.charsets import codec_of, leaves_open, with_controls

MARKS = (
    (b"\xef\xbb\xbf", "utf-8", "UTF-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le", "UTF-32 LE"),
    (b"\x00\x00\xfe\xff", "utf-32-be", "UTF-32 BE"),
    (b"\xff\xfe", "utf-16-le", "UTF-16 LE"),
    (b"\xfe\xff", "utf-16-be", "UTF-16 BE"),
)
"""Byte order marks; of UTF-32 before UTF-16, whose mark begins alike."""

SAMPLE = 400_000
"""Bytes that are looked at to guess an encoding; more tell nothing new, and take long."""
NUL_SHARE_OF_ASCII, NUL_SHARE = 0.9, 0.05
"""How many of the high bytes must be zero in UTF-16 without a mark, where UTF-8 is possible too, and where it is not."""
CONTROL_SHARE = 0.05
"""Of characters that are controls in something that is no text."""
_NOT_ASCII = bytes(range(0x80, 0x100))
_CONTROLS = bytes({*range(32), 127} - set(b"\t\n\v\f\r\x1b"))

USUAL_LEGACY = "windows-1252"


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters, and what is to be said of how they were read."""

    content: str
    encoding: str
    """For people: 'UTF-8'."""
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    def saying(self, *warnings: str) -> Decoded:
        return replace(self, warnings=(*self.warnings, *warnings))


def decoded(raw: bytes, charset: str = "") -> Decoded:
    """The characters of a text by its byte order mark, else by the `charset` that is declared, else by its bytes.

    What does not fit its encoding becomes U+FFFD, once for each sequence that breaks off, as in a browser, so that
    offsets that were counted in one hold. Nothing else is changed; the byte order mark is not counted.
    """
    for mark, codec, name in MARKS:
        if raw.startswith(mark) and not (codec.startswith("utf-32") and len(raw) % 4):
            found = _by(raw[len(mark) :], codec, name, len(mark))
            return replace(found, notes=(f"{name} by its byte order mark, which is not counted",))
    declared = _declared(raw, charset) if charset else None
    if declared and not isinstance(declared, str):
        return declared
    found = _utf_8(raw) or _utf_16(raw) or _legacy(raw)
    return found.saying(declared) if declared else found


def _declared(raw: bytes, charset: str) -> Decoded | str | None:
    """By what the export declares; a sentence where the text cannot be that."""
    called = escaped(charset)[:40]
    name = charset.strip().casefold().replace("utf8", "utf-8")
    codec = codec_of(name)
    is_unicode = name.startswith("utf-")
    if codec is None:
        return f"the export declares the encoding '{called}', which is not known; it was found by the bytes instead"
    try:
        content = raw.decode(codec)
    except ValueError:
        if is_unicode:
            return _by(raw, codec, name.upper())
        return f"the export declares the encoding '{called}', which the bytes are not; it was found by them instead"
    if name == "utf-8" or (raw.isascii() and not is_unicode):
        return None  # the same by any way
    found = Decoded(content, _called(name), (f"{_called(name)}, as the export declares",))
    if not is_unicode and _is_utf_8(raw):
        return found.saying(f"read as {_called(name)}, as the export declares, though its bytes are UTF-8")
    return found


def _utf_8(raw: bytes) -> Decoded | None:
    """Where it is that, or damaged in few places; None for other encodings."""
    if 0 in raw and _is_utf_16_in_ascii(raw):
        return None
    try:
        return Decoded(raw.decode(), "UTF-8")
    except UnicodeDecodeError as error:
        around = raw[max(error.start - SAMPLE, 0) : error.start + SAMPLE]
    content = around.decode("utf-8", "replace")
    bad = content.count("\ufffd") - around.count(b"\xef\xbf\xbd")
    good = len(content) - bad - len(around.translate(None, _NOT_ASCII))
    return _by(raw, "utf-8", "UTF-8") if good > bad and not _is_binary(raw) else None


def _is_utf_8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def _utf_16(raw: bytes) -> Decoded | None:
    """Without a mark, told by bytes that are zero in every second place only."""
    parity = _parity_of_nuls(raw, NUL_SHARE)
    if parity is None:
        return None
    codec, name = (("utf-16-be", "UTF-16 BE"), ("utf-16-le", "UTF-16 LE"))[parity]
    try:
        content = raw.decode(codec)
    except UnicodeDecodeError:
        return None
    if any(chr(control) in content for control in _CONTROLS):
        return None
    said = f"{name} is guessed: the file has no byte order mark, but zero bytes in every second place"
    return Decoded(content, name).saying(said)


def _is_utf_16_in_ascii(raw: bytes) -> bool:
    """Whether what could be UTF-8 is rather UTF-16: of English nearly every second byte is zero, of Russian some, while
    many others are controls."""
    if _parity_of_nuls(raw, NUL_SHARE_OF_ASCII) is not None:
        return True
    return _parity_of_nuls(raw, NUL_SHARE) is not None and _is_binary(raw.replace(b"\0", b""))


def _parity_of_nuls(raw: bytes, share: float) -> int | None:
    """0 or 1 where zero bytes stand at even or odd places only, and in at least this share of them; else None."""
    if len(raw) % 2 or not raw:
        return None
    counts = raw[::2].count(0), raw[1::2].count(0)
    if min(counts) or max(counts) < share * len(raw) / 2:
        return None
    return int(counts[1] > 0)


def _is_binary(raw: bytes) -> bool:
    sample = raw[:SAMPLE]
    return len(sample) - len(sample.translate(None, _CONTROLS)) > CONTROL_SHARE * len(sample)


def _legacy(raw: bytes) -> Decoded:
    """A guess by how often pairs of letters occur; bytes that are no text as the usual encoding of one byte each."""
    usual = _called(USUAL_LEGACY)
    if _is_binary(raw):
        said = f"the file does not look like text; each of its bytes is shown as a character of {usual}"
        return _by(raw, "cp1252", usual).saying(said)
    guess = _guess(raw)
    name = _called(guess or USUAL_LEGACY)
    why = (
        "is guessed from its bytes"
        if guess
        else "is assumed, as the package that guesses is missing: pip install chardetng-py"
    )
    found = _by(raw, codec_of(guess or USUAL_LEGACY) or "cp1252", name)
    return replace(found, warnings=(f"not UTF-8: the encoding {name} {why}", *found.warnings))


def _guess(raw: bytes) -> str | None:
    """The name of the likeliest encoding; None where the library that knows them is missing."""
    try:
        from chardetng_py import EncodingDetector
    except ImportError:
        return None
    try:
        raw.decode("ascii")
        first = 0
    except UnicodeDecodeError as error:
        first = max(error.start - SAMPLE // 10, 0)
    sample = raw[first : first + SAMPLE]
    detector = EncodingDetector()
    detector.feed(sample, last=first + SAMPLE >= len(raw))
    return detector.guess(tld=None, allow_utf8=False)


def _by(raw: bytes, codec: str, name: str, skipped: int = 0) -> Decoded:
    """By one encoding, saying where bytes do not fit it; `skipped` bytes stood before. Bytes that an encoding of one
    byte each leaves open are the control characters of Latin-1, as in a browser."""
    try:
        return Decoded(raw.decode(codec), name)
    except UnicodeDecodeError as error:
        first = error.start + skipped
    if leaves_open(codec):
        return Decoded(with_controls(raw, codec), name)
    content = raw.decode(codec, "replace")
    said = f"bytes that are no {name}, the first at byte {first:,}, are shown as U+FFFD; ranges behind them may be off"
    return Decoded(content, name).saying(said)


def _called(name: str) -> str:
    """'Windows-1252', 'KOI8-U', 'Shift_JIS'."""
    folded = name.casefold()
    if folded.startswith("windows-"):
        return folded.capitalize()
    return "Shift_JIS" if folded == "shift_jis" else "Big5" if folded == "big5" else name.upper()
