"""The lowest and highest sample of every stretch of a sound, at every zoom: blocks of samples, and blocks of blocks."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from viewer.media.kinds import Sound
from viewer.media.progress import Progress
from viewer.media.sound_heads import WHOLE

BLOCK = 256
"""Samples of the smallest block, where the budget allows for it."""
FACTOR = 4
"""Blocks of a level that one of the next level holds."""
CHUNK = 1 << 19
"""Samples read at once while it is built: whole blocks, as both are powers of 2."""
DIRECT = 4
"""Columns narrower than this many blocks are made of the samples themselves."""
GAP = 1 << 14
"""Stretches of samples that lie nearer to one another are read at once."""
SPAN = 1 << 20
"""Samples read at once for columns."""

Extremes = tuple[NDArray[np.float32], NDArray[np.float32]]
"""Lowest and highest, each (channels, width), NaN where there is nothing."""


@runtime_checkable
class _Interleaved(Protocol):
    def interleaved(self, start: int, end: int) -> NDArray[Any]: ...


class Waveform:
    """Extremes of all samples of a sound within a budget of bytes. `build` in a worker, `columns` in any thread.

    A column i is the stretch from `first + i * per_column` to before `first + (i + 1) * per_column`; it shows the
    samples whose numbers lie in it. Where columns are so narrow that none does, it shows the sample before it, which
    lasts until the next one: a cursor in the column is on that sample.
    """

    def __init__(self, sound: Sound, budget_bytes: int) -> None:
        self._sound = sound
        self._lock = threading.RLock()
        self._block = BLOCK
        per_block = sound.channels * 2 * 4 * FACTOR / (FACTOR - 1)
        self._most = max(64, int(budget_bytes / per_block))
        """Blocks of the lowest level that the budget allows for."""
        self._levels = _empty_levels(sound.channels, self._room(sound.count))
        self.known = 0
        """Samples known so far, from the beginning of the sound on."""

    @property
    def nbytes(self) -> int:
        with self._lock:
            return sum(low.nbytes + high.nbytes for low, high in self._levels)

    def build(self, progress: Progress, stop: Callable[[], bool]) -> None:
        """Read the sound once, from where an earlier call was stopped. Raises ViewerError."""
        while not stop():
            self._make_room()
            wanted = max(CHUNK, self._block) - self.known % self._block
            low, high, count = _extremes_of_blocks(self._sound, self.known, self.known + wanted, self._block)
            self._add(low, high, count)
            progress(min(1.0, self.known / max(1, self._sound.count)))
            if count < wanted:
                progress(1.0)
                return

    def columns(self, first: float, per_column: float, width: int) -> Extremes:
        """At once, from memory: exact where the edges of a column cut no block that reaches beyond the rest of it, else
        with all of the blocks that they cut, so that nothing is left out. NaN where nothing is known yet."""
        starts, ends = _edges(first, per_column, width)
        with self._lock:
            ends = np.minimum(ends, self.known)
            starts = np.minimum(starts, ends)
            begin = starts // self._block
            return self._over(begin, np.where(starts < ends, -(-ends // self._block), begin))

    def fine(self, first: float, per_column: float, width: int) -> Extremes:
        """Exact, in a worker: reads what memory does not tell. Columns wider than a few blocks are NaN beyond what is
        known yet. Raises ViewerError."""
        starts, ends = _edges(first, per_column, width)
        if per_column < DIRECT * self._block:
            return self._direct(starts, ends)
        with self._lock:
            block = self._block
            ends = np.minimum(ends, self.known)
            starts = np.minimum(starts, ends)
            inner, stop = -(-starts // block), ends // block
            low, high = self._over(inner, stop)
            cut = [(starts, np.minimum(ends, inner * block)), (np.maximum(starts, stop * block), ends)]
            around = [self._over(begin // block, -(-end // block)) for begin, end in cut]
        for (begin, end), (lowest, highest) in zip(cut, around, strict=True):
            # what a block that is cut reaches to only matters where the rest of the column does not reach as far
            known = (lowest >= low) & (highest <= high)
            wanted = np.flatnonzero((begin < end) & ~known.all(axis=0) & ~np.isnan(lowest).all(axis=0))
            self._read_into(low, high, wanted, begin, end)
        return low, high

    def _room(self, count: int) -> int:
        return min(self._most, -(-(count + CHUNK) // self._block))

    def _make_room(self) -> None:
        """For the next samples, in larger blocks where the budget does not allow for more of them."""
        with self._lock:
            while (wanted := -(-(self.known + max(CHUNK, self._block)) // self._block)) > self._levels[0][0].shape[1]:
                if wanted > self._most:
                    self._levels, self._block = self._coarser(), self._block * FACTOR
                else:
                    self._levels = self._larger(min(self._most, 2 * wanted))

    def _add(self, low: NDArray[np.float32], high: NDArray[np.float32], count: int) -> None:
        """The extremes of the next blocks, and how many samples they hold."""
        with self._lock:
            at = self.known // self._block
            if self.known % self._block:  # begun before blocks became larger
                lows, highs = self._levels[0]
                low[:, 0], high[:, 0] = np.fmin(low[:, 0], lows[:, at]), np.fmax(high[:, 0], highs[:, at])
            for lows, highs in self._levels:
                stop = at + low.shape[1]
                lows[:, at:stop], highs[:, at:stop] = low, high
                at, beyond = at // FACTOR, -(-stop // FACTOR)
                low = _joined(lows[:, at * FACTOR : beyond * FACTOR], np.fmin)
                high = _joined(highs[:, at * FACTOR : beyond * FACTOR], np.fmax)
            self.known += count

    def _coarser(self) -> list[Extremes]:
        """Four blocks in one, in the same room."""
        made = _empty_levels(self._sound.channels, self._most)
        for (low, high), (old_low, old_high) in zip(made, self._levels[1:], strict=False):
            width = min(low.shape[1], old_low.shape[1])
            low[:, :width], high[:, :width] = old_low[:, :width], old_high[:, :width]
        return made

    def _larger(self, room: int) -> list[Extremes]:
        made = _empty_levels(self._sound.channels, room)
        for (low, high), (old_low, old_high) in zip(made, self._levels, strict=False):
            low[:, : old_low.shape[1]], high[:, : old_high.shape[1]] = old_low, old_high
        return made

    def _over(self, begin: NDArray[np.int64], end: NDArray[np.int64], level: int = 0) -> Extremes:
        """Extremes of the blocks of a level from `begin` to before `end`, each of shape (width,)."""
        lows, highs = self._levels[level]
        if level + 1 == len(self._levels) or int((end - begin).max(initial=0)) <= 2 * FACTOR:
            return _gathered(lows, begin, end, np.fmin), _gathered(highs, begin, end, np.fmax)
        above, beyond = -(-begin // FACTOR), end // FACTOR
        is_split = above < beyond
        above, beyond = np.where(is_split, above, 0), np.where(is_split, beyond, 0)
        low, high = self._over(above, beyond, level + 1)
        left, right = np.where(is_split, above * FACTOR, end), np.where(is_split, beyond * FACTOR, end)
        begins, ends = np.concatenate([begin, right]), np.concatenate([left, end])
        width = len(begin)
        for made, values, extreme in ((low, lows, np.fmin), (high, highs, np.fmax)):
            around = _gathered(values, begins, ends, extreme)
            extreme(made, around[:, :width], out=made)
            extreme(made, around[:, width:], out=made)
        return low, high

    def _direct(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> Extremes:
        """All from samples; columns follow one another."""
        low = np.full((self._sound.channels, len(starts)), np.nan, np.float32)
        high = low.copy()
        at = 0
        while at < len(starts):
            stop = max(at + 1, int(np.searchsorted(ends, starts[at] + SPAN, side="right")))
            self._read_into(low, high, np.arange(at, stop), starts, ends)
            at = stop
        return low, high

    def _read_into(
        self,
        low: NDArray[np.float32],
        high: NDArray[np.float32],
        columns: NDArray[np.intp],
        starts: NDArray[np.int64],
        ends: NDArray[np.int64],
    ) -> None:
        """Take the samples of stretches into some columns; near ones are read at once."""
        if not len(columns):
            return
        begin, end = starts[columns], ends[columns]
        is_new = (begin[1:] - end[:-1] > GAP) | (begin[1:] // SPAN != begin[:-1] // SPAN)
        for run in np.split(np.arange(len(columns)), np.flatnonzero(is_new) + 1):
            offset = max(0, int(begin[run[0]]))
            samples = self._sound.samples(offset, int(end[run[-1]]))
            a, b = begin[run] - offset, end[run] - offset
            here = columns[run]
            low[:, here] = np.fmin(low[:, here], _over_samples(samples, a, b, np.minimum, np.fmin))
            high[:, here] = np.fmax(high[:, here], _over_samples(samples, a, b, np.maximum, np.fmax))


def _empty_levels(channels: int, room: int) -> list[Extremes]:
    """For so many blocks of the lowest level, and a few more so that each holds whole groups of the one before."""
    made: list[Extremes] = []
    while not made or room > FACTOR:
        room = -(-room // FACTOR) * FACTOR
        shape = (channels, room)
        made.append((np.full(shape, np.nan, np.float32), np.full(shape, np.nan, np.float32)))
        room //= FACTOR
    return made


def _edges(first: float, per_column: float, width: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The first sample of each column, and the one after its last."""
    edges = first + np.arange(width + 1) * float(per_column)
    first_in = np.ceil(edges).astype(np.int64)
    starts, ends = first_in[:-1], first_in[1:]
    is_between = starts == ends
    starts = np.where(is_between, starts - 1, starts)
    ends = np.where(is_between, starts + 1, ends)
    return np.maximum(starts, 0), np.maximum(ends, 0)


