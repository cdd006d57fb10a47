"""The measures of the column in which a text stands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.text.lines import Lines

WIDEST = 110
"""Letters of a row; longer ones are hard to come back from."""
SIDE = 24.0
"""Pixels free at both sides."""
NARROW = 520
"""Below this width of the view line numbers make room for the text."""

SMALLEST_ZOOM, LARGEST_ZOOM, ZOOM_STEP = 0.6, 4.0, 1.15
"""Of letters, against their usual size; and what a key or a notch of the wheel does."""


def zoomed(zoom: float, steps: float) -> float:
    """So many steps larger, or smaller, as far as goes."""
    return min(max(zoom * ZOOM_STEP**steps, SMALLEST_ZOOM), LARGEST_ZOOM)


@dataclass(frozen=True, slots=True)
class Column:
    """Where the text stands in its view."""

    left: float
    width: float
    gutter: float
    """Width of the line numbers at its left; 0 without."""


def column_of(view: float, letter: float, digits: float) -> Column:
    """Centred; `letter` is the width of an average letter, `digits` that of the largest line number."""
    gutter = digits + 20 if view >= NARROW else 0.0
    room = view - gutter - (2 * SIDE if gutter else SIDE)
    width = max(min(room, WIDEST * letter), 60.0)
    return Column(gutter + max((view - gutter - width) / 2, SIDE / 2), width, gutter)


def estimated_rows(lines: Lines, letter: float, width: float) -> NDArray[np.float64]:
    """Rows that each piece will need about, shape (n,)."""
    counts = lines.ends - lines.starts
    return np.maximum(np.ceil(counts * letter / max(width, 1.0)), 1.0)
