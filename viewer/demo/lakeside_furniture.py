"""Trees, lamps, hedges by the lake: what stands still between things that move, and may hide them."""

from __future__ import annotations

import math

import numpy as np

from viewer.demo.lakeside import CLOCK, CROSSING, DECK, FLAG, HEDGE, LANE
from viewer.demo.pencil import Pencil, mixed
from viewer.demo.sprites import Put, Sprite


def furniture() -> list[Put]:
    """All of it, in no order."""
    puts = [_landing_stage(), _pole(), *_hedges(), *_wires(), _barrier_post(), _clock_post()]
    puts += [_tree(x, size, seed) for x, size, seed in ((56, 1.0, 2), (396, 0.94, 3), (872, 1.1, 4))]
    puts += [_lamp(x) for x in (318, 742)]
    return puts


def _landing_stage() -> Put:
    pencil = Pencil(244, 70)
    pencil.begin("stage")
    for x in range(14, 240, 44):
        pencil.rectangle(x, 44, 5, 24, (84, 66, 54))
    pencil.rectangle(0, 40, 244, 8, (132, 102, 76))
    pencil.rectangle(0, 40, 244, 2.5, (186, 152, 114))
    for x in (6, 80, 156, 230):
        pencil.rectangle(x, 8, 7, 54, (104, 80, 62))
        pencil.rectangle(x, 8, 2.5, 54, (140, 110, 84))
        pencil.rectangle(x - 0.5, 6, 8, 4, (232, 226, 214))
    return Put(Sprite.of(pencil, (0, 40)), 470, DECK, DECK)


def _pole() -> Put:
    pencil = Pencil(8, 104)
    pencil.begin("pole")
    pencil.rectangle(2.5, 4, 3, 98, (228, 228, 226))
    pencil.rectangle(2.5, 4, 1, 98, (250, 250, 250))
    pencil.ellipse(4, 3, 2.5, 2.5, (236, 190, 90))
    return Put(Sprite.of(pencil, (4, 102)), FLAG[0] - 2, DECK, DECK - 1)


