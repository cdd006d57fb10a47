"""A yard of crates, drawn isometrically: cuboids whose back face is the front one moved."""

from __future__ import annotations

import math

from viewer.demo.geometry import Frame
from viewer.demo.pencil import Colour, Pencil, Point, mixed
from viewer.demo.rows import CHECKED, Made, Thing

FRAME = Frame(1000, 800)
_UNIT = 78.0
_COS, _SIN = math.cos(math.radians(30)), math.sin(math.radians(30))


def _at(a: float, b: float, up: float) -> Point:
    """From the yard (a to the lower right, b to the lower left, both in units) to the picture."""
    return (500 + (a - b) * _COS * _UNIT, 330 + (a + b) * _SIN * _UNIT - up * _UNIT)


def draw_crates() -> tuple[Pencil, dict[str, Thing]]:
    """The drawing and what is in it, by key."""
    pencil = Pencil(*FRAME)
    pencil.gradient(0, 0, *FRAME, [(0, (214, 222, 230)), (1, (186, 196, 208))])
    floor = [_at(-3, -3, 0), _at(5.6, -3, 0), _at(5.6, 5.6, 0), _at(-3, 5.6, 0)]
    pencil.begin("yard")
    pencil.polygon(floor, (168, 174, 182))
    for line in range(-3, 6):
        pencil.line([_at(line, -3, 0), _at(line, 5.6, 0)], 1, (140, 148, 158, 140))
        pencil.line([_at(-3, line, 0), _at(5.6, line, 0)], 1, (140, 148, 158, 140))
    pencil.texture("yard", 5)
    # Key, place (a, b, up), size (along a, along b, height), paint, marking, stacking; the farthest first.
    crates: tuple[tuple[str, Point3, Point3, Colour, str, str], ...] = (
        ("crate 1", (-2.2, -2.2, 0), (2.0, 2.0, 1.6), (196, 84, 70), "A-01", "Allowed"),
        ("crate 2", (0.6, -2.0, 0), (3.6, 1.3, 1.3), (70, 120, 170), "A-02", "Allowed"),
        ("crate 3", (0.9, -1.9, 1.3), (1.7, 1.1, 1.0), (226, 176, 74), "A-03", "Forbidden"),
        ("crate 4", (-2.0, 0.8, 0), (1.3, 3.2, 1.5), (96, 150, 110), "B-01", "Allowed"),
        ("crate 5", (0.6, 0.8, 0), (1.5, 1.5, 1.5), (176, 136, 96), "B-02", "Allowed"),
        ("crate 6", (0.8, 1.0, 1.5), (1.1, 1.1, 0.9), (150, 108, 170), "B-03", "Forbidden"),
        ("crate 7", (3.0, 1.0, 0), (1.4, 2.6, 1.0), (206, 120, 62), "C-01", "Allowed"),
        ("crate 8", (0.7, 3.2, 0), (1.6, 1.2, 0.8), (84, 156, 160), "C-02", "Allowed"),
        ("crate 9", (3.2, 4.3, 0), (0.7, 0.7, 0.7), (214, 206, 190), "", "Allowed"),
    )
    things = [_crate(pencil, *crate) for crate in crates]
    return pencil, {thing.key: thing for thing in things}


Point3 = tuple[float, float, float]


def _crate(pencil: Pencil, key: str, place: Point3, size: Point3, paint: Colour, marking: str, stacking: str) -> Thing:
    (a, b, up), (da, db, height) = place, size
    low, high = up, up + height
    # The front is the face towards the lower left; the label's back face is the same one at the far end of b.
    front = [_at(a, b + db, high), _at(a + da, b + db, high), _at(a + da, b + db, low), _at(a, b + db, low)]
    right = [_at(a + da, b + db, high), _at(a + da, b, high), _at(a + da, b, low), _at(a + da, b + db, low)]
    top = [_at(a, b, high), _at(a + da, b, high), _at(a + da, b + db, high), _at(a, b + db, high)]
    pencil.begin()
    pencil.shadow([_at(a, b, low), _at(a + da, b, low), _at(a + da, b + db, low), _at(a, b + db, low)], 14, 8, 9, 0.5)
    pencil.begin(key)
    faces = (
        (front, mixed(paint, (0, 0, 0), 0.12)),
        (right, mixed(paint, (0, 0, 0), 0.34)),
        (top, mixed(paint, (255, 255, 255), 0.2)),
    )
    for face, colour in faces:
        pencil.polygon(face, colour)
    for face, colour in faces[:2]:
        for part in range(1, 6):
            share = part / 6
            start = (face[0][0] + (face[1][0] - face[0][0]) * share, face[0][1] + (face[1][1] - face[0][1]) * share)
            end = (face[3][0] + (face[2][0] - face[3][0]) * share, face[3][1] + (face[2][1] - face[3][1]) * share)
            pencil.line([start, end], 2, mixed(colour, (0, 0, 0), 0.16))
        pencil.line([*face, face[0]], 2, mixed(colour, (0, 0, 0), 0.25))
    pencil.line([*top, top[0]], 2, mixed(paint, (255, 255, 255), 0.4))
    far = _at(a, b, high)
    offset = (far[0] - front[0][0], far[1] - front[0][1])
    answers = {"Stacking": stacking} | ({"Marking": marking} if marking else {})
    made = CHECKED if stacking == "Forbidden" else Made()
    return Thing("Crate", key, {0: FRAME.cuboid(front, offset)}, answers, made=made)
