"""A failing export made small: whatever can go without the failure going too, goes."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.fuzz.mutate import places, text_of


def shrunk(data: bytes, fails: Callable[[bytes], bool], tries: int = 600) -> bytes:
    """The smallest text found in so many tries that still fails; the text itself where it is no JSON."""
    try:
        tree: Any = [json.loads(data)]
    except (ValueError, RecursionError):
        return data
    smaller = True
    while smaller and tries > 0:
        smaller = False
        for place in sorted(places(tree[0]), key=lambda place: -len(json.dumps(place.value))):
            if not _is_there(tree, place):
                continue
            kept = place.holder.pop(place.key) if isinstance(place.holder, dict) else place.holder[place.key]
            if isinstance(place.holder, list):
                del place.holder[place.key]
            tries -= 1
            if fails(text_of(tree[0])):
                smaller = True
                break
            if isinstance(place.holder, dict):
                place.holder[place.key] = kept
            else:
                place.holder.insert(place.key, kept)
            if tries <= 0:
                break
    return text_of(tree[0])


def _is_there(tree: Any, place: Any) -> bool:
    return place.key in place.holder if isinstance(place.holder, dict) else place.key < len(place.holder)
