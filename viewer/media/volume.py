"""Slices stacked into one body of values, so that planes across them can be looked at. What does not fit is said.

Axes: 0 from slice to slice along the normal, 1 from row to row, 2 from column to column.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from viewer.errors import ViewerError
from viewer.media.grey import Grey, Rescale
from viewer.media.kinds import Slices
from viewer.media.plane import Plane, Vector, dot
from viewer.media.progress import Stopped
from viewer.size import Size

Progress = Callable[[float], None]
SAME_PLACE = 0.01
"""Millimetres between two slices up to which they lie in one place."""
SAME_WAY = 0.002
"""Difference of two directions, of length 1, up to which they are the same: a tenth of a degree."""
LISTED = 5
"""Slices that a note names; their number is always said."""
_VALUES = Rescale()
_NOTHING = float(np.finfo(np.float32).min)
"""Stands for padding where values are stacked instead of what is stored."""


@dataclass(frozen=True, slots=True, eq=False)
class Volume:
    """Slices of one size and direction, in the order in which they lie."""

    values: NDArray[Any]
    """(slices, rows, columns): what is stored, or float32 values where the slices store them by different rules."""
    frames: tuple[int, ...]
    """The frame that each slice is."""
    depths: NDArray[np.float64]
    """Millimetres along the normal, ascending, shape (slices,)."""
    thick: NDArray[np.float64]
    """Millimetres that each slice stands for, shape (slices,)."""
    size: Size
    """Of a slice, in pixels of the picture."""
    step: int
    """Every so many-th row and column of the picture was taken."""
    spacing: tuple[float, float]
    """Millimetres from row to row and from column to column of the picture."""
    across: Vector | None
    down: Vector | None
    origin: Vector | None
    """Of the middle of the first slice's first pixel."""
    look: Grey
    """How the values are to be seen; its own pixels are those of one slice."""
    is_complete: bool
    """Whether no slice is missing."""
    notes: tuple[str, ...] = ()
    """What a reviewer must know of it."""

    def grey(self, plane: NDArray[Any]) -> Grey:
        """A plane cut out of `values`, to be seen through a window."""
        look = self.look
        stored = np.ascontiguousarray(plane)
        return Grey(stored, look.rescale, look.windows, look.is_inverted, look.padding, look.unit)

    def slice_of(self, frame: int) -> int | None:
        return self.frames.index(frame) if frame in self.frames else None


def build_volume(
    slices: Slices,
    progress: Progress = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
    budget_bytes: int = 1_000_000_000,
) -> Volume:
    """All slices as one volume of at most `budget_bytes`; `progress` is told the part that is done.

    Raises ViewerError with one sentence where they are no volume, Stopped when told to stop.
    """
    layout = _laid_out(slices, stop)
    try:
        return _stacked(slices, layout, progress, stop, budget_bytes, as_values=False)
    except _DifferentRules:
        return _stacked(slices, layout, progress, stop, budget_bytes, as_values=True)


class _Layout(NamedTuple):
    """Where the slices lie, known from their headers."""

    frames: list[int]
    """In the order of `depths`."""
    planes: list[Plane]
    depths: NDArray[np.float64]
    size: Size
    missing: list[int]
    """Frames that are said to be there and are not."""


class _DifferentRules(Exception):
    """The same stored number stands for one value on one slice and for another on the next."""


# ---------------------------------------------------------------- where slices lie


