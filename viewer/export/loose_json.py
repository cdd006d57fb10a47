"""JSON in pieces: msgspec where the text is strict, the standard library where it is not (NaN, 1e400, lone surrogates)."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec

Bytes = bytes | msgspec.Raw

_MEMBERS = msgspec.json.Decoder(dict[str, msgspec.Raw])
_NESTED = msgspec.json.Decoder(dict[str, dict[str, msgspec.Raw]])
_ITEMS = msgspec.json.Decoder(list[msgspec.Raw])
_ANY = msgspec.json.Decoder()

_SURROGATE = re.compile("[\ud800-\udfff]")
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")
_BUT_BRACKETS = bytes(code for code in range(256) if code not in b"[]{}")

DEEPEST = 150
"""Levels of nesting in a value that is read; whoever walks it may rely on that."""
LONGEST_NUMBER = 400
"""Digits of a whole number; longer ones are as good as infinite."""


class NotJson(ValueError):
    """Text that is not JSON, or nested too deep to be read."""


def value(raw: Bytes) -> Any:
    """The whole value as Python objects. NaN and infinities become floats, lone surrogates U+FFFD. Raises NotJson."""
    try:
        made = _ANY.decode(raw)
    except RecursionError as error:
        raise NotJson("nested too deep to be read") from error
    except (msgspec.DecodeError, UnicodeDecodeError):
        made = loose(bytes(raw).decode("utf-8", "replace"))
    if _may_be_deep(raw) and _is_deep(made):
        raise NotJson("nested too deep to be read")
    return made


def _may_be_deep(raw: Bytes) -> bool:
    """Whether the brackets allow for too many levels. Quick; wrong only where texts hold brackets."""
    data = bytes(raw)
    if data.count(b"[") + data.count(b"{") <= DEEPEST:
        return False
    brackets = data.translate(None, _BUT_BRACKETS)
    # a round takes away the innermost level, or two of different brackets
    for _ in range(DEEPEST // 2):
        before, brackets = len(brackets), brackets.replace(b"[]", b"").replace(b"{}", b"")
        if len(brackets) == before:
            break
    return bool(brackets)


def _is_deep(made: Any) -> bool:
    level = [made]
    for _ in range(DEEPEST):
        level = [
            item
            for node in level
            if isinstance(node, dict | list)
            for item in (node.values() if isinstance(node, dict) else node)
        ]
        if not level:
            return False
    return True


def loose(text: str) -> Any:
    """By the standard library's reader: slower, and takes NaN. Raises NotJson."""
    try:
        made = json.loads(text, parse_int=whole_number)
        return _without_surrogates(made) if _SURROGATE_ESCAPE.search(text) else made
    except json.JSONDecodeError as error:
        raise NotJson(f"not JSON, line {error.lineno}, column {error.colno}: {error.msg}") from error
    except RecursionError as error:
        raise NotJson("nested too deep to be read") from error


def whole_number(digits: str) -> int | float:
    """For the standard library's reader, which refuses numbers of very many digits and all the text around them."""
    return int(digits) if len(digits) < LONGEST_NUMBER else float(digits)


def dumped(made: Any) -> bytes:
    """Python objects as UTF-8 JSON bytes, NaN as the standard library writes it. Raises NotJson."""
    try:
        return _SURROGATE.sub("\ufffd", json.dumps(made, ensure_ascii=False)).encode()
    except RecursionError as error:
        raise NotJson("nested too deep to be read") from error


def members(raw: Bytes) -> dict[str, Bytes]:
    """The members of an object, each left raw; a key that stands twice has its last value. Raises NotJson, TypeError."""
    try:
        return dict(_MEMBERS.decode(raw))
    except msgspec.ValidationError as error:
        raise TypeError("not an object") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        made = loose(bytes(raw).decode("utf-8", "replace"))
        if not isinstance(made, dict):
            raise TypeError("not an object") from None
        return {key: dumped(item) for key, item in made.items()}


def nested_members(raw: Bytes) -> dict[str, dict[str, msgspec.Raw]]:
    """The members of each member of an object, left raw, in one pass. Raises msgspec.DecodeError where it is not so."""
    try:
        return _NESTED.decode(raw)
    except (UnicodeDecodeError, RecursionError) as error:
        raise msgspec.DecodeError(str(error)) from error


def items(raw: Bytes) -> list[Bytes]:
    """The items of a list, each left raw. Raises NotJson, TypeError."""
    try:
        return list(_ITEMS.decode(raw))
    except msgspec.ValidationError as error:
        raise TypeError("not a list") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        made = loose(bytes(raw).decode("utf-8", "replace"))
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
