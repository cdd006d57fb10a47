"""The timeline in the window: fed by the session, selecting and seeking both ways."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from tests.app.conftest import settle
from tests.rows import action, blob, box, video_row, written
from tests.timeline.support import name_point, point
from viewer.app.opening import Start
from viewer.app.timeline_feed import counts_on

CARS = {frame: blob(box("car1", 0.1), *([box("car2", 0.6, w=0.2)] if frame >= 20 else [])) for frame in range(10, 40)}
DOOR = action("door", "Door", [("open", "Open")], (12, 30))


@pytest.fixture
def window(make_window, qtbot, tmp_path):
    """With a video of a hundred frames, whose file is missing."""
    actions = {"car1": {"objectHash": "car1", "actions": [DOOR]}}
    made = make_window()
    made.canvas.set_motion(False)
    made.open(Start((written(tmp_path, [video_row(CARS, object_actions=actions, label_hash="video")]),)))
    settle(made, qtbot)
    return made


def test_it_shows_the_labels_of_the_row(window):
    timeline = window.panes.timeline
    assert timeline.isVisible() and not timeline.is_slim
    assert [track.title for track in timeline.model.tracks.tracks] == ["Car 1", "Car 2"]
    assert len(timeline.model.frames) == 100 and timeline.model.fps == 25.0
    assert timeline.model.density.counts.tolist() == [0] * 10 + [1] * 10 + [2] * 20 + [0] * 60
    assert timeline.model.position == window.session.state.frame == 10
    assert timeline.model.selected == window.session.state.selected == "car1"


def test_seeking_and_selecting_go_both_ways(window, qtbot):
    timeline = window.panes.timeline
    qtbot.mouseClick(timeline.view, Qt.MouseButton.LeftButton, pos=point(timeline, 33, timeline.model.row_of("car2")))
    settle(window, qtbot)
    assert (window.session.state.frame, window.session.state.selected) == (33, "car2")
    assert timeline.model.position == 33
    window.select("car1")
    assert timeline.model.selected == "car1"
    window.moving.step(-3)
    settle(window, qtbot)
    assert timeline.model.position == 30
    qtbot.mouseClick(timeline.view, Qt.MouseButton.LeftButton, pos=name_point(timeline, timeline.model.row_of("car2")))
    assert window.session.state.selected == "car2" and window.session.state.frame == 30


def test_with_the_focus_it_keeps_its_keys_and_else_the_window_has_them(window, qtbot):
    timeline = window.panes.timeline
    timeline.setFocus()
    scale = timeline.model.axis.scale
    camera = window.canvas.camera
    qtbot.keyClick(timeline.view, Qt.Key.Key_Plus)
    assert timeline.model.axis.scale > scale and window.canvas.camera == camera
    qtbot.keyClick(timeline.view, Qt.Key.Key_Down)
    assert window.session.state.selected == "car2", "though it is not on this frame"
    qtbot.keyClick(timeline.view, Qt.Key.Key_Right)
    settle(window, qtbot)
    assert window.session.state.frame == 11


def test_find_leads_to_its_filter_while_it_has_the_focus(window, qtbot):
    timeline = window.panes.timeline
    timeline.choose_slim(True)
    timeline.setFocus()
    qtbot.keyClick(timeline.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert not timeline.is_slim and timeline.head.field.hasFocus()
    qtbot.keyClicks(timeline.head.field, "car 2")
    assert [row.kind for row in timeline.model.rows] == ["class", "label"]


def test_hidden_labels_are_told(window):
    window.showing.show_object("car2", False)
    assert window.panes.timeline.model.state.hidden_objects == {"car2"}


def test_the_panel_is_switched_by_its_action_and_goes_with_the_picture_only_view(window, qtbot):
    timeline = window.panes.timeline
    qtbot.keyClick(window, Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    assert timeline.isHidden() and not window.panel_shown("timeline")
    qtbot.keyClick(window, Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    assert timeline.isVisible() and window.panel_shown("timeline")
    window.toggle_presentation()
    assert timeline.isHidden()
    window.toggle_presentation()
    assert timeline.isVisible()


def test_its_height_comes_back_after_it_was_slim_and_at_the_next_start(window, make_window, qtbot):
    timeline = window.panes.timeline
    splitter = window.panes._over_time
    splitter.setSizes([splitter.height() - 250, 250])
    timeline.choose_slim(True)
    assert timeline.maximumHeight() < 50
    timeline.choose_slim(False)
    qtbot.waitUntil(lambda: timeline.height() == 250)
    window.close()
    other = make_window()
    other.open(Start(window.session.paths))
    settle(other, qtbot)
    qtbot.waitUntil(lambda: other.panes.timeline.height() == 250)


def test_a_timeline_that_was_made_slim_is_so_at_the_next_start(window, make_window, qtbot):
    window.panes.timeline.choose_slim(True)
    window.close()
    other = make_window()
    other.open(Start(window.session.paths))
    settle(other, qtbot)
    assert other.panes.timeline.is_slim


def test_the_pointer_over_it_shows_the_card(window, qtbot):
    timeline = window.panes.timeline
    qtbot.mouseMove(timeline.view, QPoint(5, 5))
    qtbot.mouseMove(timeline.view, point(timeline, 15, timeline.model.row_of("car1")))
    qtbot.waitUntil(timeline.view.hover.card.isVisible)
    assert timeline.view.hover.card.lines[1:] == ("Car 1", "frames 10–39", "Door: Open")


def test_the_playhead_answers_before_the_picture_is_there(window, qtbot, monkeypatch):
    timeline = window.panes.timeline
    monkeypatch.setattr(window.session, "_fetch", lambda: None)
    qtbot.mouseClick(timeline.view, Qt.MouseButton.LeftButton, pos=point(timeline, 70))
    assert timeline.model.position == 70 and window.session.view.key[2] == 10


def test_counting_labels_on_frames():
    assert counts_on(np.array([3, 3, 5, 9]), np.array([1, 3, 5, 6, 9, 20])).tolist() == [0, 2, 1, 0, 1, 0]
