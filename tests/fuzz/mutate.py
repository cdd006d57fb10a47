"""Mutants of an export: the tree of its JSON changed here and there, or the bytes of its text."""

from __future__ import annotations

import copy
import json
import math
import random
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from tests.fuzz.seeds import Seed

RAW = "raw json "
"""A text that begins so is written as the JSON that follows it: Python has no 1e400 and no list of 50,000 levels."""

NUMBERS: tuple[Any, ...] = (
    0, -0.0, -1, 1, 2, 0.5, 1e-320, 1e308, -1e308, 1e6, 1e7, 2**31, 2**53 + 1, 2**62, 2**63, 2**64, 10**25, 10**400,
    math.nan, math.inf, -math.inf, f"{RAW}1e400", f"{RAW}-1e400", f"{RAW}{'9' * 5000}", 99_999_999, 65_535,
)  # fmt: skip
TEXTS: tuple[str, ...] = (
    "", " ", "0", "-1", "1.5", "00", "1e5", "nan", "x", "True", "None", "²", "٣", "9" * 5000, "a" * 3000, "\x00",
    "\x1b[31mred", "line\nline", "\u202eabc", "\ud800", "\U0001f600", "<img src='/etc/passwd'>", "../../etc/passwd",
    "/etc/passwd", "https://example.org/a.png?sig=SECRETTOKEN", "file:///etc/passwd", "%s{0}", "obj00001", "root",
)  # fmt: skip
OTHERS: tuple[Any, ...] = (
    None, True, False, [], {}, [[]], [None], {"": None}, {"0": {}}, [[0, 1]], [{}],
    *(f"{RAW}{'[' * levels}{']' * levels}" for levels in (150, 950, 50_000)),
)  # fmt: skip


class Place(NamedTuple):
    """A value in a tree: its container, and its key or index there."""

    holder: Any
    key: Any

    @property
    def value(self) -> Any:
        return self.holder[self.key]

    def put(self, value: Any) -> None:
        self.holder[self.key] = value


def places(tree: Any) -> list[Place]:
    found: list[Place] = []
    stack = [tree]
    while stack:
        node = stack.pop()
        keys = node.keys() if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
        for key in keys:
            found.append(Place(node, key))
            stack.append(node[key])
    return found


class Mutator:
    """The same seed gives the same mutants."""

    def __init__(self, seeds: Sequence[Seed], seed: int) -> None:
        self._seeds = seeds
        self._weights = [1 / (2_000 + len(json.dumps(seed.document))) for seed in seeds]
        self._random = random.Random(seed)

    def mutant(self) -> tuple[Seed, bytes]:
        """A seed and the text of a mutant of it."""
        (seed,) = self._random.choices(self._seeds, self._weights)
        tree = copy.deepcopy(seed.document)
        if self._random.random() < 0.25:
            other = copy.deepcopy(self._random.choices(self._seeds, self._weights)[0].document)
            tree = [*tree, *(other if isinstance(other, list) else [other])]
        for _ in range(self._random.choice((1, 1, 1, 2, 3, 5))):
            found = places(tree)
            if found:
                self._random.choice(CHANGES)(self, self._random.choice(found), found)
        data = text_of(tree)
        return seed, self._bent(data) if self._random.random() < 0.08 else data

    def _bent(self, data: bytes) -> bytes:
        """The text cut off, or a few of its bytes changed."""
        at = self._random.randrange(len(data))
        if self._random.random() < 0.4:
            return data[:at]
        bent = bytearray(data)
        for _ in range(self._random.choice((1, 2, 8))):
            bent[self._random.randrange(len(bent))] = self._random.choice(b'"{}[],:0\\ \xff\x00u' + bytes([at % 256]))
        return bytes(bent)

    def delete(self, place: Place, _: list[Place]) -> None:
        del place.holder[place.key]

    def duplicate(self, place: Place, _: list[Place]) -> None:
        twin = copy.deepcopy(place.value)
        if isinstance(place.holder, list):
            place.holder.insert(place.key, twin)
        else:
            place.holder[self._new_key(place)] = twin

    def repeat(self, place: Place, _: list[Place]) -> None:
        if isinstance(place.value, list) and place.value:
            place.put([copy.deepcopy(self._random.choice(place.value)) for _ in range(self._random.choice((3, 30)))])

    def swap(self, place: Place, found: list[Place]) -> None:
        other = self._random.choice(found)
        one, two = copy.deepcopy(place.value), copy.deepcopy(other.value)
        place.put(two)
        if other.key in other.holder if isinstance(other.holder, dict) else other.key < len(other.holder):
            other.put(one)

    def retype(self, place: Place, _: list[Place]) -> None:
        place.put(copy.deepcopy(self._random.choice((*OTHERS, *NUMBERS[:4], *TEXTS[:6]))))

    def number(self, place: Place, found: list[Place]) -> None:
        self._near(place, found, int | float).put(self._random.choice(NUMBERS))

    def text(self, place: Place, found: list[Place]) -> None:
        self._near(place, found, str).put(self._random.choice(TEXTS))

    def quote(self, place: Place, found: list[Place]) -> None:
        place = self._near(place, found, int | float)
        place.put(str(place.value))

    def rekey(self, place: Place, _: list[Place]) -> None:
        if isinstance(place.holder, dict):
            value = place.holder.pop(place.key)
            place.holder[self._new_key(place)] = value

    def shuffle(self, place: Place, _: list[Place]) -> None:
        if isinstance(place.value, list):
            self._random.shuffle(place.value)
        elif isinstance(place.value, dict):
            items = list(place.value.items())
            self._random.shuffle(items)
            place.put(dict(items))

    def wrap(self, place: Place, _: list[Place]) -> None:
        place.put(self._random.choice(([place.value], {"0": place.value}, [[place.value]], {"x": [place.value]})))

    def splice(self, place: Place, _: list[Place]) -> None:
        """A value that stands under the same key in another export."""
        other = self._random.choice(self._seeds)
        same = [there for there in places(other.document) if there.key == place.key and isinstance(place.key, str)]
        if same:
            place.put(copy.deepcopy(self._random.choice(same).value))

    def _near(self, place: Place, found: list[Place], kind: Any) -> Place:
        """A place with a value of this kind, if one is met in a few tries."""
        for _ in range(10):
            if isinstance(place.value, kind) and not isinstance(place.value, bool):
                break
            place = self._random.choice(found)
        return place

    def _new_key(self, place: Place) -> str:
        near = [key for key in place.holder if isinstance(key, str)] if isinstance(place.holder, dict) else []
        return self._random.choice((*TEXTS, *near, str(place.key) + "2"))


CHANGES: tuple[Callable[[Mutator, Place, list[Place]], None], ...] = (
    Mutator.delete, Mutator.delete, Mutator.duplicate, Mutator.repeat, Mutator.swap, Mutator.retype, Mutator.retype,
    Mutator.number, Mutator.number, Mutator.text, Mutator.quote, Mutator.rekey, Mutator.shuffle, Mutator.wrap,
    Mutator.splice,
)  # fmt: skip


def text_of(tree: Any) -> bytes:
    """As JSON; what Python cannot hold is written as it is meant, lone surrogates as escapes."""
    text = json.dumps(tree)
    while (start := text.find(f'"{RAW}')) >= 0:
        end = text.index('"', start + 1)
        text = text[:start] + text[start + 1 + len(RAW) : end] + text[end + 1 :]
    return text.encode()
