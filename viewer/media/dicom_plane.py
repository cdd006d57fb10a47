"""Where the frames of a DICOM file lie, read from its header."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from viewer.media.dicom_lib import value_of
from viewer.media.plane import Plane, SpacingOf, Vector, dot

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

PLANE_TAGS = (
    "PixelSpacing",
    "ImagerPixelSpacing",
    "NominalScannedPixelSpacing",
    "PixelSpacingCalibrationType",
    "PixelAspectRatio",
    "SequenceOfUltrasoundRegions",
    "ImageOrientationPatient",
    "PatientOrientation",
    "ImagePositionPatient",
    "SliceThickness",
    "SliceLocation",
    "InstanceNumber",
    "GridFrameOffsetVector",
    "SharedFunctionalGroupsSequence",
    "PerFrameFunctionalGroupsSequence",
)
IN_THE_PLANE, CENTIMETRES = 1, 3
"""Of an ultrasound region: that it is a picture in two dimensions, and the unit of its pixels."""
PROJECTIONS = {"CR", "DX", "MG", "RG", "RF", "XA", "IO", "PX"}
"""Modalities of shadows, which are larger than what throws them; their spacing is the detector's unless it was calibrated."""
SAME_LENGTH = 0.02
"""A direction whose length is farther from 1 than this is no direction; nor are two this far from right angles."""

SAME_HEIGHT = 0.01
"""Millimetres."""


def plane_of(ds: Dataset, frame: int) -> Plane:
    """Of a frame, counted from 0. What is broken in the file counts as not said."""
    measures = group_of(ds, frame, "PixelMeasuresSequence")
    orientation = numbers(_said(group_of(ds, frame, "PlaneOrientationSequence"), ds, "ImageOrientationPatient"), 6)
    position = numbers(_said(group_of(ds, frame, "PlanePositionSequence"), ds, "ImagePositionPatient"), 3)
    across, down = (_direction(orientation[:3]), _direction(orientation[3:])) if orientation else (None, None)
    if across and down and abs(dot(across, down)) > SAME_LENGTH:
        across = down = None
    spacing, spacing_of = _spacing(measures, group_of(ds, frame, "FramePixelDataPropertiesSequence"), ds)
    plane = Plane(
        spacing=spacing,
        spacing_of=spacing_of,
        across=across if down else None,
        down=down if across else None,
        position=(position[0], position[1], position[2]) if position else None,
        thickness=number(_said(measures, ds, "SliceThickness")),
        location=number(value_of(ds, "SliceLocation")),
        number=_whole(value_of(ds, "InstanceNumber")),
        aspect=_aspect(spacing, ds),
        sides=_sides(value_of(ds, "PatientOrientation")),
    )
    return _on_the_grid(plane, ds, frame)


def group_of(ds: Dataset, frame: int, name: str) -> Dataset | None:
    """What an enhanced multi-frame file says under a name: of this frame, else of all."""
    for sequence, place in (("PerFrameFunctionalGroupsSequence", frame), ("SharedFunctionalGroupsSequence", 0)):
        items = value_of(ds, sequence)
        if items and len(items) > place:
            found = value_of(items[place], name)
            if found:
                return found[0]
    return None


def numbers(value: Any, count: int) -> tuple[float, ...] | None:
    """So many finite numbers; None for anything else."""
    if isinstance(value, str | bytes) or not isinstance(value, Sequence) or len(value) != count:
        return None
    made = [number(item) for item in value]
    return tuple(item for item in made if item is not None) if None not in made else None


def number(value: Any) -> float | None:
    """A finite number; None for anything else."""
    try:
        made = float(value)
    except (TypeError, ValueError):
        return None
    return made if math.isfinite(made) else None


def _whole(value: Any) -> int | None:
    made = number(value)
    return None if made is None else int(made)


def _said(group: Dataset | None, ds: Dataset, name: str) -> Any:
    found = value_of(group, name) if group is not None else None
    return value_of(ds, name) if found is None else found


def _direction(values: Sequence[float]) -> Vector | None:
    length = math.sqrt(sum(value * value for value in values))
    if abs(length - 1) > SAME_LENGTH:
        return None
    return values[0] / length, values[1] / length, values[2] / length


def _sides(value: Any) -> tuple[str, str] | None:
    """Letters of the patient's sides to the right and below, as projections have them."""
    if isinstance(value, str) or not isinstance(value, Sequence) or len(value) != 2:
        return None
    right, below = (str(part).strip().upper() for part in value)
    return (right, below) if right and below and set(right + below) <= set("RLAPHF") else None


def _spacing(
    measures: Dataset | None, properties: Dataset | None, ds: Dataset
) -> tuple[tuple[float, float] | None, SpacingOf]:
    """Between rows and columns; at the detector where nothing else is said, or where it only repeats the detector's."""
    found = _positive(_said(measures, ds, "PixelSpacing"))
    detector = _positive(_said(properties, ds, "ImagerPixelSpacing")) or _positive(
        value_of(ds, "NominalScannedPixelSpacing")
    )
    if found is None:
        regions = _of_regions(ds)
        if regions is not None:
            return regions, "patient"
        return detector, "detector" if detector else "unknown"
    is_projected = detector == found or (detector is None and str(value_of(ds, "Modality", "")).strip() in PROJECTIONS)
    return found, "detector" if is_projected and not value_of(ds, "PixelSpacingCalibrationType") else "patient"


def _of_regions(ds: Dataset) -> tuple[float, float] | None:
    """Of an ultrasound picture whose regions all show the body itself, at one scale; beside curves it would be guessed."""
    found: set[tuple[float, float]] = set()
    for region in value_of(ds, "SequenceOfUltrasoundRegions") or ():
        kinds = [
            value_of(region, name)
            for name in ("RegionSpatialFormat", "PhysicalUnitsXDirection", "PhysicalUnitsYDirection")
        ]
        wide, high = number(value_of(region, "PhysicalDeltaX")), number(value_of(region, "PhysicalDeltaY"))
        if kinds != [IN_THE_PLANE, CENTIMETRES, CENTIMETRES] or not wide or not high:
            return None
        found.add((abs(high) * 10, abs(wide) * 10))
    return found.pop() if len(found) == 1 else None


def _positive(value: Any) -> tuple[float, float] | None:
    made = numbers(value, 2)
    return (made[0], made[1]) if made and min(made) > 0 else None


def _aspect(spacing: tuple[float, float] | None, ds: Dataset) -> float:
    ratio = _positive(value_of(ds, "PixelAspectRatio"))
    height, width = spacing or ratio or (1.0, 1.0)
    return height / width if 0.01 < height / width < 100 else 1.0


def _on_the_grid(plane: Plane, ds: Dataset, frame: int) -> Plane:
    """A dose grid names the first of its frames and how far the others lie from it."""
    offsets = value_of(ds, "GridFrameOffsetVector")
    if plane.position is None or plane.normal is None or not isinstance(offsets, Sequence) or len(offsets) <= frame:
        return plane
    offset, first = number(offsets[frame]), number(offsets[0])
    if offset is None or first is None:
        return plane
    (x, y, z), (a, b, c), by = plane.position, plane.normal, offset - first
    if first and abs(first - z) < SAME_HEIGHT and abs(c) > 1 - SAME_LENGTH:
        return replace(plane, position=(x, y, offset))  # the other way to say it, where slices lie across the body
    return replace(plane, position=(x + a * by, y + b * by, z + c * by))
