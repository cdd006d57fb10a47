"""Faster and slower with the pitch kept: pieces of the sound laid over one another where they fit best (WSOLA)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from viewer.sound.course import Course, frames_of

Samples = NDArray[np.float32]
"""Shape (channels, n)."""
Read = Callable[[int, int], Samples]
"""From a sample to before another, clipped to the sound."""

HOP_SECONDS, SEARCH_SECONDS = 0.02, 0.01
BLOCK_SECONDS = 0.1
"""Of what is played at its own speed."""


def blocks_of(course: Course, read: Read, rate: int) -> Iterator[Samples]:
    """What is put out, block after block: frame n of all of them is `course.source_of(n)`, to within the search."""
    for start, end in course.laps():
        yield from (
            _plain(read, start, end, rate) if course.speed == 1 else stretched(read, start, end, rate, course.speed)
        )


def _plain(read: Read, start: int, end: int, rate: int) -> Iterator[Samples]:
    step = max(round(rate * BLOCK_SECONDS), 1)
    for at in range(start, end, step):
        yield _exactly(read, at, min(at + step, end))


def stretched(read: Read, start: int, end: int, rate: int, speed: float) -> Iterator[Samples]:
    """Blocks of one hop; together exactly as long as `frames_of` says, frame n near sample `start + n * speed`."""
    hop = max(round(rate * HOP_SECONDS), 16)
    search = max(round(rate * SEARCH_SECONDS), 4)
    rise: Samples = (0.5 - 0.5 * np.cos(np.pi * (np.arange(hop) + 0.5) / hop)).astype(np.float32)
    left = frames_of(start, end, speed)
    at = start
    ahead = _exactly(read, at, at + 2 * hop)
    piece, tail = ahead[:, :hop], ahead[:, hop:]
    step = 1
    while left > 0:
        yield piece[:, :left]
        left -= hop
        wanted = start + round(step * hop * speed)
        around = _exactly(read, wanted - search, wanted + search + 2 * hop)
        shift = best_shift(around[:, : 2 * search + hop], tail)
        taken = around[:, shift : shift + 2 * hop]
        piece = (tail * (1 - rise) + taken[:, :hop] * rise).astype(np.float32)
        tail = taken[:, hop:]
        step += 1


def best_shift(around: Samples, wanted: Samples) -> int:
    """Where in `around` a piece begins that is most like `wanted`: what follows on the piece that was just heard."""
    mixed, target = around.sum(axis=0, dtype=np.float64), wanted.sum(axis=0, dtype=np.float64)
    length = len(target)
    size = 1 << int(len(mixed) + length - 1).bit_length()
    spectrum = np.fft.rfft(mixed, size) * np.conj(np.fft.rfft(target, size))
    products = np.fft.irfft(spectrum, size)[: len(mixed) - length + 1]
    energy = np.concatenate([[0.0], np.cumsum(mixed**2)])
    return int(np.argmax(products / np.sqrt(energy[length:] - energy[:-length] + 1e-9)))


def _exactly(read: Read, start: int, end: int) -> Samples:
    """With silence where the sound has nothing; values that are no numbers are silent too."""
    found = np.nan_to_num(read(max(start, 0), max(end, 0)), nan=0.0, posinf=1.0, neginf=-1.0)
    before = max(min(-start, end - start), 0)
    missing = end - start - before - found.shape[1]
    return np.pad(found, ((0, 0), (before, max(missing, 0))))
