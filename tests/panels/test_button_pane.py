from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tests.panels.support import DARK
from viewer.app import icons
from viewer.panels.button_pane import FlatButton, choices
from viewer.panels.paint_style import Style


@pytest.fixture
def bar(qtbot):
    """A row of two buttons, the second one strong."""
    made = QWidget()
    made.style_of_parts = Style(DARK, icons)
    row = QHBoxLayout(made)
    made.buttons = [FlatButton(made.style_of_parts, "One", "open"), FlatButton(made.style_of_parts, "Two", strong=True)]
    for button in made.buttons:
        row.addWidget(button)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


@pytest.mark.parametrize("which", [0, 1])
def test_the_focus_is_seen_when_it_came_by_keyboard(bar, qtbot, which):
    button = bar.buttons[which]
    bar.buttons[1 - which].setFocus(Qt.FocusReason.MouseFocusReason)
    qtbot.waitUntil(bar.buttons[1 - which].hasFocus)
    at_rest = button.grab().toImage()
    button.setFocus(Qt.FocusReason.MouseFocusReason)
    assert button.grab().toImage() == at_rest
    bar.buttons[1 - which].setFocus(Qt.FocusReason.MouseFocusReason)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert button.hasFocus()
    assert button.grab().toImage() != at_rest


def test_keys_press_it(bar, qtbot):
    bar.buttons[0].setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(bar.buttons[0].clicked):
        qtbot.keyClick(bar.buttons[0], Qt.Key.Key_Space)


def test_one_choice_at_a_time(qtbot, bar):
    made = choices(bar.style_of_parts, ("Frame", "Row"), ("of the frame", "of the row"))
    for button in made:
        qtbot.addWidget(button)
        button.show()
    assert [button.isChecked() for button in made] == [True, False]
    qtbot.mouseClick(made[1], Qt.MouseButton.LeftButton)
    assert [button.isChecked() for button in made] == [False, True]
    qtbot.mouseClick(made[1], Qt.MouseButton.LeftButton)
    assert [button.isChecked() for button in made] == [False, True]


def test_a_disabled_one_looks_so(bar):
    before = bar.buttons[0].grab().toImage()
    bar.buttons[0].setEnabled(False)
    assert bar.buttons[0].grab().toImage() != before
