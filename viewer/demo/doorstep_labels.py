"""Labels of the minute at the door. Two are wrong on purpose: one is late, and one goes on through a pause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from viewer.demo.doorstep import LINES, WORDS, Heard
from viewer.demo.rows import CHECKED, DETECTED, SECOND, Judgement, Range, Thing

LATE, LATE_BY = "guest 4", 400
"""What is said there is labelled so many milliseconds later than it is said."""
THROUGH_A_PAUSE = ("host 3a", "host 3b")
"""These are labelled as one, with the pause between them."""
IN_PIECES = ("guest 2a", "guest 2b")
"""One label of two ranges, without the pause."""


def doorstep_things(heard: Mapping[str, Heard]) -> Iterator[Thing]:
    for key, _, words, _ in LINES:
        if key in (THROUGH_A_PAUSE[1], IN_PIECES[1]):
            continue
        if key == THROUGH_A_PAUSE[0]:
            parts, ranges = THROUGH_A_PAUSE, ((heard[key].range[0], heard[THROUGH_A_PAUSE[1]].range[1]),)
        elif key == IN_PIECES[0]:
            parts, ranges = IN_PIECES, tuple(heard[part].range for part in IN_PIECES)
        else:
            late = LATE_BY if key == LATE else 0
            start, end = heard[key].range
            parts, ranges = (key,), ((start + late, end + late),)
        answers = {
            "Voice": "Host" if key.startswith("host") else "Guest",
            "Transcript": ". ".join(WORDS[part] for part in parts),
            "Manner": "Asking" if words.endswith("?") else "Telling",
        }
        yield Thing("Speaker", key, answers=answers, ranges=ranges, made=SECOND if key == LATE else CHECKED)
    yield Thing("Doorbell", "doorbell", answers={"Rings": 2}, ranges=(heard["doorbell"].range,))
    yield Thing("Music", "music box", answers={"Instrument": "Music box"}, ranges=(heard["music box"].range,))
    for number in (1, 2):
        yield Thing("Birdsong", f"birds {number}", ranges=_phrases(heard, number), made=DETECTED)


def doorstep_judgements(heard: Mapping[str, Heard]) -> tuple[Judgement, ...]:
    birds = tuple((_phrases(heard, number)[0][0], _phrases(heard, number)[-1][1]) for number in (1, 2))
    return (
        Judgement("Sound quality", {"Sound quality": "Clean"}, ranges=()),
        Judgement("Background", {"Background": ["Birds"]}, birds, key="birds"),
        Judgement("Background", {"Background": ["Music"]}, (heard["music box"].range,), key="music"),
    )


def _phrases(heard: Mapping[str, Heard], number: int) -> tuple[Range, ...]:
    return tuple(sound.range for key, sound in heard.items() if key.startswith(f"birds {number},"))
