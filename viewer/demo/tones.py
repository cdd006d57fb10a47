"""Bells, a music box and birds."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from viewer.demo.voice import RATE

Samples = NDArray[np.float64]

_FADE = 0.04
"""Seconds in which every sound ends, whatever is left of it."""


def doorbell() -> Samples:
    """Ding, dong."""
    return _mixed([(0.0, _bell(659.3, 0.9, 3.2)), (0.55, _bell(523.3, 1.35, 2.6))])


def music_box(notes: Iterable[tuple[str, float]], beat: float) -> Samples:
    """Notes by name, such as 'A4', and when each begins, in beats of so many seconds."""
    return _mixed([(start * beat, _bell(_hertz(name), 1.5, 3.4, (1, 3.01, 6.1))) for name, start in notes])


def chirps(starts: Iterable[float], seed: int) -> Samples:
    """A bird that sings a phrase at each of these seconds."""
    rng = np.random.default_rng(seed)
    parts = []
    for start in starts:
        for syllable in range(int(rng.integers(3, 6))):
            length, low = float(rng.uniform(0.07, 0.12)), float(rng.uniform(2600, 3400))
            parts.append((start + 0.15 * syllable, _chirp(length, low, low + float(rng.uniform(600, 2000)))))
    return _mixed(parts)


def _bell(hertz: float, seconds: float, decay: float, partials: tuple[float, ...] = (1, 2.0, 2.76, 5.4)) -> Samples:
    at = np.arange(int(seconds * RATE)) / RATE
    made = np.zeros(len(at))
    for number, partial in enumerate(partials, 1):
        made += np.sin(2 * np.pi * hertz * partial * at) * np.exp(-decay * number * at) / number**1.4
    return made * np.clip(at / 0.004, 0, 1) * np.clip((seconds - at) / _FADE, 0, 1)


def _chirp(seconds: float, low: float, high: float) -> Samples:
    way = np.linspace(0, 1, int(seconds * RATE))
    heights = low + (high - low) * np.sin(np.pi * way) + 160 * np.sin(2 * np.pi * 28 * way * seconds)
    return 0.5 * np.sin(2 * np.pi * np.cumsum(heights) / RATE) * np.sin(np.pi * way) ** 1.5


def _hertz(name: str) -> float:
    place = {"C": -9, "D": -7, "E": -5, "F": -4, "G": -2, "A": 0, "B": 2}[name[0]] + 12 * (int(name[1]) - 4)
    return 440 * 2 ** (place / 12)


def _mixed(parts: Iterable[tuple[float, Samples]]) -> Samples:
    """Sounds that begin at these seconds, as one."""
    placed = [(round(start * RATE), sound) for start, sound in parts]
    made = np.zeros(max(start + len(sound) for start, sound in placed))
    for start, sound in placed:
        made[start : start + len(sound)] += sound
    return made
