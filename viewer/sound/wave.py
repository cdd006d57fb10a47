"""A waveform as pixels: which rows of the screen lie between the least and the largest sample of each column."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float32]
FROM_SAMPLES = 1.0
"""Samples a column below which lines from sample to sample are drawn instead."""
DOTS_FROM = 4.0
"""Pixels from one sample to the next, from which on each is a dot."""


def row_of(values: NDArray[np.floating], height: int, gain: float = 1.0) -> NDArray[np.int64]:
    """The row of pixels of amplitudes, 1 above and -1 below, of `height` rows; louder ones stay at the edge."""
    scaled = np.clip(values * gain, -1.0, 1.0)
    return np.rint((1.0 - scaled) / 2 * (height - 1)).astype(np.int64)


def wave_mask(lows: Values, highs: Values, height: int, gain: float = 1.0) -> NDArray[np.bool_]:
    """(height, width): what is between the extremes of each column. Neighbours that lie apart are led up to one another,
    so that the line does not break; columns that are not known (NaN) stay empty."""
    known = ~(np.isnan(lows) | np.isnan(highs))
    upper = row_of(np.where(known, highs, 0), height, gain)
    lower = row_of(np.where(known, lows, 0), height, gain)
    both = known[1:] & known[:-1]
    down = np.maximum(upper[1:] - lower[:-1] - 1, 0) * both
    up = np.maximum(upper[:-1] - lower[1:] - 1, 0) * both
    reach_down, reach_up = lower.copy(), upper.copy()
    reach_down[:-1] += down // 2
    reach_up[1:] -= down - down // 2
    reach_up[:-1] -= up // 2
    reach_down[1:] += up - up // 2
    rows = np.arange(height, dtype=np.int16)[:, np.newaxis]
    # small numbers, as this is done for every pixel; what is not known begins below the last row
    first, last = np.where(known, reach_up, height).astype(np.int16), reach_down.astype(np.int16)
    return (rows >= first) & (rows <= last)
