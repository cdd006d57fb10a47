"""Planes cut through a volume: which of its axes go where on screen, and the picture of a cut. Pure arithmetic.

Radiological convention: the patient's right at the left of the screen, the front at the left of a sagittal view, the
head up, the front up in an axial view. Lengths on screen count from the upper left corner of the plane, in pixels of
the picture; where its pixels are not square, in the shorter of their sides.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from viewer.media.grey import Window
from viewer.media.plane import NO_LETTERS, Letters, Vector, cross, dot, letters_along, opposite
from viewer.media.volume import Volume, usual_gap
from viewer.shapes.sketch import Bounds

NAMES = ("sagittal", "coronal", "axial")
"""By the patient's axis that a view is at right angles to: to the left, to the back, to the head."""
_LOOKS = {0: (1, 2, False), 1: (0, 2, False), 2: (0, 1, True)}
"""For each of them the patient's axes that go to the right and along the height, and whether the latter goes down."""
UPRIGHT = 0.9986
"""Share of a direction below which a view is called oblique: by more than 3 degrees."""
EVEN = 0.02
"""Part of a gap by which slices may lie beside an even grid."""
FINE = 4
"""Cells to the smallest gap, where slices lie unevenly."""
MOST_CELLS = 4096
"""Along the depth of a volume."""


@dataclass(frozen=True, slots=True)
class PlaneView:
    """How one of the three planes of a volume is seen."""

    name: str
    """'coronal', 'oblique axial'."""
    normal: int
    """The volume's axis that is stepped through."""
    across: int
    """The volume's axis that runs along the width of the screen, and the one along its height."""
    down: int
    flips_across: bool = False
    """Whether the axis runs to the left, and the other up."""
    flips_down: bool = False
    letters: Letters = NO_LETTERS
    direction: Vector | None = None
    """In which the normal axis goes on."""


def views_of(across: Vector | None, down: Vector | None) -> tuple[PlaneView, PlaneView, PlaneView]:
    """The view at right angles to each axis of a volume whose slices have these directions.

    The first is the plane of acquisition. Without directions everything is seen as it is stored.
    """
    if across is None or down is None:
        return (
            PlaneView("slices", 0, 2, 1),
            PlaneView("across the slices, along a row", 1, 2, 0),
            PlaneView("across the slices, along a column", 2, 1, 0),
        )
    axes = (cross(across, down), down, across)
    patient = _patient_axes(axes)
    return _view(0, axes, patient), _view(1, axes, patient), _view(2, axes, patient)


def _patient_axes(axes: tuple[Vector, Vector, Vector]) -> tuple[int, ...]:
    """The patient's axis that each axis of the volume follows most closely, each taken once."""
    return max(permutations(range(3)), key=lambda taken: sum(abs(axes[i][taken[i]]) for i in range(3)))


def _view(normal: int, axes: tuple[Vector, Vector, Vector], patient: tuple[int, ...]) -> PlaneView:
    wide, high, goes_down = _LOOKS[patient[normal]]
    across, down = patient.index(wide), patient.index(high)
    flips_across = axes[across][wide] < 0
    flips_down = (axes[down][high] > 0) != goes_down
    right = opposite(axes[across]) if flips_across else axes[across]
    bottom = opposite(axes[down]) if flips_down else axes[down]
    name = NAMES[patient[normal]]
    if abs(axes[normal][patient[normal]]) < UPRIGHT:
        name = f"oblique {name}"
    letters = letters_along(right, bottom)
    return PlaneView(name, normal, across, down, flips_across, flips_down, letters, axes[normal])


@dataclass(frozen=True, slots=True, eq=False)
class Ruler:
    """One axis of a volume on screen, cut into equal cells; not flipped."""

    cell: float
    """Its length."""
    shown: NDArray[np.int64]
    """(cells,): the index of the nearest slice, row or column."""
    labelled: NDArray[np.int64]
    """The same for labels, which reach no further than half of what their slice stands for; -1 for none."""
    is_empty: NDArray[np.bool_]
    """(cells,): where a slice is missing, and nothing is to be seen."""
    middles: NDArray[np.float64]
    """From the axis' beginning to the middle of each slice, row or column."""

    @property
    def length(self) -> float:
        return self.cell * len(self.shown)

    def place(self, index: int, *, flipped: bool) -> float:
        """Where the middle of a slice, row or column is on screen."""
        middle = float(self.middles[index])
        return self.length - middle if flipped else middle

    def index(self, place: float, *, flipped: bool) -> int:
        """The slice, row or column that is nearest to a place on screen."""
        along = self.length - place if flipped else place
        return int(_nearest(self.middles, np.array([along]))[0])


def rulers_of(volume: Volume) -> tuple[Ruler, Ruler, Ruler]:
    """Of each axis of the volume: slices, rows and columns of the picture."""
    unit = min(volume.spacing)
    rows, columns = volume.spacing
    height, width = volume.size.height, volume.size.width
    return _depth_ruler(volume, unit), _even_ruler(height, rows / unit), _even_ruler(width, columns / unit)


def _even_ruler(count: int, cell: float) -> Ruler:
    every = np.arange(count)
    return Ruler(cell, every, every, np.zeros(count, dtype=np.bool_), (every.astype(np.float64) + 0.5) * cell)


