"""How much of a sound or text is labelled: where ranges lie over one another, and where none lies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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
