"""Close-up: what is in view of a page, drawn anew as large as it is seen. Without Qt; made in the background."""

from __future__ import annotations

from dataclasses import dataclass, replace

from viewer.canvas.build import MARGIN, Exhibit, Overlay
from viewer.canvas.levels import Adjust, build_levels
from viewer.canvas.region import Region
from viewer.canvas.stage import Changed, Run
from viewer.errors import ViewerError
from viewer.media.kinds import Picture


@dataclass(frozen=True, slots=True, eq=False)
class _Made:
    picture: Picture
    adjust: Adjust
    overlay: Overlay | None
    """None where it could not be drawn."""


class CloseUp:
    """One is made at a time; the last one stays until the next is there."""

    def __init__(self, run: Run, changed: Changed) -> None:
        self.is_busy = False
        self._run = run
        self._changed = changed
        self._made: _Made | None = None

    def of(self, exhibit: Exhibit, scale: float) -> Overlay | None:
        """What lies over the picture; nothing where that is as sharp as it is seen."""
        made = self._made_of(exhibit)
        return made.overlay if made is not None and scale > 1 else None

    def follow(self, exhibit: Exhibit, scale: float, view: Region) -> None:
        """Have it made for what is seen so, if it is worth it and not there yet."""
        picture, adjust, made = exhibit.picture, exhibit.adjust, self._made_of(exhibit)
        if self.is_busy or picture is None or not self.is_worth(exhibit, scale):
            return
        if made is not None and (made.overlay is None or made.overlay.serves(scale, view)):
            return
        extent = Region(0, 0, *(round(side * scale) for side in picture.size))
        seen = view.meet(extent)
        if seen.width and seen.height:
            region = view.grown(MARGIN, MARGIN).meet(extent)
            self.is_busy = True
            self._run(("close-up", id(self)), lambda: _make(picture, adjust, scale, region, extent), self._landed)

    @staticmethod
    def is_worth(exhibit: Exhibit, scale: float) -> bool:
        """Whether the picture can be drawn larger than it is, and is seen larger."""
        picture = exhibit.picture
        return picture is not None and picture.closer is not None and scale > 1 and exhibit.size == picture.size

    def _made_of(self, exhibit: Exhibit) -> _Made | None:
        made = self._made
        return made if made and (made.picture is exhibit.picture and made.adjust == exhibit.adjust) else None

    def _landed(self, made: _Made) -> None:
        self.is_busy = False
        self._made = made
        self._changed()


def _make(picture: Picture, adjust: Adjust, scale: float, region: Region, extent: Region) -> _Made:
    assert picture.closer is not None
    try:
        drawn = picture.closer(scale, *region)
    except ViewerError:
        return _Made(picture, adjust, None)  # of a file that is gone by now it is told where the next page is wanted
    image = build_levels(replace(picture, shown=drawn), adjust).images[0]
    return _Made(picture, adjust, Overlay(image, scale, region, extent, draft=False))
