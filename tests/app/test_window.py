"""The window driven by real keys, clicks and drops, and what it then shows."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.app.conftest import SIZE, settle
from viewer.app.actions import ACTIONS, BY_ID
from viewer.app.key_sets import KeySet, keys_in
from viewer.app.opening import Start
from viewer.app.run import make_application
from viewer.app.settings import Settings
from viewer.app.window import Window
from viewer.errors import Place


def press(
    window: Window, qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    window.canvas.setFocus()
    qtbot.keyClick(window.canvas, key, modifiers)
    settle(window, qtbot)


def pixels(window: Window) -> np.ndarray:
    image = window.canvas.grab().toImage().convertToFormat(window.canvas.grab().toImage().Format.Format_RGB32)
    return (
        np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)[..., :3].copy()
    )


def view_point(window: Window, x: float, y: float) -> QPoint:
    """Where a fraction of the picture lies on the canvas."""
    return QPointF(*window.canvas.camera.view_from_image(x * SIZE[0], y * SIZE[1], window.canvas.viewport)).toPoint()


def test_opening_shows_the_first_labelled_frame_with_its_first_label_selected(window: Window) -> None:
    state = window.session.state
    assert (state.row, state.frame, state.selected) == (0, 0, "car1")
    assert window.windowTitle().startswith("Three pictures")
    assert window.session.view.picture is not None
    assert len(window.session.scene().marks) == 3


def test_arrows_step_frames_and_stop_at_the_ends(window: Window, qtbot: QtBot) -> None:
    for expected in (1, 2, 2):
        press(window, qtbot, Qt.Key.Key_Right)
        assert window.session.view.key[2] == expected
    press(window, qtbot, Qt.Key.Key_Home)
    assert window.session.view.key[2] == 0
    press(window, qtbot, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert window.session.view.key[2] == 2, "the next labelled frame"
    press(window, qtbot, Qt.Key.Key_U, Qt.KeyboardModifier.ShiftModifier)
    assert window.session.view.key[2] == 1, "the frame without labels before it"
    press(window, qtbot, Qt.Key.Key_E)
    assert window.session.view.key[2] == 2, "where the selected label starts again"


def test_picture_and_labels_of_a_frame_belong_together(window: Window, qtbot: QtBot) -> None:
    seen = []
    window.session.frame_shown.connect(
        lambda: seen.append((window.session.view.key[2], window.session.view.labels.frame))
    )
    for _ in range(3):
        qtbot.keyClick(window.canvas, Qt.Key.Key_Right)
        qtbot.keyClick(window.canvas, Qt.Key.Key_Left)
    qtbot.keyClick(window.canvas, Qt.Key.Key_Right)
    settle(window, qtbot)
    assert seen[-1] == (1, 1)
    assert all(picture == labels for picture, labels in seen)


def test_down_and_up_walk_the_labels_of_the_frame(window: Window, qtbot: QtBot) -> None:
    walked = []
    for _ in range(4):
        walked.append(window.session.state.selected)
        press(window, qtbot, Qt.Key.Key_Down)
    assert walked[:3] == ["car1", "car2", "tree1"]
    press(window, qtbot, Qt.Key.Key_Up)
    assert window.session.state.selected == "car2"
    press(window, qtbot, Qt.Key.Key_Escape)
    assert window.session.state.selected is None


def test_click_picks_the_smallest_label_and_selects_it_everywhere(window: Window, qtbot: QtBot) -> None:
    qtbot.mouseClick(window.canvas, Qt.MouseButton.LeftButton, pos=view_point(window, 0.4, 0.7))
    settle(window, qtbot)
    assert window.session.state.selected == "tree1"
    assert "Tree" in window.panes.inspector.as_text()
    assert window.panes.labels.neighbour(-1) == "car2", "the list stands on the tree too"
    qtbot.mouseClick(window.canvas, Qt.MouseButton.LeftButton, pos=view_point(window, 0.97, 0.97))
    assert window.session.state.selected is None


def test_h_hides_the_labels_only_while_it_is_held(window: Window, qtbot: QtBot) -> None:
    before = pixels(window)
    window.canvas.setFocus()
    qtbot.keyPress(window.canvas, Qt.Key.Key_H)
    settle(window, qtbot)
    hidden = pixels(window)
    assert window.session.scene().marks == ()
    qtbot.keyRelease(window.canvas, Qt.Key.Key_H)
    settle(window, qtbot)
    assert np.array_equal(pixels(window), before)
    assert not np.array_equal(hidden, before)


def test_a_held_key_is_released_when_the_window_loses_the_focus(window: Window, qtbot: QtBot) -> None:
    window.canvas.setFocus()
    qtbot.keyPress(window.canvas, Qt.Key.Key_H)
    assert window.session.state.hide_all
    QApplication.sendEvent(window, QEvent(QEvent.Type.WindowDeactivate))
    assert not window.session.state.hide_all


def test_the_other_branch_is_shown_while_b_is_held(window: Window, qtbot: QtBot) -> None:
    window.session.go_to(1)
    settle(window, qtbot)
    window.select(None)
    settle(window, qtbot)
    main = pixels(window)
    window.canvas.setFocus()
    qtbot.keyPress(window.canvas, Qt.Key.Key_B)
    settle(window, qtbot)
    assert not np.array_equal(pixels(window), main)
    qtbot.keyRelease(window.canvas, Qt.Key.Key_B)
    settle(window, qtbot)
    assert np.array_equal(pixels(window), main)


def test_letters_work_on_a_cyrillic_keyboard(window: Window, qtbot: QtBot) -> None:
    """The key that a Latin keyboard calls T types another letter there; X11 gives it the scan code 28."""
    window.canvas.setFocus()
    assert window.session.state.look.captions == "name"
    event = QKeyEvent(QKeyEvent.Type.KeyPress, 0x0415, Qt.KeyboardModifier.NoModifier, 28, 0, 0, "е")
    QApplication.sendEvent(window.canvas, event)
    assert window.session.state.look.captions == "answers"


def test_letters_are_typed_in_a_text_field(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(window.canvas, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    field = QApplication.focusWidget()
    qtbot.keyClicks(field, "tree")
    assert field.text() == "tree"
    assert window.session.state.look.captions == "name"


def test_v_hides_one_label_and_shift_h_shows_it_alone(window: Window, qtbot: QtBot) -> None:
    press(window, qtbot, Qt.Key.Key_V)
    assert {mark.object_hash for mark in window.session.scene().marks} == {"car2", "tree1"}
    press(window, qtbot, Qt.Key.Key_V, Qt.KeyboardModifier.ShiftModifier)
    press(window, qtbot, Qt.Key.Key_H, Qt.KeyboardModifier.ShiftModifier)
    assert {mark.object_hash for mark in window.session.scene().marks} == {"car1"}


def test_zoom_to_the_selected_label_and_fit(window: Window, qtbot: QtBot) -> None:
    fitted = window.canvas.camera.scale
    press(window, qtbot, Qt.Key.Key_Z)
    assert window.canvas.camera.scale > fitted
    bounds = window.showing.annotation("car1").sketch.bounds
    left, top = window.canvas.camera.view_from_image(bounds.left, bounds.top, window.canvas.viewport)
    right, bottom = window.canvas.camera.view_from_image(bounds.right, bounds.bottom, window.canvas.viewport)
    assert left >= 0 and top >= 0 and right <= window.canvas.width() and bottom <= window.canvas.height()
    press(window, qtbot, Qt.Key.Key_0)
    assert window.canvas.camera.scale == pytest.approx(fitted)


def test_n_goes_to_the_next_label_of_the_class_on_other_frames_and_rows(window: Window, qtbot: QtBot) -> None:
    places = []
    for _ in range(3):
        press(window, qtbot, Qt.Key.Key_N)
        places.append((window.session.state.row, window.session.state.frame, window.session.state.selected))
    assert places == [(0, 0, "car2"), (0, 2, "car1"), (1, 0, "car1")]


def test_rows_are_walked_and_back_returns(window: Window, qtbot: QtBot) -> None:
    press(window, qtbot, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert window.session.state.row == 1
    press(window, qtbot, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.session.state.row == 0
    press(window, qtbot, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert window.session.state.row == 1


def test_many_quick_row_steps_end_at_the_last(window: Window, qtbot: QtBot) -> None:
    for index in [1, 2, 3, 0] * 50 + [3]:
        window.session.go_to(index)
    settle(window, qtbot)
    assert window.session.row.head.index == 3 and window.session.view.key[0] == 3


def test_go_to_frame_by_number(window: Window, qtbot: QtBot) -> None:
    press(window, qtbot, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert window.panes.goto.isVisible()
    field = QApplication.focusWidget()
    qtbot.keyClicks(field, "2")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    settle(window, qtbot)
    assert window.session.view.key[2] == 2 and not window.panes.goto.isVisible()


def test_a_dropped_folder_is_opened(make_window: Callable[[], Window], export: Path, qtbot: QtBot) -> None:
    window = make_window()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(export))])
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(QPoint(300, 300), Qt.DropAction.CopyAction, data, left, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(300, 300), Qt.DropAction.CopyAction, data, left, none))
    settle(window, qtbot)
    assert len(window.session.export.heads) == 4


def test_what_cannot_be_opened_is_said_and_what_is_open_stays(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "notes.json").write_text('{"a": 1}')
    window.open(Start((tmp_path / "notes.json",)))
    qtbot.waitUntil(lambda: bool(window.failure), timeout=10_000)
    assert "not a label export" in window.failure
    assert window.panes.bar.isVisible()
    assert window.session.row is not None and window.session.row.head.label_hash == "group"


def test_missing_pictures_are_said_and_found_once_located(
    make_window: Callable[[], Window], export: Path, tmp_path_factory: pytest.TempPathFactory, qtbot: QtBot
) -> None:
    alone = tmp_path_factory.mktemp("alone")
    (alone / "export.json").write_bytes((export / "export.json").read_bytes())
    window = make_window()
    window.open(Start((alone / "export.json",)))
    settle(window, qtbot)
    assert window.panes.bar.isVisible()
    assert window.session.view.picture is None
    assert len(window.session.scene().marks) == 3, "labels are shown on a plain canvas"
    window.session.use_media(export)
    settle(window, qtbot)
    assert window.session.view.picture is not None
    assert not window.panes.bar.isVisible()
    window.close()
    again = make_window()
    again.open(Start((alone / "export.json",)))
    settle(again, qtbot)
    assert again.session.view.picture is not None, "the folder is remembered for this export"


def test_where_an_export_was_left_is_where_it_opens_again(
    make_window: Callable[[], Window], export: Path, qtbot: QtBot
) -> None:
    window = make_window()
    window.open(Start((export,)))
    settle(window, qtbot)
    window.session.set(frame=2)
    settle(window, qtbot)
    window.close()
    again = make_window()
    again.open(Start((export,)))
    settle(again, qtbot)
    assert again.session.view.key[:3] == (0, "groupdata", 2)


def test_a_problem_jumps_to_its_place(window: Window, qtbot: QtBot) -> None:
    window.panes.problems.jump.emit(Place(0, "groupdata", 2, "car1"))
    settle(window, qtbot)
    assert (window.session.state.frame, window.session.state.selected) == (2, "car1")


def test_every_action_runs(window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """No action may fail, whatever its order; those that ask for files or end the program are left out."""
    for name in ("ask_for_export", "ask_for_folder", "ask_for_media", "ask_for_ontology", "ask_where_to_save"):
        monkeypatch.setattr(window.dialogs, name, lambda *_: None)
    for action in ACTIONS:
        if action.id in ("quit", "close", "new_window", "full_screen"):
            continue
        action.run(window)
        if action.release:
            action.release(window)
        settle(window, qtbot, 20_000 if action.id != "demo" else 90_000)  # which is drawn first
        window.escape()
    window.showing.show_everything()


@pytest.mark.parametrize("key_set", get_args(KeySet))
def test_no_two_actions_share_a_key_and_ids_are_unique(key_set: KeySet) -> None:
    keys = [key.casefold() for action in ACTIONS for key in keys_in(action, key_set)]
    assert len(keys) == len(set(keys))
    assert len(BY_ID) == len(ACTIONS)


def test_keys_are_pinned() -> None:
    """Reviewers have them in their fingers: a changed key is a decision, not an accident."""
    expected = {
        "next_frame": "Right", "previous_frame": "Left", "ten_on": "Shift+Right", "next_labelled": "Ctrl+Right",
        "next_event": "E", "next_unlabelled": "U", "first_frame": "Home", "last_frame": "End", "go_to_frame": "Ctrl+G",
        "next_row": "Ctrl+Down", "next_label": "Down", "next_same": "N", "next_pane": "F6", "zoom_in": "+",
        "zoom_out": "-", "fit": "0", "one_to_one": "Ctrl+1", "zoom_to_label": "Z", "follow": "Shift+Z",
        "back": "Alt+Left", "forward": "Alt+Right", "hide_all": "H", "fill_solid": "G", "other_branch": "B",
        "name_points": "Q", "solo": "Shift+H", "visibility": "V", "captions": "T", "more_fill": "O",
        "less_fill": "Shift+O", "window_auto": "W", "find": "Ctrl+F", "palette": "Ctrl+K", "shortcuts": "F1",
        "full_screen": "F11", "reload": "F5", "open": "Ctrl+O", "copy_link": "Ctrl+Shift+C",
    }  # fmt: skip
    assert {action_id: BY_ID[action_id].keys[0] for action_id in expected} == expected


@pytest.mark.parametrize(("key_set", "on", "back"), [("cvat", "F", "D"), ("labelme", "D", "A")])
def test_keys_of_other_tools_step_and_are_remembered(
    window: Window, qtbot: QtBot, key_set: KeySet, on: str, back: str
) -> None:
    press(window, qtbot, Qt.Key.Key_Home)
    window.bars.actions[f"keys_{key_set}"].trigger()
    frames = []
    for key in (on, back):
        press(window, qtbot, getattr(Qt.Key, f"Key_{key}"))
        frames.append(window.session.state.frame)
    assert frames == [1, 0]
    assert not window.session.state.look.dim
    assert window.settings.key_set == key_set
    assert window.bars.actions["next_frame"].shortcuts()[0].toString() == on
    assert f"&nbsp;{on} /" in window.bars.actions["next_frame"].toolTip()


def test_nothing_shows_foreign_text_as_rich_text(window: Window) -> None:
    labels = window.findChildren(QLabel)
    assert labels
    assert [label for label in labels if label.textFormat() != Qt.TextFormat.PlainText] == []


def test_a_class_name_with_markup_is_shown_as_it_stands(
    make_window: Callable[[], Window], export: Path, qtbot: QtBot
) -> None:
    text = (export / "export.json").read_text()
    red = export / "red.png"
    from PIL import Image

    Image.new("RGB", (400, 400), (255, 0, 0)).save(red)
    evil = json.dumps(f'<img src="{red}" width=400 height=400>')[1:-1]
    (export / "export.json").write_text(text.replace('"Tree"', f'"{evil}"'))
    window = make_window()
    window.open(Start((export,)))
    settle(window, qtbot)
    window.select("tree1")
    settle(window, qtbot)
    image = window.panes.inspector.grab().toImage()
    reds = sum(
        image.pixelColor(x, y).getRgb()[:3] == (255, 0, 0)
        for x in range(0, image.width(), 5)
        for y in range(0, image.height(), 5)
    )
    assert reds == 0


def test_copied_link_holds_no_path(window: Window, export: Path) -> None:
    window.saving.copy_link()
    link = QGuiApplication.clipboard().text()
    assert "row=group" in link and "object=car1" in link and str(export) not in link


def test_opened_files_are_never_changed(window: Window, export: Path, qtbot: QtBot) -> None:
    before = {path: path.read_bytes() for path in export.iterdir()}
    for key in (Qt.Key.Key_V, Qt.Key.Key_Right, Qt.Key.Key_W):
        press(window, qtbot, key)
    window.close()
    assert {path: path.read_bytes() for path in export.iterdir()} == before


def test_closing_in_the_middle_of_work_ends_it(make_window: Callable[[], Window], export: Path, qtbot: QtBot) -> None:
    window = make_window()
    window.open(Start((export,)))
    window.close()
    qtbot.wait(200)
    assert window.session.export is None


def test_a_hint_stays_until_its_key_was_used(window: Window, qtbot: QtBot) -> None:
    assert "next label" in window.status._hints.text() and "hide labels" in window.status._hints.text()
    press(window, qtbot, Qt.Key.Key_Down)
    assert "next label" not in window.status._hints.text()
    qtbot.keyPress(window.canvas, Qt.Key.Key_H)
    qtbot.keyRelease(window.canvas, Qt.Key.Key_H)
    assert not window.status._hints.isVisible()


def test_nothing_is_said_once_the_window_is_gone(export: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("viewer.app.saving.SAID_FOR", 50)
    make_application()
    window = Window(Settings(in_memory=True), "dark")
    window.show()
    window.open(Start((export,)))
    settle(window, qtbot)
    window.saving.copy_link()
    window.close()
    window.deleteLater()
    qtbot.wait(200)  # an exception in the event loop fails the test
