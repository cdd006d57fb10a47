"""People, animals and small things by the lake, drawn as sprites that stand on their anchor."""

from __future__ import annotations

import math

from viewer.demo.pencil import Pencil, Point, mixed, turned
from viewer.demo.people import Clothes, draw_person, from_the_front, walking
from viewer.demo.sprites import Sprite

STEPS = 24
"""Poses of a walker, of a whole stride with both legs."""
TROT, WADDLE, FLAPS, WAVES = 12, 8, 12, 25
_ROOM = 1.3


def figure(joints: list[Point], height: float, clothes: Clothes, extra: str = "", facing: int = 1) -> Sprite:
    """A person whose joints are given from the anchor between the feet."""
    side = math.ceil(_ROOM * height)
    x, ground = side / 2, side - 6.0
    pencil = Pencil(side, side)
    placed = [(x + dx, ground + dy) for dx, dy in joints]
    pencil.begin("person")
    if extra == "backpack":
        neck, hip = placed[1], placed[8]
        back = (neck[0] - facing * 0.1 * height, 0.5 * (neck[1] + hip[1]) - 0.04 * height)
        pencil.ellipse(*back, 0.085 * height, 0.15 * height, (70, 92, 84))
    draw_person(pencil, placed, height, clothes)
    head = placed[0]
    if extra == "hat":
        top = head[1] - 0.05 * height
        pencil.ellipse(head[0], top, 0.095 * height, 0.02 * height, (228, 206, 160))
        pencil.ellipse(head[0], top - 0.022 * height, 0.058 * height, 0.045 * height, (228, 206, 160))
    return Sprite.of(pencil, (x, ground))


def pose(step: int, height: float, facing: int, swing: float) -> list[Point]:
    """The joints of a walker from between its feet; `step` counts to `STEPS`."""
    return walking(0, 0, height, facing, 2 * math.pi * step / STEPS, swing)


def waving_pose(height: float, wave: int) -> list[Point]:
    """Seen from the front with one arm up that goes to and fro with `wave`; negative: the arm hangs down."""
    joints = from_the_front(0, 0, height, wave=wave >= 0)
    if wave >= 0:
        elbow, sway = joints[3], 0.45 * math.sin(2 * math.pi * wave / STEPS)
        joints[4] = (elbow[0] + 0.15 * height * math.sin(sway), elbow[1] - 0.15 * height * math.cos(sway))
    return joints


def dog(step: int, facing: int) -> Sprite:
    """A brown dog; `step` counts to `TROT`."""
    pencil = Pencil(60, 46)
    coat, dark = (150, 96, 56), (104, 64, 40)

    def at(x: float, y: float) -> Point:
        return (30 + facing * x, 42 + y)

    turn = 2 * math.pi * step / TROT
    pencil.begin("dog")
    for x, offset, colour in ((-11, math.pi, dark), (9, 0.4, dark), (-9, 0.0, coat), (11, math.pi + 0.4, coat)):
        swing = 6 * math.sin(turn + offset)
        lift = 2.5 * max(0.0, math.cos(turn + offset))
        pencil.taper(at(x, -15), at(x + 0.4 * swing, -8), 6, 4.5, colour)
        pencil.taper(at(x + 0.4 * swing, -8), at(x + swing, -1.5 - lift), 4.5, 3.5, colour)
    wag = 4 * math.sin(2 * turn)
    pencil.taper(at(-14, -19), at(-22, -27 + wag), 5, 2.5, coat)
    bob = 0.8 * math.sin(2 * turn)
    pencil.taper(at(-12, -17 + bob), at(11, -18 + bob), 12, 13, coat)
    pencil.taper(at(12, -20 + bob), at(18, -28 + bob), 9, 9, coat)
    pencil.line([at(12.5, -26 + bob), at(19, -21.5 + bob)], 2.5, (206, 56, 52))
    pencil.ellipse(*at(19, -30 + bob), 6.5, 6, coat)
    pencil.taper(at(21, -28.5 + bob), at(27, -27.5 + bob), 6, 4.5, mixed(coat, (255, 236, 210), 0.35))
    pencil.ellipse(*at(28, -28.5 + bob), 1.8, 1.6, (30, 26, 28))
    pencil.ellipse(*at(21, -31.5 + bob), 1.1, 1.1, (24, 20, 22))
    pencil.taper(at(16, -34 + bob), at(14.5, -27 + bob), 4, 4.5, dark)
    return Sprite.of(pencil, (30, 42))


def collar(step: int, facing: int) -> Point:
    """Where the lead is tied, from the dog's anchor."""
    return (facing * 13.0, -25.5 + 0.8 * math.sin(4 * math.pi * step / TROT))


