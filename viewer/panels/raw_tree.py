"""JSON as a tree that is unfolded piece by piece: only what is on screen exists as lines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from viewer.media.identity import Hidden
from viewer.panels.line import Line
from viewer.scene.words import counted, filter_words, holds, shown

STEP = 500
"""Members of one object or list that unfold at a time."""
MOST_SEARCHED = 100_000
"""Values that one search looks at."""
MOST_FOUND = 1000
LONG_TEXT = 160

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A member on screen, or the line that unfolds further members."""

    path: Path
    value: Any
    more: int = 0
    """Members of the object above that are not on screen yet; 0 for an ordinary member."""

    @property
    def is_container(self) -> bool:
        return isinstance(self.value, Mapping | list) and not self.more

    @property
    def level(self) -> int:
        return len(self.path) - 1


class RawTree:
    """The nodes on screen, in order. Rows are their places in it."""

    def __init__(self, data: Any) -> None:
        self.data = data
        self.nodes: list[Node] = []
        self._open: set[Path] = set()
        self.nodes = self._members((), data, 0, STEP)

    def is_open(self, row: int) -> bool:
        return self.nodes[row].path in self._open

    def unfold(self, row: int) -> None:
        """Shows the first members of a node, or the next ones where the row stands for them."""
        node = self.nodes[row]
        if node.more:
            above = node.path[:-1]
            start = int(node.path[-1])
            self.nodes[row : row + 1] = self._members(above, node.value, start, STEP)
        elif node.is_container and node.path not in self._open:
            self._open.add(node.path)
            self.nodes[row + 1 : row + 1] = self._members(node.path, node.value, 0, STEP)

    def fold(self, row: int) -> None:
        node = self.nodes[row]
        end = row + 1
        while end < len(self.nodes) and len(self.nodes[end].path) > len(node.path):
            end += 1
        del self.nodes[row + 1 : end]
        self._open = {path for path in self._open if path[: len(node.path)] != node.path}

    def reveal(self, path: Path) -> int:
        """Unfolds what a path stands in and gives its row."""
        row = -1
        for depth in range(1, len(path) + 1):
            if row >= 0 and not self.is_open(row):
                self.unfold(row)
            row = self._row_of(path[:depth], row + 1)
        return row

    def _row_of(self, path: Path, start: int) -> int:
        row = start
        while row < len(self.nodes):
            node = self.nodes[row]
            if node.more and node.path[:-1] == path[:-1]:
                # all up to the one wanted at once, however many there are
                first = int(node.path[-1])
                self.nodes[row : row + 1] = self._members(path[:-1], node.value, first, node.more, path[-1])
            elif node.path == path:
                return row
            row += 1
        raise KeyError(path)

    def _members(self, path: Path, value: Any, start: int, count: int, until: str | int | None = None) -> list[Node]:
        """Nodes of `count` members from a place on, or up to STEP beyond the member `until`, and of what is left."""
        if not isinstance(value, Mapping | list):
            return [Node(("",), value)]
        keys: list[str | int] = list(value) if isinstance(value, Mapping) else list(range(len(value)))
        end = start + count
        if until is not None:
            end = keys.index(until) + STEP
        members: list[Any] = list(value.values()) if isinstance(value, Mapping) else value
        made = [Node((*path, keys[at]), members[at]) for at in range(start, min(end, len(keys)))]
        if len(keys) > end:
            made.append(Node((*path, end), value, len(keys) - end))
        return made

    def find(self, query: str) -> tuple[list[Path], bool]:
        """Paths of members whose key or value holds every word, in the order of the document, and whether all were looked at."""
        words = filter_words(query)
        found: list[Path] = []
        for looked_at, (path, value) in enumerate(_walk(self.data) if words else ()):
            if looked_at >= MOST_SEARCHED or len(found) >= MOST_FOUND:
                return found, False
            text = str(path[-1])
            if not isinstance(value, Mapping | list | Hidden):
                text = f"{text}\n{value if isinstance(value, str) else json_of(value)}"
            if holds(words, text.casefold()):
                found.append(path)
        return found, True


def _walk(data: Any) -> Iterator[tuple[Path, Any]]:
    """Every member below `data` with its path, parents before children."""
    stack: list[tuple[Path, Any]] = [((), data)]
    while stack:
        path, value = stack.pop()
        if path:
            yield path, value
        named = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
        stack.extend(reversed([((*path, key), member) for key, member in named]))


def json_of(value: Any, indent: int | None = None) -> str:
    """As JSON; what JSON has no word for as a text."""
    return json.dumps(value, ensure_ascii=False, indent=indent, default=str)


def path_words(path: Path) -> str:
    """`objects[3].polygon`."""
    said = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return said.removeprefix(".")


def node_line(node: Node, is_open: bool) -> Line:
    """Key, then value; a container says how much is in it, a long text how long it is."""
    if node.more:
        return Line(
            f"{min(node.more, STEP):,} more of {node.more:,}",
            level=node.level,
            among_heads=True,
            tone="link",
            tip="Unfold the next ones",
        )
    path = path_words(node.path)
    key = str(node.path[-1])
    said, tip = _value_words(node.value)
    return Line(
        text=shown(key, most=120) or '""',
        note=said,
        level=node.level,
        fixed=True,
        bar="note" if isinstance(node.value, Hidden) else "",
        open=is_open if node.is_container and node.value else None,
        among_heads=True,
        tip=f"{path}\n{tip}" if tip else path,
        copy="",
    )


def _value_words(value: Any) -> tuple[str, str]:
    """As shown, and the whole for the tooltip where that is more."""
    if isinstance(value, Mapping):
        return (f"{{ {counted(len(value), 'member')} }}" if value else "{ }"), ""
    if isinstance(value, list):
        return (f"[ {counted(len(value), 'item')} ]" if value else "[ ]"), ""
    if isinstance(value, str):
        if len(value) > LONG_TEXT:
            return f'"{shown(value[:LONG_TEXT])}…  {len(value):,} characters', value
        return shown(json_of(value), most=LONG_TEXT * 2), ""
    text = json_of(value)
    return shown(text), ""
