from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QFont

from tests.timeline.support import DARK
from viewer.app import icons
from viewer.timeline.timeline_pane import TimelinePane


@pytest.fixture
def show(qtbot, qapp):
    """Makes a timeline of a unit, shows it at a size, and hands it back."""

    def made(tracks=None, frames=100, counts=None, fps=25.0, width=1000, height=300, colours=DARK):
        numbers = np.arange(frames) if isinstance(frames, int) else np.asarray(frames)
        pane = TimelinePane(colours, icons)
        qtbot.addWidget(pane)
        font = QFont(pane.font())
        font.setPixelSize(13)
        pane.setFont(font)
        pane.show_unit(numbers, np.ones(len(numbers), dtype=np.int64) if counts is None else counts, fps)
        pane.set_tracks(tracks)
        if len(numbers) > 1:
            pane.show()
        pane.resize(width, height)
        qtbot.waitExposed(pane)
        pane.view.setFocus()
        return pane

    return made
