"""The train by the lake and the barrier of its crossing, drawn as sprites that stand on their anchor."""

from __future__ import annotations

from viewer.demo.pencil import Colour, Pencil, Point, turned
from viewer.demo.sprites import Sprite

CARRIAGE = (254, 92)
"""Length and height, without what reaches up to the wire."""
ARM_BACK, ARM_LONG, ARM_WIDE = 16.0, 100.0, 6.0
"""How far the barrier's arm reaches behind its hinge and before it, and how wide it is."""
_ABOVE = 34
_RED, _DARK, _CREAM, _FRAME = (200, 44, 48), (128, 26, 34), (246, 240, 230), (48, 54, 68)
_NOSE: list[Point] = [(0.9, 0.03), (0.93, 0.08), (0.985, 0.5), (1.0, 0.62)]


def carriage(kind: str) -> Sprite:
    """The anchor is where its left end stands on the rails. An engine's nose is at its right."""
    body = _Body(kind != "Driving trailer")
    body.pencil.begin("carriage")
    _bogies(body)
    nosed = kind != "Coach"
    _livery(body, nosed)
    body.pane(0.02, 0.2, 0.86 if nosed else 0.98, 0.52, _FRAME)
    for number in range(8 if nosed else 9):
        a = 0.035 + number * 0.104
        body.pane(a, 0.24, a + 0.085, 0.48, (126, 164, 188))
        body.pencil.polygon(body.at((a, 0.24), (a + 0.05, 0.24), (a + 0.015, 0.48), (a, 0.48)), (164, 196, 212))
    for door in (0.3, 0.72):
        body.pane(door, 0.17, door + 0.065, 0.84, (240, 232, 218))
        body.pane(door + 0.012, 0.24, door + 0.053, 0.5, (110, 150, 176))
        body.pencil.line(body.at((door + 0.0325, 0.17), (door + 0.0325, 0.84)), 1, (150, 140, 130))
    if nosed:
        windscreen = body.at((0.895, 0.18), (0.935, 0.18), (0.972, 0.48), (0.895, 0.48))
        body.pencil.polygon(windscreen, (40, 48, 62))
        body.pencil.ellipse(*body.at((0.982, 0.68))[0], 3, 3.5, (255, 246, 206))
    if kind == "Engine":
        for knee in (0.47, 0.33):
            body.pencil.line(body.at((0.4, 0.03), (knee, -0.14), (0.4, -0.3)), 1.8, (70, 74, 84))
        body.pencil.line(body.at((0.34, -0.305), (0.46, -0.305)), 2.2, (50, 54, 62))
    return Sprite.of(body.pencil, (0, CARRIAGE[1] + _ABOVE))


class _Body:
    """A carriage's side: places on it are shares of its length, from its tail, and of its height, from its roof."""

    def __init__(self, right: bool) -> None:
        self.pencil = Pencil(CARRIAGE[0], CARRIAGE[1] + _ABOVE)
        self._right = right

    def at(self, *places: Point) -> list[Point]:
        long, high = CARRIAGE
        return [(long * (a if self._right else 1 - a), _ABOVE + b * high) for a, b in places]

    def pane(self, left: float, top: float, right: float, bottom: float, fill: Colour) -> None:
        self.pencil.polygon(self.at((left, top), (right, top), (right, bottom), (left, bottom)), fill)


def _bogies(body: _Body) -> None:
    ground = CARRIAGE[1] + _ABOVE
    for place in (0.17, 0.83):
        x = body.at((place, 0))[0][0]
        body.pencil.rectangle(x - 26, ground - 14, 52, 7, (58, 60, 68), 2)
        for dx in (-16, 16):
            body.pencil.ellipse(x + dx, ground - 8, 8, 8, (40, 42, 48))
            body.pencil.ellipse(x + dx, ground - 8, 4, 4, (120, 124, 132))


def _livery(body: _Body, nosed: bool) -> None:
    """Red with a grey roof and a cream line."""
    front = _NOSE if nosed else [(1.0, 0.04)]
    back = [(0.0, 0.86), (0.0, 0.06), (0.03, 0.03)] if nosed else [(0.0, 0.86), (0.0, 0.04)]
    body.pencil.polygon(body.at(*back, *front, (1.0, 0.86)), _RED)
    end = 0.9 if nosed else 1.0
    body.pencil.polygon(body.at((0, 0.04), (0, 0.12), (0.93 if nosed else 1.0, 0.12), (end, 0.04)), (206, 208, 212))
    body.pane(0, 0.72, 1, 0.86, _DARK)
    body.pane(0, 0.63, 1, 0.67, _CREAM)


def barrier_arm(degrees: float) -> Sprite:
    """Turned clockwise from lying to the right; the anchor is its hinge."""
    pencil = Pencil(216, 216)
    pencil.begin("arm")
    centre = 108.0
    parts: list[tuple[float, float, Colour]] = [(-ARM_BACK, -4, (96, 100, 108))]
    step = ARM_LONG / 8
    parts += [(n * step, (n + 1) * step, (206, 48, 44) if n % 2 else (246, 244, 240)) for n in range(8)]
    parts[1] = (-4, step, (246, 244, 240))
    for left, right, colour in parts:
        half = ARM_WIDE / 2
        corners = [(left, -half), (right, -half), (right, half), (left, half)]
        pencil.polygon(turned(corners, centre, centre, degrees), colour)
    pencil.ellipse(centre, centre, 2.5, 2.5, (60, 64, 72))
    return Sprite.of(pencil, (centre, centre))
