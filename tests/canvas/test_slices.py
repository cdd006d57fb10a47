"""Slices on the canvas: true aspect, what floats on them, rulers, and the mouse that steps; with real events."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QFont, QMouseEvent
from PySide6.QtWidgets import QApplication

from tests.canvas.support import BLUE, GREEN, Pane, box, mark, raster, scene, settle, shown
from tests.canvas.test_canvas_pane import drag, wheel
from viewer.canvas.canvas_pane import CanvasPane
from viewer.canvas.colours import DARK, LIGHT
from viewer.canvas.paint_slice import broken, rimmed
from viewer.canvas.readout import FIGURE_SPACE, readout
from viewer.media.kinds import Picture
from viewer.media.plane import Plane
from viewer.scene.camera import Camera
from viewer.scene.marks import Scene
from viewer.shapes.sketch import Bounds
from viewer.size import Size

FRAME = Size(40, 30)
SPOT = (12, 9)
"""Column and row of the one bright pixel."""
AXIAL = {"across": (1.0, 0.0, 0.0), "down": (0.0, 1.0, 0.0)}


def slice_of(aspect: float = 1.0, ground: int = 0, size: Size = FRAME, **more: Any) -> Picture:
    values = np.full((size.height, size.width), ground, np.uint8)
    values[SPOT[1], SPOT[0]] = 255 - ground
    return Picture(size, values, values, ("L",), plane=Plane(aspect=aspect, **more))


def pane_with(qtbot, picture: Picture, labels: Scene | None = None, ratio: float = 1.0) -> Pane:
    pane = shown(qtbot, ratio=ratio)
    pane.show_picture(picture, picture.size, False)
    pane.show_scene(labels or scene(size=picture.size))
    settle(qtbot, pane)
    return pane


def device(pane: Pane, x: float, y: float, across: float, down: float) -> tuple[float, float]:
    """Where a stored point must be seen, by hand."""
    place = pane.placement
    return place.left + x * across * place.scale, place.top + y * down * place.scale


@pytest.mark.parametrize("ratio", [1.0, 2.0])
@pytest.mark.parametrize(("aspect", "across", "down"), [(2.0, 1, 2), (0.5, 2, 1), (1.0, 1, 1), (1.5, 1, 1.5)])
def test_a_pixel_and_the_mask_on_it_are_seen_in_true_proportion(qtbot, ratio, aspect, across, down) -> None:
    cell = scene(mark(raster([[1]], *SPOT), "", BLUE), size=FRAME, fill=1.0, line_width=0.0)
    pane = pane_with(qtbot, slice_of(aspect), cell, ratio)
    pane.set_camera(Camera(6, 12.5 * across, 9.5 * down))
    settle(qtbot, pane)
    left, top = device(pane, *SPOT, across, down)
    right, bottom = device(pane, SPOT[0] + 1, SPOT[1] + 1, across, down)
    assert (right - left, bottom - top) == pytest.approx((6 * ratio * across, 6 * ratio * down))
    blue = (pane.seen()[..., :3] == BLUE[::-1]).all(axis=2)
    rows, columns = np.flatnonzero(blue.any(axis=1)), np.flatnonzero(blue.any(axis=0))
    assert (columns[0], columns[-1] + 1, rows[0], rows[-1] + 1) == (left, right, top, bottom)
    pane.show_scene(scene(size=FRAME))
    settle(qtbot, pane)
    inside = pane.seen()[int(top) + 1 : int(bottom) - 1, int(left) + 1 : int(right) - 1, 0]
    around = pane.seen()[int(top) - 3 : int(bottom) + 3, int(left) - 3 : int(right) + 3, 0]
    assert inside.min() > 200 and (around > 200).sum() <= (right - left) * (bottom - top)


@pytest.mark.parametrize(("aspect", "size"), [(2.0, Size(40, 60)), (0.5, Size(80, 30))])
def test_all_of_it_fits(qtbot, aspect, size) -> None:
    pane = pane_with(qtbot, slice_of(aspect))
    assert pane.camera == Camera.fit(size, pane.viewport)
    assert pane.visible().left < 0 < 40 < pane.visible().right or pane.visible().top < 0 < 30 < pane.visible().bottom


def test_the_pointer_the_readout_and_clicks_count_stored_pixels(qtbot) -> None:
    labels = scene(mark(box(10, 5, 20, 25), "Tumour"), size=FRAME, line_width=0.0)
    picture = slice_of(2.0)
    pane = pane_with(qtbot, picture, labels)
    told: list[Any] = []
    picked: list[Any] = []
    pane.hovered.connect(told.append)
    pane.picked.connect(picked.append)
    at = QPointF(*pane.camera.view_from_image(12.5, 2 * 9.5, pane.viewport)).toPoint()
    qtbot.mouseMove(pane, at)
    assert (told[-1].x, told[-1].y) == pytest.approx((12.5, 9.5), abs=0.2)
    said = [group.replace(FIGURE_SPACE, "") for group in readout(told[-1], picture, FRAME)]
    assert said == ["x 12", "y 9", "L 255", "Tumour"]
    qtbot.mouseClick(pane, Qt.MouseButton.LeftButton, pos=at)
    below = QPointF(*pane.camera.view_from_image(12.5, 2 * 26.5, pane.viewport)).toPoint()
    qtbot.mouseClick(pane, Qt.MouseButton.LeftButton, pos=below)
    assert picked == ["Tumour", None]


def test_zooming_to_a_label_and_keeping_it_in_the_middle_count_stored_pixels(qtbot) -> None:
    pane = pane_with(qtbot, slice_of(2.0))
    pane.zoom_to(Bounds(10, 5, 20, 15))
    assert (pane.camera.x, pane.camera.y) == (15, 20)
    seen = pane.visible()
    assert (seen.left + seen.right) / 2 == pytest.approx(15, abs=0.1)
    assert (seen.top + seen.bottom) / 2 == pytest.approx(10, abs=0.1)
    assert seen.top < 5 and seen.bottom > 15 and seen.bottom - seen.top < 20
    pane.centre_on(7, 8)
    assert (pane.camera.x, pane.camera.y) == (7, 16)


def test_the_grid_parts_stored_pixels(qtbot) -> None:
    picture = slice_of(2.0, ground=200)
    pane = pane_with(qtbot, picture)
    pane.set_slice_hud(False)
    pane.set_camera(Camera(10, 20, 40))
    settle(qtbot, pane)
    seen, place = pane.seen()[..., 0].astype(int), pane.placement
    row, column = seen[place.top + 20 * 20 + 5], seen[:, place.left + 10 * 20 + 5]
    across = (np.flatnonzero(np.abs(row - 200) > 3) - place.left) % 10
    down = (np.flatnonzero(np.abs(column - 200) > 3) - place.top) % 20
    assert len(across) > 30 and set(across.tolist()) == {0}
    assert len(down) > 10 and set(down.tolist()) == {0}


def test_a_slice_of_another_aspect_takes_its_labels_along(qtbot) -> None:
    labels = scene(mark(box(10, 5, 20, 25), "Tumour", GREEN), size=FRAME)
    pane = pane_with(qtbot, slice_of(1.0), labels)
    pane.show_picture(slice_of(2.0), FRAME, True)
    settle(qtbot, pane)
    (seen,) = pane._stage.prepared.exhibit.scene.marks
    assert seen.sketch.bounds == (10, 10, 20, 50)
    pane.show_picture(slice_of(1.0), FRAME, True)
    settle(qtbot, pane)
    (seen,) = pane._stage.prepared.exhibit.scene.marks
    assert seen.sketch.bounds == (10, 5, 20, 25)


# what floats on it


def floating(pane: Pane) -> np.ndarray:
    """What is seen with it and not without."""
    with_it = pane.seen()[..., :3].astype(int)
    pane.set_slice_hud(False)
    without = pane.seen()[..., :3].astype(int)
    pane.set_slice_hud(True)
    return np.abs(with_it - without).max(axis=2)


@pytest.mark.parametrize("ground", [0, 255, 128])
@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_everything_is_legible_on_any_ground(qtbot, ground, ratio) -> None:
    picture = slice_of(ground=ground, size=Size(400, 300), spacing=(1.0, 1.0), spacing_of="patient", **AXIAL)
    pane = pane_with(qtbot, picture, ratio=ratio)
    pane.set_camera(Camera(1, 200, 150))
    pane.set_words(("slice 17 of 40 · number 18", "C 40 W 400"))
    settle(qtbot, pane)
    seen = pane.seen()[..., 0]
    edge, middle = round(30 * ratio), [side // 2 for side in seen.shape]
    across = slice(middle[1] - edge // 2, middle[1] + edge // 2)
    down = slice(middle[0] - edge // 2, middle[0] + edge // 2)
    places = {
        "words": (slice(0, round(45 * ratio)), slice(0, round(180 * ratio))),
        "top": (slice(0, edge), across),
        "bottom": (slice(seen.shape[0] - edge, None), across),
        "left": (down, slice(0, edge)),
        "right": (down, slice(seen.shape[1] - edge, None)),
        "bar": (slice(seen.shape[0] - 2 * edge, seen.shape[0] - edge), across),
    }
    for name, part in places.items():
        assert seen[part].max() > 235, f"{name}: the strokes"
        assert seen[part].min() < 70, f"{name}: the rim or the ground"


def test_the_bar_is_as_long_as_it_says(qtbot) -> None:
    picture = slice_of(2.0, size=Size(400, 200), spacing=(1.0, 0.5), spacing_of="patient")
    pane = pane_with(qtbot, picture)
    pane.set_camera(Camera(1.0, 200, 200))
    settle(qtbot, pane)
    changed = floating(pane)
    wide = (changed > 150).sum(axis=1)
    # 50 mm at half a millimetre a pixel
    assert abs(int(wide.max()) - 100) <= 3
    row = int(wide.argmax())
    assert np.flatnonzero(changed[row] > 150).mean() == pytest.approx(200, abs=2)


def test_it_can_be_switched_off_and_is_not_on_other_pictures(qtbot) -> None:
    picture = slice_of(spacing=(1.0, 1.0), spacing_of="patient", **AXIAL)
    pane = pane_with(qtbot, picture)
    pane.set_words(("slice 17 of 40",))
    settle(qtbot, pane)
    assert (floating(pane) > 60).sum() > 200
    pane.show_picture(Picture(FRAME, picture.shown, picture.values, ("L",)), FRAME, True)
    settle(qtbot, pane)
    assert floating(pane).max() == 0
    pane.show_picture(picture, FRAME, True)
    settle(qtbot, pane)
    without_words = floating(pane)[:40, :150]
    assert without_words.max() == 0, "words belong to the picture they were said of"


@pytest.mark.parametrize("width", [60, 160, 300, 420, 900])
@pytest.mark.parametrize("unit", [1.0, 2.0])
def test_words_keep_clear_of_the_letter_at_the_upper_edge(qtbot, width, unit) -> None:
    lines = ("slice 151 of 500 · frame 150 · number 152", "position 350.0 mm", "C -600 W 1,500 · lung · inverted")
    made = broken(lines, "A", width * unit - 16 * unit, unit)
    letter = rimmed("A", 15, QFont.Weight.DemiBold, unit)
    top = 8 * unit
    for line in made:
        words = rimmed(line, 12, QFont.Weight.Normal, unit)
        beside = top - 8 * unit < letter.height() * 0.7
        assert 8 * unit + words.width() <= (width * unit - letter.width()) / 2 if beside else width * unit
        top += words.height()
    if width > 160:
        assert " · ".join(made).split(" · ") == " · ".join(lines).split(" · "), "nothing is lost"
    assert (len(made) == 3) == (width == 900)


def test_around_slices_it_is_dark_in_the_light_theme_too(qtbot) -> None:
    pane = pane_with(qtbot, slice_of(ground=90, **AXIAL))
    pane.set_camera(Camera(0.2, 200, 150))
    settle(qtbot, pane)
    pane.set_colours(LIGHT)
    light, dark = (tuple(int(c[i : i + 2], 16) for i in (5, 3, 1)) for c in (LIGHT.canvas, DARK.canvas))
    assert tuple(pane.seen()[-3, -3, :3]) == light
    pane.set_shows_slices(True)
    assert tuple(pane.seen()[-3, -3, :3]) == dark


def test_what_stands_at_the_lower_edge_makes_way_for_the_readout(qtbot) -> None:
    long = "An organ of a name that reaches far"
    picture = slice_of(spacing=(1.0, 1.0), spacing_of="patient", **AXIAL)
    pane = pane_with(qtbot, picture, scene(mark(box(0, 0, 40, 30), long), size=FRAME))
    before = floating(pane)[272:, 150:250]
    qtbot.mouseMove(pane, QPoint(200, 60))
    settle(qtbot, pane)
    assert before.max() > 100 and floating(pane)[272:, 150:250].max() == 0


# rulers


def send(pane: CanvasPane, kind: QEvent.Type, at: QPoint, button: Qt.MouseButton, held: Qt.MouseButton) -> None:
    place = QPointF(pane.mapToGlobal(at))
    QApplication.sendEvent(pane, QMouseEvent(kind, QPointF(at), place, button, held, Qt.KeyboardModifier.NoModifier))


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_a_drag_measures_between_stored_points(qtbot, ratio) -> None:
    picture = slice_of(2.0, spacing=(3.0, 1.5), spacing_of="patient")
    pane = pane_with(qtbot, picture, ratio=ratio)
    pane.set_camera(Camera(8, 20, 30))
    pane.set_ruler(True)
    before = pane.camera
    drag(pane, QPoint(200, 150), QPoint(80, 64))
    drag(pane, QPoint(100, 150), QPoint(-40, 0))
    assert pane.camera == before
    one, other = pane._rulers.every
    assert (one.x0, one.y0, one.x1, one.y1) == pytest.approx((20, 15, 30, 19))
    assert one.millimetres(picture.plane) == pytest.approx((15**2 + 12**2) ** 0.5)
    assert other.pixels == pytest.approx(5)


def test_a_ruler_is_seen_while_it_is_drawn_and_moves_with_the_picture(qtbot) -> None:
    picture = slice_of()
    pane = pane_with(qtbot, picture)
    pane.set_camera(Camera(5, 20, 15))
    settle(qtbot, pane)
    plain = pane.seen()
    pane.set_ruler(True)
    left = Qt.MouseButton.LeftButton
    send(pane, QEvent.Type.MouseButtonPress, QPoint(150, 180), left, left)
    send(pane, QEvent.Type.MouseMove, QPoint(250, 180), Qt.MouseButton.NoButton, left)
    assert (pane.seen()[180, 150:250, 0] > 180).all()
    send(pane, QEvent.Type.MouseButtonRelease, QPoint(250, 180), left, Qt.MouseButton.NoButton)
    pane.pan(20, -30)
    settle(qtbot, pane)
    assert (pane.seen()[150, 170:270, 0] > 180).all() and not (pane.seen()[180, 150:250, 0] > 180).all()
    pane.pan(-20, 30)
    pane.set_ruler(False)
    qtbot.mouseMove(pane, QPoint(1, 1))
    QApplication.sendEvent(pane, QEvent(QEvent.Type.Leave))
    settle(qtbot, pane)
    assert np.array_equal(pane.seen(), plain)


def test_the_cursor_says_that_a_drag_measures(qtbot) -> None:
    pane = pane_with(qtbot, slice_of())
    assert pane.cursor().shape() == Qt.CursorShape.ArrowCursor
    pane.set_ruler(True)
    assert pane.cursor().shape() == Qt.CursorShape.CrossCursor
    drag(pane, QPoint(100, 100), QPoint(30, 30), Qt.MouseButton.MiddleButton)
    assert pane.cursor().shape() == Qt.CursorShape.CrossCursor and pane.has_ruler and not pane._rulers.every
    pane.set_ruler(False)
    assert pane.cursor().shape() == Qt.CursorShape.ArrowCursor


def test_with_the_ruler_a_click_still_picks(qtbot) -> None:
    pane = pane_with(qtbot, slice_of(), scene(mark(box(0, 0, 40, 30), "Car"), size=FRAME))
    pane.set_ruler(True)
    picked: list[Any] = []
    pane.picked.connect(picked.append)
    qtbot.mouseClick(pane, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    assert picked == ["Car"] and pane._rulers.every == ()


def test_without_it_a_drag_moves_the_picture(qtbot) -> None:
    pane = pane_with(qtbot, slice_of())
    pane.set_camera(Camera(20, 20, 15))
    drag(pane, QPoint(200, 150), QPoint(40, 20))
    assert (pane.camera.x, pane.camera.y) == pytest.approx((18, 14)) and pane._rulers.every == ()


# the mouse


def test_the_middle_button_steps_a_slice_every_six_pixels(qtbot) -> None:
    pane = pane_with(qtbot, slice_of())
    steps: list[int] = []
    pane.stepped.connect(steps.append)
    pane.set_wheel_steps(True)
    before = pane.camera
    drag(pane, QPoint(200, 100), QPoint(3, 62), Qt.MouseButton.MiddleButton)
    assert sum(steps) == 10 and pane.camera == before
    drag(pane, QPoint(200, 100), QPoint(0, -31), Qt.MouseButton.MiddleButton)
    assert sum(steps) == 5, "what was left of the drag before is forgotten"
    pane.set_wheel_steps(False)
    drag(pane, QPoint(200, 100), QPoint(0, 62), Qt.MouseButton.MiddleButton)
    assert sum(steps) == 5 and pane.camera != before


def test_the_wheel_steps_and_with_ctrl_zooms_a_stretched_slice_at_the_pointer(qtbot) -> None:
    pane = pane_with(qtbot, slice_of(2.0))
    pane.set_wheel_steps(True)
    kept = pane.own_point(QPointF(230, 120))
    wheel(pane, QPoint(230, 120), QPoint(0, 240), modifiers=Qt.KeyboardModifier.ControlModifier)
    assert pane.own_point(QPointF(230, 120)) == pytest.approx(kept, abs=0.1)
