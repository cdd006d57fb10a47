"""What every shape's reader shares: numbers and points out of an entry, leniently, with the place of what is wrong."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from viewer.errors import Severity
from viewer.shapes.sketch import Points
from viewer.size import Size

ROUND = 0.002
"""Pixels between a curve and the straight sides that it is drawn with: hardly ever does a pixel's centre lie there."""
FARTHEST = 1e6
"""Fractions of the frame beyond this cannot be placed on any screen; such a label is listed, not drawn."""


class BadGeometry(Exception):
    """This label cannot be drawn. `where` is the path below the entry, `what` says why."""

    def __init__(self, where: str, what: str, severity: Severity = "error") -> None:
        super().__init__(f"{where}: {what}")
        self.where, self.what = where, what
        self.severity: Severity = severity


@dataclass(slots=True)
class Reading:
    """What a shape is given beside its entry, and where it says what it had to mend."""

    frame: Size
    """Fractions times this are pixels."""
    template: Mapping[str, Any] | None = None
    """The ontology's skeleton template of the label's class, as it stands in the ontology file."""
    found: list[tuple[Severity, str, str]] = field(default_factory=list[tuple[Severity, str, str]])
    """(severity, path below the entry, sentence), in the order met."""

    def warn(self, where: str, what: str) -> None:
        self.found.append(("warning", where, what))

    def note(self, where: str, what: str) -> None:
        self.found.append(("note", where, what))


def mapping(entry: Mapping[str, Any], keys: Sequence[str]) -> tuple[Mapping[str, Any], str]:
    """The geometry under the first of `keys` that is there, and that key. Raises BadGeometry where none is an object."""
    key = present_key(entry, keys)
    value = entry.get(key)
    if value is None:
        raise BadGeometry(key, f"the label has no {key}, so there is nothing to draw")
    if not isinstance(value, Mapping):
        raise BadGeometry(key, f"{key} is {described(value)} where an object was expected")
    return value, key


def present_key(entry: Mapping[str, Any], keys: Sequence[str]) -> str:
    """The first of `keys` that the entry has, else the first."""
    return next((key for key in keys if key in entry), keys[0])


def number(
    geometry: Mapping[str, Any],
    key: str,
    where: str,
    reading: Reading,
    *,
    default: float | None = None,
    quiet: bool = False,
) -> float:
    """`geometry[key]` as a finite float.

    A number in quotes is read with a warning. With a default, an absent or null value is that default, said unless
    `quiet`. Raises BadGeometry for anything else.
    """
    path = f"{where}.{key}"
    value = geometry.get(key)
    if value is None:
        if default is None:
            raise BadGeometry(path, f"{key} is {'null' if key in geometry else 'missing'} where a number was expected")
        if not quiet:
            reading.warn(path, f"{key} is missing; {default:g} was taken")
        return default
    return as_number(value, path, reading)


def as_number(value: Any, path: str, reading: Reading) -> float:
    """`value` as a finite float; a number in quotes is read with a warning. Raises BadGeometry."""
    unquoted = _unquoted(value) if isinstance(value, str) else None
    if unquoted is not None:
        reading.warn(path, f"the number {value[:40]} stands in quotes; it was read as a number")
        value = unquoted
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadGeometry(path, f"{described(value)} where a number was expected")
    try:
        made = float(value)
    except OverflowError:
        made = math.inf
    if not math.isfinite(made):
        raise BadGeometry(path, "not a finite number")
    if abs(made) > FARTHEST:
        raise BadGeometry(
            path, f"{made:g} is so large that the label lies far outside any picture; not drawn", "warning"
        )
    return made


def radius(geometry: Mapping[str, Any], key: str, where: str, reading: Reading) -> float:
    """A number that should be above zero, and is taken as it stands, with a warning, where it is not."""
    made = number(geometry, key, where, reading)
    if made <= 0:
        reading.warn(f"{where}.{key}", f"the radius is {'negative' if made < 0 else 'zero'}")
    return made


