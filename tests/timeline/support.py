"""Labels over time made by hand, and what tests of the timeline do again and again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from viewer.labels.answers import Answer, LabelAnswers
from viewer.labels.records import Classification, Instance, Provenance
from viewer.labels.row import RowIndex
from viewer.timeline.colours import TimelineColours
from viewer.timeline.tracks import Tracks, tracks_of

DARK = TimelineColours(
    ground="#26282b",
    ruler="#1e1f22",
    raised="#2f3236",
    line="#3a3d42",
    text="#e6e7e9",
    quiet="#a0a5ad",
    accent="#5aa2ff",
    selection="#2c4a73",
)
LIGHT = TimelineColours(
    ground="#ffffff",
    ruler="#f4f5f6",
    raised="#eceef0",
    line="#d8dbdf",
    text="#1d1f23",
    quiet="#5d646e",
    accent="#1668dc",
    selection="#d5e5fc",
)


def instance(
    key: str, frames=((0, 9),), name: str = "Car", number: int = 1, colour: str = "#d33115", **more
) -> Instance:
    """On inclusive ranges of frames."""
    made = Instance(key, f"f-{name}", name, colour, "bounding_box", "u", number, tuple(frames))
    return replace(made, **more)


def said(feature: str, option: str, *ranges, kind: str = "radio", **more) -> Answer:
    """A dynamic answer on inclusive ranges."""
    texts = {"text": option} if kind == "text" else {"options": (option,), "option_hashes": (f"o-{option}",)}
    made = Answer(feature, feature.title(), kind, dynamic=True, ranges=tuple(ranges), **texts)
    return replace(made, **more)


def dynamic(*answers: Answer) -> LabelAnswers:
    return LabelAnswers((), answers)


def classification(key: str, frames=((0, 9),), name: str = "Weather", answer: str = "Rain", **more) -> Classification:
    """On inclusive ranges of frames; None for the whole unit."""
    answers = LabelAnswers((Answer("w", name, "radio", options=(answer,), option_hashes=(f"o-{answer}",)),))
    made = Classification(key, f"f-{name}", name, "#9aa4b2", "u", frames, answers, Provenance())
    return replace(made, **more)


def tracks(*instances: Instance, classifications=(), frames=100) -> Tracks:
    """`frames`: how many there are, or their numbers."""
    numbers = np.arange(frames) if isinstance(frames, int) else np.asarray(frames)
    return tracks_of(RowIndex(instances, tuple(classifications), {}, ()), "u", numbers)
