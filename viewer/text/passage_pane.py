"""A text to read, with its labelled ranges under the words: laid out only where it is looked at."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFontMetricsF,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QMenu, QToolTip

from viewer.paint.colours import ChartColours
from viewer.paint.gestures_pane import notches
from viewer.scene.stretches import Stretches
from viewer.scene.view_state import ViewState
from viewer.text.lines import Lines
from viewer.text.marks import Marks
from viewer.text.paint_leaf import Highlight
from viewer.text.paint_passage import Passage, text_font
from viewer.text.picking_pane import Picking
from viewer.text.searching import Found
from viewer.text.sheet import zoomed
from viewer.text.words import card

WHEEL_ROWS = 3
NEAR = 48.0
"""A range that is shown keeps so far from the edges."""
DRAG_MS = 40


class PassagePane(QAbstractScrollArea):
    """Only the owner selects ranges; what is marked with the mouse to be copied is the pane's own."""

    selected = Signal(object, int)
    """The hash of a label or None, and which of its ranges."""
    seen_changed = Signal(int, int)
    """The first character in view, and the one after the last."""

    def __init__(self, colours: ChartColours) -> None:
        super().__init__()
        self._colours = colours
        self._passage: Passage | None = None
        self._stretches: Stretches | None = None
        self._state = ViewState()
        self._zoom = 1.0
        self._is_settling = False
        """The bar is set to where the view is already."""
        self._picking = Picking(self.viewport(), self.selected.emit)
        self._message = ""
        self._marked = (0, 0)
        """Where marking with the mouse began, and where it is now, as characters of the text."""
        self._pressed: QPointF | None = None
        self._is_marking = False
        self._found = Found()
        self._current = -1
        """Which of the places found."""
        self._wanted: int | None = None
        """A range that is to come into view once there is one."""
        self._dragging = QTimer(self)
        self._dragging.setInterval(DRAG_MS)
        self._dragging.timeout.connect(self._drag_on)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Text")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().valueChanged.connect(self._on_bar)
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)

    # ---------------------------------------------------------------- what is shown

    def set_colours(self, colours: ChartColours) -> None:
        self._colours = colours
        if self._passage is not None:
            self._passage.colours = colours
            self._passage.relay()
        self.viewport().update()

    def show_text(self, lines: Lines | None, message: str = "") -> None:
        """A text from its beginning; None with the reason why there is none."""
        self._message = message
        if lines is not None and self._passage is not None and lines is self._passage.lines:
            return
        if lines is not None and not lines.content:
            lines, self._message = None, "The text is empty"
        self.setAccessibleDescription(self._message)
        self._passage = Passage(lines, self._colours) if lines is not None else None
        self._stretches, self._picking.hovered, self._wanted = None, -1, None
        self._marked, self._found, self._current = (0, 0), Found(), -1
        self._measure()

    def show_stretches(self, stretches: Stretches | None) -> None:
        """Labels of the text, their places in code points; None while they are not known."""
        if stretches is self._stretches or self._passage is None:
            return
        self._stretches, self._picking.hovered = stretches, -1
        length = len(self._passage.lines.content)
        self._passage.marks = Marks(stretches, length, self._state) if stretches is not None else None
        self._passage.relay()
        self._settle_bar()
        self.show_selected()

    def set_state(self, state: ViewState) -> None:
        """Selection, what is hidden, how it looks. Says nothing back."""
        before, self._state = self._state, state
        marks = self.marks
        if marks is not None and self._passage is not None and marks.set_state(state):
            self._passage.relay()
            self._settle_bar()
        if (before.selected, before.stretch) != (state.selected, state.stretch):
            self.show_selected()
        self.viewport().update()

    @property
    def marks(self) -> Marks | None:
        """The ranges as they are drawn."""
        return self._passage.marks if self._passage is not None else None

    @property
    def passage(self) -> Passage | None:
        """What is laid out."""
        return self._passage

    # ---------------------------------------------------------------- scrolling

    def _measure(self) -> None:
        """Fit the text to the view."""
        if self._passage is not None:
            view = self.viewport()
            self._passage.resize(float(view.width()), float(view.height()), text_font(self._zoom))
        self._settle_bar()

    def _settle_bar(self) -> None:
        """The bar follows the view."""
        bar = self.verticalScrollBar()
        self._is_settling = True
        if self._passage is None:
            bar.setRange(0, 0)
        else:
            scroll = self._passage.scroll
            bar.setRange(0, scroll.largest)
            bar.setPageStep(scroll.page)
            bar.setValue(scroll.value)
        self._is_settling = False
        self.viewport().update()
        self._say_seen()

    def seen_offsets(self) -> tuple[int, int]:
        """The part of the text that is in view; nothing of it where there is none."""
        return self._passage.seen_offsets() if self._passage is not None else (0, 0)

    def _say_seen(self) -> None:
        if self._passage is not None:
            self.seen_changed.emit(*self._passage.seen_offsets())

    def _on_bar(self, value: int) -> None:
        if self._passage is not None and not self._is_settling:
            self._passage.scroll.go_to_value(value)
            self.viewport().update()
            self._say_seen()

    def scroll_by(self, pixels: float) -> None:
        if self._passage is not None:
            self._passage.scroll.by(pixels)
            self._settle_bar()

    def reveal(self, offset: int) -> None:
        """Bring a character into view; once there is a view, where there is none yet."""
        if not self.isVisible():
            self._wanted = offset
        elif self._passage is not None:
            self._passage.reveal(offset, min(NEAR, self._passage.scroll.height / 4))
            self._settle_bar()

    def show_from(self, offset: int) -> None:
        """The row with a character comes to the upper edge."""
        if self._passage is not None:
            piece = self._passage.lines.piece_at(offset)
            self._passage.scroll.go_to(piece, self._passage.row_top(piece, offset))
            self._settle_bar()

    def show_selected(self) -> None:
        """Bring the selected range into view."""
        marks = self.marks
        if marks is not None and marks.selected >= 0:
            self.reveal(marks.bounds(marks.selected)[0])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self.reveal(wanted)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._zoom_to(zoomed(self._zoom, notches(event)))
        elif not event.pixelDelta().isNull():
            self.scroll_by(-event.pixelDelta().y())
        else:
            self.scroll_by(-notches(event) * WHEEL_ROWS * self._row_height())
        event.accept()

    # ---------------------------------------------------------------- zoom

    def zoom_in(self) -> None:
        self._zoom_to(zoomed(self._zoom, 1))

    def zoom_out(self) -> None:
        self._zoom_to(zoomed(self._zoom, -1))

    def fit(self) -> None:
        """Letters of their usual size."""
        self._zoom_to(1.0)

    def _zoom_to(self, wanted: float) -> None:
        if wanted != self._zoom:
            self._zoom = wanted
            self._measure()

    def _row_height(self) -> float:
        return QFontMetricsF(text_font(self._zoom)).height()

    # ---------------------------------------------------------------- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(self._colours.ground))
        if self._passage is None:
            self._paint_message(painter)
        else:
            self._passage.paint(painter, self._picking.hovered, self._highlights, marks=not self._state.hide_all)
        painter.end()

    def _paint_message(self, painter: QPainter) -> None:
        painter.setPen(QColor(self._colours.quiet))
        area = QRectF(self.viewport().rect()).adjusted(24, 24, -24, -24)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._message)

    def _highlights(self, at: int) -> list[Highlight]:
        assert self._passage is not None
        lines = self._passage.lines
        start, end = int(lines.starts[at]), int(lines.ends[at])
        made: list[Highlight] = []
        for begin, stop, strength in self._found.grounds_on(start, end, self._current):
            colour = QColor(self._colours.warning)
            colour.setAlphaF(strength)
            made.append(_highlight((begin, stop), start, end, colour))
        first, last = sorted(self._marked)
        if first < end and last > start:
            made.append(_highlight((first, last), start, end, QColor(self._colours.selection)))
        return made

    # ---------------------------------------------------------------- pointer

    def offset_at(self, at: QPointF, *, between: bool = True) -> int:
        """The character of the text under a place of the view, or the nearest gap `between` two."""
        return self._passage.offset_at(at, between=between) if self._passage is not None else 0

    def keys_at(self, at: QPointF) -> list[int]:
        """Ranges under a place of the view: the band that is there, else those of the character, smallest first."""
        return self._passage.keys_at(at) if self._passage is not None and not self._state.hide_all else []

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._passage is None:
            return
        self._pressed = event.position()
        offset = self.offset_at(event.position())
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._marked = (self._marked[0], offset)
            self._is_marking = True
        else:
            self._marked = (offset, offset)
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None:
            moved = (event.position() - self._pressed).manhattanLength()
            if self._is_marking or moved >= QApplication.startDragDistance():
                self._is_marking = True
                self._marked = (self._marked[0], self.offset_at(event.position()))
                is_outside = not self.viewport().rect().contains(event.position().toPoint())
                if is_outside != self._dragging.isActive():
                    self._dragging.start() if is_outside else self._dragging.stop()
                self.viewport().update()
            return
        self._picking.point(self.keys_at(event.position()))

    def _drag_on(self) -> None:
        """The pointer is above or below the view while marking: the text goes on under it."""
        at = self.viewport().mapFromGlobal(self.cursor().pos())
        beyond = at.y() if at.y() < 0 else max(at.y() - self.viewport().height(), 0)
        self.scroll_by(beyond)
        self._marked = (self._marked[0], self.offset_at(QPointF(at)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        was_marking, self._is_marking, self._pressed = self._is_marking, False, None
        self._dragging.stop()
        if not was_marking:
            self._picking.click(self.keys_at(event.position()), self.marks)

    def leaveEvent(self, event: QEvent) -> None:
        self._picking.leave()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self.leaveEvent(event)
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._say_card(QPointF(event.pos()), event.globalPos())
            return True
        return super().viewportEvent(event)

    def _say_card(self, at: QPointF, place: QPoint) -> None:
        keys = self.keys_at(at)
        if not keys or self._stretches is None or self._passage is None or self.marks is None:
            QToolTip.hideText()
            return
        around = [key for key in self.marks.at(self.offset_at(at, between=False)) if key != keys[0]]
        said = card(self._stretches, keys[0], around, self._passage.lines.content, self._state.reading)
        QToolTip.showText(place, said, self.viewport())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        words = self.marked_text()
        menu.addAction("Copy", self.copy).setEnabled(bool(words))
        keys = self.keys_at(QPointF(event.pos()))
        menu.addAction("Copy the labelled words", lambda: self._copy_range(keys[0])).setEnabled(bool(keys))
        menu.addAction("Select all", self.mark_all)
        menu.exec(event.globalPos())

    # ---------------------------------------------------------------- keyboard and copying

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab walks through the ranges; F6 leaves."""
        return self.step(1 if next else -1)

    def step(self, step: int) -> bool:
        """To the next range of the text, or the one before; whether there is one."""
        return self._picking.step(step, self.marks, self.seen_offsets()[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        page = self.viewport().height() * 0.9
        steps = {
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_Space: page,
            Qt.Key.Key_Down: self._row_height(),
            Qt.Key.Key_Up: -self._row_height(),
        }
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.mark_all()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._passage is not None:
            at = 0 if event.key() == Qt.Key.Key_Home else len(self._passage.lines) - 1
            self._passage.scroll.go_to(at, 0.0)
            self._settle_bar()
        elif event.key() in steps:
            self.scroll_by(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def marked_text(self) -> str:
        """The characters of the file that are marked, line endings as they are."""
        first, last = sorted(self._marked)
        return self._passage.lines.content[first:last] if self._passage is not None else ""

    def marked_from(self) -> int:
        """Where searching begins: what is marked, else what is in view."""
        if self._passage is None:
            return 0
        return min(self._marked) if self._marked[0] != self._marked[1] else self._passage.seen_offsets()[0]

    def mark(self, start: int, end: int) -> bool:
        """Mark characters and bring the first of them into view; False where there is no word among them."""
        if self._passage is None or not any(map(str.isalnum, self._passage.lines.content[start:end])):
            return False
        self._marked = (start, end)
        self.reveal(start)
        return True

    def mark_all(self) -> None:
        if self._passage is not None:
            self._marked = (0, len(self._passage.lines.content))
            self.viewport().update()

    def copy(self) -> None:
        words = self.marked_text()
        if words:
            QGuiApplication.clipboard().setText(words)

    def _copy_range(self, key: int) -> None:
        assert self.marks is not None and self._passage is not None
        start, end = self.marks.bounds(key)
        QGuiApplication.clipboard().setText(self._passage.lines.content[start:end])

    # ---------------------------------------------------------------- searching

    def show_found(self, found: Found, current: int) -> None:
        """Places of words that were searched, and which of them is looked at; -1 for none."""
        self._found, self._current = found, current
        if 0 <= current < len(found.starts):
            self.reveal(found.starts[current])
        self.viewport().update()


def _highlight(span: tuple[int, int], start: int, end: int, colour: QColor) -> Highlight:
    return Highlight((max(span[0], start) - start, min(span[1], end) - start), colour.name(QColor.NameFormat.HexArgb))
