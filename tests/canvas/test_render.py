"""Pictures for files: the command line's promises."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from tests.canvas.support import (
    GREEN,
    RED,
    blobs,
    box,
    box_ring,
    dot,
    line,
    mark,
    noise,
    pixels,
    plain,
    polygon,
    raster,
    scene,
)
from viewer.canvas.colours import DARK
from viewer.canvas.paint_scene import render_image
from viewer.scene.marks import Mark, Scene
from viewer.shapes.sketch import Area, Line, Sketch
from viewer.size import Size

SIZE = Size(200, 150)


def covered(labels: Scene, scale: float = 1.0) -> np.ndarray:
    """Alpha of a render of nothing but areas."""
    image = render_image(labels, None, scale=scale, fill=1, outline=0, captions=False, overlay_only=True)
    return pixels(image)[..., 3]


@pytest.mark.parametrize("scale", [1.0, 0.5, 2.5])
def test_areas_cover_precisely_the_pixels_whose_centre_lies_inside(qapp, scale: float) -> None:
    random = np.random.default_rng(3)
    turn = np.sort(random.uniform(0, 2 * np.pi, 24))
    outer = (90, 70) + random.uniform(20, 70, (24, 1)) * np.column_stack([np.cos(turn), np.sin(turn)])
    hole = (90, 70) + 15 * np.column_stack([np.cos(turn), np.sin(turn)])
    alpha = covered(scene(mark(polygon(outer, hole), "Star"), size=SIZE), scale)
    x, y = np.meshgrid(np.arange(alpha.shape[1]) + 0.5, np.arange(alpha.shape[0]) + 0.5)
    shape = shapely.Polygon(outer * scale, [hole * scale])
    np.testing.assert_array_equal(alpha, np.where(shapely.contains_xy(shape, x, y), 255, 0))


def test_masks_cover_precisely_their_cells(qapp) -> None:
    cells = np.random.default_rng(1).random((40, 50)) < 0.5
    alpha = covered(scene(mark(raster(cells, 20, 30)), size=SIZE))
    expected = np.zeros((150, 200), int)
    expected[30:70, 20:70] = cells * 255
    np.testing.assert_array_equal(alpha, expected)


def test_a_label_of_areas_and_lines_touches_nothing_beside_its_areas(qapp) -> None:
    cuboid = Sketch(areas=(Area((box_ring(20, 20, 60, 60),)),), lines=(Line(box_ring(40, 10, 90, 50), closed=True),))
    assert int((covered(scene(mark(cuboid), size=SIZE)) > 0).sum()) == 1600


@pytest.mark.parametrize("sketch", [line((10, 10), (150, 100)), dot(60, 60), dot(60, 60, "cross")])
@pytest.mark.parametrize(("fill", "outline"), [(0.0, 2.0), (1.0, 2.0), (1.0, 0.0)])
def test_points_and_lines_are_drawn_with_their_pen_whatever_the_fill(
    qapp, sketch: Sketch, fill: float, outline: float
) -> None:
    image = render_image(scene(mark(sketch)), None, fill=fill, outline=outline, captions=False, overlay_only=True)
    assert (pixels(image)[..., 3] > 200).sum() > 20


def test_fill_and_outline_take_the_place_of_the_scenes_own(qapp) -> None:
    labels = scene(mark(box(50, 50, 150, 100)), size=SIZE, fill=0.9, line_width=9)
    alpha = pixels(render_image(labels, None, fill=0.5, outline=0, captions=False, overlay_only=True))[..., 3]
    assert set(np.unique(alpha)) <= {0, 127, 128}
    wide, thin = (
        (pixels(render_image(labels, None, fill=0, outline=w, captions=False, overlay_only=True))[..., 2] > 150).sum()
        for w in (8.0, 2.0)
    )
    assert wide == pytest.approx(4 * thin, rel=0.25)


def test_the_pen_is_measured_in_pixels_of_the_picture(qapp) -> None:
    labels = scene(mark(line((0, 75), (200, 75))), size=SIZE)
    one, three = (
        pixels(render_image(labels, None, scale=scale, captions=False, overlay_only=True))[:, round(100 * scale), 2]
        > 128
        for scale in (1.0, 3.0)
    )
    assert three.sum() == pytest.approx(3 * one.sum(), abs=2)


def test_with_a_picture_it_is_opaque_and_shows_it_where_there_is_no_label(qapp) -> None:
    source = noise(SIZE)
    image = pixels(render_image(scene(mark(box(50, 50, 100, 100), "Car")), source))
    assert (image[..., 3] == 255).all()
    np.testing.assert_array_equal(image[120:], source.shown[120:])
    assert (image[75, 75] != source.shown[75, 75]).any()


def test_without_a_picture_there_is_a_plain_field_of_the_labels_frame(qapp) -> None:
    image = pixels(render_image(scene(size=SIZE), None))
    assert image.shape[:2] == (150, 200)
    blue, green, red, alpha = image[10, 10].tolist()
    assert (f"#{red:02x}{green:02x}{blue:02x}", alpha) == (DARK.field, 255)
    assert (image == image[0, 0]).all()


def test_a_transparent_picture_stays_transparent(qapp) -> None:
    clear = noise(SIZE).shown.copy()
    clear[..., 3] = 0
    from tests.canvas.support import picture

    assert not pixels(render_image(scene(size=SIZE), picture(clear, opaque=False))).any()


def test_captions_are_there_unless_switched_off(qapp) -> None:
    labels = scene(mark(box(50, 50, 100, 100), "Car 3", GREEN), size=SIZE)
    without, with_them = (
        pixels(render_image(labels, None, overlay_only=True, captions=captions)).astype(int)
        for captions in (False, True)
    )
    changed = (without != with_them).any(axis=2)
    down, across = np.nonzero(changed)
    assert changed.sum() > 300
    assert down.max() <= 50 and across.min() >= 48


def test_window_and_file_are_painted_alike(qtbot) -> None:
    from tests.canvas.support import settle, shown
    from viewer.scene.camera import Camera

    labels, source = blobs(12, 25, SIZE), plain(SIZE, 120)
    pane = shown(qtbot, SIZE)
    pane.show_picture(source, SIZE, False)
    pane.show_scene(labels)
    settle(qtbot, pane)
    pane.set_camera(Camera(1, 100, 75))
    settle(qtbot, pane)
    seen, rendered = pane.seen().astype(int), pixels(render_image(labels, source)).astype(int)
    assert (np.abs(seen - rendered).max(axis=2) > 24).mean() < 0.01


def test_the_same_scene_gives_the_same_picture(qapp) -> None:
    labels = Scene(SIZE, (*blobs(20, 20, SIZE).marks, mark(raster(np.ones((9, 9)), 5, 5), "Mask", RED, flagged=True)))
    once, again = (pixels(render_image(labels, None, scale=1.5)) for _ in range(2))
    np.testing.assert_array_equal(once, again)


def test_a_bad_label_never_hides_a_good_one(qapp) -> None:
    empty: list[Mark] = [mark(Sketch(), "Nothing", key="1"), mark(raster(np.zeros((0, 0)), 0, 0), "Empty", key="2")]
    good = mark(box(50, 50, 100, 100), "Good")
    assert int((covered(scene(*empty, good, size=SIZE)) == 255).sum()) == 2500
