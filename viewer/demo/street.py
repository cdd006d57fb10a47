"""A street at dusk: the dense picture, in perspective."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from viewer.demo.ontology import JOINTS
from viewer.demo.pencil import Colour, Pencil, Point, mixed
from viewer.demo.people import Clothes, draw_person, from_the_front, hidden_joints, walking
from viewer.demo.perspective import FRAME, above, ground
from viewer.demo.rows import CHECKED, DETECTED, SECOND, Made, Thing
from viewer.demo.traffic import far_traffic, near_traffic

_STOREY = 430.0


class _Walker(NamedTuple):
    """A person on the pavement, drawn; what hides it is known only when all is drawn."""

    key: str
    joints: list[Point]
    from_side: bool
    activity: str


def draw_street() -> tuple[Pencil, list[Thing]]:
    """The drawing and everything in it."""
    pencil = Pencil(*FRAME)
    things = [*_sky(pencil), *_ground(pencil), *_furniture(pencil), *far_traffic(pencil)]
    walkers = _people(pencil)
    near = near_traffic(pencil)
    things += [_person(pencil, walker) for walker in walkers] + near
    # The nearest, drawn last, are the first in the export, as one labels them.
    things.reverse()
    things.append(Thing("Sky", "sky", {0: FRAME.bitmask(pencil.visible("sky"))}, made=DETECTED))
    scanned = {"position": [12.4, -1.8, 0.9], "orientation": [0.0, 0.0, 0.31], "size": [4.3, 1.8, 1.5]}
    things.append(Thing("Scanned object", "scan 1", {0: {"cuboid": scanned}}, made=SECOND))
    return pencil, things


def _sky(pencil: Pencil) -> list[Thing]:
    """Sky, and the far ground that the houses stand on."""
    pencil.begin("sky")
    dusk: list[tuple[float, Colour]] = [
        (0.0, (26, 32, 74)), (0.45, (94, 66, 122)), (0.75, (226, 118, 96)), (1.0, (255, 214, 150)),
    ]  # fmt: skip
    pencil.gradient(0, 0, FRAME.width, 490, dusk)
    for x, y, w in ((300, 210, 420), (1240, 150, 520), (760, 300, 300), (1500, 330, 260)):
        for i in range(5):
            pencil.ellipse(x + i * w / 9, y + 6 * i, w / 2 - 20 * i, 7 + 2 * i, (255, 170, 140, 38))
    pencil.glow(960, 455, 620, (135, 72, 18))
    pencil.ellipse(960, 448, 46, 46, (255, 236, 190))
    pencil.glow(960, 448, 150, (90, 70, 30))
    pencil.begin()
    rng = np.random.default_rng(4)
    for x in range(560, 1360, 34):
        height = float(rng.integers(14, 74)) * (0.5 + abs(x - 960) / 500)
        pencil.rectangle(x, 484 - height, 36, height + 10, (88, 60, 92))
    pencil.gradient(
        0, 484, FRAME.width, FRAME.height - 484, [(0, (120, 84, 96)), (0.3, (84, 72, 92)), (1, (58, 56, 76))]
    )
    things = []
    for side, name in ((-1, "left"), (1, "right")):
        for number, house in enumerate(_houses(side, rng), 1):
            things.append(_house(pencil, f"building {name} {number}", *house))
    return things


def _houses(side: int, rng: np.random.Generator) -> list[tuple[float, float, float, float, Colour, int]]:
    """(lateral, far, near, height, colour, storeys), the farthest first."""
    edges = (0.09, 0.13, 0.18, 0.26, 0.37, 0.52, 0.768)
    walls: tuple[Colour, ...] = (
        (92, 74, 104),
        (120, 84, 92),
        (84, 88, 118),
        (138, 96, 86),
        (98, 82, 116),
        (122, 92, 102),
    )
    houses = []
    for index, (far, near) in enumerate(pairwise(edges)):
        storeys = int(rng.integers(2, 5))
        colour = mixed(walls[(index + (side > 0) * 2) % len(walls)], (40, 30, 56), 0.55 - 0.06 * index)
        houses.append((side * 1250.0, far, near, _STOREY * storeys, colour, storeys))
    return houses


def _house(
    p: Pencil, key: str, lateral: float, far: float, near: float, height: float, wall: Colour, storeys: int
) -> Thing:
    rng = np.random.default_rng(round(far * 1000) + (lateral > 0))
    top = [above(lateral, far, height), above(lateral, near, height)]
    corners = [*_below_edge(*top), ground(lateral, near), ground(lateral, far)]
    p.begin(key)
    p.polygon(corners, wall)
    columns = max(3, round((1 / far - 1 / near) * 3.2))
    for storey in range(storeys):
        low, high = _STOREY * (storey + 0.3), _STOREY * (storey + 0.82)
        for column in range(columns):
            # Equal steps in depth, not on the picture.
            a, b = (1 / (1 / near + (1 / far - 1 / near) * (column + part) / columns) for part in (0.25, 0.75))
            lit = rng.random() < 0.42
            shine = (255, 206, 120) if lit else mixed(wall, (18, 20, 40), 0.5)
            pane = [above(lateral, a, high), above(lateral, b, high), above(lateral, b, low), above(lateral, a, low)]
            p.polygon(pane, shine)
    made = CHECKED if near > 0.3 else DETECTED
    return Thing("Building", key, {0: FRAME.polygon([corners])}, {"Storeys": storeys}, made=made)


def _below_edge(far: Point, near: Point) -> list[Point]:
    """The line from `far` to `near`, cut at the top edge of the picture and led along it."""
    if near[1] >= 0:
        return [far, near]
    if far[1] <= 0:
        return [(far[0], 0.0), (near[0], 0.0)]
    share = far[1] / (far[1] - near[1])
    return [far, (far[0] + (near[0] - far[0]) * share, 0.0), (near[0], 0.0)]


def _ground(pencil: Pencil) -> list[Thing]:
    road = [ground(-900, 0.035), ground(900, 0.035), ground(900, 1), ground(-900, 1)]
    pencil.begin("road")
    pencil.polygon(road, (54, 53, 66))
    pencil.polygon([ground(-260, 0.035), ground(260, 0.035), ground(420, 0.7), ground(-420, 0.7)], (120, 84, 80, 60))
    pencil.polygon([ground(-90, 0.035), ground(90, 0.035), ground(150, 0.5), ground(-150, 0.5)], (210, 140, 100, 46))
    pencil.texture("road", 5, (3, 1))
    island = [
        ground(*place) for place in ((-80, 0.30), (80, 0.30), (100, 0.40), (70, 0.425), (-70, 0.425), (-100, 0.40))
    ]
    things = []
    for key, lateral, marking in (("edge left", -840, "Solid"), ("edge right", 840, "Solid"), ("centre", 0, "Dashed")):
        things.append(_lane_line(pencil, key, lateral, marking))
    pencil.begin("island")
    pencil.polygon([(x, y + 5) for x, y in island], (96, 92, 104))
    pencil.polygon(island, (146, 138, 142))
    made = Made(checked_by="reviewer-1@example.org")
    answers = {"Surface": "Asphalt", "Condition": ["Patched", "Worn"]}
    # The refuge in the middle is not road: a hole, and where it stands the label shows the bare picture.
    kerb = [(x, y + 5) if y > 660 else (x, y) for x, y in island]
    return [Thing("Road", "road", {0: FRAME.polygon([road, kerb])}, answers, made=made), *things]


def _lane_line(pencil: Pencil, key: str, lateral: float, marking: str) -> Thing:
    pencil.begin(f"line {key}")
    spans = [(0.04, 0.999)]
    if marking == "Dashed":
        depths = np.arange(1.02, 24, 0.42)
        spans = [(1 / (d + 0.22), 1 / d) for d in depths.tolist() if not 0.28 < 1 / d < 0.46]
    for far, near in spans:
        corners = [
            ground(lateral - 9, far),
            ground(lateral + 9, far),
            ground(lateral + 9, near),
            ground(lateral - 9, near),
        ]
        pencil.polygon(corners, (222, 214, 206))
    points = [ground(lateral, near) for near in (0.98, 0.6, 0.3, 0.1, 0.05)]
    return Thing("Lane line", f"line {key}", {0: FRAME.polyline(points)}, {"Marking": marking}, made=CHECKED)


def _furniture(pencil: Pencil) -> list[Thing]:
    """Lamps, signs and a manhole cover."""
    things = []
    number = 0
    for near in (0.13, 0.19, 0.28, 0.41, 0.6):
        for side in (-1, 1):
            number += 1
            things.append(_lamp(pencil, f"lamp {number}", side, near))
    things.append(_manhole(pencil))
    things += [_sign(pencil, "no entry", -985, 0.34, False), _sign(pencil, "limit", 985, 0.5, True)]
    return things


def _people(pencil: Pencil) -> list[_Walker]:
    people: tuple[tuple[str, float, float, Clothes, int, float, str], ...] = (
        ("person 1", -1105, 0.33, Clothes((196, 70, 80), (40, 44, 70)), 1, 0.9, "Walking"),
        ("person 2", 1120, 0.40, Clothes((80, 170, 160), (60, 54, 60)), -1, 2.2, "Walking"),
        ("person 3", 1090, 0.62, Clothes((240, 190, 90), (46, 60, 96)), 0, 0.0, "Waving"),
        ("person 4", -1060, 0.56, Clothes((140, 120, 210), (50, 46, 56), (200, 170, 90)), -1, 4.0, "Walking"),
    )
    walkers = []
    for key, lateral, near, clothes, facing, stride, activity in people:
        x, y = ground(lateral, near)
        height = 352 * near
        pencil.begin()
        pencil.shade(x, y, 90 * near, 0.5, 0.3)
        joints = walking(x, y, height, facing, stride) if facing else from_the_front(x, y, height, wave=True)
        pencil.begin(key)
        draw_person(pencil, joints, height, clothes)
        walkers.append(_Walker(key, joints, facing != 0, activity))
    return walkers


def _person(pencil: Pencil, walker: _Walker) -> Thing:
    turned_away = {"Right elbow": "selfOccluded", "Right hand": "selfOccluded"} if walker.from_side else {}
    hidden = turned_away | hidden_joints(pencil, walker.key, walker.joints)
    changing = (("Activity", walker.activity, ((0, 0),)),)
    made = DETECTED if walker.key == "person 1" else Made()
    return Thing("Person", walker.key, {0: FRAME.skeleton(JOINTS, walker.joints, hidden)}, changing=changing, made=made)


def _lamp(pencil: Pencil, key: str, side: int, near: float) -> Thing:
    foot, top = ground(side * 1010, near), above(side * 1010, near, 980)
    head = (top[0] - side * 110 * near, top[1] + 14 * near)
    pencil.begin(key)
    pencil.line([foot, top], 15 * near, (34, 32, 44))
    pencil.line([top, head], 11 * near, (34, 32, 44))
    pencil.ellipse(*head, 34 * near, 12 * near, (255, 240, 200))
    pencil.begin()
    pencil.glow(*head, 260 * near, (150, 110, 50))
    return Thing("Lamp", key, {0: FRAME.point(*head)}, {"Lit": "Yes"}, made=DETECTED if near < 0.2 else Made())


def _manhole(pencil: Pencil) -> Thing:
    x, y = ground(-170, 0.86)
    pencil.begin("manhole")
    pencil.ellipse(x, y, 62, 24, (38, 37, 46))
    pencil.ellipse(x, y, 54, 20, (66, 64, 74))
    for offset in (-30, -10, 10, 30):
        pencil.line([(x + offset, y - 12), (x + offset, y + 12)], 4, (44, 43, 52))
    return Thing("Manhole", "manhole", {0: FRAME.ellipse(x, y, 62, 24)})


def _sign(pencil: Pencil, key: str, lateral: float, near: float, limit: bool) -> Thing:
    foot, middle, radius = ground(lateral, near), above(lateral, near, 430), 58 * near
    pencil.begin(f"sign {key}")
    pencil.line([foot, middle], 10 * near, (90, 88, 98))
    pencil.ellipse(*middle, radius, radius, (214, 40, 54))
    x, y = middle
    if not limit:
        pencil.rectangle(x - 0.62 * radius, y - 0.16 * radius, 1.24 * radius, 0.32 * radius, (250, 244, 240))
        return Thing("Road sign", f"sign {key}", {0: FRAME.circle(*middle, radius)}, {"Meaning": "No entry"})
    pencil.ellipse(*middle, 0.78 * radius, 0.78 * radius, (250, 244, 240))
    five = [(0.9, 0), (0.1, 0), (0.1, 0.45), (0.6, 0.4), (0.95, 0.7), (0.6, 1), (0.05, 0.92)]
    strokes = [(x + (-0.55 + 0.5 * a) * radius, y + (-0.42 + 0.84 * b) * radius) for a, b in five]
    pencil.line(strokes, 0.14 * radius, (24, 24, 30))
    pencil.ellipse(x + 0.3 * radius, y, 0.28 * radius, 0.46 * radius, (24, 24, 30))
    pencil.ellipse(x + 0.3 * radius, y, 0.14 * radius, 0.32 * radius, (250, 244, 240))
    answers = {"Meaning": "Speed limit", "Limit (km/h)": 50}
    return Thing("Road sign", f"sign {key}", {0: FRAME.circle(*middle, radius)}, answers, made=CHECKED)
