"""What stands in the ranges of a label on a text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from viewer.scene.placed import Place


def labelled_words(ranges: Sequence[Any], place: Place, content: str) -> list[str | None]:
    """The characters of each range, in the order of the export; None for a range that has no place in the text."""
    found = place(ranges)
    made: list[str | None] = [None] * len(ranges)
    for start, end, at in zip(found.starts.tolist(), found.ends.tolist(), found.places.tolist(), strict=True):
        made[at] = content[int(start) : int(end)]
    return made
