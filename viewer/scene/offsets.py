"""Offsets of ranges on texts: what they count, which the format leaves open, and the characters that they mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from viewer.scene.placed import Placed, placed_moments

Units = Literal["code points", "utf-16"]
End = Literal["excluded", "included"]


@dataclass(frozen=True, slots=True)
class Reading:
    """How the two numbers of a range are read."""

    units: Units = "code points"
    """What is counted: characters of Unicode, or UTF-16 units, of which an emoji has two."""
    end: End = "excluded"
    """Whether the character at the second number belongs to the range."""


USUAL = Reading()
"""What is assumed until the reviewer says otherwise."""


def placed_characters(ranges: Sequence[Any], content: str, reading: Reading) -> Placed:
    """Where ranges of a text lie among its characters, by a reading. Those that run backwards have no place."""
    found = placed_moments(ranges)
    return Placed(found.starts, found.ends + (reading.end == "included"), found.places)
