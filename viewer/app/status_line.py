"""The line at the bottom: where we are, what is selected, what is wrong, what is under way, how large it is shown."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from viewer.app.theme import Theme

HEIGHT = 24


class Words(QLabel):
    """Plain text that gives way where there is no room: it ends in dots, and the tooltip has the whole."""

    def __init__(self, parent: QWidget, *, elide: bool = False) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._elide = elide
        self._whole = ""
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def say(self, text: str) -> None:
        self._whole = text
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if not self._elide:
            self.setText(self._whole)
            return
        shown = QFontMetrics(self.font()).elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        self.setText(shown)
        # a tooltip of foreign words must not be taken for rich text
        self.setToolTip("" if shown == self._whole else f"<span>{_escaped(self._whole)}</span>")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class StatusLine(QWidget):
    """Says things; knows nothing."""

    problems_clicked = Signal()
    cancel_clicked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.setObjectName("status")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 10, 0)
        row.setSpacing(16)
        self._place = Words(self, elide=True)
        self._hints = Words(self)
        self._hints.setObjectName("quiet")
        self._problems = QToolButton(self)
        self._busy = Words(self)
        self._cancel = QToolButton(self)
        self._size = Words(self)
        self._size.setFont(tabular(self.font()))
        self._cancel.setText("Cancel")
        self._cancel.clicked.connect(self.cancel_clicked)
        self._problems.clicked.connect(self.problems_clicked)
        for button in (self._problems, self._cancel):
            button.setAutoRaise(True)
            button.setFixedHeight(HEIGHT - 2)
            button.hide()
        row.addWidget(self._place, 1)
        for widget in (self._hints, self._problems, self._busy, self._cancel, self._size):
            row.addWidget(widget)

    def say_place(self, text: str) -> None:
        self._place.say(text)

    def say_hints(self, text: str) -> None:
        """Keys that were not used yet; quiet, and empty once they were."""
        self._hints.say(text)
        self._hints.setVisible(bool(text))

    def set_theme(self, theme: Theme) -> None:
        self.setStyleSheet(f"QLabel#quiet {{ color: {theme.quiet}; }}")

    def say_busy(self, text: str, *, can_cancel: bool) -> None:
        self._busy.say(text)
        self._busy.setVisible(bool(text))
        self._cancel.setVisible(bool(text) and can_cancel)

    def say_problems(self, errors: int, warnings: int, theme: Theme) -> None:
        """A button with the number of errors and warnings; none where all is well."""
        count = errors + warnings
        self._problems.setVisible(count > 0)
        self._problems.setText(f"{count:,} problem{'s' * (count != 1)}")
        colour = theme.error if errors else theme.warning
        self._problems.setStyleSheet(f"QToolButton {{ color: {colour}; border: none; padding: 0 4px; }}")
        self._problems.setAccessibleName(f"{errors:,} errors and {warnings:,} warnings; opens the list")

    def say_size(self, text: str) -> None:
        self._size.say(text)


def tabular(font: QFont) -> QFont:
    """The same font with figures of one width, for numbers that change in place."""
    made = QFont(font)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made
