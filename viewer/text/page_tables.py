"""Tables of a page: which cell stands where."""

from __future__ import annotations

from dataclasses import dataclass

from viewer.media.html_tree import Tree

MOST_CELLS = 20_000
"""Fields of the grid; larger tables are shown as paragraphs."""
WIDEST_CELL = 1_000
"""Columns of a cell, as the standard says."""


@dataclass(frozen=True, slots=True)
class Cell:
    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Grid:
    rows: int
    columns: int
    cells: dict[int, Cell]
    """By the node of each."""
    has_lines: bool
    """The page asks for borders."""


def grid_of(tree: Tree, table: int) -> Grid | None:
    """Where the cells of a table stand; None where it has none, or would be too large, or has words among its rows."""
    rows = _rows(tree, table)
    if not rows:
        return None
    captions = tree.children_called(table, "caption")
    if any(caption > rows[0] for caption in captions):
        return None
    taken: set[tuple[int, int]] = set()
    cells: dict[int, Cell] = {}
    width = 0
    for at, row in enumerate(rows):
        column = 0
        for node in tree.children(row):
            if tree.names[node] not in ("td", "th"):
                continue
            while (at, column) in taken:
                column += 1
            across = _span(tree, node, "colspan", WIDEST_CELL)
            down = min(_span(tree, node, "rowspan", len(rows)), len(rows) - at)
            fields = {(at + r, column + c) for r in range(down) for c in range(across)}
            if len(taken) + len(fields) > MOST_CELLS or not fields.isdisjoint(taken):
                return None
            taken |= fields
            cells[node] = Cell(at, column, down, across)
            column += across
            width = max(width, column)
    if not cells or len(rows) * width > MOST_CELLS:
        return None
    return Grid(len(rows), width, cells, (tree.attribute(table, "border") or "0") != "0")


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
