"""Leaves: pieces of a text laid out at a width, with their ranges under each row, and how they are painted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from viewer.text.fragments import Fragment, lane_tops, stacked
from viewer.text.marks import Mark
from viewer.text.paint_marks import MarkStyle, caption_width, marks_height, paint_grounds, paint_marks
from viewer.text.signs import PICTURES, Signs, signs_of

LEADING = 0.3
"""Of a row's height, left free between rows."""
TO_MARKS = 4.0
"""Pixels from a row to its first lane."""
LINE_END = 6.0
"""Pixels that a range goes on beyond the last letter where it holds the end of the line."""
TAB = 8
"""Spaces."""
MOST = 300
"""Ranges drawn on one row; no screen is so high that more could be told apart."""

Span = tuple[int, int]
"""Code points of a piece, the second exclusive."""


@dataclass(slots=True)
class Row:
    """A visible line of a piece."""

    line: QTextLine
    first: int
    """UTF-16 units of the piece that it holds, `end` exclusive."""
    end: int
    top: float
    """Pixels from the top of the leaf."""
    text_height: float
    height: float
    """With its ranges and the leading."""
    fragments: list[Fragment]
    beyond: int = 0
    """How many more ranges are on it, which are not drawn."""

    @property
    def marks_top(self) -> float:
        return self.top + self.text_height + TO_MARKS


@dataclass(slots=True)
class Leaf:
    """A piece laid out. Places are pixels from its upper left corner."""

    signs: Signs
    layout: QTextLayout
    """Rows are parts of it."""
    is_mixed: bool
    """Some of it may run from right to left."""
    rows: list[Row]
    height: float

    def runs(self, row: Row, span: Span) -> list[tuple[float, float]]:
        """Where a span of code points stands on a row: from left to right, several where the direction changes."""
        first, end = self.signs.unit_of(span[0]), self.signs.unit_of(span[1])
        return runs_of(self.layout, row.line, self.is_mixed, max(first, row.first), min(end, row.end))

    def row_at(self, y: float) -> Row:
        return next((row for row in self.rows if y < row.top + row.height), self.rows[-1])

    def place_at(self, x: float, y: float, *, between: bool) -> int:
        """The code point under a place, or the gap `between` two that is nearest."""
        row = self.row_at(y)
        kind = (
            QTextLine.CursorPosition.CursorBetweenCharacters if between else QTextLine.CursorPosition.CursorOnCharacter
        )
        unit = row.line.xToCursor(x, kind)
        return self.signs.place_of(min(unit, row.end))

    def is_on_text(self, x: float, y: float) -> bool:
        """Whether there are letters under a place, nearly enough."""
        row = self.row_at(y)
        area = row.line.naturalTextRect()
        return area.left() - 1 <= x <= area.right() + LINE_END and row.top <= y <= row.marks_top

    def key_at(self, x: float, y: float) -> int | None:
        """The range whose band or caption lies under a place."""
        row = self.row_at(y)
        tops = lane_tops(row.fragments)
        for fragment in row.fragments:
            below = row.marks_top + tops[fragment.lane] <= y + 1 and y < row.marks_top + tops[fragment.lane + 1]
            right = max(fragment.right, fragment.left + (fragment.room if fragment.caption else 0.0))
            if below and fragment.left - 1 <= x <= right + 1:
                return fragment.key
        return None

    def top_of(self, place: int) -> float:
        """Of the row that holds a code point."""
        unit = self.signs.unit_of(place)
        return next((row.top for row in self.rows if unit < row.end), self.rows[-1].top)


def runs_of(layout: QTextLayout, line: QTextLine, is_mixed: bool, first: int, end: int) -> list[tuple[float, float]]:
    if first > end:
        return []
    # half of a sign that is one to the eye is the whole of it
    first = first if layout.isValidCursorPosition(first) else layout.previousCursorPosition(first)
    end = end if layout.isValidCursorPosition(end) else layout.nextCursorPosition(end)
    if first == end or not is_mixed:
        left, right = _x_of(line, first), _x_of(line, end)
        return [(min(left, right), max(left, right))]
    areas = sorted(
        (area.left(), area.right()) for area in (run.boundingRect() for run in line.glyphRuns(first, end - first))
    )
    made: list[tuple[float, float]] = []
    for left, right in areas:
        if made and left <= made[-1][1] + 0.5:
            made[-1] = (made[-1][0], max(made[-1][1], right))
        else:
            made.append((left, right))
    return made


def _x_of(line: QTextLine, unit: int) -> float:
    # PySide gives the place that it stands at too
    found: tuple[float, int] = line.cursorToX(unit)  # pyright: ignore[reportAssignmentType]
    return found[0]


def option(runs_left: bool, font: QFont) -> QTextOption:
    made = QTextOption()
    made.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    made.setTextDirection(Qt.LayoutDirection.RightToLeft if runs_left else Qt.LayoutDirection.LeftToRight)
    made.setAlignment(Qt.AlignmentFlag.AlignRight if runs_left else Qt.AlignmentFlag.AlignLeft)
    made.setTabStopDistance(TAB * QFontMetricsF(font).horizontalAdvance(" "))
    return made


@lru_cache(maxsize=8)
def _has_pictures(family: str) -> bool:
    """Whether a font has symbols for control characters."""
    return QFontMetricsF(QFont(family)).inFontUcs4(0x2400)


