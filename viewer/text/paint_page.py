"""Writes a page into a Qt document, word by word with formats of our own, never as HTML."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QPainter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextLength,
    QTextList,
    QTextListFormat,
    QTextTable,
    QTextTableFormat,
)

from viewer.paint.colours import ChartColours
from viewer.text.page_flow import Block, CellBegins, Item, Piece, Rule, TableBegins, TableEnds, Words
from viewer.text.page_map import MapMaker, PageMap
from viewer.text.page_styles import Paragraph, Style

LINE_DISTANCE = 3.0
"""Pixels between the lines of a paragraph."""
INDENT = 28.0
"""Pixels of a step to the right."""
_ALIGNMENTS = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "justify": Qt.AlignmentFlag.AlignJustify,
}
_DIRECTIONS = {
    "ltr": Qt.LayoutDirection.LeftToRight,
    "rtl": Qt.LayoutDirection.RightToLeft,
    "auto": Qt.LayoutDirection.LayoutDirectionAuto,
}
_DISTANCE = QTextBlockFormat.LineHeightTypes.LineDistanceHeight.value
_FIXED = QTextBlockFormat.LineHeightTypes.FixedHeight.value
_BULLETS = (QTextListFormat.Style.ListDisc, QTextListFormat.Style.ListCircle, QTextListFormat.Style.ListSquare)


class PageWriter:
    """Takes the pieces of a page in order."""

    def __init__(self, document: QTextDocument, colours: ChartColours) -> None:
        self._document = document
        self._colours = colours
        self._cursor = QTextCursor(document)
        self._is_fresh = True
        """The paragraph at the cursor is empty and not yet used."""
        self._tables: list[QTextTable] = []
        self._lists: dict[int, QTextList] = {}
        self._formats: dict[Style, QTextCharFormat] = {}
        self._map = MapMaker()
        self._steps: list[int] = []
        self._line = document.defaultFont().pointSizeF() * 1.6
        document.setUndoRedoEnabled(False)
        document.setIndentWidth(INDENT)
        # one edit for all of it: else each table takes as long as all before it
        self._cursor.beginEditBlock()
        self._cursor.setBlockFormat(_filler())

    def write(self, piece: Piece) -> None:
        if isinstance(piece, Words):
            if piece.start is not None:
                self._map.add(piece.text, piece.start, self._cursor.position())
            self._cursor.insertText(piece.text, self._format(piece.style))
        elif isinstance(piece, Block):
            self._begin(self._block_format(piece.style))
            if piece.item is not None:
                self._put_in_list(piece.item)
        elif isinstance(piece, Rule):
            made = QTextBlockFormat()
            made.setProperty(
                QTextFormat.Property.BlockTrailingHorizontalRulerWidth,
                QTextLength(QTextLength.Type.PercentageLength, 100),
            )
            made.setBackground(QColor(self._colours.line))
            self._begin(made)
        elif isinstance(piece, TableBegins):
            self._begin_table(piece)
        elif isinstance(piece, CellBegins):
            cell = self._tables[-1].cellAt(piece.cell.row, piece.cell.column)
            self._go_to(cell.firstCursorPosition().position())
            if len(self._tables) == 1 and piece.cell.is_free:
                self._steps.append(self._cursor.position())
        else:
            assert isinstance(piece, TableEnds)
            self._go_to(self._tables.pop().lastPosition() + 1)

    def done(self) -> tuple[PageMap, list[int]]:
        """Once all pieces were written: where the characters stand, and positions of the document of which each lies
        lower on the page than the one before: paragraphs, and rows of tables."""
        self._cursor.endEditBlock()
        return self._map.made(), self._steps

    def _begin(self, kind: QTextBlockFormat) -> None:
        if self._is_fresh:
            self._cursor.setBlockFormat(kind)
        else:
            self._cursor.insertBlock(kind, QTextCharFormat())
        self._is_fresh = False
        if not self._tables:
            self._steps.append(self._cursor.position())

    def _go_to(self, position: int) -> None:
        """To a paragraph that is there already, and empty."""
        self._cursor.setPosition(position)
        self._cursor.setBlockFormat(_filler())
        self._is_fresh = True

    def _begin_table(self, piece: TableBegins) -> None:
        grid = piece.grid
        kind = QTextTableFormat()
        kind.setCellPadding(5)
        kind.setCellSpacing(0)
        kind.setBorderCollapse(True)
        kind.setBorder(1)
        kind.setBorderStyle(QTextTableFormat.BorderStyle.BorderStyle_Solid)
        kind.setBorderBrush(QColor(self._colours.line))
        is_last = piece.part == len(grid.parts) - 1
        kind.setTopMargin(0 if piece.part else self._line * 0.5)
        kind.setBottomMargin(self._line * 0.5 if is_last else 0)
        if grid.widths:
            percent = QTextLength.Type.PercentageLength
            kind.setWidth(QTextLength(percent, 100))
            kind.setColumnWidthConstraints([QTextLength(percent, 100 * share) for share in grid.widths])
        table = self._cursor.insertTable(grid.parts[piece.part], grid.columns, kind)
        for cell in grid.cells.values():
            if cell.part == piece.part and (cell.rows > 1 or cell.columns > 1):
                table.mergeCells(cell.row, cell.column, cell.rows, cell.columns)
        self._tables.append(table)

    def _put_in_list(self, item: Item) -> None:
        found = self._lists.get(item.list_node)
        if found is not None and item.number is None:
            found.add(self._cursor.block())
            return
        # each number is a list of its own, as pages may skip some
        kind = QTextListFormat()
        kind.setIndent(0)
        if item.number is None:
            kind.setStyle(_BULLETS[(item.level - 1) % len(_BULLETS)])
        else:
            kind.setStyle(QTextListFormat.Style.ListDecimal)
            kind.setStart(item.number)
        self._lists[item.list_node] = self._cursor.createList(kind)

    def _block_format(self, style: Paragraph) -> QTextBlockFormat:
        made = QTextBlockFormat()
        made.setLineHeight(LINE_DISTANCE, _DISTANCE)
        made.setTopMargin(style.above * self._line)
        made.setBottomMargin(style.below * self._line)
        made.setIndent(style.indent)
        made.setHeadingLevel(style.heading)
        made.setLayoutDirection(_DIRECTIONS[style.direction])
        if style.align:
            made.setAlignment(_ALIGNMENTS[style.align])
        return made

    def _format(self, style: Style) -> QTextCharFormat:
        found = self._formats.get(style)
        if found is None:
            found = self._formats[style] = self._made(style)
        return found

    def _made(self, style: Style) -> QTextCharFormat:
        made = QTextCharFormat()
        if style.bold:
            made.setFontWeight(QFont.Weight.DemiBold)
        made.setFontItalic(style.italic)
        made.setFontUnderline(style.underline)
        made.setFontStrikeOut(style.struck)
        if style.fixed:
            made.setFontFamilies([_fixed_family()])
            made.setFontFixedPitch(True)
        if style.size:
            made.setProperty(QTextFormat.Property.FontSizeAdjustment, style.size)
        if style.shift:
            kinds = QTextCharFormat.VerticalAlignment
            made.setVerticalAlignment(kinds.AlignSuperScript if style.shift > 0 else kinds.AlignSubScript)
        if style.box:
            made.setForeground(QColor(self._colours.quiet))
        if style.link:
            made.setAnchorHref(style.link)
        return made


def _filler() -> QTextBlockFormat:
    """Of paragraphs that Qt wants around tables: as low as can be, until words come."""
    made = QTextBlockFormat()
    made.setLineHeight(1, _FIXED)
    return made


@lru_cache(maxsize=1)
def _fixed_family() -> str:
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()


def paint_note(painter: QPainter, view: QRectF, words: str, colours: ChartColours) -> None:
    """A sentence at the lower edge of the view, over what is there."""
    metrics = painter.fontMetrics()
    height = metrics.height() + 12
    area = QRectF(view.left(), view.bottom() - height, view.width(), height)
    painter.fillRect(area, QColor(colours.raised))
    painter.fillRect(QRectF(area.left(), area.top(), area.width(), 1), QColor(colours.line))
    painter.setPen(QColor(colours.quiet))
    room = area.adjusted(12, 0, -12, 0)
    said = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(room.width()))
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, said)
