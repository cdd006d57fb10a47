"""How frame numbers of each video are to be read, remembered where the reviewer chose another way than their order."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, get_args

from viewer.media.numbering import IN_ORDER, By, Numbering
from viewer.media.video import Video

KEPT = 200
"""Choices that are remembered; the oldest go first."""


class Numberings:
    """Choices by video. `of` may be called from any thread."""

    def __init__(self, text: str = "", save: Callable[[str], None] = lambda _: None) -> None:
        """`text`: as `save` was given it the last time."""
        self._save = save
        self._known = _read(text)

    def of(self, video: Video) -> Numbering:
        return self._known.get(_key(video), IN_ORDER)

    def remember(self, video: Video, numbering: Numbering) -> None:
        known = {key: kept for key, kept in self._known.items() if key != _key(video)}
        if numbering != IN_ORDER:
            known[_key(video)] = numbering
        self._known = dict(list(known.items())[-KEPT:])
        made = {key: [kept.by, kept.rate, kept.offset] for key, kept in self._known.items()}
        self._save(json.dumps(made))


def _key(video: Video) -> str:
    """The same name and size are the same video, wherever it lies."""
    source = video.source
    return f"{source.name.rpartition('/')[2]} {source.bytes_size}"


def _read(text: str) -> Mapping[str, Numbering]:
    """What makes no sense is dropped."""
    made: dict[str, Numbering] = {}
    try:
        found: Any = json.loads(text or "{}")
        for key, (by, rate, offset) in found.items():
            if by in get_args(By) and float(rate) > 0:
                made[key] = Numbering(by, float(rate), int(offset))
    except (ValueError, TypeError, AttributeError):
        return {}
    return made
