"""A harbour from above: boats at every angle, and water with an island that has a pond."""

from __future__ import annotations

import math

import numpy as np

from viewer.demo.geometry import Frame
from viewer.demo.ontology import Answers
from viewer.demo.pencil import Colour, Pencil, Point, blob, mixed, turned
from viewer.demo.rows import CHECKED, DETECTED, Made, Thing

FRAME = Frame(1400, 900)
_PIER: list[Point] = [
    (0, 560), (430, 560), (430, 470), (486, 470), (486, 716), (430, 716), (430, 620), (0, 620),
]  # fmt: skip


def draw_harbour() -> tuple[Pencil, dict[str, Thing]]:
    """The drawing and what is in it, by key, without the frame number."""
    rng = np.random.default_rng(11)
    pencil = Pencil(*FRAME)
    things = _water(pencil, rng) + _pier(pencil)
    boats: tuple[tuple[str, float, float, float, float, float, Colour, Answers], ...] = (
        ("boat 1", 250, 512, 150, 52, 0, (236, 238, 240), {"Kind": "Motor boat", "Name": "Heron"}),
        ("boat 2", 300, 672, 128, 46, 180, (196, 66, 60), {"Kind": "Motor boat", "Name": "Rosa"}),
        ("boat 3", 530, 590, 118, 40, 92, (60, 110, 170), {"Kind": "Sailing boat"}),
        ("boat 4", 720, 210, 190, 60, 338, (240, 232, 214), {"Kind": "Sailing boat", "Name": "Albatross of the North"}),
        ("boat 5", 640, 770, 76, 30, 24, (170, 120, 70), {"Kind": "Rowing boat"}),
        ("boat 6", 740, 806, 76, 30, 61, (94, 150, 110), {"Kind": "Rowing boat"}),
        ("boat 7", 250, 240, 230, 74, 47, (60, 66, 80), {"Kind": "Motor boat", "Name": "Pilot 3"}),
        ("boat 8", 1250, 770, 140, 46, 205, (250, 210, 90), {"Kind": "Sailing boat"}),
    )
    for key, x, y, long, wide, theta, paint, answers in boats:
        things.append(_boat(pencil, key, (x, y), (long, wide), theta, paint, answers))
    for number, (x, y) in enumerate([(610, 96), (560, 380), (860, 620), (1010, 830)], 1):
        things.append(_buoy(pencil, f"buoy {number}", x, y))
    return pencil, {thing.key: thing for thing in things}


def _water(pencil: Pencil, rng: np.random.Generator) -> list[Thing]:
    pencil.begin("water")
    pencil.gradient(0, 0, *FRAME, [(0, (24, 92, 122)), (0.5, (30, 112, 136)), (1, (26, 96, 118))])
    for x, y in rng.uniform((0, 0), FRAME, (420, 2)).tolist():
        pencil.line([(x, y), (x + rng.uniform(10, 34), y + 2)], 1.2, (150, 210, 220, int(rng.integers(26, 80))))
    island = blob(rng, 1080, 420, 210, 40, 0.16)
    pond = blob(rng, 1095, 410, 74, 24, 0.10)
    for grow, colour in ((1.14, (52, 142, 154, 90)), (1.06, (92, 176, 170, 120))):
        pencil.polygon([(1080 + (x - 1080) * grow, 420 + (y - 420) * grow) for x, y in island], colour)
    pencil.begin("island")
    pencil.polygon(island, (214, 196, 150))
    pencil.polygon([(1080 + (x - 1080) * 0.93, 420 + (y - 420) * 0.93) for x, y in island], (116, 148, 86))
    for x, y in rng.uniform((900, 240), (1260, 600), (260, 2)).tolist():
        if math.hypot(x - 1080, y - 420) < 158 and math.hypot(x - 1095, y - 410) > 96:
            pencil.ellipse(x, y, 9, 9, (70, 110, 60))
            pencil.ellipse(x - 2, y - 2, 5, 5, (100, 142, 78))
    pencil.begin("pond")
    pencil.polygon(pond, (46, 128, 150))
    pencil.texture("water", 4, (4, 2))
    pencil.texture("island", 8)
    sea: list[Point] = [(0, 0), (1400, 0), (1400, 900), (0, 900), *_PIER[::-1]]
    # Two regions: the sea with a hole for the island, and the pond in that hole.
    place = FRAME.polygon([sea, island], [pond])
    return [Thing("Water", "water", {0: place}, made=Made(checked_by="reviewer-1@example.org"))]