def _unquoted(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def ordered_items(value: Any, where: str, reading: Reading) -> list[tuple[str, Any]]:
    """Points of a dictionary '0', '1', ... in the order of their numbers, or of a list; each with its path."""
    if isinstance(value, Mapping):
        numbered = sorted((key for key in value if _is_place(key)), key=int)
        words = [key for key in value if not _is_place(key)]
        if not words:
            return [(f"{where}.{key}", value[key]) for key in numbered]
        reading.warn(f"{where}.{words[0]}", "the key of this point is not a number; it was put last")
        return [(f"{where}.{key}", value[key]) for key in (*numbered, *words)]
    if isinstance(value, list):
        return [(f"{where}[{index}]", item) for index, item in enumerate(value)]
    raise BadGeometry(where, f"{described(value)} where points were expected")


def _is_place(key: str) -> bool:
    return key.isascii() and key.isdecimal() and len(key) < 10


def points(value: Any, where: str, reading: Reading) -> Points:
    """Fractions, shape (n, 2), of points {x, y} in a numbered dictionary or a list. Raises BadGeometry."""
    items = ordered_items(value, where, reading)
    try:
        flat = [point[axis] for _, point in items for axis in ("x", "y")]
    except (TypeError, KeyError, IndexError):
        flat = None
    made = _plain_numbers(flat) if flat is not None else None
    if made is not None:
        return made.reshape(-1, 2)
    return np.array([point(item, path, reading) for path, item in items], dtype=np.float64).reshape(-1, 2)


def numbers(flat: list[Any], where: str, reading: Reading) -> Points:
    """A flat list of numbers as float64; one in quotes is read with a warning. Raises BadGeometry."""
    made = _plain_numbers(flat)
    if made is not None:
        return made
    return np.array([as_number(item, f"{where}[{i}]", reading) for i, item in enumerate(flat)], dtype=np.float64)


def _plain_numbers(flat: list[Any]) -> Points | None:
    """A flat list as float64 where all are ordinary finite numbers; None where one needs a closer look."""
    if not set(map(type, flat)) <= {int, float}:
        return None
    try:
        made = np.array(flat, dtype=np.float64)
    except OverflowError:
        return None
    return made if np.abs(made).max(initial=0.0) <= FARTHEST else None  # NaN fails the comparison too


def point(value: Any, path: str, reading: Reading) -> tuple[float, float]:
    """One {x, y}. Raises BadGeometry."""
    if not isinstance(value, Mapping):
        raise BadGeometry(path, f"{described(value)} where a point {{x, y}} was expected")
    return number(value, "x", path, reading), number(value, "y", path, reading)


def in_pixels(fractions: Points, frame: Size) -> Points:
    """Fractions of the frame to pixels: x by its width, y by its height."""
    return fractions * np.array(frame, dtype=np.float64)


def described(value: Any) -> str:
    """What JSON calls it, in a reviewer's words."""
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case str():
            return f"the text '{value[:40]}'"
        case int() | float():
            return "a number"
        case list():
            return "a list"
        case _:
            return "an object"


def pairs(points_px: Points) -> list[list[float]]:
    """As JSON: [[x, y], ...]."""
    return points_px.tolist()


def ellipse_ring(cx: float, cy: float, rx: float, ry: float, theta_degrees: float) -> Points:
    """An ellipse as a ring of points on it; theta clockwise on screen about its centre.

    No side is farther than ROUND from the curve, up to a radius of 6,800 pixels; of larger ones no eye sees the corners.
    """
    largest = max(abs(rx), abs(ry), 1.0)
    count = min(max(int(math.pi / math.sqrt(2 * ROUND / largest)) + 1, 24), 4096)
    angles = np.arange(count) * (2 * math.pi / count)
    along, across = rx * np.cos(angles), ry * np.sin(angles)
    turn = math.radians(theta_degrees % 360)
    cos, sin = math.cos(turn), math.sin(turn)
    return np.column_stack((cx + along * cos - across * sin, cy + along * sin + across * cos))
