"""Ranges made by hand, for tests of what lists and inspects them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from viewer.labels.answers import NO_ANSWERS, Answer, LabelAnswers
from viewer.labels.records import Classification, Instance, Provenance
from viewer.labels.row import RowIndex
from viewer.scene.offsets import USUAL, placed_characters
from viewer.scene.placed import placed_moments
from viewer.scene.stretches import Stretches, stretches_of

SAID = "Hello, is anybody there?"


def spoken(text: str) -> LabelAnswers:
    return LabelAnswers((Answer("t", "Transcript", "text", text=text),)) if text else NO_ANSWERS


def stretched(object_hash: str, name: str, number: int, *ranges, unit: str = "ms", said: str = "", **more) -> Instance:
    word = "audio" if unit == "ms" else "text"
    made = Instance(
        object_hash, f"f-{name}", name, "#d33115", word, "u", number, (), ranges, unit, spoken(said), Provenance()
    )
    return replace(made, **more)


def judgement(key: str, name: str, said: str, *ranges, unit: str = "ms") -> Classification:
    answers = LabelAnswers((Answer("q", name, "radio", options=(said,), option_hashes=("o",)),))
    return Classification(
        key, f"f-{name}", name, "#9aa4b2", "u", None, answers, Provenance(), ranges, unit if ranges else None
    )


def index(*labels: Instance, judgements=()) -> RowIndex:
    return RowIndex(labels, tuple(judgements), {}, ())


def of_sound(*labels: Instance, judgements=()) -> Stretches:
    return stretches_of(index(*labels, judgements=judgements), "u", placed_moments)


def of_text(content: str, *labels: Instance, judgements=()) -> Stretches:
    place = partial(placed_characters, content=content, reading=USUAL)
    return stretches_of(index(*labels, judgements=judgements), "u", place)


SPEECH = (
    stretched("s2", "Speaker", 2, [1500, 3250], said="It is. Come in"),
    stretched("s1", "Speaker", 1, [500, 2000], [4000, 4500], [7000, 6000], said=SAID),
    stretched("n1", "Noise", 1, [9000, 12000]),
    stretched("none", "Noise", 2),
)
JUDGED = (judgement("lang", "Language", "English"), judgement("loud", "Loudness", "Loud", [1000, 5000]))
