"""Which classes are labelled on which slice, and the strip of colours that shows it. Columns only, no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from viewer.scene.marks import Colour
from viewer.scene.words import shown

COLUMNS = 3
"""Classes that share the width of a slice; of more the first."""
MOST_NAMES, MOST = 8, 60
"""Classes that are named, and characters of each."""
GAP_FROM = 4
"""Pixels of a slice from which on the last one parts it from the next."""

NOTHING = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class SliceTicks:
    """Slices in their order, and the classes on them."""

    frames: NDArray[np.int64] = field(default_factory=lambda: NOTHING)
    """Numbers of the slices, ascending, shape (n,)."""
    places: NDArray[np.int64] = field(default_factory=lambda: NOTHING)
    """Positions among the slices, ascending, once for each class that is there, shape (pairs,)."""
    classes: NDArray[np.int64] = field(default_factory=lambda: NOTHING)
    """In `names`, ascending on each slice, shape (pairs,)."""
    names: tuple[str, ...] = ()
    colours: tuple[Colour, ...] = ()
    noun: str = "slice"
    """What one of them is: pictures of a cine are no slices."""

    @classmethod
    def of(
        cls,
        frames: NDArray[np.int64],
        labelled: NDArray[np.int64],
        classes: NDArray[np.int64],
        names: Sequence[str],
        colours: Sequence[Colour],
    ) -> SliceTicks:
        """From one entry a label and slice: the frame it is on, in any order, and its class, both of shape (labels,)."""
        places = np.minimum(np.searchsorted(frames, labelled), max(len(frames) - 1, 0))
        known = frames[places] == labelled if len(frames) else np.zeros(len(labelled), dtype=np.bool_)
        pairs = _distinct(places[known] * max(len(names), 1) + classes[known])
        return cls(frames, *np.divmod(pairs, max(len(names), 1)), tuple(names), tuple(colours))

    @property
    def count(self) -> int:
        return len(self.frames)

    def words(self, place: int) -> str:
        """'slice 18 · frame 17: Tumour, Left lung'; slices count from 1, and the export numbers its frames."""
        first, after = np.searchsorted(self.places, (place, place + 1)).tolist()
        names = [shown(self.names[at], most=MOST) for at in self.classes[first:after].tolist()]
        more = f" and {len(names) - MOST_NAMES:,} more" if len(names) > MOST_NAMES else ""
        frame = f" · frame {int(self.frames[place]):,}" if place < self.count else ""
        return f"{self.noun} {place + 1:,}{frame}: {', '.join(names[:MOST_NAMES]) or 'no labels'}{more}"

    def place_of(self, frame: int) -> int:
        """The position of a frame, or of the next where there is none of its number."""
        return min(int(np.searchsorted(self.frames, frame)), max(self.count - 1, 0))

    def place_at(self, y: float, height: int) -> int:
        """The position of the slice at this row of a strip; of several there the first that has labels."""
        row = max(int(y), 0)
        if row >= height or self.count <= height:
            return min(row * self.count // max(height, 1), max(self.count - 1, 0))
        first, after = -(-row * self.count // height), -(-(row + 1) * self.count // height)
        at = int(np.searchsorted(self.places, first))
        return int(self.places[at]) if at < len(self.places) and self.places[at] < after else first

    def rows_of(self, place: int, height: int) -> tuple[int, int]:
        """First row of a slice on a strip, and the one after its last; several slices may share one."""
        if self.count > height:
            return place * height // self.count, place * height // self.count + 1
        return -(-place * height // max(self.count, 1)), -(-(place + 1) * height // max(self.count, 1))

    def strip(self, height: int, width: int, ground: Colour) -> NDArray[np.uint8]:
        """(height, width, 4) blue, green, red, alpha: each slice in the colours of its classes, side by side.

        Where there are more slices than rows, a row shows the classes of all its slices.
        """
        bands = min(self.count, height)
        palette = np.array([*self.colours, ground], dtype=np.uint8).reshape(-1, 3)
        if not bands:
            return _pixels(np.full((height, width), len(palette) - 1), palette)
        chosen = self._columns(bands)[np.arange(height) * bands // height]
        shares = np.maximum((chosen >= 0).sum(axis=1), 1)
        column = np.arange(width) * shares[:, None] // width
        cells = np.take_along_axis(chosen, column, axis=1)
        if height >= GAP_FROM * self.count:
            cells[[self.rows_of(place, height)[1] - 1 for place in range(self.count)]] = -1
        return _pixels(cells, palette)

    def _columns(self, bands: int) -> NDArray[np.int64]:
        """(bands, COLUMNS): classes of the slices that share a band; -1 for none."""
        pairs = _distinct(self.places * bands // self.count * max(len(self.names), 1) + self.classes)
        band, found = np.divmod(pairs, max(len(self.names), 1))
        rank = np.arange(len(band)) - np.searchsorted(band, band)
        seen = rank < COLUMNS
        made = np.full((bands, COLUMNS), -1, dtype=np.int64)
        made[band[seen], rank[seen]] = found[seen]
        return made


def _distinct(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    ordered = np.sort(numbers)
    return ordered[np.diff(ordered, prepend=ordered[:1] - 1) != 0]


def _pixels(cells: NDArray[np.int64], palette: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Colours of cells, of which -1 is the last of the palette."""
    made = np.full((*cells.shape, 4), 255, dtype=np.uint8)
    made[..., :3] = palette[cells][..., ::-1]
    return made
