"""The custom-painted part of a sound; mouse and wheel."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from viewer.paint.colours import ChartColours
from viewer.paint.gestures_pane import came_by_key, pinch, wheel_pixels
from viewer.paint.paint_text import Fonts
from viewer.scene.words import tip
from viewer.sound.chart import Hit, SoundChart
from viewer.sound.detail import Spectrum
from viewer.sound.inks import Inks, inks_of, key_of
from viewer.sound.paint_sound import paint_moving, paint_still
from viewer.sound.paint_wave import Strip
from viewer.sound.words import hover_words

PIXELS_TO_DOUBLE = 150
"""Of wheel, until twice as much is seen; a notch is 60 pixels."""
EDGE_SPEED = 0.25
DRAG_FROM = 4
"""Pixels that the pointer moves before a press on the waveform marks a part instead of seeking."""
MOST_GAIN = 256.0


class ViewPane(QWidget):
    """Paints a `SoundChart` and turns what hands do into requests."""

    position_requested = Signal(int)
    selected = Signal(object, int)
    part_marked = Signal(object)
    """Two samples between which the pointer was dragged; None when that is taken back."""
    names_dragged = Signal(int)
    media_dragged = Signal(int)
    """A new width of the names, a new height of the sound."""
    media_reset = Signal()
    moved = Signal()
    """Another part is in view."""
    rested = Signal()
    """The view has stood still for a moment."""

    def __init__(self, parent: QWidget, colours: ChartColours) -> None:
        super().__init__(parent)
        self.chart = SoundChart()
        self.colours = colours
        self.fonts = Fonts(self.font())
        self.strips: list[Strip] = []
        self.spectrum: Spectrum | None = None
        self.message = ""
        self._inks: tuple[object, Inks] | None = None
        self._ground: QPixmap | None = None
        self._by_keyboard = False
        self._drag = ""
        self._pressed, self._last = QPointF(), QPointF()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(30)
        self._rest.timeout.connect(self.rested)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName("Sound")

    # ---------------------------------------------------------------- painting

    def redraw(self) -> None:
        """Something else than the cursor changed."""
        self._ground = None
        self.update()

    def show_moved(self) -> None:
        """Another part of the sound or of the rows is in view."""
        self.redraw()
        self._rest.start()
        self.moved.emit()

    @property
    def rests(self) -> bool:
        return not self._rest.isActive()

    def inks(self) -> Inks:
        """Colours of the labels as they look now."""
        rows = self.chart.rows
        key = (id(rows), key_of(self.chart.state, self.colours))
        if self._inks is None or self._inks[0] != key:
            assert rows is not None
            self._inks = key, inks_of(rows.stretches, self.chart.state, self.colours)
        return self._inks[1]

    def paintEvent(self, event: QPaintEvent) -> None:
        chart, ratio = self.chart, self.devicePixelRatioF()
        if ratio != chart.ratio:
            chart.place(chart.bands, ratio)
            self.show_moved()
        if self._ground is None:
            self._ground = QPixmap(self.size() * ratio)
            self._ground.setDevicePixelRatio(ratio)
            still = QPainter(self._ground)
            try:
                inks = self.inks() if chart.rows is not None else None
                paint_still(still, chart, self.strips, self.spectrum, inks, self.colours, self.fonts, self.message)
            finally:
                # a pixmap that goes while it is painted on takes the program with it
                still.end()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._ground)
        focused = self.hasFocus() and self._by_keyboard
        paint_moving(painter, chart, self.strips, self.colours, self.fonts, focused=focused)

    # ---------------------------------------------------------------- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position()
        self._pressed = self._last = point
        QToolTip.hideText()
        hit = self.chart.hit(point.x(), point.y())
        if event.button() == Qt.MouseButton.MiddleButton:
            self._drag = "pan"
        elif event.button() == Qt.MouseButton.LeftButton:
            self._press(hit)

    def _press(self, hit: Hit) -> None:
        if hit.zone in ("edge", "split"):
            self._drag = hit.zone
        elif hit.zone == "names":
            self._select_name(hit)
        elif hit.zone == "rows" and hit.at is not None:
            self._select(hit.at)
        elif hit.zone != "corner":
            self._drag = "press" if hit.zone == "media" else "scrub"
            if self.chart.loop is not None or hit.zone == "media":
                self.part_marked.emit(None)
            self.position_requested.emit(round(hit.sample))

    def _select(self, at: int) -> None:
        rows = self.chart.rows
        assert rows is not None
        self.selected.emit(rows.stretches.label_of(at).object_hash, int(rows.stretches.places[at]))

    def _select_name(self, hit: Hit) -> None:
        """The row's range nearest to the cursor; of one without any the label itself."""
        chart, row = self.chart, self.chart.row_at(hit.lane)
        if chart.rows is None or row is None:
            return
        stretches, lanes = chart.rows.stretches, chart.rows.lanes
        here = chart.axis.milliseconds(chart.state.position)
        own = ((lanes >= row.first_lane) & (lanes < row.first_lane + row.lanes)).nonzero()[0]
        if row.count and len(own):
            ahead = own[stretches.ends[own] >= here]
            self._select(int(ahead[0] if len(ahead) else own[-1]))
        else:
            self.selected.emit(stretches.labels[row.label].object_hash, 0)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position()
        moved, self._last = point - self._last, point
        chart = self.chart
        if self._drag == "edge":
            self.names_dragged.emit(round(point.x()))
        elif self._drag == "split":
            self.media_dragged.emit(round(point.y()) - chart.bands.media_top)
        elif self._drag == "pan":
            chart.axis = chart.axis.panned(-moved.x() * chart.ratio)
            chart.scroll_to(chart.scroll - round(moved.y()))
            self.show_moved()
        elif self._drag == "scrub":
            self.position_requested.emit(round(self._sample_beside(point.x())))
        elif self._drag in ("press", "mark"):
            self._mark(point.x())
        else:
            self._hover(event)

    def _sample_beside(self, x: float) -> float:
        """Beyond the edges the view moves along, the faster the further out."""
        chart = self.chart
        column = chart.column_at(x)
        inside = min(max(column, 0), chart.axis.width)
        if column != inside:
            chart.axis = chart.axis.panned((column - inside) * EDGE_SPEED)
            self.show_moved()
        return min(max(chart.axis.sample_at(inside), 0.0), chart.axis.count)

    def _mark(self, x: float) -> None:
        if self._drag == "press" and abs(x - self._pressed.x()) < DRAG_FROM:
            return
        self._drag = "mark"
        ends = sorted((round(self.chart.sample_at(self._pressed.x())), round(self._sample_beside(x))))
        if ends[0] < ends[1]:
            self.part_marked.emit((ends[0], ends[1]))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._drag = ""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """On a bar: all of it. On the edge below the sound: its usual height."""
        hit = self.chart.hit(event.position().x(), event.position().y())
        if hit.zone == "split":
            self.media_reset.emit()
        elif hit.at is not None:
            self.zoom_to(hit.at)
        else:
            self.mousePressEvent(event)

    def zoom_to(self, at: int) -> None:
        """A range, as large as goes."""
        self.chart.axis = self.chart.axis.showing(*self.chart.samples_of(at))
        self.chart.reveal(at)
        self.show_moved()

    def zoom(self, factor: float) -> None:
        """Around the cursor where it is in view, else around the middle."""
        axis, position = self.chart.axis, self.chart.state.position
        at = axis.x_of(position) if axis.shows(position) else axis.width / 2
        self.chart.axis = axis.zoomed_at(at, factor)
        self.show_moved()

    def wheelEvent(self, event: QWheelEvent) -> None:
        chart, point = self.chart, event.position()
        moved = wheel_pixels(event)
        modifiers = event.modifiers()
        along = moved.y() or moved.x()
        hit = chart.hit(point.x(), point.y())
        if modifiers & Qt.KeyboardModifier.ShiftModifier or abs(moved.x()) > abs(moved.y()):
            chart.axis = chart.axis.panned(-(moved.x() or moved.y()) * chart.ratio)
        elif modifiers & Qt.KeyboardModifier.ControlModifier and hit.zone == "media":
            chart.gain = min(max(chart.gain * 2 ** (along / PIXELS_TO_DOUBLE), 1.0), MOST_GAIN)
        elif modifiers & Qt.KeyboardModifier.ControlModifier or hit.zone in ("names", "edge"):
            chart.scroll_to(chart.scroll - round(along))
        else:
            self._zoom_at(point.x(), 2 ** (along / PIXELS_TO_DOUBLE))
        self.show_moved()
        event.accept()

    def _zoom_at(self, x: float, factor: float) -> None:
        self.chart.axis = self.chart.axis.zoomed_at(max(self.chart.column_at(x), 0), factor)
        self.show_moved()

    # ---------------------------------------------------------------- the pointer

    def _hover(self, event: QMouseEvent) -> None:
        point = event.position()
        hit = self.chart.hit(point.x(), point.y())
        before = self.chart.hovered
        self.chart.hovered = hit
        if (before.lane if before else None) != hit.lane:
            self._ground = None
        shapes = {"edge": Qt.CursorShape.SplitHCursor, "split": Qt.CursorShape.SplitVCursor}
        self.setCursor(shapes.get(hit.zone, Qt.CursorShape.ArrowCursor))
        words = [] if hit.zone in ("media", "ruler") else hover_words(self.chart, hit)
        if words:
            QToolTip.showText(event.globalPosition().toPoint(), tip("\n".join(words)), self)
        else:
            QToolTip.hideText()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.chart.hovered = None
        self.redraw()

    def event(self, event: QEvent) -> bool:
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._ground = None
