"""A laid table from above: plates, fruit, cutlery and grapes."""

from __future__ import annotations

import numpy as np

from viewer.demo.geometry import Frame
from viewer.demo.pencil import Colour, Pencil, Point, ellipse_points, mixed, turned
from viewer.demo.rows import CHECKED, DETECTED, Made, Thing

FRAME = Frame(1200, 900)


def draw_table() -> tuple[Pencil, dict[str, Thing]]:
    """The drawing and what is in it, by key."""
    pencil = Pencil(*FRAME)
    _wood(pencil)
    things = [
        _plate(pencil, "plate 1", 360, 330, 210),
        _plate(pencil, "plate 2", 930, 250, 150),
        _plate(pencil, "plate 3", 830, 640, 232, stretch=0.62, theta=-18.0),
        *_cutlery(pencil),
        *_fruit(pencil),
        _grapes(pencil),
    ]
    return pencil, {thing.key: thing for thing in things}


def _wood(pencil: Pencil) -> None:
    rng = np.random.default_rng(21)
    tones: tuple[Colour, ...] = ((126, 84, 58), (140, 96, 66), (132, 88, 60), (118, 78, 54))
    for row in range(6):
        top = row * 150
        tone = tones[row % len(tones)]
        pencil.begin(f"plank {row}")
        pencil.gradient(0, top, 1200, 150, [(0, mixed(tone, (255, 255, 255), 0.08)), (1, mixed(tone, (0, 0, 0), 0.06))])
        pencil.rectangle(0, top, 1200, 3, (70, 46, 34))
        for _ in range(26):
            x, y = float(rng.uniform(-100, 1200)), float(rng.uniform(top + 8, top + 146))
            points = [(x + 40 * i, y + float(rng.normal(0, 0.8))) for i in range(int(rng.integers(3, 9)))]
            red, green, blue = mixed(tone, (20, 10, 0), 0.5)
            pencil.line(points, 1.0, (red, green, blue, 120))
        pencil.texture(f"plank {row}", 6, (9, 1))
    pencil.glow(380, 120, 760, (56, 44, 24))


def _plate(pencil: Pencil, key: str, x: float, y: float, r: float, stretch: float = 1.0, theta: float = 0.0) -> Thing:
    rim = ellipse_points(x, y, r, r * stretch, theta)
    pencil.begin()
    pencil.shadow(rim, 12, 16, 14, 0.5)
    pencil.begin(key)
    shades: tuple[tuple[float, Colour], ...] = (
        (1.0, (214, 218, 224)), (0.98, (246, 247, 249)), (0.74, (206, 212, 222)), (0.72, (238, 240, 244)),
    )  # fmt: skip
    for part, colour in shades:
        pencil.ellipse(x, y, r * part, r * stretch * part, colour, theta)
    if key == "plate 1":
        for part, colour in ((0.90, (74, 122, 178)), (0.87, (246, 247, 249))):
            pencil.ellipse(x, y, r * part, r * part, colour)
        for part, colour in ((0.74, (206, 212, 222)), (0.72, (238, 240, 244))):
            pencil.ellipse(x, y, r * part, r * part, colour)
    answers = {"Pattern": "Ringed" if key == "plate 1" else "Plain"}
    return Thing("Plate", key, {0: FRAME.circle(x, y, r, stretch, theta)}, answers, made=CHECKED)


