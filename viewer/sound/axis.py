"""Axis of a sound: samples to columns of pixels and back, from the whole file down to parts of one sample."""

from __future__ import annotations

from dataclasses import dataclass, replace

WIDEST = 64.0
"""Columns of one sample when zoomed in as far as goes."""
MARGIN = 0.06
"""Of the width, left free on both sides of a stretch that is zoomed to."""


@dataclass(frozen=True, slots=True)
class SoundAxis:
    """`count` samples, of which those from `first` on are seen in `width` columns, `per_column` samples each.

    Columns are pixels of the screen. Samples are moments: sample n lies `n - first` samples right of the left edge.
    """

    rate: float
    """Samples a second; 1000 where there is no sound, so that positions are milliseconds."""
    count: float
    width: int
    first: float
    per_column: float

    @classmethod
    def fit(cls, rate: float, count: float, width: int) -> SoundAxis:
        """All of the sound at once."""
        count, width = max(count, 1.0), max(width, 1)
        return cls(rate, count, width, 0.0, count / width)

    @property
    def span(self) -> float:
        """How many samples are seen."""
        return self.width * self.per_column

    @property
    def fits(self) -> bool:
        return self.per_column >= self.count / self.width

    def x_of(self, sample: float) -> float:
        """Where a sample lies, in columns from the left edge."""
        return (sample - self.first) / self.per_column

    def sample_at(self, column: float) -> float:
        """What lies there, before the beginning and after the end too."""
        return self.first + column * self.per_column

    def sample_of(self, milliseconds: float) -> float:
        """A moment of the export as a place among the samples, not rounded."""
        return milliseconds * self.rate / 1000

    def milliseconds(self, sample: float) -> float:
        return sample * 1000 / self.rate

    def x_of_time(self, milliseconds: float) -> float:
        return self.x_of(self.sample_of(milliseconds))

    def shows(self, sample: float) -> bool:
        return 0 <= self.x_of(sample) <= self.width

    def zoomed_at(self, column: float, factor: float) -> SoundAxis:
        """What lies under `column` stays there, as far as the ends allow; with a `factor` above 1 less is seen."""
        per_column = self._allowed(self.per_column / factor)
        return replace(self, per_column=per_column, first=self.sample_at(column) - column * per_column)._kept_in()

    def panned(self, columns: float) -> SoundAxis:
        """Look further on by so many columns."""
        return replace(self, first=self.first + columns * self.per_column)._kept_in()

    def from_sample(self, first: float) -> SoundAxis:
        return replace(self, first=first)._kept_in()

    def showing(self, start: float, end: float) -> SoundAxis:
        """The stretch between two samples, as large as goes with some room on both sides."""
        per_column = self._allowed(max(end - start, 1.0) / (self.width * (1 - 2 * MARGIN)))
        first = (start + end - self.width * per_column) / 2
        return replace(self, per_column=per_column, first=first)._kept_in()

    def including(self, start: float, end: float) -> SoundAxis:
        """The nearest view in which a stretch is seen, or its beginning where it is longer than the view."""
        if self.first <= start and end <= self.first + self.span:
            return self
        if end - start >= self.span * (1 - 2 * MARGIN):
            if start <= self.first and self.first + self.span <= end:
                return self  # nothing but the stretch is seen already
            return self.from_sample(start - MARGIN * self.span)
        return self.from_sample((start + end - self.span) / 2)

    def following(self, sample: float) -> SoundAxis:
        """The nearest view with a sample in it: as it is, else the next page, else around it."""
        if self.shows(sample):
            return self
        if self.span < sample - self.first < 2 * self.span:
            return self.from_sample(sample - MARGIN * self.span)
        return self.from_sample(sample - self.span / 2)

    def resized(self, width: int) -> SoundAxis:
        """With room for more or fewer columns; all of it stays in view if it was."""
        if self.fits:
            return SoundAxis.fit(self.rate, self.count, width)
        return replace(self, width=max(width, 1)).zoomed_at(0, 1)

    def with_count(self, count: float) -> SoundAxis:
        """Of a sound that is longer or shorter than was thought; all of it stays in view if it was."""
        if self.fits:
            return SoundAxis.fit(self.rate, count, self.width)
        return replace(self, count=max(count, 1.0)).zoomed_at(0, 1)

    def _allowed(self, per_column: float) -> float:
        most = self.count / self.width
        return min(max(per_column, 1 / WIDEST), max(most, 1 / WIDEST))

    def _kept_in(self) -> SoundAxis:
        return replace(self, first=min(max(self.first, 0.0), max(self.count - self.span, 0.0)))
