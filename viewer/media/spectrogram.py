"""How loud each frequency is at each moment, of the columns on screen only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from viewer.media.colour_maps import colour_table
from viewer.media.kinds import Sound
from viewer.media.progress import Stopped

Scale = Literal["linear", "mel"]

AT_ONCE = 1 << 18
"""Samples of windows that are transformed at once: as many as fit into the caches of a processor."""
FAR = 4
"""Windows between columns from which each is read on its own."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a spectrogram is made."""

    window: int = 1024
    """Samples of one transform, a power of 2, weighted by `kind`."""
    kind: Literal["hann"] = "hann"
    floor_db: float = -90.0
    """What is darkest; 0 dB is a sine at full scale."""
    ceiling_db: float = 0.0
    """What is lightest."""
    scale: Scale = "linear"
    lowest: float = 0.0
    """Hz at the lower edge."""
    highest: float | None = None
    """Hz at the upper edge; half the rate without it."""
    colour_map: str = "warm"


def picture(
    sound: Sound,
    channel: int,
    first: float,
    per_column: float,
    width: int,
    height: int,
    settings: Settings,
    stop: Callable[[], bool] = lambda: False,
) -> NDArray[np.uint8]:
    """Shape (height, width, 4) as blue, green, red, alpha; the top row holds the highest frequency.

    Column i shows the window whose middle is the middle of the samples from `first + i * per_column` to before
    `first + (i + 1) * per_column`. Before and after the sound there is silence; columns whose middle lies there are
    transparent. For a worker: it reads the sound. Raises ViewerError, and Stopped when told to stop.
    """
    middles = np.floor(first + (np.arange(width) + 0.5) * per_column).astype(np.int64)
    rows = _Rows(sound.rate, height, settings)
    made = np.zeros((height, width, 4), np.uint8)
    for begin, end in _parts(width, settings.window):
        levels = levels_at(sound, channel, middles[begin:end], settings.window, stop)
        made[:, begin:end] = _coloured(rows.of(levels), settings)
    made[:, (middles < 0) | (middles >= sound.count)] = 0
    return made


def levels_at(
    sound: Sound, channel: int, middles: NDArray[np.int64], window: int, stop: Callable[[], bool] = lambda: False
) -> NDArray[np.float32]:
    """Decibels, shape (len(middles), window / 2 + 1), of the windows about samples that ascend."""
    weights = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(window) / window)).astype(np.float32)
    parts = _windows(sound, channel, middles - window // 2, window, stop)
    amplitudes = np.abs(np.fft.rfft(parts * weights, axis=1)) * (2 / weights.sum())
    return (20 * np.log10(np.maximum(amplitudes, 1e-10))).astype(np.float32)


def frequency_of_row(row: float, height: int, rate: int, settings: Settings) -> float:
    """Hz at a height of the picture: 0 is its upper edge, `height` its lower one."""
    low, high = _limits(rate, settings)
    share = 1 - row / height
    if settings.scale == "linear":
        return low + share * (high - low)
    return float(_hertz(_mel(low) + share * (_mel(high) - _mel(low))))


def row_of_frequency(frequency: float, height: int, rate: int, settings: Settings) -> float:
    """The other way round."""
    low, high = _limits(rate, settings)
    if settings.scale == "linear":
        return height * (1 - (frequency - low) / (high - low))
    return float(height * (1 - (_mel(frequency) - _mel(low)) / (_mel(high) - _mel(low))))


class _Rows:
    """Which frequencies each row of a picture shows: the loudest of those in it, so that no tone falls between rows,
    and where none is in it what lies between its neighbours."""

    def __init__(self, rate: int, height: int, settings: Settings) -> None:
        last = settings.window // 2
        edges = [frequency_of_row(row, height, rate, settings) for row in range(height + 1)]
        bins = np.array(edges) * settings.window / rate
        middles = np.clip((bins[:-1] + bins[1:]) / 2, 0, last)
        self._below = np.minimum(middles.astype(np.int64), last - 1)
        self._share = (middles - self._below).astype(np.float32)
        self._begin = np.clip(np.ceil(bins[1:]).astype(np.int64), 0, last)
        end = np.clip(np.ceil(bins[:-1]).astype(np.int64), 0, last + 1)
        self._most = int((end - self._begin).max(initial=0))
        self._end = end

    def of(self, levels: NDArray[np.float32]) -> NDArray[np.float32]:
        """Decibels of shape (columns, bins) to those of (height, columns)."""
        by_bin = np.ascontiguousarray(levels.T)
        made = by_bin[self._below + 1] - by_bin[self._below]
        made *= self._share[:, None]
        made += by_bin[self._below]
        for step in range(self._most):
            inside = np.flatnonzero(self._begin + step < self._end)
            made[inside] = np.maximum(made[inside], by_bin[self._begin[inside] + step])
        return made


def _coloured(levels: NDArray[np.float32], settings: Settings) -> NDArray[np.uint8]:
    reach = max(settings.ceiling_db - settings.floor_db, 1e-6)
    shares = np.clip((levels - settings.floor_db) / reach, 0, 1)
    return colour_table(settings.colour_map)[np.round(shares * 255).astype(np.uint8)]


def _parts(width: int, window: int) -> Iterator[tuple[int, int]]:
    step = max(1, AT_ONCE // window)
    for begin in range(0, width, step):
        yield begin, min(width, begin + step)


def _windows(
    sound: Sound, channel: int, starts: NDArray[np.int64], window: int, stop: Callable[[], bool]
) -> NDArray[np.float32]:
    """Shape (len(starts), window); 0 outside of the sound and where samples are no numbers."""

    def read(start: int, end: int) -> NDArray[np.float32]:
        # asked before each read: a jump in a compressed sound takes as long as much reckoning
        if stop():
            raise Stopped
        return _read(sound, channel, start, end)

    if not len(starts):
        return np.zeros((0, window), np.float32)
    first, last = int(starts[0]), int(starts[-1]) + window
    if last - first <= FAR * window * len(starts):
        parts = read(first, last)[(starts - first)[:, None] + np.arange(window)]
    else:
        parts = np.stack([read(start, start + window) for start in starts.tolist()])
    parts[~np.isfinite(parts)] = 0
    return parts


def _read(sound: Sound, channel: int, start: int, end: int) -> NDArray[np.float32]:
    """All of them, with silence where the sound has none."""
    made = np.zeros(end - start, np.float32)
    begin = max(0, start)
    if begin < end:
        found = sound.samples(begin, end)[channel]
        made[begin - start : begin - start + len(found)] = found
    return made


def _limits(rate: int, settings: Settings) -> tuple[float, float]:
    high = min(settings.highest or rate / 2, rate / 2)
    low = max(0.0, settings.lowest)
    return (low, high) if low < high else (0.0, rate / 2)


def _mel(hertz: float) -> float:
    return 2595 * float(np.log10(1 + hertz / 700))


def _hertz(mel: float) -> float:
    return 700 * (10 ** (mel / 2595) - 1)
