"""Cars, cyclists and boats by the lake, drawn as sprites that stand on their anchor."""

from __future__ import annotations

import math
from collections.abc import Callable

from viewer.demo.pencil import Colour, Pencil, Point, ellipse_points, mixed, smooth
from viewer.demo.sprites import Sprite

SPOKES = 5
"""Positions of a wheel that look different."""
PEDALS = 18
CAR, VAN = (176, 60), (196, 84)
"""Length and height."""
_GLASS, _TYRE, _DARK = (58, 78, 104), (28, 28, 32), (14, 14, 24)
# Outlines of vehicles that go right, as shares of their length and height.
_OUTLINES: dict[str, list[Point]] = {
    "saloon": [
        (0.0, 0.8), (0.0, 0.5), (0.04, 0.4), (0.2, 0.36), (0.29, 0.06), (0.38, -0.02), (0.56, -0.02), (0.65, 0.06),
        (0.77, 0.36), (0.95, 0.43), (1.0, 0.58), (1.0, 0.82), (0.97, 0.88), (0.03, 0.88),
    ],
    "estate": [
        (0.0, 0.8), (0.0, 0.4), (0.02, 0.34), (0.09, 0.03), (0.16, -0.02), (0.56, -0.02), (0.65, 0.05),
        (0.77, 0.36), (0.95, 0.43), (1.0, 0.58), (1.0, 0.82), (0.97, 0.88), (0.03, 0.88),
    ],
    "van": [
        (0.0, 0.8), (0.0, 0.02), (0.03, -0.01), (0.68, -0.01), (0.78, 0.03), (0.88, 0.38), (0.97, 0.45), (1.0, 0.56),
        (1.0, 0.84), (0.97, 0.9), (0.03, 0.9),
    ],
}  # fmt: skip
_PANES: dict[str, list[list[Point]]] = {
    "saloon": [
        [(0.24, 0.36), (0.31, 0.09), (0.46, 0.08), (0.46, 0.37)],
        [(0.49, 0.37), (0.49, 0.08), (0.6, 0.09), (0.72, 0.37)],
    ],
    "estate": [
        [(0.08, 0.34), (0.12, 0.1), (0.26, 0.08), (0.26, 0.36)],
        [(0.285, 0.36), (0.285, 0.08), (0.46, 0.08), (0.46, 0.37)],
        [(0.49, 0.37), (0.49, 0.08), (0.6, 0.09), (0.72, 0.37)],
    ],
    "van": [[(0.62, 0.36), (0.62, 0.08), (0.74, 0.09), (0.84, 0.37)]],
}


def car(kind: str, facing: int, paint: Colour, spoke: int, brakes: bool) -> Sprite:
    """From its side, going right (`facing` 1) or left (-1)."""
    long, high = VAN if kind == "van" else CAR
    pencil = Pencil(long + 12, high + 8)
    ground, wheel = high + 4.0, 15.5 if kind == "van" else 13.5

    def at(a: float, b: float) -> Point:
        return (6 + long * (a if facing > 0 else 1 - a), ground - high + b * high)

    pencil.begin("car")
    pencil.polygon(smooth([at(a, b) for a, b in _OUTLINES[kind]]), paint)
    pencil.polygon([at(0.006, 0.7), at(0.994, 0.7), at(0.975, 0.855), at(0.025, 0.855)], mixed(paint, _DARK, 0.35))
    pencil.line([at(0.03, 0.44), at(0.95, 0.47)], 1.5, mixed(paint, (255, 255, 255), 0.4))
    for pane in _PANES[kind]:
        pencil.polygon([at(a, b) for a, b in pane], _GLASS)
        (c, d), (a, b) = pane[0], pane[1]
        gleam = [at(a, b), at(a + 0.06, b), at(c + 0.06, d), at(c + 0.01, d)]
        pencil.polygon(gleam, mixed(_GLASS, (200, 220, 240), 0.3))
    seams = (0.28, 0.475, 0.7) if kind != "van" else (0.6, 0.84)
    for seam in seams:
        pencil.line([at(seam, 0.42), at(seam, 0.78)], 1, mixed(paint, _DARK, 0.45))
    if kind == "van":
        pencil.rectangle(min(at(0.1, 0)[0], at(0.5, 0)[0]), at(0, 0.28)[1], 0.4 * long, 0.2 * high, (236, 178, 70), 7)
        for bar in (0.15, 0.24, 0.33, 0.42):
            pencil.ellipse(*at(bar, 0.38), 6, 4.5, (250, 232, 190))
    for hub in (0.19, 0.8):
        x, y = at(hub, 0)[0], ground - wheel
        pencil.ellipse(x, y, wheel + 2.5, wheel + 2.5, mixed(paint, _DARK, 0.7))
        _wheel(pencil, x, y, wheel, facing * spoke)
    rear, front = at(0.012, 0.5 if kind != "van" else 0.56), at(0.985, 0.55 if kind != "van" else 0.58)
    pencil.ellipse(*rear, 3.5, 5.5, (255, 62, 48) if brakes else (158, 40, 40))
    pencil.ellipse(*front, 4, 5, (255, 246, 212))
    return Sprite.of(pencil, (6 + long / 2, ground))


