"""Tables of a page: which cell stands where."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from viewer.media.html_tree import Tree

MOST_CELLS = 20_000
"""Fields of the grid; larger tables are shown as paragraphs."""
WIDEST_CELL = 1_000
"""Columns of a cell, as the standard says."""


LONGEST_WORDS = 300
"""Characters of a cell that count for the width of its column."""
LONGEST_PART = 400
"""Fields after which a table is cut where no cell is in the way: Qt lays out a table as a whole, which takes long."""


@dataclass(frozen=True, slots=True)
class Cell:
    part: int
    """Of the table, which of them."""
    row: int
    """In its part."""
    column: int
    rows: int
    columns: int
    is_free: bool
    """It is the first of a row into which no cell reaches from above."""


@dataclass(frozen=True, slots=True)
class Grid:
    parts: tuple[int, ...]
    """Rows of each part."""
    columns: int
    cells: dict[int, Cell]
    """By the node of each."""
    widths: tuple[float, ...]
    """Shares of the columns, the same in all parts; empty for a table of one part, which finds its own."""


def grid_of(tree: Tree, table: int) -> Grid | None:
    """Where the cells of a table stand; None where it has none, or would be too large, or has a caption among its rows."""
    rows = _rows(tree, table)
    if not rows or any(caption > rows[0] for caption in tree.children_called(table, "caption")):
        return None
    placed = _placed(tree, rows)
    if not placed:
        return None
    width = max(column + across for _, column, _, across in placed.values())
    if len(rows) * width > MOST_CELLS:
        return None
    crossed = {row for at, _, down, _ in placed.values() for row in range(at + 1, at + down)}
    begins = [0]
    for row in range(1, len(rows)):
        if (row - begins[-1]) * width >= LONGEST_PART and row not in crossed:
            begins.append(row)
    seen: set[int] = set()
    cells: dict[int, Cell] = {}
    for node, (row, column, down, across) in placed.items():
        part = bisect_right(begins, row) - 1
        cells[node] = Cell(part, row - begins[part], column, down, across, row not in crossed and row not in seen)
        seen.add(row)
    parts = tuple(end - begin for begin, end in pairwise([*begins, len(rows)]))
    return Grid(parts, width, cells, _widths(tree, placed, width) if len(parts) > 1 else ())


def _placed(tree: Tree, rows: list[int]) -> dict[int, tuple[int, int, int, int]]:
    """(row, column, rows, columns) of each cell; empty where cells lie over one another or are too many."""
    taken: set[tuple[int, int]] = set()
    made: dict[int, tuple[int, int, int, int]] = {}
    for at, row in enumerate(rows):
        column = 0
        for node in tree.children(row):
            if tree.names[node] not in ("td", "th"):
                continue
            while (at, column) in taken:
                column += 1
            across = _span(tree, node, "colspan", WIDEST_CELL)
            down = min(_span(tree, node, "rowspan", len(rows)), len(rows) - at)
            if len(taken) + across * down > MOST_CELLS:
                return {}
            fields = {(at + r, column + c) for r in range(down) for c in range(across)}
            if not fields.isdisjoint(taken):
                return {}
            taken |= fields
            made[node] = (at, column, down, across)
            column += across
    return made


def _widths(tree: Tree, placed: dict[int, tuple[int, int, int, int]], width: int) -> tuple[float, ...]:
    """By how much the columns hold, on average and at most."""
    lengths: list[list[int]] = [[1] for _ in range(width)]
    for node, (_, column, _, across) in placed.items():
        if across == 1:
            lengths[column].append(min(tree.end(node) - tree.starts[node], LONGEST_WORDS))
    wanted = [max(found) ** 0.5 * (1 + sum(found) / len(found)) ** 0.5 + 2 for found in lengths]
    return tuple(share / sum(wanted) for share in wanted)


def _rows(tree: Tree, table: int) -> list[int]:
    made: list[int] = []
    for child in tree.children(table):
        if tree.names[child] == "tr":
            made.append(child)
        elif tree.names[child] in ("thead", "tbody", "tfoot"):
            made += tree.children_called(child, "tr")
    return made


def _span(tree: Tree, node: int, name: str, most: int) -> int:
    text = (tree.attribute(node, name) or "").strip()
    # 0 rows: to the end of the table
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
    return min(number if number or name == "colspan" else most, most) or 1
