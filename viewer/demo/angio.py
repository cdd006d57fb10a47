"""Contrast medium that runs through a beating heart's arteries, as an X-ray film shows it, and its labels.

Pixels as in `pencil.py`. The tip of the catheter and the arteries move with the heart.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from viewer.demo.geometry import Frame, Point
from viewer.demo.rows import CHECKED, SECOND, Judgement, Made, Thing

FRAME = Frame(256, 256)
COUNT, FPS = 30, 15
_SCALE = 3
_BEAT = 13.0
"""Frames from one heartbeat to the next."""
_ARRIVES, _RUNS, _LEAVES = 4, 26.0, 21
"""Frame of the first contrast medium, pixels that it runs in a frame, and the frame from which blood washes it out."""
_CATHETER = ((22.0, -6.0), (40.0, 30.0), (70.0, 48.0), (104.0, 50.0), (118.0, 62.0), (112.0, 76.0))


class Artery(NamedTuple):
    """A smooth line through `points`, `width` at its start, and how far from the heart's mouth it begins."""

    points: tuple[Point, ...]
    width: float
    begins: float = 0.0
    narrow: tuple[float, float] = (0.5, 0.0)
    """Where it is narrowed, as a share of its length, and by what share."""


ARTERIES = {
    "Anterior descending": Artery(
        ((112, 78), (128, 84), (144, 100), (158, 124), (166, 152), (164, 182), (150, 212)), 6.4, narrow=(0.5, 0.72)
    ),
    "Circumflex": Artery(((116, 79), (112, 98), (98, 116), (88, 140), (90, 168), (104, 190)), 5.6),
}
_TWIGS = (
    Artery(((136, 91), (160, 98), (184, 118), (198, 142)), 3.6, 28),
    Artery(((154, 117), (178, 134), (192, 160), (196, 184)), 3.2, 58),
    Artery(((163, 140), (148, 154), (140, 174)), 2.2, 84),
    Artery(((166, 160), (180, 178), (184, 202)), 2.4, 104),
    Artery(((102, 111), (112, 130), (114, 152), (124, 172)), 3.4, 40),
    Artery(((88, 140), (72, 156), (68, 178)), 3.0, 76),
    Artery(((152, 113), (140, 126), (134, 142)), 1.9, 54),
)


def beat(frame: int) -> float:
    """How far the heart has drawn together: 0 to 1."""
    phase = frame % _BEAT / _BEAT
    return math.sin(math.pi * phase / 0.45) if phase < 0.45 else 0.0


def moved(points: NDArray[np.float64], frame: int) -> NDArray[np.float64]:
    """Places (n, 2) on the resting heart, where they are on a frame: lower parts move more."""
    drawn, breath = beat(frame), 1.6 * math.sin(2 * math.pi * frame / COUNT)
    low = np.clip((points[:, 1] - 40) / 150, 0, 1)
    x = points[:, 0] - drawn * low * (points[:, 0] - 120) * 0.16 + 2.2 * drawn
    y = points[:, 1] - drawn * (2.5 + 9 * low) + breath
    return np.column_stack([x, y])


def catheter_tip(frame: int) -> Point:
    x, y = moved(np.array([_CATHETER[-1]]), frame)[0]
    return float(x), float(y)


def filled_line(artery: Artery, frame: int) -> NDArray[np.float64]:
    """The middle of the artery (n, 2) as far as the contrast medium has come; n may be 0."""
    line = _curve(artery.points)
    return moved(line[_length(line) <= _front(artery, frame)], frame)


def draw_angio() -> Iterator[Image.Image]:
    """Grey pictures of 8 bits."""
    still = _ground()
    for frame in range(COUNT):
        dense = Image.new("L", (FRAME.width * _SCALE, FRAME.height * _SCALE))
        draw = ImageDraw.Draw(dense)
        for artery in (*_TWIGS, *ARTERIES.values()):
            line = filled_line(artery, frame)
            widths = _widths(artery)[: len(line)]
            _stroke(draw, line, widths, round(_strength(frame) * (110 + 12 * artery.width)))
        way = _curve(_CATHETER)
        # its upper part lies in the aorta, which moves less and less
        share = np.linspace(0, 1, len(way))[:, np.newaxis] ** 2
        bent = way + share * (moved(way, frame) - way)
        _stroke(draw, bent, np.full(len(bent), 3.2), 96)
        _stroke(draw, bent[-3:], np.full(3, 3.6), 190)
        soft = dense.filter(ImageFilter.GaussianBlur(2.4)).reduce(_SCALE)
        light = still * np.exp(-np.asarray(soft, np.float32) / 190) * _heart_shadow(frame)
        rng = np.random.default_rng(500 + frame)
        light += rng.standard_normal(light.shape, np.float32) * (1.2 + 0.2 * np.sqrt(light))
        light[_blades()] = 6
        yield Image.fromarray(np.rint(light).clip(0, 255).astype(np.uint8))


