"""Fragments: the pieces of ranges on one visible line, stacked in lanes so that none hides another."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from viewer.scene.marks import Colour

BAND = 3.0
"""Thickness of a range's band, in pixels."""
GAP = 2.0
"""Between a band and what lies under it."""
CHIP = 14.0
"""Height of a caption."""
LEAST_CAPTION = 34.0
"""Room that is kept for a caption beyond a short range, in pixels; longer ones are cut short where others follow."""
LEAST_WIDTH = 3.0
"""Of a band, however little it holds."""
BETWEEN = 2.0
"""Kept free between captions of one lane."""
CHIPS = 3
"""Captions under one another in a line; in the lanes beyond, one says how many more there are."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """As much of a range as lies on one line without a gap: a range may have several, where the direction changes."""

    key: int
    """Which range it is, in the columns of `Stretches`."""
    left: float
    right: float
    """Pixels from the left edge of the text; equal for a range without a length."""
    colour: Colour
    caption: str = ""
    """Empty where the range does not begin here, or where captions are not wanted."""
    caption_width: float = 0.0
    """Pixels that the whole caption needs."""
    open_left: bool = False
    """It goes on beyond this end, on another line."""
    open_right: bool = False
    faint: bool = False
    lane: int = 0
    """Counted from 0 downwards."""
    room: float = 0.0
    """Pixels that the caption may take from `left` on."""


def stacked(fragments: Sequence[Fragment], width: float = math.inf) -> list[Fragment]:
    """With lanes and room for captions. All pieces of one range share a lane; the first given get the upper ones.

    `width`: pixels of the line, beyond which captions are cut short.
    """
    spans: dict[int, list[Fragment]] = {}
    for fragment in fragments:
        spans.setdefault(fragment.key, []).append(fragment)
    lanes: list[list[tuple[float, float]]] = []
    placed: list[Fragment] = []
    for pieces in spans.values():
        taken = [(piece.left, _end(piece)) for piece in pieces]
        lane = next((at for at, lane in enumerate(lanes) if not _meet(lane, taken)), len(lanes))
        if lane == len(lanes):
            lanes.append([])
        lanes[lane] += taken
        placed += [replace(piece, lane=lane) for piece in pieces]
    begins = [sorted(left for left, _ in lane) for lane in lanes]
    return [_with_room(piece, begins[piece.lane], width) if piece.caption else piece for piece in placed]


def _end(piece: Fragment) -> float:
    kept = min(piece.caption_width, LEAST_CAPTION) if piece.caption else 0.0
    return max(piece.right, piece.left + max(kept, LEAST_WIDTH))


def _meet(lane: Sequence[tuple[float, float]], taken: Sequence[tuple[float, float]]) -> bool:
    # neighbours that touch share a lane, so a hair of overlap by rounding is none
    return any(left < end - 0.5 and begin < right - 0.5 for left, right in lane for begin, end in taken)


def _with_room(piece: Fragment, begins: Sequence[float], width: float) -> Fragment:
    """The caption may go on to the next band of its lane; `begins` ascend."""
    at = bisect_right(begins, piece.left + 0.5)
    after = begins[at] if at < len(begins) else math.inf
    inside = max(width - piece.left, LEAST_CAPTION)
    return replace(piece, room=min(piece.caption_width, after - piece.left - BETWEEN, inside))


def lane_tops(fragments: Sequence[Fragment]) -> list[float]:
    """Where each lane begins, in pixels from the first one's upper edge, and where the last one ends."""
    tops, captions = [0.0], 0
    for lane in range(max((fragment.lane for fragment in fragments), default=-1) + 1):
        captioned = any(fragment.caption for fragment in fragments if fragment.lane == lane)
        captions += captioned
        room = CHIP if captioned and captions <= CHIPS else 0.0
        tops.append(tops[-1] + BAND + GAP + room)
    return tops