def _pier(pencil: Pencil) -> list[Thing]:
    pencil.begin()
    pencil.shadow(_PIER, 8, 10, 7)
    pencil.begin("pier")
    pencil.polygon(_PIER, (150, 116, 82))
    for x in range(0, 430, 13):
        pencil.line([(x, 560), (x, 619)], 1.4, (112, 84, 60, 160))
    for y in range(470, 716, 13):
        pencil.line([(431, y), (485, y)], 1.4, (112, 84, 60, 160))
    for x, y in ((60, 566), (180, 566), (320, 566), (60, 614), (180, 614), (320, 614), (480, 500), (480, 690)):
        pencil.ellipse(x, y, 4, 4, (60, 50, 46))
    return [Thing("Pier", "pier", {0: FRAME.old_polygon(_PIER)}, made=CHECKED)]


def _boat(pencil: Pencil, key: str, at: Point, size: Point, theta: float, paint: Colour, answers: Answers) -> Thing:
    (x, y), (long, wide) = at, size
    a, b = long / 2, wide / 2
    hull = [(-a, -0.62 * b), (-0.8 * a, -b), (0.25 * a, -b), (0.7 * a, -0.6 * b), (a, 0)]
    hull += [(px, -py) for px, py in reversed(hull[:-1])]
    outline = turned(hull, x, y, theta)
    pencil.begin()
    if key in ("boat 4", "boat 7"):
        for spread, alpha in ((1.9, 40), (1.2, 60)):
            wake = turned(
                [(-0.9 * a, -0.3 * b), (-3.2 * a, -spread * b), (-3.2 * a, spread * b), (-0.9 * a, 0.3 * b)],
                x,
                y,
                theta,
            )
            pencil.polygon(wake, (214, 240, 244, alpha))
    pencil.shadow(outline, 6, 8, 6, 0.4)
    pencil.begin(key)
    pencil.polygon(outline, mixed(paint, (0, 0, 0), 0.3))
    pencil.polygon(turned([(0.93 * px, 0.86 * py) for px, py in hull], x, y, theta), paint)
    inside = [(-0.86 * a, -0.5 * b), (0.2 * a, -0.5 * b), (0.5 * a, 0), (0.2 * a, 0.5 * b), (-0.86 * a, 0.5 * b)]
    if answers["Kind"] == "Rowing boat":
        pencil.polygon(turned(inside, x, y, theta), mixed(paint, (30, 20, 10), 0.45))
        for bench in (-0.5, -0.05):
            across = [(bench * a, -0.62 * b), (bench * a, 0.62 * b)]
            pencil.line(turned(across, x, y, theta), 5, (222, 190, 140))
    elif answers["Kind"] == "Sailing boat":
        pencil.polygon(turned(inside, x, y, theta), (196, 160, 116))
        sail = [(0.3 * a, 0), (-0.1 * a, -0.5 * b), (-0.75 * a, -0.2 * b), (-0.75 * a, 0.1 * b)]
        pencil.polygon(turned(sail, x, y, theta), (252, 252, 248))
        pencil.line(turned([(0.3 * a, 0), (-0.78 * a, 0.1 * b)], x, y, theta), 3, (90, 76, 60))
    else:
        cabin = [(-0.5 * a, -0.56 * b), (0.12 * a, -0.5 * b), (0.12 * a, 0.5 * b), (-0.5 * a, 0.56 * b)]
        pencil.polygon(turned(cabin, x, y, theta), (250, 250, 250))
        glass = [(0.12 * a, -0.5 * b), (0.3 * a, -0.34 * b), (0.3 * a, 0.34 * b), (0.12 * a, 0.5 * b)]
        pencil.polygon(turned(glass, x, y, theta), (54, 74, 96))
    made = DETECTED if key in ("boat 5", "boat 6") else Made()
    return Thing("Boat", key, {0: FRAME.rotated_box(x, y, long, wide, theta)}, answers, made=made)


def _buoy(pencil: Pencil, key: str, x: float, y: float) -> Thing:
    pencil.begin()
    pencil.ellipse(x, y, 20, 20, (190, 230, 236, 46))
    pencil.begin(key)
    pencil.ellipse(x, y, 10, 10, (226, 70, 52))
    pencil.ellipse(x, y, 6, 6, (250, 240, 230))
    pencil.ellipse(x, y, 3, 3, (226, 70, 52))
    return Thing("Buoy", key, {0: FRAME.point(x, y)})