def angio_things() -> Iterator[Thing]:
    tips = {frame: FRAME.point(*catheter_tip(frame)) for frame in range(COUNT)}
    by_hand = frozenset(range(0, COUNT, 6)) | {COUNT - 1}
    yield Thing("Catheter tip", "catheter tip", tips, made=CHECKED, interpolated=frozenset(tips) - by_hand)
    findings = {"Anterior descending": {"Finding": "Narrowed by more than half"}}
    makers: dict[str, Made] = {"Anterior descending": CHECKED, "Circumflex": SECOND}
    for branch, artery in ARTERIES.items():
        lines = {frame: filled_line(artery, frame)[::4] for frame in range(COUNT)}
        places = {
            frame: FRAME.polyline([(float(x), float(y)) for x, y in line])
            for frame, line in lines.items()
            if len(line) > 2
        }
        yield Thing("Artery", branch, places, {"Branch": branch, **findings.get(branch, {})}, made=makers[branch])


def angio_judgements() -> tuple[Judgement, ...]:
    """What the contrast medium does on each frame."""
    filled = next(
        n for n in range(COUNT) if all(_front(a, n) >= _length(_curve(a.points))[-1] for a in ARTERIES.values())
    )
    spans = {
        "None": (0, _ARRIVES),
        "Arriving": (_ARRIVES + 1, filled - 1),
        "Filled": (filled, _LEAVES),
        "Leaving": (_LEAVES + 1, COUNT - 1),
    }
    title = "Contrast medium"
    return tuple(Judgement(title, {title: answer}, (span,), key=answer) for answer, span in spans.items())


def _front(artery: Artery, frame: int) -> float:
    """How far along the artery the contrast medium has come."""
    return (frame - _ARRIVES) * _RUNS - artery.begins if frame > _ARRIVES else -1.0


def _strength(frame: int) -> float:
    return 1.0 if frame <= _LEAVES else 1 - 0.6 * (frame - _LEAVES) / (COUNT - 1 - _LEAVES)


def _widths(artery: Artery) -> NDArray[np.float64]:
    along = np.linspace(0, 1, len(_curve(artery.points)))
    where, share = artery.narrow
    return artery.width * (1 - 0.62 * along) * (1 - share * np.exp(-(((along - where) / 0.035) ** 2)))


def _curve(points: tuple[Point, ...], steps: int = 12) -> NDArray[np.float64]:
    """A smooth line through all the points."""
    given = np.array([points[0], *points, points[-1]], float)
    t = (np.arange(steps) / steps)[:, np.newaxis]
    pieces = []
    for a, b, c, d in zip(given, given[1:], given[2:], given[3:], strict=False):
        pieces.append(b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a))))
    return np.vstack([*pieces, given[-1:]])


def _length(line: NDArray[np.float64]) -> NDArray[np.float64]:
    """From the first point of a line to each."""
    steps = np.hypot(*np.diff(line, axis=0).T)
    return np.concatenate([[0], np.cumsum(steps)])


def _stroke(draw: ImageDraw.ImageDraw, line: NDArray[np.float64], widths: NDArray[np.float64], ink: int) -> None:
    """A round line whose width changes."""
    scaled = (line * _SCALE).tolist()
    for (a, b), width in zip(pairwise(scaled), (widths * _SCALE).tolist(), strict=False):
        draw.line((*a, *b), fill=ink, width=max(1, round(width)))
        draw.ellipse((b[0] - width / 2, b[1] - width / 2, b[0] + width / 2, b[1] + width / 2), fill=ink)


def _ground() -> NDArray[np.float32]:
    """Lungs, spine, ribs and diaphragm, which stand still."""
    y, x = np.mgrid[: FRAME.height, : FRAME.width].astype(np.float32)
    light = 196 - 0.16 * np.abs(x - 150) - 0.1 * y
    light *= 1 - 0.2 * np.exp(-(((x - 40 - 0.14 * y) / 22) ** 2))
    for number in range(6):
        middle = 26 + 44 * number - 0.00135 * (x - 20) ** 2
        light *= 1 - 0.085 * np.exp(-(((y - middle) / 7) ** 4))
    dome = 226 + 0.0028 * (x - 120) ** 2
    light *= 1 - 0.42 / (1 + np.exp(np.clip((dome - y) / 3, -30, 30)))
    return light


def _heart_shadow(frame: int) -> NDArray[np.float32]:
    """What the heart lets through, smaller when it draws together."""
    y, x = np.mgrid[: FRAME.height, : FRAME.width].astype(np.float32)
    size = 1 - 0.05 * beat(frame)
    reach = np.hypot((x - 130) / (86 * size), (y - 140) / (84 * size))
    return 1 - 0.24 / (1 + np.exp((reach - 1) * 16))


def _blades() -> NDArray[np.bool_]:
    """Where the collimator covers the picture: a frame with cut corners."""
    y, x = np.mgrid[: FRAME.height, : FRAME.width]
    dx, dy = np.abs(x - 127.5), np.abs(y - 127.5)
    return (dx > 122) | (dy > 122) | (dx + dy > 218)
