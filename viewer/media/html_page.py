"""An HTML page as the tree that a browser builds: its text nodes, and positions in them by path and offset."""

from __future__ import annotations

from dataclasses import dataclass

from viewer.errors import ViewerError, escaped
from viewer.media.html_encoding import decoded
from viewer.media.html_nesting import ABSURD, cut_nesting
from viewer.media.html_outside import outside_notes
from viewer.media.html_path import NoPath, follow, path_of
from viewer.media.html_tree import TEXT, Tree, tree_of
from viewer.media.source import Source

DEEPEST = 512
"""Elements within one another; what is deeper, browsers put beside the last one, so that paths differ."""
LARGEST = 100_000_000
"""Bytes of a page; what is larger is no document that anybody labels."""
LONGEST_SHOWN = 200
"""Characters of a path in a sentence."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a path and an offset lead."""

    at: int | None
    """Code points of the page's content before it; None where they lead nowhere."""
    what: str = ""
    """What is odd about it, for people."""


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """A page that was read; nothing of it is run, nothing outside of it is loaded."""

    content: str
    """What all text nodes hold, in the order of the tree, as a Range of a browser would say it."""
    tree: Tree
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    def resolve(self, xpath: object, offset: object) -> Position:
        """Where a position of an export lies. In a text, offsets count UTF-16 units, as browsers do; in an element,
        the nodes in it. What lies beyond the end is taken for the end."""
        if not isinstance(xpath, str):
            return Position(None, "the position has no xpath")
        shown = f"the xpath '{escaped(xpath[:LONGEST_SHOWN])}'"
        try:
            path = path_of(xpath)
        except NoPath:
            return Position(None, f"{shown} is no path of names and numbers and is not followed")
        found = follow(path, self.tree)
        if found.missing:
            nearest = escaped(self.tree.path(found.node))[:LONGEST_SHOWN]
            what = f"{shown} leads nowhere: no {escaped(found.missing[:60])} there; the nearest node found is {nearest}"
            return Position(None, what)
        if isinstance(offset, bool) or not isinstance(offset, int | float) or offset != offset // 1:
            return Position(None, f"the offset at {shown} is no whole number")
        if self.tree.is_element(found.node) or found.node == 0:
            return self._before_child(found.node, int(offset), shown)
        if self.tree.names[found.node] != TEXT:
            return Position(None, f"{shown} leads to a comment, which holds no text of the page")
        return self._in_text(found.node, int(offset), shown)

    def _before_child(self, node: int, offset: int, shown: str) -> Position:
        children = list(self.tree.children(node))
        if 0 <= offset < len(children):
            return Position(self.tree.starts[children[offset]])
        at = self.tree.end(node) if offset > 0 else self.tree.starts[node]
        inside = f"{len(children):,} node{'s' if len(children) != 1 else ''}"
        return Position(at, "" if offset == len(children) else _beyond(offset, shown, inside))

    def _in_text(self, node: int, offset: int, shown: str) -> Position:
        text, start = self.tree.text(node), self.tree.starts[node]
        if text.isascii():
            place, count = min(max(offset, 0), len(text)), len(text)
            is_split = False
        else:
            units = text.encode("utf-16-le", "surrogatepass")
            count = len(units) // 2
            before = units[: 2 * min(max(offset, 0), count)]
            is_split = len(before) > 1 and 0xD8 <= before[-1] <= 0xDB
            place = len(before.decode("utf-16-le", "ignore"))
        if not 0 <= offset <= count:
            return Position(start + place, _beyond(offset, shown, f"{count:,} UTF-16 unit{'s' if count != 1 else ''}"))
        what = f"the offset {offset:,} at {shown} lies within one character; taken for its beginning"
        return Position(start + place, what if is_split else "")


def _beyond(offset: int, shown: str, inside: str) -> str:
    where = "before the beginning" if offset < 0 else "beyond the end"
    return f"the offset {offset:,} lies {where} of {shown}, which holds {inside}; cut to it"


def read_page(source: Source) -> Page:
    """Parse a file. Raises ViewerError where it cannot be read, or is larger than `LARGEST`."""
    if source.bytes_size > LARGEST:
        size, largest = source.bytes_size // 10**6, LARGEST // 10**6
        raise ViewerError(f"The page is too large to be shown ({size:,} MB; up to {largest:,}): {escaped(source.name)}")
    return page_of(source.read())


def page_of(data: bytes) -> Page:
    """Parse the bytes of a file."""
    text = decoded(data)
    parsed = cut_nesting(text.content)
    tree = tree_of(parsed)
    warnings = text.warnings
    if parsed is not text.content:
        what = (
            f"its elements are nested more than {ABSURD:,} deep; of those deeper than {DEEPEST} only the words are kept"
        )
        warnings = (*warnings, f"{what}, so paths may differ below")
    elif tree.depth > DEEPEST:
        what = f"its elements are nested {tree.depth:,} deep; browsers stop at {DEEPEST}, so paths may differ below"
        warnings = (*warnings, what)
    return Page(tree.content, tree, (*text.notes, *outside_notes(tree)), warnings)
