"""Where to start looking at a row: the unit and frame that are asked for, else the first with a label."""

from __future__ import annotations

from viewer.errors import ViewerError, escaped
from viewer.labels.records import Unit
from viewer.labels.row import LabelRow

FRAMES_TRIED = 500
"""Listed frames that are looked into for the first with a label."""


def find_start(row: LabelRow, unit_id: str | None, frame: int | None) -> tuple[Unit | None, int]:
    """The unit and frame of a row to show: as asked for, else the first that has labels; no unit where the row has none.

    Raises ViewerError where the row has no unit of this id.
    """
    asked = row.unit(unit_id)
    if unit_id is not None and asked is None:
        raise ViewerError(f"no unit {escaped(unit_id)} in the row {escaped(row.head.name)}")
    units = [asked] if asked else list(row.units)
    if not units:
        return None, 0
    if frame is not None:
        return units[0], frame
    for unit in units:
        found = first_labelled(row, unit)
        if found is not None:
            return unit, found
    return units[0], units[0].files[0].frame if units[0].files else 0


def first_labelled(row: LabelRow, unit: Unit) -> int | None:
    """The first frame with a label; None where there is none among the first that are listed."""
    labels = row.labels[unit.id]
    for frame in labels.frames[:FRAMES_TRIED].tolist():
        if labels.on_frame(frame, unit.size).annotations:
            return frame
    return None
