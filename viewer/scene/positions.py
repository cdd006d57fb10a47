"""Positions in a page: the ranges of an HTML export as characters of the page's content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from viewer.media.html_page import Page, Position
from viewer.scene.placed import Placed


def placed_positions(ranges: Sequence[Any], page: Page) -> Placed:
    """Where pairs of positions `{xpath, offset}` lie; those that lead nowhere or run backwards have no place, nor has
    what is no such pair."""
    known: list[tuple[int, int, int]] = []
    for place, pair in enumerate(ranges):
        if not is_pair_of_positions(pair):
            continue
        start, end = ends_of(pair, page)
        if start.at is not None and end.at is not None and start.at <= end.at:
            known.append((start.at, end.at, place))
    columns = np.array(known, dtype=np.float64).reshape(-1, 3)
    return Placed(columns[:, 0], columns[:, 1], columns[:, 2].astype(np.int32))


def is_pair_of_positions(found: Any) -> bool:
    return isinstance(found, list) and len(found) == 2 and all(isinstance(end, Mapping) for end in found)


def ends_of(pair: Any, page: Page) -> tuple[Position, Position]:
    """Both positions of a range as they stand in an export."""
    start, end = (page.resolve(end.get("xpath"), end.get("offset")) for end in pair)
    return start, end
