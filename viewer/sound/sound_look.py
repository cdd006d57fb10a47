"""How sounds are drawn: remembered between starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal, get_args

from viewer.media.spectrogram import Scale, Settings
from viewer.sound.bands import MEDIA_LEAST, NAMES, NAMES_LEAST, Show
from viewer.sound.rows import By

Palette = Literal["warm", "grey"]
WINDOWS = (256, 512, 1024, 2048, 4096)
RANGES = (60, 80, 100, 120)


@dataclass(frozen=True, slots=True)
class SoundLook:
    """Kept from sound to sound."""

    show: Show = "wave"
    by: By = "class"
    names: int = NAMES
    """Width of the names, in pixels."""
    media: int = 190
    """Height of what is drawn of the sound itself."""
    window: int = 1024
    """Samples of the spectrogram's window."""
    decibels: int = 80
    """From the loudest to what is drawn as silence."""
    scale: Scale = "linear"
    palette: Palette = "warm"

    @property
    def spectrogram(self) -> Settings:
        return Settings(self.window, floor_db=-float(self.decibels), scale=self.scale, colour_map=self.palette)


def look_of(found: Mapping[str, Any]) -> SoundLook:
    """As it was remembered; each part that makes no sense as at the first start."""
    allowed: dict[str, tuple[Any, ...] | range] = {
        "show": get_args(Show),
        "by": get_args(By),
        "names": range(NAMES_LEAST, 10_000),
        "media": range(MEDIA_LEAST, 10_000),
        "window": WINDOWS,
        "decibels": RANGES,
        "scale": get_args(Scale),
        "palette": get_args(Palette),
    }
    known = {field.name: found.get(field.name) for field in fields(SoundLook)}
    sensible: dict[str, Any] = {name: value for name, value in known.items() if value in allowed[name]}
    return SoundLook(**sensible)