def _extremes_of_blocks(sound: Sound, start: int, end: int, block: int) -> tuple[Any, Any, int]:
    """Of each block from `start` on, the last of which may be cut; and how many samples there were."""
    if isinstance(sound, _Interleaved):
        found = sound.interleaved(start, end)
        samples = np.ascontiguousarray(found.T)  # for numpy it is many times quicker with one channel after the other
    else:
        samples = sound.samples(start, end)
    channels, count = samples.shape
    whole = count // block * block
    parts = samples[:, :whole].reshape(channels, -1, block)
    low, high = _lowest(parts), _highest(parts)
    if whole < count:
        rest = samples[:, None, whole:]
        low, high = np.concatenate([low, _lowest(rest)], 1), np.concatenate([high, _highest(rest)], 1)
    return _in_floats(low), _in_floats(high), count


def _lowest(parts: NDArray[Any]) -> NDArray[Any]:
    made = parts.min(axis=2)
    return np.fmin.reduce(parts, axis=2) if made.dtype == np.float32 and np.isnan(made).any() else made


def _highest(parts: NDArray[Any]) -> NDArray[Any]:
    made = parts.max(axis=2)
    return np.fmax.reduce(parts, axis=2) if made.dtype == np.float32 and np.isnan(made).any() else made


def _in_floats(values: NDArray[Any]) -> NDArray[np.float32]:
    return values.astype(np.float32) * np.float32(WHOLE) if values.dtype == np.int16 else values


