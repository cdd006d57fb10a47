"""Three pictures from outdoors: kites, a lighthouse in portrait format, and balloons that no one has labelled."""

from __future__ import annotations

import math

import numpy as np

from viewer.demo.geometry import Frame
from viewer.demo.pencil import Colour, Pencil, Point, mixed, turned
from viewer.demo.rows import CHECKED, DETECTED, Made, Thing

KITES = Frame(600, 800)
LIGHTHOUSE = Frame(900, 1200)
BALLOONS = Frame(1280, 720)


def draw_kites() -> tuple[Pencil, dict[str, Thing]]:
    """Kites with their strings before clouds, in portrait format."""
    pencil = Pencil(*KITES)
    pencil.begin("sky")
    pencil.gradient(0, 0, *KITES, [(0, (70, 140, 214)), (0.8, (178, 216, 240)), (1, (226, 236, 240))])
    clouds = {"cloud 1": (430, 190, 1.0), "cloud 2": (120, 330, 0.8), "cloud 3": (330, 520, 0.55)}
    for key, (x, y, size) in clouds.items():
        pencil.begin(key)
        for dx, dy, r in ((-96, 14, 44), (-46, -14, 58), (16, -24, 66), (70, -2, 54), (112, 18, 36)):
            pencil.ellipse(x + dx * size, y + dy * size, r * size, 0.8 * r * size, (250, 251, 253))
        for dx, dy, r in ((-60, 30, 50), (20, 32, 62), (84, 30, 42)):
            pencil.ellipse(x + dx * size, y + dy * size, r * size, 0.4 * r * size, (228, 235, 243))
    pencil.begin("grass")
    hill = [(0, 740)] + [(x, 728 - 34 * math.sin(x / 190)) for x in range(0, 601, 20)] + [(600, 800), (0, 800)]
    pencil.polygon(hill, (98, 150, 76))
    pencil.texture("grass", 8, (1, 3))
    kites: tuple[tuple[str, float, float, float, float, Colour, Colour], ...] = (
        ("kite 1", 170, 140, 78, 24, (230, 70, 70), (250, 210, 70)),
        ("kite 2", 440, 340, 60, 338, (60, 120, 210), (240, 240, 240)),
        ("kite 3", 250, 430, 46, 40, (150, 80, 190), (120, 210, 160)),
        ("kite 4", 510, 90, 40, 12, (240, 140, 50), (70, 60, 90)),
    )
    things = [_kite(pencil, *kite) for kite in kites]
    flat = [thing for pair in things for thing in pair]
    flat += [Thing("Cloud", key, {0: KITES.bitmask(pencil.visible(key))}, made=DETECTED) for key in clouds]
    return pencil, {thing.key: thing for thing in flat}


def _kite(
    pencil: Pencil, key: str, x: float, y: float, size: float, theta: float, one: Colour, two: Colour
) -> list[Thing]:
    corners = turned(
        [(0, -size), (0.66 * size, -0.1 * size), (0, 1.3 * size), (-0.66 * size, -0.1 * size)], x, y, theta
    )
    top, right, bottom, left = corners
    middle = turned([(0, -0.1 * size)], x, y, theta)[0]
    hand = (300 + (x - 300) * 0.22, 716.0)
    sag = [(t, 4 * 46 * t * (1 - t)) for t in np.linspace(0, 1, 13).tolist()]
    string = [(middle[0] + (hand[0] - middle[0]) * t, middle[1] + (hand[1] - middle[1]) * t + drop) for t, drop in sag]
    pencil.begin(f"string of {key}")
    pencil.line(string, 1.6, (60, 64, 76))
    pencil.begin(key)
    for a, b, colour in ((top, right, one), (right, bottom, two), (bottom, left, one), (left, top, two)):
        pencil.polygon([middle, a, b], colour)
    pencil.begin()
    tail = [(bottom[0] + 10 * math.sin(t), bottom[1] + 11 * t) for t in np.linspace(0, 6, 20).tolist()]
    pencil.line(tail, 2.5, mixed(one, (255, 255, 255), 0.3))
    made = CHECKED if size > 50 else Made()
    return [
        Thing("Kite", key, {0: KITES.old_polygon(corners)}, made=made),
        Thing("String", f"string of {key}", {0: KITES.polyline(string)}, made=made),
    ]


def draw_lighthouse() -> tuple[Pencil, list[Thing]]:
    """A lighthouse by night; the picture is stored lying on its side."""
    pencil = Pencil(*LIGHTHOUSE)
    _night(pencil)
    coast = _coast(pencil)
    outline = _tower(pencil)
    return pencil, [
        Thing("Lighthouse", "lighthouse", {0: LIGHTHOUSE.polygon([outline])}, {"Height (m)": 31}, made=CHECKED),
        Thing("Lamp", "light", {0: LIGHTHOUSE.point(262, 330)}, {"Lit": "Yes"}),
        Thing("Moon", "moon", {0: LIGHTHOUSE.circle(690, 190, 62)}),
        Thing("Coast", "coast", {0: LIGHTHOUSE.polyline(coast)}, made=DETECTED),
    ]


