"""Skeleton: named points, each visible or not, joined by the bones of the ontology's template where there is one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self, cast

import numpy as np

from viewer.shapes.reading import BadGeometry, Reading, mapping, point
from viewer.shapes.sketch import DOT_STATES, Dot, DotMark, Line, Sketch

MARKS: dict[str, DotMark] = {
    "visible": "disc",
    "occluded": "ring",
    "selfOccluded": "barred ring",
    "invisible": "cross",
}


@dataclass(frozen=True, slots=True)
class Joint:
    """A point of a skeleton, in pixels; `visibility` is one of visible, invisible, occluded, selfOccluded."""

    name: str
    x: float
    y: float
    visibility: str
    colour: str | None


@dataclass(frozen=True, slots=True)
class Bone:
    """Joins two joints, given by their index."""

    start: int
    end: int
    colour: str | None


@dataclass(frozen=True, slots=True)
class Skeleton:
    """Joints in the order of the export."""

    WORD: ClassVar[str] = "skeleton"
    KEYS: ClassVar[tuple[str, ...]] = ("skeleton",)
    TITLE: ClassVar[str] = "skeleton"

    joints: tuple[Joint, ...]
    bones: tuple[Bone, ...]

    @classmethod
    def read(cls, entry: Mapping[str, Any], reading: Reading) -> Self:
        value, key = mapping(entry, cls.KEYS)
        if not value:
            raise BadGeometry(key, "the skeleton has no points, so there is nothing to draw")
        joints: list[Joint] = []
        identities: list[tuple[str, str, str]] = []
        # a skeleton keeps the order of its points: the keys name template points, they do not number a line
        for name, item in value.items():
            path = f"{key}.{name}"
            try:
                joints.append(_read_joint(item, path, name, reading))
            except BadGeometry as bad:
                reading.found.append(("error", bad.where, f"{bad.what}; this point is not shown"))
            else:
                identities.append((str(item.get("featureHash") or ""), str(item.get("name") or ""), name))
        if not joints:
            raise BadGeometry(key, "no point of the skeleton can be read")
        if reading.template is None:
            reading.note(key, "no skeleton template for this class in an ontology: points are shown without bones")
        return cls(tuple(joints), _bones(reading.template, identities))

    def sketch(self) -> Sketch:
        lines: list[Line] = []
        for bone in self.bones:
            ends = (self.joints[bone.start], self.joints[bone.end])
            hidden = any(joint.visibility == "invisible" for joint in ends)
            where = np.array([(joint.x, joint.y) for joint in ends], dtype=np.float64)
            lines.append(Line(where, colour=bone.colour, dashed=hidden, thin=True))
        dots = tuple(Dot(j.x, j.y, MARKS[j.visibility], j.name, j.colour) for j in self.joints)
        return Sketch(lines=tuple(lines), dots=dots)

    def pixels(self) -> dict[str, Any]:
        return {"points": [{"name": j.name, "x": j.x, "y": j.y, "visibility": j.visibility} for j in self.joints]}

    def measure(self) -> str:
        counts = {word: sum(joint.visibility == word for joint in self.joints) for word in MARKS}
        states = ", ".join(f"{count} {DOT_STATES[MARKS[word]]}" for word, count in counts.items() if count)
        return f"{len(self.joints)} points: {states}"


def _read_joint(item: Any, path: str, key: str, reading: Reading) -> Joint:
    x, y = point(item, path, reading)
    name = item.get("name") or item.get("value") or key
    visibility = _visibility(item, path, reading)
    return Joint(str(name), x * reading.frame.width, y * reading.frame.height, visibility, _colour(item.get("color")))


def _visibility(item: Mapping[str, Any], path: str, reading: Reading) -> str:
    """Flags first, in this order, then the word; visible where nothing is said."""
    flag = next((word for word in ("invisible", "occluded", "selfOccluded", "visible") if item.get(word) is True), None)
    if flag:
        return flag
    word = item.get("visibility")
    if word is None or (isinstance(word, str) and word in MARKS):
        return word or "visible"
    reading.warn(f"{path}.visibility", f"unknown visibility '{str(word)[:40]}'; the point is shown as visible")
    return "visible"


def _bones(template: Mapping[str, Any] | None, identities: list[tuple[str, str, str]]) -> tuple[Bone, ...]:
    """The template's edges between joints, which are found by feature hash, then name, then key."""
    if template is None:
        return ()
    joint_of = _matched(_object(template.get("skeleton")), identities)
    made: list[Bone] = []
    for start, ends in _object(template.get("skeletonEdges")).items():
        for end, style in _object(ends).items():
            a, b = joint_of.get(start), joint_of.get(end)
            if a is not None and b is not None and a != b:
                made.append(Bone(a, b, _colour(_object(style).get("color"))))
    return tuple(made)


def _matched(template_points: Mapping[str, Any], identities: list[tuple[str, str, str]]) -> dict[str, int]:
    """Which joint stands for each point of the template; one that its hash tells is not taken for another by its key."""
    points = {key: _object(point) for key, point in template_points.items()}
    by_hash = {str(point["featureHash"]): key for key, point in points.items() if point.get("featureHash")}
    by_name = {str(point["name"]): key for key, point in points.items() if point.get("name")}
    by_key = {key: key for _, _, key in identities}
    made: dict[str, int] = {}
    for place, keys in enumerate((by_hash, by_name, by_key)):
        for index, identity in enumerate(identities):
            key = keys.get(identity[place])
            if key is not None and key not in made and index not in made.values():
                made[key] = index
    return made


def _object(value: Any) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", value) if isinstance(value, Mapping) else {}


def _colour(value: Any) -> str | None:
    """'#rrggbb' or '#rgb'; anything else is no colour."""
    if isinstance(value, str) and len(value) in (4, 7) and value[0] == "#":
        digits = value[1:] if len(value) == 7 else "".join(c * 2 for c in value[1:])
        if all(c in "0123456789abcdefABCDEF" for c in digits):
            return f"#{digits}"
    return None


SHAPE = Skeleton
