"""The planes beside the picture, driven by real clicks, drags and wheels, and what is then painted."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.canvas.support import pixels, plain, scene, shown
from tests.slices import BACK, FOOT, LEFT, RIGHT, annotation, labelled, stack, volume
from viewer.canvas.plane_view_pane import PlaneViewPane
from viewer.canvas.planes_pane import PlanesPane
from viewer.media.grey import window_between
from viewer.media.volume import build_volume
from viewer.scene.reslice import Cuts
from viewer.scene.resolve import Naming
from viewer.scene.sections import Body, layers_of
from viewer.scene.view_state import ViewState
from viewer.shapes.sketch import Raster, Sketch
from viewer.size import Size

SHAPE = (10, 40, 30)
SIZE = Size(30, 40)
BODY = np.random.default_rng(2).integers(0, 200, SHAPE, dtype=np.uint8)
GREY = window_between(0, 255)
ACCENT = (0xFF, 0xA2, 0x5A)


def opened(qtbot: QtBot, cuts: Cuts, body: Body | None = None) -> PlanesPane:
    pane = PlanesPane()
    qtbot.addWidget(pane)
    pane.resize(300, 700)
    pane.show()
    pane.set_window(GREY, False)
    pane.show_volume(cuts)
    pane.show_labels(body)
    QApplication.processEvents()
    return pane


def axial_cuts() -> Cuts:
    return Cuts(volume(BODY, spacing=(1.0, 1.0), depths=[2.0 * i for i in range(10)]))


def press(qtbot: QtBot, pane: PlaneViewPane, x: float, y: float) -> None:
    qtbot.mouseClick(pane, Qt.MouseButton.LeftButton, pos=pane.device_point(x, y).toPoint())


def wheel(pane: PlaneViewPane, notches: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    middle = QPointF(pane.width() / 2, pane.height() / 2)
    event = QWheelEvent(
        middle,
        middle,
        QPoint(),
        QPoint(0, -120 * notches),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(pane, event)


def seen(pane: PlaneViewPane) -> np.ndarray:
    image = QImage(pane.width(), pane.height(), QImage.Format.Format_RGB32)
    pane.render(image)
    return pixels(image)[..., :3]


def test_the_two_planes_that_are_not_of_acquisition_are_shown(qtbot):
    names = [pane.accessibleName().split()[0] for pane in opened(qtbot, axial_cuts()).panes]
    assert names == ["Coronal", "Sagittal"]
    sagittal = Cuts(volume(BODY, across=BACK, down=FOOT))
    assert [pane.accessibleName().split()[0] for pane in opened(qtbot, sagittal).panes] == ["Axial", "Coronal"]


def test_a_click_moves_the_crosshair_and_tells(qtbot):
    pane = opened(qtbot, axial_cuts())
    coronal, sagittal = pane.panes
    told: list[tuple[int, int, int]] = []
    pane.crosshair_moved.connect(lambda *at: told.append(at))
    # head up: slice 7 of 10, each 2 mm high, is seen (9 - 7) * 2 mm below the upper edge
    press(qtbot, coronal, 8.5, 5.0)
    assert told == [(8, 20, 7)] and pane.crosshair == (8, 20)
    press(qtbot, sagittal, 33.5, 19.0)
    assert told[1:] == [(8, 33, 0)] and pane.crosshair == (8, 33)


def test_a_mirrored_acquisition_is_clicked_where_it_is_seen(qtbot):
    """Columns that go on to the patient's right are seen from right to left."""
    pane = opened(qtbot, Cuts(volume(BODY, across=RIGHT, down=BACK)))
    told: list[tuple[int, int, int]] = []
    pane.crosshair_moved.connect(lambda *at: told.append(at))
    press(qtbot, pane.panes[0], 3.5, 0.5)
    # the normal points to the feet, so that the first slice is the uppermost
    assert told == [(26, 20, 0)]


def test_a_drag_moves_it_all_along_and_right_drags_are_for_the_window(qtbot):
    pane = opened(qtbot, axial_cuts())
    coronal = pane.panes[0]
    told: list[tuple[int, int, int]] = []
    dragged: list[tuple[float, float]] = []
    pane.crosshair_moved.connect(lambda *at: told.append(at))
    pane.adjust_dragged.connect(lambda *by: dragged.append(by))
    start = coronal.device_point(8.5, 5.0).toPoint()
    qtbot.mousePress(coronal, Qt.MouseButton.LeftButton, pos=start)
    for x in (12.5, 17.5, 21.5):
        qtbot.mouseMove(coronal, coronal.device_point(x, 5.0).toPoint())
    qtbot.mouseRelease(coronal, Qt.MouseButton.LeftButton, pos=coronal.device_point(21.5, 5.0).toPoint())
    assert [at[0] for at in told] == [8, 12, 17, 21] and not dragged
    qtbot.mousePress(coronal, Qt.MouseButton.RightButton, pos=start)
    qtbot.mouseMove(coronal, start + QPoint(30, 0))
    qtbot.mouseRelease(coronal, Qt.MouseButton.RightButton, pos=start + QPoint(30, 0))
    assert len(told) == 4 and dragged == [(30.0, 0.0)]


def test_the_wheel_steps_through_planes_and_zooms_with_ctrl(qtbot):
    pane = opened(qtbot, axial_cuts())
    coronal, sagittal = pane.panes
    told: list[tuple[int, int, int]] = []
    pane.crosshair_moved.connect(lambda *at: told.append(at))
    wheel(coronal, 3)
    wheel(sagittal, -2)
    assert told == [(15, 23, 5), (13, 23, 5)]
    wheel(coronal, 1000)
    assert pane.crosshair == (13, 39)
    scale = coronal.camera.scale
    wheel(coronal, -1, Qt.KeyboardModifier.ControlModifier)
    assert coronal.camera.scale > scale and pane.crosshair == (13, 39)


