"""What of a long row of positions is seen: positions to pixels and back, zoomed and panned. Frames and characters alike."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Self


@dataclass(frozen=True, slots=True)
class AxisView:
    """`count` positions, of which those from `first` on are seen in `width` pixels, `scale` pixels each."""

    count: float
    width: float
    first: float
    scale: float

    CLOSEST: ClassVar[float] = 64.0
    """Pixels of one position when zoomed in as far as goes, unless all positions together need fewer."""

    @classmethod
    def fit(cls, count: int, width: float) -> Self:
        """All positions at once."""
        count, width = max(count, 1), max(width, 1)
        return cls(count, width, 0.0, width / count)

    @property
    def fits(self) -> bool:
        return self.scale <= self.width / self.count

    @property
    def span(self) -> float:
        """How many positions are seen."""
        return self.width / self.scale

    def x_of(self, position: float) -> float:
        """Where a position begins, in pixels from the left edge."""
        return (position - self.first) * self.scale

    def zoomed_at(self, x: float, factor: float) -> Self:
        """What lies under `x` stays there, as far as the ends allow."""
        scale = self.allowed(self.scale * factor)
        under = self.first + x / self.scale
        return replace(self, scale=scale, first=under - x / scale).kept_in()

    def panned(self, pixels: float) -> Self:
        """Look further on by so many pixels."""
        return replace(self, first=self.first + pixels / self.scale).kept_in()

    def resized(self, width: float) -> Self:
        """With room for more or fewer pixels; all positions stay in view if they were."""
        if self.fits:
            return type(self).fit(int(self.count), width)
        return replace(self, width=max(width, 1)).zoomed_at(0, 1)

    def allowed(self, scale: float) -> float:
        """The nearest scale that shows neither less than goes nor more than there is."""
        least = self.width / self.count
        return min(max(scale, least), max(self.CLOSEST, least))

    def kept_in(self) -> Self:
        """With nothing beyond the ends in view."""
        return replace(self, first=min(max(self.first, 0.0), max(self.count - self.span, 0.0)))
