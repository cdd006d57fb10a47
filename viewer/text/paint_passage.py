"""A text in a column with its ranges: what of it is laid out, what is in view, what lies where; painted for screen and file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPainter

from viewer.paint.colours import ChartColours
from viewer.text.lines import Lines
from viewer.text.marks import Marks
from viewer.text.paint_leaf import Highlight, Leaf, leaf_of, paint_leaf
from viewer.text.paint_marks import MarkStyle
from viewer.text.scrolling import Scroll
from viewer.text.sheet import Column, column_of, estimated_rows

LARGER = 1.15
"""Than the interface's font: what is read is the text."""
NUMBERS = 0.85
"""Of the text's size, for line numbers."""
TO_NUMBERS = 16.0
"""Pixels between them and the text."""
KEPT = 400
"""Leaves kept laid out."""
MARGIN = 16.0
"""Pixels above the first and below the last line."""


def text_font(zoom: float) -> QFont:
    """The interface's font, somewhat larger."""
    font = QFont(QGuiApplication.font())
    size = font.pointSizeF() if font.pointSizeF() > 0 else font.pixelSize() * 0.75
    font.setPointSizeF(max(size * LARGER * zoom, 1.0))
    return font


@dataclass(slots=True)
class Spot:
    """A place of the view: in which piece, and where in its leaf."""

    piece: int
    leaf: Leaf
    x: float
    y: float


