"""Runs: columns of pixels that bars of several rows cover. However many bars there are, no more is painted than is seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.scene.marks import Colour

Columns = NDArray[np.int64]
Pixels = NDArray[np.uint32]
"""Premultiplied 0xAARRGGBB."""


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """Columns of pixels of several rows that something covers; each row's ascending, none touching another."""

    rows: NDArray[np.int64]
    lefts: Columns
    rights: Columns
    """Exclusive."""


def widened(runs: Runs, least: int) -> Runs:
    """Narrow runs at least `least` columns wide where half of the gap beside them allows it."""
    same = runs.rows[1:] == runs.rows[:-1]
    room = np.where(same, (runs.lefts[1:] - runs.rights[:-1] - 1) // 2, least)
    before, after = np.append(least, room), np.append(room, least)
    missing = np.maximum(least - (runs.rights - runs.lefts), 0)
    left = np.minimum(missing // 2, before)
    right = np.minimum(missing - missing // 2, after)
    return Runs(runs.rows, runs.lefts - left, runs.rights + right)


def cells_of(
    owners: NDArray[np.int64], lefts: Columns, rights: Columns, width: int
) -> tuple[Columns, Columns, Columns]:
    """Every pixel of runs, as (row, column, which run), without those beyond the edges; for filling pictures."""
    low, high = np.clip(lefts, 0, width), np.clip(rights, 0, width)
    lengths = np.maximum(high - low, 0)
    which = np.repeat(np.arange(len(lengths)), lengths)
    before = np.cumsum(lengths) - lengths
    columns = np.arange(len(which)) - before[which] + low[which]
    return owners[which], columns, which


def packed(colours: Sequence[Colour]) -> Pixels:
    """Opaque colours, shape (n,)."""
    parts = np.array(colours, dtype=np.uint32).reshape(-1, 3)
    return parts @ np.array([1 << 16, 1 << 8, 1], dtype=np.uint32) | np.uint32(0xFF000000)
