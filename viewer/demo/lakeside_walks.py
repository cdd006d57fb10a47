"""Who walks, waddles and flies by the lake, and the small things: where each is on each frame."""

from __future__ import annotations

import math
from collections.abc import Iterator

from viewer.demo.lakeside import CLOCK, DECK, FLAG, FRAME
from viewer.demo.lakeside_life import (
    CLOTHES,
    FLAPS,
    STEPS,
    TROT,
    WADDLE,
    WAVES,
    buoy,
    collar,
    counter,
    digit,
    dog,
    duck,
    duck_middle,
    figure,
    flag,
    flag_outline,
    gull,
    lead,
    pose,
    second_hand,
    waving_pose,
)
from viewer.demo.lakeside_traffic import Seen, boxed
from viewer.demo.pencil import Point
from viewer.demo.sprites import Poses, Put, Sprite, shadow, snap

WAITS, RUNS = 200, 346
"""The frames from which the walker with the backpack waits and runs."""
WAVES_AT_BOAT = range(88, 176)
_TALL = {"person 1": 78.0, "person 2": 76.0, "person 3": 46.0}
_GROUND = {"person 1": 393.0, "person 2": 398.0}
_COUNTER = (268.0, 403.0)
_DOG_FROM = 40


def activity(name: str, frame: int) -> str:
    """What a person does."""
    if name == "person 1":
        return "Running" if frame >= RUNS else "Waiting" if frame >= WAITS else "Walking"
    if name == "person 2":
        return "Walking"
    return "Waving" if frame in WAVES_AT_BOAT else "Standing"


def gait(frame: int) -> str:
    """What the dog does: it runs ahead, and lets itself be caught up with."""
    return "Trotting" if _dog_at(frame - 1) - _dog_at(frame) > 2 else "Walking"


