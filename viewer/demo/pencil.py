"""A pencil: draws in picture pixels at twice the resolution and remembers which pixels belong to what.

Coordinates are floats in pixels of the finished picture, origin at its top-left corner, y down. Whatever is drawn
between `begin('x')` and the next `begin` is part of x; what is drawn later covers it, so that `visible('x')` is
exactly what a person would mask.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw, ImageFilter

Point = tuple[float, float]
Colour = tuple[int, int, int] | tuple[int, int, int, int]
SCALE = 2
_SPAN = (np.arange(96) + 0.5) / 48 - 1
_DISTANCE = np.hypot(_SPAN[np.newaxis], _SPAN[:, np.newaxis])
_FALL = Image.fromarray(np.rint(255 * np.clip(1 - _DISTANCE, 0, 1) ** 2).astype(np.uint8))
"""Light that falls off from the centre to the edge."""


class Pencil:
    """An RGB drawing of `width` x `height` pixels."""

    def __init__(self, width: int, height: int, ground: Colour = (0, 0, 0)) -> None:
        self.width, self.height = width, height
        size = (width * SCALE, height * SCALE)
        self._image = Image.new("RGB", size, ground[:3])
        self._parts = Image.new("L", size, 0)
        self._names: list[str] = [""]
        self._now = 0
        self._textures: list[tuple[str, int, tuple[int, int]]] = []
        self._take_up()

    def copy(self) -> Pencil:
        """A second drawing that begins as this one: a frame over a common background."""
        other = object.__new__(Pencil)
        other.width, other.height = self.width, self.height
        other._image, other._parts = self._image.copy(), self._parts.copy()
        other._names, other._now, other._textures = list(self._names), 0, list(self._textures)
        other._take_up()
        return other

    def _take_up(self) -> None:
        self._draw = ImageDraw.Draw(self._image, "RGBA")
        self._mark = ImageDraw.Draw(self._parts)

    # ---- parts

    def begin(self, name: str = "") -> None:
        """What follows belongs to `name`, or to nothing."""
        if name not in self._names:
            self._names.append(name)
        self._now = self._names.index(name)

    def visible(self, name: str) -> NDArray[np.bool_]:
        """Where `name` can be seen: bool (height, width), true where at least half of the pixel is its own."""
        own = self._names.index(name)
        quarters = self._parts.point([255 if part == own else 0 for part in range(256)]).reduce(SCALE)
        return np.asarray(quarters) >= 127

    def cut_out(self) -> Image.Image:
        """What belongs to something, at `SCALE` times the size, and see-through around it."""
        whole = self._image.copy()
        whole.putalpha(self._parts.point([0] + [255] * 255))
        return whole

    # ---- strokes

    def polygon(self, points: Sequence[Point], fill: Colour) -> None:
        flat = [(x * SCALE, y * SCALE) for x, y in points]
        self._draw.polygon(flat, fill=fill)
        if _solid(fill):
            self._mark.polygon(flat, fill=self._now)

    def rectangle(self, x: float, y: float, w: float, h: float, fill: Colour, radius: float = 0.0) -> None:
        box = (x * SCALE, y * SCALE, (x + w) * SCALE - 1, (y + h) * SCALE - 1)
        self._draw.rounded_rectangle(box, radius * SCALE, fill=fill)
        if _solid(fill):
            self._mark.rounded_rectangle(box, radius * SCALE, fill=self._now)

    def ellipse(self, cx: float, cy: float, rx: float, ry: float, fill: Colour, theta: float = 0.0) -> None:
        """`theta` in degrees, clockwise on screen."""
        self.polygon(ellipse_points(cx, cy, rx, ry, theta), fill)

    def line(self, points: Sequence[Point], width: float, fill: Colour) -> None:
        """With round ends and joints."""
        flat = [(x * SCALE, y * SCALE) for x, y in points]
        thick = max(1, round(width * SCALE))
        targets = [(self._draw, fill), (self._mark, self._now)] if _solid(fill) else [(self._draw, fill)]
        for draw, colour in targets:
            draw.line(flat, fill=colour, width=thick, joint="curve")
            if thick > 2 and _solid(fill):
                for x, y in (flat[0], flat[-1]):
                    half = thick / 2
                    draw.ellipse((x - half, y - half, x + half - 1, y + half - 1), fill=colour)

    def taper(self, a: Point, b: Point, width_a: float, width_b: float, fill: Colour) -> None:
        """A limb: a line that is `width_a` wide at `a` and `width_b` at `b`, round at both ends."""
        along = math.atan2(b[1] - a[1], b[0] - a[0])
        across = (-math.sin(along), math.cos(along))
        corners = [
            (end[0] + side * across[0] * width / 2, end[1] + side * across[1] * width / 2)
            for end, width, side in ((a, width_a, 1), (b, width_b, 1), (b, width_b, -1), (a, width_a, -1))
        ]
        self.polygon(corners, fill)
        self.ellipse(*a, width_a / 2, width_a / 2, fill)
        self.ellipse(*b, width_b / 2, width_b / 2, fill)

    # ---- light

    def gradient(self, x: int, y: int, w: int, h: int, stops: Sequence[tuple[float, Colour]]) -> None:
        """A vertical gradient over a rectangle; `stops` are (0 to 1, colour) from top to bottom."""
        rows = np.linspace(0, 1, h * SCALE)
        places = [place for place, _ in stops]
        column = np.stack([np.interp(rows, places, [colour[i] for _, colour in stops]) for i in range(3)], axis=1)
        strip = Image.fromarray(np.rint(column).astype(np.uint8)[:, np.newaxis])
        self._image.paste(strip.resize((w * SCALE, h * SCALE)), (x * SCALE, y * SCALE))
        self._mark.rectangle((x * SCALE, y * SCALE, (x + w) * SCALE - 1, (y + h) * SCALE - 1), fill=self._now)

    def glow(self, cx: float, cy: float, radius: float, colour: Colour) -> None:
        """Light around a point, added to what is there."""
        corner, fall = self._falling(cx, cy, radius, radius)
        light = Image.merge("RGB", [fall.point([step * part // 255 for step in range(256)]) for part in colour[:3]])
        below = self._image.crop((*corner, corner[0] + light.width, corner[1] + light.height))
        self._image.paste(ImageChops.add(below, light), corner)

    def shade(self, cx: float, cy: float, radius: float, strength: float = 0.5, flat: float = 1.0) -> None:
        """A soft shadow around a point; `flat` below 1 squeezes it vertically."""
        corner, fall = self._falling(cx, cy, radius, radius * flat)
        dark = Image.new("RGB", fall.size, (6, 6, 14))
        self._image.paste(dark, corner, fall.point([round(step * strength) for step in range(256)]))

    def _falling(self, cx: float, cy: float, rx: float, ry: float) -> tuple[tuple[int, int], Image.Image]:
        """Top-left corner and a grey picture that is white at the centre of an ellipse and black outside it."""
        corner = (round((cx - rx) * SCALE), round((cy - ry) * SCALE))
        return corner, _FALL.resize((max(1, round(2 * rx * SCALE)), max(1, round(2 * ry * SCALE))))

    def shadow(self, points: Sequence[Point], dx: float, dy: float, blur: float, strength: float = 0.45) -> None:
        """The blurred shadow that a flat thing casts on what is there."""
        xs, ys = [x + dx for x, _ in points], [y + dy for _, y in points]
        box = self._clipped(min(xs) - 3 * blur, min(ys) - 3 * blur, max(xs) + 3 * blur, max(ys) + 3 * blur)
        if box is None:
            return
        mask = Image.new("L", (box[2] - box[0], box[3] - box[1]), 0)
        moved = [(x * SCALE - box[0], y * SCALE - box[1]) for x, y in zip(xs, ys, strict=True)]
        ImageDraw.Draw(mask).polygon(moved, fill=round(255 * strength))
        mask = mask.filter(ImageFilter.BoxBlur(blur * SCALE / 2)).filter(ImageFilter.BoxBlur(blur * SCALE / 2))
        self._image.paste((8, 8, 20), box[:2], mask)

    def texture(self, name: str, amount: int, stretch: tuple[int, int] = (1, 1)) -> None:
        """Lets the finished picture be uneven where `name` is visible, by up to `amount` steps of brightness.

        `stretch` makes the grains longer than one pixel: x, y.
        """
        self._textures.append((name, amount, stretch))

    def _clipped(self, left: float, top: float, right: float, bottom: float) -> tuple[int, int, int, int] | None:
        x0, y0 = max(0, math.floor(left * SCALE)), max(0, math.floor(top * SCALE))
        x1, y1 = min(self.width * SCALE, math.ceil(right * SCALE)), min(self.height * SCALE, math.ceil(bottom * SCALE))
        return (x0, y0, x1, y1) if x1 > x0 and y1 > y0 else None

    # ---- the end

    def finish(self, seed: int = 0, noise: int = 3) -> Image.Image:
        """The picture, with the textures and the faint noise of a camera."""
        rng = np.random.default_rng(seed)
        grain = rng.integers(-noise, noise + 1, (self.height, self.width), np.int16)
        for name, amount, (across, down) in self._textures:
            cells = (-(-self.height // down), -(-self.width // across))
            coarse = rng.integers(-amount, amount + 1, cells, np.int16)
            grain += np.repeat(np.repeat(coarse, down, 0), across, 1)[: self.height, : self.width] * self.visible(name)
        layer = Image.fromarray((grain + 128).clip(0, 255).astype(np.uint8))
        return ImageChops.add(self._image.reduce(SCALE), Image.merge("RGB", [layer] * 3), offset=-128)


def ellipse_points(cx: float, cy: float, rx: float, ry: float, theta: float = 0.0, n: int = 72) -> list[Point]:
    """`n` points around an ellipse turned by `theta` degrees clockwise."""
    turn = math.radians(theta)
    cos, sin = math.cos(turn), math.sin(turn)
    points = []
    for step in range(n):
        x, y = rx * math.cos(2 * math.pi * step / n), ry * math.sin(2 * math.pi * step / n)
        points.append((cx + x * cos - y * sin, cy + x * sin + y * cos))
    return points


def turned(points: Sequence[Point], cx: float, cy: float, theta: float) -> list[Point]:
    """Points given relative to a centre, turned by `theta` degrees clockwise and put at (cx, cy)."""
    turn = math.radians(theta)
    cos, sin = math.cos(turn), math.sin(turn)
    return [(cx + x * cos - y * sin, cy + x * sin + y * cos) for x, y in points]


def blob(
    rng: np.random.Generator, cx: float, cy: float, radius: float, n: int = 28, rough: float = 0.12
) -> list[Point]:
    """A smooth irregular ring: a cell, an island, a cloud."""
    angles = np.arange(n) * 2 * np.pi / n
    reach = np.full(n, float(radius))
    for wave in (2, 3, 4):
        reach += radius * rng.normal(0, rough / wave) * np.cos(wave * angles + rng.uniform(0, 2 * np.pi))
    return [(cx + r * math.cos(a), cy + r * math.sin(a)) for r, a in zip(reach.tolist(), angles.tolist(), strict=True)]


def smooth(points: Sequence[Point], times: int = 2) -> list[Point]:
    """A ring with its corners cut off `times` times: of every side its middle half is left."""
    ring = list(points)
    for _ in range(times):
        cut: list[Point] = []
        for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
            cut += [(0.75 * ax + 0.25 * bx, 0.75 * ay + 0.25 * by), (0.25 * ax + 0.75 * bx, 0.25 * ay + 0.75 * by)]
        ring = cut
    return ring


def mixed(a: Colour, b: Colour, share: float) -> tuple[int, int, int]:
    """`a` with `share` (0 to 1) of `b`."""
    return (
        round(a[0] + (b[0] - a[0]) * share),
        round(a[1] + (b[1] - a[1]) * share),
        round(a[2] + (b[2] - a[2]) * share),
    )


def _solid(colour: Colour) -> bool:
    return len(colour) < 4 or colour[3] > 200
