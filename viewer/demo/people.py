"""People: a pose is fourteen joints, and the drawing is made around the joints, so skeletons fit."""

from __future__ import annotations

import math
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from viewer.demo.ontology import JOINTS
from viewer.demo.pencil import Colour, Pencil, Point, mixed

(HEAD, NECK, L_SHOULDER, L_ELBOW, L_HAND, R_SHOULDER, R_ELBOW, R_HAND) = range(8)
(L_HIP, L_KNEE, L_FOOT, R_HIP, R_KNEE, R_FOOT) = range(8, 14)


class Clothes(NamedTuple):
    """Colours of shirt, trousers, hair and skin."""

    shirt: Colour
    trousers: Colour
    hair: Colour = (58, 38, 28)
    skin: Colour = (214, 164, 130)


class Drawing(Protocol):
    """What knows which of its pixels belong to what."""

    width: int
    height: int

    def visible(self, name: str) -> NDArray[np.bool_]: ...


def from_the_front(x: float, ground: float, height: float, wave: bool = False, wide: float = 0.0) -> list[Point]:
    """Standing and looking at us; its left is on our right. `wide` spreads legs and arms, 0 to 1."""
    left_arm = (2.5, 2.9) if wave else (0.22 + wide, 0.12 + wide)
    legs = 0.05 + 0.25 * wide
    return _joints(
        x, ground, height, 0.095, 0.055, left_arm, (-0.22 - wide, -0.12 - wide), (legs, legs), (-legs, -legs)
    )


def walking(x: float, ground: float, height: float, facing: int, stride: float, swing: float = 0.5) -> list[Point]:
    """From the side, going right (`facing` 1) or left (-1); `stride` in radians of the step, `swing` its reach."""
    step = swing * math.sin(stride)
    bend = 0.35 * swing
    left_leg = (step, step - bend * (1 + math.cos(stride)))
    right_leg = (-step, -step - bend * (1 - math.cos(stride)))
    left_arm, right_arm = (-0.8 * step, -0.8 * step + 0.5 * swing), (0.8 * step, 0.8 * step + 0.5 * swing)
    angles = [(facing * a, facing * b) for a, b in (left_arm, right_arm, left_leg, right_leg)]
    return _joints(x, ground, height, 0.02 * facing, 0.012 * facing, *angles)


def _joints(
    x: float, ground: float, height: float, shoulder: float, hip: float,
    left_arm: Point, right_arm: Point, left_leg: Point, right_leg: Point,
) -> list[Point]:  # fmt: skip
    """Angles in radians from straight down, positive to the right: of the upper and of the lower limb."""

    def limb(start: Point, angles: Point, upper: float, lower: float) -> list[Point]:
        middle = (start[0] + upper * height * math.sin(angles[0]), start[1] + upper * height * math.cos(angles[0]))
        end = (middle[0] + lower * height * math.sin(angles[1]), middle[1] + lower * height * math.cos(angles[1]))
        return [middle, end]

    hips = [(x + side * hip * height, ground - 0.5 * height) for side in (1, -1)]
    legs = [limb(start, angles, 0.245, 0.235) for start, angles in zip(hips, (left_leg, right_leg), strict=True)]
    # The lower foot stands on the ground.
    drop = ground - 0.02 * height - max(leg[1][1] for leg in legs)
    shoulders = [(x + side * shoulder * height, ground - 0.81 * height) for side in (1, -1)]
    arms = [limb(start, angles, 0.17, 0.15) for start, angles in zip(shoulders, (left_arm, right_arm), strict=True)]
    joints = [(x, ground - 0.93 * height), (x, ground - 0.83 * height)]
    for start, arm in zip(shoulders, arms, strict=True):
        joints += [start, *arm]
    for start, leg in zip(hips, legs, strict=True):
        joints += [start, *leg]
    return [(px, py + drop) for px, py in joints]


def hidden_joints(drawing: Drawing, key: str, joints: list[Point]) -> dict[str, str]:
    """Joint name to 'occluded' for what other things cover, 'invisible' for what lies outside; once all is drawn."""
    mask = drawing.visible(key)
    covered = {}
    for joint, (x, y) in zip(JOINTS, joints, strict=True):
        column, row = int(x), int(y)
        if not (0 <= x < drawing.width and 0 <= y < drawing.height):
            covered[joint.name] = "invisible"
        elif not mask[max(0, row - 1) : row + 2, max(0, column - 1) : column + 2].any():
            covered[joint.name] = "occluded"
    return covered


def draw_person(pencil: Pencil, joints: list[Point], height: float, clothes: Clothes) -> None:
    """The figure, right limbs behind and left ones in front."""
    h, dark = height, mixed(clothes.trousers, (0, 0, 0), 0.25)
    shaded = mixed(clothes.shirt, (0, 0, 0), 0.22)
    for hip, knee, foot, colour in ((R_HIP, R_KNEE, R_FOOT, dark), (L_HIP, L_KNEE, L_FOOT, clothes.trousers)):
        pencil.taper(joints[hip], joints[knee], 0.10 * h, 0.075 * h, colour)
        pencil.taper(joints[knee], joints[foot], 0.075 * h, 0.05 * h, colour)
        pencil.ellipse(joints[foot][0], joints[foot][1], 0.042 * h, 0.024 * h, (40, 36, 40))
    _arm(pencil, joints, (R_SHOULDER, R_ELBOW, R_HAND), h, shaded, clothes.skin)
    trunk = [joints[L_SHOULDER], joints[R_SHOULDER], joints[R_HIP], joints[L_HIP]]
    for a, b in ((0, 3), (1, 2), (0, 1), (3, 2)):
        pencil.taper(trunk[a], trunk[b], 0.075 * h, 0.075 * h, clothes.shirt)
    pencil.polygon(trunk, clothes.shirt)
    pencil.taper(joints[NECK], joints[HEAD], 0.05 * h, 0.05 * h, clothes.skin)
    x, y = joints[HEAD]
    pencil.ellipse(x, y - 0.012 * h, 0.062 * h, 0.072 * h, clothes.hair)
    pencil.ellipse(x, y + 0.012 * h, 0.054 * h, 0.058 * h, clothes.skin)
    _arm(pencil, joints, (L_SHOULDER, L_ELBOW, L_HAND), h, clothes.shirt, clothes.skin)


def _arm(
    pencil: Pencil, joints: list[Point], names: tuple[int, int, int], h: float, sleeve: Colour, skin: Colour
) -> None:
    shoulder, elbow, hand = (joints[name] for name in names)
    pencil.taper(shoulder, elbow, 0.075 * h, 0.055 * h, sleeve)
    pencil.taper(elbow, hand, 0.05 * h, 0.038 * h, sleeve)
    pencil.ellipse(hand[0], hand[1], 0.024 * h, 0.024 * h, skin)
