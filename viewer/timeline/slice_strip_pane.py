"""A narrow strip beside the picture that shows which slices have which labels, and where one is."""

from __future__ import annotations

import html

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QTransform, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

from viewer.paint.colours import ChartColours
from viewer.paint.gestures_pane import NOTCH
from viewer.timeline.paint_slice_strip import StripPainter
from viewer.timeline.slice_ticks import SliceTicks

WIDTH = 14


class SliceStripPane(QWidget):
    """The first slice at the top. A click or drag goes to a slice; the wheel steps."""

    frame_requested = Signal(int)

    def __init__(self, colours: ChartColours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Slices with labels")
        self.setFixedWidth(WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._colours = colours
        self._painter = StripPainter()
        self._turned = 0
        self.ticks = SliceTicks()
        self.place = 0
        """Position of the slice on show."""
        self.hide()

    def show_ticks(self, ticks: SliceTicks | None) -> None:
        """None, or a single slice, hides the strip."""
        self.ticks = ticks or SliceTicks()
        self.setVisible(self.ticks.count > 1)
        self.update()

    def set_frame(self, frame: int) -> None:
        """The one that is looked at."""
        self.place = self.ticks.place_of(frame)
        self.setAccessibleDescription(self.ticks.words(self.place) if self.ticks.count else "")
        self.update()

    def set_colours(self, colours: ChartColours) -> None:
        self._colours = colours
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 200)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, unit = QPainter(self), self.devicePixelRatioF()
        system = painter.deviceTransform()
        inverse, possible = system.inverted()
        if possible:  # whole physical pixels, from the one nearest to where the painter counts from
            painter.setWorldTransform(QTransform.fromTranslate(round(system.dx()), round(system.dy())) * inverse, True)
        width, height = round(self.width() * unit), round(self.height() * unit)
        self._painter.draw(painter, self.ticks, self.place, width, height, unit, self._colours)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._ask_for(event.position().y())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._ask_for(event.position().y())

    def _ask_for(self, y: float) -> None:
        if self.ticks.count:
            self._go_to(self._place_at(y))

    def _place_at(self, y: float) -> int:
        unit = self.devicePixelRatioF()
        return self.ticks.place_at(y * unit, round(self.height() * unit))

    def _go_to(self, place: int) -> None:
        if place != self.place:
            self.frame_requested.emit(int(self.ticks.frames[place]))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Whole notches step; what a fine wheel moves in between is kept."""
        self._turned -= event.angleDelta().y()
        notches = int(self._turned / NOTCH)
        self._turned -= notches * NOTCH
        if notches and self.ticks.count:
            self._go_to(min(max(self.place + notches, 0), self.ticks.count - 1))
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self.ticks.count:
            words = self.ticks.words(self._place_at(event.pos().y()))
            # as rich text, in which no name from a file can be taken for markup, and long lines are broken
            QToolTip.showText(event.globalPos(), f"<span>{html.escape(words)}</span>", self)
            return True
        return super().event(event)