def _depth_ruler(volume: Volume, unit: float) -> Ruler:
    """One cell a slice where the slices lie evenly, holes between them included; else many, by the nearest slice."""
    depths, thick = volume.depths / unit, volume.thick / unit
    gaps = np.diff(depths)
    usual = usual_gap(gaps)
    steps = np.concatenate([[0.0], np.cumsum(np.rint(gaps / usual))])
    cell, count = float((depths[-1] - depths[0]) / steps[-1]), int(steps[-1]) + 1
    if np.abs(depths - depths[0] - steps * cell).max() <= EVEN * cell and count <= MOST_CELLS:
        low = float(depths[0]) - cell / 2
    else:
        low, high = float(depths[0] - gaps[0] / 2), float(depths[-1] + gaps[-1] / 2)
        count = min(round((high - low) / gaps.min() * FINE), MOST_CELLS)
        cell = (high - low) / count
    middles = depths - low
    at = (np.arange(count, dtype=np.float64) + 0.5) * cell
    nearest = _nearest(middles, at)
    is_own = np.abs(middles[nearest] - at) <= thick[nearest] / 2 * (1 + EVEN)
    is_empty = np.zeros(count, dtype=np.bool_) if volume.is_complete else ~is_own
    return Ruler(cell, nearest, np.where(is_own, nearest, -1), is_empty, middles)


def _nearest(middles: NDArray[np.float64], at: NDArray[np.float64]) -> NDArray[np.int64]:
    """Of each place the index of the nearest of the ascending middles."""
    return np.searchsorted((middles[1:] + middles[:-1]) / 2, at).astype(np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class PlanePicture:
    """A cut as it is seen."""

    pixels: NDArray[np.uint8]
    """(rows, columns)."""
    across: float
    """Length of a pixel, and its height."""
    down: float
    left: float
    """Where the first one begins: 0, or a little beside it where not every pixel of the slices was taken."""
    top: float
    holes: tuple[Bounds, ...]
    """Where no slice lies."""


class Cuts:
    """A volume made ready to be cut: its three views and its rulers."""

    def __init__(self, volume: Volume) -> None:
        self.volume = volume
        self.views = views_of(volume.across, volume.down)
        self.rulers = rulers_of(volume)

    def size_of(self, view: PlaneView) -> tuple[float, float]:
        """Across and down."""
        return self.rulers[view.across].length, self.rulers[view.down].length

    def place_of(self, view: PlaneView, at: tuple[int, int, int]) -> tuple[float, float]:
        """Where a point (slice, row, column) is seen."""
        return (
            self.rulers[view.across].place(at[view.across], flipped=view.flips_across),
            self.rulers[view.down].place(at[view.down], flipped=view.flips_down),
        )

    def point_at(self, view: PlaneView, at: tuple[int, int, int], x: float, y: float) -> tuple[int, int, int]:
        """The point (slice, row, column) at a place in the view; along its normal it stays where `at` is."""
        moved = list(at)
        moved[view.across] = self.rulers[view.across].index(x, flipped=view.flips_across)
        moved[view.down] = self.rulers[view.down].index(y, flipped=view.flips_down)
        return moved[0], moved[1], moved[2]

    def position(self, view: PlaneView, index: int) -> float:
        """Millimetres of a plane along its normal: in the patient's own axes where they are known."""
        middles = self.rulers[view.normal].middles
        along = float(middles[index] - middles[0]) * min(self.volume.spacing)
        origin = self.volume.origin
        return along if origin is None or view.direction is None else along + dot(view.direction, origin)

    def stored(self, view: PlaneView, index: int) -> NDArray[np.generic]:
        """What the volume holds on a plane, (down, across), not yet turned to the screen; a view into it."""
        step = self.volume.step
        at = index if view.normal == 0 else min(index // step, self.volume.values.shape[view.normal] - 1)
        plane = np.moveaxis(self.volume.values, view.normal, 0)[at]
        return plane.T if view.across < view.down else plane

    def picture(self, view: PlaneView, index: int, window: Window | None, *, inverted: bool) -> PlanePicture:
        """A plane as it is seen through a window, in true proportion by the size of its cells."""
        pixels = self.volume.grey(self.stored(view, index)).shown(window, inverted=inverted)
        pixels = self._by_cells(self._by_cells(pixels, view.down, 0), view.across, 1)
        if view.flips_across:
            pixels = pixels[:, ::-1]
        if view.flips_down:
            pixels = pixels[::-1]
        across, down = self._cell(view.across), self._cell(view.down)
        width, height = self.size_of(view)
        left = width - across * pixels.shape[1] if view.flips_across else 0.0
        top = height - down * pixels.shape[0] if view.flips_down else 0.0
        return PlanePicture(np.ascontiguousarray(pixels), across, down, left, top, self._holes(view))

    def _cell(self, axis: int) -> float:
        """Length of a pixel of the picture along an axis."""
        return self.rulers[axis].cell * (1 if axis == 0 else self.volume.step)

    def _by_cells(self, pixels: NDArray[np.uint8], axis: int, along: int) -> NDArray[np.uint8]:
        shown = self.rulers[0].shown
        if axis != 0 or len(shown) == pixels.shape[along]:
            return pixels
        return np.take(pixels, shown, axis=along)

    def _holes(self, view: PlaneView) -> tuple[Bounds, ...]:
        """Stretches of the depth without a slice."""
        ruler = self.rulers[0]
        if view.normal == 0 or not ruler.is_empty.any():
            return ()
        edges = np.flatnonzero(np.diff(np.concatenate([[False], ruler.is_empty, [False]])))
        width, height = self.size_of(view)
        made: list[Bounds] = []
        for first, after in edges.reshape(-1, 2).tolist():
            low, high = first * ruler.cell, after * ruler.cell
            flipped = view.flips_across if view.across == 0 else view.flips_down
            if flipped:
                low, high = ruler.length - high, ruler.length - low
            made.append(Bounds(low, 0, high, height) if view.across == 0 else Bounds(0, low, width, high))
        return tuple(made)
