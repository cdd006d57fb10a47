"""Slices in the window: the mouse, the keys, the strip, and labels that follow pixels that are not square."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from tests.app.conftest import settle
from tests.canvas.test_canvas_pane import drag, wheel
from tests.rows import blob, box, label, row, unit, written
from viewer.app import slices
from viewer.app.opening import Start
from viewer.app.window import Window
from viewer.media.images import Images
from viewer.media.kinds import Picture
from viewer.media.plane import Plane

SIZE = (64, 40)
COUNT = 12


def rib(object_hash: str, **more: object) -> dict:
    geometry = {"boundingBox": {"x": 0.5, "y": 0.5, "w": 0.25, "h": 0.25}}
    return label("bounding_box", geometry, object_hash, name="Rib", featureHash="cls00002", color="#00AA00", **more)


@pytest.fixture
def window(make_window: Callable[[], Window], qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Window:
    """Pictures of a group that say that their pixels are twice as high as wide, taken for slices of a body."""
    decoded = Images.picture

    def picture(self: Images, frame: int) -> Picture:
        plane = Plane((1.0, 0.5), "patient", (1, 0, 0), (0, 1, 0), (0, 0, 3.0 * frame), 3, None, frame + 1, aspect=2.0)
        return replace(decoded(self, frame), plane=plane)

    monkeypatch.setattr(Images, "picture", picture)
    monkeypatch.setattr(slices, "SLICE_KINDS", ("image_group",))
    size = {"width": SIZE[0], "height": SIZE[1]}
    units = []
    for number in range(COUNT):
        Image.fromarray(np.full((SIZE[1], SIZE[0]), 10 * number, np.uint8)).save(tmp_path / f"s{number}.png")
        objects = [box("tumour", 0.25, 0.25, 0.25, 0.25)] * (3 <= number < 8) + [rib("rib")] * (6 <= number < 11)
        units.append(unit(blob(*objects), f"u{number}", data_title=f"s{number}.png", data_sequence=number, **size))
    rows = [
        row(*units, data_type="img_group", label_hash="stack", data_hash="stack", data_title="Stack"),
        row(unit(blob(box("car1")), "p0", data_title="s0.png", **size), label_hash="single", data_hash="p0"),
    ]
    made = make_window()
    made.canvas.set_motion(False)
    made.open(Start((written(tmp_path, rows),)))
    settle(made, qtbot)
    return made


def words(window: Window) -> tuple[str, ...]:
    return window.canvas._stage.prepared.exhibit.words


def view_point(window: Window, x: float, y: float) -> QPoint:
    """Where a stored point lies on the canvas, whose pixels are twice as high as wide."""
    return QPointF(*window.canvas.camera.view_from_image(x, 2 * y, window.canvas.viewport)).toPoint()


def test_the_wheel_and_the_middle_button_step_and_ctrl_and_wheel_zooms(window: Window, qtbot: QtBot) -> None:
    assert window.session.state.frame == 3
    wheel(window.canvas, QPoint(100, 100), QPoint(0, -240))
    settle(window, qtbot)
    assert window.session.view.key.frame == 5
    drag(window.canvas, QPoint(100, 100), QPoint(0, -12), Qt.MouseButton.MiddleButton)
    settle(window, qtbot)
    assert window.session.view.key.frame == 3
    scale = window.canvas.camera.scale
    wheel(window.canvas, QPoint(100, 100), QPoint(0, 120), modifiers=Qt.KeyboardModifier.ControlModifier)
    assert window.canvas.camera.scale > scale and window.session.state.frame == 3


def test_on_a_single_picture_the_wheel_zooms_and_there_is_no_strip(window: Window, qtbot: QtBot) -> None:
    assert window.panes.slice_strip.isVisible()
    window.session.go_to(1)
    settle(window, qtbot)
    assert not window.panes.slice_strip.isVisible()
    scale = window.canvas.camera.scale
    wheel(window.canvas, QPoint(100, 100), QPoint(0, 120))
    assert window.canvas.camera.scale > scale


def test_the_strip_shows_who_is_where_and_leads_there(window: Window, qtbot: QtBot) -> None:
    strip = window.panes.slice_strip
    assert [strip.ticks.words(place) for place in (2, 3, 7, 10)] == [
        "slice 3 · frame 2: no labels",
        "slice 4 · frame 3: Car",
        "slice 8 · frame 7: Car, Rib",
        "slice 11 · frame 10: Rib",
    ]
    assert strip.ticks.colours == ((0xD3, 0x31, 0x15), (0, 0xAA, 0)) and strip.place == 3
    at = QPoint(7, round(strip.height() * (9.5 / COUNT)))
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=at)
    settle(window, qtbot)
    assert window.session.view.key.frame == strip.place == 9
    window.moving.step(1)
    assert strip.place == 10


def test_hidden_labels_leave_the_strip(window: Window, qtbot: QtBot) -> None:
    strip = window.panes.slice_strip
    window.showing.show_class("cls00002", False)
    assert [strip.ticks.words(place) for place in (7, 10)] == [
        "slice 8 · frame 7: Car",
        "slice 11 · frame 10: no labels",
    ]
    assert strip.isVisible() and strip.place == 3
    window.showing.show_everything()
    assert strip.ticks.words(10) == "slice 11 · frame 10: Rib"


def test_words_are_those_of_the_slice_on_show(window: Window, qtbot: QtBot) -> None:
    assert words(window) == ("slice 4 of 12 · frame 3", "position 9.0 mm", "3 mm thick")
    window.moving.step(2)
    settle(window, qtbot)
    assert words(window)[0] == "slice 6 of 12 · frame 5"


def test_shift_i_takes_the_words_away_and_the_choice_is_kept(window: Window, qtbot: QtBot, make_window) -> None:
    window.canvas.setFocus()
    qtbot.keyClick(window.canvas, Qt.Key.Key_I, Qt.KeyboardModifier.ShiftModifier)
    assert not window.session.state.look.slice_hud and not window.canvas._slice_hud
    assert not make_window().session.state.look.slice_hud
    qtbot.keyClick(window.canvas, Qt.Key.Key_I, Qt.KeyboardModifier.ShiftModifier)
    assert window.canvas._slice_hud


def test_labels_are_picked_and_zoomed_to_where_they_are_seen(window: Window, qtbot: QtBot) -> None:
    window.moving.go_to(6)
    settle(window, qtbot)
    qtbot.mouseClick(window.canvas, Qt.MouseButton.LeftButton, pos=view_point(window, 36, 24))
    assert window.session.state.selected == "rib"
    qtbot.mouseClick(window.canvas, Qt.MouseButton.LeftButton, pos=view_point(window, 20, 14))
    assert window.session.state.selected == "tumour"
    window.canvas.setFocus()
    qtbot.keyClick(window.canvas, Qt.Key.Key_Z)
    settle(window, qtbot)
    # a box from (16, 10) to (32, 20) in stored pixels
    assert (window.canvas.camera.x, window.canvas.camera.y) == (24, 30)
    qtbot.keyClick(window.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ShiftModifier)
    window.select("rib")
    settle(window, qtbot)
    assert (window.canvas.camera.x, window.canvas.camera.y) == (40, 50)


def test_the_path_of_a_label_follows(window: Window, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.tracking.track is not None, timeout=5000)
    settle(window, qtbot)
    trail = window.canvas._stage.prepared.exhibit.scene.trail
    assert trail is not None and np.unique(trail.points, axis=0).tolist() == [[24, 30]]
    assert window.tracking.track.centres[0].tolist() == [24, 15], "listed in stored pixels"


def test_stretching_the_contrast_looks_at_what_is_visible(window: Window, qtbot: QtBot, monkeypatch) -> None:
    asked = []
    monkeypatch.setattr(window.showing, "stretch_to", asked.append)
    window.canvas.setFocus()
    qtbot.keyClick(window.canvas, Qt.Key.Key_W)
    (seen,) = asked
    assert (seen.top + seen.bottom) / 2 == pytest.approx(20, abs=0.5)
    assert seen.width / seen.height == pytest.approx(2 * window.canvas.width() / window.canvas.height())


def test_shift_r_measures_and_escape_takes_it_away(window: Window, qtbot: QtBot) -> None:
    canvas, selected = window.canvas, window.session.state.selected
    canvas.setFocus()
    qtbot.keyClick(canvas, Qt.Key.Key_R, Qt.KeyboardModifier.ShiftModifier)
    assert window.bars.actions["ruler"].isChecked()
    start, end = view_point(window, 10, 10), view_point(window, 40, 30)
    drag(canvas, start, end - start)
    (ruler,) = canvas._rulers.every
    assert (ruler.x0, ruler.y0, ruler.x1, ruler.y1) == pytest.approx((10, 10, 40, 30), abs=0.2)
    assert ruler.millimetres(window.session.view.picture.plane) == pytest.approx(25, abs=0.3)
    window.moving.step(1)
    settle(window, qtbot)
    assert canvas._rulers.every, "it lies on the next slice too"
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas._rulers.every == () and not canvas.has_ruler and not window.bars.actions["ruler"].isChecked()
    assert window.session.state.selected == selected
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert window.session.state.selected is None


def test_what_was_measured_is_gone_on_another_row(window: Window, qtbot: QtBot) -> None:
    window.toggle_ruler()
    drag(window.canvas, QPoint(100, 100), QPoint(50, 50))
    window.session.go_to(1)
    settle(window, qtbot)
    assert window.canvas._rulers.every == () and window.canvas.has_ruler


def test_a_saved_picture_is_in_true_aspect(window: Window, tmp_path: Path) -> None:
    window.saving._save_frame(tmp_path / "saved.png")
    saved = QImage(str(tmp_path / "saved.png"))
    assert (saved.width(), saved.height()) == (64, 80)
