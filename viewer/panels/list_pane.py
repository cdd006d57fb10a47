"""The list that every panel is made of: virtual, painted, driven by mouse and keyboard alike."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from viewer.panels.line import Line
from viewer.panels.paint_layout import lay_out
from viewer.panels.paint_line import LinePainter
from viewer.panels.paint_model import Index, LinesModel, MakeLine
from viewer.panels.paint_style import Style
from viewer.scene.words import tip


class LineDelegate(QStyledItemDelegate):
    """Hands lines to the painter."""

    def __init__(self, view: LineList) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = self._view
        current = index.row() == view.current_row()
        shown = current and (not view.calm or view.hasFocus())
        view.painter.paint(
            painter,
            option.rect,
            view.line(index.row()),
            selected=shown,
            hovered=bool(option.state & QStyle.StateFlag.State_MouseOver),
            focused=current and view.hasFocus() and view.by_keyboard,
        )

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._view.viewport().width()
        return QSize(width, self._view.painter.height(self._view.line(index.row()), width))


class LineList(QListView):
    """A list of lines."""

    chosen = Signal(int)
    """A line was made the current one by mouse or keyboard."""
    chosen_again = Signal(int)
    """The current line was clicked."""
    opened = Signal(int, bool)
    """A line shall unfold, or fold."""
    cell_clicked = Signal(int, str)
    entered_line = Signal(int)
    """Enter on the current line."""
    menu_asked = Signal(int, QPoint)
    """The context menu of a line, at a position on the screen."""

    def __init__(
        self, style: Style, name: str, *, calm: bool = False, uniform: bool = True, walks_heads: bool = True
    ) -> None:
        """`name` for screen readers; `calm`: the current line shows only with the keyboard focus; `uniform`: one height.

        `walks_heads`: Up and Down stop at unfolded heads too; Left goes to them in any case.
        """
        super().__init__()
        self.calm = calm
        self.copy_text: Callable[[int], str] | None = None
        """What copying a line gives, where the lines do not say it themselves."""
        self._walks_heads = walks_heads
        self.by_keyboard = False
        self._style = style
        self._painter: LinePainter | None = None
        self._empty = ""
        self._telling = True
        self._pressed: tuple[int, str] | None = None
        self._lines = LinesModel(self, uniform)
        self.setModel(self._lines)
        self.setItemDelegate(LineDelegate(self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(uniform)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    @property
    def painter(self) -> LinePainter:
        if self._painter is None:
            self._painter = LinePainter(self.font(), self.palette(), self._style.colours, self._style.icons)
        return self._painter

    def restyle(self) -> None:
        """Fonts, palette or colours are others now."""
        self._painter = None
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def show_lines(self, count: int, make: MakeLine, empty: str = "") -> None:
        """`empty` is said in words where there are none."""
        self._empty = empty
        keep = self.verticalScrollBar().value()
        self._telling = False
        self._lines.show(count, make)
        self._telling = True
        if keep and self.isVisible():
            # the bar has no range before the new lines are laid out
            self.executeDelayedItemsLayout()
            self.verticalScrollBar().setValue(keep)
        self.viewport().update()

    def refresh(self, row: int | None = None) -> None:
        self._lines.refresh(row)
        self.viewport().update()

    def line(self, row: int) -> Line:
        return self._lines.line(row)

    @property
    def count(self) -> int:
        return self._lines.rowCount()

    def current_row(self) -> int | None:
        index = self.currentIndex()
        return index.row() if index.isValid() else None

    def set_current_row(self, row: int | None) -> None:
        """Makes a line the current one without `chosen`, and brings it into view."""
        self._telling = False
        index = self._lines.index(row) if row is not None else QModelIndex()
        if index != self.currentIndex():
            self.setCurrentIndex(index)
        if index.isValid():
            self.scrollTo(index)
        self._telling = True

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        if self._telling and current.isValid():
            self.chosen.emit(current.row())

    def cell_at(self, position: QPoint) -> tuple[int, str]:
        """The line and the clickable cell under a position of the viewport: 'fold' for the chevron, '' for none."""
        index = self.indexAt(position)
        if not index.isValid():
            return -1, ""
        line = self.line(index.row())
        made = lay_out(line, self.visualRect(index), self.painter.fonts)
        if line.open is not None and made.chevron.contains(position):
            return index.row(), "fold"
        found = (cell.id for cell, rect in made.cells if cell.id and rect.adjusted(-2, 0, 2, 0).contains(position))
        return index.row(), next(found, "")

    def rect_of_cell(self, row: int, cell: str) -> QRect:
        """Where a cell is in the viewport; empty where it has no room."""
        made = lay_out(self.line(row), self.visualRect(self._lines.index(row)), self.painter.fonts)
        return next((rect for known, rect in made.cells if known.id == cell), QRect())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.by_keyboard = False
        row, cell = self.cell_at(event.position().toPoint())
        is_left, current = event.button() == Qt.MouseButton.LeftButton, self.current_row()
        self._pressed = (row, cell) if cell and is_left else None
        if self._pressed is None:
            super().mousePressEvent(event)
            if is_left and row == current:
                self.chosen_again.emit(row)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            super().mouseReleaseEvent(event)
        elif self.cell_at(event.position().toPoint()) == pressed:
            self._press_cell(*pressed)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row, cell = self.cell_at(event.position().toPoint())
        if cell:
            self._pressed = (row, cell)
        else:
            super().mouseDoubleClickEvent(event)

    def _press_cell(self, row: int, cell: str) -> None:
        if cell == "fold":
            self.opened.emit(row, not self.line(row).open)
        else:
            self.cell_clicked.emit(row, cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.by_keyboard = True
        row = self.current_row()
        key = event.key()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_current()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row is not None:
            self.entered_line.emit(row)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and row is not None and self._fold(row, key):
            event.accept()
        elif key == Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _fold(self, row: int, key: int) -> bool:
        """Left folds, or goes to what a line stands under; Right unfolds."""
        line = self.line(row)
        if line.open is not None and line.open != (key == Qt.Key.Key_Right):
            self.opened.emit(row, not line.open)
            return True
        if key == Qt.Key.Key_Left and line.level:
            above = next((at for at in range(row - 1, -1, -1) if self.line(at).level < line.level), None)
            if above is not None:
                self.setCurrentIndex(self._lines.index(above))
                return True
        return False

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        step = {QAbstractItemView.CursorAction.MoveUp: -1, QAbstractItemView.CursorAction.MoveDown: 1}.get(action, 0)
        index = self.currentIndex()
        if self._walks_heads or not step or not index.isValid():
            return super().moveCursor(action, modifiers)
        row = index.row() + step
        while 0 <= row < self.count and self.line(row).open:
            row += step
        return self._lines.index(row) if 0 <= row < self.count else index

    def copy_current(self) -> None:
        """The current line to the clipboard."""
        row = self.current_row()
        if row is not None:
            line = self.line(row)
            said = self.copy_text(row) if self.copy_text else line.copy or line.text
            QGuiApplication.clipboard().setText(said)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        row = index.row() if event.reason() == QContextMenuEvent.Reason.Mouse else self.current_row()
        if row is not None and row >= 0:
            self.menu_asked.emit(row, event.globalPos())

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            row, cell = self.cell_at(event.pos())
            title = next((c.title for c in self.line(row).cells if c.id == cell and c.title), "") if cell else ""
            if title:
                QToolTip.showText(event.globalPos(), tip(title), self.viewport())
                return True
        return super().viewportEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        had_current = self.currentIndex().isValid()
        self._telling = False
        super().focusInEvent(event)
        if not had_current:
            # Qt picks the first line; a line is only ever picked by the reviewer
            self.setCurrentIndex(QModelIndex())
        self._telling = True
        self.by_keyboard = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width() and not self.uniformItemSizes():
            self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._painter = None

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.count and self._empty:
            painter = QPainter(self.viewport())
            painter.setFont(self.painter.fonts.plain.font)
            painter.setPen(self._style.quiet)
            room = self.viewport().rect().adjusted(16, 12, -16, -12)
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            painter.drawText(room, flags, self._empty)
