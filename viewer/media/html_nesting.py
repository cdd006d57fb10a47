"""Pages nested absurdly deep, on which a parser would spend minutes: they are cut to the depth that browsers show."""

from __future__ import annotations

import re
from collections.abc import Iterable

ABSURD = 2_000
"""Elements within one another from which on a page is cut; what a parser does for each tag grows with them."""
KEPT = 510
"""Of those, how many are left; with the root and the body these are as many as browsers put within one another."""
_BEGIN = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)|<!--")
_REST = re.compile(r"""(?>[^>=]+|=\s*"[^"]*"|=\s*'[^']*'|=)*+>""")


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_EMPTY = _names(
    "area base basefont bgsound br col embed frame hr image img input keygen link meta param source track wbr"
)
_RAW = _names("iframe noembed noframes plaintext script style textarea title xmp")
"""What is inside of them is no markup."""
_FORMATTING = _names("a b big code em font i nobr s small strike strong tt u")
"""Elements that can end while others, begun within them, go on."""
_PARTS = {
    "td": _names("td th"),
    "th": _names("td th"),
    "tr": _names("td th tr"),
    "tbody": _names("td th tr tbody thead tfoot"),
    "thead": _names("td th tr tbody thead tfoot"),
    "tfoot": _names("td th tr tbody thead tfoot"),
}
"""Of tables, with those that end where they begin."""
_ENDED = {
    "li": _names("li"),
    "dt": _names("dt dd"),
    "dd": _names("dt dd"),
    "option": _names("option"),
    "optgroup": _names("option optgroup"),
    "a": _names("a"),
    "nobr": _names("nobr"),
    "button": _names("button"),
    "rt": _names("rt rp"),
    "rp": _names("rt rp"),
}
"""Others that end where one begins."""
_BLOCKS = _names(
    "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3 h4 "
    "h5 h6 header hgroup li dd dt listing main menu nav ol p plaintext pre section summary table ul xmp"
)
"""Where these begin, a paragraph ends."""
_HEADINGS = _names("h1 h2 h3 h4 h5 h6")
"""None begins directly in another."""
_SCOPES = _names("applet caption html marquee object select table td template th")
"""What is inside of them ends nothing outside."""
_HOLDERS = (_BLOCKS | _SCOPES | _names("tr tbody thead tfoot button")) - _names("address div p")
"""What is inside of them is not ended by the next item of a list."""
_OUTSIDE = {name: _SCOPES if name in _FORMATTING else _HOLDERS - ended for name, ended in _ENDED.items()}
_AROUND_PARAGRAPHS = _SCOPES | {"button"}
_SPECIAL = _HOLDERS | _BLOCKS
_TABLES = ("table", "template")


class _Open:
    """The elements that are open at a place."""

    def __init__(self) -> None:
        self._names: list[str] = []
        """Empty of those that have ended while others within them go on."""
        self._are_cut: list[bool] = []
        self._places: dict[str, list[int]] = {}
        self.depth = 0
        """Of those that were not cut."""

    def last(self, names: Iterable[str]) -> int:
        """The place of the innermost one of some names; -1 where none is open."""
        found = (self._places.get(name) for name in names)
        return max((places[-1] for places in found if places), default=-1)

    def push(self, name: str, *, is_cut: bool) -> None:
        self._places.setdefault(name, []).append(len(self._names))
        self._names.append(name)
        self._are_cut.append(is_cut)
        self.depth += not is_cut

    def end_from(self, place: int) -> bool:
        """An element ends with all that are in it; whether it had been cut."""
        is_cut = self._are_cut[place]
        while len(self._names) > place:
            name, was_cut = self._names.pop(), self._are_cut.pop()
            if name:
                self._places[name].pop()
                self.depth -= not was_cut
        return is_cut

    def end_only(self, place: int) -> bool:
        """An element ends, those in it go on; whether it had been cut."""
        self._places[self._names[place]].pop()
        self._names[place] = ""
        self.depth -= not self._are_cut[place]
        return self._are_cut[place]

    @property
    def is_foreign(self) -> bool:
        """Whether this is inside of a drawing or a formula."""
        return bool(self._places.get("svg") or self._places.get("math"))

    def is_ignored(self, name: str) -> bool:
        """Whether a tag begins nothing here: there is but one form at a time."""
        return name in ("html", "head", "body") or (name == "form" and bool(self._places.get("form")))

    def make_way(self, name: str) -> None:
        """End what ends where an element begins."""
        if name in _PARTS:
            while (place := self.last(_PARTS[name])) > self.last(_TABLES):
                self.end_from(place)
            return
        if name in _HEADINGS and self._names and self._names[-1] in _HEADINGS:
            self.end_from(len(self._names) - 1)
        if name in _ENDED and (place := self.last(_ENDED[name])) >= 0 and place > self.last(_OUTSIDE[name]):
            self.end_only(place) if name in _FORMATTING else self.end_from(place)
        if (
            name in _BLOCKS
            and self._places.get("p")
            and (place := self._places["p"][-1]) > self.last(_AROUND_PARAGRAPHS)
        ):
            self.end_from(place)

    def end(self, name: str) -> bool:
        """An end tag; whether the element that it ends had been cut."""
        place = self._places[name][-1] if self._places.get(name) else -1
        if place < 0:
            return False
        if place == len(self._names) - 1:
            return self.end_from(place)
        if name in _PARTS or name == "table":
            return place >= self.last(_TABLES) >= 0 and self.end_from(place)
        if name in _FORMATTING:
            is_around = self.last(_SPECIAL) > place
            return place > self.last(_SCOPES) and (self.end_only(place) if is_around else self.end_from(place))
        limit = self.last(_SCOPES - {name} if name in _BLOCKS or name in _SCOPES else _SPECIAL)
        return place > limit and self.end_from(place)


def cut_nesting(text: str) -> str:
    """A page of which elements are nested more than `ABSURD` deep, without the tags of those deeper than `KEPT`.

    All words stay. Other pages are given back as they are.
    """
    if text.count("<") <= ABSURD or not _cuts(text, ABSURD):
        return text
    pieces: list[str] = []
    at = 0
    for start, end in _cuts(text, KEPT):
        pieces.append(text[at:start])
        at = end
    return "".join([*pieces, text[at:]])


def _cuts(text: str, deepest: int) -> list[tuple[int, int]]:
    """Where the tags stand of elements that are nested deeper; goes through all tags once."""
    elements, cuts, at = _Open(), list[tuple[int, int]](), 0
    while (found := _BEGIN.search(text, at)) is not None:
        begin, at = found.start(), found.end()
        if found[2] is None:
            at = _after(text, "-->", at)
            continue
        rest = _REST.match(text, at)
        if rest is None:
            break
        name, at = found[2].lower(), rest.end()
        if found[1]:
            if elements.end(name):
                cuts.append((begin, at))
        elif name not in _EMPTY:
            is_foreign = elements.is_foreign
            if name in _RAW and not is_foreign:
                at = _after_raw(text, name, at)
            elif not (is_foreign and rest[0].endswith("/>")) and not elements.is_ignored(name):
                elements.make_way(name)
                is_cut = elements.depth >= deepest
                elements.push(name, is_cut=is_cut)
                if is_cut:
                    cuts.append((begin, at))
    return cuts


def _after(text: str, words: str, at: int) -> int:
    place = text.find(words, at)
    return place + len(words) if place >= 0 else len(text)


def _after_raw(text: str, name: str, at: int) -> int:
    found = re.compile(f"</{re.escape(name)}(?=[\\s/>])", re.IGNORECASE).search(text, at)
    return found.start() if found is not None and name != "plaintext" else len(text)