def test_the_crosshair_is_set_without_an_echo(qtbot):
    pane = opened(qtbot, axial_cuts())
    told: list[object] = []
    pane.crosshair_moved.connect(lambda *at: told.append(at))
    pane.set_crosshair(4, 6, 2)
    assert pane.crosshair == (4, 6) and not told
    pane.set_crosshair(-5, 1000, 99)
    assert pane.crosshair == (0, 39)


@pytest.mark.parametrize("at", [(4, 6, 2), (25, 33, 9)])
def test_what_is_painted_is_the_plane_in_true_proportion(qtbot, at):
    """Pixel by pixel, close enough for sharp cells: the cell is where its millimetres are."""
    cuts = axial_cuts()
    pane = opened(qtbot, cuts)
    pane.set_crosshair(*at)
    coronal = pane.panes[0]
    picture, scale = seen(coronal), coronal.camera.scale
    assert scale > 3
    column, row, place = at
    compared = 0
    for x in range(30):
        for z in range(10):
            point = coronal.device_point(x + 0.5, (9 - z) * 2 + 1.0).toPoint()
            free = coronal.rect().adjusted(30, 30, -30, -30)  # words stand along the edges
            if abs(x - column) < 2 or abs(z - place) < 2 or not free.contains(point):
                continue
            compared += 1
            assert picture[point.y(), point.x()].tolist() == [BODY[z, row, x]] * 3
    assert compared > 100
    lines = (picture == ACCENT).all(axis=2)
    middle = coronal.device_point(column + 0.5, (9 - place) * 2 + 1.0)
    assert abs(int(lines.sum(axis=0).argmax()) - middle.x()) <= 1
    assert abs(int(lines.sum(axis=1).argmax()) - middle.y()) <= 1
    assert not lines[int(middle.y()), int(middle.x())]


def test_labels_are_painted_where_they_are_and_both_of_two_are_seen(qtbot):
    cuts = axial_cuts()
    mask = np.zeros(SHAPE, dtype=bool)
    mask[3:7, 10:30, 5:20] = True
    other = np.zeros(SHAPE, dtype=bool)
    other[5:9, 10:30, 15:27] = True
    layers = []
    for place in range(10):
        found = [
            annotation(Sketch(raster=Raster(m[place], 0, 0)), key, colour)
            for key, m, colour in (("one", mask, "#ff0000"), ("two", other, "#0000ff"))
            if m[place].any()
        ]
        layers += layers_of(labelled(place, SIZE, *found), place, SIZE)
    pane = opened(qtbot, cuts)
    plain_picture = seen(pane.panes[0]).astype(int)
    pane.show_labels(Body(cuts, layers, ViewState(), Naming({}, ())))
    pane.set_pens(0.4, 0.0)
    painted = seen(pane.panes[0]).astype(int)
    for x, z in ((7, 4), (17, 6), (24, 8), (2, 1)):
        point = pane.panes[0].device_point(x + 0.5, (9 - z) * 2 + 1.0).toPoint()
        was, now = plain_picture[point.y(), point.x()], painted[point.y(), point.x()]
        in_one, in_two = bool(mask[z, 20, x]), bool(other[z, 20, x])
        wanted = was.astype(float)
        for is_in, colour in ((in_one, (0, 0, 255)), (in_two, (255, 0, 0))):
            if is_in:
                wanted = wanted * 0.6 + np.array(colour) * 0.4
        assert np.abs(now - wanted).max() <= 3, (x, z)


def test_without_a_volume_it_is_said_why(qtbot):
    pane = opened(qtbot, axial_cuts())
    pane.show_volume(None, "Planes <b>across</b> the slices need at least two slices")
    label = next(child for child in pane.children() if getattr(child, "text", str)().startswith("Planes"))
    assert label.isVisible() and label.textFormat() == Qt.TextFormat.PlainText
    assert not any(view.isVisible() for view in pane.panes)


def test_notes_of_the_volume_are_said(qtbot):
    slices = stack(BODY, LEFT, BACK)
    slices.stored[4] = None
    pane = opened(qtbot, Cuts(build_volume(slices)))
    assert any("1 of 10 slices" in getattr(child, "text", str)() for child in pane.children())


def test_the_picture_shows_the_crosshair_and_tells_where_it_is_clicked(qtbot):
    pane = shown(qtbot, Size(400, 300))
    pane.show_picture(plain(Size(200, 150), 90), Size(200, 150), keep_view=False)
    pane.show_scene(scene())
    qtbot.waitUntil(pane.is_settled, timeout=5000)
    before = pane.seen()[..., :3]
    pane.set_crosshair((50.5, 100.5))
    after = pane.seen()[..., :3]
    lines = (after == ACCENT).all(axis=2)
    x, y = pane.placement.device_from_image(50.5, 100.5)
    assert abs(int(lines.sum(axis=0).argmax()) - x) <= 1 and abs(int(lines.sum(axis=1).argmax()) - y) <= 1
    assert lines.sum() == (before != after).any(axis=2).sum()
    pane.set_crosshair(None)
    assert np.array_equal(pane.seen()[..., :3], before)
    told: list[tuple[float, float]] = []
    pane.clicked_at.connect(lambda *at: told.append(at))
    qtbot.mouseClick(pane, Qt.MouseButton.LeftButton, pos=QPointF(x, y).toPoint())
    assert np.abs(np.array(told[0]) - (50.5, 100.5)).max() < 1
