"""Grey levels with a meaning: what a file stores, the values it stands for, and the window through which they are seen.

The order is the standard's: stored value, modality (rescale), window (VOI), inversion.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from viewer.media.opencv import cv2

WindowShape = Literal["linear", "linear_exact", "sigmoid"]
TABLED = 65_536
"""Stored values that a table of grey levels is made for; wider ones are computed pixel by pixel."""

STRIP = (1 << 18) - 1
"""Pixels that OpenCV looks up in the thread that asks; for more it wakes others, which then wait for work for a while and
take the processor from whoever reads the next slice."""
SMALL = 1 << 20
"""Pixels of a picture that is looked up strip by strip; for larger ones the other threads are worth their price."""


@dataclass(frozen=True, slots=True)
class VoiTable:
    """Grey levels by value: those from `first` on, and the first and last of them beyond the ends."""

    first: float
    levels: tuple[int, ...]
    bits: int
    """Of a level: 2**bits - 1 is white."""


@dataclass(frozen=True, slots=True)
class Window:
    """The range of values that is spread from black to white."""

    center: float
    width: float
    name: str = ""
    """As the file calls it, or the preset."""
    shape: WindowShape = "linear"
    table: VoiTable | None = None
    """Takes the place of all the rest but the name."""

    @property
    def ends(self) -> tuple[float, float]:
        """The values that become black and white, or nearly so by a sigmoid."""
        if self.table is not None:
            return self.table.first, self.table.first + len(self.table.levels) - 1
        if self.shape == "linear":
            return self.center - 0.5 - (self.width - 1) / 2, self.center - 0.5 + (self.width - 1) / 2
        return self.center - self.width / 2, self.center + self.width / 2

    def levels(self, values: NDArray[Any]) -> NDArray[np.float64]:
        """0 to 255 for each value, not rounded, by the formulas of PS3.3 C.11.2."""
        if self.table is not None:
            return _by_table(values, self.table)
        values = values.astype(np.float64)
        low, high = self.ends
        if self.shape == "sigmoid":
            with np.errstate(over="ignore"):
                return 255 / (1 + np.exp(-4 * (values - self.center) / max(self.width, 1e-9)))
        if high <= low:
            return np.where(values > low, 255.0, 0.0)
        return np.clip((values - low) * 255 / (high - low), 0, 255)


def window_between(low: float, high: float, name: str = "") -> Window:
    """From the value that is black to the one that is white."""
    return Window((low + high) / 2, max(high - low, 1e-6), name, "linear_exact")


def _by_table(values: NDArray[Any], table: VoiTable) -> NDArray[np.float64]:
    entries = np.asarray(table.levels, dtype=np.float64) * (255 / (2**table.bits - 1))
    place = np.clip(np.rint(np.nan_to_num(values) - table.first), 0, len(entries) - 1).astype(np.int64)
    return entries[place]


@dataclass(frozen=True, slots=True)
class Rescale:
    """From what is stored to what it stands for."""

    slope: float = 1.0
    intercept: float = 0.0
    table: tuple[float, tuple[float, ...]] | None = None
    """(first stored value, values from there on), the ends going on; takes the place of the rest."""

    def of(self, stored: NDArray[Any]) -> NDArray[np.float64]:
        """The values, as float64."""
        if self.table is None:
            return stored.astype(np.float64) * self.slope + self.intercept
        first, entries = self.table
        place = np.clip(stored.astype(np.int64) - int(first), 0, len(entries) - 1)
        return np.asarray(entries, dtype=np.float64)[place]


@dataclass(frozen=True, slots=True, eq=False)
class Grey:
    """A picture of one channel whose numbers mean something."""

    stored: NDArray[Any]
    """(height, width), any number type."""
    rescale: Rescale
    windows: tuple[Window, ...]
    """At least one, the first of which it is shown with: the file's own, else one made of its range."""
    is_inverted: bool = False
    """Low values are white: MONOCHROME1."""
    padding: tuple[float, float] | None = None
    """Stored values, the ends included, that stand where there is no picture; always black."""
    unit: str = ""
    """Of the values: 'HU', 'Gy' ..., empty where the file names none."""
    overlay: NDArray[np.bool_] | None = None
    """(height, width): graphics that the file lays over the picture, drawn white."""

    def value(self, row: int, column: int) -> float:
        """What the pixel stands for."""
        return float(self.rescale.of(self.stored[row : row + 1, column : column + 1])[0, 0])

    def values(self) -> NDArray[np.float64]:
        """What every pixel stands for; made anew at each call."""
        return self.rescale.of(self.stored)

    def is_padding_at(self, row: int, column: int) -> bool:
        """Whether there is no picture in this pixel."""
        return self.padding is not None and self.padding[0] <= float(self.stored[row, column]) <= self.padding[1]

    def is_padding(self) -> NDArray[np.bool_]:
        """(height, width): where there is no picture."""
        if self.padding is None:
            return np.zeros(self.stored.shape, dtype=np.bool_)
        return (self.stored >= self.padding[0]) & (self.stored <= self.padding[1])

    def shown(self, window: Window | None = None, *, inverted: bool = False) -> NDArray[np.uint8]:
        """(height, width) uint8 through a window, else through its own; `inverted` turns black and white about."""
        window = window or self.windows[0]
        upside_down = self.is_inverted != inverted
        if self.stored.dtype.kind in "iu" and self.stored.dtype.itemsize <= 2:
            made = _look_up(self.stored, _table(window, self.rescale, upside_down, self.padding, self.stored.dtype.str))
        else:
            made = _levels(self.stored, window, self.rescale, upside_down, self.padding)
        if self.overlay is not None:
            made[self.overlay] = 255
        return made

    def between(self, low: float, high: float) -> Window:
        """A window from one percentile of the values to another, padding left out."""
        values = self.stored if self.padding is None else self.stored[~self.is_padding()]
        finite = values[np.isfinite(values)] if values.dtype.kind == "f" else values
        step = max(finite.size // 1_000_000, 1) if (low, high) != (0, 100) else 1
        if not finite.size:
            return window_between(0.0, 1.0)
        ends = self.rescale.of(np.percentile(finite.reshape(-1)[::step], (low, high)))
        return window_between(float(ends.min()), float(ends.max()))


def _levels(
    stored: NDArray[Any], window: Window, rescale: Rescale, upside_down: bool, padding: tuple[float, float] | None
) -> NDArray[np.uint8]:
    with np.errstate(over="ignore", invalid="ignore"):  # of numbers that no picture needs, but a file may hold
        exact = window.levels(rescale.of(stored))
    levels = np.rint(np.nan_to_num(exact)).astype(np.uint8)
    if upside_down:
        levels = 255 - levels
        if stored.dtype.kind == "f":
            levels[np.isnan(exact)] = 0
    if padding is not None:
        levels[(stored >= padding[0]) & (stored <= padding[1])] = 0
    return levels


@lru_cache(maxsize=32)
def _table(
    window: Window, rescale: Rescale, upside_down: bool, padding: tuple[float, float] | None, dtype: str
) -> NDArray[np.uint8]:
    """Grey levels of every number that can be stored, by its bits read as an unsigned number."""
    unsigned = np.arange(2 ** (8 * np.dtype(dtype).itemsize), dtype=f"u{np.dtype(dtype).itemsize}")
    return _levels(unsigned.view(np.dtype(dtype).newbyteorder("=")), window, rescale, upside_down, padding)


def _look_up(stored: NDArray[Any], table: NDArray[np.uint8]) -> NDArray[np.uint8]:
    bits = np.ascontiguousarray(stored).view(f"u{stored.dtype.itemsize}")
    try:
        if not 0 < bits.size <= SMALL:
            return cv2().LUT(bits, table)
        rows, made = max(STRIP // bits.shape[1], 1), np.empty(bits.shape, dtype=np.uint8)
        for top in range(0, len(bits), rows):
            made[top : top + rows] = cv2().LUT(bits[top : top + rows], table)
        return made
    except cv2().error:  # before 5.0 for 8 bits only
        return table[bits]
