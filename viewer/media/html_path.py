"""Paths to nodes of a page, `/html[1]/body[1]/p[2]/text()[1]`: names and numbers, nothing that has to be evaluated."""

from __future__ import annotations

import re
from dataclasses import dataclass

from viewer.media.html_tree import COMMENT, TEXT, Tree

LONGEST = 20_000
"""Characters of a path that is followed."""
_STEP = re.compile(
    r"""(?:child::)?
    (?: (?P<test>text|comment)\(\s*\) | (?P<odd>\#text|\#comment) | (?:[\w.-]+:)?(?P<name>[\w.-]+) | (?P<any>\*) )
    \s* (?: \[\s* (?:local-)?name\(\s*\)\s*=\s*(?P<quote>["'])(?:[\w.-]+:)?(?P<called>[\w.-]+)(?P=quote) \s*\] )?
    \s* (?: \[\s* (?P<index>[0-9]{1,9}) \s*\] )? \s*""",
    re.VERBOSE,
)
_BY_ID = re.compile(
    r"""(?: // (?P<name>\*|[\w.-]+) \s*\[\s* @id \s*=\s* | id\(\s* )
    (?P<quote>["']) (?P<id>.*?) (?P=quote) \s* [\])]""",
    re.VERBOSE | re.DOTALL,
)


class NoPath(ValueError):
    """A path that is not of the kind that is followed."""


@dataclass(frozen=True, slots=True)
class Step:
    """To one child of a node."""

    name: str
    """Of the children that are counted, '*' for every element."""
    index: int
    """Counted from 1."""
    written: str
    """As it stands in the path."""


@dataclass(frozen=True, slots=True)
class Path:
    steps: tuple[Step, ...]
    anchor: str | None = None
    """The id of the element with which it begins, instead of the document."""
    anchor_name: str = "*"
    """What that element must be."""


@dataclass(frozen=True, slots=True)
class Found:
    """How far a path leads."""

    node: int
    """The last one on the way that is there."""
    missing: str = ""
    """The step that leads nowhere; empty where the path was followed to its end."""


def path_of(text: str) -> Path:
    """Read a path; missing numbers are 1. Raises NoPath for expressions, which are never evaluated."""
    text = text.strip()
    if len(text) > LONGEST:
        raise NoPath
    anchored = _BY_ID.match(text)
    rest = text[anchored.end() :] if anchored else text
    if anchored and rest and not rest.startswith("/"):
        raise NoPath
    rest = rest.removeprefix("/").removesuffix("/")
    steps = tuple(_step(written) for written in rest.split("/")) if rest else ()
    if not anchored:
        return Path(steps)
    return Path(steps, anchored["id"], (anchored["name"] or "*").lower())


def _step(written: str) -> Step:
    found = _STEP.fullmatch(written.strip())
    if found is None or (found["called"] and found["test"]):
        raise NoPath
    if found["test"]:
        name = f"#{found['test']}"
    else:
        name = found["called"] or found["odd"] or found["name"] or found["any"]
    return Step(name, int(found["index"] or 1), written.strip())


def follow(path: Path, tree: Tree) -> Found:
    """Go along a path as far as it leads."""
    node = 0
    if path.anchor is not None:
        anchor = _with_id(path.anchor, path.anchor_name, tree)
        if anchor is None:
            return Found(0, f'id "{path.anchor}"')
        node = anchor
    for step in path.steps:
        found = tree.children_called(node, step.name) or _prefixed(step, node, tree)
        if not 1 <= step.index <= len(found):
            return Found(node, step.written)
        node = found[step.index - 1]
    return Found(node)


def _prefixed(step: Step, node: int, tree: Tree) -> list[int]:
    """Elements whose name has a colon in it, which are none of SVG or MathML: `<o:p>`."""
    if step.name in (TEXT, COMMENT):
        return []
    return [child for child in tree.children(node) if tree.names[child].lower().endswith(f":{step.name.lower()}")]


def _with_id(wanted: str, name: str, tree: Tree) -> int | None:
    """The first such element in the order of the page."""
    for node, found in tree.attributes.items():
        if found.get("id") == wanted and name in ("*", tree.names[node].lower()):
            return node
    return None
