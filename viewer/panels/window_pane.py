"""Center and width of the window through which a slice is seen, as numbers to be typed, and windows to choose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDoubleSpinBox, QGridLayout, QWidget

from viewer.panels.button_pane import FlatButton
from viewer.panels.colours import PanelColours
from viewer.panels.paint_style import Icons
from viewer.panels.parts_pane import Pane
from viewer.panels.text_pane import Text

COLUMNS = 4
"""Choices that stand side by side."""
LARGEST = 1e9
"""Of a center to either side, and of a width."""
FINE = 20.0
"""Widths below this are told and stepped in fractions."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A window that can be had at one press."""

    id: str
    title: str
    key: str
    enabled: bool
    checked: bool


class WindowPane(Pane):
    """Numbers and choices; knows nothing of slices."""

    typed = Signal(float, float)
    """Center and width."""
    chosen = Signal(str)
    """The id of a choice."""
    closed = Signal()

    def __init__(self, colours: PanelColours, icons: Icons) -> None:
        super().__init__(colours, icons, "Window: center and width")
        style = self.style_of_parts
        self._told: tuple[float, float] | None = None
        """What is in force, which may be finer than its numbers here."""
        closing = FlatButton(style, icon="close", title="Close")
        closing.clicked.connect(self.closed)
        self._title = Text(style, "Window", "strong")
        self.header(self._title, closing)
        numbers = QWidget()
        row = QGridLayout(numbers)
        row.setContentsMargins(8, 4, 8, 4)
        row.setHorizontalSpacing(8)
        self.center = self._number(row, 0, "Center", -LARGEST)
        self.width_of_window = self._number(row, 2, "Width", 0.0)
        self.column.addWidget(numbers)
        self._choices: list[FlatButton] = []
        self._shown: Sequence[Choice] = ()
        box = QWidget()
        self._grid = QGridLayout(box)
        self._grid.setContentsMargins(8, 0, 8, 8)
        self._grid.setSpacing(4)
        self.column.addWidget(box)
        self.column.addStretch(1)
        self.setFocusProxy(self.center)

    def _number(self, row: QGridLayout, column: int, title: str, low: float) -> QDoubleSpinBox:
        number = QDoubleSpinBox()
        number.setRange(low, LARGEST)
        number.setKeyboardTracking(False)
        number.setAccessibleName(title)
        number.valueChanged.connect(self._tell)
        name = Text(self.style_of_parts, title, "quiet")
        row.setColumnMinimumWidth(column, name.fontMetrics().horizontalAdvance(title) + 8)
        row.addWidget(name, 0, column)
        row.addWidget(number, 0, column + 1)
        row.setColumnStretch(column + 1, 1)
        return number

    def show_window(self, center: float, width: float, unit: str) -> None:
        """What is in force; says nothing back."""
        self._told = None
        figures = 0 if width >= FINE else 3
        for number, value in ((self.center, center), (self.width_of_window, width)):
            number.setDecimals(figures)
            number.setSingleStep(1.0 if figures == 0 else 0.1)
            number.setValue(value)
        self._title.say_note(f"in {unit}" if unit else "in the file's own numbers")
        self._told = center, width

    def show_choices(self, choices: Sequence[Choice]) -> None:
        """Buttons that stay while only what is on changes, so that the focus does."""
        names = [(choice.id, choice.title, choice.key) for choice in choices]
        if names != [(choice.id, choice.title, choice.key) for choice in self._shown]:
            self._lay(choices)
        self._shown = tuple(choices)
        for button, choice in zip(self._choices, choices, strict=True):
            button.setEnabled(choice.enabled)
            button.setChecked(choice.checked)

    def _lay(self, choices: Sequence[Choice]) -> None:
        for button in self._choices:
            self._grid.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._choices = [self._button(choice) for choice in choices]
        for place, button in enumerate(self._choices):
            self._grid.addWidget(button, place // COLUMNS, place % COLUMNS)

    def _button(self, choice: Choice) -> FlatButton:
        title = f"{choice.title} ({choice.key})" if choice.key else choice.title
        button = FlatButton(self.style_of_parts, choice.title, title=title, framed=True)
        button.setCheckable(True)
        button.clicked.connect(lambda: self.chosen.emit(choice.id))
        return button

    def _tell(self, _: float) -> None:
        """What was typed; a number that was left alone keeps its fractions."""
        if self._told is None:
            return
        typed = self.center.value(), self.width_of_window.value()
        center, width = (
            was if round(was, number.decimals()) == now else now
            for was, now, number in zip(self._told, typed, (self.center, self.width_of_window), strict=True)
        )
        self._told = center, width
        self.typed.emit(center, width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
