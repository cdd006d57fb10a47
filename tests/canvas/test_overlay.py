from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.canvas.support import BLUE, GREEN, RED, blobs, box, box_ring, dot, line, mark, polygon, raster, ring
from viewer.canvas.outlines import Outlines
from viewer.canvas.overlay import DIMMED, Pens, build_overlay
from viewer.canvas.region import Region
from viewer.scene.marks import Mark
from viewer.shapes.sketch import Area, Line, Sketch
from viewer.size import Size

FRAME = Region(0, 0, 200, 150)
ONLY_FILL = Pens(fill=0.22, width=0)


def drawn(*marks: Mark, pens: Pens = ONLY_FILL, scale: float = 1.0, region: Region = FRAME) -> np.ndarray:
    return build_overlay(Outlines(marks), scale, region, pens)


def colour_at(canvas: np.ndarray, x: int, y: int) -> tuple[int, ...]:
    """Red, green, blue, alpha."""
    blue, green, red, alpha = canvas[y, x].tolist()
    return red, green, blue, alpha


def over(below: tuple[float, ...], colour: tuple[int, int, int], share: float) -> tuple[float, ...]:
    return tuple(b * (1 - share) + c * share for b, c in zip(below, (*colour, 255), strict=True))


def test_overlapping_areas_are_blended_one_over_the_other() -> None:
    canvas = drawn(mark(box(20, 20, 100, 100), colour=RED), mark(box(60, 60, 140, 140), colour=BLUE))
    red, blue = over((0, 0, 0, 0), RED, 0.22), over((0, 0, 0, 0), BLUE, 0.22)
    assert colour_at(canvas, 40, 40) == pytest.approx(red, abs=1)
    assert colour_at(canvas, 120, 120) == pytest.approx(blue, abs=1)
    assert colour_at(canvas, 80, 80) == pytest.approx(over(red, BLUE, 0.22), abs=1)
    assert colour_at(canvas, 10, 10) == (0, 0, 0, 0)


def test_a_hole_stays_bare_and_a_label_does_not_darken_itself() -> None:
    tyre = mark(polygon(box_ring(20, 20, 100, 100), box_ring(40, 40, 80, 80)))
    assert colour_at(drawn(tyre), 60, 60) == (0, 0, 0, 0)
    both = Sketch(areas=(Area((box_ring(20, 20, 70, 70),)), Area((box_ring(50, 50, 100, 100),))))
    canvas = drawn(mark(both))
    assert colour_at(canvas, 60, 60) == colour_at(canvas, 30, 30) == colour_at(canvas, 90, 90) != (0, 0, 0, 0)


def test_solid_areas_hide_what_is_behind() -> None:
    canvas = drawn(mark(box(20, 20, 100, 100), colour=RED), mark(box(60, 60, 140, 140), colour=BLUE), pens=Pens(1, 0))
    assert colour_at(canvas, 80, 80) == (*BLUE, 255)


def test_outlines_of_both_overlapping_labels_stay_in_sight() -> None:
    behind, front = mark(box(20, 20, 100, 100), colour=RED), mark(box(60, 60, 140, 140), colour=GREEN)
    for draft in (False, True):
        canvas = drawn(behind, front, pens=Pens(fill=0.9, draft=draft))
        column = [colour_at(canvas, x, 90) for x in range(97, 104)]
        assert max(red - green for red, green, _, _ in column) > 150


def test_no_colour_is_stronger_than_its_alpha() -> None:
    scene = blobs(300, 20, Size(200, 150))
    cells = np.random.default_rng(0).random((40, 40)) < 0.5
    marks = (
        *scene.marks,
        mark(raster(cells, 50, 50), colour=(255, 255, 255)),
        mark(dot(40, 40), colour=(255, 255, 255)),
    )
    for pens in (Pens(), Pens(draft=True), Pens(unit=2.0, corners=True), Pens(fill=1, width=0)):
        canvas = build_overlay(Outlines(marks), 1.0, FRAME, pens)
        assert (canvas[:, :, :3] <= canvas[:, :, 3:]).all()


