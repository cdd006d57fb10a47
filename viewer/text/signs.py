"""Signs: a piece of text as it is laid out, control characters as symbols, and code points to UTF-16 units and back."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_ODD = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffc\ud800-\udfff]")
_TABLE = {
    **{code: 0x2400 + code for code in range(0x20) if code != 0x09},
    # frequent, and more fonts have it than the symbol for a carriage return
    0x0D: 0x21B5,
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), 0x2426),
    0x85: 0x2424,
    0x2028: 0x2424,
    0x2029: 0x2424,
    # no letters, but Qt would see an object, or nothing
    0xFEFF: 0x2426,
    0xFFFC: 0x2426,
    **dict.fromkeys(range(0xD800, 0xE000), 0xFFFD),
}
PICTURES = dict.fromkeys(range(9216, 9255), 164)
"""For fonts without the symbols of control characters: a sign that all have."""
_LEFTWARD = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


@dataclass(frozen=True, slots=True, eq=False)
class Signs:
    """As many code points as the piece has, but for a line feed at its end, which is not shown."""

    text: str
    symbols: tuple[tuple[int, int], ...]
    """Stretches of UTF-16 units, first and length, at which a symbol stands for something else."""
    is_mixed: bool
    """Whether some of it may run from right to left."""
    units: NDArray[np.int64] | None
    """Where each code point begins in UTF-16 units, and where the last one ends; None where they are the same."""
    count: int
    """Code points that are shown."""

    def unit_of(self, place: int) -> int:
        """Where a code point begins, in the units that Qt counts."""
        place = min(place, self.count)
        return place if self.units is None else int(self.units[place])

    def place_of(self, unit: int) -> int:
        """The code point that a unit belongs to."""
        if self.units is None:
            return min(unit, self.count)
        return int(np.searchsorted(self.units, unit, side="right")) - 1


def signs_of(text: str) -> Signs:
    shown = text.removesuffix("\n")
    odd = [found.start() for found in _ODD.finditer(shown)]
    if odd:
        shown = shown.translate(_TABLE)
    units = None
    if not shown.isascii() and max(shown) > "\uffff":
        codes = np.frombuffer(shown.encode("utf-32-le"), dtype=np.uint32)
        units = np.concatenate([[0], np.cumsum(1 + (codes > 0xFFFF))])
    symbols = tuple((at if units is None else int(units[at]), 1) for at in odd)
    is_mixed = not shown.isascii() and _LEFTWARD.search(shown) is not None
    return Signs(shown, symbols, is_mixed, units, len(shown))
