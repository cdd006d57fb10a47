"""Things that move in a film: each is drawn once with the pencil and then put on as many frames as need it.

Places are multiples of half a pixel, the pencil's own grid, so that a thing looks the same wherever it is put, and
its label can be read from its pixels. x and y of a sprite are those of its anchor: where it stands on the ground.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from viewer.demo.pencil import SCALE, Pencil, Point

_FALL = np.clip(1 - np.hypot(*np.mgrid[-1:1:96j, -1:1:96j]), 0, 1) ** 1.5


def snap(value: float) -> float:
    """The nearest half pixel."""
    return round(value * SCALE) / SCALE


class Bounds(NamedTuple):
    """Around an anchor, in pixels."""

    left: float
    top: float
    right: float
    bottom: float


class _Cut(NamedTuple):
    """A sprite at one of its positions within a pixel."""

    colours: Image.Image
    share: Image.Image
    """How much of each pixel it covers."""
    own: Image.Image
    """255 where at least half of the pixel is its own, 0 elsewhere."""
    area: int


class Sprite:
    """`picture` is RGBA at the pencil's scale; `anchor` in pixels from its top-left corner."""

    def __init__(self, picture: Image.Image, anchor: Point) -> None:
        self._picture, self.anchor = picture, anchor
        self._cuts: dict[tuple[int, int], _Cut] = {}

    @classmethod
    def of(cls, pencil: Pencil, anchor: Point, strength: float = 1.0) -> Sprite:
        """What has been drawn with the pencil, see-through where `strength` is below 1."""
        picture = pencil.cut_out()
        if strength < 1:
            picture.putalpha(picture.getchannel("A").point([round(step * strength) for step in range(256)]))
        return cls(picture, anchor)

    @cached_property
    def bounds(self) -> Bounds:
        """What its pixels reach to, from the anchor."""
        left, top, right, bottom = self._picture.getchannel("A").getbbox() or (0, 0, 0, 0)
        x, y = self.anchor
        return Bounds(left / SCALE - x, top / SCALE - y, right / SCALE - x, bottom / SCALE - y)

    def turned(self, theta: float) -> Sprite:
        """Turned around its anchor by `theta` degrees clockwise; what leaves the picture is lost."""
        centre = (self.anchor[0] * SCALE, self.anchor[1] * SCALE)
        return Sprite(self._picture.rotate(-theta, Image.Resampling.BILINEAR, center=centre), self.anchor)

    def cut(self, right: int, down: int) -> _Cut:
        """At so many half pixels past a whole one."""
        if (right, down) not in self._cuts:
            width, height = (-(-side // SCALE) * SCALE + SCALE for side in self._picture.size)
            moved = Image.new("RGBA", (width, height))
            moved.paste(self._picture, (right, down))
            small = moved.reduce(SCALE)
            share = small.getchannel("A")
            own = share.point([255 if step >= 127 else 0 for step in range(256)])
            self._cuts[right, down] = _Cut(small.convert("RGB"), share, own, own.histogram()[255])
        return self._cuts[right, down]


class Poses:
    """Sprites by what `draw` is told of the pose; each is drawn when it is first needed."""

    def __init__(self, draw: Callable[..., Sprite]) -> None:
        self._draw = draw
        self._drawn: dict[tuple[object, ...], Sprite] = {}

    def __call__(self, *pose: object) -> Sprite:
        if pose not in self._drawn:
            self._drawn[pose] = self._draw(*pose)
        return self._drawn[pose]


def shadow(rx: float, ry: float, strength: float = 0.42) -> Sprite:
    """The soft shadow of something, its anchor in the middle; it belongs to no thing."""
    fall = Image.fromarray(np.rint(255 * strength * _FALL).astype(np.uint8))
    picture = Image.new("RGBA", (round(2 * rx * SCALE), round(2 * ry * SCALE)), (10, 12, 26, 255))
    picture.putalpha(fall.resize(picture.size))
    return Sprite(picture, (rx, ry))


@dataclass(frozen=True, slots=True)
class Put:
    """A sprite on a frame. What has a smaller `depth`, the y of where it stands, is behind."""

    sprite: Sprite
    x: float
    y: float
    depth: float
    name: str = ""
    """What it belongs to; nothing asks for scenery."""
    shade: Sprite | None = None


class _Pasted(NamedTuple):
    """What a sprite covers on a frame: its number, its pixels where nothing hides it, and where they are."""

    number: int
    area: int
    rows: slice
    columns: slice


class Stage:
    """One frame: puts sprites on a background and remembers which pixels belong to what."""

    def __init__(self, background: Image.Image, puts: Iterable[Put]) -> None:
        self.picture = background.copy()
        self.width, self.height = background.size
        self._owners = Image.new("L", background.size)
        self._named: dict[str, _Pasted] = {}
        for number, put in enumerate(sorted(puts, key=lambda put: put.depth), 1):
            if put.shade is not None:
                self._paste(put.shade, put.x, put.y, 0)
            pasted = self._paste(put.sprite, put.x, put.y, number)
            if put.name:
                self._named[put.name] = pasted
        self._owned = np.asarray(self._owners)

    def _paste(self, sprite: Sprite, x: float, y: float, number: int) -> _Pasted:
        """`number` 0 is that of nothing: what it covers stays with whom it belongs to."""
        left, top = round((x - sprite.anchor[0]) * SCALE), round((y - sprite.anchor[1]) * SCALE)
        cut = sprite.cut(left % SCALE, top % SCALE)
        corner = (left // SCALE, top // SCALE)
        self.picture.paste(cut.colours, corner, cut.share)
        box = (*corner, corner[0] + cut.own.width, corner[1] + cut.own.height)
        if number:
            self._owners.paste(number, box, cut.own)
        rows, columns = slice(max(0, box[1]), max(0, box[3])), slice(max(0, box[0]), max(0, box[2]))
        return _Pasted(number, cut.area, rows, columns)

    def visible(self, name: str) -> NDArray[np.bool_]:
        """Where `name` can be seen: bool (height, width)."""
        number, _, rows, columns = self._named[name]
        mask = np.zeros(self._owned.shape, bool)
        mask[rows, columns] = self._owned[rows, columns] == number
        return mask

    def share_seen(self, name: str) -> float:
        """How much of it can be seen, 0 to 1: what other things hide and what lies outside is not."""
        number, area, rows, columns = self._named[name]
        return int((self._owned[rows, columns] == number).sum()) / max(1, area)