def _wheel(pencil: Pencil, x: float, y: float, radius: float, spoke: int) -> None:
    pencil.ellipse(x, y, radius, radius, _TYRE)
    pencil.ellipse(x, y, 0.62 * radius, 0.62 * radius, (182, 186, 194))
    for arm in range(5):
        turn = 2 * math.pi / 5 * (arm + spoke / SPOKES)
        end = (x + 0.55 * radius * math.cos(turn), y + 0.55 * radius * math.sin(turn))
        pencil.line([(x, y), end], 2, (112, 116, 126))
    pencil.ellipse(x, y, 0.16 * radius, 0.16 * radius, (70, 74, 82))


def cyclist(facing: int, shirt: Colour, frame_paint: Colour, pedal: int) -> Sprite:
    """Upright; `pedal` counts the positions of a turn of the pedals."""
    pencil = Pencil(92, 96)
    middle, ground = 46.0, 92.0

    def at(x: float, y: float) -> Point:
        return (middle + facing * x, ground + y)

    turn = 2 * math.pi * pedal / PEDALS
    skin, trousers = (206, 156, 124), (44, 50, 74)
    hip, crank = (-9.0, -49.0), (-1.0, -18.0)
    feet = [(crank[0] + side * 8 * math.cos(turn), crank[1] + side * 8 * math.sin(turn)) for side in (1, -1)]
    pencil.begin("cyclist")
    _leg(pencil, at, hip, feet[1], mixed(trousers, (0, 0, 0), 0.3))
    _bicycle(pencil, at, frame_paint, turn)
    pencil.line([at(*feet[0]), at(*crank), at(*feet[1])], 2, (60, 62, 68))
    _leg(pencil, at, hip, feet[0], trousers)
    pencil.taper(at(-9, -51), at(6, -73), 15, 14, shirt)
    pencil.taper(at(6, -72), at(14, -60), 7, 6, mixed(shirt, (0, 0, 0), 0.12))
    pencil.taper(at(14, -60), at(20, -53), 5.5, 4.5, skin)
    pencil.taper(at(7, -76), at(9, -80), 7, 7, skin)
    pencil.ellipse(*at(10, -82), 7, 7.5, skin)
    helmet = [(1.5, -83), (3, -89), (9, -92), (15, -90), (18, -85), (17, -83.5)]
    pencil.polygon([at(x, y) for x, y in helmet], (246, 246, 240))
    pencil.polygon([at(x, y) for x, y in ((2, -86), (17.5, -86), (17.5, -84.5), (1.5, -84.5))], frame_paint)
    return Sprite.of(pencil, (middle, ground))


def _bicycle(pencil: Pencil, at: Callable[[float, float], Point], paint: Colour, turn: float) -> None:
    for hub in (-24.0, 24.0):
        rim = ellipse_points(*at(hub, -17), 15.7, 15.7)
        pencil.line([*rim, *rim[:2]], 2.6, _TYRE)
        for arm in range(4):
            angle = math.pi / 4 * arm + turn * 1.4 / 4
            ends = [at(hub + side * 15 * math.cos(angle), -17 + side * 15 * math.sin(angle)) for side in (1, -1)]
            pencil.line(ends, 0.5, (150, 152, 158))
    for a, b in (((-24, -17), (-9, -41)), ((-9, -41), (17, -42)), ((-24, -17), (-1, -18)), ((-1, -18), (17, -42)),
                 ((-1, -18), (-10, -46)), ((24, -17), (16, -50))):  # fmt: skip
        pencil.line([at(*a), at(*b)], 3, paint)
    for saddle_or_bar in (((-15, -47), (-5, -47)), ((16, -50), (22, -52))):
        pencil.line([at(*end) for end in saddle_or_bar], 3.2, (36, 34, 38))


