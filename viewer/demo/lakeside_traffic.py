"""What drives, rolls and floats by the lake: where it is on each frame, as it is drawn and as it is labelled."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from viewer.demo.geometry import Geometry
from viewer.demo.lakeside import DECK, FRAME, RAIL
from viewer.demo.lakeside_life import signal
from viewer.demo.lakeside_train import ARM_BACK, ARM_LONG, ARM_WIDE, CARRIAGE, barrier_arm, carriage
from viewer.demo.lakeside_vehicles import CAR, PEDALS, SPOKES, car, cyclist, foam, motor_boat, sailing_boat
from viewer.demo.pencil import Colour, Point, turned
from viewer.demo.sprites import Poses, Put, Sprite, shadow, snap

CLOSING, CLOSED, OPENING, OPEN = 90, 130, 330, 370
"""The frames from which the barrier is in each state."""
FLASHING = range(78, 338)
BRAKES_UNTIL = 282
"""The blue car brakes for the ducks, waits, and drives on from this frame."""
CARRIAGES = ("Engine", "Coach", "Driving trailer")
_TRAIN_FROM = 150
_FAR_LANE, _NEAR_LANE, _PARKED = 462.0, 500.0, 528.0
_HINGE = (556.0, 336.0)
_SIGNAL = (669.5, 327.0)
_RED, _BLUE, _WHITE = (200, 52, 54), (44, 92, 158), (240, 240, 236)


@dataclass(frozen=True, slots=True)
class Seen:
    """A thing on a frame; where things hide joints, its skeleton is written when all is drawn."""

    put: Put
    place: Geometry | None = None
    joints: tuple[Point, ...] = ()


def boxed(put: Put) -> Seen:
    """With the box around its pixels, as far as it lies on the picture."""
    bounds = put.sprite.bounds
    left, right = max(0.0, put.x + bounds.left), min(FRAME.width, put.x + bounds.right)
    top, bottom = max(0.0, put.y + bounds.top), min(FRAME.height, put.y + bounds.bottom)
    return Seen(put, FRAME.box(left, top, right - left, bottom - top))


def boxed_turned(put: Put, theta: float) -> Seen:
    """Turned by `theta` around its anchor, with the box that turns with it."""
    bounds = put.sprite.bounds
    middle = ((bounds.left + bounds.right) / 2, (bounds.top + bounds.bottom) / 2)
    x, y = turned([middle], put.x, put.y, theta)[0]
    return Seen(put, FRAME.rotated_box(x, y, bounds.right - bounds.left, bounds.bottom - bounds.top, theta))


def barrier_state(frame: int) -> str:
    for first, state in ((OPEN, "Open"), (OPENING, "Opening"), (CLOSED, "Closed"), (CLOSING, "Closing")):
        if frame >= first:
            return state
    return "Open"


def train_speed(frame: int) -> float:
    """In pixels a frame: it gathers speed all the time."""
    return 5 + 0.06 * (frame - _TRAIN_FROM)


class Traffic:
    """Sprites of all vehicles, and where they are."""

    def __init__(self) -> None:
        self._cars, self._cyclists, self._arms = Poses(car), Poses(cyclist), Poses(barrier_arm)
        self._carriages, self._signals, self._sails = Poses(carriage), Poses(signal), Poses(sailing_boat)
        self._leans = Poses(Sprite.turned)
        self._boat, self._foam = motor_boat(), Poses(foam)
        self._below_car, self._below_bike = shadow(102, 9, 0.6), shadow(42, 5, 0.5)

    def __call__(self, frame: int) -> Iterator[Seen]:
        yield from self._boats(frame)
        yield from self._train(frame)
        yield from self._crossing(frame)
        yield from self._bikes(frame)
        yield from self._on_the_road(frame)

    def _boats(self, frame: int) -> Iterator[Seen]:
        for key, size, paint, x, y, phase in (
            ("boat 2", 0.62, (56, 92, 150), 700 - 0.4 * frame, 222.0, 0.0),
            ("boat 3", 0.9, (158, 60, 54), 150 + 0.3 * frame, 240.0, 1.4),
        ):
            heel = round(2 * (4 + 4 * math.sin(frame / 34 + phase))) / 2
            yield self._leaning(key, self._sails(size, paint), snap(x), y, y, heel)
        x = snap(60 + 2.2 * frame + 0.004 * frame**2)
        if x < FRAME.width + 80:
            pitch = round(2 * (-1 + math.sin(frame / 11))) / 2
            yield Seen(Put(self._foam(frame // 3 % 4), x, DECK - 1, DECK - 2.5))
            yield self._leaning("boat 1", self._boat, x, DECK - 1, DECK - 2, pitch)

    def _leaning(self, name: str, upright: Sprite, x: float, y: float, depth: float, theta: float) -> Seen:
        """The box is that of the upright sprite; what is drawn has been turned with it."""
        seen = boxed_turned(Put(upright, x, y, depth, name), theta)
        return replace(seen, put=replace(seen.put, sprite=self._leans(upright, theta)))

    def _train(self, frame: int) -> Iterator[Seen]:
        t = frame - _TRAIN_FROM
        for number, kind in enumerate(CARRIAGES):
            left = snap(5 * t + 0.03 * t**2) - CARRIAGE[0] - number * (CARRIAGE[0] + 4)
            if t > 0 and -CARRIAGE[0] < left < FRAME.width:
                yield boxed(Put(self._carriages(kind), left, RAIL, RAIL, f"carriage {number + 1}"))

    def _crossing(self, frame: int) -> Iterator[Seen]:
        angle = round(-78 + 78 * (_eased(frame, CLOSING, CLOSED) - _eased(frame, OPENING, OPEN)))
        put = Put(self._arms(angle), *_HINGE, 367, "barrier")
        middle = turned([((ARM_LONG - ARM_BACK) / 2, 0)], *_HINGE, angle)[0]
        yield Seen(put, FRAME.rotated_box(*middle, ARM_LONG + ARM_BACK, ARM_WIDE, angle))
        lit = 1 + frame // 12 % 2 if frame in FLASHING else 0
        yield boxed(Put(self._signals(lit), *_SIGNAL, 367, "signal"))

    def _bikes(self, frame: int) -> Iterator[Seen]:
        late = max(0, frame - 385)
        riders: tuple[tuple[str, int, int, float, float, Colour, Colour], ...] = (
            ("cyclist 1", 30, 1, -60 + 4.2 * (frame - 30), 419, (246, 186, 60), (46, 130, 150)),
            ("cyclist 2", 150, -1, 1020 - 5 * (frame - 150), 412, (124, 84, 164), (206, 74, 62)),
            ("cyclist 3", 385, 1, -60 + 2.4 * late + 0.055 * late**2, 417, (84, 150, 104), (60, 64, 76)),
        )
        for key, first, facing, x, ground, shirt, paint in riders:
            if frame < first or not -60 < x < FRAME.width + 60:
                continue
            pedal = round(facing * x / 150 * PEDALS) % PEDALS
            put = Put(self._cyclists(facing, shirt, paint, pedal), snap(x), ground, ground, key, self._below_bike)
            lean = round(2 * math.sin(frame / 9))
            yield self._leaning(key, put.sprite, put.x, put.y, put.depth, lean)

    def _on_the_road(self, frame: int) -> Iterator[Seen]:
        yield self._vehicle("van", "van", 1, _WHITE, 138, _PARKED)
        t = frame - 4
        x = -112 + 5 * t + 0.02 * t**2
        if t >= 0 and x < FRAME.width + 100:
            yield self._vehicle("car 1", "saloon", 1, _RED, x, _NEAR_LANE)
        x = FRAME.width + 90 - 6.2 * (frame - 305)
        if frame >= 305 and x > -100:
            yield self._vehicle("car 1", "saloon", -1, _RED, x, _FAR_LANE)
        x = _blue_car(frame)
        if x is not None and x > -100:
            yield self._vehicle("car 2", "estate", -1, _BLUE, x, _FAR_LANE, frame < BRAKES_UNTIL)

    def _vehicle(
        self, name: str, kind: str, facing: int, paint: Colour, x: float, ground: float, brakes: bool = False
    ) -> Seen:
        spoke = round(facing * x / 84 * 5 * SPOKES) % SPOKES
        sprite = self._cars(kind, facing, paint, spoke, brakes)
        return boxed(Put(sprite, snap(x), ground, ground, name, self._below_car))


def _blue_car(frame: int) -> float | None:
    """Its middle: it comes from the right, brakes before the ducks, stands, and gathers speed again."""
    first, stands = 118, 205
    far, stop = FRAME.width + CAR[0] / 2, 430 + CAR[0] / 2
    if frame < first:
        return None
    if frame < BRAKES_UNTIL:
        left = max(0.0, (stands - frame) / (stands - first))
        return stop + (far - stop) * left**2
    return stop - 0.055 * (frame - BRAKES_UNTIL) ** 2


def _eased(frame: int, first: int, last: int) -> float:
    """From 0 to 1, gently at both ends."""
    share = min(1.0, max(0.0, (frame - first) / (last - first)))
    return share * share * (3 - 2 * share)