def _laid_out(slices: Slices, stop: Callable[[], bool]) -> _Layout:
    found: list[tuple[float, int, Plane]] = []
    missing: list[int] = []
    sizes: set[Size] = set()
    for frame in range(slices.count):
        if stop():
            raise Stopped
        plane, size = slices.plane(frame), slices.size(frame)
        if plane is None or size is None:
            missing.append(frame)
            continue
        depth = plane.location if plane.across is None else plane.depth
        if depth is None or not math.isfinite(depth):
            raise ViewerError(f"Frame {frame:,} does not say where it lies, so there are no planes across the slices")
        found.append((depth, frame, plane))
        sizes.add(size)
    if len(found) < 2:
        raise ViewerError("Planes across the slices need at least two slices")
    if len(sizes) > 1:
        raise ViewerError(f"The slices are of {len(sizes):,} sizes, so they make no volume")
    found.sort(key=lambda one: one[:2])
    depths = np.array([depth for depth, _, _ in found])
    planes, frames = [plane for _, _, plane in found], [frame for _, frame, _ in found]
    _refuse_mixtures(frames, planes, depths)
    return _Layout(frames, planes, depths, sizes.pop(), missing)


def _refuse_mixtures(frames: list[int], planes: list[Plane], depths: NDArray[np.float64]) -> None:
    first = planes[0]
    if first.spacing is None or not min(first.spacing) > 0:
        raise ViewerError("The slices do not say how large their pixels are, so planes across them would be guessed")
    if any(not _alike(first.across, plane.across) or not _alike(first.down, plane.down) for plane in planes):
        raise ViewerError("The slices lie in different directions, so they make no volume")
    if any(plane.spacing is None or not np.allclose(plane.spacing, first.spacing, rtol=1e-3) for plane in planes):
        raise ViewerError("The pixels of the slices are of different sizes in millimetres, so they make no volume")
    twice = np.flatnonzero(np.diff(depths) <= SAME_PLACE)
    if len(twice):
        one, other = sorted((frames[int(twice[0])], frames[int(twice[0]) + 1]))
        raise ViewerError(
            f"Frames {one:,} and {other:,} lie in the same place, as those of a time series do, so they make no volume"
        )


def _alike(one: Vector | None, other: Vector | None) -> bool:
    if one is None or other is None:
        return one is other
    return all(abs(a - b) <= SAME_WAY for a, b in zip(one, other, strict=True))


# ---------------------------------------------------------------- what they hold


