"""A page as a row of simple pieces in the order of its text: paragraphs, words, tables; white space as a browser shows it.

Every character that is shown is known by its place in the page's content, so that ranges can be painted over exactly
those characters. Nothing of the page but its words, and what is in `page_styles`, gets through.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from viewer.media.html_tree import TEXT, Tree
from viewer.text.page_styles import (
    BLOCKS,
    BOXES,
    Paragraph,
    Style,
    is_hidden,
    keeps_spaces,
    paragraph_style,
    words_style,
)
from viewer.text.page_tables import Cell, Grid, grid_of

DEEPEST_TABLES = 6
"""Tables within tables; those within are shown as paragraphs."""
_SPACES = " \t\n\f\r"
_GAP = re.compile(f"[{_SPACES}]{{2,}}")
_TO_SPACE = str.maketrans(dict.fromkeys("\t\n\f\r", " "))
LONGEST_BOX = 80
"""Characters of what a box says."""
_ODD = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\x85\u2028\u2029\ufffc\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
"""What Qt would take for something else than a letter."""
LINE = "\u2028"
"""Begins a line within a paragraph."""


@dataclass(frozen=True, slots=True)
class Item:
    """The first paragraph of a list's item."""

    list_node: int
    number: int | None
    """None for a bullet."""
    level: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph begins."""

    style: Paragraph
    item: Item | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """As they are shown; of those of ours `start` is None. Each character is one of the content, without a gap."""

    text: str
    start: int | None
    style: Style


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across."""


@dataclass(frozen=True, slots=True)
class TableBegins:
    grid: Grid
    part: int
    """Which of its parts."""


@dataclass(frozen=True, slots=True)
class CellBegins:
    cell: Cell


@dataclass(frozen=True, slots=True)
class TableEnds:
    pass


Piece = Block | Words | Rule | TableBegins | CellBegins | TableEnds


@dataclass(slots=True)
class _Around:
    """What an element means for what is inside of it."""

    end: int
    name: str
    style: Style
    paragraph: Paragraph
    keeps: bool
    """White space is shown as it is."""
    grid: Grid | None = None
    """Of a table that is shown as one, down to its rows; what is between their cells is not shown."""
    table: int = 0
    tables: int = 0
    list_node: int = 0
    level: int = 0


def flow_of(tree: Tree) -> Iterator[Piece]:
    """The pieces of a page, in order."""
    return _Flow(tree).pieces()


