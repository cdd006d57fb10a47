"""What floats on a slice, decided: words, letters of the patient's sides, the bar that shows a length. No Qt."""

from __future__ import annotations

from typing import NamedTuple

from viewer.errors import escaped
from viewer.media.grey import Window
from viewer.media.plane import Letters, Plane, letters_along, opposite_letters
from viewer.media.plane import place_words as place_in_patient
from viewer.scene.stretch import Stretch

LONGEST_BAR = 140
"""Pen pixels."""
LONGEST_NAME = 40
FINE = 20
"""Windows narrower than this are told with fractions."""


class Bar(NamedTuple):
    """A line of a round length."""

    length: float
    """Device pixels."""
    words: str


def place_words(frame: int, place: int, count: int, is_cine: bool) -> list[str]:
    """['slice 17 of 40', 'frame 16']: `place` counts from 0, as people do not; `frame` is the export's number.

    Pictures of a cine are no slices. Nothing is said of the only one.
    """
    noun = "picture" if is_cine else "slice"
    return [f"{noun} {place + 1:,} of {count:,}", f"frame {frame:,}"] if count > 1 else []


def slice_words(
    plane: Plane, frame: int, place: int, count: int, window: Window | None, inverted: bool, is_cine: bool = False
) -> tuple[str, ...]:
    """Lines such as 'slice 17 of 40 · frame 16 · number 18', 'position -12.5 mm', '3 mm thick', 'C 40 W 400 · inverted'.

    The file's own number is said where it is another than the one in the series; all pictures of a cine have the same.
    """
    named = place_words(frame, place, count, is_cine)
    if plane.volume is not None:
        named.append(f"volume {plane.volume:,}")
    if plane.number is not None and not (named and (is_cine or plane.number in (place + 1, frame))):
        named.append(f"number {plane.number:,}")
    lines = [
        " · ".join(named),
        _position_words(plane),
        "" if plane.thickness is None else f"{plane.thickness:,.4g} mm thick",
        "" if window is None else _window_words(window, inverted),
    ]
    return tuple(line for line in lines if line)


def _position_words(plane: Plane) -> str:
    """By the patient's own axes where they are known, else as the file says."""
    if plane.depth is not None and plane.normal is not None:
        return place_in_patient(plane.normal, plane.depth)
    return "" if plane.location is None else f"position {plane.location:,.1f} mm"


def _window_words(window: Window, inverted: bool) -> str:
    figures = ",.0f" if window.width >= FINE else ",.3g"
    said = f"C {window.center:{figures}} W {window.width:{figures}}"
    if window.table is not None:
        said = escaped(window.name)[:LONGEST_NAME] or "grey levels by a table of the file"
    elif window.name:
        said += f" · {escaped(window.name)[:LONGEST_NAME]}"
    return f"{said} · inverted" if inverted else said


def letters_of(plane: Plane) -> Letters:
    across, down = plane.across, plane.down
    if across is None and down is None and plane.sides is not None:
        right, bottom = plane.sides
        return Letters(opposite_letters(right), opposite_letters(bottom), right, bottom)
    return letters_along(across, down)


def pixel_sides(plane: Plane | None) -> tuple[float, float] | None:
    """Width and height of a stored pixel in mm; None where they, or where they were measured, are not known."""
    if plane is None or plane.spacing is None or plane.spacing_of == "unknown":
        return None
    high, wide = plane.spacing
    return (wide, high) if wide > 0 and high > 0 else None


def place_of_lengths(plane: Plane) -> str:
    """What is added to millimetres that are not the patient's own."""
    return " at the detector" if plane.spacing_of == "detector" else ""


def bar_of(plane: Plane, stretch: Stretch, scale: float, unit: float) -> Bar | None:
    """As long as goes, of 1, 2 or 5 times a power of ten; lying across, at `scale` device pixels to one as shown."""
    sides = pixel_sides(plane)
    if sides is None:
        return None
    of_one = scale * stretch.across / sides[0]
    length = longest_round(LONGEST_BAR * unit / of_one)
    return None if length is None else Bar(length * of_one, f"{length:,g} mm{place_of_lengths(plane)}")


def longest_round(most: float) -> float | None:
    """The longest of 0.001, 0.002, 0.005 ... 1,000 millimetres up to `most`; None where all are longer."""
    fitting = [times * 10.0**power for power in range(-3, 4) for times in (1, 2, 5) if times * 10.0**power <= most]
    return min(fitting[-1], 1000.0) if fitting else None
