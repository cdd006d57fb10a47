"""What is made in a worker for one view of a sound: exact columns, samples, spectrograms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from viewer.errors import ViewerError
from viewer.media.kinds import Sound
from viewer.media.progress import Stopped
from viewer.media.spectrogram import Settings, picture
from viewer.sound.axis import SoundAxis
from viewer.sound.wave import FROM_SAMPLES

Values = NDArray[np.float32]
EXACT_BELOW = 4096.0
"""Samples a column below which columns are made once more from the samples: the blocks of the overview have edges of
their own, which are seen when few of them share a column."""


class Wave(Protocol):
    """The overview of a sound."""

    def columns(self, first: float, per_column: float, width: int) -> tuple[Values, Values]:
        """Least and largest samples, shape (channels, width), at once; NaN where not known yet."""
        ...

    def fine(self, first: float, per_column: float, width: int) -> tuple[Values, Values]:
        """The same from the samples themselves, which takes a while. Raises ViewerError."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Detail:
    """Of the view that `axis` is: columns, or the samples from number `first` on."""

    axis: SoundAxis
    columns: tuple[Values, Values] | None = None
    first: int = 0
    samples: Values | None = None


def wants_samples(axis: SoundAxis) -> bool:
    return axis.per_column <= FROM_SAMPLES


def wants_detail(axis: SoundAxis) -> bool:
    """Whether the overview is not as exact as can be seen."""
    return axis.per_column < EXACT_BELOW


def detail_of(sound: Sound, wave: Wave, axis: SoundAxis) -> Detail | None:
    """For a worker. None where the samples cannot be read: the overview says as much as is known."""
    try:
        if wants_samples(axis):
            first = max(int(axis.first) - 1, 0)
            return Detail(axis, None, first, sound.samples(first, int(axis.first + axis.span) + 3))
        return Detail(axis, wave.fine(axis.first, axis.per_column, axis.width))
    except ViewerError:
        return None


@dataclass(frozen=True, slots=True, eq=False)
class Spectrum:
    """Spectrograms as they were made for a view; the next view shows them moved and stretched until it has its own."""

    axis: SoundAxis
    settings: Settings
    pictures: tuple[NDArray[np.uint8], ...]
    """One a channel: (height, columns, 4), blue, green, red, alpha."""


def spectrum_of(
    sound: Sound, axis: SoundAxis, heights: Sequence[int], settings: Settings, stop: Callable[[], bool] = lambda: False
) -> Spectrum | None:
    """For a worker: of all channels, each so many rows high. None where the samples cannot be read, or when stopped."""
    try:
        pictures = [
            picture(sound, channel, axis.first, axis.per_column, axis.width, height, settings, stop)
            for channel, height in enumerate(heights)
        ]
    except (ViewerError, Stopped):
        return None
    return Spectrum(axis, settings, tuple(pictures))
