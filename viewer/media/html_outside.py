"""What a page asks for from outside of itself, none of which is loaded, and scripts of its own, none of which is run."""

from __future__ import annotations

import re
from collections import Counter

from viewer.media.html_tree import Tree

_PICTURES = {
    "img": "src",
    "input": "src",
    "video": "poster",
    "body": "background",
    "table": "background",
    "td": "background",
}
_FRAMES = {"iframe": "src", "frame": "src", "embed": "src", "object": "data", "portal": "src"}
_SOUNDS = {"audio": "src", "video": "src", "source": "src", "track": "src", "bgsound": "src"}
_STYLES_ADDRESS = re.compile(r"url\s*\(|@import", re.IGNORECASE)
_MANY = {"script": "scripts", "picture": "pictures", "frame": "frames", "sound or film": "sounds or films"}


def outside_notes(tree: Tree) -> tuple[str, ...]:
    """Sentences for people; none where the page stands for itself."""
    asked, own_scripts = Counter[str](), 0
    for node, name in enumerate(tree.names):
        if name in _WORTH_A_LOOK or node in tree.attributes:
            asked.update(_asked(tree, node, name))
            own_scripts += name == "script" and tree.attribute(node, "src") is None
    made: list[str] = []
    if asked:
        total = sum(asked.values())
        parts = ", ".join(f"{count:,} {_plural(what, count)}" for what, count in sorted(asked.items()))
        made.append(f"{total:,} outside resource{'s are' if total != 1 else ' is'} not loaded: {parts}")
    if own_scripts:
        made.append(f"{own_scripts:,} {_plural('script', own_scripts)} of the page not run")
    if "noscript" in tree.names:
        made.append("parts for browsers without scripts (noscript) are read as markup, as such a browser does")
    return tuple(made)


_WORTH_A_LOOK = frozenset({"style", "script"})


def _asked(tree: Tree, node: int, name: str) -> list[str]:
    found = tree.attributes.get(node, {})
    made: list[str] = []
    if name == "script" and found.get("src") is not None:
        made.append("script")
    if name == "link":
        made += _link(found.get("rel") or "")
    if name == "meta" and (found.get("http-equiv") or "").strip().lower() == "refresh":
        made.append("refresh")
    for what, table in (("picture", _PICTURES), ("frame", _FRAMES), ("sound or film", _SOUNDS)):
        address = found.get(table[name]) if name in table else None
        if address and not address.lstrip().lower().startswith("data:"):
            made.append(what)
    if name == "image" and (found.get("href") or found.get("xlink:href")):
        made.append("picture")
    css = tree.text(node) if name == "style" else found.get("style") or ""
    made += ["style"] * len(_STYLES_ADDRESS.findall(css))
    return made


def _link(rel: str) -> list[str]:
    kinds = set(rel.lower().split())
    if "stylesheet" in kinds:
        return ["style"]
    loaded = {"icon", "preload", "prefetch", "modulepreload", "preconnect", "dns-prefetch", "manifest", "import"}
    return ["link"] if kinds & loaded else []


def _plural(what: str, count: int) -> str:
    if count == 1:
        return what
    return "refreshes" if what == "refresh" else _MANY.get(what, f"{what}s")
