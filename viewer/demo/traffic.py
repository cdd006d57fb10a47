"""The cars and the bus of the street, drawn around the boxes that label them."""

from __future__ import annotations

from viewer.demo.ontology import Answers
from viewer.demo.pencil import Colour, Pencil, mixed
from viewer.demo.perspective import FRAME, TITLE, VANISHING, above, ground
from viewer.demo.rows import CHECKED, DETECTED, SECOND, Thing, object_hash


def far_traffic(pencil: Pencil) -> list[Thing]:
    return [
        _car(pencil, "car 1", -420, 0.15, (150, 60, 66), True, {"Kind": "Saloon"}),
        _car(pencil, "car 2", 420, 0.14, (90, 96, 120), False, {"Kind": "Saloon"}),
        _car(pencil, "car 3", -430, 0.21, (196, 200, 206), True, {"Kind": "Estate", "Roof rails": "Yes"}),
        _bus(pencil),
        _car(pencil, "car 4", -400, 0.33, (40, 84, 130), True, {"Kind": "Saloon", "Extras": [], "Speed (km/h)": 38.5}),
    ]


def _bus(pencil: Pencil) -> Thing:
    near, ratio = 0.34, 0.62
    front = [above(230, near, 640), above(640, near, 640), ground(640, near), ground(230, near)]
    x, y = VANISHING
    back = [(x + (a - x) * ratio, y + (b - y) * ratio) for a, b in front]
    pencil.shade(front[2][0] - 90, front[2][1], 130, 0.6, 0.2)
    pencil.begin("bus")
    side = [front[0], front[3], back[3], back[0]]
    pencil.polygon(side, (150, 104, 30))
    for step in range(5):
        a, b = (near * ratio + near * (1 - ratio) * (step + part) / 5 for part in (0.12, 0.85))
        pane = [above(230, a, 560), above(230, b, 560), above(230, b, 360), above(230, a, 360)]
        pencil.polygon(pane, (255, 220, 150))
    pencil.polygon(front, (214, 160, 50))
    left, top = front[0]
    width, height = front[1][0] - left, front[2][1] - top
    pencil.rectangle(left + 0.1 * width, top + 0.14 * height, 0.8 * width, 0.3 * height, (56, 60, 84), 4)
    pencil.rectangle(left + 0.3 * width, top + 0.04 * height, 0.4 * width, 0.07 * height, (255, 190, 80))
    for place in (0.06, 0.82):
        pencil.rectangle(left + place * width, top + 0.72 * height, 0.12 * width, 0.06 * height, (255, 70, 60), 2)
    pencil.rectangle(left + 0.38 * width, top + 0.78 * height, 0.24 * width, 0.07 * height, (230, 230, 226))
    place = FRAME.cuboid_in_perspective(front, VANISHING, ratio)
    return Thing("Bus", "bus", {0: place}, {"Line": "12", "Passengers seen": 4}, made=SECOND)


def near_traffic(pencil: Pencil) -> list[Thing]:
    behind = object_hash(TITLE, "car 6")
    van = {"Kind": "Van", "Side door": "Right", "Lettering": "Flowers & more", "Extras": ["Tow bar"]}
    return [
        _car(pencil, "car 5", -880, 0.57, (96, 140, 110), True, {"Kind": "Estate", "Roof rails": "No"}, lit=False),
        _car(pencil, "car 6", 430, 0.52, (226, 226, 230), False, van),
        _car(
            pencil, "car 7", -430, 0.66, (190, 58, 60), True,
            {"Kind": "Saloon", "Extras": ["Spoiler", "Sunroof"], "Speed (km/h)": 46, "Remark": "Dipped headlights on"},
        ),
        _car(pencil, "car 8", 420, 0.82, (44, 92, 158), False, {"Kind": "Estate", "Roof rails": "Yes", "Drives behind": behind}),
    ]  # fmt: skip


def _car(
    pencil: Pencil,
    key: str,
    lateral: float,
    near: float,
    paint: Colour,
    coming: bool,
    answers: Answers,
    lit: bool = True,
) -> Thing:
    """A car seen from its front (`coming`) or its back; the box is that of tyres, body and roof."""
    x, y = ground(lateral, near)
    tall = answers["Kind"] == "Van"
    w, h = 400 * near, (410 if tall else 300) * near
    left, top = x - w / 2, y - h
    waist, roof = y - 0.56 * (300 * near), 0.80 if tall else 0.66
    pencil.begin()
    pencil.shade(x, y - 0.01 * h, 0.72 * w, 0.75, 0.22)
    pencil.begin(key)
    for side in (0.07, 0.75):
        pencil.rectangle(left + side * w, y - 0.2 * 300 * near, 0.18 * w, 0.2 * 300 * near, (20, 20, 26), 6 * near)
    cabin = [(x - roof * w / 2, top), (x + roof * w / 2, top), (left + 0.97 * w, waist), (left + 0.03 * w, waist)]
    pencil.polygon(cabin, mixed(paint, (20, 20, 40), 0.25))
    glass = [(a + (x - a) * 0.12, b + (0.05 * h if b == top else -0.02 * h)) for a, b in cabin]
    pencil.polygon(glass, (62, 70, 100))
    pencil.polygon([glass[0], ((glass[0][0] + glass[1][0]) / 2, glass[0][1]), glass[3]], (110, 104, 130))
    pencil.rectangle(left, waist, w, y - waist - 0.08 * h, paint, 0.09 * w)
    pencil.rectangle(left, waist + 0.01 * h, w, 0.05 * h, mixed(paint, (255, 220, 190), 0.35), 0.03 * w)
    bumper = y - 0.24 * 300 * near
    pencil.rectangle(left + 0.01 * w, bumper, 0.98 * w, 0.13 * 300 * near, mixed(paint, (10, 10, 20), 0.55), 0.03 * w)
    pencil.rectangle(x - 0.14 * w, bumper - 0.02 * h, 0.28 * w, 0.07 * 300 * near, (232, 230, 220))
    lamp = (255, 246, 214) if coming and lit else (120, 120, 126) if coming else (255, 60, 52)
    for side in (0.05, 0.77):
        pencil.rectangle(left + side * w, waist + 0.13 * 300 * near, 0.18 * w, 0.09 * 300 * near, lamp, 0.03 * w)
    pencil.begin()
    for side in (0.14, 0.86):
        if lit:
            shine = (150, 130, 90) if coming else (110, 16, 10)
            pencil.glow(left + side * w, waist + 0.17 * 300 * near, (0.55 if coming else 0.3) * w, shine)
    made = DETECTED if near < 0.18 else SECOND if key == "car 5" else CHECKED
    lights = "Off" if not lit else "On" if coming else "Braking"
    changing = [("Lights", lights, ((0, 0),))]
    if key == "car 8":
        changing += [("Indicators", ["Left"], ((0, 0),)), ("Indicators", ["Right"], ((0, 0),))]
    return Thing("Car", key, {0: FRAME.box(left, top, w, h)}, answers, tuple(changing), made)
