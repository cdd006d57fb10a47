"""Where a slice lies in the patient, and how large its pixels are. Pure arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Vector = tuple[float, float, float]
"""Millimetres, or a direction of length 1, in the patient's own axes: to the left, to the back, to the head."""

SpacingOf = Literal["patient", "detector", "unknown"]
"""What a spacing was measured at: in the patient, or at the detector, where projections are larger than life."""

_LETTERS = (("R", "L"), ("A", "P"), ("F", "H"))
"""For each axis of the patient, the letter of its low and of its high end."""
_OPPOSITE = str.maketrans("RLAPFH", "LRPAHF")
OBLIQUE = 0.05
"""Share of an axis in a direction from which on its letter is named too."""


@dataclass(frozen=True, slots=True)
class Plane:
    """One slice: what a ruler, a scale bar, orientation letters and other planes need. None where the file is silent."""

    spacing: tuple[float, float] | None = None
    """Millimetres from row to row, and from column to column."""
    spacing_of: SpacingOf = "unknown"
    across: Vector | None = None
    """The direction in which the columns go on, to the right of the picture."""
    down: Vector | None = None
    position: Vector | None = None
    """Of the middle of the first pixel."""
    thickness: float | None = None
    """Millimetres."""
    location: float | None = None
    """Millimetres, along the series, as the file says."""
    number: int | None = None
    """As the file counts it."""
    volume: int | None = None
    """Of files that hold several, which of them, counted from 0."""
    aspect: float = 1.0
    """Height of a pixel over its width."""
    sides: tuple[str, str] | None = None
    """Letters of the patient's sides to the right of the picture and below it, where the file says no more than these."""

    @property
    def normal(self) -> Vector | None:
        """The direction that is at right angles to the slice: towards the head where `across` is left and `down` back."""
        return None if self.across is None or self.down is None else cross(self.across, self.down)

    @property
    def depth(self) -> float | None:
        """Millimetres along the normal, by which slices of a series are sorted."""
        normal, position = self.normal, self.position
        return None if normal is None or position is None else dot(normal, position)


def dot(one: Vector, other: Vector) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def cross(one: Vector, other: Vector) -> Vector:
    """The direction at right angles to both."""
    (a, b, c), (d, e, f) = one, other
    return b * f - c * e, c * d - a * f, a * e - b * d


class Letters(NamedTuple):
    """The patient's sides at the edges of a picture; empty where its file does not say."""

    left: str = ""
    top: str = ""
    right: str = ""
    bottom: str = ""


NO_LETTERS = Letters()


def letters_along(right: Vector | None, bottom: Vector | None) -> Letters:
    """Of a picture whose right and lower sides lie in these directions of the patient."""
    left, to_right = ("", "") if right is None else (towards(opposite(right)), towards(right))
    top, below = ("", "") if bottom is None else (towards(opposite(bottom)), towards(bottom))
    return Letters(left, top, to_right, below)


def towards(direction: Vector) -> str:
    """Letters of the side of the patient that lies in this direction, the strongest first: 'L', 'PL', 'HRA'."""
    parts = sorted(enumerate(direction), key=lambda part: -abs(part[1]))
    return "".join(_LETTERS[axis][share > 0] for axis, share in parts if abs(share) > OBLIQUE)


def opposite_letters(letters: str) -> str:
    """'PL' of 'AR'."""
    return letters.translate(_OPPOSITE)


def place_words(direction: Vector, along: float) -> str:
    """'F 210.0 mm': how far along a direction, and to which side of the patient's origin."""
    side = towards(direction if along >= 0 else opposite(direction))[:1]
    return f"{side} {abs(along):,.1f} mm".lstrip()


def opposite(direction: Vector) -> Vector:
    return -direction[0], -direction[1], -direction[2]
