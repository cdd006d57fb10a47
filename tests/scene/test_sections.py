"""Labels cut by planes against numpy's slicing of a body of labels."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.scene.test_reslice import PERPENDICULAR, SIGNED
from tests.slices import annotation, labelled, stack, volume
from viewer.media.volume import build_volume
from viewer.scene.reslice import Cuts, PlaneView
from viewer.scene.resolve import Naming
from viewer.scene.sections import Body, layers_of
from viewer.scene.view_state import Look, ViewState
from viewer.shapes.sketch import Area, Dot, Line, Raster, Sketch
from viewer.size import Size

SHAPE = (6, 23, 18)
SIZE = Size(18, 23)
NAMING = Naming({}, ())


def noise(seed: int, share: float = 0.3) -> np.ndarray:
    return np.random.default_rng(seed).random(SHAPE) < share


def raster(mask: np.ndarray) -> Sketch:
    """The mask of a whole slice, cut to what is set."""
    down, across = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    cut = mask[down[0] : down[-1] + 1, across[0] : across[-1] + 1]
    return Sketch(raster=Raster(cut, float(across[0]), float(down[0])))


def body_of(cuts: Cuts, truth: dict[str, np.ndarray], state: ViewState | None = None, **colours: str) -> Body:
    """Truths (slices, rows, columns) by object, as bitmasks of each slice of the volume."""
    layers = []
    for place in range(len(cuts.volume.frames)):
        found = [
            annotation(raster(mask[place]), key, colours.get(key, "#d33115"))
            for key, mask in truth.items()
            if mask[place].any()
        ]
        layers += layers_of(labelled(place, SIZE, *found), place, SIZE)
    return Body(cuts, layers, state or ViewState(), NAMING)


def on_plane(cuts: Cuts, view: PlaneView, sketch: Sketch) -> np.ndarray:
    """Its mask on the whole plane, cell by cell."""
    made = np.zeros((len(cuts.rulers[view.down].shown), len(cuts.rulers[view.across].shown)), dtype=bool)
    mask = sketch.raster
    if mask is not None:
        assert mask.cell_width == cuts.rulers[view.across].cell and mask.cell_height == cuts.rulers[view.down].cell
        left, top = round(mask.left / mask.cell_width), round(mask.top / mask.cell_height)
        assert (mask.left, mask.top) == pytest.approx((left * mask.cell_width, top * mask.cell_height))
        made[top : top + mask.mask.shape[0], left : left + mask.mask.shape[1]] = mask.mask
    return made


def turned(view: PlaneView, plane: np.ndarray) -> np.ndarray:
    """A plane (lower axis, higher axis) of the volume as the view shows it."""
    seen = plane.T if view.across < view.down else plane
    return seen[:: -1 if view.flips_down else 1, :: -1 if view.flips_across else 1]


@pytest.mark.parametrize(("across", "down"), PERPENDICULAR)
def test_a_mask_is_cut_exactly(across, down):
    truth = {"one": noise(1), "two": noise(2, 0.02)}
    cuts = Cuts(volume(np.zeros(SHAPE, np.int16), across=SIGNED[across], down=SIGNED[down], spacing=(0.75, 0.5)))
    body = body_of(cuts, truth)
    for view in cuts.views[1:]:
        for index in range(SHAPE[view.normal]):
            marks = {mark.object_hash: mark.sketch for mark in body.marks(view, index)}
            for key, mask in truth.items():
                plane = np.take(mask, index, axis=view.normal)
                assert np.array_equal(on_plane(cuts, view, marks.get(key, Sketch())), turned(view, plane))


def test_polygons_with_holes_and_boxes_are_cut_as_they_cover_their_slices():
    """The truth is counted point by point: a pixel belongs to an area where its middle lies inside."""
    outer = np.array([(2.2, 1.3), (15.1, 3.0), (12.7, 20.6), (4.0, 17.2)])
    hole = np.array([(6.0, 6.0), (10.0, 7.0), (8.0, 12.0)])
    box = np.array([(3.0, 4.0), (9.0, 4.0), (9.0, 8.0), (3.0, 8.0)])

    def inside(ring: np.ndarray) -> np.ndarray:
        y, x = np.mgrid[:23, :18] + 0.5
        odd = np.zeros(x.shape, dtype=bool)
        for (x0, y0), (x1, y1) in zip(ring, np.roll(ring, -1, axis=0), strict=True):
            with np.errstate(divide="ignore", invalid="ignore"):
                odd ^= ((y0 > y) != (y1 > y)) & (x < x0 + (y - y0) * (x1 - x0) / (y1 - y0))
        return odd

    truth = np.zeros(SHAPE, dtype=bool)
    truth[1] = inside(outer) ^ inside(hole)
    truth[4] = inside(box)
    cuts = Cuts(volume(np.zeros(SHAPE, np.int16)))
    layers = layers_of(labelled(1, SIZE, annotation(Sketch(areas=(Area((outer, hole)),)))), 1, SIZE)
    layers += layers_of(labelled(4, SIZE, annotation(Sketch(areas=(Area((box,)),)))), 4, SIZE)
    body = Body(cuts, layers, ViewState(), NAMING)
    for view in cuts.views[1:]:
        for index in range(SHAPE[view.normal]):
            found = body.marks(view, index)
            sketch = found[0].sketch if found else Sketch()
            wanted = turned(view, np.take(truth, index, axis=view.normal))
            assert np.array_equal(on_plane(cuts, view, sketch), wanted)


def test_labels_reach_no_further_than_half_a_slice():
    depths = [0.0, 1.0, 2.0, 6.0, 7.0, 8.0]
    truth = np.ones(SHAPE, dtype=bool)
    cuts = Cuts(volume(np.zeros(SHAPE, np.int16), depths=depths))
    _, coronal, _ = cuts.views
    (mark,) = body_of(cuts, {"one": truth}).marks(coronal, 5)
    rows = on_plane(cuts, coronal, mark.sketch).any(axis=1)[::-1]
    at = (np.arange(len(rows)) + 0.5) * cuts.rulers[0].cell - 0.5
    assert np.array_equal(rows, np.abs(at[:, None] - np.array(depths)).min(axis=1) <= 0.5)


def test_a_slice_that_is_missing_has_no_labels():
    slices = stack(np.zeros(SHAPE, np.int16))
    slices.stored[2] = None
    cuts = Cuts(build_volume(slices))
    _, coronal, _ = cuts.views
    (mark,) = body_of(cuts, {"one": np.ones(SHAPE, dtype=bool)}).marks(coronal, 5)
    assert on_plane(cuts, coronal, mark.sketch).all(axis=1).tolist() == [True, True, True, False, True, True]


def marks_of(sketch: Sketch, axis: int, index: int) -> Sketch:
    cuts = Cuts(volume(np.zeros(SHAPE, np.int16)))
    body = Body(cuts, layers_of(labelled(1, SIZE, annotation(sketch)), 1, SIZE), ViewState(), NAMING)
    found = body.marks(cuts.views[axis], index)
    return found[0].sketch if found else Sketch()


def test_points_are_seen_on_the_planes_through_their_pixel():
    point = Sketch(dots=(Dot(4.3, 7.9),))
    (seen,) = marks_of(point, 1, 7).dots
    # head up: slice 1 of 6 is the fifth from above
    assert (seen.x, seen.y) == pytest.approx((4.3, 4.5))
    (seen,) = marks_of(point, 2, 4).dots
    assert (seen.x, seen.y) == pytest.approx((7.9, 4.5))
    assert not marks_of(point, 1, 6).dots and not marks_of(point, 1, 8).dots and not marks_of(point, 2, 5).dots


def test_lines_are_dots_where_they_cross_and_lines_where_they_lie_in_the_plane():
    steep = Sketch(lines=(Line(np.array([(3.0, 0.0), (5.0, 20.0)])),))
    (seen,) = marks_of(steep, 1, 10).dots
    assert (seen.x, seen.y) == pytest.approx((3 + 2 * 10.5 / 20, 4.5))
    flat = Sketch(lines=(Line(np.array([(3.0, 10.5), (6.0, 10.2), (11.0, 10.7)])),))
    (line,) = marks_of(flat, 1, 10).lines
    assert line.points.tolist() == pytest.approx(np.array([(3.0, 4.5), (11.0, 4.5)]))
    assert not marks_of(flat, 1, 11).lines
    there_and_back = Sketch(lines=(Line(np.array([(2.0, 0.0), (2.0, 20.0), (9.0, 0.0)])),))
    assert len(marks_of(there_and_back, 1, 15).dots) == 2
    triangle = Sketch(lines=(Line(np.array([(2.0, 0.0), (2.0, 20.0), (9.0, 0.0)]), closed=True),))
    assert len(marks_of(triangle, 1, 0).lines) == 1


def test_only_what_is_shown_is_cut():
    cuts = Cuts(volume(np.zeros(SHAPE, np.int16)))
    _, coronal, _ = cuts.views
    truth = {"one": noise(1, 0.9), "two": noise(2, 0.9)}

    def seen(**changes: object) -> set[str]:
        marks = body_of(cuts, truth, replace(ViewState(), **changes)).marks(coronal, 4)
        return {mark.object_hash for mark in marks}

    assert seen() == {"one", "two"}
    assert seen(hidden_objects=frozenset({"one"})) == {"two"}
    assert seen(hidden_classes=frozenset({"cls00001"})) == set() == seen(hide_all=True)
    assert seen(selected="two", solo="instance") == {"two"}


def test_colours_are_those_of_the_slices():
    cuts = Cuts(volume(np.zeros(SHAPE, np.int16)))
    _, coronal, _ = cuts.views
    truth = {"one": noise(1, 0.9), "two": noise(2, 0.9)}
    marks = body_of(cuts, truth, one="#102030", two="#405060").marks(coronal, 4)
    assert {mark.object_hash: mark.colour for mark in marks} == {"one": (16, 32, 48), "two": (64, 80, 96)}
    state = ViewState(look=Look(colour_by="instance"), selected="one")
    by_instance = {m.object_hash: m.colour for m in body_of(cuts, truth, state).marks(coronal, 4)}
    assert len(set(by_instance.values())) == 2


def test_large_labels_lie_behind():
    cuts = Cuts(volume(np.zeros(SHAPE, np.int16)))
    small = np.zeros(SHAPE, dtype=bool)
    small[2:4, 8:12, 6:9] = True
    marks = body_of(cuts, {"small": small, "large": np.ones(SHAPE, dtype=bool)}).marks(cuts.views[1], 9)
    assert [mark.object_hash for mark in marks] == ["large", "small"]
