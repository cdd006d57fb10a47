"""Which two axes of a volume make a picture, and which way round."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.media.nifti_header import NiftiHeader, nibabel
from viewer.media.plane import Plane, Vector
from viewer.size import Size

_AXES = ("first", "second", "third")
_BOUNDS = 0.01, 100.0
"""Of the height of a pixel over its width; beyond them the header makes no sense."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Axes of the volume, 0 to 2, by what they are in the picture."""

    along: int
    """From slice to slice."""
    across: int
    down: int
    across_flipped: bool = False
    down_flipped: bool = False

    def size(self, shape: tuple[int, int, int]) -> Size:
        return Size(shape[self.across], shape[self.down])


AS_STORED = Layout(2, 0, 1)
_CHOICES = (AS_STORED, Layout(1, 0, 2), Layout(0, 1, 2), Layout(2, 1, 0), Layout(1, 2, 0), Layout(0, 2, 1))
"""Slices of the third axis before others, as stored before rows made columns."""


def choose(shape: tuple[int, int, int], expected: Size | None) -> tuple[Layout, tuple[str, ...], tuple[str, ...]]:
    """The first layout that the exported size fits, notes on it, and warnings where none fits."""
    if expected is None or AS_STORED.size(shape) == expected:
        return AS_STORED, (), ()
    fitting = [layout for layout in _CHOICES if layout.size(shape) == expected]
    claimed = " x ".join(f"{size:,}" for size in shape)
    if not fitting:
        return AS_STORED, (), (f"the export says {expected}, which fits no two axes of {claimed}",)
    layout = fitting[0]
    why = f"as the exported size {expected} fits {claimed} only so"
    others = {other.along for other in fitting} - {layout.along}
    if others:
        why = f"as the exported size {expected} fits it, and the {_AXES[min(others)]} as well"
    turned = ", its columns as rows" if layout.across > layout.down else ""
    return layout, (f"slices of the {_AXES[layout.along]} axis{turned}, {why}",), ()


def turned(layout: Layout, affine: NDArray[np.float64]) -> Layout:
    """The same slices as radiologists look at them: the patient's right, or front, at the left, and the head, or front,
    at the top; by the axes of the patient that are nearest."""
    nearest = nibabel().io_orientation(affine)
    towards = {int(axis): (number, sign < 0) for number, (axis, sign) in enumerate(nearest)}
    seen = int(nearest[layout.along][0])
    across, down = [axis for axis in range(3) if axis != seen]
    return Layout(
        layout.along,
        across=towards[across][0],
        down=towards[down][0],
        across_flipped=towards[across][1],
        # the patient's third axis goes up, and rows go down
        down_flipped=towards[down][1] != (down == 2),
    )


def plane(header: NiftiHeader, layout: Layout, number: int) -> Plane:
    """Where slice `number` of a volume lies."""
    row, column = header.spacing[layout.down], header.spacing[layout.across]
    aspect = row / column if row and column else 1.0
    spacing = (row, column) if row and column and _BOUNDS[0] <= aspect <= _BOUNDS[1] else None
    across, down, position = _directions(header, layout, number)
    return Plane(
        spacing=spacing,
        spacing_of="patient" if header.has_unit else "unknown",
        across=across,
        down=down,
        position=position,
        thickness=header.spacing[layout.along],
        number=number,
        aspect=aspect if spacing else 1.0,
    )


def _directions(header: NiftiHeader, layout: Layout, number: int) -> tuple[Vector | None, Vector | None, Vector | None]:
    if header.affine is None:
        return None, None, None
    first = [0, 0, 0]
    first[layout.along] = number
    steps: list[NDArray[np.float64]] = []
    for axis, flipped in ((layout.across, layout.across_flipped), (layout.down, layout.down_flipped)):
        step = header.affine[:3, axis]
        steps.append((-step if flipped else step) / np.linalg.norm(step))
        first[axis] = header.shape[axis] - 1 if flipped else 0
    return _vector(steps[0]), _vector(steps[1]), _vector(header.affine[:3, :3] @ first + header.affine[:3, 3])


def _vector(numbers: NDArray[np.float64]) -> Vector:
    first, second, third = (float(number) + 0.0 for number in numbers)  # never -0.0
    return first, second, third
