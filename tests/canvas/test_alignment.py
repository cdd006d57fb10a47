"""Picture and labels lie where the placement says, at every zoom and on every screen."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from tests.canvas.support import (
    Pane,
    box,
    line,
    mark,
    noise,
    picture,
    pixels,
    plain,
    polygon,
    raster,
    ring,
    run_now,
    scene,
    settle,
    shown,
)
from viewer.canvas.paint_scene import render_image
from viewer.scene.camera import Camera
from viewer.scene.marks import Scene
from viewer.size import Size

SIZE = Size(200, 150)
ZOOMS = (0.37, 1.0, 1.5, 2.0, 3.3, 8.0, 12.34, 40.0)
RATIOS = (1.0, 1.5, 2.0)
every_zoom = pytest.mark.parametrize("zoom", ZOOMS)
every_ratio = pytest.mark.parametrize("ratio", RATIOS)


def looking(qtbot: Any, pixels_: np.ndarray, labels: Scene | None, zoom: float, ratio: float) -> Pane:
    """A pane at `zoom` device pixels to an image pixel, its middle near image point (60, 40)."""
    pane = shown(qtbot, Size(320, 240), ratio)
    pane.show_picture(picture(pixels_), SIZE, False)
    if labels is not None:
        pane.show_scene(labels)
    settle(qtbot, pane)
    pane.set_camera(Camera(zoom / ratio, 60.3, 40.9))
    settle(qtbot, pane)
    assert pane.placement.scale == pytest.approx(zoom)
    return pane


def image_columns_and_rows(pane: Pane, zoom: float) -> tuple[np.ndarray, np.ndarray]:
    """Which image column and row the middle of each device column and row lies in."""
    placement, view = pane.placement, pane.view_at(pane.placement)
    across = np.floor((np.arange(view.width) + 0.5 - placement.left) / zoom).astype(int)
    down = np.floor((np.arange(view.height) + 0.5 - placement.top) / zoom).astype(int)
    return across, down


@every_ratio
@pytest.mark.parametrize("zoom", [1.0, 3.3, 8.0, 12.34, 40.0])
def test_close_by_every_device_pixel_shows_the_image_pixel_under_its_middle(qtbot, zoom: float, ratio: float) -> None:
    source = noise(SIZE).shown
    pane = looking(qtbot, source, None, zoom, ratio)
    across, down = image_columns_and_rows(pane, zoom)
    expected = source[np.ix_(np.clip(down, 0, 149), np.clip(across, 0, 199))]
    same = (pane.seen()[:, :, :3] == expected[:, :, :3]).all(axis=2)
    on_picture = np.ix_((down >= 0) & (down < 150), (across >= 0) & (across < 200))
    on_grid = np.zeros_like(same)
    if zoom >= 8:
        on_grid[:, np.flatnonzero(np.diff(across, prepend=across[0] - 1))] = True
        on_grid[np.flatnonzero(np.diff(down, prepend=down[0] - 1))] = True
    assert (same | on_grid)[on_picture].all()


def edge_near(brightness: np.ndarray, expected: float, reach: int) -> float:
    """Where a row turns from black to white; a blurred edge counts by its middle."""
    begin, end = round(expected) - reach, round(expected) + reach
    return end - float(brightness[begin:end].sum()) / 255


@every_ratio
@pytest.mark.parametrize("zoom", [zoom for zoom in ZOOMS if zoom < 8])
def test_an_edge_in_the_picture_lies_where_it_should(qtbot, zoom: float, ratio: float) -> None:
    right_half, lower_half = np.zeros((150, 200), np.uint8), np.zeros((150, 200), np.uint8)
    right_half[:, 60:] = 255
    lower_half[40:] = 255
    pane = looking(qtbot, right_half, None, zoom, ratio)
    expected = pane.placement.left + 60 * zoom
    row = pane.seen()[round(120 * ratio), :, 0]
    assert edge_near(row, expected, 10) == pytest.approx(expected, abs=0.5)
    pane = looking(qtbot, lower_half, None, zoom, ratio)
    expected = pane.placement.top + 40 * zoom
    column = pane.seen()[:, round(160 * ratio), 0]
    assert edge_near(column, expected, 10) == pytest.approx(expected, abs=0.5)


def centre_of(weights: np.ndarray) -> float:
    """The middle of what is inked along a row."""
    return float((weights * (np.arange(len(weights)) + 0.5)).sum() / weights.sum())


@every_ratio
@every_zoom
def test_a_box_border_and_a_polygons_edge_lie_where_they_should(qtbot, zoom: float, ratio: float) -> None:
    black = np.zeros((150, 200), np.uint8)
    sloping = ring((46, -100), (1000, -100), (1000, 400), (96, 400))
    for sketch, x_at in (
        (box(60, -1000, 5000, 1000), lambda y: 60.0),
        (polygon(sloping), lambda y: 60 + (y - 40) / 10),
    ):
        pane = looking(qtbot, black, scene(mark(sketch), size=SIZE, fill=0.0), zoom, ratio)
        seen = pane.seen()[:, :, 2].astype(float)
        for row in (round(100 * ratio), round(140 * ratio)):
            expected = pane.placement.left + x_at((row + 0.5 - pane.placement.top) / zoom) * zoom
            near = slice(max(round(expected) - 8, 0), round(expected) + 9)
            assert near.start + centre_of(seen[row, near]) == pytest.approx(expected, abs=0.5)
    level = scene(mark(line((-1000, 40), (1000, 40))), size=SIZE)
    pane = looking(qtbot, black, level, zoom, ratio)
    expected = pane.placement.top + 40 * zoom
    near = slice(round(expected) - 8, round(expected) + 9)
    column = pane.seen()[near, round(160 * ratio), 2].astype(float)
    assert near.start + centre_of(column) == pytest.approx(expected, abs=0.5)


@every_ratio
@pytest.mark.parametrize("zoom", [1.0, 1.5, 2.0, 3.3, 8.0, 12.34, 40.0])
def test_a_masks_cells_are_the_pictures_pixels(qtbot, zoom: float, ratio: float) -> None:
    cells = np.random.default_rng(1).random((60, 70)) < 0.5
    labels = scene(mark(raster(cells, 30, 20), colour=(255, 255, 255)), size=SIZE, fill=1.0, line_width=0.0)
    pane = looking(qtbot, np.zeros((150, 200), np.uint8), labels, zoom, ratio)
    across, down = image_columns_and_rows(pane, zoom)
    expected = np.zeros((150, 200), bool)
    expected[20:80, 30:100] = cells
    inside = np.ix_((down >= 0) & (down < 150), (across >= 0) & (across < 200))
    covered = pane.seen()[:, :, 0][inside] == 255
    np.testing.assert_array_equal(covered, expected[np.ix_(down[inside[0][:, 0]], across[inside[1][0]])])


@every_ratio
def test_from_afar_a_mask_keeps_within_a_device_pixel(qtbot, ratio: float) -> None:
    labels = scene(
        mark(raster(np.ones((80, 100)), 30, 20), colour=(255, 255, 255)), size=SIZE, fill=1.0, line_width=0.0
    )
    pane = looking(qtbot, np.zeros((150, 200), np.uint8), labels, 0.37, ratio)
    down, across = np.nonzero(pane.seen()[:, :, 0] == 255)
    placement = pane.placement
    assert across.min() == pytest.approx(placement.left + 30 * 0.37, abs=1)
    assert across.max() + 1 == pytest.approx(placement.left + 130 * 0.37, abs=1)
    assert down.min() == pytest.approx(placement.top + 20 * 0.37, abs=1)
    assert down.max() + 1 == pytest.approx(placement.top + 100 * 0.37, abs=1)


def test_a_picture_of_another_size_is_stretched_over_the_labels_frame(qtbot) -> None:
    half = np.zeros((75, 100), np.uint8)
    half[:, 30:] = 255
    pane = shown(qtbot, Size(320, 240))
    pane.show_picture(picture(half), SIZE, False)
    settle(qtbot, pane)
    pane.set_camera(Camera(4, 60, 40))
    settle(qtbot, pane)
    row = pane.seen()[120, :, 0]
    assert int(np.argmax(row > 0)) == pane.placement.left + 60 * 4


@pytest.mark.parametrize("scale", [0.5, 1.0, 2.0, 3.0])
def test_a_render_has_the_picture_pixel_for_pixel(qapp, scale: float) -> None:
    source = noise(SIZE)
    seen = pixels(render_image(Scene(SIZE), source, scale=scale))
    assert seen.shape[:2] == (round(150 * scale), round(200 * scale))
    if scale in (1.0, 3.0):
        expected = np.kron(source.shown, np.ones((int(scale), int(scale), 1), np.uint8))
        np.testing.assert_array_equal(seen, expected)


def test_panning_moves_everything_by_whole_device_pixels(qtbot) -> None:
    labels = scene(mark(box(50, 30, 90, 60)), size=SIZE)
    pane = looking(qtbot, plain(SIZE, 90).shown, labels, 2.7, 1.0)
    before = pane.seen()
    pane.pan(-31, 17)
    settle(qtbot, pane)
    after = pane.seen()
    np.testing.assert_array_equal(after[17:, :-31], before[:-17, 31:])


def test_a_pane_that_begins_between_device_pixels_is_sharp_all_the_same(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(500, 400)
    pane = Pane(run_now, parent=window)
    pane.ratio = 1.5
    pane.setGeometry(101, 37, 320, 240)
    window.show()
    source = noise(SIZE)
    pane.show_picture(source, SIZE, False)
    settle(qtbot, pane)
    pane.one_to_one()
    settle(qtbot, pane)
    image = QImage(750, 600, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(1.5)
    window.render(image)
    left, top = round(101 * 1.5) + pane.placement.left, round(37 * 1.5) + pane.placement.top
    np.testing.assert_array_equal(pixels(image)[top : top + 150, left : left + 200], source.shown)
