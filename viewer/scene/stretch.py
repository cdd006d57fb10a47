"""Stretch: pictures whose pixels are not square, and what is labelled on them, seen in true proportion."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from viewer.media.kinds import Picture
from viewer.scene.marks import Mark, Scene
from viewer.shapes.sketch import Bounds
from viewer.size import Size

MOST = 100.0
"""A pixel that is said to be more than so many times as long as wide is a mistake in the file."""


class Stretch(NamedTuple):
    """How many times as wide and as high as stored something is shown; one of both is 1, and nothing ever shrinks."""

    across: float = 1.0
    down: float = 1.0

    @staticmethod
    def of(picture: Picture | None, size: Size) -> Stretch:
        """For a frame of `size` with this picture on it, such that both sides are whole pixels."""
        aspect = 1.0 if picture is None or picture.plane is None else picture.plane.aspect
        if not 1 / MOST <= aspect <= MOST:
            return UNSTRETCHED
        across, down = max(1 / aspect, 1.0), max(aspect, 1.0)
        return Stretch(round(size.width * across) / size.width, round(size.height * down) / size.height)

    def size(self, stored: Size) -> Size:
        """As shown, of a frame that is stored so large."""
        return Size(round(stored.width * self.across), round(stored.height * self.down))

    def stored(self, shown: Size) -> Size:
        """The way back from `size`."""
        return Size(round(shown.width / self.across), round(shown.height / self.down))

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the stored frame is shown."""
        return x * self.across, y * self.down

    def back(self, x: float, y: float) -> tuple[float, float]:
        """The stored frame's point that is shown here."""
        return x / self.across, y / self.down

    def bounds(self, bounds: Bounds) -> Bounds:
        return Bounds(*self.point(bounds.left, bounds.top), *self.point(bounds.right, bounds.bottom))

    def scene(self, scene: Scene) -> Scene:
        """Everything of it where it is shown; the very same scene where nothing is stretched."""
        if self == UNSTRETCHED:
            return scene
        trail = scene.trail and replace(scene.trail, points=scene.trail.points * self)
        marks = tuple(self._mark(mark) for mark in scene.marks)
        return replace(scene, size=self.size(scene.size), marks=marks, trail=trail)

    def _mark(self, mark: Mark) -> Mark:
        sketch = mark.sketch.stretched(self.across, self.down)
        return replace(mark, sketch=sketch, area=mark.area * self.across * self.down)


UNSTRETCHED = Stretch()
