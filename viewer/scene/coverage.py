"""How much of a sound or text is labelled: where no label is, and where two of one class lie over one another."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from viewer.scene.stretches import Stretches

Parts = NDArray[np.float64]
"""Shape (n, 2): from and to, ascending, none touching the next."""


@dataclass(frozen=True, slots=True, eq=False)
class Coverage:
    """Of what lies from 0 to `end`, in the unit of the ranges."""

    end: float
    covered: float
    """Length of what at least one range holds."""
    overlaps: Parts
    """Where at least two ranges lie."""
    gaps: Parts
    """Where none lies."""

    @property
    def share(self) -> float:
        """0 to 1."""
        return self.covered / self.end if self.end > 0 else 0.0

    def next_gap(self, position: float, step: int) -> float | None:
        """Where the next gap begins (`step` 1), or the one before (-1)."""
        starts = self.gaps[:, 0]
        place = int(np.searchsorted(starts, position, side="right" if step > 0 else "left")) - (step < 0)
        return float(starts[place]) if 0 <= place < len(starts) else None


def coverage_of(stretches: Stretches, end: float | None = None) -> Coverage:
    """Of the objects of a sound or text; classifications judge what is labelled, and cover nothing.

    Overlaps are those of one class with itself, wherever they are: words under music are no mistake, two transcripts of
    the same words may be one.
    """
    is_object = np.array([not label.is_classification for label in stretches.labels], dtype=np.bool_)
    keep = is_object[stretches.owners] if len(stretches) else np.zeros(0, dtype=np.bool_)
    starts, ends, owners = stretches.starts[keep], stretches.ends[keep], stretches.owners[keep]
    classes = np.array([stretches.class_order.index(label.feature_hash) for label in stretches.labels], dtype=np.int64)
    doubled = [
        coverage(starts[own], ends[own]).overlaps for own in (classes[owners] == at for at in np.unique(classes))
    ]
    every = np.concatenate([np.zeros((0, 2)), *doubled])
    return replace(coverage(starts, ends, end), overlaps=joined(every))


def joined(parts: Parts) -> Parts:
    """Stretches in any order as those that cover the same and do not touch one another; without empty ones."""
    parts = parts[parts[:, 1] > parts[:, 0]]
    parts = parts[np.argsort(parts[:, 0], kind="stable")]
    if not len(parts):
        return parts
    reach = np.maximum.accumulate(parts[:, 1])
    begins = np.flatnonzero(np.append(True, parts[1:, 0] > reach[:-1]))
    lasts = np.append(begins[1:], len(parts)) - 1
    return np.stack([parts[begins, 0], reach[lasts]], axis=1)


def coverage(starts: NDArray[np.float64], ends: NDArray[np.float64], end: float | None = None) -> Coverage:
    """Of ranges in any order, shape (n,) each; what lies outside of 0 to `end` does not count.

    Without `end` everything ends where the last range does. Ranges without a length hold nothing.
    """
    last = max(end if end is not None else float(ends.max(initial=0.0)), 0.0)
    starts, ends = np.sort(np.clip(starts, 0.0, last)), np.sort(np.clip(ends, 0.0, last))
    edges = np.sort(np.concatenate([starts, ends, (0.0, last)]))
    edges = edges[np.diff(edges, prepend=-1.0) > 0]
    # how many have begun up to an edge, less those that have ended: so many lie between it and the next one
    deep = np.searchsorted(starts, edges[:-1], side="right") - np.searchsorted(ends, edges[:-1], side="right")
    covered = float(np.diff(edges)[deep > 0].sum())
    return Coverage(last, covered, _runs(edges, deep > 1), _runs(edges, deep == 0))


def _runs(edges: NDArray[np.float64], wanted: NDArray[np.bool_]) -> Parts:
    """Neighbouring stretches between edges that are wanted, joined."""
    steps = np.diff(np.concatenate([[False], wanted, [False]]).astype(np.int8))
    return np.stack([edges[np.flatnonzero(steps == 1)], edges[np.flatnonzero(steps == -1)]], axis=1)
