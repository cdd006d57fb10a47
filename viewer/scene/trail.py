"""The path of the selected label over the picture: where it was and where it will be, fading with the distance in time."""

from __future__ import annotations

import numpy as np

from viewer.labels.track import Track
from viewer.scene.marks import Colour, Trail

REACH = 60
"""Frames to either side."""


def trail_of(track: Track, frame: int, colour: Colour) -> Trail | None:
    """None where there is nothing to be joined."""
    near = np.abs(track.frames - frame) <= REACH
    if int(near.sum()) < 2:
        return None
    return Trail(track.centres[near], track.frames[near] - frame, colour)


def strength(step: int) -> float:
    """How strongly a point so many frames away is drawn, 0 to 1."""
    return max(1.0 - abs(step) / (REACH + 1), 0.0)
