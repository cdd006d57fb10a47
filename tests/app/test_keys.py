"""Keys that last while they are held, and sets of keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from pytestqt.qtbot import QtBot

from viewer.app.actions import BY_ID
from viewer.app.key_sets import KeySet, keys_in
from viewer.app.keys import HeldKeys


def key(kind: QEvent.Type, repeated: bool = False) -> QKeyEvent:
    return QKeyEvent(kind, Qt.Key.Key_H, Qt.KeyboardModifier.NoModifier, "h", repeated)


@pytest.fixture
def held(qtbot: QtBot) -> tuple[HeldKeys, list[str]]:
    said: list[str] = []
    keys = HeldKeys({"H": (lambda: said.append("down"), lambda: said.append("up"))})
    keys.eventFilter(keys, key(QEvent.Type.KeyPress))
    return keys, said


def test_repeats_neither_press_nor_release(held: tuple[HeldKeys, list[str]]) -> None:
    keys, said = held
    for kind in (QEvent.Type.KeyRelease, QEvent.Type.KeyPress):
        keys.eventFilter(keys, key(kind, repeated=True))
    assert said == ["down"]
    keys.eventFilter(keys, key(QEvent.Type.KeyRelease))
    assert said == ["down", "up"]


@pytest.mark.parametrize("kind", [QEvent.Type.WindowDeactivate, QEvent.Type.ApplicationDeactivate])
def test_losing_the_focus_releases(held: tuple[HeldKeys, list[str]], kind: QEvent.Type) -> None:
    keys, said = held
    keys.eventFilter(keys, QEvent(kind))
    assert said == ["down", "up"]


@pytest.mark.parametrize(
    ("key_set", "expected"),
    [
        (
            "cvat",
            {
                "next_frame": "F", "previous_frame": "D", "ten_on": "V", "ten_back": "C", "dim": "Alt+D",
                "visibility": "Alt+V",
            },
        ),
        ("labelme", {"next_frame": "D", "previous_frame": "A", "dim": "Alt+D"}),
    ],
)  # fmt: skip
def test_keys_of_other_tools_are_pinned(key_set: KeySet, expected: dict[str, str]) -> None:
    assert {action: keys_in(BY_ID[action], key_set)[0] for action in expected} == expected
