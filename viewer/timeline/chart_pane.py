"""The custom-painted part of the timeline: names, ruler, density, pictures, rows; mouse, wheel and keys."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from viewer.paint.colours import ChartColours
from viewer.paint.gestures_pane import came_by_key, pinch, wheel_pixels
from viewer.paint.paint_text import Fonts
from viewer.timeline.bands import Bands
from viewer.timeline.chart import Chart, Hit
from viewer.timeline.hover_pane import Hover
from viewer.timeline.keys_pane import OPEN, UP_DOWN, is_own, position_after
from viewer.timeline.paint_chart import paint_ground, paint_moving
from viewer.timeline.paint_names import CHEVRON, SIDE
from viewer.timeline.paint_pictures import Pictures, strip_slots
from viewer.timeline.rows import Row
from viewer.timeline.thumbnails import missing
from viewer.timeline.words import description

ZOOM_STEP = 1.6
"""Of a key."""
PIXELS_TO_DOUBLE = 150
"""Of wheel, until twice as much is seen; a notch is 60 pixels."""
EDGE_SPEED = 0.25
"""Of how far the pointer is beyond an edge, that the view moves while seeking."""
REST_MS = 120
"""How long the view stands still before pictures are asked for."""


class ChartPane(QWidget):
    """Paints a `Chart` and turns what hands do into requests; what is on screen changes when the owner says so."""

    frame_requested = Signal(int)
    selected = Signal(object)
    preview_wanted = Signal(int)
    pictures_wanted = Signal(object)
    names_dragged = Signal(int)
    """A new width of the names."""
    moved = Signal()
    """Another part is in view, or rows were listed in another way."""

    def __init__(self, parent: QWidget, colours: ChartColours) -> None:
        super().__init__(parent)
        self.chart = Chart()
        self.pictures = Pictures()
        self.colours = colours
        self.fonts = Fonts(self.font())
        self.slim = True
        self.empty = ""
        """What is said in the place of rows."""
        self._ground: QPixmap | None = None
        self._by_keyboard = False
        self._drag = ""
        """What the pressed button does: scrub, names, pan."""
        self._last = QPointF()
        self.hover = Hover(self, self.chart, self.pictures, colours)
        self.hover.preview_wanted.connect(self.preview_wanted)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._ask_for_pictures)
        self._asked: tuple[int, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName("Timeline")

    # ---------------------------------------------------------------- what is shown

    def redraw(self) -> None:
        """Something else than the playhead changed."""
        self._ground = None
        self._rest.start()
        self.update()

    def tell(self) -> None:
        self.setAccessibleDescription(description(self.chart))

    def show_moved(self) -> None:
        """Another part of time or of the rows is in view."""
        self.redraw()
        self.moved.emit()

    def place(self, bands: Bands) -> None:
        self.chart.place(bands, self.devicePixelRatioF())
        self.redraw()

    def paintEvent(self, event: QPaintEvent) -> None:
        ratio = self.devicePixelRatioF()
        if ratio != self.chart.ratio:
            self.chart.place(self.chart.bands, ratio)
            self._ground = None
        if self._ground is None:
            self._ground = QPixmap(self.size() * ratio)
            self._ground.setDevicePixelRatio(ratio)
            still = QPainter(self._ground)
            try:
                paint_ground(still, self.chart, self.pictures, self.colours, self.fonts, self.empty)
            finally:
                # a pixmap that goes while it is painted on takes the program with it
                still.end()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._ground)
        paint_moving(painter, self.chart, self.colours, self.fonts, self.hasFocus() and self._by_keyboard)

    def _ask_for_pictures(self) -> None:
        chart = self.chart
        if self.slim or not len(chart.frames) or not self.isVisible():
            return
        wanted = missing(
            strip_slots(chart, self.pictures), frozenset(self.pictures.known) - self.pictures.stale, chart.position
        )
        frames = tuple(chart.frame_at(position) for position in wanted)
        if frames and frames != self._asked:
            self._asked = frames
            self.pictures_wanted.emit(frames)

    def forget_pictures(self) -> None:
        self.pictures.forget()
        self._asked = ()

    def renew_pictures(self) -> None:
        """Have them made once more; until then the old ones stay."""
        self.pictures.stale = set(self.pictures.known)
        self._asked = ()
        self._ask_for_pictures()

    def put_picture(self, position: int, picture: NDArray[np.uint8]) -> None:
        """Into the strip, and onto the card if that tells of this position."""
        self.pictures.put(position, picture)
        self.redraw()
        self.hover.refresh()

    # ---------------------------------------------------------------- mouse

    def _seek(self, position: int) -> None:
        frame = self.chart.frame_at(position)
        if position != self.chart.position:
            self.frame_requested.emit(frame)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        hit = self._hit(event.position())
        self._last = event.position()
        self.hover.hide()
        if hit is None:
            return
        if event.button() == Qt.MouseButton.MiddleButton:
            self._drag = "pan"
        elif event.button() == Qt.MouseButton.LeftButton:
            self._press(hit, event.position().x())

    def _press(self, hit: Hit, x: float) -> None:
        if hit.zone == "edge":
            self._drag = "names"
        elif hit.zone == "names":
            self._press_name(hit, x)
        elif hit.zone != "corner":
            self._drag = "scrub"
            if hit.bar is not None and hit.label is not None:
                self.selected.emit(hit.label)
            self._seek(hit.position)

    def _press_name(self, hit: Hit, x: float) -> None:
        if hit.row is None:
            return
        row = self.chart.rows[hit.row]
        indent = 8 if self.chart.wanted.order == "class" else 0
        if row.kind == "class" or (row.kind == "label" and x < SIDE + CHEVRON + indent):
            self._toggle(row)
        else:
            label = self.chart.label_of(row)
            if label is not None:
                self.selected.emit(label)

    def _toggle(self, row: Row) -> None:
        self.chart.toggle(row)
        self.show_moved()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position()
        moved, self._last = point - self._last, point
        chart = self.chart
        if self._drag == "names":
            self.names_dragged.emit(round(point.x()))
        elif self._drag == "pan":
            chart.axis = chart.axis.panned(-moved.x() * chart.ratio)
            chart.scroll_to(chart.scroll - round(moved.y()))
            self.show_moved()
        elif self._drag == "scrub" and len(chart.frames):
            self._scrub(point.x())
        else:
            self._hover(self._hit(point))

    def _scrub(self, x: float) -> None:
        """Beyond the edges the view moves along, the faster the further out."""
        chart = self.chart
        column = chart.column_at(x)
        inside = min(max(column, 0), chart.axis.width - 1)
        if column != inside:
            chart.axis = chart.axis.panned((column - inside) * EDGE_SPEED)
            self.show_moved()
        self._seek(chart.axis.position_at(inside))
        self._hover(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._drag = ""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """On a bar: all of it. On a name: all of the label."""
        hit = self._hit(event.position())
        if hit is None or event.button() != Qt.MouseButton.LeftButton:
            return
        extent = hit.bar if hit.zone == "rows" else None
        if hit.zone == "names" and hit.row is not None and self.chart.rows[hit.row].kind != "class":
            extent = self.chart.extent(self.chart.label_of(self.chart.rows[hit.row]))
        if extent is not None:
            self.zoom_to(extent)
        else:
            self._press(hit, event.position().x())

    def zoom_to(self, extent: tuple[int, int]) -> None:
        self.chart.axis = self.chart.axis.showing(*extent)
        self.show_moved()

    def zoom(self, factor: float) -> None:
        """Around the playhead where it is in view, else around the middle."""
        axis = self.chart.axis
        at = axis.middle(self.chart.position) if axis.shows(self.chart.position) else axis.width / 2
        self.chart.axis = axis.zoomed_at(at, factor)
        self.show_moved()

    def wheelEvent(self, event: QWheelEvent) -> None:
        chart = self.chart
        moved = wheel_pixels(event)
        modifiers, point = event.modifiers(), event.position()
        along = moved.y() or moved.x()
        over_names = point.x() < chart.bands.left and not self.slim
        if modifiers & Qt.KeyboardModifier.ShiftModifier or abs(moved.x()) > abs(moved.y()):
            chart.axis = chart.axis.panned(-(moved.x() or moved.y()) * chart.ratio)
        elif modifiers & Qt.KeyboardModifier.ControlModifier or over_names:
            chart.scroll_to(chart.scroll - round(along))
        else:
            self._zoom_at(point.x(), 2 ** (along / PIXELS_TO_DOUBLE))
        self.show_moved()
        self._hover(self._hit(point))
        event.accept()

    def _zoom_at(self, x: float, factor: float) -> None:
        column = max((x - self.chart.bands.left) * self.chart.ratio, 0)
        self.chart.axis = self.chart.axis.zoomed_at(column, factor)
        self.show_moved()

    # ---------------------------------------------------------------- the pointer

    def _hit(self, point: QPointF) -> Hit | None:
        return self.chart.hit(point.x(), point.y(), slim=self.slim)

    def _hover(self, hit: Hit | None) -> None:
        chart = self.chart
        if (chart.hovered.row if chart.hovered else None) != (hit.row if hit else None):
            self._ground = None
        self.hover.move(hit, self._last)
        self.setCursor(Qt.CursorShape.SplitHCursor if hit and hit.zone == "edge" else Qt.CursorShape.ArrowCursor)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)

    def hideEvent(self, event: QEvent) -> None:
        self.hover.hide()

    # ---------------------------------------------------------------- keys

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and is_own(event):
            event.accept()
            return True
        if (fingers := pinch(event)) is not None:
            self._zoom_at(fingers[0].x(), fingers[1])
            return True
        if event.type() == QEvent.Type.FontChange:
            self.fonts = Fonts(self.font())
            self.redraw()
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._by_keyboard = came_by_key(event)
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not is_own(event) or not len(self.chart.frames):
            super().keyPressEvent(event)
            return
        key = Qt.Key(event.key())
        position = position_after(key, self.chart.position, len(self.chart.frames))
        if position is not None:
            self._seek(position)
        elif key in UP_DOWN:
            self._step_row(UP_DOWN[key])
        elif key in OPEN:
            at = self.chart.row_of(self.chart.selected)
            if at is not None:
                self._toggle(self.chart.rows[at])
        else:
            self.zoom(1 / ZOOM_STEP if key == Qt.Key.Key_Minus else ZOOM_STEP)

    def _step_row(self, step: int) -> None:
        """To the next row that has a label of its own."""
        rows = self.chart.rows
        at = self.chart.row_of(self.chart.selected)
        at = (-1 if step > 0 else len(rows)) if at is None else at
        while 0 <= at + step < len(rows):
            at += step
            if rows[at].kind in ("label", "classification"):
                label = self.chart.label_of(rows[at])
                if label is not None:
                    self.selected.emit(label)
                return

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._ground = None
