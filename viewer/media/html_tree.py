"""The tree that a browser builds of a page, as columns in document order; elements that are implied are in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from viewer.errors import ViewerError

TEXT, COMMENT = "#text", "#comment"
_ODD_NAMES = {"-text": TEXT, "-comment": COMMENT, "-document": "#document", "-doctype": "#doctype"}


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """All nodes of a page, each known by its number in document order; number 0 is the document itself."""

    names: list[str]
    """Of elements as the browser keeps them, 'p', 'linearGradient'; '#text', '#comment' and the like of others."""
    parents: list[int]
    """-1 of the document."""
    ends: list[int]
    """The first node behind everything that is inside of a node."""
    starts: list[int]
    """Code points of the content before a node; one more than there are nodes, the last is the length of all."""
    attributes: dict[int, dict[str, str | None]]
    """Of the elements that have some."""
    content: str
    """What all text nodes hold, one after another."""
    depth: int
    """Of the deepest element; that of the root is 1."""
    _children: dict[int, dict[str, list[int]]] = field(default_factory=dict[int, "dict[str, list[int]]"])

    def __len__(self) -> int:
        return len(self.names)

    def children(self, node: int) -> Iterator[int]:
        """In their order, of all kinds."""
        child, end = node + 1, self.ends[node]
        while child < end:
            yield child
            child = self.ends[child]

    def children_called(self, node: int, name: str) -> list[int]:
        """Children of one name, for which upper and lower case are the same; '*' for all elements."""
        known = self._children.get(node)
        if known is None:
            known = {"*": []}
            for child in self.children(node):
                called = self.names[child].lower()
                known.setdefault(called, []).append(child)
                if self.is_element(child):
                    known["*"].append(child)
            self._children[node] = known
        return known.get(name.lower(), [])

    def is_element(self, node: int) -> bool:
        return not self.names[node].startswith("#")

    def end(self, node: int) -> int:
        """Code points of the content up to the end of a node."""
        return self.starts[self.ends[node]]

    def text(self, node: int) -> str:
        """What a node and everything inside of it hold."""
        return self.content[self.starts[node] : self.end(node)]

    def attribute(self, node: int, name: str) -> str | None:
        """None where the element has none of that name; empty where it has no value."""
        found = self.attributes.get(node)
        return (found[name] or "") if found and name in found else None

    def path(self, node: int) -> str:
        """The usual path to a node: '/html[1]/body[1]/p[2]/text()[1]'."""
        steps: list[str] = []
        while node > 0:
            parent, name = self.parents[node], self.names[node]
            place = self.children_called(parent, name).index(node) + 1
            called = {TEXT: "text()", COMMENT: "comment()"}.get(name, name)
            steps.append(f"/{called}[{place}]")
            node = parent
        return "".join(reversed(steps)) or "/"


def tree_of(text: str) -> Tree:
    """Parse a page as a browser does that runs no scripts. Never raises for odd markup, and goes as deep as it goes.

    Raises ViewerError where the library that parses is missing.
    """
    try:
        from selectolax.lexbor import LexborHTMLParser
    except (ImportError, OSError) as error:
        raise ViewerError("Pages need the package selectolax, which is missing: pip install selectolax") from error

    parser = LexborHTMLParser(text.encode("utf-8", "surrogatepass"))
    root = parser.root
    document = root.parent if root is not None else None
    return _columns(document)


def _columns(document: Any) -> Tree:
    names: list[str] = []
    parents: list[int] = []
    ends: list[int] = []
    starts: list[int] = []
    attributes: dict[int, dict[str, str | None]] = {}
    pieces: list[str] = []
    length, deepest = 0, 0
    # not by calls within calls, as pages may be nested deeper than Python's stack
    node, above, parent = document, [], -1
    while node is not None:
        at = len(names)
        tag = node.tag or "#other"
        starts.append(length)
        parents.append(parent)
        ends.append(at + 1)
        if tag == "-text":
            names.append(TEXT)
            text = node.text_content
            if text:
                pieces.append(text)
                length += len(text)
        elif node.is_element_node:
            names.append(tag)
            found = node.attributes
            if found:
                attributes[at] = found
        else:
            names.append(_ODD_NAMES.get(tag, "#other"))
        inner = node.first_child
        if inner is not None:
            above.append((node, at))
            deepest = max(deepest, len(above))
            node, parent = inner, at
            continue
        following = node.next if above else None
        while following is None and above:
            node, at = above.pop()
            ends[at] = len(names)
            following = node.next if above else None
        node, parent = following, above[-1][1] if above else -1
    starts.append(length)
    return Tree(names, parents, ends, starts, attributes, "".join(pieces), deepest)
