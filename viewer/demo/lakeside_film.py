"""The film by the lake, frame after frame, with the place of everything that is labelled on it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PIL import Image

from viewer.demo.film import FPS
from viewer.demo.geometry import Geometry
from viewer.demo.lakeside import FRAME, Scenery
from viewer.demo.lakeside_furniture import furniture
from viewer.demo.lakeside_traffic import Seen, Traffic
from viewer.demo.lakeside_walks import Walks
from viewer.demo.ontology import JOINTS
from viewer.demo.people import hidden_joints
from viewer.demo.sprites import Stage

COUNT = 20 * FPS
CLOUDY = (390, 449)
"""Frames on which a cloud is before the sun; the light goes and comes back around them."""
MASKED = range(60, 200)
"""Frames on which the boat's visible part was painted."""
_FADE = 20
_SEEN_ENOUGH = 0.15
_IN_THE_SHADE = np.array([[0.78, 0.83, 0.89]])


def draw_film() -> Iterator[tuple[Image.Image, dict[str, Geometry]]]:
    """The picture, and the places by key. What can hardly be seen has none there: a gap in its track."""
    scenery, still, movers = Scenery(), furniture(), (Traffic(), Walks())
    shades: dict[int, list[int]] = {}
    for frame in range(COUNT):
        seen = [thing for mover in movers for thing in mover(frame)]
        stage = Stage(scenery.at(frame), [*still, *(thing.put for thing in seen)])
        picture = stage.picture
        dark = _darkness(frame)
        if dark:
            shades.setdefault(dark, _shade(dark))
            picture = picture.point(shades[dark])
        yield picture, _places(stage, seen, frame)


def _places(stage: Stage, seen: list[Seen], frame: int) -> dict[str, Geometry]:
    places: dict[str, Geometry] = {}
    for thing in seen:
        name = thing.put.name
        if not name or stage.share_seen(name) < _SEEN_ENOUGH:
            continue
        if "point" in (thing.place or {}) and not (0 <= thing.put.x < FRAME.width and 0 <= thing.put.y < FRAME.height):
            continue
        if thing.place is not None:
            places[name] = thing.place
        elif thing.joints:
            joints = list(thing.joints)
            places[name] = FRAME.skeleton(JOINTS, joints, hidden_joints(stage, name, joints))
    if frame in MASKED and "boat 1" in places:
        places["boat 1 mask"] = FRAME.bitmask(stage.visible("boat 1"))
    return places


def _darkness(frame: int) -> int:
    """0 in the sun, `_FADE` under the cloud."""
    first, last = CLOUDY
    return max(0, min(_FADE, frame - first + _FADE // 2, last + _FADE // 2 - frame))


def _shade(dark: int) -> list[int]:
    """What each step of red, green and blue becomes."""
    share = dark / _FADE
    steps = np.arange(256)[:, np.newaxis] * (1 - share + share * _IN_THE_SHADE)
    return np.rint(steps).astype(int).T.ravel().tolist()