def duck(step: int, grown: bool) -> Sprite:
    """Going right, waddling; a duckling where not `grown`."""
    size = 1.0 if grown else 0.62
    pencil = Pencil(44, 36)
    body, wing, head = (
        ((128, 98, 72), (98, 74, 56), (112, 84, 60)) if grown else ((232, 200, 96), (206, 168, 70), (240, 212, 112))
    )
    turn = 2 * math.pi * step / WADDLE
    tilt = 6 * math.sin(turn)

    def at(x: float, y: float) -> Point:
        return turned([(size * x, size * y)], 20, 32, tilt)[0]

    pencil.begin("duck")
    for side in (1, -1):
        x = 1 + side * 3 * math.sin(turn)
        lift = max(0.0, side * math.cos(turn))
        pencil.line([at(0, -5), at(x, -1 - 2 * lift), at(x + 3, -1 - 2 * lift)], 2 * size, (226, 140, 50))
    pencil.polygon([at(-14, -15), at(-6, -14), at(-6, -7)], wing)
    pencil.ellipse(*at(0, -10), 11 * size, 6.5 * size, body, tilt - 6)
    pencil.ellipse(*at(-2, -11), 7 * size, 4 * size, wing, tilt - 4)
    pencil.taper(at(7, -13), at(9, -20), 6 * size, 5 * size, head)
    pencil.ellipse(*at(9.5, -21.5), 4.6 * size, 4.4 * size, head)
    pencil.polygon([at(13, -23), at(19, -20.5), at(13, -19.5)], (236, 158, 60))
    pencil.ellipse(*at(11, -22.5), 0.9, 0.9, (20, 20, 22))
    return Sprite.of(pencil, (20, 32))


def duck_middle(grown: bool) -> Point:
    """The middle of its body, from its anchor."""
    return (0.0, -10.0 if grown else -6.2)


def gull(flap: int, facing: int) -> Sprite:
    """Its anchor is the middle of its body."""
    pencil = Pencil(60, 48)
    up = math.sin(2 * math.pi * flap / FLAPS)

    def at(x: float, y: float) -> Point:
        return (30 + facing * x, 26 + y)

    pencil.begin("gull")
    for lean, shade in ((3.0, (172, 178, 188)), (0.0, (222, 225, 230))):
        wrist, tip = (lean + 4, -2 - 9 * up), (lean - 5, -1 - 17 * up)
        back = (lean - 4, -1 - 7 * up)
        pencil.polygon([at(lean + 4, -1), at(*wrist), at(*tip), at(*back), at(lean - 5, 1)], shade)
        mid = ((wrist[0] + 2 * tip[0]) / 3, (wrist[1] + 2 * tip[1]) / 3)
        pencil.polygon([at(*mid), at(*tip), at((back[0] + 3 * tip[0]) / 4, (back[1] + 3 * tip[1]) / 4)], (54, 58, 66))
    pencil.taper(at(-9, 1), at(7, 0), 3.5, 6, (250, 250, 250))
    pencil.ellipse(*at(9, -1), 3.6, 3.2, (250, 250, 250))
    pencil.polygon([at(12, -2), at(16, -0.5), at(12, 0.5)], (240, 176, 60))
    return Sprite.of(pencil, (30, 26))


def flag_outline(wave: int) -> list[Point]:
    """From where the flag is tied, at the top of its pole; `wave` counts to `WAVES`."""
    top = [(n * 6.0, n * 0.55 * math.sin(1.1 * n - 2 * math.pi * wave / WAVES) + 0.3 * n) for n in range(9)]
    return [*top, *((x, y + 28.0) for x, y in reversed(top))]


def flag(wave: int) -> Sprite:
    pencil = Pencil(64, 56)
    outline = [(6 + x, 12 + y) for x, y in flag_outline(wave)]
    pencil.begin("flag")
    pencil.polygon(outline, (30, 108, 122))
    top = outline[:9]
    for upper, lower, colour in ((10, 18, (250, 248, 240)), (22, 28, (222, 96, 62))):
        band = [(x, y + upper) for x, y in top] + [(x, y + lower) for x, y in reversed(top)]
        pencil.polygon(band, colour)
    x, y = top[2]
    pencil.ellipse(x - 1, y + 5, 3, 3, (250, 214, 110))
    return Sprite.of(pencil, (6, 12))


