"""Moving: where the keys of the Go menu lead."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from tests.app.conftest import settle
from tests.panels.support import chosen, instance
from viewer.app.moving import events
from viewer.app.window import Window
from viewer.labels.answers import LabelAnswers


def test_events_are_starts_ends_and_changes_of_answers_where_the_label_is() -> None:
    door = [
        chosen("door", "Door", "Open", dynamic=True, ranges=((0, 4), (12, 14))),
        chosen("door", "Door", "Shut", dynamic=True, ranges=((5, 9),)),
    ]
    made = instance("a", frames=((0, 9), (20, 29)), answers=LabelAnswers(dynamic=tuple(door)))
    assert events(made) == {0, 5, 9, 20, 29}, "not 12, where the label is not"


def test_hidden_labels_are_passed_over_and_their_frames_are_not_unlabelled(window: Window, qtbot: QtBot) -> None:
    session, moving = window.session, window.moving
    qtbot.waitUntil(lambda: session.index is not None, timeout=20_000)
    session.set(hidden_shapes=frozenset({"bounding_box"}))
    assert moving.labelled_frames().tolist() == [0], "on frame 2 is nothing but a box"
    moving.step_unlabelled(1)
    assert session.state.frame == 1
    settle(window, qtbot)
    moving.step_unlabelled(1)
    assert session.state.frame == 1, "frame 2 has a label, though a hidden one"
