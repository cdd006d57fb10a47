"""The pane, moved by a real mouse."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QMouseEvent, QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import delete

from tests.canvas.support import BLUE, Later, Pane, blobs, box, line, mark, noise, picture, plain, scene, settle, shown
from viewer.canvas.colours import DARK, LIGHT
from viewer.canvas.levels import Adjust
from viewer.scene.camera import Camera
from viewer.scene.marks import LegendEntry, Scene
from viewer.shapes.sketch import Bounds
from viewer.size import Size

FRAME = Size(200, 150)
NESTED = scene(
    mark(box(20, 20, 180, 130), "Large"),
    mark(box(60, 50, 140, 110), "Middle", BLUE),
    mark(box(90, 70, 110, 90), "Small"),
    size=FRAME,
)


def pane_with(qtbot: Any, labels: Scene = NESTED, size: Size = FRAME, run: Any = None, ratio: float = 1.0) -> Pane:
    pane = shown(qtbot, ratio=ratio) if run is None else shown(qtbot, run=run, ratio=ratio)
    pane.show_picture(plain(size, 120), size, False)
    pane.show_scene(labels)
    if run is None:
        settle(qtbot, pane)
    return pane


def on_view(pane: Pane, x: float, y: float) -> QPoint:
    at = pane.camera.view_from_image(x, y, pane.viewport)
    return QPoint(round(at[0]), round(at[1]))


def wheel(
    pane: QWidget, at: QPoint, angle: QPoint, pixels: QPoint | None = None, modifiers=Qt.KeyboardModifier.NoModifier
) -> None:
    event = QWheelEvent(
        QPointF(at),
        QPointF(pane.mapToGlobal(at)),
        pixels or QPoint(),
        angle,
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(pane, event)


def drag(pane: QWidget, start: QPoint, by: QPoint, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
    def send(kind: QEvent.Type, at: QPoint, changed: Qt.MouseButton, held: Qt.MouseButton) -> None:
        event = QMouseEvent(
            kind, QPointF(at), QPointF(pane.mapToGlobal(at)), changed, held, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(pane, event)

    send(QEvent.Type.MouseButtonPress, start, button, button)
    for share in (0.3, 0.6, 1.0):
        send(QEvent.Type.MouseMove, start + by * share, Qt.MouseButton.NoButton, button)
    send(QEvent.Type.MouseButtonRelease, start + by, button, Qt.MouseButton.NoButton)


# showing


def test_a_picture_is_fitted_and_one_of_the_same_size_keeps_the_view(qtbot) -> None:
    pane = pane_with(qtbot)
    assert pane.camera == Camera.fit(FRAME, pane.viewport)
    pane.set_camera(Camera(5, 50, 60))
    pane.show_picture(plain(FRAME, 10), FRAME, True)
    settle(qtbot, pane)
    assert pane.camera == Camera(5, 50, 60)
    pane.show_picture(plain(FRAME, 10), FRAME, False)
    settle(qtbot, pane)
    assert pane.camera == Camera.fit(FRAME, pane.viewport)


def test_a_fitted_picture_stays_fitted_when_the_window_or_the_picture_changes(qtbot) -> None:
    pane = pane_with(qtbot)
    pane.resize(300, 500)
    assert pane.camera == Camera.fit(FRAME, Size(300, 500))
    pane.show_picture(plain(Size(50, 80), 9), Size(50, 80), True)
    settle(qtbot, pane)
    assert pane.camera == Camera.fit(Size(50, 80), Size(300, 500))


def test_until_the_next_picture_is_ready_the_last_stays_with_its_labels(qtbot) -> None:
    later = Later()
    pane = shown(qtbot, run=later)
    pane.show_picture(plain(FRAME, 200), FRAME, False)
    settle(qtbot, pane)
    before = pane.seen()
    pane.show_picture(plain(Size(4000, 3000), 10), Size(4000, 3000), False)
    pane.show_scene(scene(mark(box(0, 0, 900, 900)), size=Size(4000, 3000)))
    qtbot.waitUntil(lambda: len(later.waiting) == 1)
    np.testing.assert_array_equal(pane.seen(), before)
    assert not pane.is_settled()
    later.do_one()
    settle(qtbot, pane)
    assert pane.seen()[150, 200, 0] < 60


def test_settled_is_told_once_all_is_sharp(qtbot) -> None:
    later = Later()
    pane = shown(qtbot, run=later)
    told: list[bool] = []
    pane.settled.connect(lambda: told.append(pane.is_settled()))
    pane.show_picture(plain(FRAME, 200), FRAME, False)
    pane.show_scene(blobs(400, 5, FRAME))
    qtbot.waitUntil(lambda: len(later.waiting) == 1)
    later.do_one()
    qtbot.waitUntil(lambda: len(later.waiting) == 1)
    assert told == []
    later.do_one()
    qtbot.waitUntil(lambda: bool(told))
    assert told == [True]


def test_without_a_picture_labels_lie_on_a_plain_field_and_a_message_hatches_it(qtbot) -> None:
    pane = pane_with(qtbot)
    pane.show_picture(None, FRAME, True)
    settle(qtbot, pane)
    corner = on_view(pane, 5, 5)
    assert pane.seen()[corner.y(), corner.x()].tolist()[2::-1] == [int(DARK.field[i : i + 2], 16) for i in (1, 3, 5)]
    labelled = on_view(pane, 30, 30)
    assert pane.seen()[labelled.y(), labelled.x()].tolist() != pane.seen()[corner.y(), corner.x()].tolist()
    pane.set_message("frame 17 cannot be decoded")
    settle(qtbot, pane)
    strip = pane.seen()[on_view(pane, 1, 5).y(), on_view(pane, 2, 5).x() : on_view(pane, 198, 5).x(), 0]
    assert len(np.unique(strip)) > 2
    pane.show_picture(plain(FRAME, 77), FRAME, True)
    settle(qtbot, pane)
    assert pane.seen()[corner.y(), corner.x(), 0] == 77


def test_transparent_pictures_have_checks_behind_them(qtbot) -> None:
    clear = np.zeros((150, 200, 4), np.uint8)
    pane = shown(qtbot)
    pane.show_picture(picture(clear, opaque=False), FRAME, False)
    settle(qtbot, pane)
    middle = pane.seen()[140:160, 190:210, 0]
    assert {int(value) for value in np.unique(middle)} == {int(colour[5:7], 16) for colour in DARK.checks}


def test_brightness_changes_what_is_seen_and_not_what_is_read(qtbot) -> None:
    pane = pane_with(qtbot, scene(size=FRAME))
    pane.set_adjust(Adjust(0.25))
    settle(qtbot, pane)
    middle = pane.rect().center()
    assert pane.seen()[middle.y(), middle.x(), 0] == pytest.approx(120 + 64, abs=1)
    assert pane._stage.prepared.exhibit.picture.values[0, 0] == 120


def test_overlapping_labels_are_both_seen_and_holes_show_the_picture(qtbot) -> None:
    pane = pane_with(qtbot)
    at = {name: on_view(pane, *spot) for name, spot in {"large": (30, 60), "both": (70, 60), "bare": (5, 5)}.items()}
    colours = {name: pane.seen()[spot.y(), spot.x(), :3].astype(int) for name, spot in at.items()}
    assert colours["bare"].tolist() == [120, 120, 120]
    assert abs(colours["large"] - 120).max() > 10
    assert abs(colours["both"] - colours["large"]).max() > 10


@pytest.mark.parametrize("grey", [5, 250, 128])
def test_outlines_of_any_colour_stand_out_from_any_picture(qtbot, grey: int) -> None:
    for colour in ((5, 5, 5), (250, 250, 250), (128, 128, 128), (230, 40, 40)):
        pane = pane_with(qtbot, scene(mark(line((0, 75), (200, 75)), colour=colour), size=FRAME))
        pane.show_picture(plain(FRAME, grey), FRAME, True)
        settle(qtbot, pane)
        middle = on_view(pane, 100, 75)
        column = pane.seen()[middle.y() - 4 : middle.y() + 5, middle.x(), :3].astype(int)
        assert abs(column - grey).max() > 45


def test_light_and_dark(qtbot) -> None:
    pane = pane_with(qtbot)
    dark = pane.seen()[2, 2].tolist()
    pane.set_colours(LIGHT)
    assert pane.seen()[2, 2].tolist()[2::-1] == [int(LIGHT.canvas[i : i + 2], 16) for i in (1, 3, 5)] != dark[2::-1]


# picking and pointing


def test_clicks_walk_from_the_smallest_label_through_those_around_it(qtbot) -> None:
    pane = pane_with(qtbot)
    picks: list[str | None] = []
    pane.picked.connect(picks.append)
    pane.picked.connect(pane.set_selected)
    spot = on_view(pane, 100, 80)
    for _ in range(4):
        QApplication.processEvents()
        qtbot.mouseClick(pane, Qt.MouseButton.LeftButton, pos=spot)
    assert picks == ["Small", "Middle", "Large", "Small"]
    qtbot.mouseClick(pane, Qt.MouseButton.LeftButton, pos=on_view(pane, 30, 30))
    qtbot.mouseClick(pane, Qt.MouseButton.LeftButton, pos=on_view(pane, 5, 5))
    assert picks[4:] == ["Large", None]


def test_the_pointer_tells_what_is_under_it_and_that_it_left(qtbot) -> None:
    pane = pane_with(qtbot)
    told: list[Any] = []
    pane.hovered.connect(told.append)
    qtbot.mouseMove(pane, on_view(pane, 100.5, 80.5))
    assert [m.object_hash for m in told[-1].marks] == ["Small", "Middle", "Large"]
    assert (told[-1].x, told[-1].y) == pytest.approx((100.5, 80.5), abs=0.6)
    QApplication.sendEvent(pane, QEvent(QEvent.Type.Leave))
    assert told[-1] is None


def test_the_label_under_the_pointer_and_the_selected_one_stand_out(qtbot) -> None:
    pane = pane_with(qtbot)
    plain_look = pane.seen()
    inside, corner = on_view(pane, 62, 100), on_view(pane, 60, 50)
    qtbot.mouseMove(pane, inside)
    settle(qtbot, pane)
    pointed = pane.seen()
    assert (pointed[inside.y(), inside.x()] != plain_look[inside.y(), inside.x()]).any()
    QApplication.sendEvent(pane, QEvent(QEvent.Type.Leave))
    pane.set_selected("Middle")
    settle(qtbot, pane)
    selected = pane.seen()
    assert (selected[inside.y(), inside.x()] == plain_look[inside.y(), inside.x()]).all()
    ring = (slice(corner.y() - 5, corner.y() + 6), slice(corner.x() - 5, corner.x() + 6))
    assert (selected[ring] != plain_look[ring]).any(axis=2).sum() > 20
    assert "Middle" in pane.accessibleDescription()


def test_the_readout_follows_the_pointer(qtbot) -> None:
    pane = pane_with(qtbot)
    lower_left = (slice(270, 296), slice(6, 200))
    before = pane.seen()[lower_left]
    qtbot.mouseMove(pane, on_view(pane, 100, 80))
    settle(qtbot, pane)
    assert (pane.seen()[lower_left] != before).any()


# moving


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_the_wheel_zooms_at_the_pointer(qtbot, ratio: float) -> None:
    pane = pane_with(qtbot, ratio=ratio)
    scales: list[float] = []
    pane.camera_changed.connect(scales.append)
    at = QPoint(260, 90)
    kept = pane.image_point(QPointF(at))
    for _ in range(3):
        wheel(pane, at, QPoint(0, 120))
    assert pane.image_point(QPointF(at)) == pytest.approx(kept, abs=0.5)
    assert len(scales) == 3 and scales == sorted(scales)
    assert scales[-1] == pytest.approx(pane.camera.scale * ratio)
    wheel(pane, at, QPoint(0, -360))
    assert pane.camera.scale == pytest.approx(Camera.fit(FRAME, pane.viewport).scale)


def test_a_trackpads_pixels_zoom_finely(qtbot) -> None:
    pane = pane_with(qtbot)
    before = pane.camera.scale
    wheel(pane, QPoint(200, 150), QPoint(0, 120), QPoint(0, 3))
    assert 1 < pane.camera.scale / before < 1.03


def test_shift_and_wheel_pan(qtbot) -> None:
    pane = pane_with(qtbot)
    pane.set_camera(Camera(8, 100, 75))
    wheel(pane, QPoint(200, 150), QPoint(0, 120), modifiers=Qt.KeyboardModifier.ShiftModifier)
    assert pane.camera.scale == 8 and pane.camera.x == pytest.approx(100 - 60 / 8) and pane.camera.y == 75
    wheel(pane, QPoint(200, 150), QPoint(10, 20), QPoint(5, 7), Qt.KeyboardModifier.ShiftModifier)
    assert pane.camera.y == pytest.approx(75 - 7 / 8)


def test_the_wheel_may_step_through_slices_and_zooms_with_ctrl_then(qtbot) -> None:
    pane = pane_with(qtbot)
    pane.set_wheel_steps(True)
    steps: list[int] = []
    pane.stepped.connect(steps.append)
    before = pane.camera
    for pixels in (20, 20, 20):
        wheel(pane, QPoint(9, 9), QPoint(0, -40), QPoint(0, -pixels))
    wheel(pane, QPoint(9, 9), QPoint(0, 240))
    assert steps == [1, -2] and pane.camera == before
    wheel(pane, QPoint(9, 9), QPoint(0, 120), modifiers=Qt.KeyboardModifier.ControlModifier)
    assert pane.camera.scale > before.scale


@pytest.mark.parametrize("button", [Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton])
def test_a_drag_pans_and_picks_nothing(qtbot, button: Qt.MouseButton) -> None:
    pane = pane_with(qtbot)
    pane.set_camera(Camera(8, 100, 75))
    picks: list[Any] = []
    pane.picked.connect(picks.append)
    drag(pane, QPoint(200, 150), QPoint(40, -24), button)
    assert (pane.camera.x, pane.camera.y) == pytest.approx((95, 78))
    assert picks == []


def test_the_picture_cannot_be_dragged_away(qtbot) -> None:
    pane = pane_with(qtbot)
    for _ in range(20):
        drag(pane, QPoint(10, 10), QPoint(380, 280))
    left, top = pane.camera.view_from_image(0, 0, pane.viewport)
    assert left <= 200 and top <= 150


def test_a_right_drag_adjusts(qtbot) -> None:
    pane = pane_with(qtbot)
    moved: list[tuple[float, float]] = []
    pane.adjust_dragged.connect(lambda dx, dy: moved.append((dx, dy)))
    before = pane.camera
    drag(pane, QPoint(100, 100), QPoint(30, -20), Qt.MouseButton.RightButton)
    assert (sum(dx for dx, _ in moved), sum(dy for _, dy in moved)) == (30, -20)
    assert pane.camera == before


def test_a_double_click_fits(qtbot) -> None:
    pane = pane_with(qtbot)
    pane.set_camera(Camera(9, 50, 50))
    qtbot.mouseDClick(pane, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    assert pane.camera == Camera.fit(FRAME, pane.viewport)


def test_methods_for_keys(qtbot) -> None:
    pane = pane_with(qtbot)
    fitted = pane.camera
    pane.zoom_in()
    assert pane.camera.scale == pytest.approx(fitted.scale * 1.25)
    pane.zoom_out()
    assert pane.camera.scale == pytest.approx(fitted.scale)
    pane.one_to_one()
    assert pane.placement.scale == 1
    pane.pan(-10, 5)
    assert (pane.camera.x, pane.camera.y) == pytest.approx((110, 70))
    pane.fit()
    assert pane.camera == fitted


def test_zooming_to_a_label_glides_there_unless_motion_is_off(qtbot) -> None:
    pane = pane_with(qtbot)
    goal = pane.camera.zoom_to(Bounds(90, 70, 110, 90), pane.viewport, FRAME)
    pane.zoom_to(Bounds(90, 70, 110, 90))
    assert pane.camera == goal
    pane.fit()
    pane.set_motion(True)
    scales: list[float] = []
    pane.camera_changed.connect(scales.append)
    pane.zoom_to(Bounds(90, 70, 110, 90))
    assert pane.camera.scale < goal.scale and not pane.is_settled()
    settle(qtbot, pane)
    assert pane.camera.scale == pytest.approx(goal.scale)
    assert scales == sorted(scales) and len(scales) > 1


def test_a_label_asked_for_with_a_new_picture_is_framed_once_that_is_there(qtbot) -> None:
    pane = pane_with(qtbot)
    large = Size(2000, 1500)
    pane.show_picture(plain(large, 9), large, False)
    pane.zoom_to(Bounds(900, 700, 1000, 800))
    settle(qtbot, pane)
    assert pane.camera == Camera.fit(large, pane.viewport).zoom_to(Bounds(900, 700, 1000, 800), pane.viewport, large)
    pane.fit()
    settle(qtbot, pane)
    assert pane.camera == Camera.fit(large, pane.viewport)
    pane.show_picture(plain(FRAME, 9), FRAME, False)
    settle(qtbot, pane)
    assert pane.camera == Camera.fit(FRAME, pane.viewport)


def test_no_caption_outlives_its_scene(qtbot) -> None:
    later = Later()
    pane = shown(qtbot, run=later)
    pane.show_picture(plain(FRAME, 0), FRAME, False)
    pane.show_scene(NESTED)
    settle(qtbot, pane)
    assert pane._captions
    pane.show_scene(blobs(400, 6, FRAME))
    qtbot.waitUntil(lambda: len(later.waiting) == 1)
    pane.zoom_in()
    later.do_one()
    assert pane._captions == ()


def test_the_navigator_is_there_when_part_is_out_of_sight_and_moves_the_view(qtbot) -> None:
    pane = shown(qtbot, Size(800, 600))
    pane.show_picture(noise(FRAME), FRAME, False)
    pane.show_scene(NESTED)
    settle(qtbot, pane)
    assert pane._navigator() is None
    pane.set_camera(Camera(20, 20, 20))
    rect = pane._navigator()
    assert rect is not None
    picks: list[Any] = []
    pane.picked.connect(picks.append)
    qtbot.mouseClick(
        pane,
        Qt.MouseButton.LeftButton,
        pos=(rect.topLeft() + QPointF(rect.width() * 0.75, rect.height() * 0.5)).toPoint(),
    )
    assert (pane.camera.x, pane.camera.y) == pytest.approx((150, 75), abs=1.5)
    assert picks == []


def test_zooming_among_very_many_labels_keeps_them_on_screen_meanwhile(qtbot) -> None:
    later = Later()
    pane = shown(qtbot, run=later)
    pane.show_picture(plain(FRAME, 0), FRAME, False)
    pane.show_scene(blobs(400, 6, FRAME))
    for _ in range(2):
        qtbot.waitUntil(lambda: len(later.waiting) == 1)
        later.do_one()
    settle(qtbot, pane)
    wheel(pane, QPoint(200, 150), QPoint(0, 120))
    qtbot.waitUntil(lambda: len(later.waiting) == 1)
    assert (pane.seen()[100:200, 150:250, :3] > 40).any()
    assert not pane.is_settled()
    for _ in range(2):
        qtbot.waitUntil(lambda: len(later.waiting) == 1)
        later.do_one()
    settle(qtbot, pane)


# manners


def test_work_that_arrives_after_the_pane_is_gone_does_no_harm(qtbot) -> None:
    later = Later()
    pane = Pane(later)
    pane.show()
    pane.show_picture(plain(FRAME, 0), FRAME, False)
    pane.show_scene(blobs(400, 6, FRAME))
    qtbot.waitUntil(lambda: len(later.waiting) == 1)
    delete(pane)
    later.do_one()


def test_the_legend_says_what_the_colours_mean(qtbot) -> None:
    pane = pane_with(qtbot)
    bare = pane.seen()
    pane.show_scene(
        replace(NESTED, legend=(LegendEntry("ann", (200, 30, 200)), LegendEntry("<b>bob</b>", (30, 200, 30))))
    )
    settle(qtbot, pane)
    changed = (pane.seen() != bare).any(axis=2)
    down, across = np.nonzero(changed)
    assert down.max() < 80 and across.min() > 250
    assert (pane.seen()[:, :, :3] == (200, 30, 200)).all(axis=2).sum() > 40


def test_it_has_a_name_and_takes_the_focus(qtbot) -> None:
    pane = pane_with(qtbot)
    interface = QAccessible.queryAccessibleInterface(pane)
    assert interface.text(QAccessible.Text.Name) == "Picture with labels"
    pane.clearFocus()
    before = pane.seen()
    pane.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(pane.hasFocus)
    assert (pane.seen()[0] != before[0]).any()


def test_it_paints_before_anything_is_shown_and_at_any_size(qtbot) -> None:
    pane = shown(qtbot, Size(60, 40))
    assert (pane.seen()[..., 0] == int(DARK.canvas[5:7], 16)).all()
    pane.resize(1, 1)
    pane.show_picture(plain(Size(1, 1), 9), Size(1, 1), False)
    settle(qtbot, pane)
    pane.resize(500, 3)
    settle(qtbot, pane)
    pane.seen()


@pytest.mark.parametrize("size", [Size(1, 1), Size(12_000, 200), Size(40_000, 30)])
def test_odd_sizes_of_pictures_can_be_looked_at_everywhere(qtbot, size: Size) -> None:
    pane = shown(qtbot)
    pane.show_picture(plain(size, 200), size, False)
    pane.show_scene(scene(mark(box(size.width - 1, 0, size.width, 1)), size=size, fill=0.0, line_width=0.0))
    settle(qtbot, pane)
    for scale in (1.0, 8.0, 64.0):
        pane.set_camera(Camera(scale, size.width - 0.5, size.height - 0.5))
        settle(qtbot, pane)
        right = pane.placement.left + round(size.width * scale) - 1
        bottom = pane.placement.top + round(size.height * scale) - 1
        assert pane.seen()[bottom, right, 0] == pytest.approx(200, abs=40)
        assert pane.seen()[bottom + 2, right + 2, 0] == int(DARK.canvas[5:7], 16)


def test_a_pinch_zooms_at_the_fingers(qtbot) -> None:
    pane = pane_with(qtbot)
    at = QPointF(260, 90)
    kept, scale = pane.image_point(at), pane.camera.scale
    event = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture,
        QPointingDevice.primaryPointingDevice(),
        2,
        at,
        at,
        QPointF(pane.mapToGlobal(at)),
        0.5,
        QPointF(),
    )
    QApplication.sendEvent(pane, event)
    assert pane.camera.scale == pytest.approx(1.5 * scale)
    assert pane.image_point(at) == pytest.approx(kept, abs=0.5)
