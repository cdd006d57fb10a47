"""Brightness, contrast and gamma as sliders whose numbers can be typed."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDoubleSpinBox, QGridLayout, QSlider, QWidget

from viewer.panels.button_pane import FlatButton
from viewer.panels.colours import PanelColours
from viewer.panels.paint_style import Icons
from viewer.panels.parts_pane import Pane
from viewer.panels.text_pane import Text

FINE = 100
"""Steps of a slider to one of its number."""


class AdjustPane(Pane):
    """How the picture is shown; the file is never changed."""

    adjusted = Signal(float, float, float)
    """Brightness, contrast (-1 to 1, or beyond where it was stretched so) and gamma (0.2 to 5)."""
    closed = Signal()

    def __init__(self, colours: PanelColours, icons: Icons) -> None:
        super().__init__(colours, icons, "Brightness, contrast, gamma")
        style = self.style_of_parts
        closing = FlatButton(style, icon="close", title="Close")
        closing.clicked.connect(self.closed)
        reset = FlatButton(style, "Reset", title="As the file is")
        reset.clicked.connect(lambda: self._reset())
        self.header(Text(style, "Brightness, contrast, gamma", "strong"), reset, closing)
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(8, 4, 8, 8)
        grid.setHorizontalSpacing(8)
        self._telling = False
        self._numbers = [
            self._line(grid, 0, "Brightness", -1.0, 1.0),
            self._line(grid, 1, "Contrast", -1.0, 1.0),
            self._line(grid, 2, "Gamma", 0.2, 5.0),
        ]
        self.column.addWidget(box)
        self.show_adjust(0.0, 0.0, 1.0)

    def _line(self, grid: QGridLayout, row: int, title: str, low: float, high: float) -> QDoubleSpinBox:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(_to_slider(low, title), _to_slider(high, title))
        slider.setMinimumWidth(180)
        slider.setAccessibleName(title)
        number = QDoubleSpinBox()
        # a stretched picture may need more than the slider offers
        number.setRange(-99.0 if low < 0 else low, 99.0 if low < 0 else high)
        number.setSingleStep(0.05)
        number.setDecimals(2)
        number.setAccessibleName(title)
        slider.sliderMoved.connect(lambda value: number.setValue(_from_slider(value, title)))
        number.valueChanged.connect(lambda value: slider.setValue(_to_slider(value, title)))
        number.valueChanged.connect(self._tell)
        name = Text(self.style_of_parts, title, "quiet")
        # a text gives way to what stands beside it unless its column says how wide it is
        grid.setColumnMinimumWidth(0, name.fontMetrics().horizontalAdvance("Brightness") + 8)
        grid.addWidget(name, row, 0)
        grid.addWidget(slider, row, 1)
        grid.addWidget(number, row, 2)
        grid.setColumnStretch(1, 1)
        return number

    def show_adjust(self, brightness: float, contrast: float, gamma: float) -> None:
        """What is in force; says nothing back."""
        self._telling = False
        for number, value in zip(self._numbers, (brightness, contrast, gamma), strict=True):
            number.setValue(value)
        self._telling = True

    def _reset(self) -> None:
        self.show_adjust(0.0, 0.0, 1.0)
        self._tell()

    def _tell(self, *_: object) -> None:
        if self._telling:
            brightness, contrast, gamma = (number.value() for number in self._numbers)
            self.adjusted.emit(brightness, contrast, gamma)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _to_slider(value: float, title: str) -> int:
    """Gamma runs by its logarithm, so that 1 stands in the middle."""
    return round((math.log(value) if title == "Gamma" else value) * FINE)


def _from_slider(place: int, title: str) -> float:
    return math.exp(place / FINE) if title == "Gamma" else place / FINE
