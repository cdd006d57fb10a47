"""The strip of slices: its columns, its pixels, and a real mouse on it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip

from viewer.app.theme import DARK, LIGHT
from viewer.timeline.slice_strip_pane import WIDTH, SliceStripPane
from viewer.timeline.slice_ticks import SliceTicks

RED, GREEN, BLUE, WHITE, GROUND = (230, 40, 40), (40, 200, 60), (30, 60, 220), (250, 250, 250), (10, 11, 12)
NAMES, COLOURS = ("Tumour", "Left lung", "Heart", "Rib"), (RED, GREEN, BLUE, WHITE)


def ticks(count: int, *labels: tuple[int, int], first: int = 0) -> SliceTicks:
    """Of labels as (slice, class)."""
    frames, classes = (np.array([pair[at] for pair in labels], dtype=np.int64) for at in (0, 1))
    return SliceTicks.of(np.arange(first, first + count), frames + first, classes, NAMES, COLOURS)


FEW = ticks(10, (2, 0), (4, 2), (4, 0), (4, 0), (5, 1), (5, 0), (5, 3), (5, 2), (9, 1), first=100)


def colours(strip: np.ndarray, row: int) -> list[tuple[int, ...]]:
    """Of a row from left to right, each once."""
    found = [tuple(pixel) for pixel in strip[row, :, 2::-1].tolist()]
    return [one for one, before in zip(found, [None, *found], strict=False) if one != before]


def test_each_slice_has_the_colours_of_its_classes_side_by_side() -> None:
    strip = FEW.strip(30, 12, GROUND)
    assert strip.shape == (30, 12, 4) and (strip[..., 3] == 255).all()
    assert colours(strip, 0) == [GROUND]
    assert colours(strip, 7) == [RED]
    assert colours(strip, 13) == [RED, BLUE]
    assert colours(strip, 16) == [RED, GREEN, BLUE], "three at the most"
    assert colours(strip, 29) == [GREEN]
    assert (strip[13, :6, 2] == RED[0]).all() and (strip[13, 6:, 0] == BLUE[2]).all()


def test_slices_with_room_for_it_are_parted() -> None:
    strip = FEW.strip(100, 12, GROUND)
    assert colours(strip, 20) == colours(strip, 28) == [RED] and colours(strip, 29) == [GROUND]


@given(st.integers(1, 300), st.integers(1, 300))
def test_a_slice_is_where_it_is_clicked(count, height) -> None:
    many = ticks(count)
    for place in range(count):
        first, after = many.rows_of(place, height)
        assert 0 <= first < after <= height
        if count <= height:
            assert {many.place_at(row + part, height) for row in range(first, after) for part in (0, 0.9)} == {place}
    assert (many.place_at(-5, height), many.place_at(height + 5, height)) == (0, count - 1)


@given(st.lists(st.tuples(st.integers(0, 4999), st.integers(0, 3)), min_size=1, max_size=40))
def test_none_of_many_is_lost_between_rows(labels) -> None:
    many = ticks(5000, *labels)
    strip = many.strip(600, 13, GROUND)
    labelled = {many.rows_of(place, 600)[0] for place, _ in labels}
    assert set(np.flatnonzero((strip[..., 2::-1] != GROUND).any(axis=(1, 2))).tolist()) == labelled
    for row in labelled:
        assert many.place_at(row, 600) in {place for place, _ in labels}


def test_words() -> None:
    assert FEW.words(4) == "slice 5 · frame 104: Tumour, Heart"
    assert FEW.words(3) == "slice 4 · frame 103: no labels"
    assert replace(FEW, noun="picture").words(3) == "picture 4 · frame 103: no labels"
    many = SliceTicks.of(
        np.arange(2), np.zeros(11, np.int64), np.arange(11), [f"Organ {i}" for i in range(11)], [RED] * 11
    )
    assert many.words(0).endswith("Organ 7 and 3 more")


def test_frames_that_are_not_there_count_for_nothing() -> None:
    made = SliceTicks.of(np.array([3, 5, 9]), np.array([5, 4, 9, 12]), np.array([0, 1, 2, 3]), NAMES, COLOURS)
    assert made.places.tolist() == [1, 2] and made.classes.tolist() == [0, 2]
    assert (made.place_of(5), made.place_of(4), made.place_of(99)) == (1, 1, 2)
    assert SliceTicks().words(0) == "slice 1: no labels" and SliceTicks().place_of(3) == 0


# the pane


@pytest.fixture
def pane(qtbot) -> SliceStripPane:
    made = SliceStripPane(DARK.chart)
    qtbot.addWidget(made)
    made.resize(WIDTH, 200)
    made.show_ticks(FEW)
    made.set_frame(103)
    return made


def seen(pane: SliceStripPane) -> np.ndarray:
    image = pane.grab().toImage().convertToFormat(pane.grab().toImage().Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)[:, : image.width(), 2::-1].copy()


def test_it_is_narrow_and_there_for_several_slices_only(qtbot, pane) -> None:
    assert pane.isVisible() and pane.width() == WIDTH and seen(pane).shape == (200, WIDTH, 3)
    pane.show_ticks(ticks(1, (0, 0)))
    assert not pane.isVisible()
    pane.show_ticks(FEW)
    assert pane.isVisible()
    pane.show_ticks(None)
    assert not pane.isVisible()


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_the_present_slice_is_framed_in_the_accent(qtbot, pane, theme) -> None:
    pane.set_colours(theme.chart)
    accent = [int(theme.accent[i : i + 2], 16) for i in (1, 3, 5)]
    rows = np.flatnonzero((seen(pane) == accent).all(axis=2).any(axis=1))
    assert (rows[0], rows[-1]) == (60, 79)
    pane.set_frame(109)
    rows = np.flatnonzero((seen(pane) == accent).all(axis=2).any(axis=1))
    assert (rows[0], rows[-1]) == (180, 199)
    assert "slice 10 · frame 109: Left lung" in pane.accessibleDescription()


def test_of_thousands_the_present_one_is_seen_too(qtbot, pane) -> None:
    pane.show_ticks(ticks(5000, (17, 0)))
    accent = [int(DARK.accent[i : i + 2], 16) for i in (1, 3, 5)]
    for frame, rows in ((0, (0, 7)), (4999, (192, 199)), (2500, (96, 103))):
        pane.set_frame(frame)
        found = np.flatnonzero((seen(pane) == accent).all(axis=2).any(axis=1))
        assert (found[0], found[-1]) == rows


def test_a_click_and_a_drag_go_to_slices(qtbot, pane) -> None:
    asked: list[int] = []

    def go(frame: int) -> None:
        asked.append(frame)
        pane.set_frame(frame)

    pane.frame_requested.connect(go)
    qtbot.mousePress(pane, Qt.MouseButton.LeftButton, pos=QPoint(7, 110))
    for y in (115, 130, 170, 400):
        qtbot.mouseMove(pane, QPoint(7, y))
    qtbot.mouseRelease(pane, Qt.MouseButton.LeftButton, pos=QPoint(7, 400))
    qtbot.mouseMove(pane, QPoint(7, 10))
    assert asked == [105, 106, 108, 109]


def test_the_wheel_steps_from_slice_to_slice(qtbot, pane) -> None:
    asked: list[int] = []
    pane.frame_requested.connect(asked.append)
    for angle in (-60, -60, 240):
        at = QPointF(7, 10)
        place = QPointF(pane.mapToGlobal(at.toPoint()))
        event = QWheelEvent(
            at,
            place,
            QPoint(),
            QPoint(0, angle),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(pane, event)
    assert asked == [104, 101]


def test_the_tooltip_names_the_classes_and_takes_none_of_them_for_markup(qtbot, pane) -> None:
    names = ("<b>Tumour</b>", "Left lung")
    pane.show_ticks(SliceTicks.of(np.arange(2), np.array([0, 0]), np.array([0, 1]), names, (RED, GREEN)))
    at = QPoint(7, 10)
    QApplication.sendEvent(pane, QHelpEvent(QEvent.Type.ToolTip, at, pane.mapToGlobal(at)))
    assert QToolTip.text() == "<span>slice 1 · frame 0: &lt;b&gt;Tumour&lt;/b&gt;, Left lung</span>"
    QToolTip.hideText()
