"""Where the parts of a sound stand, in pixels of the widget: names at the left; ruler, waves, gaps, rows."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

Show = Literal["wave", "both", "spectrum"]
"""What is drawn of the sound itself."""

LANE, BAR = 20, 16
RULER = 22
COVER = 12
"""The thin row of gaps and overlaps."""
NAMES_LEAST, NAMES_MOST, NAMES = 100, 420, 190
EDGE = 4
"""How near the pointer must be to an edge to drag it."""
MEDIA_LEAST = 60
STRIP_LEAST = 18
"""Height of one channel's waveform or spectrogram, where there is room for all of them."""
ROWS_LEAST = 3 * LANE


@dataclass(frozen=True, slots=True)
class Bands:
    width: int
    height: int
    left: int
    """Width of the names."""
    media: int
    """Height of waveform and spectrogram together."""
    channels: int
    show: Show

    @classmethod
    def of(cls, width: int, height: int, names: int, media: int, channels: int, show: Show) -> Bands:
        left = min(max(names, NAMES_LEAST), NAMES_MOST, max(width // 2, 1))
        room = max(height - RULER - COVER - ROWS_LEAST, MEDIA_LEAST)
        least = STRIP_LEAST * max(channels, 1) * (2 if show == "both" else 1)
        return cls(width, height, left, min(max(media, MEDIA_LEAST, least), room), max(channels, 1), show)

    @property
    def chart(self) -> int:
        """Width of what is over time."""
        return max(self.width - self.left, 1)

    @property
    def media_top(self) -> int:
        return RULER

    @property
    def cover_top(self) -> int:
        return RULER + self.media

    @property
    def rows_top(self) -> int:
        return self.cover_top + COVER

    @property
    def rows_height(self) -> int:
        return max(self.height - self.rows_top, 0)

    def fitted(self, media: int) -> int:
        """A wanted height of the sound, as far as there is room."""
        return min(max(media, MEDIA_LEAST), max(self.height - RULER - COVER - ROWS_LEAST, MEDIA_LEAST))

    def waves(self) -> list[tuple[int, int]]:
        """Top and height of each channel's waveform; none where only the spectrogram is shown."""
        return self._strips(0) if self.show != "spectrum" else []

    def spectra(self) -> list[tuple[int, int]]:
        """The same of the spectrograms."""
        return self._strips(1 if self.show == "both" else 0) if self.show != "wave" else []

    def _strips(self, part: int) -> list[tuple[int, int]]:
        parts = 2 if self.show == "both" else 1
        edges = [round(at * self.media / (parts * self.channels)) for at in range(parts * self.channels + 1)]
        strips = [(self.media_top + top, max(end - top - 1, 1)) for top, end in pairwise(edges)]
        return strips[part::parts]  # a channel's waveform stands over its own spectrogram

    def lanes_seen(self, scroll: int, count: int) -> range:
        """Lanes of which anything is in view when scrolled by so many pixels."""
        return range(scroll // LANE, min(-(-(scroll + self.rows_height) // LANE), count))

    def top_of(self, lane: int, scroll: int) -> int:
        return self.rows_top + lane * LANE - scroll

    def lane_at(self, y: float, scroll: int, count: int) -> int | None:
        """The lane under a height; None above and below all of them."""
        lane = int(y - self.rows_top + scroll) // LANE
        return lane if y >= self.rows_top and 0 <= lane < count else None
