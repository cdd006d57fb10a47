"""Where to start looking at a row: the unit and frame that are asked for, else the first with a label."""

from __future__ import annotations

from viewer.errors import ViewerError, escaped
from viewer.export.stretches import RANGE_UNIT_OF_KIND
from viewer.labels.records import Unit
from viewer.labels.row import LabelRow, RowIndex

FRAMES_TRIED = 500
"""Listed frames that are looked into for the first with a label."""


def find_start(
    row: LabelRow, unit_id: str | None, frame: int | None, label: str | None = None
) -> tuple[Unit | None, int]:
    """The unit and frame of a row to show: as asked for, else the first that has labels; no unit where the row has none.

    `label`: without a unit the one that this label is on. Raises ViewerError where the row has no unit of this id.
    """
    if unit_id is None and label is not None and len(row.units) > 1:
        unit_id = unit_of(row.index(), label)
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
    return units[0], _first_frame(units[0])


def unit_of(index: RowIndex, label: str, near: str | None = None) -> str | None:
    """A unit that a label is on, by its hash: `near` where that is one, else the first; None where there is none."""
    units = [i.unit for i in index.instances if i.object_hash == label]
    units += [c.unit for c in index.classifications if c.classification_hash == label]
    return near if near in units else next(iter(units), None)


def first_labelled(row: LabelRow, unit: Unit) -> int | None:
    """The first frame with a label; None where there is none among the first that are listed.

    Sounds and texts, which have ranges instead, are one frame, labelled or not.
    """
    if unit.kind in RANGE_UNIT_OF_KIND:
        return _first_frame(unit) if _is_labelled(row.index(), unit) else None
    labels = row.labels[unit.id]
    for frame in labels.frames[:FRAMES_TRIED].tolist():
        if labels.on_frame(frame, unit.size).annotations:
            return frame
    return None


def _is_labelled(index: RowIndex, unit: Unit) -> bool:
    return any(i.unit == unit.id for i in index.instances) or any(c.unit == unit.id for c in index.classifications)


def _first_frame(unit: Unit) -> int:
    return unit.files[0].frame if unit.files else 0
