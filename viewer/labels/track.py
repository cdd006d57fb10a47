"""The way of one label through the frames: where its middle is and how large it is on each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.labels.records import FrameLabels, Instance
from viewer.labels.row import UnitLabels
from viewer.size import Size

MOST = 4000
"""Frames that are read; of longer tracks those around the present frame and evenly many of the others."""


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """Columns of one label, a row a frame on which it has an extent, ascending."""

    object_hash: str
    frames: NDArray[np.int64]
    """Shape (n,)."""
    bounds: NDArray[np.float64]
    """Left, top, right, bottom in pixels of the picture, shape (n, 4)."""
    is_whole: bool
    """Every frame was read; else some in between are left out."""

    @property
    def centres(self) -> NDArray[np.float64]:
        """Of the bounds, shape (n, 2)."""
        return (self.bounds[:, :2] + self.bounds[:, 2:]) / 2

    @property
    def areas(self) -> NDArray[np.float64]:
        """Of the bounds, in pixels, shape (n,)."""
        sides = self.bounds[:, 2:] - self.bounds[:, :2]
        return sides[:, 0] * sides[:, 1]


def read_track(
    instance: Instance, labels: UnitLabels, size: Size | None, around: int, wanted: Callable[[], bool]
) -> Track | None:
    """Takes its time: call it from a worker. `size` of the picture; None once it is no longer wanted."""
    listed = np.concatenate([np.arange(first, last + 1) for first, last in instance.frames] or [np.zeros(0, np.int64)])
    chosen = _chosen(listed, around)
    frames: list[int] = []
    bounds: list[tuple[float, float, float, float]] = []
    for frame in chosen.tolist():
        if not wanted():
            return None
        found = _extent(labels.read(frame, size), instance.object_hash)
        if found is not None:
            frames.append(frame)
            bounds.append(found)
    columns = np.array(bounds, dtype=np.float64).reshape(-1, 4)
    return Track(instance.object_hash, np.array(frames, dtype=np.int64), columns, len(chosen) == len(listed))


def _extent(labels: FrameLabels, object_hash: str) -> tuple[float, float, float, float] | None:
    found = next((a for a in labels.annotations if a.object_hash == object_hash and a.sketch), None)
    bounds = found.sketch.bounds if found and found.sketch else None
    return (bounds.left, bounds.top, bounds.right, bounds.bottom) if bounds else None


def _chosen(listed: NDArray[np.int64], around: int) -> NDArray[np.int64]:
    if len(listed) <= MOST:
        return listed
    here = int(np.searchsorted(listed, around))
    first = min(max(here - MOST // 4, 0), len(listed) - MOST // 2)
    near = np.arange(first, first + MOST // 2)
    spread = np.linspace(0, len(listed) - 1, MOST // 2).astype(np.int64)
    return listed[np.union1d(near, spread)]
