"""Ranges of numbers as columns, where all of them are such: there may be hundreds of thousands."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray


def columns_of(ranges: Sequence[Any]) -> NDArray[np.float64] | None:
    """Starts and ends, shape (n, 2), of ranges all of which are lists of two numbers; None of others."""
    # each of these runs without a step of Python for each range, which would keep the interface thread waiting
    if not (set(map(type, ranges)) <= {list} and set(map(len, ranges)) <= {2}):
        return None
    if not set(map(type, chain.from_iterable(ranges))) <= {int, float}:
        return None
    try:
        return np.array(ranges, dtype=np.float64).reshape(-1, 2)
    except OverflowError:
        return None  # whole numbers beyond all floats
