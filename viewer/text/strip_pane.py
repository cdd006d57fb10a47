"""The strip under a text: all of it at once, its ranges by class, and the part that is in view as a frame."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QSizePolicy, QToolTip

from viewer.paint.colours import ChartColours
from viewer.paint.gestures_pane import NOTCH
from viewer.scene.stretches import Stretches
from viewer.scene.view_state import ViewState
from viewer.scene.words import shown
from viewer.text.marks import Marks
from viewer.text.paint_strip import StripView, paint_strip, seen_area
from viewer.text.strip import NAMES, ROW, RULER, StripAxis, StripRow, columns_of, rows_of
from viewer.text.words import card

MOST_ROWS = 7
"""Rows that are seen without scrolling, unless the reviewer makes the strip higher."""
ZOOM = 1.25
PAN = 80
CLOSE = 2
"""Pixels beside a bar that still hit it."""


class StripPane(QAbstractScrollArea):
    """Only the owner selects and scrolls the text."""

    selected = Signal(object, int)
    """The hash of a label, and which of its ranges."""
    offset_requested = Signal(int, bool)
    """A character that is to come into view; whether it is to be the first one there."""

    def __init__(self, colours: ChartColours) -> None:
        super().__init__()
        self._colours = colours
        self._stretches: Stretches | None = None
        self._marks: Marks | None = None
        self._content = ""
        self._rows: tuple[StripRow, ...] = ()
        self._axis = StripAxis.fit(1, 1)
        self._seen: tuple[int, int] | None = None
        self._state = ViewState()
        self._hovered = -1
        self._grip: float | None = None
        """Where the frame is held while it is dragged, in pixels from its left edge."""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(RULER + ROW)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("The whole text as a strip")
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().valueChanged.connect(lambda _: self.viewport().update())

    # ---------------------------------------------------------------- what is shown

    def set_colours(self, colours: ChartColours) -> None:
        self._colours = colours
        self.viewport().update()

    def show_stretches(self, stretches: Stretches | None, content: str | None) -> None:
        """Labels of the text, None while they are not known; without its characters as far as the ranges reach."""
        if stretches is self._stretches and (content or "") is self._content:
            return
        self._stretches, self._content, self._hovered = stretches, content or "", -1
        furthest = int(stretches.ends.max()) if stretches is not None and len(stretches) else 0
        count = len(content) if content is not None else furthest
        self._marks = Marks(stretches, max(count, furthest), self._state) if stretches is not None else None
        self._rows = rows_of(stretches) if stretches is not None else ()
        if content is None:
            self._seen = None
        if max(count, 1) != self._axis.count:
            self._axis = StripAxis.fit(count, self._axis.width)
        self._measure()

    def set_state(self, state: ViewState) -> None:
        before, self._state = self._state, state
        if self._marks is None:
            return
        self._marks.set_state(state)
        if (before.selected, before.stretch) != (state.selected, state.stretch) and self._marks.selected >= 0:
            self._axis = self._axis.showing(self._marks.bounds(self._marks.selected)[0])
            self._show_row(self._marks.stretches.label_of(self._marks.selected).feature_hash)
        self.viewport().update()

    def set_seen(self, first: int, end: int) -> None:
        """Characters that the text shows."""
        self._seen = first, end
        self.viewport().update()

    def _show_row(self, feature_hash: str) -> None:
        at = next((i for i, row in enumerate(self._rows) if row.label.feature_hash == feature_hash), None)
        bar, room = self.verticalScrollBar(), self.viewport().height() - RULER
        if at is not None and not bar.value() <= at * ROW <= bar.value() + room - ROW:
            bar.setValue(at * ROW - room // 2)

    @property
    def rows(self) -> tuple[StripRow, ...]:
        return self._rows

    @property
    def axis(self) -> StripAxis:
        return self._axis

    def row_top(self, at: int) -> int:
        """Of a row, in pixels of the view."""
        return RULER + at * ROW - self.verticalScrollBar().value()

    def sizeHint(self) -> QSize:
        return QSize(400, RULER + ROW * min(max(len(self._rows), 1), MOST_ROWS) + 1)

    def _measure(self) -> None:
        self._axis = self._axis.resized(float(self.viewport().width() - NAMES))
        room = self.viewport().height() - RULER
        self.verticalScrollBar().setRange(0, max(len(self._rows) * ROW - room, 0))
        self.verticalScrollBar().setPageStep(max(room, 1))
        self.verticalScrollBar().setSingleStep(ROW)
        self.updateGeometry()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def _view(self) -> StripView:
        scrolled = self.verticalScrollBar().value()
        bars = not self._state.hide_all
        return StripView(self._rows, self._axis, self._marks, self._seen, scrolled, self._hovered, bars)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        size = self.viewport().size()
        paint_strip(painter, self._view(), size.width(), size.height(), self._colours, self.font())
        painter.end()

    # ---------------------------------------------------------------- pointer

    def keys_at(self, at: QPointF) -> list[int]:
        """Ranges under a place of the view, the shortest first."""
        row = self._row_at(at)
        if self._marks is None or at.x() < NAMES or row is None:
            return []
        keys, x = row.keys, at.x() - NAMES
        keys = keys[self._marks.shown[keys]]
        stretches = self._marks.stretches
        lefts, rights = columns_of(stretches.starts[keys], stretches.ends[keys], self._axis)
        hit = (lefts - CLOSE <= x) & (x < rights + CLOSE)
        lengths = (stretches.ends - stretches.starts)[keys]
        return sorted(keys[hit].tolist(), key=lambda key: float(lengths[keys == key][0]))

    def _row_at(self, at: QPointF) -> StripRow | None:
        row = int(at.y() - RULER + self.verticalScrollBar().value()) // ROW
        return self._rows[row] if at.y() >= RULER and 0 <= row < len(self._rows) else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._stretches is None:
            return
        at = event.position()
        keys = self.keys_at(at)
        if keys:
            chosen = self._marks.selected if self._marks is not None else -1
            key = keys[(keys.index(chosen) + 1) % len(keys)] if chosen in keys else keys[0]
            self.selected.emit(self._stretches.label_of(key).object_hash, int(self._stretches.places[key]))
            self.offset_requested.emit(int(self._stretches.starts[key]), False)
        elif at.x() >= NAMES:
            self._grip_frame(at)

    def _grip_frame(self, at: QPointF) -> None:
        """The frame is held where it is; a click beside it brings its middle there."""
        if self._seen is None:
            return
        area = seen_area(self._view(), self.viewport().height())
        self._grip = at.x() - area.left() if area.contains(at) else area.width() / 2
        if not area.contains(at):
            self._drag(at)

    def _drag(self, at: QPointF) -> None:
        assert self._grip is not None
        self.offset_requested.emit(self._axis.offset_at(at.x() - NAMES - self._grip), True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None:
            self._drag(event.position())
            return
        keys = self.keys_at(event.position())
        hovered = keys[0] if keys else -1
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if keys else Qt.CursorShape.ArrowCursor)
        if hovered != self._hovered:
            self._hovered = hovered
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = (event.angleDelta().y() or event.angleDelta().x()) / NOTCH
        held = event.modifiers()
        if held & Qt.KeyboardModifier.ControlModifier:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() - round(steps * ROW))
        elif held & Qt.KeyboardModifier.ShiftModifier:
            self._axis = self._axis.panned(-steps * PAN)
        else:
            self._axis = self._axis.zoomed_at(event.position().x() - NAMES, ZOOM**steps)
        self.viewport().update()
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hovered = -1
            self.viewport().update()
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._say_card(QPointF(event.pos()), event.globalPos())
            return True
        return super().viewportEvent(event)

    def _say_card(self, at: QPointF, place: QPoint) -> None:
        keys = self.keys_at(at)
        row = self._row_at(at)
        if at.x() < NAMES and row is not None:
            QToolTip.showText(place, f"<p>{escape(shown(row.title))}</p>", self.viewport())
        elif keys and self._stretches is not None:
            said = card(self._stretches, keys[0], keys[1:6], self._content, self._state.reading)
            QToolTip.showText(place, said, self.viewport())
        else:
            QToolTip.hideText()
