"""Coverage: where no label is, and where two of one class lie over one another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.scene.stretches import Stretches

Edges = NDArray[np.float64]
"""Shape (n, 2): starts and ends, ascending, none touching another."""


@dataclass(frozen=True, slots=True, eq=False)
class Coverage:
    """Of the objects of a sound or text; classifications judge what is labelled, and cover nothing."""

    gaps: Edges
    overlaps: Edges
    """Of one class with itself: words under music are no mistake, two transcripts of the same words may be one."""

    def next_gap(self, position: float, step: int) -> float | None:
        """Where the next gap begins (`step` 1), or the one before (-1)."""
        starts = self.gaps[:, 0]
        place = int(np.searchsorted(starts, position, side="right" if step > 0 else "left")) - (step < 0)
        return float(starts[place]) if 0 <= place < len(starts) else None


def coverage_of(stretches: Stretches, end: float) -> Coverage:
    """Gaps from 0 to `end`, overlaps wherever they are."""
    is_object = np.array([not label.is_classification for label in stretches.labels], dtype=np.bool_)
    keep = is_object[stretches.owners] if len(stretches) else np.zeros(0, dtype=np.bool_)
    starts, ends, owners = stretches.starts[keep], stretches.ends[keep], stretches.owners[keep]
    classes = [stretches.class_order.index(label.feature_hash) for label in stretches.labels]
    of_class = np.array(classes, dtype=np.int64)[owners]
    apart = [overlapping(starts[of_class == at], ends[of_class == at]) for at in dict.fromkeys(classes)]
    doubled = joined(np.concatenate([np.zeros((0, 2)), *apart]))
    return Coverage(between(joined(np.stack([starts, ends], axis=1)), end), doubled)


def joined(edges: Edges) -> Edges:
    """Stretches in any order as those that cover the same and do not touch one another; without empty ones."""
    edges = edges[edges[:, 1] > edges[:, 0]]
    edges = edges[np.argsort(edges[:, 0], kind="stable")]
    if not len(edges):
        return edges
    reach = np.maximum.accumulate(edges[:, 1])
    begins = np.flatnonzero(np.append(True, edges[1:, 0] > reach[:-1]))
    lasts = np.append(begins[1:], len(edges)) - 1
    return np.stack([edges[begins, 0], reach[lasts]], axis=1)


def overlapping(starts: NDArray[np.float64], ends: NDArray[np.float64]) -> Edges:
    """Where two or more lie over one another; `starts` ascend."""
    if len(starts) < 2:
        return np.zeros((0, 2))
    reach = np.maximum.accumulate(ends)[:-1]
    return joined(np.stack([starts[1:], np.minimum(reach, ends[1:])], axis=1))


def between(edges: Edges, end: float) -> Edges:
    """What `edges`, as `joined` makes them, leave free from 0 to `end`."""
    free = np.stack([np.append(0.0, edges[:, 1]), np.append(edges[:, 0], end)], axis=1)
    free = np.clip(free, 0.0, max(end, 0.0))
    return free[free[:, 1] > free[:, 0]]
