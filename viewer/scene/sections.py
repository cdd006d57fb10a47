"""Labels of slices cut by planes across them: exactly the pixels that they cover on their own slices. No Qt.

A label covers on a plane what its mask, pixel by pixel, covers of it on each slice; lines and points are seen where
they come within half a pixel of the plane.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.labels.records import Annotation, FrameLabels
from viewer.scene.colours import colour_of
from viewer.scene.fill import area_mask
from viewer.scene.marks import Colour, Mark
from viewer.scene.reslice import Cuts, PlaneView
from viewer.scene.resolve import Naming
from viewer.scene.shown import is_like, is_shown
from viewer.scene.view_state import ViewState
from viewer.shapes.sketch import Dot, Line, Points, Raster, Sketch
from viewer.size import Size


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """One label on one slice, as pixels of the slice; `bits` holds eight of them a byte, row by row, the first highest."""

    place: int
    """Of the slice in the volume."""
    annotation: Annotation
    left: int = 0
    top: int = 0
    width: int = 0
    bits: NDArray[np.uint8] | None = None
    """(rows, bytes); None for what covers nothing."""

    def along_row(self, row: int) -> NDArray[np.bool_] | None:
        """Covered pixels of a row of the slice, from `left` on; None where it covers none."""
        if self.bits is None or not self.top <= row < self.top + len(self.bits):
            return None
        return np.unpackbits(self.bits[row - self.top], count=self.width).view(np.bool_)

    def along_column(self, column: int) -> NDArray[np.bool_] | None:
        """Covered pixels of a column, from `top` on."""
        at = column - self.left
        if self.bits is None or not 0 <= at < self.width:
            return None
        return ((self.bits[:, at >> 3] >> (7 - (at & 7))) & 1).view(np.bool_)


def layers_of(labels: FrameLabels, place: int, size: Size) -> list[Layer]:
    """The labels of a slice, ready to be cut; `size` in pixels of the slice, to which the labels are scaled."""
    made: list[Layer] = []
    for annotation in labels.annotations:
        if annotation.sketch is None:
            continue
        patch = area_mask(annotation.sketch, size)
        if patch is None:
            made.append(Layer(place, annotation))
        else:
            bits = np.packbits(patch.mask, axis=1)
            made.append(Layer(place, annotation, patch.left, patch.top, patch.mask.shape[1], bits))
    return made


@dataclass(frozen=True, slots=True, eq=False)
class _Solid:
    """One label through all slices, in one colour."""

    colour: Colour
    name: str
    dimmed: bool
    layers: list[Layer]


class Body:
    """The labels that are shown, in their colours, to be cut anywhere."""

    def __init__(self, cuts: Cuts, layers: Sequence[Layer], state: ViewState, naming: Naming) -> None:
        self._cuts = cuts
        self._solids: dict[tuple[str, Colour], _Solid] = {}
        selected = next((a.annotation for a in layers if a.annotation.object_hash == state.selected), None)
        for layer in () if state.hide_all else layers:
            label = layer.annotation
            if not is_shown(label, selected, state):
                continue
            colour = colour_of(label, state.look, naming.class_order)
            key = label.object_hash, colour
            if key not in self._solids:
                dimmed = selected is not None and not is_like(label, selected, state.look.dim)
                self._solids[key] = _Solid(colour, naming.title(label), dimmed, [])
            self._solids[key].layers.append(layer)

    def marks(self, view: PlaneView, index: int) -> tuple[Mark, ...]:
        """What is to be drawn on a plane that is not the plane of acquisition, large labels behind."""
        made: list[Mark] = []
        for (object_hash, _), solid in self._solids.items():
            sketch = self._sketch(solid, view, index)
            bounds = sketch.bounds
            if bounds is not None:
                first = solid.layers[0].annotation
                made.append(
                    Mark(
                        object_hash,
                        first.feature_hash,
                        sketch,
                        solid.colour,
                        caption="",
                        area=bounds.area,
                        dimmed=solid.dimmed,
                        name=solid.name,
                    )
                )
        return tuple(sorted(made, key=lambda mark: -mark.area))

    def _sketch(self, solid: _Solid, view: PlaneView, index: int) -> Sketch:
        lines: list[Line] = []
        dots: list[Dot] = []
        for layer in solid.layers:
            for piece in _pieces(layer.annotation.sketch, view.normal, index):
                seen = self._on_screen(view, layer.place, np.array(piece))
                if piece[1] - piece[0] > 1:
                    lines.append(Line(seen))
                else:
                    dots.append(Dot(*seen.mean(axis=0).tolist()))
        return Sketch(lines=tuple(lines), dots=tuple(dots), raster=self._raster(solid, view, index))

    def _on_screen(self, view: PlaneView, place: int, along: NDArray[np.float64]) -> Points:
        """Points of one slice by their place along the plane, in pixels of the slice."""
        side = _side(view)
        depth, beside = self._cuts.rulers[0], self._cuts.rulers[side]
        by_axis = {0: np.full(len(along), depth.middles[place]), side: along * beside.cell}
        across, down = by_axis[view.across], by_axis[view.down]
        width, height = self._cuts.size_of(view)
        return np.column_stack(
            [width - across if view.flips_across else across, height - down if view.flips_down else down]
        )

    def _raster(self, solid: _Solid, view: PlaneView, index: int) -> Raster | None:
        found: list[tuple[int, int, NDArray[np.bool_]]] = []
        for layer in solid.layers:
            line = layer.along_row(index) if view.normal == 1 else layer.along_column(index)
            if line is not None and line.any():
                found.append((layer.place, layer.left if view.normal == 1 else layer.top, line))
        if not found:
            return None
        first, last = min(place for place, _, _ in found), max(place for place, _, _ in found)
        low, high = min(start for _, start, _ in found), max(start + len(line) for _, start, line in found)
        by_slice = np.zeros((last - first + 2, high - low), dtype=np.bool_)  # the last row stands for no slice
        for place, start, line in found:
            by_slice[place - first, start - low : start - low + len(line)] |= line
        depth, beside = self._cuts.rulers[0], self._cuts.rulers[_side(view)]
        cells = np.flatnonzero((depth.labelled >= first) & (depth.labelled <= last))
        begin, after = int(cells[0]), int(cells[-1]) + 1
        places = depth.labelled[begin:after]
        mask = by_slice[np.where(places < 0, -1, places - first)]
        if view.across == 0:
            return self._turned(view, mask.T, begin * depth.cell, low * beside.cell, depth.cell, beside.cell)
        return self._turned(view, mask, low * beside.cell, begin * depth.cell, beside.cell, depth.cell)

    def _turned(
        self, view: PlaneView, mask: NDArray[np.bool_], left: float, top: float, across: float, down: float
    ) -> Raster:
        """As it is seen: turned about where the view is."""
        width, height = self._cuts.size_of(view)
        if view.flips_across:
            mask, left = mask[:, ::-1], width - left - mask.shape[1] * across
        if view.flips_down:
            mask, top = mask[::-1], height - top - mask.shape[0] * down
        return Raster(np.ascontiguousarray(mask), left, top, across, down)


def _side(view: PlaneView) -> int:
    """The volume's axis that is seen beside the depth."""
    return view.down if view.across == 0 else view.across


