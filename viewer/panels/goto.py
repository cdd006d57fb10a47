"""What someone means who types where to go."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

_NUMBER = re.compile(r"#?\s*(-?[0-9]{1,18})")


def frame_meant(typed: str, frames: NDArray[np.int64]) -> tuple[int | None, str]:
    """(frame, what is wrong): one of the two is there, or neither for an empty field. `frames` ascending, shape (n,)."""
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
