"""Ranges on a page that Qt has laid out: room for them under its lines, what of them lies on which line, painted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QTextBlock, QTextBlockFormat, QTextCursor, QTextDocument, QTextLayout, QTextLine

from viewer.text.fragments import BAND, CHIP, CHIPS, GAP, Fragment, stacked
from viewer.text.marks import Marks
from viewer.text.page_map import PageMap
from viewer.text.paint_leaf import MOST, TO_MARKS, Leaf, Row, runs_of
from viewer.text.paint_marks import MarkStyle, caption_width, marks_height, paint_grounds, paint_marks
from viewer.text.paint_page import LINE_DISTANCE
from viewer.text.signs import Signs, signs_of

CAPTION_LETTERS = 9
"""Letters that a short caption takes about, beyond a shorter range."""
SLACK = 64.0
"""Pixels by which what a step begins may lie above its first line."""
_DISTANCE = QTextBlockFormat.LineHeightTypes.LineDistanceHeight.value

Span = tuple[Fragment, int, int, bool, bool]
"""A range on a block: how it looks, from where to where, whether it begins and ends in it."""


class PageMarks:
    """The ranges of one page in its document. Places in a block are UTF-16 units, as Qt counts them."""

    def __init__(self, document: QTextDocument, shown: PageMap, steps: Sequence[int]) -> None:
        """`steps`: positions of which each lies lower on the page than the one before."""
        self._document = document
        self.map = shown
        self._steps = steps
        self._step = 0
        """Of those, where the view was last."""
        self.marks: Marks | None = None
        self._has_captions = True
        # those of blocks belong to the document: to keep one longer is to be given it for whatever comes to lie there
        self._no_layout = QTextLayout()
        self._leaves: dict[int, Leaf] = {}
        self._roomy: dict[int, float] = {}
        """Where blocks begin that have more room under their lines, and how much."""

    def show(self, marks: Marks | None, has_captions: bool) -> None:
        """Make room for ranges, and for no others."""
        self.marks = marks
        self._has_captions = has_captions
        self.forget()
        wanted = self._wanted_room()
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        for position in sorted(wanted.keys() | self._roomy.keys()):
            room = wanted.get(position, LINE_DISTANCE)
            if room != self._roomy.get(position, LINE_DISTANCE):
                kind = QTextBlockFormat()
                kind.setLineHeight(room, _DISTANCE)
                cursor.setPosition(position)
                cursor.mergeBlockFormat(kind)
        cursor.endEditBlock()
        self._roomy = wanted

    def forget(self) -> None:
        """The page was laid out anew."""
        self._leaves.clear()

    def _wanted_room(self) -> dict[int, float]:
        """Pixels under the lines of blocks with ranges, as far as can be told before they are laid out."""
        marks, count = self.marks, len(self.map.offsets)
        if marks is None or not count:
            return {}
        spans = [self.map.shown(*marks.bounds(key)) for key in np.flatnonzero(marks.shown).tolist()]
        columns = np.array([span for span in spans if span[0] < span[1]], dtype=np.int64).reshape(-1, 2)
        first, last = columns[:, 0], columns[:, 1]
        has_captions = self._has_captions
        reach = np.minimum(np.maximum(last, first + CAPTION_LETTERS) if has_captions else last, count)
        blocks = np.array(list(self._blocks_of(first, reach)), dtype=np.int64).reshape(-1, 2)
        positions = blocks[:, 0]
        begins, ends = np.searchsorted(self.map.positions, blocks.T)
        used = np.flatnonzero(begins < ends)
        first.sort()
        deepest = _deepest(first, np.sort(reach), begins[used], ends[used])
        opened = np.searchsorted(first, ends[used]) - np.searchsorted(first, begins[used])
        made: dict[int, float] = {}
        for at in np.flatnonzero(deepest > 0).tolist():
            lanes = min(int(deepest[at]), MOST)
            captions = min(int(opened[at]), lanes) if has_captions else 0
            height = (
                lanes * (BAND + GAP)
                + min(captions, CHIPS) * CHIP
                + (CHIP if captions > CHIPS or deepest[at] > MOST else 0)
            )
            made[int(positions[used[at]])] = TO_MARKS + height + LINE_DISTANCE
        return made

    def _blocks_of(self, first: NDArray[np.int64], stop: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
        """Where blocks with any of these characters begin and end, each once: a long page has many without."""
        order = np.argsort(first, kind="stable")
        begun, reached = first[order], np.maximum.accumulate(stop[order])
        is_apart = np.append(True, begun[1:] > reached[:-1])[: len(begun)]
        known = -1
        for at, until in zip(begun[is_apart], reached[np.append(is_apart[1:], True)[: len(begun)]], strict=True):
            block, end = self._document.findBlock(int(self.map.positions[at])), int(self.map.ends[until - 1])
            while block.isValid() and block.position() < end:
                if block.position() > known:
                    known = block.position()
                    yield known, known + block.length()
                block = block.next()

    # ---------------------------------------------------------------- what lies where

    def blocks_between(self, top: float, bottom: float) -> list[QTextBlock]:
        """Those that may have a part between two heights of the document, in order."""
        if not self._steps:
            return []
        first = self._step_above(top - SLACK)
        last = self._step_above(bottom + SLACK)
        self._step = first
        end = self._steps[last + 1] if last + 1 < len(self._steps) else self._document.characterCount()
        made: list[QTextBlock] = []
        block = self._document.findBlock(self._steps[first])
        while block.isValid() and block.position() < end:
            made.append(block)
            block = block.next()
        return made

    def _step_above(self, y: float) -> int:
        """The last step that lies above a height. Looked for around the view, as Qt lays out all that is asked for."""
        low, high, width = self._step, self._step + 1, 1
        while low > 0 and self._top(low) > y:
            low, high, width = max(low - width, 0), low, 2 * width
        width = 1
        while high < len(self._steps) and self._top(high) <= y:
            low, high, width = high, min(high + width, len(self._steps)), 2 * width
        return bisect_right(range(low, high), y, key=self._top) + low - 1 if self._top(low) <= y else low

    def _top(self, step: int) -> float:
        return self.origin(self._document.findBlock(self._steps[step])).y()

    def origin(self, block: QTextBlock) -> QPointF:
        """Of a block's lines in the document, in pixels. Qt lays out no further than it has to; this makes it go on."""
        return self._document.documentLayout().blockBoundingRect(block).topLeft()

    def leaf(self, block: QTextBlock) -> Leaf:
        """A block with its ranges."""
        found = self._leaves.get(block.position())
        if found is None:
            found = self._leaves[block.position()] = self._made(block)
        return found

    def _made(self, block: QTextBlock) -> Leaf:
        self.origin(block)
        layout, text = block.layout(), block.text()
        is_mixed = signs_of(text).is_mixed or block.textDirection() == Qt.LayoutDirection.RightToLeft
        leaf = Leaf(Signs(text, (), is_mixed, None, block.length() - 1), self._no_layout, is_mixed, [], 0.0)
        spans = list(self._spans(block))
        room = self._roomy.get(block.position(), LINE_DISTANCE)
        for at in range(layout.lineCount()):
            line = layout.lineAt(at)
            first, end = line.textStart(), line.textStart() + line.textLength()
            here = _on_line(spans, first, end, at == layout.lineCount() - 1)
            fragments, beyond = (
                self._fragments(block, line, (first, end), here[:MOST], is_mixed),
                max(len(here) - MOST, 0),
            )
            if TO_MARKS + marks_height(fragments, beyond) > room:
                fragments = stacked([replace(fragment, caption="", caption_width=0.0) for fragment in fragments])
            height = line.height() + (room if fragments else 0.0)
            leaf.rows.append(Row(line, first, end, line.y(), line.height(), height, fragments, beyond))
            leaf.height = line.y() + height
        return leaf

    def _spans(self, block: QTextBlock) -> Iterator[Span]:
        """Ranges on a block."""
        first, last = self.map.within(block.position(), block.position() + block.length())
        if self.marks is None or first == last:
            return
        begin, stop = int(self.map.offsets[first]), int(self.map.offsets[last - 1]) + 1
        for mark in self.marks.on(begin, stop):
            shown, behind = self.map.shown(*self.marks.bounds(mark.key))
            if max(shown, first) > min(behind, last) or (shown == behind and not first <= shown < last):
                continue
            inside = self.map.positions_of(max(shown, first), min(behind, last))
            look = Fragment(mark.key, 0.0, 0.0, mark.colour, mark.caption, faint=mark.faint)
            yield look, inside[0] - block.position(), inside[1] - block.position(), shown >= first, behind <= last

    def _fragments(
        self,
        block: QTextBlock,
        line: QTextLine,
        units: tuple[int, int],
        spans: Sequence[Span],
        is_mixed: bool,
    ) -> list[Fragment]:
        first, end = units
        made: list[Fragment] = []
        for look, begin, stop, opens, closes in spans:
            opens, closes = opens and begin >= first, closes and stop <= end
            runs = runs_of(block.layout(), line, is_mixed, max(begin, first), min(stop, end))
            for at, (left, right) in enumerate(runs):
                caption = look.caption if opens and at == 0 else ""
                width = caption_width(caption) if caption else 0.0
                made.append(
                    replace(
                        look,
                        left=left,
                        right=right,
                        caption=caption,
                        caption_width=width,
                        open_left=not opens,
                        open_right=not closes,
                    )
                )
        return stacked(made)

    def area_of(self, start: int, end: int) -> QRectF | None:
        """Of the lines with a range of the content, in pixels of the document; None where nothing of it is shown."""
        first, last = self.map.shown(start, end)
        if first == last:
            return None
        begin, stop = self.map.positions_of(first, last)
        return self._line_area(begin).united(self._line_area(stop - 1))

    def areas_of(self, start: int, end: int) -> Iterator[QRectF]:
        """Of the letters of a range of the content, one or more for each line, in pixels of the document."""
        first, last = self.map.shown(start, end)
        begin, stop = self.map.positions_of(first, last)
        block = self._document.findBlock(begin)
        while first < last and block.isValid() and block.position() < stop:
            origin, leaf = self.origin(block), self.leaf(block)
            for row in leaf.rows:
                units = max(begin - block.position(), row.first), min(stop - block.position(), row.end)
                for left, right in (
                    runs_of(block.layout(), row.line, leaf.is_mixed, *units) if units[0] < units[1] else ()
                ):
                    yield QRectF(left, row.top, right - left, row.text_height).translated(origin)
            block = block.next()

    def area_near(self, offset: int) -> QRectF | None:
        """Of the line with the first character that is shown from an offset on; None for a page without words."""
        if not len(self.map.positions):
            return None
        first = min(self.map.shown(offset, offset)[0], len(self.map.positions) - 1)
        return self._line_area(int(self.map.positions[first]))

    def _line_area(self, position: int) -> QRectF:
        block = self._document.findBlock(position)
        origin = self.origin(block)
        line = block.layout().lineForTextPosition(position - block.position())
        # one that is not laid out would end the program when asked for its place
        return (line.rect() if line.isValid() else QRectF()).translated(origin)

    # ---------------------------------------------------------------- painting

    def paint_grounds(self, painter: QPainter, blocks: list[QTextBlock], style: MarkStyle) -> None:
        """What lies behind the words; the painter counts pixels of the document."""
        for block, origin in self._marked(blocks):
            painter.translate(origin)
            for row in self.leaf(block).rows:
                paint_grounds(painter, row.fragments, row.top, row.text_height, style)
            painter.translate(-origin)

    def paint_bands(self, painter: QPainter, blocks: list[QTextBlock], style: MarkStyle) -> None:
        """What lies under them."""
        for block, origin in self._marked(blocks):
            for row in self.leaf(block).rows:
                if row.fragments:
                    paint_marks(painter, row.fragments, origin.x(), origin.y() + row.marks_top, style, row.beyond)

    def _marked(self, blocks: list[QTextBlock]) -> Iterator[tuple[QTextBlock, QPointF]]:
        for block in blocks:
            if any(row.fragments for row in self.leaf(block).rows):
                yield block, self.origin(block)


def _on_line(spans: Sequence[Span], first: int, end: int, is_last: bool) -> list[Span]:
    """Those of which something lies on a line of units `first` to `end`; those without a length where they stand."""
    made: list[Span] = []
    for span in spans:
        begin, stop = span[1], span[2]
        if begin < end and stop > first if begin < stop else first <= begin and (begin < end or is_last):
            made.append(span)
    return made


def _deepest(
    first: NDArray[np.int64], stop: NDArray[np.int64], begins: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[np.int64]:
    """How many ranges, of which these are the starts and ends in order, lie over one another at most in each part."""
    # it grows only where a range starts, so these and the beginnings of the parts are enough
    at = np.sort(np.concatenate([begins, first]))
    depth = np.searchsorted(first, at, side="right") - np.searchsorted(stop, at, side="right")
    edges = np.stack([np.searchsorted(at, begins), np.searchsorted(at, ends)], axis=1).ravel()
    return np.maximum.reduceat(np.append(depth, 0), edges)[::2]