def _leg(pencil: Pencil, at: Callable[[float, float], Point], hip: Point, foot: Point, colour: Colour) -> None:
    """The knee lies where thigh and shin, 19 and 20 long, meet in front."""
    dx, dy = foot[0] - hip[0], foot[1] - hip[1]
    reach = min(38.5, math.hypot(dx, dy))
    along = (19.0**2 - 20.0**2 + reach**2) / (2 * reach)
    out = math.sqrt(max(0.0, 19.0**2 - along**2))
    ux, uy = dx / math.hypot(dx, dy), dy / math.hypot(dx, dy)
    knee = (hip[0] + along * ux + out * uy, hip[1] + along * uy - out * ux)
    pencil.taper(at(*hip), at(*knee), 11, 8, colour)
    pencil.taper(at(*knee), at(*foot), 8, 5.5, colour)
    pencil.line([at(foot[0] - 3, foot[1] + 1), at(foot[0] + 6, foot[1] + 1)], 4, (40, 36, 40))


def motor_boat() -> Sprite:
    """Going right; the anchor lies on the water line below the middle."""
    pencil = Pencil(136, 56)
    pencil.begin("boat")
    hull = [(4, 24), (126, 22), (134, 20), (122, 40), (112, 46), (12, 46), (6, 40)]
    pencil.polygon(hull, (244, 244, 240))
    pencil.polygon([(5, 33), (127, 32), (122, 40), (6, 40)], (36, 84, 140))
    pencil.polygon([(6, 40), (122, 40), (112, 46), (12, 46)], (150, 50, 48))
    pencil.polygon([(26, 24), (30, 8), (84, 8), (98, 23)], (250, 250, 248))
    pencil.polygon([(24, 8), (28, 4), (86, 4), (90, 8)], (206, 210, 216))
    for left, right in ((33, 46), (49, 62), (65, 78)):
        pencil.polygon([(left, 11), (right, 11), (right, 20), (left, 20)], _GLASS)
    pencil.polygon([(81, 11), (84, 11), (94, 20.5), (81, 20.5)], _GLASS)
    pencil.line([(104, 22), (124, 15), (134, 18)], 1.2, (150, 154, 162))
    pencil.line([(10, 24), (10, 8)], 1.5, (120, 96, 70))
    pencil.polygon([(10, 8), (-0.5, 11), (10, 15)], (206, 52, 52))
    return Sprite.of(pencil, (68, 44))


def foam(step: int) -> Sprite:
    """The bow wave and the wake of the motor boat, from the boat's own anchor."""
    pencil = Pencil(250, 14)
    pencil.begin("foam")
    for number in range(15):
        x = 4 + 11 * number + 2.5 * step
        pencil.ellipse(x, 8, 4 + 0.32 * number, 0.8 + 0.11 * number, (224, 240, 244))
    for x, y, rx in ((228, 8, 11), (238, 7, 7), (216, 9, 9)):
        pencil.ellipse(x + step % 2, y, rx, 2.4, (236, 246, 248))
    return Sprite.of(pencil, (182, 8), 0.7)


def sailing_boat(size: float, hull_paint: Colour) -> Sprite:
    pencil = Pencil(round(64 * size) + 4, round(80 * size) + 4)
    middle, water = 32 * size + 2, 72 * size + 2

    def at(x: float, y: float) -> Point:
        return (middle + size * x, water + size * y)

    pencil.begin("boat")
    pencil.polygon([at(-26, -8), at(30, -9), at(22, 3), at(-21, 3)], hull_paint)
    pencil.polygon([at(-26, -8), at(30, -9), at(29, -6.5), at(-25.5, -6)], mixed(hull_paint, (255, 255, 255), 0.55))
    pencil.line([at(2, -8), at(2, -70)], 1.6, (120, 100, 80))
    main = [at(0, -68), at(-9, -44), at(-24, -13), at(0, -12)]
    pencil.polygon(main, (252, 250, 244))
    pencil.polygon([at(0, -40), at(0, -12), at(-24, -13), at(-10, -26)], (232, 232, 232))
    pencil.polygon([at(4, -64), at(14, -36), at(27, -11), at(4, -12)], (244, 238, 226))
    return Sprite.of(pencil, (middle, water))
