"""What a shape is: it reads itself out of an entry and says what it looks like."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Protocol, Self

from viewer.shapes.reading import Reading
from viewer.shapes.sketch import Sketch


class Shape(Protocol):
    """One geometry on one frame, in pixels of that frame, frozen."""

    WORD: ClassVar[str]
    """The export's word under `shape`."""
    KEYS: ClassVar[tuple[str, ...]]
    """Keys under which the export keeps the geometry, the usual one first."""
    TITLE: ClassVar[str]
    """For people: 'rotated box'."""

    @classmethod
    def read(cls, entry: Mapping[str, Any], reading: Reading) -> Self:
        """From an object's entry in the export. Raises BadGeometry; what was mended goes to `reading`."""
        ...

    def sketch(self) -> Sketch: ...

    def pixels(self) -> dict[str, Any]:
        """As `inspect` prints it: plain JSON values."""
        ...

    def measure(self) -> str:
        """Its size in a few words: '87 x 41 px'."""
        ...
