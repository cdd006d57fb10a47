"""What elements of a page look like: a small part of what a browser's own style sheet says, and of inline styles."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from viewer.media.html_tree import Tree

Align = Literal["", "left", "center", "right", "justify"]
Direction = Literal["ltr", "rtl", "auto"]


@dataclass(frozen=True, slots=True)
class Style:
    """Of words."""

    bold: bool = False
    italic: bool = False
    underline: bool = False
    struck: bool = False
    fixed: bool = False
    """Letters of one width."""
    size: int = 0
    """Steps larger or smaller than the text."""
    shift: int = 0
    """1 for superscript, -1 for subscript."""
    box: bool = False
    """Words of ours, which stand for what is not shown."""
    link: str = ""
    """Where they lead, which is told and never followed."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Of a block of words."""

    indent: int = 0
    quoted: bool = False
    heading: int = 0
    """1 to 6; 0 for none."""
    align: Align = ""
    direction: Direction = "ltr"
    above: float = 0.0
    """Free lines above and below."""
    below: float = 0.0


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


BLOCKS = _names(
    "html body address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form frameset h1 h2 h3 h4 h5 h6 header hgroup hr legend li listing main menu nav ol optgroup option p plaintext pre "
    "search section summary ul xmp table caption thead tbody tfoot tr td th"
)
"""Elements that begin on a line of their own."""
NOT_SHOWN = _names(
    "head title meta link base style script template datalist noembed noframes param area col colgroup rp source track "
    "desc metadata defs annotation annotation-xml symbol clippath mask filter lineargradient radialgradient"
)
"""Elements of which a browser shows nothing."""
PREFORMATTED = _names("pre listing plaintext xmp textarea")
BOXES = {
    "iframe": "frame",
    "frame": "frame",
    "object": "object",
    "embed": "object",
    "video": "film",
    "audio": "sound",
    "canvas": "drawing",
    "progress": "bar",
    "meter": "bar",
}
"""Elements in whose place words of ours stand."""
DEEPEST_INDENT = 12
_KINDS = {
    "bold": "b strong th dt summary legend optgroup h1 h2 h3 h4 h5 h6",
    "italic": "i em cite var dfn address",
    "underline": "u ins",
    "struck": "s strike del",
    "fixed": "code kbd samp tt pre listing plaintext xmp textarea",
}
_SIZES = {"h1": 3, "h2": 2, "h3": 1, "big": 1, "small": -1, "rt": -1}
_SHIFTS = {"sup": 1, "sub": -1}
_ROOM = {
    "h1": 0.9,
    "h2": 0.9,
    "h3": 0.9,
    "h4": 0.7,
    "h5": 0.7,
    "h6": 0.7,
    "p": 0.6,
    "pre": 0.6,
    "blockquote": 0.6,
    "figure": 0.6,
    "fieldset": 0.6,
}
"""Free lines above and below."""
_ALIGNS: dict[str, Align] = {"left": "left", "right": "right", "center": "center", "justify": "justify"}
_DECLARATION = re.compile(r"([a-z-]+)\s*:\s*([^;]+)")


def declarations(tree: Tree, node: int) -> dict[str, str]:
    """The inline style of an element."""
    text = tree.attribute(node, "style")
    return {name: value.strip() for name, value in _DECLARATION.findall(text.lower())} if text else {}


def is_hidden(tree: Tree, node: int, name: str) -> bool:
    """Whether a browser shows nothing of it."""
    if name in NOT_SHOWN:
        return True
    if node not in tree.attributes:
        return False
    is_hidden_field = name == "input" and (tree.attribute(node, "type") or "").lower() == "hidden"
    is_closed = name == "dialog" and tree.attribute(node, "open") is None
    is_off = tree.attribute(node, "hidden") is not None or declarations(tree, node).get("display") == "none"
    return is_hidden_field or is_closed or is_off


def words_style(tree: Tree, node: int, name: str, above: Style) -> Style:
    """Of the words in an element, in one with the style `above`."""
    made = _plain_words(name, above)
    if node not in tree.attributes:
        return made
    found: dict[str, bool] = {}
    inline = declarations(tree, node)
    weight = inline.get("font-weight", "")
    if weight:
        found["bold"] = weight in ("bold", "bolder") or (weight.isdigit() and int(weight[:4]) >= 600)
    if "font-style" in inline:
        found["italic"] = inline["font-style"] in ("italic", "oblique")
    link = tree.attribute(node, "href") if name == "a" else None
    line = inline.get("text-decoration", inline.get("text-decoration-line", "underline" if link else ""))
    if line:
        found["underline"], found["struck"] = "underline" in line, "line-through" in line
    return replace(made, **found, link=link or made.link) if found or link else made


@lru_cache(maxsize=4096)
def _plain_words(name: str, above: Style) -> Style:
    found: dict[str, bool] = {kind: True for kind, names in _KINDS.items() if name in names.split()}
    return replace(above, size=_SIZES.get(name, above.size), shift=_SHIFTS.get(name, above.shift), **found)


def paragraph_style(tree: Tree, node: int, name: str, above: Paragraph) -> Paragraph:
    """Of the block that an element begins, in one with the style `above`."""
    made = _plain_paragraph(name, above)
    if node not in tree.attributes:
        return made
    align = declarations(tree, node).get("text-align") or (tree.attribute(node, "align") or "").lower()
    direction = (tree.attribute(node, "dir") or "").lower()
    if align in _ALIGNS:
        made = replace(made, align=_ALIGNS[align])
    if direction in ("ltr", "rtl", "auto"):
        made = replace(made, direction=direction)
    return made


@lru_cache(maxsize=4096)
def _plain_paragraph(name: str, above: Paragraph) -> Paragraph:
    room = _ROOM.get(name, 0.0)
    made = replace(above, heading=0, above=room, below=room)
    if name in ("ul", "ol", "menu", "dir", "dd", "blockquote"):
        made = replace(made, indent=min(above.indent + 1, DEEPEST_INDENT), quoted=above.quoted or name == "blockquote")
    if len(name) == 2 and name[0] == "h" and name[1] in "123456":
        made = replace(made, heading=int(name[1]))
    if name in ("th", "center"):
        made = replace(made, align="center")
    if name in ("td", "th"):
        made = replace(made, indent=0, quoted=False, align="center" if name == "th" else made.align)
    return made


def keeps_spaces(tree: Tree, node: int, name: str, above: bool) -> bool:
    """Whether white space is shown as it is."""
    if name in PREFORMATTED:
        return True
    found = declarations(tree, node).get("white-space") if node in tree.attributes else None
    return found.startswith(("pre", "break-spaces")) if found else above
