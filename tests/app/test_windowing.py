"""Slices in the window: found by UID, stepped through, seen through windows that keys and the right button change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from tests.app.conftest import settle
from tests.canvas.test_canvas_pane import drag
from tests.dicoms import COLUMNS, ROWS, by_uid, pixels, series, write
from tests.rows import written
from viewer.app.opening import Start
from viewer.app.window import Window
from viewer.media.grey import Window as GreyWindow

COUNT = 6
SHUFFLED = [3, 0, 5, 1, 2, 4]


@pytest.fixture
def window(make_window: Callable[[], Window], qtbot: QtBot, tmp_path: Path) -> Window:
    series(tmp_path, COUNT, SHUFFLED)
    return opened(make_window, qtbot, tmp_path)


def opened(make_window: Callable[[], Window], qtbot: QtBot, folder: Path) -> Window:
    made = make_window()
    made.canvas.set_motion(False)
    made.open(Start((written(folder, [by_uid(COUNT)]),)))
    settle(made, qtbot)
    return made


def press(
    window: Window, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    window.canvas.setFocus()
    qtbot.keyClick(window.canvas, key, modifier)
    settle(window, qtbot)


def seen(window: Window, x: int, y: int) -> int:
    """The grey that is painted for a pixel of the slice."""
    at = window.canvas.camera.view_from_image(x + 0.5, y + 0.5, window.canvas.viewport)
    image = window.canvas.grab().toImage()
    ratio = window.canvas.devicePixelRatioF()
    return image.pixelColor(int(at[0] * ratio), int(at[1] * ratio)).red()


def shown(window: Window) -> int:
    """Which slice is on screen, by its values."""
    view = window.session.view
    assert view is not None and view.picture is not None
    number = int(view.picture.values[0, 0]) // 100
    assert np.array_equal(view.picture.values, pixels(number))
    return number


def test_each_frame_shows_the_slice_it_was_drawn_on(window: Window, qtbot: QtBot) -> None:
    for frame in range(COUNT):
        assert shown(window) == frame == window.session.state.frame
        press(window, qtbot, Qt.Key.Key_Right)
    press(window, qtbot, Qt.Key.Key_Home)
    assert shown(window) == 0


def level(value: float, center: float, width: float) -> int:
    """The standard's formula for a linear window."""
    return round(float(np.clip(((value - (center - 0.5)) / (width - 1) + 0.5) * 255, 0, 255)))


@pytest.mark.parametrize(
    ("key", "center", "width"),
    [
        (Qt.Key.Key_1, -600, 1500),
        (Qt.Key.Key_2, 480, 2500),
        (Qt.Key.Key_3, 40, 80),
        (Qt.Key.Key_4, 60, 400),
        (Qt.Key.Key_5, 50, 350),
        (Qt.Key.Key_6, -800, 400),
    ],
)
def test_digits_choose_windows(window: Window, qtbot: QtBot, key: Qt.Key, center: int, width: int) -> None:
    press(window, qtbot, Qt.Key.Key_1 if key == Qt.Key.Key_6 else Qt.Key.Key_6)
    press(window, qtbot, key)
    for x, y in ((50, 3), (60, 38), (3, 38)):
        value = int(pixels(0)[y, x]) - 1024
        assert abs(seen(window, x, y) - level(value, center, width)) <= 1


def test_full_range_and_percentiles_are_those_of_the_slice(window: Window, qtbot: QtBot) -> None:
    values = pixels(0) - 1024
    press(window, qtbot, Qt.Key.Key_7)
    assert window.session.state.window is not None
    assert window.session.state.window.ends == pytest.approx((values.min(), values.max()))
    press(window, qtbot, Qt.Key.Key_8)
    assert window.session.state.window.ends == pytest.approx(tuple(np.percentile(values, (1, 99))))
    press(window, qtbot, Qt.Key.Key_Right)
    assert window.session.state.window.ends == pytest.approx(tuple(np.percentile(values, (1, 99))))