def _pieces(sketch: Sketch | None, normal: int, index: int) -> list[tuple[float, float]]:
    """Where lines and points of a slice come within half a pixel of a plane: stretches along it, in pixels."""
    if sketch is None:
        return []
    off, along = (1, 0) if normal == 1 else (0, 1)
    points = [(dot.x, dot.y) for dot in sketch.dots]
    made = [(point[along], point[along]) for point in points if index <= point[off] < index + 1]
    for line in () if sketch.has_area else sketch.lines:
        points = np.concatenate([line.points, line.points[:1]]) if line.closed else line.points
        made += _within(points[:, off] - index, points[:, along])
    return made


def _within(off: NDArray[np.float64], along: NDArray[np.float64]) -> list[tuple[float, float]]:
    """Stretches along a plane on which a line's points are from 0 to 1 off it; those that touch are one."""
    start, way = off[:-1], np.diff(off)
    still = way == 0
    with np.errstate(divide="ignore", invalid="ignore"):
        ends = np.sort(np.stack([-start / way, (1 - start) / way]), axis=0)
    low, high = np.where(still, 0.0, np.maximum(ends[0], 0.0)), np.where(still, 1.0, np.minimum(ends[1], 1.0))
    near = np.where(still, (start >= 0) & (start < 1), low <= high)
    step = np.diff(along)[near]
    reach = np.sort(np.stack([along[:-1][near] + low[near] * step, along[:-1][near] + high[near] * step]), axis=0)
    made: list[tuple[float, float]] = []
    for begin, end in sorted(reach.T.tolist()):
        if made and begin <= made[-1][1] + 1e-9:
            made[-1] = made[-1][0], max(made[-1][1], end)
        else:
            made.append((begin, end))
    return made