class Walks:
    """Sprites of everyone, and where they are."""

    def __init__(self) -> None:
        self._people, self._dogs, self._ducks, self._gulls = Poses(_person), Poses(dog), Poses(duck), Poses(gull)
        self._flags, self._seconds, self._digits = Poses(flag), Poses(second_hand), Poses(digit)
        self._buoy, self._counter = buoy(), counter()
        self._below_person, self._below_dog, self._below_duck = shadow(22, 5), shadow(24, 4), shadow(12, 3)

    def __call__(self, frame: int) -> Iterator[Seen]:
        yield from self._on_the_water(frame)
        yield from self._furniture(frame)
        yield from self._backpack(frame)
        yield from self._dog_and_owner(frame)
        yield from self._family(frame)
        yield from self._sky(frame)

    def _on_the_water(self, frame: int) -> Iterator[Seen]:
        x, y = 250.0, snap(266 + 1.6 * math.sin(frame / 9))
        yield Seen(Put(self._buoy, x, y, 266, "buoy"), FRAME.point(x, y - 8))
        wave = frame % WAVES
        outline = [(FLAG[0] + dx, FLAG[1] + dy) for dx, dy in flag_outline(wave)]
        yield Seen(Put(self._flags(wave), *FLAG, DECK - 0.5, "flag"), FRAME.polygon([outline]))
        step = frame % STEPS if frame in WAVES_AT_BOAT else -1
        yield self._walker("person 3", 548, DECK, 1, step, 0.0, waving_pose(_TALL["person 3"], step))

    def _walker(
        self, name: str, x: float, ground: float, facing: int, step: int, swing: float, joints: list[Point]
    ) -> Seen:
        sprite = self._people(name, facing, step, swing)
        x = snap(x)
        put = Put(sprite, x, ground, ground + 0.5, name, self._below_person if ground > DECK else None)
        return Seen(put, joints=tuple((x + dx, ground + dy) for dx, dy in joints))

    def _furniture(self, frame: int) -> Iterator[Seen]:
        """The clock's second hand, and the pillar that counts: the frames of this film, for whoever doubts them."""
        yield Seen(Put(self._seconds((frame // 25 + 17) % 60), *CLOCK, 369))
        x, y = _COUNTER
        yield Seen(Put(self._counter, x, y, y))
        for place, value in enumerate(f"{frame:04}"):
            yield Seen(Put(self._digits(int(value)), x - 18.5 + 9.5 * place, y - 51.5, y + 0.1))

    def _backpack(self, frame: int) -> Iterator[Seen]:
        """Walks, waits for the train to pass, and runs to make up for it."""
        t = frame - RUNS
        x = 150 + 2.25 * min(frame, WAITS)
        facing, swing, stride = 1, 0.45, 66.0
        if t >= 0:
            x += 0.055 * min(t, 50) ** 2 + 5.5 * max(0, t - 50)
            swing, stride = 0.62, 104.0
        elif frame >= WAITS:
            swing = 0.08
        if x < FRAME.width + 40:
            step = STEPS // 4 if WAITS <= frame < RUNS else round(x / stride * STEPS) % STEPS
            joints = pose(step, _TALL["person 1"], facing, swing)
            yield self._walker("person 1", x, _GROUND["person 1"], facing, step, swing, joints)

    def _dog_and_owner(self, frame: int) -> Iterator[Seen]:
        x = snap(980 - 1.9 * (frame - _DOG_FROM))
        if frame < _DOG_FROM:
            return
        step = round(-x / 60 * STEPS) % STEPS
        owner = self._walker(
            "person 2", x, _GROUND["person 2"], -1, step, 0.42, pose(step, _TALL["person 2"], -1, 0.42)
        )
        yield owner
        at, ground = snap(_dog_at(frame)), 401.0
        trot = round(-at / 30 * TROT) % TROT
        yield boxed(Put(self._dogs(trot, -1), at, ground, ground, "dog", self._below_dog))
        dx, dy = collar(trot, -1)
        line = _hanging(owner.joints[4], (at + dx, ground + dy))
        start = (snap(line[0][0]), snap(line[0][1]))
        yield Seen(Put(lead([start, *line[1:]]), *start, 400.9, "lead"), FRAME.polyline([start, *line[1:]]))

    def _family(self, frame: int) -> Iterator[Seen]:
        """A duck with her ducklings crosses the road, goes up to the tree and stays there."""
        for number in range(4):
            walked = frame - 106.0 - 17 * number - (6 if number else 0)
            stop = 203.0 - 13 * number
            goes, walked = walked < stop, min(walked, stop)
            x, y = snap(336 + 0.38 * walked), snap(540 - 0.85 * walked)
            if y > FRAME.height + 2:
                continue
            step = round(walked / 2 + 3 * number) % WADDLE if goes else 0
            dx, dy = duck_middle(number == 0)
            put = Put(self._ducks(step, number == 0), x, y, y, f"duck {number + 1}", self._below_duck)
            yield Seen(put, FRAME.point(x + dx, y + dy))

    def _sky(self, frame: int) -> Iterator[Seen]:
        for number in (1, 2):
            x, y, facing = 190 + 62 * number + 4.4 * frame, 128 - 16 * number + 9 * math.sin(frame / 19 + number), 1
            if frame >= 372:
                x, y, facing = 920 + 64 * number - 5.4 * (frame - 372), 60 + 26 * number + 12 * math.sin(frame / 23), -1
            if -30 < x < FRAME.width + 30:
                x, y = snap(x), snap(y)
                flap = round(frame * 0.6 + 5 * number) % FLAPS
                put = Put(self._gulls(flap, facing), x, y, 1, f"gull {number}")
                yield Seen(put, FRAME.point(x, y))


def _person(name: str, facing: int, step: int, swing: float) -> Sprite:
    tall = _TALL[name]
    joints = waving_pose(tall, step) if name == "person 3" else pose(step, tall, facing, swing)
    return figure(joints, tall, CLOTHES[name], {"person 1": "backpack", "person 2": "hat"}.get(name, ""), facing)


def _dog_at(frame: int) -> float:
    return 980 - 1.9 * (frame - _DOG_FROM) - 48 + 15 * math.sin(frame / 17)


def _hanging(a: Point, b: Point) -> list[Point]:
    """A lead from `a` to `b`: the nearer they are the more it hangs through."""
    slack = max(3.0, 26 - 0.42 * math.hypot(b[0] - a[0], b[1] - a[1]))
    shares = [n / 8 for n in range(9)]
    return [(a[0] + (b[0] - a[0]) * s, a[1] + (b[1] - a[1]) * s + 4 * slack * s * (1 - s)) for s in shares]
