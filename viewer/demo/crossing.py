"""A crossing in 24 frames: things that move, stop, cover one another and come back."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from viewer.demo.geometry import Frame, Geometry
from viewer.demo.ontology import JOINTS
from viewer.demo.pencil import Colour, Pencil, Point, mixed, turned
from viewer.demo.people import Clothes, draw_person, hidden_joints, walking
from viewer.demo.rows import CHECKED, Made, Thing

FRAME = Frame(960, 540)
COUNT = 24
_KERB, _FAR_LANE, _NEAR_LANE = 372.0, 424.0, 492.0
_GREEN_FROM, _AMBER_FROM = 11, 8
# Outlines of vehicles that go right, as shares of their length and height.
_BODIES: dict[str, list[Point]] = {
    "car": [
        (0.0, 0.62), (0.03, 0.44), (0.2, 0.4), (0.3, 0.0), (0.62, 0.0),
        (0.78, 0.38), (0.96, 0.46), (1.0, 0.66), (1.0, 0.84), (0.0, 0.84),
    ],
    "van": [(0.0, 0.0), (0.74, 0.0), (0.9, 0.36), (1.0, 0.48), (1.0, 0.88), (0.0, 0.88)],
}  # fmt: skip
_PANES: dict[str, list[list[Point]]] = {
    "car": [
        [(0.25, 0.38), (0.33, 0.07), (0.46, 0.07), (0.46, 0.38)],
        [(0.49, 0.38), (0.49, 0.07), (0.6, 0.07), (0.72, 0.38)],
    ],
    "van": [[(0.72, 0.36), (0.72, 0.08), (0.76, 0.08), (0.87, 0.36)]],
}
_WALKERS = {
    "person 1": (Clothes((200, 80, 120), (50, 54, 80)), 1, lambda t: 60 + 15.5 * t),
    "person 2": (Clothes((70, 140, 120), (60, 56, 60), (180, 150, 90)), -1, lambda t: 880 - 13 * t),
}


def draw_crossing() -> Iterator[tuple[Pencil, dict[str, Geometry]]]:
    """Frame after frame: the drawing, and the place of everything labelled on it, by key."""
    scenery = _scenery()
    for frame in range(COUNT):
        pencil = scenery.copy()
        yield pencil, _frame(pencil, frame)


def crossing_things(places: list[dict[str, Geometry]]) -> list[Thing]:
    """The labelled things, from their places on each frame: every fourth frame was drawn by hand."""
    by_hand = frozenset(range(0, COUNT, 4))
    last = COUNT - 1
    known = [
        Thing("Car", "car", {}, {"Kind": "Saloon", "Extras": ["Sunroof"], "Speed (km/h)": 32}, (
            ("Lights", "On", ((0, 3), (_GREEN_FROM + 1, last))),
            ("Lights", "Braking", ((4, _GREEN_FROM),)),
            ("Indicators", ["Right"], ((14, last),)),
        ), CHECKED),
        Thing("Car", "van", {}, {"Kind": "Van", "Side door": "Left", "Lettering": "Bread"}, (("Lights", "On", ((0, last),)),)),
        Thing("Cyclist", "cyclist", {}, {"Helmet": "Yes"}, made=CHECKED),
        Thing("Person", "person 1", {}, {}, (("Activity", "Walking", ((0, last),)),)),
        Thing("Person", "person 2", {}, {}, (("Activity", "Walking", ((0, 15), (18, last))), ("Activity", "Standing", ((16, 17),)))),
        Thing("Traffic light", "light", {}, {}, (
            ("State", "Green", ((_GREEN_FROM, last),)),
            ("State", "Amber", ((_AMBER_FROM, _GREEN_FROM - 1),)),
            ("State", "Red", ((0, _AMBER_FROM - 1),)),
        )),
        Thing("Bird", "bird", {}, made=Made("annotator-2@example.org")),
    ]  # fmt: skip
    things = []
    for thing in known:
        found = {frame: place[thing.key] for frame, place in enumerate(places) if thing.key in place}
        first = min(found)
        things.append(replace(thing, places=found, interpolated=frozenset(found) - by_hand - {first}))
    return things


def _scenery() -> Pencil:
    pencil = Pencil(*FRAME)
    pencil.gradient(0, 0, 960, 380, [(0, (150, 196, 232)), (1, (226, 236, 240))])
    walls: tuple[Colour, ...] = (
        (214, 178, 140),
        (180, 120, 104),
        (226, 206, 170),
        (150, 160, 176),
        (204, 150, 120),
        (190, 180, 150),
    )
    for index, wall in enumerate(walls):
        left, top = index * 164 - 12, 96 + (index * 37) % 60
        pencil.rectangle(left, top, 160, 290, wall)
        pencil.rectangle(left, top, 160, 8, mixed(wall, (0, 0, 0), 0.3))
        for row in range(2):
            for column in range(3):
                x, y = left + 16 + column * 48, top + 28 + row * 74
                pencil.rectangle(x, y, 32, 46, mixed(wall, (255, 255, 255), 0.4))
                pencil.rectangle(x + 3, y + 3, 26, 40, (92, 116, 142))
                pencil.polygon([(x + 3, y + 3), (x + 20, y + 3), (x + 3, y + 30)], (130, 154, 176))
        pencil.rectangle(left + 10, 268, 140, 84, (64, 74, 92))
        awning = mixed(((200, 70, 66), (66, 120, 170), (90, 150, 100))[index % 3], wall, 0.15)
        pencil.polygon([(left + 8, 262), (left + 152, 262), (left + 160, 284), (left, 284)], awning)
    pencil.rectangle(0, 350, 960, 24, (176, 172, 168))
    pencil.rectangle(0, _KERB, 960, 5, (130, 128, 126))
    pencil.begin("road")
    pencil.gradient(0, 377, 960, 163, [(0, (92, 94, 102)), (1, (72, 74, 82))])
    for x in range(-20, 960, 90):
        pencil.rectangle(x, 447, 52, 5, (226, 224, 214))
    for stripe in range(6):
        x = 640 + stripe * 30
        pencil.polygon([(x, 377), (x + 16, 377), (x + 26, 540), (x + 4, 540)], (232, 230, 224))
    pencil.texture("road", 5, (3, 1))
    return pencil


def _frame(pencil: Pencil, frame: int) -> dict[str, Geometry]:
    """Draws what moves, the farthest first."""
    places: dict[str, Geometry] = {}
    bird = _bird(pencil, frame)
    if bird:
        places["bird"] = bird
    figures = {}
    for key, (clothes, facing, at) in _WALKERS.items():
        pencil.begin(key)
        standing = key == "person 2" and frame in (16, 17)
        joints = walking(
            at(min(frame, 16) if standing else frame), 366, 108, facing, 0.8 * frame, 0.1 if standing else 0.5
        )
        draw_person(pencil, joints, 108, clothes)
        figures[key] = joints
    places["light"] = _light(pencil, frame)
    car = _vehicle(pencil, "car", _car_at(frame), _FAR_LANE, 156, 56, 1, (200, 52, 54), 4 <= frame <= _GREEN_FROM)
    cyclist = _cyclist(pencil, frame)
    van = _vehicle(pencil, "van", 1040 - 52 * frame, _NEAR_LANE, 208, 104, -1, (240, 240, 236), False)
    for key, (place, whole) in {"car": car, "cyclist": cyclist, "van": van}.items():
        # What is covered or has left the picture has no label there: a gap in its track.
        if pencil.visible(key).sum() > 0.15 * whole:
            places[key] = place
    for key, joints in figures.items():
        hidden = hidden_joints(pencil, key, joints)
        if len(hidden) < 11:
            places[key] = FRAME.skeleton(JOINTS, joints, hidden)
    return places


def _car_at(frame: int) -> float:
    """Its left edge: it comes, brakes before the stripes, waits for green and leaves."""
    start, stop, waits_until = -60.0, 470.0, _GREEN_FROM + 1
    if frame <= waits_until:
        share = min(1.0, frame / 8)
        return start + (stop - start) * (1 - (1 - share) ** 2)
    return stop + 4.6 * (frame - waits_until) ** 2


def _vehicle(
    pencil: Pencil,
    key: str,
    left: float,
    ground: float,
    long: float,
    high: float,
    facing: int,
    paint: Colour,
    brakes: bool,
) -> tuple[Geometry, float]:
    """A car or van from its side; returns its box and the area that it covers when nothing hides it."""
    pencil.begin()
    pencil.shade(left + long / 2, ground, 0.56 * long, 0.6, 0.1)

    def x(share: float) -> float:
        return left + long * (share if facing > 0 else 1 - share)

    top, wheel = ground - high, 15.0 if key == "car" else 18.0
    pencil.begin(key)
    body = _BODIES[key]
    pencil.polygon([(x(a), top + b * high) for a, b in body], paint)
    low = [(x(a), top + b * high) for a, b in ((0.0, 0.7), (1.0, 0.7), (1.0, body[-1][1]), (0.0, body[-1][1]))]
    pencil.polygon(low, mixed(paint, (0, 0, 0), 0.25))
    for pane in _PANES[key]:
        pencil.polygon([(x(a), top + b * high) for a, b in pane], (62, 80, 104))
    if key == "van":
        pencil.rectangle(min(x(0.12), x(0.56)), top + 0.3 * high, 0.44 * long, 0.2 * high, (214, 160, 60), 8)
    for share in (0.18, 0.8):
        pencil.ellipse(x(share), ground - wheel, wheel, wheel, (26, 26, 30))
        pencil.ellipse(x(share), ground - wheel, 0.5 * wheel, 0.5 * wheel, (170, 172, 178))
    pencil.ellipse(x(0.035), top + 0.56 * high, 5, 7, (255, 60, 46) if brakes else (150, 40, 40))
    pencil.ellipse(x(0.965), top + 0.6 * high, 5, 6, (255, 246, 210))
    pencil.begin()
    if brakes:
        pencil.glow(x(0.035), top + 0.56 * high, 44, (150, 20, 10))
    return FRAME.box(left, top, long, high), 0.68 * long * high


def _cyclist(pencil: Pencil, frame: int) -> tuple[Geometry, float]:
    """Rides to the right on the near lane and leans a little to and fro."""
    x, lean, ground = -70 + 46 * frame, 7 * math.sin(frame / 2.2), _NEAR_LANE - 8
    long, high = 104.0, 112.0
    centre = (x + 0.5 * high * math.sin(math.radians(lean)), ground - 0.5 * high * math.cos(math.radians(lean)))

    def at(dx: float, dy: float) -> Point:
        return turned([(dx, dy + 0.5 * high)], *centre, lean)[0]

    pencil.begin()
    pencil.shade(x, ground, 60, 0.5, 0.12)
    pencil.begin("cyclist")
    for wheel in (-30.0, 30.0):
        hub = at(wheel, -22)
        pencil.ellipse(*hub, 22, 22, (30, 30, 34))
        pencil.ellipse(*hub, 18, 18, (120, 124, 130))
    for a, b in (
        ((-30, -22), (-8, -48)),
        ((-8, -48), (22, -50)),
        ((-30, -22), (0, -22)),
        ((0, -22), (22, -50)),
        ((30, -22), (20, -58)),
    ):
        pencil.line([at(*a), at(*b)], 4, (46, 130, 150))
    swing = 9 * math.sin(1.3 * frame)
    pencil.taper(at(-8, -56), at(8, -38 + swing / 2), 15, 11, (44, 50, 74))
    pencil.taper(at(8, -38 + swing / 2), at(0, -18 + swing), 11, 8, (44, 50, 74))
    pencil.taper(at(-8, -58), at(8, -88), 20, 18, (246, 186, 60))
    pencil.taper(at(6, -84), at(22, -62), 9, 7, (230, 168, 48))
    pencil.ellipse(*at(14, -100), 9, 10, (206, 156, 124))
    pencil.polygon([at(2, -101), at(6, -110), at(14, -112), at(22, -109), at(25, -102)], (220, 60, 60))
    return FRAME.rotated_box(*centre, long, high, lean), 3300


def _light(pencil: Pencil, frame: int) -> Geometry:
    """The traffic light before the stripes."""
    pencil.begin("light")
    pencil.rectangle(630, 232, 6, 140, (60, 64, 70))
    pencil.rectangle(618, 176, 30, 70, (34, 36, 42), 6)
    state = 2 if frame >= _GREEN_FROM else 1 if frame >= _AMBER_FROM else 0
    colours: tuple[Colour, ...] = ((255, 70, 60), (255, 186, 60), (70, 220, 120))
    for index, colour in enumerate(colours):
        lit = index == state
        pencil.ellipse(633, 190 + 21 * index, 8, 8, colour if lit else mixed(colour, (20, 22, 26), 0.8))
    pencil.begin()
    pencil.glow(633, 190 + 21 * state, 40, tuple(part // 2 for part in colours[state][:3]))  # type: ignore[arg-type]
    return FRAME.box(618, 176, 30, 70)


def _bird(pencil: Pencil, frame: int) -> Geometry | None:
    """Flies past, is behind the houses for a while, and comes back."""
    if 9 <= frame <= 14:
        return None
    x, y = (120 + 50 * frame, 70 - 4 * frame) if frame < 9 else (980 - 60 * (frame - 14), 40 + 3 * frame)
    flap = 9 * math.sin(1.9 * frame)
    pencil.begin("bird")
    pencil.line([(x - 15, y - flap), (x - 5, y - 3), (x, y), (x + 5, y - 3), (x + 15, y - flap)], 3, (40, 44, 54))
    pencil.ellipse(x, y, 5, 3, (40, 44, 54))
    return FRAME.point(x, y)
