"""Texts with labelled ranges for tests of this room."""

from __future__ import annotations

from viewer.labels.answers import LabelAnswers
from viewer.labels.records import Instance
from viewer.labels.row import RowIndex
from viewer.scene.placed import placed_moments
from viewer.scene.stretches import Stretches, stretches_of

COLOURS = ("#d33115", "#16406c", "#fcdc00", "#68bc00", "#aea1ff")


def instance(name: str, *ranges: tuple[int, int], number: int = 1, one: int = 0) -> Instance:
    """A label of class `name` with ranges in code points, the end excluded."""
    return Instance(
        f"{name}{number}",
        f"f-{name}",
        name,
        COLOURS[one % len(COLOURS)],
        "text",
        "u",
        number,
        (),
        answers=LabelAnswers(),
        ranges=tuple([start, end] for start, end in ranges),
        range_unit="characters",
    )


def stretches(*found: Instance) -> Stretches:
    return stretches_of(RowIndex(found, (), {}, ()), "u", placed_moments)


def labelled(content: str, *words: str) -> Stretches:
    """Each of the words where it occurs first, every one of a class of its own."""
    made = []
    for one, word in enumerate(words):
        start = content.index(word)
        made.append(instance(f"Class {one}", (start, start + len(word)), one=one))
    return stretches(*made)
