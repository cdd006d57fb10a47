from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPalette

from tests.panels.support import DARK
from viewer.app import icons


@pytest.fixture
def show(qtbot, qapp):
    """Makes a pane, shows it at a size, and hands it back."""
    palette = QPalette()
    for role, colour in ((QPalette.ColorRole.Base, "#26282b"), (QPalette.ColorRole.Text, "#e6e7e9")):
        palette.setColor(role, QColor(colour))

    def made(kind, width=280, height=500):
        pane = kind(DARK, icons)
        qtbot.addWidget(pane)
        pane.setPalette(palette)
        pane.resize(width, height)
        pane.show()
        qtbot.waitExposed(pane)
        return pane

    return made
