"""Colour profiles: what differs from sRGB is converted for the screen, the values stay the file's."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from viewer.errors import escaped

if TYPE_CHECKING:
    from PIL.Image import Image

_SPACES = {"RGB": b"RGB ", "RGBA": b"RGB ", "CMYK": b"CMYK"}
"""What a profile says at byte 16 of the colours it is for."""
_SAME = 3
"""Steps of 255 within which a profile counts as sRGB: written by many programs, each with its own rounding."""


def through_profile(image: Image, profile: bytes) -> tuple[Image, str | None]:
    """An RGB, RGBA or CMYK image in sRGB as its profile says, and what to say about it; itself where that fails."""
    made = _transform(profile, image.mode)
    if isinstance(made, str):
        return image, made or None
    transform, name = made
    from PIL.ImageCms import PyCMSError, applyTransform

    try:
        converted = applyTransform(image, transform)
    except (PyCMSError, ValueError):
        return image, "its colour profile is broken; shown without it"
    return (converted or image), f"shown through its colour profile {name}"


@lru_cache(maxsize=16)
def _transform(profile: bytes, mode: str) -> tuple[Any, str] | str:
    """A transform to sRGB and the profile's name; or why there is none, '' where none is needed."""
    from PIL import ImageCms

    try:
        read = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if profile[16:20] != _SPACES[mode]:
            return "its colour profile is for other colours; shown without it"
        name = escaped(ImageCms.getProfileDescription(read).strip())[:80]
        out = "RGBA" if mode == "RGBA" else "RGB"
        intent = ImageCms.Intent(ImageCms.getDefaultIntent(read))
        transform = ImageCms.buildTransform(read, ImageCms.createProfile("sRGB"), mode, out, intent)
        if mode != "CMYK" and _changes_nothing(transform, mode):
            return ""
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return "its colour profile is broken; shown without it"
    return transform, name


def _changes_nothing(transform: Any, mode: str) -> bool:
    from PIL import Image as images
    from PIL.ImageCms import applyTransform

    steps = np.linspace(0, 255, 6).astype(np.uint8)
    colours = np.stack(np.meshgrid(steps, steps, steps), -1).reshape(1, -1, 3)
    sample = images.fromarray(colours).convert(mode)
    after = np.asarray(applyTransform(sample, transform))
    return int(np.abs(after.astype(int) - np.asarray(sample)).max()) <= _SAME


def from_lab(image: Image) -> Image:
    """A LAB image in sRGB."""
    from PIL.ImageCms import applyTransform, buildTransform, createProfile

    converted = applyTransform(image, buildTransform(createProfile("LAB"), createProfile("sRGB"), "LAB", "RGB"))
    return converted or image
