"""Real DICOM files in a real window: what is said of slices and of cines, and what is drawn on them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from tests.app.conftest import settle
from tests.dicoms import by_uid, dicom_row, metadata, pixels, series, write
from tests.rows import Json, written
from viewer.app.opening import Start
from viewer.app.window import Window
from viewer.app.windowing import PRESETS

COUNT = 6


@pytest.fixture
def shown(make_window: Callable[[], Window], qtbot: QtBot, tmp_path: Path) -> Callable[[Json], Window]:
    """A window on a row whose files lie in the test's folder."""

    def show(row: Json) -> Window:
        window = make_window()
        window.canvas.set_motion(False)
        window.open(Start((written(tmp_path, [row]),)))
        settle(window, qtbot)
        return window

    return show


def drifting(row: Json) -> Json:
    """The same label on every frame, each time a little further to the right."""
    labels = next(iter(row["data_units"].values()))["labels"]
    for frame, blob in labels.items():
        blob["objects"][0]["objectHash"] = "drift001"
        blob["objects"][0]["boundingBox"]["x"] = 0.1 + 0.05 * int(frame)
    return row


def place(window: Window) -> str:
    return window.status._place._whole


def trail(window: Window) -> object:
    return window.canvas._stage.wanted.scene.trail


def test_on_a_stack_slices_are_counted_beside_the_frame_and_labels_leave_no_path(shown, tmp_path) -> None:
    series(tmp_path, COUNT)
    window = shown(drifting(by_uid(COUNT)))
    assert place(window).startswith("slice 1 of 6  ·  frame 0  ·  1 label  ·  Car")
    assert window.tracking.track is not None and trail(window) is None


def test_pictures_of_a_cine_are_no_slices_and_labels_leave_their_path(shown, tmp_path) -> None:
    write(tmp_path / "cine", 0, np.stack([pixels(n) for n in range(COUNT)]), FrameTime=50)
    window = shown(drifting(dicom_row([metadata("1.2.3.4.0", inner) for inner in range(COUNT)])))
    assert place(window).startswith("picture 1 of 6  ·  frame 0  ·  1 label")
    assert window.canvas._stage.wanted.words[0] == "picture 1 of 6 · frame 0"
    assert window.panes.slice_strip.ticks.words(0).startswith("picture 1 · frame 0: ")
    assert trail(window) is not None


def test_center_and_width_can_be_typed_and_windows_chosen(shown, tmp_path, qtbot) -> None:
    series(tmp_path, COUNT)
    window = shown(by_uid(COUNT))
    window.canvas.setFocus()
    qtbot.keyClick(window.canvas, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    pane = window.sheets.window
    assert pane.isVisible() and not window.sheets.adjust.isVisible()
    assert (pane.center.value(), pane.width_of_window.value()) == (-800, 400)
    pane.center.selectAll()
    qtbot.keyClicks(pane.center, "-123")
    qtbot.keyClick(pane.center, Qt.Key.Key_Return)
    assert (window.windowing.now.center, window.windowing.now.width) == (-123, 400)
    settle(window, qtbot)
    assert window.canvas._stage.wanted.words[-1] == "C -123 W 400"
    window.showing.drag_adjust(40, 20)
    now = window.windowing.now
    assert pane.center.value() == round(now.center) and pane.width_of_window.value() == round(now.width)
    bone = next(button for button in pane.findChildren(QAbstractButton) if button.text() == "Bone")
    qtbot.mouseClick(bone, Qt.MouseButton.LeftButton)
    assert window.windowing.now == PRESETS["bone"] and bone.isChecked() and pane.center.value() == 480
    qtbot.mouseClick(bone, Qt.MouseButton.LeftButton)
    assert bone.isChecked()
    qtbot.keyClick(pane.center, Qt.Key.Key_Escape)
    assert not pane.isVisible()


def test_what_was_not_typed_keeps_its_fractions(shown, tmp_path, qtbot) -> None:
    series(tmp_path, COUNT)
    window = shown(by_uid(COUNT))
    window.windowing.set(40.25, 399.75)
    window.adjusting.show()
    window.sheets.window.center.setValue(50)
    assert (window.windowing.now.center, window.windowing.now.width) == (50, 399.75)


def test_missing_slices_are_told_of_once_and_the_picture_does_not_jump(shown, tmp_path, qtbot) -> None:
    series(tmp_path, COUNT)
    for number in (2, 4):
        (tmp_path / f"IM{number:03}").unlink()
    window = shown(by_uid(COUNT))
    bar = window.panes.bar
    assert not bar.isVisible()
    window.moving.go_to(2)
    settle(window, qtbot)
    assert bar.isVisible() and bar.accessibleDescription() == "2 of 6 slices were not found among 4 files"
    assert "frame 2 (instance 1.2.3.4.2) was not found" in place(window)
    height = window.canvas.height()
    for frame in (3, 4, 5):
        window.moving.go_to(frame)
        settle(window, qtbot)
        assert window.canvas.height() == height, frame
    bar.dismiss()
    for frame in (3, 2):
        window.moving.go_to(frame)
        settle(window, qtbot)
        assert not bar.isVisible()


def test_the_picture_alone_is_without_planes_which_come_back(shown, tmp_path, qtbot) -> None:
    series(tmp_path, COUNT)
    window = shown(by_uid(COUNT))
    window.orthogonal.toggle()
    settle(window, qtbot)
    planes = window.panes.planes
    assert planes.isVisible()
    window.toggle_presentation()
    settle(window, qtbot)
    assert not planes.isVisible() and window.panes.slice_strip.isVisible()
    window.toggle_presentation()
    settle(window, qtbot)
    assert planes.isVisible()
    window.toggle_presentation()
    window.orthogonal.toggle()
    settle(window, qtbot)
    assert planes.isVisible()
    window.toggle_presentation()
    settle(window, qtbot)
    assert planes.isVisible()


def test_thumbnails_follow_the_window(shown, tmp_path, qtbot) -> None:
    series(tmp_path, COUNT)
    window = shown(by_uid(COUNT))
    pictures = window.panes.timeline.view.pictures
    window.panes.timeline.choose_slim(False)
    qtbot.waitUntil(lambda: pictures.at(0) is not None)
    before = pictures.at(0).pixelColor(5, 5).red()
    window.windowing.invert()
    qtbot.waitUntil(lambda: pictures.at(0).pixelColor(5, 5).red() == 255 - before)