@pytest.mark.parametrize(("colour", "halo"), [((250, 220, 60), 0), ((20, 30, 120), 140)])
def test_the_halo_is_dark_around_light_colours_and_light_around_dark_ones(colour, halo: int) -> None:
    canvas = drawn(mark(line((0, 50.5), (200, 50.5)), colour=colour), pens=Pens(width=3, unit=1))
    beside = [colour_at(canvas, 100, y) for y in (48, 52)]
    assert colour_at(canvas, 100, 50) == pytest.approx((*colour, 255), abs=8)
    for red, green, blue, alpha in beside:
        assert alpha > 100
        assert (red, green, blue) == pytest.approx((halo,) * 3, abs=60)
    assert colour_at(canvas, 100, 43) == (0, 0, 0, 0)


@pytest.mark.parametrize("width", [1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 6.0])
@pytest.mark.parametrize("draft", [False, True])
def test_a_line_is_as_wide_as_asked_for(width: float, draft: bool) -> None:
    for points in (((-10, 70), (210, 70)), ((-10, 20), (210, 130))):
        white = mark(line(*points), colour=(255, 255, 255))
        canvas = drawn(white, pens=Pens(width=width, draft=draft))
        slope = np.hypot(1, (points[1][1] - points[0][1]) / 220)
        measured = canvas[:, 20:180, 2].sum() / 255 / 160 / slope
        assert measured == pytest.approx(width, abs=1.3 if draft else 0.5)


def test_dashed_labels_and_lines_have_gaps_on_a_whole_halo() -> None:
    by_hand = line((10, 50), (190, 50))
    whole = drawn(mark(by_hand, colour=(255, 255, 255)), pens=Pens())
    for dashed in (
        mark(by_hand, colour=(255, 255, 255), dashed=True),
        mark(Sketch(lines=(Line(ring((10, 50), (190, 50)), dashed=True),)), colour=(255, 255, 255)),
    ):
        row = drawn(dashed, pens=Pens())[49, 15:185, 2] > 128
        assert 0.4 < row.mean() < 0.75
        assert (whole[49, 15:185, 2] > 128).all()
        assert 10 < np.abs(np.diff(row.astype(int))).sum() < 40
        assert (drawn(dashed, pens=Pens())[51, 15:185, 3] > 60).all()


def test_dots_are_told_apart_without_colour() -> None:
    forms = ("disc", "ring", "barred ring", "cross")
    canvases = [drawn(mark(dot(50.5, 50.5, form), colour=(255, 255, 255)), pens=Pens()) for form in forms]
    shapes = [canvas[40:62, 40:62, 2] > 128 for canvas in canvases]
    for i, one in enumerate(shapes):
        assert one.sum() > 15
        for other in shapes[i + 1 :]:
            assert (one != other).sum() > 8
    centre = [bool(shape[10, 10]) for shape in shapes]
    assert centre == [True, False, True, True]


def test_a_dot_keeps_its_size_while_the_picture_grows() -> None:
    small, large = (drawn(mark(dot(10, 10)), pens=Pens(), scale=scale) for scale in (1.0, 8.0))
    assert np.count_nonzero(small[..., 3]) == np.count_nonzero(large[..., 3])


def test_without_outlines_areas_have_none_but_points_and_lines_are_still_drawn() -> None:
    assert not drawn(mark(box(20, 20, 100, 100)), pens=Pens(0, 0)).any()
    for sketch in (line((10, 10), (100, 100)), dot(50, 50)):
        assert drawn(mark(sketch), pens=Pens(0, 0))[..., 3].max() > 250


def test_dimmed_labels_are_faint() -> None:
    plain = mark(box(20, 20, 100, 100))
    bright, faint = (drawn(m, pens=Pens())[..., 3].astype(int) for m in (plain, replace(plain, dimmed=True)))
    assert faint.max() <= 255 * DIMMED + 1
    assert faint[60, 60] == pytest.approx(bright[60, 60] * DIMMED, abs=1)