def lead(points: list[Point]) -> Sprite:
    """The anchor is the first point."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, top = math.floor(min(xs)) - 3, math.floor(min(ys)) - 3
    pencil = Pencil(math.ceil(max(xs)) + 3 - left, math.ceil(max(ys)) + 3 - top)
    pencil.begin("lead")
    pencil.line([(x - left, y - top) for x, y in points], 1.6, (150, 40, 44))
    return Sprite.of(pencil, (points[0][0] - left, points[0][1] - top))


def buoy() -> Sprite:
    """The anchor lies on the water."""
    pencil = Pencil(24, 30)
    pencil.begin("buoy")
    pencil.polygon([(6, 16), (18, 16), (15, 24), (9, 24)], (188, 46, 42))
    pencil.polygon([(9, 16), (15, 16), (13, 5), (11, 5)], (226, 66, 52))
    pencil.polygon([(10, 12.5), (14, 12.5), (13.6, 9.5), (10.4, 9.5)], (250, 244, 236))
    pencil.ellipse(12, 4, 2.2, 2.2, (255, 214, 90))
    return Sprite.of(pencil, (12, 22))


def signal(lit: int) -> Sprite:
    """The two lamps of the crossing: 0 both dark, 1 the left one, 2 the right one lit. The anchor is their middle."""
    pencil = Pencil(44, 24)
    pencil.begin("signal")
    pencil.rectangle(5, 4, 34, 16, (30, 32, 38), 7)
    for number, x in ((1, 13), (2, 31)):
        pencil.ellipse(x, 12, 6, 6, (255, 58, 46) if lit == number else (92, 26, 28))
        pencil.ellipse(x - 1.5, 10.5, 2, 2, (255, 190, 170) if lit == number else (120, 56, 56))
    return Sprite.of(pencil, (22, 12))


def second_hand(second: int) -> Sprite:
    pencil = Pencil(36, 36)
    turn = math.radians(6 * second)
    pencil.begin("hand")
    ends = [(18 + reach * math.sin(turn), 18 - reach * math.cos(turn)) for reach in (-4, 12.5)]
    pencil.line(ends, 1.2, (212, 36, 40))
    pencil.ellipse(*ends[1], 1.8, 1.8, (212, 36, 40))
    pencil.ellipse(18, 18, 1.6, 1.6, (212, 36, 40))
    return Sprite.of(pencil, (18, 18))


def counter() -> Sprite:
    """The pillar that counts who goes by; its display is left dark."""
    pencil = Pencil(64, 96)
    pencil.begin("counter")
    pencil.rectangle(4, 86, 56, 8, (120, 124, 130), 2)
    pencil.rectangle(7, 4, 50, 86, (38, 84, 108), 6)
    pencil.rectangle(7, 4, 5, 86, (66, 118, 142), 4)
    pencil.rectangle(12, 38, 40, 20, (16, 20, 24), 2)
    for x in (23.5, 40.5):
        pencil.ellipse(x, 26, 6.5, 6.5, (240, 244, 244))
        pencil.ellipse(x, 26, 4.8, 4.8, (38, 84, 108))
    for a, b in (((23.5, 26), (28.5, 17)), ((28.5, 17), (37, 17)), ((37, 17), (31, 26)), ((31, 26), (28.5, 17)),
                 ((23.5, 26), (31, 26)), ((40.5, 26), (36.5, 14)), ((36.5, 14), (40, 13))):  # fmt: skip
        pencil.line([a, b], 1.5, (240, 244, 244))
    for y, w in ((65, 30), (71, 36), (77, 24)):
        pencil.rectangle(14, y, w, 2, (120, 164, 182))
    return Sprite.of(pencil, (32, 92))


_SEGMENTS = ("abcdef", "bc", "abged", "abgcd", "fgbc", "afgcd", "afgedc", "abc", "abcdefg", "abcdfg")


def digit(value: int) -> Sprite:
    """Of seven bars; the anchor is its top-left corner."""
    pencil = Pencil(9, 15)
    pencil.begin("digit")
    left, right, top, middle, low = 1.5, 7.0, 1.5, 7.5, 13.5
    bars = {
        "a": ((left, top), (right, top)), "b": ((right, top), (right, middle)), "c": ((right, middle), (right, low)),
        "d": ((left, low), (right, low)), "e": ((left, middle), (left, low)), "f": ((left, top), (left, middle)),
        "g": ((left, middle), (right, middle)),
    }  # fmt: skip
    for name, bar in bars.items():
        if name in _SEGMENTS[value]:
            pencil.line(list(bar), 1.8, (255, 196, 70))
    return Sprite.of(pencil, (0, 0))


CLOTHES: dict[str, Clothes] = {
    "person 1": Clothes((226, 98, 70), (52, 60, 86)),
    "person 2": Clothes((66, 134, 150), (92, 74, 66), (120, 96, 70)),
    "person 3": Clothes((238, 194, 84), (70, 90, 130), (66, 44, 32)),
}