def _night(pencil: Pencil) -> None:
    """Sky, moon and sea."""
    rng = np.random.default_rng(17)
    width = LIGHTHOUSE.width
    pencil.begin("sky")
    pencil.gradient(0, 0, width, 820, [(0, (14, 22, 54)), (0.7, (52, 64, 116)), (1, (130, 112, 146))])
    for x, y in rng.uniform((0, 0), (width, 640), (170, 2)).tolist():
        pencil.ellipse(x, y, 1.3, 1.3, (240, 240, 255, int(rng.integers(90, 200))))
    pencil.begin("moon")
    pencil.ellipse(690, 190, 62, 62, (250, 240, 206))
    pencil.begin()
    pencil.glow(690, 190, 230, (60, 56, 44))
    pencil.gradient(0, 800, width, 400, [(0, (70, 86, 130)), (1, (18, 34, 66))])
    for x, y in rng.uniform((0, 812), (width, 1200), (200, 2)).tolist():
        pencil.line([(x, y), (x + (y - 780) / 6, y)], 2, (190, 200, 230, 46))


def _coast(pencil: Pencil) -> list[Point]:
    """The cape; returns where it meets the water."""
    coast: list[Point] = [
        (0, 850),
        (130, 836),
        (250, 850),
        (360, 880),
        (470, 930),
        (560, 1010),
        (600, 1090),
        (610, 1200),
    ]
    pencil.begin("coast")
    pencil.polygon([*coast, (0, 1200)], (34, 38, 54))
    pencil.texture("coast", 6, (3, 2))
    return [*coast[:-1], (608, 1180)]


def _tower(pencil: Pencil) -> list[Point]:
    """The lighthouse with its beam; returns its outline."""
    beam: Colour = (255, 244, 200, 34)
    for spread in (26, 44, 64):
        pencil.begin()
        pencil.polygon([(262, 330), (900, 300 - spread), (900, 300 + 2 * spread)], beam)
    tower = [(196, 860), (224, 380), (300, 380), (328, 860)]
    pencil.begin("lighthouse")
    pencil.polygon(tower, (236, 234, 232))
    for band in range(1, 5, 2):
        a, b = 380 + band * 96, 380 + (band + 1) * 96
        edge = [28 * (1 - (y - 380) / 480) for y in (a, b)]
        pencil.polygon([(196 + edge[0], a), (328 - edge[0], a), (328 - edge[1], b), (196 + edge[1], b)], (196, 52, 54))
    pencil.polygon([(276, 380), (300, 380), (328, 860), (290, 860)], (120, 110, 130, 90))
    gallery = [
        (206, 384),
        (206, 366),
        (228, 366),
        (228, 296),
        (262, 262),
        (296, 296),
        (296, 366),
        (318, 366),
        (318, 384),
    ]
    pencil.polygon(gallery, (60, 62, 78))
    pencil.rectangle(236, 304, 52, 54, (255, 246, 200), 4)
    pencil.begin()
    pencil.glow(262, 330, 150, (140, 120, 70))
    return [(196, 860), (222.3, 384), *gallery, (301.7, 384), (328, 860)]


def draw_balloons() -> Pencil:
    """Hot-air balloons over hills, waiting for an annotator."""
    pencil = Pencil(*BALLOONS)
    pencil.gradient(0, 0, *BALLOONS, [(0, (120, 170, 220)), (0.6, (250, 220, 190)), (1, (255, 196, 150))])
    for layer, (base, colour) in enumerate(((520, (150, 140, 170)), (580, (112, 116, 140)), (640, (70, 92, 100)))):
        ridge = [(x, base - 40 * math.sin(x / (150 - 20 * layer) + 2 * layer)) for x in range(0, 1301, 20)]
        pencil.polygon([*ridge, (1300, 720), (0, 720)], colour)
    balloons: tuple[tuple[float, float, float, Colour], ...] = (
        (300, 230, 120, (214, 74, 66)), (660, 150, 74, (240, 176, 60)), (960, 300, 96, (70, 116, 170)), (820, 110, 36, (120, 90, 150)),
    )  # fmt: skip
    for x, y, r, paint in balloons:
        pencil.polygon(
            [
                (x - 0.86 * r, y + 0.5 * r),
                (x + 0.86 * r, y + 0.5 * r),
                (x + 0.16 * r, y + 1.5 * r),
                (x - 0.16 * r, y + 1.5 * r),
            ],
            paint,
        )
        pencil.ellipse(x, y, r, r, paint)
        for share in (0.62, 0.22):
            shade = mixed(paint, (255, 255, 255), 0.5 - 0.6 * share)
            pencil.ellipse(x, y, r * share, r, shade)
            low = [(x - share * 0.86 * r, y + 0.5 * r), (x + share * 0.86 * r, y + 0.5 * r)]
            pencil.polygon([*low, (x + share * 0.16 * r, y + 1.5 * r), (x - share * 0.16 * r, y + 1.5 * r)], shade)
        pencil.rectangle(x - 0.14 * r, y + 1.66 * r, 0.28 * r, 0.22 * r, (96, 66, 44), 2)
    return pencil