def _hedges() -> list[Put]:
    puts = []
    for left, right, seed in ((-8, CROSSING[0] - 14, 3), (CROSSING[1] + 26, 968, 4)):
        rng = np.random.default_rng(seed)
        long = int(right - left)
        pencil = Pencil(long, 26)
        pencil.begin("hedge")
        pencil.rectangle(2, 8, long - 4, 17, (66, 104, 58), 5)
        for x, y in rng.uniform((5, 6), (long - 6, 20), (long // 2, 2)).tolist():
            leaf = mixed((58, 94, 52), (116, 152, 84), float(rng.uniform(0, 1) * (1 - y / 26)))
            pencil.ellipse(x, y, 5, 4, leaf)
        puts.append(Put(Sprite.of(pencil, (0, 25)), left, HEDGE + 2, HEDGE - 1))
    return puts


def _wires() -> list[Put]:
    """The masts stand behind the train, and the wire hangs over it."""
    mast = Pencil(48, 134)
    mast.begin("mast")
    mast.rectangle(38, 2, 5, 130, (112, 118, 124))
    mast.rectangle(38, 2, 1.5, 130, (160, 166, 172))
    mast.line([(40, 8), (4, 14)], 2, (112, 118, 124))
    wire = Pencil(960, 4)
    wire.begin("wire")
    wire.line([(0, 2), (960, 2)], 1.2, (84, 90, 100))
    masts = Sprite.of(mast, (0, 132))
    return [Put(masts, x, 326, 320) for x in (176, 482, 788)] + [Put(Sprite.of(wire, (0, 2)), 0, 208, 321)]


def _barrier_post() -> Put:
    pencil = Pencil(150, 70)
    pencil.begin("post")
    pencil.rectangle(4, 26, 12, 40, (70, 74, 82), 2)
    pencil.rectangle(4, 26, 4, 40, (104, 110, 120), 2)
    pencil.rectangle(2, 62, 16, 6, (150, 148, 144))
    pencil.rectangle(123, 14, 5, 52, (88, 92, 100))
    pencil.rectangle(119, 62, 13, 6, (150, 148, 144))
    # Saint Andrew's cross above the lamps
    pencil.line([(114, 4), (137, 14)], 4, (244, 242, 238))
    pencil.line([(114, 14), (137, 4)], 4, (244, 242, 238))
    for x, y in ((114, 4), (137, 14), (114, 14), (137, 4)):
        pencil.ellipse(x, y, 2, 2, (206, 52, 46))
    return Put(Sprite.of(pencil, (10, 68)), 554, 370, 366)


def _clock_post() -> Put:
    pencil = Pencil(44, 110)
    pencil.begin("clock")
    pencil.rectangle(19.5, 34, 5, 72, (60, 68, 82))
    pencil.rectangle(15, 102, 14, 6, (84, 90, 100))
    pencil.ellipse(22, 20, 18, 18, (44, 52, 66))
    pencil.ellipse(22, 20, 15.5, 15.5, (250, 250, 246))
    for hour in range(12):
        turn = math.radians(30 * hour)
        near, far = (11.0 if hour % 3 else 9.5), 14.0
        ends = [(22 + reach * math.sin(turn), 20 - reach * math.cos(turn)) for reach in (near, far)]
        pencil.line(ends, 1.5, (40, 44, 52))
    for turn, reach, wide in ((math.radians(304), 8.5, 2.5), (math.radians(48), 12.5, 2.0)):
        pencil.line([(22, 20), (22 + reach * math.sin(turn), 20 - reach * math.cos(turn))], wide, (30, 32, 40))
    return Put(Sprite.of(pencil, (22, 108)), CLOCK[0], CLOCK[1] + 88, 368)


def _tree(x: float, size: float, seed: int) -> Put:
    rng = np.random.default_rng(seed)
    w, h = 130 * size, 150 * size
    pencil = Pencil(round(w), round(h))
    pencil.begin("tree")
    middle = w / 2
    pencil.polygon(
        [(middle - 4, h - 62), (middle + 4, h - 62), (middle + 6, h - 2), (middle - 6, h - 2)], (104, 82, 66)
    )
    pencil.polygon(
        [(middle - 4, h - 62), (middle - 1, h - 62), (middle - 2, h - 2), (middle - 6, h - 2)], (136, 110, 88)
    )
    for dx, dy, r in ((0, 0, 42), (-26, 8, 28), (27, 6, 29), (-14, -22, 28), (16, -20, 30), (2, 22, 30)):
        pencil.ellipse(middle + dx * size, (56 + dy) * size, r * size, 0.9 * r * size, (66, 104, 56))
    for _ in range(90):
        reach, turn = 42 * size * math.sqrt(float(rng.uniform())), float(rng.uniform(0, 2 * math.pi))
        cx, cy = middle + reach * math.cos(turn), 54 * size + 0.95 * reach * math.sin(turn)
        light = float(np.clip(0.55 - (cy - 54 * size) / (80 * size) + (cx - middle) / (160 * size), 0, 1))
        colour = mixed((60, 98, 52), (148, 178, 92), light * float(rng.uniform(0.5, 1)))
        pencil.ellipse(cx, cy, 9 * size, 7 * size, colour)
    return Put(Sprite.of(pencil, (round(middle), round(h) - 2)), x, HEDGE + 6, HEDGE + 4)


def _lamp(x: float) -> Put:
    pencil = Pencil(36, 140)
    pencil.begin("lamp")
    pencil.rectangle(15.5, 22, 5, 114, (56, 66, 74))
    pencil.rectangle(15.5, 22, 1.5, 114, (104, 116, 124))
    pencil.rectangle(12, 124, 12, 14, (56, 66, 74), 2)
    pencil.polygon([(10, 10), (26, 10), (23, 24), (13, 24)], (246, 238, 212))
    pencil.polygon([(7, 10), (18, 2), (29, 10)], (56, 66, 74))
    pencil.rectangle(12, 23, 12, 3, (56, 66, 74))
    return Put(Sprite.of(pencil, (18, 138)), x, LANE + 3, LANE + 2)
