"""Where ranges lie: the numbers of an export as columns, without what has no place."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from viewer.labels.pairs import columns_of

EXACT = 2**53
"""Below this, all whole numbers are floats."""


class Placed(NamedTuple):
    """Where the ranges of one label lie; those without a place are left out."""

    starts: NDArray[np.float64]
    ends: NDArray[np.float64]
    """Exclusive for characters; of a sound the moment at which it ends."""
    places: NDArray[np.int32]
    """Which of the label's ranges each is."""


Place = Callable[[Sequence[Any]], Placed]
"""Ranges as exported to where they lie: milliseconds of a sound, characters of a text's content."""


def placed_moments(ranges: Sequence[Any]) -> Placed:
    """Of a sound: milliseconds as exported, from the first to the second. Pairs that run backwards have no place."""
    columns = columns_of(ranges)
    if columns is not None:
        starts, ends = columns[:, 0], columns[:, 1]
        has_place = (np.abs(columns) < EXACT).all(axis=1) & (starts <= ends)
        return Placed(starts[has_place], ends[has_place], np.flatnonzero(has_place).astype(np.int32))
    known = [(place, *pair) for place, pair in enumerate(ranges) if _is_stretch(pair)]
    columns = np.array(known, dtype=np.float64).reshape(-1, 3)
    return Placed(columns[:, 1], columns[:, 2], columns[:, 0].astype(np.int32))


def is_number(found: Any) -> bool:
    """Whether it can be reckoned with: no truth value, NaN or infinity, and no whole number too large for a float."""
    return isinstance(found, int | float) and not isinstance(found, bool) and abs(found) <= sys.float_info.max


def _is_stretch(pair: Any) -> bool:
    if not isinstance(pair, list) or len(pair) != 2:
        return False
    return all(is_number(end) and abs(end) < EXACT for end in pair) and pair[0] <= pair[1]
