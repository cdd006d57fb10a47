"""Bitmask: a run-length coded mask, rows first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from viewer.shapes.reading import BadGeometry, Reading, described, mapping, number
from viewer.shapes.sketch import Raster, Sketch
from viewer.size import Size

LARGEST = 250_000_000
"""Cells of a mask that are unpacked at most, and pixels of a frame that it is scaled to."""


@dataclass(frozen=True, slots=True, eq=False)
class Bitmask:
    """The set cells, cut to their bounds, in pixels of the frame."""

    WORD: ClassVar[str] = "bitmask"
    KEYS: ClassVar[tuple[str, ...]] = ("bitmask",)
    TITLE: ClassVar[str] = "bitmask"

    raster: Raster
    frame: Size

    @classmethod
    def read(cls, entry: Mapping[str, Any], reading: Reading) -> Self:
        value, key = mapping(entry, cls.KEYS)
        code = value.get("rleString")
        if not isinstance(code, str):
            what = "missing" if code is None else described(code)
            raise BadGeometry(f"{key}.rleString", f"the mask's run lengths (rleString) are {what}")
        width, height = (_side(value, side, key, reading) for side in ("width", "height"))
        left, top = (number(value, side, key, reading, default=0.0, quiet=True) for side in ("left", "top"))
        if not code:
            reading.warn(f"{key}.rleString", "the mask is empty: its text has no run lengths")
        counts = run_lengths(code, f"{key}.rleString")
        _warn_of_total(counts, width * height, reading, f"{key}.rleString")
        mask, column, row = unpacked(counts, width, height, f"{key}.rleString")
        if code and not mask.size:
            reading.note(f"{key}.rleString", "the mask is empty: no pixel is set")
        across, down = _cell(width, height, left, top, key, reading)
        return cls(Raster(mask, left + column * across, top + row * down, across, down), reading.frame)

    def sketch(self) -> Sketch:
        return Sketch(raster=self.raster)

    def on_frame(self) -> tuple[int, int, NDArray[np.bool_]]:
        """(left, top, mask) in whole pixels of the frame: a pixel is set where its centre lies in a set cell."""
        return self.raster.on_frame(self.frame)

    def pixels(self) -> dict[str, Any]:
        left, top, mask = self.on_frame()
        rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
        if not len(rows):
            return {"area": 0, "bbox": None}
        x, y = left + int(columns[0]), top + int(rows[0])
        width, height = int(columns[-1] - columns[0]) + 1, int(rows[-1] - rows[0]) + 1
        return {"area": int(np.count_nonzero(mask)), "bbox": [x, y, width, height]}

    def measure(self) -> str:
        return f"{self.pixels()['area']:,} px"


def _side(value: Mapping[str, Any], side: str, key: str, reading: Reading) -> int:
    size = number(value, side, key, reading, default=float(getattr(reading.frame, side)))
    if size < 1 or size != int(size):
        raise BadGeometry(f"{key}.{side}", f"a mask cannot be {size:g} pixels {'wide' if side == 'width' else 'high'}")
    return int(size)


def _cell(width: int, height: int, left: float, top: float, key: str, reading: Reading) -> tuple[float, float]:
    """How many frame pixels one cell of the mask covers, across and down."""
    frame = reading.frame
    if (width, height) == frame:
        return 1.0, 1.0
    if left or top:
        reading.note(key, f"a mask of {width:,} x {height:,} was pasted at {left:g}, {top:g}")
        return 1.0, 1.0
    if frame.width * frame.height > LARGEST:
        raise BadGeometry(key, f"the frame, {frame}, is too large for a mask to be scaled to it", "warning")
    reading.warn(key, f"the mask's size {width:,} x {height:,} differs from the frame's {frame}; scaled to the frame")
    return frame.width / width, frame.height / height


def _warn_of_total(counts: NDArray[np.int64], cells: int, reading: Reading, where: str) -> None:
    total = float(counts.sum(dtype=np.float64))
    if len(counts) and total < cells:
        reading.warn(
            where, f"the mask's runs are too short, {total:,.0f} of {cells:,} pixels; the rest is taken as empty"
        )
    elif total > cells:
        reading.warn(where, f"the mask's runs are too long, {total:,.0f} for {cells:,} pixels; cut off at the end")


def run_lengths(code: str, where: str = "rleString") -> NDArray[np.int64]:
    """Lengths of the runs, unset first, of COCO's compressed text: 5 bits a character, differences to the last but one.

    Raises BadGeometry for text that is not such a code.
    """
    if not code:
        return np.zeros(0, dtype=np.int64)
    if not code.isascii():
        raise BadGeometry(where, "the mask's run lengths hold characters that the code does not have")
    digits = np.frombuffer(code.encode("ascii"), dtype=np.uint8).astype(np.int64) - 48
    if digits.min() < 0 or digits.max() > 63:
        raise BadGeometry(where, "the mask's run lengths hold characters that the code does not have")
    ends = np.flatnonzero(digits < 32)
    if not len(ends) or ends[-1] != len(digits) - 1:
        raise BadGeometry(where, "the mask's run lengths are cut off in the middle of a number")
    starts = np.concatenate(([0], ends[:-1] + 1))
    lengths = ends - starts + 1
    if lengths.max() > 12 and (lengths.max() > 13 or (digits[ends[lengths == 13]] & 31).max() > 7):
        raise BadGeometry(where, "a run of the mask is too long to be a number of pixels")
    position = np.arange(len(digits)) - np.repeat(starts, lengths)
    values = np.add.reduceat((digits & 31) << (5 * position), starts)
    negative = ((digits[ends] & 16) != 0) & (lengths < 13)
    values -= np.where(negative, np.int64(1) << (5 * np.minimum(lengths, 12)), 0)
    # each is the difference to the one before the last, from the fourth on
    for first in (1, 2):
        chain = values[first::2]
        if np.abs(np.cumsum(chain, dtype=np.float64)).max(initial=0.0) > 9e18:
            raise BadGeometry(where, "a run of the mask is too long to be a number of pixels")
        values[first::2] = np.cumsum(chain)
    if values.min() < 0:
        raise BadGeometry(where, "a run of the mask has a negative length")
    return values


def unpacked(
    counts: NDArray[np.int64], width: int, height: int, where: str = "rleString"
) -> tuple[NDArray[np.bool_], int, int]:
    """The set cells of a mask of `width` x `height`, cut to their bounds: (mask (rows, columns), first column, first row)."""
    # in floating point no sum runs over, and what it cannot hold exactly lies beyond the end in any case
    sums = np.cumsum(np.minimum(counts, width * height), dtype=np.float64)
    ends = np.minimum(sums, width * height).astype(np.int64)
    starts, stops = ends[:-1:2], ends[1::2]
    keep = stops > starts
    starts, stops = starts[keep], stops[keep]
    if not len(starts):
        return np.zeros((0, 0), dtype=np.bool_), 0, 0
    rows, columns = starts // width, starts % width
    last_rows, last_columns = (stops - 1) // width, (stops - 1) % width
    top, bottom = int(rows[0]), int(last_rows[-1]) + 1
    if np.array_equal(rows, last_rows):
        left, right = int(columns.min()), int(last_columns.max()) + 1
    else:
        left, right = 0, width
    across = right - left
    if across * (bottom - top) > LARGEST:
        raise BadGeometry(where, f"the mask is too large to be unpacked: {across:,} x {bottom - top:,}", "warning")
    # in the cut the runs keep their lengths; only the gaps between them shrink
    first = (rows - top) * across + columns - left
    lengths = stops - starts
    gaps = np.diff(first, prepend=0) - np.concatenate(([0], lengths[:-1]))
    both = np.empty(2 * len(lengths) + 1, dtype=np.int64)
    both[0:-1:2], both[1::2] = gaps, lengths
    both[-1] = across * (bottom - top) - int(first[-1] + lengths[-1])
    flags = np.arange(len(both)) % 2 == 1
    return np.repeat(flags, both).reshape(bottom - top, across), left, top


SHAPE = Bitmask
