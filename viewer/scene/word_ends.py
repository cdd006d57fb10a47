"""Whether stretches of a text begin and end where words do."""

from __future__ import annotations

import unicodedata

import numpy as np
from numpy.typing import NDArray

SPACE, OTHER, WORD, UNSPACED, MARK, JOINER = range(6)
"""Kinds of characters: white space; punctuation and symbols; letters and digits; letters of scripts written without
spaces; what belongs to the character before it; what holds both its neighbours together."""

_UNSPACED = (
    (0x0E00, 0x0EFF, "Thai, Lao"),
    (0x0F00, 0x0FFF, "Tibetan"),
    (0x1000, 0x109F, "Burmese"),
    (0x1780, 0x17FF, "Khmer"),
    (0x2E80, 0x31FF, "radicals, kana, bopomofo"),
    (0x3400, 0x9FFF, "Chinese characters"),
    (0xF900, 0xFAFF, "compatible ones"),
    (0xFF66, 0xFF9F, "half-width kana"),
    (0x20000, 0x3FFFF, "rare Chinese characters"),
)
_JOINERS = (0x00AD, 0x200C, 0x200D, 0x2060)
"""Soft hyphen, the two joiners, and the word joiner."""
_SKIN_TONES = (0x1F3FB, 0x1F3FF)


def at_word_ends(codes: NDArray[np.uint32], starts: NDArray[np.intp], ends: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which stretches neither begin nor end in white space or inside of a word, shape (n,).

    `codes` are the text's characters; stretches lie inside of it, and hold at least one each.
    """
    before, first = _kinds(codes, starts - 1), _kinds(codes, starts)
    last, after = _kinds(codes, ends - 1), _kinds(codes, ends)
    return ~(_is_inside(before, first) | _is_inside(last, after) | (first == SPACE) | (last == SPACE))


def _is_inside(left: NDArray[np.int8], right: NDArray[np.int8]) -> NDArray[np.bool_]:
    """Whether the position between two characters is inside of a word."""
    in_word = np.isin(left, (WORD, MARK)) & (right == WORD)
    belongs = np.isin(right, (MARK, JOINER)) & (left != SPACE)
    return in_word | belongs | ((left == JOINER) & (right != SPACE))


def _kinds(codes: NDArray[np.uint32], at: NDArray[np.intp]) -> NDArray[np.int8]:
    """Kinds of the characters at some positions; before and after the text there is white space."""
    is_there = (at >= 0) & (at < len(codes))
    found, which = np.unique(codes[at[is_there]], return_inverse=True)
    kinds = np.full(len(at), SPACE, dtype=np.int8)
    kinds[is_there] = np.array([kind_of(chr(code)) for code in found.tolist()], dtype=np.int8)[which]
    return kinds


def kind_of(character: str) -> int:
    code, category = ord(character), unicodedata.category(character)
    if character.isspace():
        return SPACE
    if code in _JOINERS:
        return JOINER
    if category[0] == "M" or _SKIN_TONES[0] <= code <= _SKIN_TONES[1]:
        return MARK
    if category[0] not in "LN" and character != "_":
        return OTHER
    return UNSPACED if any(low <= code <= high for low, high, _ in _UNSPACED) else WORD
