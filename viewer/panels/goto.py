"""What someone means who types where to go."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

_TIME = re.compile(
    r"(?:([0-9]{1,4}):)?([0-9]{1,6}):([0-9]{1,2}(?:[.,][0-9]{1,9})?)|([0-9]{1,9}(?:[.,][0-9]{1,9})?)\s*s"
)
_NUMBER = re.compile(r"#?\s*(-?[0-9]{1,18})")


def frame_meant(
    typed: str, frames: NDArray[np.int64], frame_at: Callable[[float], int] | None = None
) -> tuple[int | None, str]:
    """(frame, what is wrong): one of the two is there, or neither for an empty field. `frames` ascending, shape (n,).

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


def _seconds(typed: str) -> float | None:
    """'1:02:03.5', '62:03' or '12.5 s' in seconds; None for what is no time."""
    found = _TIME.fullmatch(typed.strip())
    if found is None:
        return None
    hours, minutes, rest, alone = found.groups()
    if alone is not None:
        return float(alone.replace(",", "."))
    return int(hours or 0) * 3600 + int(minutes) * 60 + float(rest.replace(",", "."))
