from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from viewer.panels.density import CELL_FROM, Density
from viewer.panels.frames_pane import SIDE, FramesPane


@given(
    counts=st.lists(st.integers(0, 40), min_size=1, max_size=400),
    width=st.integers(20, 500),
)
def test_every_labelled_frame_leaves_a_bar_over_its_place(counts, width):
    density = Density(np.arange(len(counts)), np.array(counts))
    bars = density.bars(width)
    for place, count in enumerate(counts):
        first, last = place * width / len(counts), (place + 1) * width / len(counts)
        over = [height for left, wide, height in bars if left < last and left + wide > first]
        if count:
            assert max(over) >= np.sqrt(count / max(counts)) - 1e-9
    if not any(counts):
        assert bars == []
    if width / len(counts) >= CELL_FROM:
        assert len(bars) == sum(count > 0 for count in counts)


@given(size=st.integers(1, 500), width=st.integers(1, 900), place=st.integers(0, 499))
def test_a_place_and_its_pixel_agree(size, width, place):
    density = Density(np.arange(size), np.zeros(size, dtype=np.int64))
    place = min(place, size - 1)
    assert density.place_at(density.x_of(place, width), width) == place


@pytest.fixture
def pane(show):
    made = show(FramesPane, 400 + 2 * SIDE, 34)
    made.show_unit(np.array([0, 1, 2, 5]), np.array([3, 0, 1, 2]))
    return made


def test_it_hides_for_one_frame(pane):
    assert not pane.isHidden()
    pane.show_unit(np.array([0]), np.array([3]))
    assert pane.isHidden()


def test_clicking_and_dragging_seek_by_the_frames_own_numbers(pane, qtbot):
    with qtbot.waitSignal(pane.frame_requested) as got:
        qtbot.mouseClick(pane, Qt.MouseButton.LeftButton, pos=QPoint(SIDE + 350, 20))
    assert got.args == [5]
    asked = []
    pane.frame_requested.connect(asked.append)
    qtbot.mousePress(pane, Qt.MouseButton.LeftButton, pos=QPoint(SIDE + 150, 20))
    qtbot.mouseMove(pane, QPoint(SIDE + 250, 20))
    qtbot.mouseMove(pane, QPoint(SIDE + 9000, 20))
    qtbot.mouseRelease(pane, Qt.MouseButton.LeftButton)
    assert asked[0] == 1
    assert asked[-1] in (2, 5)


def test_the_frame_on_screen_is_not_asked_for_again(pane, qtbot):
    pane.set_frame(5)
    with qtbot.assertNotEmitted(pane.frame_requested):
        qtbot.mouseClick(pane, Qt.MouseButton.LeftButton, pos=QPoint(SIDE + 399, 20))


@pytest.mark.parametrize(
    ("key", "frame"),
    [(Qt.Key.Key_Right, 5), (Qt.Key.Key_Left, 1), (Qt.Key.Key_Home, 0), (Qt.Key.Key_End, 5), (Qt.Key.Key_PageUp, 0)],
)
def test_keys(pane, qtbot, key, frame):
    pane.set_frame(2)
    with qtbot.waitSignal(pane.frame_requested) as got:
        qtbot.keyClick(pane, key)
    assert got.args == [frame]


def test_the_tooltip_says_frame_and_labels(pane):
    assert pane.words_at(SIDE + 10) == "frame 0 · 3 labels"
    assert pane.words_at(SIDE + 399) == "frame 5 · 2 labels"
    place = QPoint(SIDE + 250, 20)
    QApplication.sendEvent(pane, QHelpEvent(QEvent.Type.ToolTip, place, pane.mapToGlobal(place)))
    assert "frame 2 · 1 label" in QToolTip.text()
    QToolTip.hideText()


def test_the_playhead_stands_over_its_frame(pane):
    pane.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    pane.clearFocus()
    pane.set_frame(2)
    image = pane.grab().toImage()
    accent = [x for x in range(image.width()) if image.pixelColor(x, 27).name() == "#5aa2ff"]
    assert accent
    assert abs(np.mean(accent) - (SIDE + 250)) <= 1.5


def test_no_frames_at_all_do_no_harm(pane, qtbot):
    pane.show_unit(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    pane.set_frame(3)
    pane.grab()
    assert pane.words_at(10) == ""
