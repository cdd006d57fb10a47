"""Sets of keys: our own, and the letters that hands bring along from other tools."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from viewer.app.actions import Action

KeySet = Literal["own", "cvat", "labelme", "radiology"]

_CHANGED: Mapping[KeySet, Mapping[str, tuple[str, ...]]] = {
    "own": {},
    "cvat": {
        "next_frame": ("F", "Right", "."),
        "previous_frame": ("D", "Left", ","),
        "ten_on": ("V", "Shift+Right"),
        "ten_back": ("C", "Shift+Left"),
        "dim": ("Alt+D",),
        "visibility": ("Alt+V",),
    },
    "labelme": {
        "next_frame": ("D", "Right", "."),
        "previous_frame": ("A", "Left", ","),
        "dim": ("Alt+D",),
    },
    "radiology": {
        "next_frame": ("Down", "Right", "."),
        "previous_frame": ("Up", "Left", ","),
        "ten_on": ("PgDown", "Shift+Right"),
        "ten_back": ("PgUp", "Shift+Left"),
        "next_label": ("Shift+Down",),
        "previous_label": ("Shift+Up",),
    },
}
"""By id of the action; all others keep their own keys. Held keys are the same in all sets."""


def keys_in(action: Action, key_set: KeySet) -> tuple[str, ...]:
    """The keys of an action in a set; the first is shown."""
    return _CHANGED[key_set].get(action.id, action.keys)


def key_and_title(action: Action, key_set: KeySet) -> tuple[str, str]:
    """('hold H', 'Hide labels'): the first key of an action in a set, and what it does."""
    key = keys_in(action, key_set)[0]
    return (f"hold {key}" if action.held else key), action.title.rstrip("…")
