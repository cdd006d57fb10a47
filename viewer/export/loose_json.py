"""JSON in pieces: msgspec where the text is strict, the standard library where it is not (NaN, 1e400, lone surrogates)."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec

Bytes = bytes | msgspec.Raw

_MEMBERS = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ITEMS = msgspec.json.Decoder(list[msgspec.Raw])
_ANY = msgspec.json.Decoder()

_SURROGATE = re.compile("[\ud800-\udfff]")


class NotJson(ValueError):
    """Text that is not JSON, or nested too deep to be read."""


def value(raw: Bytes) -> Any:
    """The whole value as Python objects. NaN and infinities become floats, lone surrogates U+FFFD. Raises NotJson."""
    try:
        return _ANY.decode(raw)
    except RecursionError as error:
        raise NotJson("nested too deep to be read") from error
    except (msgspec.DecodeError, UnicodeDecodeError):
        return loose(bytes(raw).decode("utf-8", "replace"))


def loose(text: str) -> Any:
    """By the standard library's reader: slower, and takes NaN. Raises NotJson."""
    try:
        return _without_surrogates(json.loads(text))
    except json.JSONDecodeError as error:
        raise NotJson(f"not JSON, line {error.lineno}, column {error.colno}: {error.msg}") from error
    except RecursionError as error:
        raise NotJson("nested too deep to be read") from error
    except ValueError as error:  # a whole number of more digits than Python converts
        raise NotJson(f"a number that is too long to be read ({error})") from error


def dumped(made: Any) -> bytes:
    """Python objects as UTF-8 JSON bytes, NaN as the standard library writes it."""
    return _SURROGATE.sub("\ufffd", json.dumps(made, ensure_ascii=False)).encode()


def members(raw: Bytes) -> dict[str, Bytes]:
    """The members of an object, each left raw; a key that stands twice has its last value. Raises NotJson, TypeError."""
    try:
        return dict(_MEMBERS.decode(raw))
    except msgspec.ValidationError as error:
        raise TypeError("not an object") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        made = value(raw)
        if not isinstance(made, dict):
            raise TypeError("not an object") from None
        return {key: dumped(item) for key, item in made.items()}


def items(raw: Bytes) -> list[Bytes]:
    """The items of a list, each left raw. Raises NotJson, TypeError."""
    try:
        return list(_ITEMS.decode(raw))
    except msgspec.ValidationError as error:
        raise TypeError("not a list") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        made = value(raw)
        if not isinstance(made, list):
            raise TypeError("not a list") from None
        return [dumped(item) for item in made]


def is_null(raw: Bytes) -> bool:
    """Absent or null."""
    size = len(memoryview(raw))
    return size == 0 or (size == 4 and bytes(raw) == b"null")


def starts_with(raw: Bytes, character: bytes) -> bool:
    """Whether the value starts so: b'{' for an object, b'[' for a list. Raw values carry no white space before them."""
    return memoryview(raw)[:1].tobytes() == character


def _without_surrogates(made: Any) -> Any:
    """Lone surrogates cannot be written as UTF-8, so nothing of ours could print them."""
    if isinstance(made, str):
        return _SURROGATE.sub("\ufffd", made)
    if isinstance(made, list):
        return [_without_surrogates(item) for item in made]
    if isinstance(made, dict):
        return {_without_surrogates(key): _without_surrogates(item) for key, item in made.items()}
    return made