def test_i_inverts_and_shift_w_brings_the_files_own_back(window: Window, qtbot: QtBot) -> None:
    before = seen(window, 60, 38)
    press(window, qtbot, Qt.Key.Key_I)
    assert abs(seen(window, 60, 38) - (255 - before)) <= 1
    press(window, qtbot, Qt.Key.Key_1)
    press(window, qtbot, Qt.Key.Key_W, Qt.KeyboardModifier.ShiftModifier)
    assert seen(window, 60, 38) == before and not window.session.state.inverted


def test_a_right_drag_widens_to_the_right_and_darkens_downwards(window: Window, qtbot: QtBot) -> None:
    low, high = window.windowing.now.ends
    drag(window.canvas, QPoint(100, 100), QPoint(60, 0), Qt.MouseButton.RightButton)
    settle(window, qtbot)
    wide = window.session.state.window
    assert wide is not None and wide.ends[0] < low and wide.ends[1] > high
    drag(window.canvas, QPoint(100, 100), QPoint(0, 60), Qt.MouseButton.RightButton)
    settle(window, qtbot)
    after = window.session.state.window
    assert after is not None and after.center > wide.center and after.width == pytest.approx(wide.width)


def test_the_window_stays_from_slice_to_slice_and_goes_with_the_row(window: Window, qtbot: QtBot) -> None:
    window.session.set(window=GreyWindow(0, 100, "mine"))
    press(window, qtbot, Qt.Key.Key_Right)
    assert window.session.state.window == GreyWindow(0, 100, "mine")
    window.session.go_to(0, None, 2)
    settle(window, qtbot)
    assert window.session.state.window == GreyWindow(0, 100, "mine")


def test_brightness_of_photos_does_not_touch_slices(window: Window, qtbot: QtBot) -> None:
    before = seen(window, 60, 38)
    window.session.set_look(brightness=0.5, contrast=0.5)
    settle(window, qtbot)
    assert seen(window, 60, 38) == before


def test_the_value_under_the_pointer_is_in_its_unit(window: Window, qtbot: QtBot) -> None:
    from viewer.canvas.readout import Pointed, readout
    from viewer.size import Size

    view = window.session.view
    assert view is not None
    groups = readout(Pointed(10.5, 20.5, ()), view.picture, Size(COLUMNS, ROWS))
    assert groups[-1].split() == [f"{10 + 60 - 1024:,}".strip(), "HU"]


def test_keys_of_radiology_step_through_slices(window: Window, qtbot: QtBot) -> None:
    window.use_keys("radiology")
    press(window, qtbot, Qt.Key.Key_Down)
    assert window.session.state.frame == 1
    press(window, qtbot, Qt.Key.Key_Up)
    assert window.session.state.frame == 0


def test_a_missing_slice_is_told_in_its_place_and_the_others_are_shown(
    make_window: Callable[[], Window], qtbot: QtBot, tmp_path: Path
) -> None:
    for number in (0, 1, 3, 4, 5):
        write(tmp_path / f"IM{number}", number)
    window = opened(make_window, qtbot, tmp_path)
    window.session.set(frame=2)
    settle(window, qtbot)
    view = window.session.view
    assert view is not None and view.picture is None and view.trouble.startswith("frame 2 (instance 1.2.3.4.2)")
    assert any("1 of 6 slices not found" in problem.what for problem in window.session.problems())
    press(window, qtbot, Qt.Key.Key_Right)
    assert shown(window) == 3


def test_without_files_the_labels_are_shown_and_it_is_said(
    make_window: Callable[[], Window], qtbot: QtBot, tmp_path: Path
) -> None:
    window = opened(make_window, qtbot, tmp_path)
    view = window.session.view
    assert view is not None and view.picture is None and len(view.labels.annotations) == 1
    assert window.panes.bar.isVisible() and len(window.moving.frames()) == COUNT


def test_playing_goes_through_the_slices(window: Window, qtbot: QtBot) -> None:
    window.player.speed = 4.0
    press(window, qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.session.state.frame == COUNT - 1, timeout=10_000)