def test_a_mask_has_an_outline_that_follows_its_cells() -> None:
    canvas = drawn(mark(raster([[1, 1], [1, 0]], 5, 5), colour=(255, 255, 255)), scale=20.0, pens=Pens(fill=0))
    line_pixels = canvas[..., 2] == 255
    assert line_pixels[110, 99:101].all() and not line_pixels[110, 105:115].any()
    assert line_pixels[110, 139:141].all() and line_pixels[130, 119:121].all()
    assert not line_pixels[130, 125:160].any()


def test_pieces_of_the_device_fit_together() -> None:
    scene = blobs(40, 25, Size(200, 150))
    cells = np.random.default_rng(0).random((40, 60)) < 0.7
    outlines = Outlines((*scene.marks, mark(raster(cells, 60, 50))))
    whole = build_overlay(outlines, 1.7, Region(-20, -10, 380, 280), Pens())
    part = build_overlay(outlines, 1.7, Region(91, 40, 120, 133), Pens())
    cut = whole[50:183, 111:231]
    different = (np.abs(part.astype(int) - cut) > 48).any(axis=2)
    assert different[12:-12, 12:-12].mean() < 0.005


def test_far_out_coordinates_are_drawn_as_if_they_were_near() -> None:
    near, far = mark(box(-300, 50, 300, 400)), mark(box(-1e10, 50, 1e10, 1e10))
    for draft in (False, True):
        pens = Pens(draft=draft)
        np.testing.assert_array_equal(drawn(near, pens=pens), drawn(far, pens=pens))
    everything = mark(box(-1e10, -1e10, 1e10, 1e10))
    assert (drawn(everything)[..., 3] == 56).all()
    assert not drawn(mark(box(1e9, 1e9, 2e9, 2e9))).any()


def test_a_part_that_is_out_of_sight_does_not_bend_the_others() -> None:
    near, far = Area((box_ring(50, 50, 100, 90),)), Area((box_ring(1e9, 1e9, 2e9, 2e9),))
    last = Area((box_ring(20, 100, 60, 140),))
    alone, together = Sketch(areas=(near, last)), Sketch(areas=(near, far, last, far))
    for pens in (Pens(), Pens(draft=True)):
        for dashed in (False, True):
            one, other = (drawn(mark(sketch, dashed=dashed), pens=pens) for sketch in (alone, together))
            np.testing.assert_array_equal(one, other)


def test_odd_sketches_draw_nothing_and_harm_nothing() -> None:
    nothing = ring()
    odd = [
        Sketch(),
        Sketch(areas=(Area(()), Area((nothing,)))),
        Sketch(lines=(Line(nothing), Line(ring((5, 5))))),
        raster(np.zeros((0, 0)), 3, 3),
        polygon(ring((10, 10))),
        polygon(ring((30, 30), (30, 30), (30, 30))),
    ]
    marks = [mark(sketch, key=str(i)) for i, sketch in enumerate(odd)]
    good = mark(box(100, 100, 150, 140))
    for pens in (Pens(), Pens(draft=True), Pens(exact=True), Pens(corners=True)):
        canvas = drawn(*marks, good, pens=pens)
        assert colour_at(canvas, 120, 120)[3] > 0
    assert drawn(pens=Pens()).shape == (150, 200, 4)
    assert drawn(good, region=Region(0, 0, 0, 10)).size == 0


def test_a_draft_is_close_to_the_proper_drawing() -> None:
    marks = blobs(30, 12, Size(200, 150)).marks
    proper, draft = (drawn(*marks, pens=Pens(draft=on))[..., 3].astype(int) for on in (False, True))
    assert draft.mean() == pytest.approx(proper.mean(), rel=0.15)
    assert np.corrcoef(proper.ravel(), draft.ravel())[0, 1] > 0.8


def test_very_many_vertices_look_like_the_form_they_make() -> None:
    turn = np.linspace(0, 2 * np.pi, 200_000, endpoint=False)
    circle = polygon(100 + 60 * np.column_stack([np.cos(turn), np.sin(turn)]))
    plain = polygon(circle.areas[0].rings[0][::400])
    for pens in (Pens(), ONLY_FILL):
        many, few = (drawn(mark(sketch), pens=pens).astype(int) for sketch in (circle, plain))
        assert np.abs(many - few).mean() < 2
