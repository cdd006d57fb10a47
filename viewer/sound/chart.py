"""Chart: what is shown of a sound and where, without Qt: pixels to samples, ranges and words, and back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from viewer.scene.coverage import Coverage
from viewer.scene.view_state import ViewState
from viewer.sound.axis import SoundAxis
from viewer.sound.bands import EDGE, LANE, Bands
from viewer.sound.rows import SoundRow, SoundRows

LEAST_BAR = 3
"""Pixels of the widget that a bar is wide at least, so that a click of a millisecond is seen in three hours."""

Zone = Literal["ruler", "media", "cover", "rows", "names", "edge", "split", "corner"]


@dataclass(frozen=True, slots=True)
class Hit:
    """What lies under a pixel."""

    zone: Zone
    sample: float
    """Under the pixel's middle, within the sound."""
    lane: int | None = None
    at: int | None = None
    """The range under it, in `Stretches`."""


@dataclass(slots=True)
class SoundChart:
    """Everything that painting and the mouse need to know; the panes change it and repaint."""

    axis: SoundAxis = field(default_factory=lambda: SoundAxis.fit(1000, 1, 1))
    bands: Bands = field(default_factory=lambda: Bands.of(1, 1, 0, 0, 1, "wave"))
    ratio: float = 1.0
    """Columns to a pixel of the widget."""
    rows: SoundRows | None = None
    coverage: Coverage | None = None
    end: float = 1.0
    """Where the sound ends, in samples; ranges beyond it are on the axis too."""
    state: ViewState = field(default_factory=ViewState)
    scroll: int = 0
    """Pixels that the rows are scrolled by."""
    gain: float = 1.0
    """By which the waveform is drawn taller than it is."""
    loop: tuple[int, int] | None = None
    """First sample, and the one after the last, of what is played again and again."""
    hovered: Hit | None = None
    _selected: tuple[tuple[int, str | None, int], int | None] | None = None
    """What was asked for, and what was found: looked for once, as a sound may have hundreds of thousands of ranges."""

    # ---------------------------------------------------------------- what is shown

    def show_length(self, rate: float, end: float, last: float = 0.0) -> None:
        """Another sound, or its true length, by which the view moves no further than it must; `last` is where the last
        range ends."""
        self.end, count = end, max(end, last)
        if (rate, max(count, 1.0)) != (self.axis.rate, self.axis.count):
            is_same = rate == self.axis.rate
            self.axis = self.axis.with_count(count) if is_same else SoundAxis.fit(rate, count, self.axis.width)
            self.hovered = None

    def place(self, bands: Bands, ratio: float) -> None:
        self.bands, self.ratio = bands, ratio
        self.axis = self.axis.resized(round(bands.chart * ratio))
        self.scroll_to(self.scroll)

    @property
    def lane_count(self) -> int:
        return self.rows.lane_count if self.rows is not None else 0

    @property
    def most_scroll(self) -> int:
        return max(self.lane_count * LANE - self.bands.rows_height, 0)

    def scroll_to(self, scroll: int) -> None:
        self.scroll = min(max(scroll, 0), self.most_scroll)

    @property
    def selected(self) -> int | None:
        """The selected range, in `Stretches`."""
        if self.rows is None or self.state.selected is None:
            return None
        key = (id(self.rows), self.state.selected, self.state.stretch)
        if self._selected is None or self._selected[0] != key:
            self._selected = key, self.rows.stretches.find(self.state.selected, self.state.stretch)
        return self._selected[1]

    @property
    def selected_row(self) -> SoundRow | None:
        """The row of the selected label, which may have no range at all."""
        at = self.selected
        if self.rows is not None and at is not None:
            return self.row_at(int(self.rows.lanes[at]))
        return self.rows.row_of(self.state.selected) if self.rows is not None and self.state.selected else None

    def samples_of(self, at: int) -> tuple[float, float]:
        """Where a range starts and ends, in samples."""
        assert self.rows is not None
        stretches = self.rows.stretches
        return self.axis.sample_of(float(stretches.starts[at])), self.axis.sample_of(float(stretches.ends[at]))

    def reveal(self, at: int) -> None:
        """Bring a range into view, moving no further than needed."""
        assert self.rows is not None
        self.axis = self.axis.including(*self.samples_of(at))
        top = int(self.rows.lanes[at]) * LANE
        self.scroll_to(min(max(self.scroll, top + LANE - self.bands.rows_height), top))

    # ---------------------------------------------------------------- what lies where

    def column_at(self, x: float) -> float:
        """Of pixels under a point of the widget, not rounded."""
        return (x - self.bands.left) * self.ratio

    def x_of(self, sample: float) -> float:
        """A sample in pixels of the widget, on a whole column of the screen, as all edges are drawn."""
        return self.bands.left + round(self.axis.x_of(sample)) / self.ratio

    @property
    def least_bar(self) -> int:
        return round(LEAST_BAR * self.ratio)

    def sample_at(self, x: float) -> float:
        """The sample that a click means, within the sound."""
        return min(max(self.axis.sample_at(self.column_at(x)), 0.0), self.axis.count)

    def row_at(self, lane: int | None) -> SoundRow | None:
        if self.rows is None or lane is None:
            return None
        return self.rows.rows[int(self.rows.row_at_lane[lane])]

    def hit(self, x: float, y: float) -> Hit:
        """What lies under a point of the widget."""
        bands, sample = self.bands, self.sample_at(x)
        lane = bands.lane_at(y, self.scroll, self.lane_count)
        if abs(x - bands.left) <= EDGE:
            return Hit("edge", sample)
        if abs(y - bands.cover_top) <= EDGE / 2:
            return Hit("split", sample)
        if x < bands.left:
            return Hit("names", sample, lane) if y >= bands.rows_top else Hit("corner", sample)
        if y < bands.media_top:
            return Hit("ruler", sample)
        if y < bands.cover_top:
            return Hit("media", sample)
        if y < bands.rows_top:
            return Hit("cover", sample)
        return Hit("rows", sample, lane, self._range_at(lane, x))

    def _range_at(self, lane: int | None, x: float) -> int | None:
        """A bar as it is drawn: narrow ones are as wide as they can be seen."""
        if self.rows is None or lane is None:
            return None
        column, slack = self.column_at(x), self.least_bar / 2 + 0.5
        times = [self.axis.milliseconds(self.axis.sample_at(column + side * slack)) for side in (-1, 1)]
        return self.rows.covering(lane, times[0], times[1])

    def edges_near(self, edges: np.ndarray, sample: float) -> tuple[float, float] | None:
        """The gap or overlap under a sample, in milliseconds; those too narrow for the pointer are met around it."""
        slack = self.axis.milliseconds(self.axis.per_column * self.least_bar)
        moment = self.axis.milliseconds(sample)
        found = np.flatnonzero((edges[:, 0] - slack <= moment) & (moment <= edges[:, 1] + slack))
        if not len(found):
            return None
        nearest = found[np.argmin(np.abs(edges[found].mean(axis=1) - moment))]
        return float(edges[nearest, 0]), float(edges[nearest, 1])
