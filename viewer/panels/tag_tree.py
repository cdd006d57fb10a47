"""Tags as a list that folds: which of them are on screen, given what is unfolded and looked for."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from viewer.media.dicom_tags import Tag
from viewer.scene.words import filter_words, holds, searchable

FEW = 12
"""Lines below a sequence that are unfolded without being asked for."""
_NUMBER = re.compile("[0-9a-f]{8}")

Path = tuple[str, ...]


class TagTree:
    """Places are those in `tags`."""

    def __init__(self, tags: Sequence[Tag]) -> None:
        self.tags = tags
        self.parents: list[int | None] = []
        self.below = [0] * len(tags)
        """How many lines stand below each, on all levels."""
        self.paths: list[Path] = []
        """The same for the same element of another slice."""
        self._texts: dict[bool, list[str]] = {}
        self._place_all()
        self.has_heads = any(self.below)
        """Whether anything folds."""

    def _place_all(self) -> None:
        above: list[int] = []
        for place, tag in enumerate(self.tags):
            while above and self.tags[above[-1]].depth >= tag.depth:
                above.pop()
            parent = above[-1] if above else None
            self.parents.append(parent)
            start = self.paths[parent] if parent is not None else ()
            self.paths.append((*start, tag.tag if tag.vr else tag.name))
            for place_above in above:
                self.below[place_above] += 1
            above.append(place)

    def is_open(self, place: int, turned: Collection[Path]) -> bool:
        """`turned`: paths of those that are not as they would be by themselves."""
        return self._opens(place) != (self.paths[place] in turned)

    def _opens(self, place: int) -> bool:
        """What is short, and the only item of a sequence; items of long sequences show one by one."""
        parent = self.parents[place]
        if self.tags[place].vr or parent is None:
            return self.below[place] <= FEW
        return self.below[parent] <= FEW or self.below[place] == self.below[parent] - 1

    def unfolded(self, turned: Collection[Path]) -> list[int]:
        """Places of what is on screen while nothing is looked for."""
        made: list[int] = []
        place = 0
        while place < len(self.tags):
            made.append(place)
            is_shut = self.below[place] and not self.is_open(place, turned)
            place += 1 + (self.below[place] if is_shut else 0)
        return made

    def holding(self, words: Collection[str], hides: bool) -> tuple[list[int], int]:
        """Places of what holds every word, with what it stands under; and how many hold them. Hidden values hold none."""
        kept: set[int] = set()
        count = 0
        if hides not in self._texts:
            self._texts[hides] = [_text(tag, hides) for tag in self.tags]
        for place, text in enumerate(self._texts[hides]):
            if holds(words, text):
                count += 1
                above: int | None = place
                while above is not None and above not in kept:
                    kept.add(above)
                    above = self.parents[above]
        return sorted(kept), count


def tag_words(query: str) -> tuple[str, ...]:
    """Words of a filter; a number without its comma is understood too."""
    return tuple(f"{word[:4]},{word[4:]}" if _NUMBER.fullmatch(word) else word for word in filter_words(query))


def _text(tag: Tag, hides: bool) -> str:
    value = "" if hides and tag.is_identity else f"{tag.value}\n{tag.meaning}"
    return searchable(tag.tag, tag.keyword, tag.name, tag.vr, value, tag.trouble)
