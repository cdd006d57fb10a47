"""The labels of the film, from the places of its things on each frame.

Two tracks are wrong on purpose, for reviewers to find:

- "car 1", the red car, jumps: on frames 76 to 87, just after it has come out from behind the parked van, its box lies
  on the van while the car drives on.
- "car 2", the blue car, is late: on every frame its box is where the car was 3 frames before, which shows while it
  brakes (frames 118 to 205) and while it gathers speed (from frame 282), and not while it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from viewer.demo.geometry import Geometry
from viewer.demo.lakeside_film import CLOUDY, COUNT
from viewer.demo.lakeside_traffic import (
    BRAKES_UNTIL,
    CARRIAGES,
    CLOSING,
    FLASHING,
    OPENING,
    barrier_state,
    train_speed,
)
from viewer.demo.lakeside_walks import activity, gait
from viewer.demo.ontology import Answer
from viewer.demo.rows import CHECKED, DETECTED, SECOND, Judgement, Made, Range, Thing

JUMPS = range(76, 88)
LATE_BY = 3
_BY_HAND = 25
_TRACKER = Made("tracker@example.org", checked_by="reviewer-1@example.org", confidence=0.72, manual=False)
Changing = tuple[str, Answer, tuple[Range, ...]]


def film_things(places: list[dict[str, Geometry]]) -> Iterator[Thing]:
    """Every labelled thing, the wrong ones too; every 25th frame and the ends of a track were drawn by hand."""
    for thing in _known():
        found = _lasting({frame: on_it[thing.key] for frame, on_it in enumerate(places) if thing.key in on_it})
        if thing.key == "car 1":
            found |= {frame: _around(places[frame]["van"]) for frame in JUMPS}
        elif thing.key == "car 2":
            found = {frame + LATE_BY: place for frame, place in found.items() if frame + LATE_BY < COUNT}
        by_hand = {frame for frame in found if not frame % _BY_HAND or {frame - 1, frame + 1} - set(found)}
        changing = tuple(
            change for title, at in _CHANGING.get(thing.kind, ()) for change in _spans(title, at, thing, found)
        )
        yield replace(thing, places=found, changing=changing, interpolated=frozenset(found) - by_hand)


def film_judgements() -> tuple[Judgement, ...]:
    first, last = CLOUDY
    return (
        Judgement("Usable?", {"Usable?": "Yes"}, ranges=()),
        Judgement("Weather", {"Weather": "Sunny"}, ((0, first - 1), (last + 1, COUNT - 1))),
        Judgement("Weather", {"Weather": "Cloudy"}, ((first, last),), key="cloudy"),
        Judgement("Seen", {"Seen": ["People", "Vehicles", "Animals", "Water"]}, ((0, COUNT - 1),)),
        Judgement("Note", {"Note": "The crossing is closed"}, ((CLOSING, OPENING - 1),), generation=2),
    )


def _known() -> list[Thing]:
    """What there is, without its places."""
    return [
        Thing("Car", "car 1", {}, {"Kind": "Saloon", "Extras": ["Sunroof"]}, made=_TRACKER),
        Thing("Car", "car 2", {}, {"Kind": "Estate", "Roof rails": "No", "Extras": []}),
        Thing("Car", "van", {}, {"Kind": "Van", "Side door": "Right", "Lettering": "Fresh rolls", "Remark": "Parked"}, made=CHECKED),
        *(Thing("Cyclist", f"cyclist {n}", {}, {"Helmet": "Yes"}, made=CHECKED if n == 1 else Made()) for n in (1, 2, 3)),
        Thing("Dog", "dog", {}, {"Remark": "On a lead"}),
        Thing("Lead", "lead", {}, made=SECOND),
        *(Thing("Person", f"person {n}", {}, made=CHECKED) for n in (1, 2, 3)),
        *(Thing("Bird", f"duck {n}", {}, made=SECOND) for n in (1, 2, 3, 4)),
        *(Thing("Bird", f"gull {n}", {}, made=DETECTED) for n in (1, 2)),
        Thing("Barrier", "barrier", {}, made=CHECKED),
        Thing("Crossing signal", "signal", {}, made=CHECKED),
        *(Thing("Carriage", f"carriage {n}", {}, {"Kind": kind}) for n, kind in enumerate(CARRIAGES, 1)),
        Thing("Boat", "boat 1", {}, {"Kind": "Motor boat"}, made=CHECKED),
        Thing("Visible boat", "boat 1 mask", {}, made=Made("segmenter@example.org", confidence=0.91, manual=False)),
        *(Thing("Boat", f"boat {n}", {}, {"Kind": "Sailing boat"}, made=DETECTED) for n in (2, 3)),
        Thing("Buoy", "buoy", {}),
        Thing("Flag", "flag", {}, made=SECOND),
    ]  # fmt: skip


def _lasting(found: dict[int, Geometry]) -> dict[int, Geometry]:
    """Without what shows up for three frames or fewer, as between two carriages: no one labels that."""
    runs: list[list[int]] = []
    for frame in sorted(found):
        if not runs or runs[-1][-1] != frame - 1:
            runs.append([])
        runs[-1].append(frame)
    return {frame: found[frame] for run in runs if len(run) > 3 for frame in run}


def _around(place: Geometry) -> Geometry:
    """A box that lies on a thing as loosely as a tracker would put it."""
    box = place["boundingBox"]
    return {"boundingBox": {"x": box["x"] + 0.004, "y": box["y"] - 0.011, "w": box["w"], "h": box["h"] + 0.007}}


def _lights(key: str, frame: int) -> Answer:
    return "Off" if key == "van" else "Braking" if key == "car 2" and frame < BRAKES_UNTIL else "On"


_CHANGING: dict[str, tuple[tuple[str, Callable[[str, int], Answer]], ...]] = {
    "Car": (("Lights", _lights),),
    "Person": (("Activity", activity),),
    "Dog": (("Gait", lambda _, frame: gait(frame)),),
    "Barrier": (("State", lambda _, frame: barrier_state(frame)),),
    "Crossing signal": (("State", lambda _, frame: "Flashing" if frame in FLASHING else "Dark"),),
    # the pixels of a frame in kilometres an hour, read off every second
    "Carriage": (("Speed (km/h)", lambda _, frame: round(3.75 * train_speed(frame // 25 * 25 + 12), 1)),),
}
"""Class to the attributes whose answers change, each with what it is on a frame."""


def _spans(title: str, at: Callable[[str, int], Answer], thing: Thing, frames: Iterable[int]) -> list[Changing]:
    """The answers over a track, each with all the ranges that it holds for, the latest first as the editor has them."""
    spans: dict[object, tuple[Answer, list[Range]]] = {}
    for frame in sorted(frames):
        answer = at(thing.key, frame)
        _, ranges = spans.setdefault(str(answer), (answer, []))
        if ranges and ranges[-1][1] == frame - 1:
            ranges[-1] = (ranges[-1][0], frame)
        else:
            ranges.append((frame, frame))
    return [(title, answer, tuple(ranges)) for answer, ranges in reversed(spans.values())]