class _Flow:
    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        # not by calls within calls, as pages may be nested deeper than Python's stack
        self._stack = [_Around(len(tree), "#document", Style(), Paragraph(), False)]
        self._is_open = False
        """Whether there is a paragraph to which words can be added."""
        self._at_space = True
        """White space would follow on white space, or begin a paragraph."""
        self._item: Item | None = None
        """Of the next paragraph."""
        self._numbers: dict[int, int] = {}
        """The last one of each list."""
        self._begun: dict[int, int] = {}
        """Of tables of which a cell was reached, the part."""

    def pieces(self) -> Iterator[Piece]:
        tree, node = self._tree, 1
        while node < len(tree):
            while self._stack[-1].end <= node:
                yield from self._leave(self._stack.pop())
            name = tree.names[node].lower()
            if name == TEXT:
                yield from self._text(node)
                node += 1
            elif name.startswith("#") or is_hidden(tree, node, name):
                node = tree.ends[node]
            else:
                yield from self._enter(node, name)
                node = tree.ends[node] if name in BOXES else node + 1
        while self._stack:
            yield from self._leave(self._stack.pop())

    def _enter(self, node: int, name: str) -> Iterator[Piece]:
        box = _box(self._tree, node, name)
        if box:
            yield from self._own(box)
        elif name == "br":
            yield from self._own_line()
        elif name == "hr":
            self._close()
            yield Rule()
        elif name in BLOCKS:
            yield from self._enter_block(node, name)
        elif self._tree.ends[node] > node + 1:
            above = self._stack[-1]
            style = words_style(self._tree, node, name, above.style)
            keeps = keeps_spaces(self._tree, node, name, above.keeps)
            self._stack.append(replace(above, end=self._tree.ends[node], name=name, style=style, keeps=keeps))

    def _enter_block(self, node: int, name: str) -> Iterator[Piece]:
        tree, above = self._tree, self._stack[-1]
        self._close()
        made = replace(
            above,
            end=tree.ends[node],
            name=name,
            style=words_style(tree, node, name, above.style),
            paragraph=paragraph_style(tree, node, name, above.paragraph),
            keeps=keeps_spaces(tree, node, name, above.keeps),
        )
        self._stack.append(made)
        if name in ("ul", "ol", "menu", "dir"):
            made.list_node, made.level = node, above.level + 1
            self._numbers[node] = (_whole(tree, node, "start", 1) if name == "ol" else 0) - 1
        elif name == "li":
            self._item = self._item_of(node, above)
        elif name == "table":
            grid = grid_of(tree, node) if above.tables < DEEPEST_TABLES else None
            made.grid, made.table, made.tables = grid, node, above.tables + 1
        elif name == "caption":
            made.grid = None
        elif name in ("td", "th") and above.grid is not None and node in above.grid.cells:
            made.grid = None
            cell = above.grid.cells[node]
            begun = self._begun.get(above.table, -1)
            if begun != cell.part:
                if begun >= 0:
                    yield TableEnds()
                self._begun[above.table] = cell.part
                yield TableBegins(above.grid, cell.part)
            yield CellBegins(cell)

    def _item_of(self, node: int, above: _Around) -> Item:
        number = None
        if self._tree.names[above.list_node] == "ol":
            number = _whole(self._tree, node, "value", self._numbers[above.list_node] + 1)
            self._numbers[above.list_node] = number
        return Item(above.list_node, number, max(above.level, 1))

    def _leave(self, left: _Around) -> Iterator[Piece]:
        if left.name in BLOCKS:
            self._close()
        if left.name == "table" and left.grid is not None and left.table in self._begun:
            yield TableEnds()

    def _open(self) -> Iterator[Piece]:
        """Words follow."""
        if not self._is_open:
            self._is_open, self._at_space = True, True
            item, self._item = self._item, None
            yield Block(self._stack[-1].paragraph, item)

    def _close(self) -> None:
        self._is_open, self._at_space = False, True

    def _own(self, words: str) -> Iterator[Piece]:
        """Words of ours."""
        if self._stack[-1].grid is None:
            yield from self._open()
            yield Words(words, None, replace(self._stack[-1].style, box=True))
            self._at_space = False

    def _own_line(self) -> Iterator[Piece]:
        if self._stack[-1].grid is None:
            yield from self._open()
            yield Words(LINE, None, self._stack[-1].style)
            self._at_space = True

    def _text(self, node: int) -> Iterator[Piece]:
        around, start, text = self._stack[-1], self._tree.starts[node], self._tree.text(node)
        if around.grid is not None:
            return
        if around.keeps:
            if text.endswith("\n") and self._tree.ends[node] == around.end:
                text = text[:-1]  # the last line of preformatted words has no line after it
            if text:
                yield from self._open()
                yield Words(_harmless(text).replace("\n", LINE), start, around.style)
                self._at_space = False
            return
        at = len(text) - len(text.lstrip(_SPACES)) if self._at_space else 0
        if at == len(text):
            return
        yield from self._open()
        for gap in _GAP.finditer(text, at):
            yield Words(_harmless(text[at : gap.start() + 1]).translate(_TO_SPACE), start + at, around.style)
            at = gap.end()
        if at < len(text):
            yield Words(_harmless(text[at:]).translate(_TO_SPACE), start + at, around.style)
        self._at_space = text[-1] in _SPACES


def _harmless(text: str) -> str:
    return text if text.isascii() and text.isprintable() else _ODD.sub("\ufffd", text)


def _whole(tree: Tree, node: int, name: str, otherwise: int) -> int:
    text = (tree.attribute(node, name) or "").strip()
    return int(text) if re.fullmatch(r"-?[0-9]{1,6}", text) else otherwise


def _box(tree: Tree, node: int, name: str) -> str:
    """What stands in the place of something that is not shown; empty for what is."""
    if name == "img":
        return _bracketed("picture", tree.attribute(node, "alt"))
    if name == "svg":
        return "[drawing] "
    if name != "input":
        return _bracketed(BOXES[name], tree.attribute(node, "title")) if name in BOXES else ""
    kind = (tree.attribute(node, "type") or "text").lower()
    if kind in ("checkbox", "radio"):
        return "[x] " if tree.attribute(node, "checked") is not None else "[ ] "
    if kind == "image":
        return _bracketed("picture", tree.attribute(node, "alt"))
    is_button = kind in ("submit", "reset", "button")
    return _bracketed("button" if is_button else "field", tree.attribute(node, "value"))


def _bracketed(what: str, words: str | None) -> str:
    said = " ".join(_harmless(words or "").split())[:LONGEST_BOX]
    return f"[{what}: {said}]" if said else f"[{what}]"
