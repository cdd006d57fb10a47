"""The strip: clicks select, a drag of the frame scrolls, the wheel zooms about the pointer."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest

from tests.text.support import instance, stretches
from viewer.app import theme
from viewer.app.run import make_application
from viewer.scene.view_state import ViewState
from viewer.text.strip import NAMES, ROW, StripAxis, merged
from viewer.text.strip_pane import StripPane

COUNT = 10_000


@pytest.fixture
def strip(qtbot):
    make_application()
    made = StripPane(theme.DARK.chart)
    qtbot.addWidget(made)
    made.resize(NAMES + 500, 120)
    made.show()
    found = stretches(
        instance("Person", (0, 100), (5000, 5100)),
        instance("Date", (5000, 5400)),
        instance("Date", (5100, 5200), number=2),
    )
    made.show_stretches(found, "x" * COUNT)
    made.set_seen(0, 1000)
    return made


def at(strip: StripPane, offset: float, row: int) -> QPoint:
    return QPoint(NAMES + round(strip.axis.x_of(offset)), strip.row_top(row) + ROW // 2)


def test_rows_are_classes(strip):
    assert [row.title for row in strip.rows] == ["Person", "Date"]
    assert [len(row.keys) for row in strip.rows] == [2, 2]


def test_a_click_selects_the_range_under_it(strip):
    asked: list = []
    strip.selected.connect(lambda label, place: asked.append((label, place)))
    for offset, row in ((5050, 0), (5350, 1), (5150, 1)):
        QTest.mouseClick(
            strip.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at(strip, offset, row)
        )
    assert asked == [("Person1", 1), ("Date1", 0), ("Date2", 0)]


def test_a_click_elsewhere_brings_the_text_there(strip):
    asked: list = []
    strip.offset_requested.connect(lambda offset, first: asked.append((offset, first)))
    QTest.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at(strip, 8000, 0))
    ((offset, first),) = asked
    # the frame is 1,000 characters wide, and its middle comes under the pointer
    assert first and abs(offset - 7500) <= 40


def test_the_frame_is_dragged_from_where_it_is_held(strip):
    asked: list = []
    strip.offset_requested.connect(lambda offset, first: asked.append(offset))
    begin = at(strip, 800, 1)
    QTest.mousePress(strip.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, begin)
    QTest.mouseMove(strip.viewport(), begin + QPoint(100, 0))
    QTest.mouseRelease(strip.viewport(), Qt.MouseButton.LeftButton)
    assert abs(asked[-1] - 100 * COUNT / 500) <= 40


def wheel(strip: StripPane, place: QPoint, steps: int, held: Qt.KeyboardModifier) -> None:
    buttons, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(QPointF(place), QPointF(place), QPoint(), QPoint(0, 120 * steps), buttons, held, phase, False)
    QGuiApplication.sendEvent(strip.viewport(), event)


def test_the_wheel_zooms_about_the_pointer_and_pans_with_shift(strip):
    place = at(strip, 5200, 1)
    under = strip.axis.offset_at(place.x() - NAMES)
    wheel(strip, place, 5, Qt.KeyboardModifier.NoModifier)
    assert strip.axis.scale > 500 / COUNT * 2
    assert abs(strip.axis.offset_at(place.x() - NAMES) - under) <= 1
    first = strip.axis.first
    wheel(strip, place, -1, Qt.KeyboardModifier.ShiftModifier)
    assert strip.axis.first > first
    wheel(strip, place, -50, Qt.KeyboardModifier.NoModifier)
    assert strip.axis.first == 0 and strip.axis.fits


def test_without_its_characters_the_strip_goes_as_far_as_the_ranges(strip):
    strip.show_stretches(stretches(instance("Person", (0, 300), (700, 900))), None)
    assert strip.axis.count == 900
    strip.grab()


def test_hidden_ranges_are_not_hit(strip):
    strip.set_state(ViewState(hidden_objects=frozenset({"Date2"})))
    strip.selected.connect(lambda label, place: labels.append(label))
    labels: list = []
    QTest.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at(strip, 5150, 1))
    assert labels == ["Date1"]


@given(st.lists(st.tuples(st.integers(-20, 120), st.integers(1, 60)), max_size=12))
def test_merged_bars_cover_what_the_bars_cover(bars):
    lefts = np.array([left for left, _ in bars], dtype=np.int64)
    rights = lefts + np.array([wide for _, wide in bars], dtype=np.int64)
    covered = np.zeros(100, dtype=bool)
    for left, right in zip(lefts.tolist(), rights.tolist(), strict=True):
        covered[max(left, 0) : max(right, 0)] = True
    found = np.zeros(100, dtype=bool)
    for left, right in merged(lefts, rights, 100):
        assert not found[max(left - 1, 0) : right].any()
        found[left:right] = True
    assert np.array_equal(found, covered)


@given(st.integers(1, 10**7), st.floats(50, 3000), st.floats(0, 1), st.integers(-20, 20))
def test_zooming_stays_within_the_text(count, width, share, steps):
    axis = StripAxis.fit(count, width).zoomed_at(share * width, 1.25**steps)
    assert axis.first >= 0 and axis.first + axis.span <= max(count, 1) * 1.0001 + 1e-6
