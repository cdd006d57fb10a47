"""Where the parts of the timeline stand, in pixels of the widget: names at the left; ruler, density, pictures, rows."""

from __future__ import annotations

from dataclasses import dataclass

ROW = 20
BAR = 14
RULER = 18
"""With frame numbers only."""
RULER_WITH_TIME = 31
HEAD = 54
"""Ruler and density together: what the buttons and the filter beside them need."""
SLIM_DENSITY = 16
SLIM = RULER + SLIM_DENSITY
"""Height of the timeline when only ruler and density are shown."""
PICTURES = 44
NAMES_LEAST, NAMES_MOST = 120, 480
GUTTER = 30
"""Instead of the names when slim."""
EDGE = 4
"""How near the pointer must be to the edge of the names to drag it."""


@dataclass(frozen=True, slots=True)
class Bands:
    width: int
    height: int
    left: int
    """Width of the names."""
    ruler: int
    density: int
    pictures: int
    """Heights; 0 for what is not there."""

    @classmethod
    def of(cls, width: int, height: int, names: int, *, slim: bool, timed: bool, pictured: bool) -> Bands:
        if slim:
            return cls(width, height, GUTTER, RULER, SLIM_DENSITY, 0)
        left = min(max(names, NAMES_LEAST), NAMES_MOST, max(width // 2, 1))
        ruler = RULER_WITH_TIME if timed else RULER
        return cls(width, height, left, ruler, HEAD - ruler, PICTURES if pictured else 0)

    @property
    def chart(self) -> int:
        """Width of what is over time."""
        return max(self.width - self.left, 1)

    @property
    def density_top(self) -> int:
        return self.ruler

    @property
    def pictures_top(self) -> int:
        return self.ruler + self.density

    @property
    def rows_top(self) -> int:
        return self.ruler + self.density + self.pictures

    @property
    def rows_height(self) -> int:
        return max(self.height - self.rows_top, 0)

    def rows_seen(self, scroll: int, count: int) -> range:
        """Rows of which anything is in view when scrolled by so many pixels."""
        if self.rows_height <= 0:
            return range(0)
        return range(scroll // ROW, min(-(-(scroll + self.rows_height) // ROW), count))

    def top_of(self, row: int, scroll: int) -> int:
        return self.rows_top + row * ROW - scroll

    def row_at(self, y: float, scroll: int, count: int) -> int | None:
        """The row under a height; None above and below all rows."""
        row = int(y - self.rows_top + scroll) // ROW
        return row if y >= self.rows_top and 0 <= row < count else None
