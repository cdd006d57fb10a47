"""What stands before and after a range of a page, as a reader of the page sees it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from viewer.media.html_tree import TEXT, Tree
from viewer.text.page_styles import BLOCKS, is_hidden

FARTHEST = 2_000
"""Nodes that are looked at on either side."""
_SPACES = re.compile(r"[ \t\n\f\r]+")
_AT_LINE_ENDS = re.compile(r" *\n *")


def around(tree: Tree, start: int, end: int, most: int) -> tuple[str, str]:
    """Words before and after a range of the content, at most so many characters of each; between paragraphs a line end.

    What a browser does not show is not among them: scripts, styles, the title.
    """
    last, first = bisect_left(tree.starts, start) - 1, max(bisect_right(tree.starts, end) - 1, 1)
    before = _words(tree, range(last, max(last - FARTHEST, 0), -1), (0, start), most)
    after = _words(tree, range(first, min(first + FARTHEST, len(tree))), (end, len(tree.content)), most)
    return before.lstrip().rstrip("\n")[-most:], after.rstrip().lstrip("\n")[:most]


def _words(tree: Tree, nodes: Iterable[int], within: tuple[int, int], most: int) -> str:
    """Of nodes that follow or precede one another, until there are enough."""
    pieces: list[tuple[int, str]] = []
    block, is_broken, length = -1, False, 0
    for node in nodes:
        is_broken = is_broken or tree.names[node] == "br"
        start, end = max(tree.starts[node], within[0]), min(tree.end(node), within[1])
        if tree.names[node] != TEXT or start >= end or (own := _block_of(tree, node)) is None:
            continue
        text = _SPACES.sub(" ", tree.content[start:end])
        if pieces and (own != block or is_broken):
            pieces.append((node, "\n"))
        pieces.append((node, text))
        block, is_broken, length = own, False, length + len(text.strip())
        if length > most:
            break
    is_backwards = len(pieces) > 1 and pieces[-1][0] < pieces[0][0]
    text = "".join(text for _, text in (reversed(pieces) if is_backwards else pieces))
    return re.sub(r"\n+", "\n", _AT_LINE_ENDS.sub("\n", re.sub(" +", " ", text)))


def _block_of(tree: Tree, node: int) -> int | None:
    """The paragraph that a text node is in; None where a browser does not show it."""
    block = -1
    while (node := tree.parents[node]) > 0:
        name = tree.names[node].lower()
        if is_hidden(tree, node, name):
            return None
        if block < 0 and name in BLOCKS:
            block = node
    return max(block, 0)
