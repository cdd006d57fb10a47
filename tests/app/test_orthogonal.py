"""The planes in a real window: switched on by their key, built in the background, and moving with the picture."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.app.conftest import settle
from tests.rows import blob, box, row, unit, written
from tests.slices import InMemory, stack
from viewer.app.opening import Start
from viewer.app.window import Window
from viewer.errors import ViewerError
from viewer.export.unit_media import MediaOf
from viewer.media.kinds import Picture

SHAPE = (12, 40, 30)
BODY = np.random.default_rng(8).integers(0, 1000, SHAPE, dtype=np.int16)


@pytest.fixture
def slices(monkeypatch: pytest.MonkeyPatch) -> list[InMemory | ViewerError | None]:
    """What the unit on screen has for slices."""
    made: list[InMemory | ViewerError | None] = [stack(BODY, depths=[3.0 * i for i in range(12)])]

    def found(media: MediaOf, unit: object, other_orientation: bool = False) -> InMemory | None:
        if isinstance(made[0], ViewerError):
            raise made[0]
        return made[0]

    monkeypatch.setattr(MediaOf, "slices", found, raising=False)
    return made


@pytest.fixture
def window(
    make_window: Callable[[], Window], tmp_path: Path, qtbot: QtBot, slices: list[InMemory | ViewerError | None]
) -> Window:
    """On a series of 12 slices with a box on slices 3 to 7, and a single picture."""
    labels = {
        str(frame): blob(box("box1", x=0.2, y=0.25, w=0.4, h=0.5) if 3 <= frame <= 7 else box("other", w=0.1, h=0.1))
        for frame in range(12)
    }
    series = unit(labels, "s1", "application/dicom", width=30, height=40, data_links=[f"b/{i}" for i in range(12)])
    single = unit(blob(box()), "p1", width=30, height=40)
    rows = [row(series, data_type="dicom"), row(single, label_hash="two", data_hash="p1")]
    written(tmp_path, rows)
    window = make_window()
    window.canvas.set_motion(False)
    window.open(Start((tmp_path,)))
    settle(window, qtbot)
    return window


def switched_on(window: Window, qtbot: QtBot) -> Window:
    window.canvas.setFocus()
    qtbot.keyClick(window.canvas, Qt.Key.Key_M)
    settle(window, qtbot)
    return window


def test_they_are_away_until_asked_for(window: Window, qtbot: QtBot) -> None:
    planes = window.panes.planes
    assert not planes.isVisible() and window.bars.actions["planes"].isEnabled()
    switched_on(window, qtbot)
    assert planes.isVisible() and window.bars.actions["planes"].isChecked()
    assert [pane.accessibleName().split()[0] for pane in planes.panes] == ["Coronal", "Sagittal"]
    switched_on(window, qtbot)
    assert not planes.isVisible() and not window.bars.actions["planes"].isChecked()


def test_a_single_picture_has_none(window: Window, qtbot: QtBot) -> None:
    switched_on(window, qtbot)
    window.session.go_to(1)
    settle(window, qtbot)
    assert not window.panes.planes.isVisible() and not window.bars.actions["planes"].isEnabled()
    window.session.go_to(0)
    settle(window, qtbot)
    assert window.panes.planes.isVisible()


def test_they_begin_at_the_selected_label(window: Window, qtbot: QtBot) -> None:
    window.session.set(frame=4, selected="box1")
    settle(window, qtbot)
    switched_on(window, qtbot)
    assert window.panes.planes.crosshair == (12, 20)


def marks(window: Window) -> dict[str, np.ndarray]:
    """Of the coronal plane: which slices each label covers, from the head down."""
    pane = window.panes.planes.panes[0]
    made = {}
    for mark in pane._scene.marks:
        raster = mark.sketch.raster
        covered = np.zeros(12, dtype=bool)
        top = round(raster.top / raster.cell_height)
        covered[top : top + len(raster.mask)] = raster.mask.any(axis=1)
        made[mark.object_hash] = covered[::-1]
    return made


def test_labels_of_all_slices_are_cut_and_follow_what_is_hidden(window: Window, qtbot: QtBot) -> None:
    switched_on(window, qtbot)
    window.panes.planes.set_crosshair(10, 20, 0)
    assert np.flatnonzero(marks(window)["box1"]).tolist() == [3, 4, 5, 6, 7]
    window.showing.show_object("box1", False)
    assert "box1" not in marks(window)
    window.showing.show_everything()
    assert "box1" in marks(window)
    switched_on(window, qtbot)
    window.showing.show_object("box1", False)
    switched_on(window, qtbot)
    assert "box1" not in marks(window)


def test_a_click_in_a_plane_goes_to_its_slice(window: Window, qtbot: QtBot) -> None:
    switched_on(window, qtbot)
    coronal = window.panes.planes.panes[0]
    qtbot.mouseClick(coronal, Qt.MouseButton.LeftButton, pos=coronal.device_point(7.5, 3 * 2 + 1.5).toPoint())
    settle(window, qtbot)
    assert window.session.state.frame == 9 and window.panes.planes.crosshair[0] == 7
    assert window.canvas._crosshair is not None and window.canvas._crosshair[0] == 7.5


def test_stepping_through_the_picture_moves_the_crosshair_in_the_planes(window: Window, qtbot: QtBot) -> None:
    switched_on(window, qtbot)
    window.moving.go_to(11)
    settle(window, qtbot)
    assert window.panes.planes._at[0] == 11


def test_a_click_on_the_picture_moves_the_planes(window: Window, qtbot: QtBot) -> None:
    switched_on(window, qtbot)
    at = window.canvas.camera.view_from_image(22.5, 31.5, window.canvas.viewport)
    frame = window.session.state.frame
    qtbot.mouseClick(window.canvas, Qt.MouseButton.LeftButton, pos=window.canvas.rect().topLeft() + _point(at))
    assert window.panes.planes.crosshair == (22, 31) and window.session.state.frame == frame


def _point(at: tuple[float, float]):
    from PySide6.QtCore import QPointF

    return QPointF(*at).toPoint()


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (None, "not found"),
        (ViewerError("This volume is broken"), "This volume is broken"),
        (stack(BODY[:1]), "at least two slices"),
    ],
)
def test_what_is_no_volume_is_said_in_its_place(
    window: Window, qtbot: QtBot, slices: list[InMemory | ViewerError | None], found: object, said: str
) -> None:
    slices[0] = found
    switched_on(window, qtbot)
    assert said in window.panes.planes._said.text() and window.session.busy == ""


def test_switching_off_while_it_is_built_stops_it(window: Window, qtbot: QtBot) -> None:
    window.orthogonal.toggle()
    assert window.panes.planes.isVisible()
    window.orthogonal.toggle()
    settle(window, qtbot)
    assert not window.panes.planes.isVisible() and window.session.busy == "" and window.orthogonal._cuts is None
    switched_on(window, qtbot)
    assert window.orthogonal._cuts is not None


def test_the_crosshair_goes_to_another_label_that_is_selected(window: Window, qtbot: QtBot) -> None:
    switched_on(window, qtbot)
    planes = window.panes.planes
    planes.set_crosshair(0, 0, 0)
    window.session.jump(None, None, 5, "box1")
    settle(window, qtbot)
    # 0.2 + 0.4 / 2 of 30 columns and 0.25 + 0.5 / 2 of 40 rows
    assert planes._at == (5, 20, 12) and window.canvas._crosshair == (12.5, 20.5)
    planes.set_crosshair(7, 11, 5)
    window.select(None)
    window.select("box1")
    assert planes.crosshair == (7, 11), "it is in the label already"


def test_closing_the_window_while_it_is_built_stops_it(
    window: Window, qtbot: QtBot, slices: list[InMemory], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on, decoded = threading.Event(), threading.Event(), InMemory.picture

    def picture(self: InMemory, frame: int) -> Picture:
        begun.set()
        go_on.wait(10)
        return decoded(self, frame)

    monkeypatch.setattr(InMemory, "picture", picture)
    slices[0].asked.clear()
    window.orthogonal.toggle()
    assert begun.wait(10)
    window.close()
    go_on.set()
    window.background._pool.shutdown(wait=True)
    qtbot.wait(50)
    assert len(slices[0].asked) < SHAPE[0] and window.orthogonal._cuts is None


def test_their_width_is_remembered(window: Window, qtbot: QtBot, make_window: Callable[[], Window]) -> None:
    switched_on(window, qtbot)
    splitter = window.panes._beside
    splitter.setSizes([splitter.width() - 260, 260])
    width = window.panes.planes.width()
    window.close()
    again = make_window()
    again.panes.planes.show()
    qtbot.waitUntil(lambda: abs(again.panes.planes.width() - width) <= 2, timeout=5000)