def _joined(values: NDArray[np.float32], extreme: np.ufunc) -> NDArray[np.float32]:
    """Four in one along the last axis."""
    return extreme.reduce(values.reshape(len(values), -1, FACTOR), axis=2)


def _gathered(
    values: NDArray[np.float32], begin: NDArray[np.int64], end: NDArray[np.int64], extreme: np.ufunc
) -> NDArray[np.float32]:
    """Of a few neighbours each; NaN where there is none."""
    last = end - 1
    made = values.take(begin, axis=1, mode="clip")
    for step in range(1, int((end - begin).max(initial=0))):
        # those that have no more neighbours take their last one again
        extreme(made, values.take(np.minimum(begin + step, last), axis=1, mode="clip"), out=made)
    made[:, last < begin] = np.nan
    return made


def _over_samples(
    samples: NDArray[np.float32], begin: NDArray[np.int64], end: NDArray[np.int64], quick: np.ufunc, careful: np.ufunc
) -> NDArray[np.float32]:
    """Of the samples from `begin` to before `end`, which ascend; those that are not there are left out."""
    count = samples.shape[1]
    begin, end = np.minimum(begin, count), np.minimum(end, count)
    made = np.full((len(samples), len(begin)), np.nan, np.float32)
    filled = np.flatnonzero(begin < end)
    if not len(filled):
        return made
    padded = np.concatenate([samples, np.full((len(samples), 1), np.nan, np.float32)], axis=1)
    pairs = np.stack([begin[filled], end[filled]], axis=1).ravel()
    found = quick.reduceat(padded, pairs, axis=1)[:, ::2]
    if np.isnan(found).any():
        found = careful.reduceat(padded, pairs, axis=1)[:, ::2]
    made[:, filled] = found
    return made
