"""Colours of labels: the export's own, or by instance, annotator or confidence, or a palette for colour-blind eyes."""

from __future__ import annotations

import colorsys
import zlib
from collections.abc import Sequence
from typing import Protocol

from viewer.labels.records import DEFAULT_COLOUR, Annotation, Provenance
from viewer.scene.marks import Colour, LegendEntry
from viewer.scene.view_state import Look

SAFE: tuple[Colour, ...] = (
    (230, 159, 0),
    (86, 180, 233),
    (0, 158, 115),
    (240, 228, 66),
    (0, 114, 178),
    (213, 94, 0),
    (204, 121, 167),
)
"""Okabe and Ito's palette, which people with any kind of colour vision can tell apart."""

CONFIDENCE: tuple[Colour, ...] = ((204, 60, 120), (230, 159, 0), (240, 228, 66), (0, 158, 115), (60, 150, 230))
"""From 0 to 1 in steps of a quarter; readable for colour-blind eyes."""


class Coloured(Protocol):
    """What has a colour: a label on a frame, or on a stretch of a sound or text."""

    @property
    def object_hash(self) -> str: ...

    @property
    def feature_hash(self) -> str: ...

    @property
    def colour(self) -> str: ...

    @property
    def provenance(self) -> Provenance: ...


def rgb(colour: str) -> Colour:
    """'#rrggbb' as numbers; the default colour for anything else."""
    digits = colour.removeprefix("#")
    if len(digits) != 6:
        digits = DEFAULT_COLOUR.removeprefix("#")
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def hex_of(colour: Colour) -> str:
    """As '#rrggbb'."""
    red, green, blue = colour
    return f"#{red:02x}{green:02x}{blue:02x}"


UNKNOWN = rgb(DEFAULT_COLOUR)
"""Of labels about which the export does not say what they are coloured by."""


def hue_of(key: str) -> Colour:
    """A lively colour that depends on nothing but the key, so that an object keeps it from frame to frame."""
    seed = zlib.crc32(key.encode("utf-8", "replace"))
    hue = (seed * 0.618033988749895) % 1.0
    lightness = 0.55 + 0.1 * ((seed >> 8) % 3 - 1)
    red, green, blue = colorsys.hls_to_rgb(hue, lightness, 0.75)
    return round(red * 255), round(green * 255), round(blue * 255)


def of_confidence(confidence: float | int | str | None) -> Colour:
    """On the scale from 0 to 1; grey for what is no number on it."""
    if not isinstance(confidence, int | float) or not 0 <= confidence <= 1:
        return UNKNOWN
    place = confidence * (len(CONFIDENCE) - 1)
    low = min(int(place), len(CONFIDENCE) - 2)
    a, b, share = CONFIDENCE[low], CONFIDENCE[low + 1], place - low
    return round(a[0] + (b[0] - a[0]) * share), round(a[1] + (b[1] - a[1]) * share), round(a[2] + (b[2] - a[2]) * share)


def colour_of(label: Coloured, look: Look, class_order: Sequence[str]) -> Colour:
    """The colour of a label; `class_order` are the row's feature hashes in order of appearance."""
    match look.colour_by:
        case "instance":
            return hue_of(label.object_hash)
        case "annotator":
            return hue_of(label.provenance.created_by or "") if label.provenance.created_by else UNKNOWN
        case "confidence":
            return of_confidence(label.provenance.confidence)
        case "class":
            if look.safe_palette and label.feature_hash in class_order:
                return SAFE[class_order.index(label.feature_hash) % len(SAFE)]
            return rgb(label.colour)


def legend(annotations: Sequence[Annotation], look: Look) -> tuple[LegendEntry, ...]:
    """What the colours mean where they are not the classes'; empty where the labels' list says it already."""
    if look.colour_by == "annotator":
        names = dict.fromkeys(a.provenance.created_by or "" for a in annotations)
        return tuple(LegendEntry(name or "not said", hue_of(name) if name else UNKNOWN) for name in names)
    if look.colour_by == "confidence":
        return tuple(LegendEntry(f"{share:g}", of_confidence(share)) for share in (0, 0.25, 0.5, 0.75, 1))
    return ()
