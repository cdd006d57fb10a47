"""A game on an indoor court: two teams of skeletons, a ball, and the lines of the floor."""

from __future__ import annotations

import math

from viewer.demo.geometry import Frame
from viewer.demo.ontology import JOINTS
from viewer.demo.pencil import Pencil, Point
from viewer.demo.people import Clothes, draw_person, from_the_front, hidden_joints, walking
from viewer.demo.rows import CHECKED, Made, Thing

FRAME = Frame(1280, 720)
_BLUE = Clothes((52, 108, 200), (30, 44, 86))
_ORANGE = Clothes((238, 130, 46), (60, 40, 36), (30, 24, 24), (170, 118, 86))
_REFEREE = Clothes((230, 232, 236), (34, 34, 40), (120, 110, 100))


def _on_floor(across: float, towards: float) -> Point:
    """From the floor, both 0 to 1, to the picture."""
    return (640 + (across - 0.5) * (760 + 560 * towards), 236 + 430 * towards)


def draw_court() -> tuple[Pencil, dict[str, Thing]]:
    """The drawing and what is in it, by key."""
    pencil = Pencil(*FRAME)
    _hall(pencil)
    things = _lines(pencil)
    # across, towards us, facing, stride, team, number, what it does
    players = (
        ("player 1", 0.36, 0.12, 1, 1.2, _BLUE, "Blue", "7", "Running"),
        ("player 2", 0.62, 0.20, -1, 2.0, _ORANGE, "Orange", "4", "Running"),
        ("player 3", 0.18, 0.36, 1, 0.7, _ORANGE, "Orange", "11", "Running"),
        ("referee", 0.90, 0.30, 0, 0.0, _REFEREE, "Referee", "", "Waving"),
        ("player 4", 0.47, 0.50, -1, 4.1, _BLUE, "Blue", "10", "Running"),
        ("player 5", 0.53, 0.56, 0, 0.0, _ORANGE, "Orange", "9", "Standing"),
        ("player 6", 0.80, 0.74, -1, 5.4, _BLUE, "Blue", "3", "Walking"),
        ("player 7", 1.004, 0.86, -1, 1.4, _ORANGE, "Orange", "2", "Walking"),
    )
    drawn = []
    for key, across, towards, facing, stride, clothes, team, shirt, activity in players:
        x, y = _on_floor(across, towards)
        height = 128 + 110 * towards
        pencil.begin()
        pencil.shade(x, y, 0.34 * height, 0.55, 0.28)
        swing = 0.75 if activity == "Running" else 0.45
        side = walking(x, y, height, facing, stride, swing)
        joints = side if facing else from_the_front(x, y, height, activity == "Waving", 0.35)
        pencil.begin(key)
        draw_person(pencil, joints, height, clothes)
        answers = {"Team": team} | ({"Shirt number": shirt} if shirt else {})
        drawn.append((key, joints, facing, answers, activity))
    things.append(_ball(pencil))
    for key, joints, facing, answers, activity in drawn:
        # The far arm of a player seen from the side is hidden by the player.
        hidden = {"Right elbow": "selfOccluded", "Right shoulder": "selfOccluded"} if facing else {}
        hidden |= hidden_joints(pencil, key, joints)
        place = {0: FRAME.skeleton(JOINTS, joints, hidden)}
        changing = (("Activity", activity, ((0, 0),)),)
        things.append(Thing("Person", key, place, answers, changing, CHECKED if answers["Team"] == "Blue" else Made()))
    return pencil, {thing.key: thing for thing in things}


def _hall(pencil: Pencil) -> None:
    pencil.begin("hall")
    pencil.gradient(0, 0, 1280, 240, [(0, (38, 44, 58)), (1, (72, 80, 98))])
    for row in range(4):
        for seat in range(64):
            x, y = 8 + seat * 20 + (row % 2) * 10, 96 + row * 32
            tone = (84 + (seat * 7 + row * 13) % 40, 90 + (seat * 5) % 30, 112)
            pencil.rectangle(x, y, 15, 20, tone, 4)
    pencil.rectangle(0, 222, 1280, 16, (196, 70, 60))
    pencil.begin("floor")
    pencil.gradient(0, 238, 1280, 482, [(0, (168, 122, 78)), (1, (214, 164, 108))])
    for board in range(-40, 41):
        far, near = _on_floor(0.5 + board / 36, 0), _on_floor(0.5 + board / 36, 1.2)
        pencil.line([(far[0], 238), near], 1, (120, 84, 52, 90))
    pencil.texture("floor", 4, (2, 7))
    for x in (260, 640, 1020):
        pencil.glow(x, 330, 220, (46, 44, 36))


def _lines(pencil: Pencil) -> list[Thing]:
    ring = [(0.5 + 0.11 * math.cos(i * math.pi / 24), 0.5 + 0.2 * math.sin(i * math.pi / 24)) for i in range(49)]
    left = [(0.05, 0.28), (0.17, 0.28), (0.17, 0.72), (0.05, 0.72)]
    lines = {
        "side lines": [(0.05, 0.05), (0.95, 0.05), (0.95, 0.94), (0.05, 0.94), (0.05, 0.05)],
        "half-way line": [(0.5, 0.05), (0.5, 0.94)],
        "centre circle": ring,
        "left area": left,
        "right area": [(1 - across, towards) for across, towards in left],
    }
    things = []
    for key, floor in lines.items():
        points = [_on_floor(*place) for place in floor]
        pencil.begin(key)
        pencil.line(points, 5, (244, 244, 240))
        things.append(Thing("Court line", key, {0: FRAME.polyline(points)}))
    return things


def _ball(pencil: Pencil) -> Thing:
    x, y = _on_floor(0.40, 0.62)
    pencil.begin()
    pencil.shade(x, y + 2, 26, 0.6, 0.35)
    pencil.begin("ball")
    y -= 15
    pencil.ellipse(x, y, 15, 15, (150, 70, 28))
    pencil.ellipse(x - 1.5, y - 1.5, 13, 13, (226, 116, 48))
    pencil.line([(x - 13, y + 2), (x, y + 5), (x + 13, y)], 1.6, (90, 44, 22))
    pencil.line([(x - 2, y - 14), (x + 3, y), (x, y + 14)], 1.6, (90, 44, 22))
    return Thing("Ball", "ball", {0: FRAME.circle(x, y, 15)}, made=CHECKED)
