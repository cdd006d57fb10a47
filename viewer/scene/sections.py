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

CROSSING = 4.0
"""Pixels up to which what a plane meets of a line counts as one point; a longer way through it is a line there too."""
_NO_BITS = np.zeros((0, 0), dtype=np.uint8)


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """One label on one slice, as pixels of the slice; `bits` holds eight of them a byte, row by row, the first highest."""

    place: int
    """Of the slice in the volume."""
    annotation: Annotation
    left: int
    top: int
    width: int
    bits: NDArray[np.uint8]
    """(rows, bytes); none for what covers nothing."""

    def along_row(self, row: int) -> NDArray[np.bool_]:
        """Covered pixels of one of its rows, from `left` on."""
        return np.unpackbits(self.bits[row - self.top], count=self.width).view(np.bool_)

    def along_column(self, column: int) -> NDArray[np.bool_]:
        """Covered pixels of one of its columns, from `top` on."""
        at = column - self.left
        return ((self.bits[:, at >> 3] >> (7 - (at & 7))) & 1).view(np.bool_)


def layers_of(labels: FrameLabels, place: int, size: Size) -> list[Layer]:
    """The labels of a slice, ready to be cut; `size` in pixels of the slice, to which the labels are scaled."""
    made: list[Layer] = []
    for annotation in labels.annotations:
        if annotation.sketch is None:
            continue
        patch = area_mask(annotation.sketch, size)
        if patch is None:
            made.append(Layer(place, annotation, 0, 0, 0, _NO_BITS))
        else:
            bits = np.packbits(patch.mask, axis=1)
            made.append(Layer(place, annotation, patch.left, patch.top, patch.mask.shape[1], bits))
    return made


class _Solid:
    """One label through all slices, in one colour."""

    def __init__(self, layers: Sequence[Layer], colour: Colour, name: str, *, dimmed: bool) -> None:
        self._label = layers[0].annotation
        self._colour, self._name, self._dimmed = colour, name, dimmed
        self._layers = layers
        self._top = np.array([layer.top for layer in layers])
        self._bottom = self._top + [len(layer.bits) for layer in layers]
        self._left = np.array([layer.left for layer in layers])
        self._right = self._left + [layer.width for layer in layers]
        self.stroked = [layer for layer in layers if _strokes(layer.annotation.sketch)]
        """Those with lines or points to be seen."""

    def mark(self, sketch: Sketch, area: float) -> Mark:
        """A cut of it, ready to be drawn."""
        label = self._label
        return Mark(
            label.object_hash,
            label.feature_hash,
            sketch,
            self._colour,
            caption="",
            area=area,
            dimmed=self._dimmed,
            name=self._name,
        )

    def cut(self, normal: int, index: int) -> list[tuple[int, int, NDArray[np.bool_]]]:
        """Of each slice that is covered near a row (normal 1) or column: its place, where the pixels begin, which are set."""
        first, after = (self._top, self._bottom) if normal == 1 else (self._left, self._right)
        found = [self._layers[i] for i in np.flatnonzero((first <= index) & (index < after)).tolist()]
        if normal == 1:
            return [(layer.place, layer.left, layer.along_row(index)) for layer in found]
        return [(layer.place, layer.top, layer.along_column(index)) for layer in found]


class Body:
    """The labels that are shown, in their colours, to be cut anywhere."""

    def __init__(self, cuts: Cuts, layers: Sequence[Layer], state: ViewState, naming: Naming) -> None:
        self._cuts = cuts
        selected = next((a.annotation for a in layers if a.annotation.object_hash == state.selected), None)
        groups: dict[tuple[str, Colour], list[Layer]] = {}
        for layer in () if state.hide_all else layers:
            label = layer.annotation
            if is_shown(label, selected, state):
                groups.setdefault((label.object_hash, colour_of(label, state.look, naming.class_order)), []).append(
                    layer
                )
        self._solids: list[_Solid] = []
        for (_, colour), found in groups.items():
            label = found[0].annotation
            dimmed = selected is not None and not is_like(label, selected, state.look.dim)
            self._solids.append(_Solid(found, colour, naming.title(label), dimmed=dimmed))

    def marks(self, view: PlaneView, index: int) -> tuple[Mark, ...]:
        """What is to be drawn on a plane that is not the plane of acquisition, large labels behind."""
        made: list[Mark] = []
        for solid in self._solids:
            sketch = self._sketch(solid, view, index)
            if sketch.bounds is not None:
                made.append(solid.mark(sketch, sketch.bounds.area))
        return tuple(sorted(made, key=lambda mark: -mark.area))

    def _sketch(self, solid: _Solid, view: PlaneView, index: int) -> Sketch:
        lines: list[Line] = []
        dots: list[Dot] = []
        for layer in solid.stroked:
            for piece in _pieces(layer.annotation.sketch, view.normal, index):
                seen = self._on_screen(view, layer.place, np.array(piece))
                if piece[1] - piece[0] > CROSSING:
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
        found = solid.cut(view.normal, index)
        if not found:
            return None
        first, last = min(place for place, _, _ in found), max(place for place, _, _ in found)
        low, high = min(start for _, start, _ in found), max(start + len(line) for _, start, line in found)
        by_slice = np.zeros((last - first + 2, high - low), dtype=np.bool_)  # the last row stands for no slice
        for place, start, line in found:
            by_slice[place - first, start - low : start - low + len(line)] |= line
        if not by_slice.any():
            return None
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


def _strokes(sketch: Sketch | None) -> bool:
    """Whether it has lines or points of its own; lines in the company of an area are its decoration."""
    return sketch is not None and (bool(sketch.dots) or (bool(sketch.lines) and not sketch.has_area))


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
