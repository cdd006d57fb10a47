"""A page as far as Qt can lay it out, with its labelled ranges under the words. Nothing of it is run, loaded or opened."""

from __future__ import annotations

import time
from collections.abc import Iterator
from html import escape
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QShowEvent,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QTextEdit, QToolTip

from viewer.media.html_page import Page
from viewer.paint.colours import ChartColours
from viewer.paint.gestures_pane import notches
from viewer.scene.stretches import Stretches
from viewer.scene.view_state import ViewState
from viewer.scene.words import shown
from viewer.text.marks import Marks
from viewer.text.page_flow import Piece, flow_of
from viewer.text.paint_marks import MarkStyle
from viewer.text.paint_page import PageWriter, paint_note
from viewer.text.paint_page_marks import PageMarks
from viewer.text.paint_passage import text_font
from viewer.text.picking_pane import Picking
from viewer.text.searching import Found
from viewer.text.sheet import SIDE, WIDEST, zoomed
from viewer.text.words import card

SLICE = 0.012
"""Seconds that are written at once, so that the window stays alive."""
MARGIN = 16.0
"""Pixels above the first line and below the last."""
NEAR = 48.0
"""A range that is shown keeps so far from the edges."""


class PagePane(QTextEdit):
    """Only the owner selects ranges; what is marked with the mouse to be copied is the pane's own."""

    selected = Signal(object, int)
    """The hash of a label or None, and which of its ranges."""
    seen_changed = Signal(int, int)
    """The first character of the content in view, and the one after the last."""

    def __init__(self, colours: ChartColours) -> None:
        super().__init__()
        self._colours = colours
        self._page: Page | None = None
        self._stretches: Stretches | None = None
        self._state = ViewState()
        self._shown: PageMarks | None = None
        """None while the page is written."""
        self._pieces: Iterator[Piece] = iter(())
        self._writer: PageWriter | None = None
        self._found, self._current = Found(), -1
        """Places of words that were searched, and which of them is looked at."""
        self._zoom = 1.0
        self._picking = Picking(self.viewport(), self.selected.emit)
        self._pressed: QPointF | None = None
        self._wanted: tuple[int, int] | None = None
        """A range that is to come into view once there is one."""
        self._writing = QTimer(self)
        self._writing.setInterval(0)
        self._writing.timeout.connect(self._write_on)
        self.setReadOnly(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setAcceptDrops(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("Page")
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().valueChanged.connect(self._say_seen)
        self.set_colours(colours)

    # ---------------------------------------------------------------- what is shown

    def set_colours(self, colours: ChartColours) -> None:
        changed, self._colours = colours != self._colours, colours
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, QColor(colours.ground))
        palette.setColor(QPalette.ColorRole.Text, QColor(colours.text))
        self.setPalette(palette)
        if changed and self._page is not None:
            self._begin(self._page)

    def show_page(self, page: Page | None) -> None:
        """A page from its beginning."""
        if page is self._page:
            return
        self._page, self._stretches, self._picking.hovered, self._wanted = page, None, -1, None
        self._found, self._current = Found(), -1
        if page is None:
            self._writing.stop()
            self._shown, self._writer = None, None
            self.setDocument(QTextDocument(self))
        else:
            self._begin(page)

    def show_stretches(self, stretches: Stretches | None) -> None:
        """Labels of the page, their places in code points of its content; None while they are not known."""
        if stretches is not self._stretches:
            self._stretches, self._picking.hovered = stretches, -1
            self._mark()
            self.show_selected()

    def set_state(self, state: ViewState) -> None:
        """Selection, what is hidden, how it looks. Says nothing back."""
        before, self._state = self._state, state
        marks = self.marks
        if marks is not None and self._shown is not None and marks.set_state(state):
            self._shown.show(marks, state.look.captions != "none")
        if (before.selected, before.stretch) != (state.selected, state.stretch):
            self.show_selected()
        self.viewport().update()

    @property
    def marks(self) -> Marks | None:
        """The ranges as they are drawn."""
        return self._shown.marks if self._shown is not None else None

    @property
    def is_settled(self) -> bool:
        """Whether all of the page is there."""
        return not self._writing.isActive()

    def extent_of(self, start: int, end: int) -> QRectF | None:
        """Of the lines with a range of the content, in pixels of the view; None where nothing of it is shown."""
        area = self._shown.area_of(start, end) if self._shown is not None else None
        return area.translated(-self._scrolled()) if area is not None else None

    def loadResource(self, type: int, name: QUrl | str) -> Any:
        """Nothing, whatever a page may ask for."""
        return None

    # ---------------------------------------------------------------- writing

    def _begin(self, page: Page) -> None:
        document = QTextDocument()
        document.setDefaultFont(text_font(self._zoom))
        self._shown = None
        self._document = document
        self._writer = PageWriter(document, self._colours)
        self._pieces = flow_of(page.tree)
        self._writing.start()
        self._write_on()

    def _write_on(self) -> None:
        """Some more of the page; all of it is laid out when it is written."""
        writer, until = self._writer, time.perf_counter() + SLICE
        if writer is None:
            return
        for piece in self._pieces:
            writer.write(piece)
            if time.perf_counter() > until:
                return
        self._writing.stop()
        self._writer = None
        self._document.setParent(self)
        self.setDocument(self._document)
        self._shown = PageMarks(self._document, *writer.done())
        self._document.documentLayout().update.connect(self._forget)
        self._fit_column()
        self._mark()
        self.show_selected()

    def _mark(self) -> None:
        if self._shown is None or self._page is None:
            return
        stretches = self._stretches
        marks = Marks(stretches, len(self._page.content), self._state) if stretches is not None else None
        self._shown.show(marks, self._state.look.captions != "none")
        self.viewport().update()

    def _forget(self) -> None:
        if self._shown is not None:
            self._shown.forget()

    def _fit_column(self) -> None:
        """The page stands in the middle of a wide view."""
        room = self.viewport().width()
        column = min(room - 2 * SIDE, WIDEST * self.fontMetrics().averageCharWidth() * self._zoom)
        side = max((room - column) / 2, SIDE / 2)
        frame = self.document().rootFrame()
        kind = QTextFrameFormat(frame.frameFormat().toFrameFormat())
        if kind.leftMargin() != side:
            kind.setMargin(0)
            kind.setLeftMargin(side)
            kind.setRightMargin(side)
            kind.setTopMargin(MARGIN)
            kind.setBottomMargin(MARGIN)
            frame.setFrameFormat(kind)
        self._forget()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._shown is not None:
            self._fit_column()
        self._say_seen()

    def sizeHint(self) -> QSize:
        return QSize(640, 480)

    # ---------------------------------------------------------------- scrolling and zoom

    def _scrolled(self) -> QPointF:
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def show_from(self, offset: int) -> None:
        """The line with a character, or with the next one that is shown, comes to the upper edge."""
        area = self._shown.area_near(offset) if self._shown is not None else None
        if area is not None:
            self.verticalScrollBar().setValue(round(area.top() - MARGIN))

    def reveal(self, start: int, end: int | None = None) -> None:
        """Bring a range of the content, or the character at `start`, into view; once there is a view, where there is
        none yet."""
        end = start + 1 if end is None else end
        if not self.isVisible() or self._shown is None:
            self._wanted = (start, end)
            return
        self._wanted = None
        area = self.extent_of(start, end)
        if area is None:
            return
        bar, height = self.verticalScrollBar(), self.viewport().height()
        near = min(NEAR, height / 4)
        if not -height / 2 < area.top() < 1.5 * height:
            bar.setValue(round(bar.value() + area.top() - height / 2.5))
        elif area.top() < near:
            bar.setValue(round(bar.value() + area.top() - near))
        elif area.bottom() > height - near:
            bar.setValue(round(bar.value() + min(area.bottom() - height + near, area.top() - near)))

    def show_selected(self) -> None:
        """Bring the selected range into view."""
        marks = self.marks
        if marks is not None and marks.selected >= 0:
            self.reveal(*marks.bounds(marks.selected))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._wanted is not None:
            self.reveal(*self._wanted)

    def seen_offsets(self) -> tuple[int, int]:
        """The first character of the content in view, and the one after the last."""
        blocks = self._blocks_in_view()
        if self._shown is None or not blocks:
            return 0, 0
        offsets = self._shown.map.offsets
        first, last = self._shown.map.within(blocks[0].position(), blocks[-1].position() + blocks[-1].length())
        return (int(offsets[first]), int(offsets[last - 1]) + 1) if first < last else (0, 0)

    def _say_seen(self) -> None:
        if self._shown is not None:
            self.seen_changed.emit(*self.seen_offsets())

    def scroll_by(self, pixels: float) -> None:
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + round(pixels))

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
            self.document().setDefaultFont(text_font(wanted))
            if self._shown is not None:
                self._fit_column()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._zoom_to(zoomed(self._zoom, notches(event)))
            event.accept()
        else:
            super().wheelEvent(event)

    # ---------------------------------------------------------------- searching

    def marked_from(self) -> int:
        """Where searching begins: what is marked, else what is in view."""
        cursor = self.textCursor()
        marked = self._shown.map.offset_at(cursor.selectionStart()) if self._shown and cursor.hasSelection() else None
        return self.seen_offsets()[0] if marked is None else marked

    def mark(self, start: int, end: int) -> bool:
        """Mark a range of the content and bring its beginning into view; False where no word of it is shown."""
        if self._shown is None or self._page is None:
            return False
        first, last = self._shown.map.shown(start, end)
        offsets, content = self._shown.map.offsets, self._page.content
        if not any(content[offset].isalnum() for offset in map(int, offsets[first:last])):
            return False
        begin, stop = self._shown.map.positions_of(first, last)
        cursor = self.textCursor()
        # the cursor is brought into view, so it is at the beginning
        cursor.setPosition(stop)
        cursor.setPosition(begin, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.reveal(int(offsets[first]))
        return True

    def show_found(self, found: Found, current: int) -> None:
        """Places of words that were searched, and which of them is looked at; -1 for none."""
        self._found, self._current = found, current
        if 0 <= current < len(found.starts):
            self.reveal(found.starts[current], found.starts[current] + found.length)
        self.viewport().update()

    def _highlights(self) -> list[tuple[int, int, QColor]]:
        """Stretches of the content in view that were searched, each with its ground."""
        made: list[tuple[int, int, QColor]] = []
        for start, end, strength in self._found.grounds_on(*self.seen_offsets(), self._current):
            colour = QColor(self._colours.warning)
            colour.setAlphaF(strength)
            made.append((start, end, colour))
        return made

    # ---------------------------------------------------------------- painting

    def _blocks_in_view(self) -> list[QTextBlock]:
        """Blocks of which something may be in view, in order."""
        top = self._scrolled().y()
        return self._shown.blocks_between(top, top + self.viewport().height()) if self._shown is not None else []

    def paintEvent(self, event: QPaintEvent) -> None:
        shown = self._shown
        if shown is None:
            super().paintEvent(event)
            return
        marks = None if self._state.hide_all else shown.marks
        blocks = self._blocks_in_view() if marks is not None else []
        style = MarkStyle(self._colours)
        if marks is not None:
            style = MarkStyle(self._colours, marks.selected, self._picking.hovered, marks.related)
        painter = QPainter(self.viewport())
        painter.translate(-self._scrolled())
        shown.paint_grounds(painter, blocks, style)
        for start, end, colour in self._highlights():
            for area in shown.areas_of(start, end):
                painter.fillRect(area, colour)
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.translate(-self._scrolled())
        shown.paint_bands(painter, blocks, style)
        painter.end()
        self._paint_words()

    def _paint_words(self) -> None:
        """What cannot be seen on the page is said at its lower edge."""
        words = self.hidden_words()
        if not words:
            return
        painter = QPainter(self.viewport())
        paint_note(painter, QRectF(self.viewport().rect()), words, self._colours)
        painter.end()

    def hidden_words(self) -> str:
        """Why the selected range cannot be seen; empty where it can, and while nothing is selected."""
        marks, page = self.marks, self._page
        if marks is None or page is None or marks.selected < 0 or self._shown is None:
            return ""
        start, end = marks.bounds(marks.selected)
        first, last = self._shown.map.shown(start, end)
        if first < last or start == end:
            return ""
        held = f": “{shown(page.content[start:end].strip(), most=80)}”" if page.content[start:end].strip() else ""
        return f"{shown(marks.stretches.label_of(marks.selected).title)} lies in a part that is not visible on the page{held}"

    # ---------------------------------------------------------------- pointer

    def keys_at(self, at: QPointF) -> list[int]:
        """Ranges under a place of the view: the band that is there, else those of the character, smallest first."""
        shown, place = self._shown, at + self._scrolled()
        if shown is None or shown.marks is None or self._state.hide_all:
            return []
        position = self.document().documentLayout().hitTest(place, Qt.HitTestAccuracy.FuzzyHit)
        if position < 0:
            return []
        block = self.document().findBlock(position)
        inside, leaf = place - shown.origin(block), shown.leaf(block)
        if not leaf.rows:
            return []
        key = leaf.key_at(inside.x(), inside.y())
        if key is not None:
            return [key]
        if not leaf.is_on_text(inside.x(), inside.y()):
            return []
        offset = shown.map.offset_at(block.position() + leaf.place_at(inside.x(), inside.y(), between=False))
        return shown.marks.at(offset) if offset is not None else []

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._pressed = event.position() if event.button() == Qt.MouseButton.LeftButton else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if not event.buttons():
            self._picking.point(self.keys_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, None
        if pressed is not None and (event.position() - pressed).manhattanLength() < QApplication.startDragDistance():
            self._picking.click(self.keys_at(event.position()), self.marks)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._picking.leave()
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.card_at(event.pos()), self.viewport())
            return True
        return super().viewportEvent(event)

    def card_at(self, at: QPoint) -> str:
        """What is told of a place of the view, as rich text in which nothing foreign is interpreted."""
        keys, link = self.keys_at(QPointF(at)), self.anchorAt(at)
        made = ""
        if keys and self._stretches is not None and self._page is not None and self.marks is not None:
            around = [key for key in self.marks.at(self.marks.bounds(keys[0])[0]) if key != keys[0]]
            made = card(self._stretches, keys[0], around, self._page.content, None)
        if link:
            made += f"<p style='margin:0'>leads to {escape(shown(link, most=200))}; not opened</p>"
        return made

    # ---------------------------------------------------------------- keyboard

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab walks through the ranges; F6 leaves."""
        return self.step(1 if next else -1)

    def step(self, step: int) -> bool:
        """To the next range of the page, or the one before; whether there is one."""
        return self._picking.step(step, self.marks, self.seen_offsets()[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Tab)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.selectAll()
        else:
            super().keyPressEvent(event)