class Passage:
    """One text in a view of some size. Leaves are made when they are looked at."""

    def __init__(self, lines: Lines, colours: ChartColours) -> None:
        self.lines = lines
        self.colours = colours
        self.marks: Marks | None = None
        self.font = text_font(1.0)
        self.column = Column(0, 100, 0)
        self.scroll = Scroll(self.height_of)
        self._width = 0.0
        self._leaves: dict[int, Leaf] = {}
        self._heights: dict[int, float] = {}

    # ---------------------------------------------------------------- laying out

    def resize(self, width: float, height: float, font: QFont) -> None:
        """Another view, or other letters; the row at the upper edge stays there."""
        self.scroll.height = height
        if (width, font) == (self._width, self.font):
            self.scroll.by(0.0)
            return
        edge = self._edge() if self._width else None
        self._width, self.font = width, font
        metrics = QFontMetricsF(font)
        digits = metrics.horizontalAdvance(f"{int(self.lines.numbers[-1]):,}") * NUMBERS
        self.column = column_of(width, metrics.averageCharWidth(), digits)
        self.scroll.set_rows(estimated_rows(self.lines, metrics.averageCharWidth(), self.column.width))
        self._forget(edge)

    def relay(self) -> None:
        """Ranges, captions or colours are others; the row at the upper edge stays there."""
        if self._width:
            self._forget(self._edge())

    def _forget(self, edge: tuple[int, float] | None) -> None:
        self._leaves.clear()
        self._heights.clear()
        if edge is None:
            self.scroll.by(0.0)
        else:
            piece = self.lines.piece_at(edge[0])
            self.scroll.go_to(piece, self.row_top(piece, edge[0]) + edge[1])

    def _edge(self) -> tuple[int, float]:
        """The first character of the row at the upper edge, and how many pixels of the row are above."""
        at = self.scroll.at
        leaf, offset = self.leaf(at), self.scroll.offset - self.pad(at)
        row = leaf.row_at(offset)
        return int(self.lines.starts[at]) + leaf.signs.place_of(row.first), offset - row.top

    def pad(self, at: int) -> float:
        """Room above the first piece."""
        return MARGIN if at == 0 else 0.0

    def row_top(self, piece: int, offset: int) -> float:
        """Of the row with a character of the text, in pixels from the top of its piece."""
        return self.leaf(piece).top_of(offset - int(self.lines.starts[piece])) + self.pad(piece)

    def leaf(self, at: int) -> Leaf:
        found = self._leaves.get(at)
        if found is not None:
            return found
        if len(self._leaves) >= KEPT:
            for old in list(self._leaves)[: KEPT // 2]:
                del self._leaves[old]
        lines = self.lines
        marks = self.marks.on(int(lines.starts[at]), int(lines.ends[at])) if self.marks is not None else []
        made = leaf_of(lines.text(at), marks, self.font, self.column.width, lines.runs_left(at), self.colours.quiet)
        self._leaves[at] = made
        return made

    def height_of(self, at: int) -> float:
        found = self._heights.get(at)
        if found is None:
            below = MARGIN if at == len(self.lines) - 1 else 0.0
            found = self._heights[at] = self.leaf(at).height + self.pad(at) + below
        return found

    # ---------------------------------------------------------------- what lies where

    def spot(self, at: QPointF) -> Spot:
        """A place of the view; the nearest piece beyond the ends."""
        seen = self.scroll.seen() or [(self.scroll.at, 0.0)]
        piece, top = next(((p, t) for p, t in reversed(seen) if t <= at.y()), seen[0])
        return Spot(piece, self.leaf(piece), at.x() - self.column.left, at.y() - top - self.pad(piece))

    def offset_at(self, at: QPointF, *, between: bool) -> int:
        """The character of the text under a place of the view, or the nearest gap `between` two."""
        spot = self.spot(at)
        return int(self.lines.starts[spot.piece]) + spot.leaf.place_at(spot.x, spot.y, between=between)

    def keys_at(self, at: QPointF) -> list[int]:
        """Ranges under a place of the view: the band that is there, else those of the character, smallest first."""
        if self.marks is None:
            return []
        spot = self.spot(at)
        key = spot.leaf.key_at(spot.x, spot.y)
        if key is not None:
            return [key]
        return self.marks.at(self.offset_at(at, between=False)) if spot.leaf.is_on_text(spot.x, spot.y) else []

    def seen_offsets(self) -> tuple[int, int]:
        """The first character in view, and the one after the last."""
        seen = self.scroll.seen()
        first, last = (seen[0][0], seen[-1][0]) if seen else (self.scroll.at, self.scroll.at)
        return int(self.lines.starts[first]), int(self.lines.ends[last])

    def reveal(self, offset: int, near: float) -> None:
        """Bring a character into view: no further than needed where it is near, else towards the middle.

        `near`: pixels that it keeps from the edges.
        """
        piece = self.lines.piece_at(offset)
        inside = self.row_top(piece, offset)
        row = self.leaf(piece).row_at(inside - self.pad(piece))
        seen, height = dict(self.scroll.seen()), self.scroll.height
        top = seen[piece] + inside if piece in seen else None
        if top is None or not -height / 2 < top < 1.5 * height:
            self.scroll.go_to(piece, inside - (height - row.height) / 2.5)
        elif top < near:
            self.scroll.by(top - near)
        elif top + row.height > height - near:
            self.scroll.by(min(top + row.height - height + near, top - near))

    # ---------------------------------------------------------------- painting

    def paint(
        self,
        painter: QPainter,
        hovered: int,
        highlights: Callable[[int], Sequence[Highlight]] = lambda at: (),
        *,
        marks: bool = True,
    ) -> None:
        """What is in view; `highlights` of a piece lie behind its words."""
        style = MarkStyle(self.colours)
        if self.marks is not None:
            style = MarkStyle(self.colours, self.marks.selected, hovered, self.marks.related)
        height = self.scroll.height
        for at, top in self.scroll.seen():
            leaf, y = self.leaf(at), top + self.pad(at)
            self.paint_number(painter, at, y)
            paint_leaf(
                painter,
                leaf,
                self.column.left,
                y,
                style,
                highlights(at),
                lambda upper, lower: lower > 0 and upper < height,
                marks=marks,
            )

    def paint_number(self, painter: QPainter, at: int, top: float) -> None:
        """Of the line that begins with a piece, beside its first row."""
        if not self.column.gutter or self.lines.is_continued(at):
            return
        font = QFont(self.font)
        font.setPointSizeF(font.pointSizeF() * NUMBERS)
        words = f"{int(self.lines.numbers[at]):,}"
        painter.setFont(font)
        painter.setPen(QColor(self.colours.quiet))
        x = self.column.left - TO_NUMBERS - QFontMetricsF(font).horizontalAdvance(words)
        painter.drawText(QPointF(x, top + QFontMetricsF(self.font).ascent()), words)
