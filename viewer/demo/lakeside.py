"""The scenery of the film: a lake, a railway along it, a promenade and a road; all that is behind everything."""

from __future__ import annotations

import math

import numpy as np
from PIL import Image

from viewer.demo.geometry import Frame
from viewer.demo.pencil import Colour, Pencil, Point, mixed

FRAME = Frame(960, 540)
SHORE, WALL, RAIL, HEDGE, PATH, LANE, KERB, ROAD_END = 196, 318, 336, 360, 402, 424, 429, 514
"""Lines across the picture, from the far shore down to the near edge of the road."""
CROSSING = (560.0, 652.0)
"""From where to where the path crosses the rails."""
DECK = 288.0
"""The landing stage, on which one can stand."""
FLAG = (705.5, 192.0)
"""Where the flag is tied to its pole."""
CLOCK = (504.0, 284.0)
_SHIMMERS = 40
_WATER: list[tuple[float, Colour]] = [(0, (150, 190, 206)), (0.25, (92, 152, 184)), (1, (38, 104, 142))]


class Scenery:
    """What is behind everything: only the light on the water changes."""

    def __init__(self) -> None:
        pencil = _background()
        glints = []
        for seed in (1, 2):
            copy = pencil.copy()
            _glints(copy, np.random.default_rng(seed))
            glints.append(copy.finish(5, noise=2))
        self._picture = glints[0]
        first, second = (picture.crop((0, SHORE, FRAME.width, WALL)) for picture in glints)
        self._waters = [Image.blend(first, second, 0.5 - 0.5 * math.cos(math.pi * n / 20)) for n in range(_SHIMMERS)]

    def at(self, frame: int) -> Image.Image:
        """To be copied before it is drawn on."""
        # every second frame, which the eye does not notice and the film need not store
        self._picture.paste(self._waters[frame // 2 * 2 % _SHIMMERS], (0, SHORE))
        return self._picture


def _background() -> Pencil:
    pencil = Pencil(*FRAME)
    _sky(pencil)
    _mountains(pencil)
    _far_shore(pencil)
    _rails(pencil)
    _road(pencil)
    return pencil


def _sky(pencil: Pencil) -> None:
    pencil.gradient(0, 0, FRAME.width, 200, [(0, (92, 152, 214)), (0.55, (164, 202, 232)), (1, (248, 230, 206))])
    pencil.glow(776, 168, 330, (70, 48, 18))
    for x, y, size in ((150, 62, 1.0), (430, 38, 0.7), (640, 84, 0.5), (880, 50, 0.9), (300, 112, 0.45)):
        for dx, dy, rx, ry in ((-62, 8, 40, 12), (-26, -4, 40, 20), (22, -8, 46, 24), (66, 6, 44, 14), (6, 12, 96, 10)):
            pencil.ellipse(x + dx * size, y + dy * size, rx * size, ry * size, (246, 246, 248))
        for dx, dy, rx, ry in ((-56, 14, 34, 6), (-16, 12, 40, 9), (34, 11, 44, 10), (74, 14, 30, 6)):
            pencil.ellipse(x + dx * size, y + dy * size, rx * size, ry * size, (226, 232, 242))


def _ridge(base: float, peaks: list[Point], rough: float, seed: int) -> list[Point]:
    """The line of hills through `peaks` with a broken edge, from the left of the picture to its right."""
    rng = np.random.default_rng(seed)
    xs = np.arange(0, FRAME.width + 8, 8)
    ys = np.interp(xs, [x for x, _ in peaks], [y for _, y in peaks])
    ys = ys + np.convolve(rng.normal(0, rough, xs.size), [0.25, 0.5, 0.25], "same")
    return [(float(x), min(base, float(y))) for x, y in zip(xs, ys, strict=True)]


def _mountains(pencil: Pencil) -> None:
    far: list[Point] = [
        (0, 112),
        (90, 84),
        (170, 122),
        (262, 70),
        (330, 108),
        (410, 92),
        (520, 146),
        (700, 168),
        (960, 150),
    ]
    line = _ridge(SHORE, far, 3.4, 3)
    pencil.polygon([*line, (964, SHORE), (0, SHORE)], (150, 170, 202))
    for x in (90, 262, 410):
        # snow lies where the mountain is highest
        cap = [(px, py) for px, py in line if abs(px - x) < 52]
        lower = [
            (px, py + max(0.0, 26 - 0.5 * abs(px - x)) * (0.75 + 0.35 * math.sin(px / 3.1))) for px, py in reversed(cap)
        ]
        pencil.polygon([*cap, *lower], (240, 242, 248))
    middle: list[Point] = [(0, 150), (120, 132), (260, 160), (380, 150), (560, 178), (690, 186), (820, 150), (960, 118)]
    pencil.polygon([*_ridge(SHORE, middle, 2.6, 5), (964, SHORE), (0, SHORE)], (116, 144, 172))
    near: list[Point] = [(0, 176), (160, 168), (330, 184), (560, 190), (760, 188), (880, 170), (960, 156)]
    pencil.polygon([*_ridge(SHORE, near, 2.0, 8), (964, SHORE), (0, SHORE)], (88, 126, 118))


def _far_shore(pencil: Pencil) -> None:
    """A village with its church, and the lake with what mirrors in it."""
    rng = np.random.default_rng(12)
    pencil.begin("lake")
    pencil.gradient(0, SHORE, FRAME.width, WALL - SHORE, _WATER)
    pencil.begin()
    for x in range(0, 964, 4):
        depth = 9 + 7 * math.sin(x / 90) + 3 * math.sin(x / 17)
        pencil.rectangle(x, SHORE, 4, max(3.0, depth), (70, 118, 128, 110))
    for x in range(10, 960, 11):
        tall = float(rng.uniform(4, 10))
        pencil.ellipse(x, SHORE - tall / 2, 8, tall, mixed((74, 112, 88), (104, 140, 104), float(rng.uniform())))
    for x, w, h, roof in (
        (508, 17, 11, 0),
        (530, 14, 9, 1),
        (548, 18, 13, 0),
        (572, 15, 10, 1),
        (628, 18, 12, 0),
        (650, 15, 9, 1),
    ):
        wall = (238, 228, 208) if roof else (226, 206, 180)
        pencil.rectangle(x, SHORE - h, w, h, wall)
        pencil.polygon([(x - 2, SHORE - h), (x + w / 2, SHORE - h - 8), (x + w + 2, SHORE - h)], (176, 92, 74))
        for dx in range(3, w - 3, 5):
            pencil.rectangle(x + dx, SHORE - h + 3, 2, 3.5, (88, 98, 116))
        pencil.rectangle(x, SHORE + 1, w, h, (190, 186, 176, 60))
    pencil.rectangle(600, SHORE - 30, 10, 30, (240, 232, 216))
    pencil.polygon([(598, SHORE - 30), (605, SHORE - 56), (612, SHORE - 30)], (96, 106, 122))
    pencil.rectangle(609, SHORE - 15, 18, 15, (240, 232, 216))
    pencil.polygon([(607, SHORE - 15), (613, SHORE - 24), (625, SHORE - 24), (629, SHORE - 15)], (176, 92, 74))
    pencil.rectangle(601, SHORE + 1, 9, 38, (226, 222, 210, 50))
    pencil.rectangle(0, SHORE - 1, FRAME.width, 1.5, (60, 98, 104))


def _glints(pencil: Pencil, rng: np.random.Generator) -> None:
    """Light on the water, the most of it below the sun."""
    for x, y in rng.uniform((0, SHORE + 6), (FRAME.width, WALL), (260, 2)).tolist():
        reach = (y - SHORE) / 12 + 3
        pencil.line([(x, y), (x + rng.uniform(1, 3) * reach, y)], 1.2, (206, 230, 238, int(rng.integers(30, 110))))
    for y in rng.uniform(SHORE + 4, WALL, 90).tolist():
        x, reach = 776 + rng.normal(0, 10 + (y - SHORE) / 4), (y - SHORE) / 10 + 4
        pencil.line([(x - reach, y), (x + reach, y)], 1.4, (255, 240, 206, int(rng.integers(60, 170))))


def _rails(pencil: Pencil) -> None:
    pencil.begin("ballast")
    pencil.gradient(
        0, WALL, FRAME.width, HEDGE - WALL, [(0, (168, 158, 146)), (0.5, (138, 130, 122)), (1, (112, 108, 100))]
    )
    pencil.begin()
    pencil.rectangle(0, WALL - 3, FRAME.width, 4, (196, 190, 178))
    for x in range(-6, 960, 15):
        pencil.polygon([(x, 324), (x + 8, 324), (x + 9, 341), (x - 1, 341)], (96, 82, 72))
    left, right = CROSSING
    pencil.polygon([(left + 8, WALL - 3), (right - 8, WALL - 3), (right + 4, 344), (left - 4, 344)], (150, 144, 138))
    for y in (326, 336):
        pencil.rectangle(0, y, FRAME.width, 3, (96, 94, 98))
        pencil.rectangle(0, y, FRAME.width, 1, (206, 206, 210))
    pencil.begin("grass")
    pencil.gradient(0, 344, FRAME.width, 18, [(0, (122, 150, 84)), (1, (104, 138, 74))])
    pencil.begin("path")
    pencil.polygon([(left - 4, 344), (right + 4, 344), (right + 8, 362), (left - 8, 362)], (196, 184, 164))
    pencil.texture("ballast", 9)
    pencil.texture("grass", 8, (1, 2))


def _road(pencil: Pencil) -> None:
    """The promenade with its cycle lane, and the road."""
    width = FRAME.width
    pencil.begin("path")
    pencil.gradient(0, 362, width, 40, [(0, (208, 194, 170)), (1, (222, 208, 184))])
    for y in (372, 386):
        pencil.line([(0, y), (width, y)], 1, (176, 162, 138, 130))
    for x in range(-30, 980, 34):
        pencil.line([(x + 12, 362), (x, 402)], 1, (176, 162, 138, 110))
    pencil.begin("lane")
    pencil.gradient(0, PATH, width, 22, [(0, (176, 98, 82)), (1, (186, 106, 88))])
    pencil.begin()
    pencil.rectangle(0, PATH - 1, width, 2, (236, 228, 214))
    for x in range(20, 960, 120):
        pencil.rectangle(x, 412, 26, 2, (238, 226, 214))
    pencil.rectangle(0, LANE, width, 5, (188, 186, 182))
    pencil.rectangle(0, LANE + 4, width, 2, (104, 104, 108))
    pencil.begin("road")
    pencil.gradient(0, KERB, width, ROAD_END - KERB, [(0, (96, 100, 110)), (1, (78, 82, 92))])
    for x in range(-24, 960, 84):
        pencil.polygon([(x, 468), (x + 46, 468), (x + 44, 472), (x - 2, 472)], (228, 226, 216))
    pencil.begin()
    pencil.rectangle(0, ROAD_END - 2, width, 3, (64, 66, 74))
    pencil.rectangle(0, ROAD_END, width, 6, (196, 194, 190))
    pencil.begin("verge")
    pencil.gradient(0, ROAD_END + 6, width, 20, [(0, (120, 150, 82)), (1, (96, 128, 68))])
    pencil.texture("path", 4)
    pencil.texture("lane", 4)
    pencil.texture("road", 5, (3, 1))
    pencil.texture("verge", 10, (1, 3))
