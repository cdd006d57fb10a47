"""The boxes of one label as a track: gaps filled, jitter taken out, and which of its frames are worth measuring on."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from viewer.shapes.sketch import Bounds

Track = dict[int, Bounds]
"""Frame number to box, in pixels of the picture."""

FEWEST = 12
"""Steps below which nothing is said."""
GAP = 10
"""Labels as many frames apart, or fewer, are taken to be key frames with straight ways between them."""
SMALLEST = 8.0
"""Boxes are grown to so many pixels a side, so that a point or a line has a neighbourhood."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of a track that is measured. A step is a frame with the ones `stride` before and after it."""

    track: Track
    steps: tuple[int, ...]
    stride: int
    furthest: int
    """Shifts from minus this to this are tried."""

    @property
    def labels(self) -> list[int]:
        """The frames whose labels are used, ascending."""
        return sorted({step + far for step in self.steps for far in (-self.stride, 0, self.stride)})

    @property
    def pictures(self) -> list[int]:
        """The frames whose pictures are wanted, ascending."""
        reach = range(-self.furthest, self.furthest + 1)
        return sorted({frame + shift for frame in self.labels for shift in reach if frame + shift >= 0})

    @property
    def size(self) -> float:
        """The typical side of the boxes in pixels."""
        return float(np.median([math.sqrt(box.area) for box in self.track.values()]))

    def travel(self) -> float:
        """How far the edges of the label get within the shifts that are tried, in pixels; most steps do not get further."""
        frames = self.labels
        ways = [
            np.abs(np.subtract(self.track[frame], self.track[later])).max()
            for frame in frames
            if (later := min(frame + self.furthest, frames[-1])) in self.track
        ]
        return float(np.quantile(ways, 0.9))


def track_of(bounds: Mapping[int, Bounds]) -> Track:
    """A box for each frame: short gaps filled in a straight line, then each the mean of up to five around it.

    The mean takes as many frames before as after, so that it shifts nothing.
    """
    known = _filled({frame: _large_enough(box) for frame, box in bounds.items()})
    smooth: Track = {}
    for frame in known:
        around = 2
        while not all(frame + far in known for far in range(-around, around + 1)):
            around -= 1
        boxes = [known[frame + far] for far in range(-around, around + 1)]
        smooth[frame] = Bounds(*np.mean(boxes, axis=0).tolist())
    return smooth


def _large_enough(box: Bounds) -> Bounds:
    wide, high = (max(0.0, SMALLEST - length) / 2 for length in (box.width, box.height))
    return Bounds(box.left - wide, box.top - high, box.right + wide, box.bottom + high)


def _filled(known: Track) -> Track:
    frames = sorted(known)
    whole = dict(known)
    for frame, following in pairwise(frames):
        if following - frame > GAP:
            continue
        here, there = np.array(known[frame]), np.array(known[following])
        for between in range(frame + 1, following):
            part = (between - frame) / (following - frame)
            whole[between] = Bounds(*((1 - part) * here + part * there).tolist())
    return whole


def stretch_of(track: Track, most: int, around: int | None, budget: int) -> Stretch | None:
    """The steps nearest to `around`, and of these with the most motion, that need at most `budget` pictures.

    None where there are too few.
    """
    if len(track) < FEWEST:
        return None
    stride = _stride(track)
    steps = sorted(frame for frame in track if frame - stride in track and frame + stride in track)
    # one shift more than is asked for: what fits best out there fits best out of reach
    furthest = min(most + 1, (budget - 2 * stride - FEWEST) // 2)
    if len(steps) < FEWEST or furthest < 2:
        return None
    chosen = _most_moving(track, steps, stride, budget - 2 * stride - 2 * furthest, around)
    return Stretch(track, chosen, stride, furthest) if len(chosen) >= FEWEST else None


def _most_moving(track: Track, steps: list[int], stride: int, length: int, around: int | None) -> tuple[int, ...]:
    """The steps within `length` frames that are enough; of these the nearest, and of these the ones that move most."""
    frames = np.array(steps)
    ends = np.searchsorted(frames, frames + length)
    gone = np.cumsum([0.0] + [_distance(track[step - stride], track[step + stride]) for step in steps])
    motion = gone[ends] - gone[:-1]
    far = np.zeros(len(frames))
    if around is not None:
        far = np.maximum(0, np.maximum(frames - around, around - frames[ends - 1]))
    enough = ends - np.arange(len(frames)) >= FEWEST
    best = int(np.lexsort((motion, -far, enough))[-1])
    return tuple(steps[best : int(ends[best])])


def _distance(one: Bounds, other: Bounds) -> float:
    return (
        math.hypot(one.left + one.right - other.left - other.right, one.top + one.bottom - other.top - other.bottom) / 2
    )


def _stride(track: Track) -> int:
    """Frames in which the label gets ahead by an eighth of its size, and more than labels jitter; 4 at the most.

    Over longer times things turn and bend, and fit nothing.
    """
    ways = [_distance(box, track[frame + 1]) for frame, box in track.items() if frame + 1 in track]
    size = float(np.median([math.sqrt(box.area) for box in track.values()]))
    speed = float(np.mean(ways)) if ways else 0.0
    return min(4, max(1, math.ceil(max(size / 8, 3.0) / max(speed, 0.1))))
