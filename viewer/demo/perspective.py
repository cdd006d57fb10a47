"""Where things of the street stand in its picture.

A place on the street is a pair (lateral, near): `near` is 0 at the vanishing point and 1 at the bottom of the
picture, `lateral` is in pixels as they would be at the bottom, where 200 pixels are a metre.
"""

from __future__ import annotations

from viewer.demo.geometry import Frame
from viewer.demo.pencil import Point

TITLE = "street-at-dusk.jpg"
FRAME = Frame(1920, 1080)
VANISHING = (960.0, 470.0)
EYE = 610.0
"""Height of the eye above the street, in pixels at the bottom of the picture."""


def ground(lateral: float, near: float) -> Point:
    return (VANISHING[0] + lateral * near, VANISHING[1] + EYE * near)


def above(lateral: float, near: float, height: float) -> Point:
    x, y = ground(lateral, near)
    return (x, y - height * near)
