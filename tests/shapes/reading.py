"""Reading one entry in tests: the shape, and what its reader had to say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from viewer.shapes import SHAPES
from viewer.shapes.reading import Reading
from viewer.size import Size

FRAME = Size(640, 400)
"""Not square, so that a swapped axis shows."""


def read(entry: Mapping[str, Any], frame: Size = FRAME, template: Mapping[str, Any] | None = None) -> Any:
    """The shape that the entry names. Raises BadGeometry."""
    return SHAPES[entry["shape"]].read(entry, Reading(frame, template))


def said(
    entry: Mapping[str, Any], frame: Size = FRAME, template: Mapping[str, Any] | None = None
) -> list[tuple[str, str]]:
    """(severity, path) of what was mended while reading."""
    reading = Reading(frame, template)
    SHAPES[entry["shape"]].read(entry, reading)
    return [(severity, where) for severity, where, _ in reading.found]