def _stacked(
    slices: Slices,
    layout: _Layout,
    progress: Progress,
    stop: Callable[[], bool],
    budget_bytes: int,
    *,
    as_values: bool,
) -> Volume:
    look: Grey | None = None
    values: NDArray[Any] | None = None
    step, kept = 1, list[int]()
    unreadable: list[int] = []
    for place, frame in enumerate(layout.frames):
        if stop():
            raise Stopped
        grey = _grey(slices, frame)
        progress((place + 1) / len(layout.frames))
        if grey is None:
            unreadable.append(frame)
            continue
        stored = _as_values(grey) if as_values else grey.stored
        if look is None or values is None:
            look, step = grey, _step(layout, stored.dtype.itemsize, budget_bytes)
            thin = stored[step // 2 :: step, step // 2 :: step]
            # touched only where a slice is put: what is never read costs no memory
            values = np.empty((len(layout.frames), *thin.shape), dtype=stored.dtype)
        if not as_values and (grey.rescale != look.rescale or stored.dtype != values.dtype):
            raise _DifferentRules
        thin = stored[step // 2 :: step, step // 2 :: step]
        if thin.shape != values.shape[1:]:
            raise ViewerError(f"Frame {frame:,} is of another size than its headers say, so they make no volume")
        values[len(kept)] = thin
        kept.append(place)
    if look is None or values is None or len(kept) < 2:
        raise ViewerError("Planes across the slices need at least two slices that can be read")
    return _made(layout, values[: len(kept)], kept, unreadable, look, step, as_values)


def _grey(slices: Slices, frame: int) -> Grey | None:
    """None for a slice that cannot be read."""
    try:
        picture = slices.picture(frame)
    except ViewerError:
        return None
    if picture.grey is None:
        raise ViewerError("The slices are coloured pictures; planes are cut only through values of one channel")
    return picture.grey


def _as_values(grey: Grey) -> NDArray[np.float32]:
    values = grey.values().astype(np.float32)
    if grey.padding is not None:
        values[grey.is_padding()] = _NOTHING
    return values


def _step(layout: _Layout, itemsize: int, budget_bytes: int) -> int:
    """The smallest step with which all slices fit into the budget."""
    width, height = layout.size
    step = 1
    while len(layout.frames) * _taken(height, step) * _taken(width, step) * itemsize > budget_bytes:
        if step >= min(width, height):
            raise ViewerError("Planes across the slices need more memory than is allowed for decoded frames")
        step += 1
    return step


def _taken(length: int, step: int) -> int:
    return len(range(step // 2, length, step))


def _made(
    layout: _Layout,
    values: NDArray[Any],
    kept: list[int],
    unreadable: list[int],
    look: Grey,
    step: int,
    as_values: bool,
) -> Volume:
    planes, depths = [layout.planes[place] for place in kept], layout.depths[kept]
    if as_values:
        look = Grey(look.stored, _VALUES, look.windows, look.is_inverted, (_NOTHING, _NOTHING), look.unit)
    first = planes[0]
    assert first.spacing is not None
    absent = sorted([*layout.missing, *unreadable])
    return Volume(
        values=values,
        frames=tuple(layout.frames[place] for place in kept),
        depths=depths,
        thick=_thickness(planes, layout.depths, kept),
        size=layout.size,
        step=step,
        spacing=first.spacing,
        across=first.across,
        down=first.down,
        origin=first.position,
        look=look,
        is_complete=not absent,
        notes=tuple(_notes(planes, depths, absent, layout, step)),
    )


def _thickness(planes: list[Plane], depths: NDArray[np.float64], kept: list[int]) -> NDArray[np.float64]:
    """The usual gap, so that slices that touch leave no stripes; more where slices lie further apart and are thicker."""
    gaps = np.diff(depths)
    usual = float(np.median(gaps))
    room = np.minimum(np.append(gaps, gaps[-1]), np.insert(gaps, 0, gaps[0]))[kept]
    said = np.array([plane.thickness or 0.0 for plane in planes])
    return np.maximum(usual, np.minimum(said, room))


def _notes(
    planes: list[Plane], depths: NDArray[np.float64], absent: list[int], layout: _Layout, step: int
) -> list[str]:
    made: list[str] = []
    if absent:
        named = ", ".join(f"{frame:,}" for frame in absent[:LISTED]) + (" …" if len(absent) > LISTED else "")
        total = len(layout.frames) + len(layout.missing)
        made.append(
            f"{len(absent):,} of {total:,} slices cannot be read and are left out: frame{'s' * (len(absent) != 1)} {named}"
        )
    gaps = np.diff(layout.depths)
    if gaps.max() - gaps.min() > max(0.05 * float(np.median(gaps)), SAME_PLACE):
        made.append(f"The gaps between slices differ: {gaps.min():.3g} to {gaps.max():.3g} mm")
    if step > 1:
        made.append(f"Every {step:,}{'nd' if step == 2 else 'rd' if step == 3 else 'th'} pixel, for want of memory")
    aside = _sideways(planes, depths)
    if aside > 0.5 * min(planes[0].spacing or (1.0, 1.0)):
        made.append(f"The slices are shifted sideways by up to {aside:.3g} mm, which is not shown here")
    if planes[0].across is None:
        made.append("The files do not say how the patient lies")
    return made


def _sideways(planes: list[Plane], depths: NDArray[np.float64]) -> float:
    """Millimetres by which slices lie beside the first one's normal, as with a tilted gantry."""
    first = planes[0]
    if first.position is None or first.across is None or first.down is None:
        return 0.0
    far = 0.0
    for plane in planes:
        if plane.position is not None:
            x, y, z = (a - b for a, b in zip(plane.position, first.position, strict=True))
            far = max(far, abs(dot((x, y, z), first.across)), abs(dot((x, y, z), first.down)))
    return far