def _cutlery(pencil: Pencil) -> list[Thing]:
    things = []
    steel: Colour = (196, 200, 208)
    for key, x, y, theta in (("knife", 640, 330, 96.0), ("fork", 88, 330, 84.0), ("spoon", 470, 800, 8.0)):
        long, wide = 380.0, {"knife": 34.0, "fork": 44.0, "spoon": 62.0}[key]
        a, b = long / 2, wide / 2
        end = a - 90 if key == "spoon" else 20
        handle: list[Point] = [(-a, -7), (-a, 7), (end, 6), (end, -6)]
        parts: list[list[Point]] = [handle]
        if key == "knife":
            parts.append([(10, -8), (a - 26, -b), (a, -b + 6), (a, b), (10, b)])
        elif key == "spoon":
            parts.append(ellipse_points(a - 52, 0, 52, b))
        else:
            parts.append([(20, -6), (60, -b), (96, -b), (96, b), (60, b), (20, 6)])
            parts += [[(90, y - 4), (a, y - 3), (a, y + 3), (90, y + 4)] for y in (-b + 4, -b / 3, b / 3, b - 4)]
        pencil.begin()
        for part in parts:
            pencil.shadow(turned(part, x, y, theta), 5, 7, 5, 0.45)
        pencil.begin(key)
        for part in parts:
            pencil.polygon(turned(part, x, y, theta), steel)
        pencil.line(turned([(-a + 14, -2), (14, -2)], x, y, theta), 2, (236, 238, 242))
        if key == "spoon":
            pencil.polygon(turned(ellipse_points(a - 50, 0, 42, b - 8), x, y, theta), (162, 168, 178))
        top = max(abs(py) for part in parts for _, py in part)
        things.append(Thing("Cutlery", key, {0: FRAME.rotated_box(x, y, long, 2 * top, theta)}))
    return things


def _fruit(pencil: Pencil) -> list[Thing]:
    fruit: tuple[tuple[str, str, float, float, float, float, float, Colour], ...] = (
        ("orange 1", "Orange", 300, 290, 70, 69, 0, (242, 140, 40)),
        ("orange 2", "Orange", 430, 360, 66, 66, 0, (246, 152, 52)),
        ("lemon 1", "Lemon", 286, 424, 74, 50, 28, (244, 214, 66)),
        ("lemon 2", "Lemon", 962, 226, 76, 50, 146, (240, 206, 58)),
        ("plum 1", "Plum", 700, 640, 50, 44, 12, (112, 56, 112)),
        ("plum 2", "Plum", 778, 722, 50, 43, 40, (126, 62, 118)),
        ("plum 3", "Plum", 1130, 800, 48, 42, 100, (104, 52, 106)),
    )
    things = []
    for key, kind, x, y, rx, ry, theta, paint in fruit:
        pencil.begin()
        pencil.shadow(ellipse_points(x, y, rx, ry, theta), 9, 12, 9, 0.5)
        pencil.begin(key)
        for part in range(12):
            share = 1 - part / 13
            colour = mixed(mixed(paint, (0, 0, 0), 0.28), mixed(paint, (255, 255, 255), 0.25), part / 11)
            shift = (1 - share) * -0.34
            pencil.ellipse(x + shift * rx, y + shift * ry, rx * share, ry * share, colour, theta)
        answers = {"Kind": kind, "Ripeness": ["Ripe"] if kind != "Plum" else ["Ripe", "Bruised"]}
        made = DETECTED if kind == "Plum" else Made()
        things.append(Thing("Fruit", key, {0: FRAME.ellipse(x, y, rx, ry, theta)}, answers, made=made))
    return things


def _grapes(pencil: Pencil) -> Thing:
    rng = np.random.default_rng(8)
    places = [(900 + 36 * (i - (6 - row) / 2) + row * 6, 560 + 32 * row) for row in range(6) for i in range(7 - row)]
    pencil.begin()
    for x, y in places:
        pencil.shade(x + 8, y + 10, 34, 0.5)
    pencil.begin("grapes")
    pencil.line([(900, 560), (890, 500), (916, 474)], 7, (104, 88, 52))
    for x, y in places:
        x, y = x + float(rng.normal(0, 4)), y + float(rng.normal(0, 3))
        tone = mixed((86, 46, 120), (130, 70, 150), float(rng.random()))
        pencil.ellipse(x, y, 22, 22, mixed(tone, (0, 0, 0), 0.35))
        pencil.ellipse(x - 2, y - 2, 18, 18, tone)
        pencil.ellipse(x - 7, y - 8, 6, 5, (190, 160, 210))
    return Thing("Grapes", "grapes", {0: FRAME.bitmask(pencil.visible("grapes"))}, made=CHECKED)