def leaf_of(text: str, marks: Sequence[Mark], font: QFont, width: float, runs_left: bool, quiet: str) -> Leaf:
    """Lay out a piece; `quiet`: colour of the symbols that stand for control characters."""
    signs = signs_of(text)
    shown = signs.text if not signs.symbols or _has_pictures(font.family()) else signs.text.translate(PICTURES)
    layout = QTextLayout(shown, font)
    layout.setTextOption(option(runs_left, font))
    layout.setCacheEnabled(True)
    if signs.symbols:
        layout.setFormats([_format(first, length, quiet) for first, length in signs.symbols])
    is_mixed = signs.is_mixed or runs_left
    layout.beginLayout()
    lines: list[QTextLine] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        lines.append(line)
    layout.endLayout()
    leaf = Leaf(signs, layout, is_mixed, [], 0.0)
    placed = [(mark, signs.unit_of(mark.start), signs.unit_of(mark.end)) for mark in marks]
    for at, row in enumerate(lines):
        is_last = at == len(lines) - 1
        first = row.textStart()
        end = first + row.textLength()
        here = [found for found in placed if _is_on(found[1], found[2], first, end, is_last)]
        _add_row(leaf, row, (first, end), is_last, here, font)
    return leaf


def _is_on(begin: int, stop: int, first: int, end: int, is_last: bool) -> bool:
    if begin == stop or begin >= end:
        return first <= begin and (begin < end or is_last)
    return begin < end and stop > first


def _add_row(
    leaf: Leaf,
    line: QTextLine,
    units: tuple[int, int],
    is_last: bool,
    marks: Sequence[tuple[Mark, int, int]],
    font: QFont,
) -> None:
    fragments = [
        fragment
        for mark, begin, stop in marks[:MOST]
        for fragment in _fragments(leaf, line, units, is_last, (mark, begin, stop))
    ]
    fragments, beyond = stacked(fragments), max(len(marks) - MOST, 0)
    text_height = max(line.height(), QFontMetricsF(font).height())
    height = text_height * (1 + LEADING) + (TO_MARKS + marks_height(fragments, beyond) if fragments else 0.0)
    line.setPosition(QPointF(0, leaf.height))
    leaf.rows.append(Row(line, *units, leaf.height, text_height, height, fragments, beyond))
    leaf.height += height


def _fragments(
    leaf: Leaf,
    line: QTextLine,
    units: tuple[int, int],
    is_last: bool,
    found: tuple[Mark, int, int],
) -> Iterable[Fragment]:
    mark, begin, stop = found
    (first, end), signs = units, leaf.signs
    runs = runs_of(leaf.layout, line, leaf.is_mixed, max(begin, first), min(stop, end))
    opens, closes = mark.opens and begin >= first, mark.closes and stop <= end
    if is_last and mark.end > signs.count:
        # the line feed is no sign, but one of the characters that are counted
        runs[-1] = (runs[-1][0], runs[-1][1] + LINE_END)
    for at, (left, right) in enumerate(runs):
        caption = mark.caption if opens and at == 0 else ""
        yield Fragment(
            mark.key,
            left,
            right,
            mark.colour,
            caption,
            caption_width(caption) if caption else 0.0,
            not opens,
            not closes,
            mark.faint,
        )


def _format(first: int, length: int, colour: str) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length = first, length  # pyright: ignore[reportAttributeAccessIssue]
    kind = QTextCharFormat()
    kind.setForeground(QColor(colour))
    made.format = kind  # pyright: ignore[reportAttributeAccessIssue]
    return made


@dataclass(frozen=True, slots=True)
class Highlight:
    """Code points of a piece on a ground of their own: what is marked with the mouse, what was found."""

    span: Span
    colour: str


def paint_leaf(
    painter: QPainter,
    leaf: Leaf,
    left: float,
    top: float,
    style: MarkStyle,
    highlights: Sequence[Highlight] = (),
    between: Callable[[float, float], bool] = lambda top, bottom: True,
    *,
    marks: bool = True,
    words: bool = True,
) -> None:
    """With its corner at (left, top); rows of which `between` says that they are out of sight are left out."""
    for row in leaf.rows:
        if not between(top + row.top, top + row.top + row.height):
            continue
        painter.translate(left, top)
        if marks:
            paint_grounds(painter, row.fragments, row.top, row.text_height, style)
        for highlight in highlights:
            _paint_highlight(painter, leaf, row, highlight)
        if words:
            painter.setPen(QColor(style.colours.text))
            row.line.draw(painter, QPointF(0, 0))
        painter.translate(-left, -top)
        if marks and row.fragments:
            paint_marks(painter, row.fragments, left, top + row.marks_top, style, row.beyond)


def _paint_highlight(painter: QPainter, leaf: Leaf, row: Row, highlight: Highlight) -> None:
    first, end = (leaf.signs.unit_of(place) for place in highlight.span)
    ends_line = highlight.span[1] > leaf.signs.count and row is leaf.rows[-1]
    if end <= row.first or first >= row.end:
        runs = [(row.line.naturalTextRect().right(),) * 2] if ends_line else []
    else:
        runs = leaf.runs(row, highlight.span)
    for at, (begin, stop) in enumerate(runs):
        more = LINE_END if ends_line and at == len(runs) - 1 else 0.0
        painter.fillRect(QRectF(begin, row.top, stop - begin + more, row.text_height), QColor(highlight.colour))
