"""What someone means who types where to go."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from viewer.scene.ticks import time_words

_TIME = re.compile(
    r"(?:([0-9]{1,4}):)?([0-9]{1,6}):([0-9]{1,2}(?:[.,][0-9]{1,9})?)|([0-9]{1,9}(?:[.,][0-9]{1,9})?)\s*s"
)
_NUMBER = re.compile(r"#?\s*(-?[0-9]{1,18})")
_MOMENT = re.compile(r"([0-9]{1,12}(?:[.,][0-9]{1,9})?)\s*(ms|s|)", re.IGNORECASE)
_SAMPLE = re.compile(r"(?:sample\s*|#\s*)([0-9]{1,18})", re.IGNORECASE)
_GROUPED = re.compile(r"(?<![0-9.,:])[0-9]{1,3}(?:[,’' ][0-9]{3})+(?![0-9,])")

Meant = tuple[int | None, str]
"""(place, what is wrong): one of the two is there, or neither for an empty field."""


@dataclass(frozen=True, slots=True)
class Question:
    """Where to go?"""

    words: str
    """In the empty field: 'Frame number'."""
    shown: str
    """Where one is."""
    hint: str
    meant: Callable[[str], Meant]


def frame_question(frames: NDArray[np.int64], current: int, frame_at: Callable[[float], int] | None = None) -> Question:
    """See `frame_meant`."""
    times = "; or a time such as 1:02.5" if frame_at is not None else ""
    hint = f"{int(frames[0]):,} to {int(frames[-1]):,}, counted as exported{times}"
    return Question("Frame number", f"{current:,}", hint, partial(frame_meant, frames=frames, frame_at=frame_at))


def moment_question(
    seconds: float, current: tuple[str, int], sample_of: Callable[[float], int], count: int
) -> Question:
    """See `sample_meant`; `seconds`: how long the sound is; `current`: a moment, and the sample it stands for. With a
    `count` of 0 there are no samples to speak of, and a place is a millisecond."""

    def meant(typed: str) -> Meant:
        # what stands there is rounded
        return (current[1], "") if typed == current[0] else sample_meant(typed, seconds, sample_of, count)

    last = time_words(seconds, 3)
    samples = f" or sample {min(52_920, count):,}" if count else ""
    hint = f"0:00.000 to {last}; a time such as 1:02.5, 62.5 s, 62,500 ms{samples}"
    return Question("Time", current[0], hint, meant)


def frame_meant(typed: str, frames: NDArray[np.int64], frame_at: Callable[[float], int] | None = None) -> Meant:
    """`frames` ascending, shape (n,).

    `frame_at`: the frame on show at a time in seconds, for what has times; then '1:02.5' and '62.5 s' are understood too.
    """
    seconds = _seconds(typed) if frame_at is not None else None
    if frame_at is not None and seconds is not None:
        return frame_at(seconds), ""
    text = re.sub(r"[,\s_’']", "", typed)
    if not text:
        return None, ""
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None, "a number is needed, such as 1,234"
    frame = int(found[1])
    if not len(frames):
        return None, "there are no frames"
    first, last = int(frames[0]), int(frames[-1])
    if not first <= frame <= last:
        return None, f"frames go from {first:,} to {last:,}"
    place = int(np.searchsorted(frames, frame))
    if int(frames[place]) != frame:
        return None, f"there is no frame {frame:,}; {int(frames[place]):,} comes next"
    return frame, ""


def sample_meant(typed: str, seconds: float, sample_of: Callable[[float], int], count: int) -> Meant:
    """A place in a sound that lasts `seconds`: '1:02.5', '62.5 s' or '62.5', '62,500 ms', 'sample 52,920' or '#52920'.

    `sample_of`: the sample of a time in milliseconds.
    """
    text = _GROUPED.sub(lambda found: re.sub(r"[,’' ]", "", found[0]), typed.strip())
    if not text:
        return None, ""
    if count and (sample := _SAMPLE.fullmatch(text)) is not None:
        place = int(sample[1])
        return (place, "") if place <= count else (None, f"samples go from 0 to {count:,}")
    milliseconds = _milliseconds(text)
    if milliseconds is None:
        return None, "a time is needed, such as 1:02.5"
    if milliseconds > seconds * 1000 + 1e-6:
        return None, f"the sound ends at {time_words(seconds, 3)}"
    return sample_of(milliseconds), ""


def _milliseconds(text: str) -> float | None:
    found = _MOMENT.fullmatch(text)
    if found is not None:
        return float(found[1].replace(",", ".")) * (1 if found[2].lower() == "ms" else 1000)
    seconds = _seconds(text)
    return seconds * 1000 if seconds is not None else None


def _seconds(typed: str) -> float | None:
    """'1:02:03.5', '62:03' or '12.5 s' in seconds; None for what is no time."""
    found = _TIME.fullmatch(typed.strip())
    if found is None:
        return None
    hours, minutes, rest, alone = found.groups()
    if alone is not None:
        return float(alone.replace(",", "."))
    return int(hours or 0) * 3600 + int(minutes) * 60 + float(rest.replace(",", "."))
