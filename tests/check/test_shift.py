"""Clips drawn by the tests, with labels a known number of frames early or late."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.check.moving_clip import Clip, labelled, quickening, standing, steady, swinging
from viewer.check.shift import (
    BEYOND,
    EVEN,
    NO_MOTION,
    NO_PICTURES,
    NO_TEXTURE,
    STOPPED,
    TOO_SHORT,
    Shift,
    measure_shift,
)
from viewer.shapes.sketch import Bounds


@cache
def drawn(clip: Clip) -> tuple[list[NDArray[np.uint8]], dict[int, Bounds]]:
    return clip.drawn()


def measured(clip: Clip, labels: dict[int, Bounds], **how) -> Shift:
    pictures, _ = drawn(clip)
    return measure_shift(labels, lambda frame: pictures[frame] if frame < len(pictures) else None, **how)


SWINGING = Clip(swinging(3))
STEADY = Clip(steady(5))
SHAKEN = swinging(2)


@pytest.mark.parametrize("shift", range(-10, 11))
def test_every_shift_is_found(shift: int) -> None:
    found = measured(SWINGING, labelled(drawn(SWINGING)[1], shift))
    assert (found.shift, found.reason) == (shift, "")
    assert found.certainty > 0.9
    assert max(found.scores, key=lambda one: found.scores[one]) == shift


def test_labels_drawn_too_early_are_to_be_moved_to_later_frames() -> None:
    boxes = drawn(SWINGING)[1]
    early = {frame - 2: box for frame, box in boxes.items() if frame >= 2}
    assert measured(SWINGING, early).shift == 2


@pytest.mark.parametrize(
    ("clip", "wrong"),
    [
        (Clip(quickening(4)), {}),
        (Clip(swinging(3), camera=steady(1.5)), {}),
        (Clip(swinging(3), noise=12), {}),
        (Clip(swinging(3), quality=25), {}),
        (Clip(swinging(3), size=(12, 12)), {}),
        (Clip(swinging(3), size=(200, 150)), {}),
        (Clip(swinging(3), pole=True), {}),
        (Clip(swinging(3), company=True), {}),
        (Clip(swinging(3), growth=0.8), {}),
        (Clip(swinging(3), plain_ground=True), {}),
        (Clip(swinging(3), plain_thing=True), {}),
        (Clip(swinging(3), plain_thing=True, plain_ground=True), {}),
        (SWINGING, {"jitter": 2}),
        (SWINGING, {"scale": 1.2}),
        (SWINGING, {"scale": 0.8}),
        (SWINGING, {"jitter": 2, "scale": 1.2}),
        (SWINGING, {"every": 4}),
    ],
)
@pytest.mark.parametrize("shift", [-6, 1])
def test_changing_motion_tells_shifts_apart(clip: Clip, wrong: dict[str, float], shift: int) -> None:
    found = measured(clip, labelled(drawn(clip)[1], shift, **wrong))
    assert (found.shift, found.reason) == (shift, "")
    assert found.certainty > 0.75


@pytest.mark.parametrize(
    ("clip", "wrong"),
    [
        (STEADY, {}),
        (STEADY, {"jitter": 2}),
        (STEADY, {"scale": 1.2}),
        (STEADY, {"scale": 0.8}),
        (STEADY, {"every": 10}),
        (Clip(steady(5), camera=steady(-2)), {}),
        (Clip(steady(5), noise=10), {}),
        (Clip(steady(5), quality=25), {}),
        (Clip(steady(5), plain_ground=True), {}),
        (Clip(steady(5), plain_thing=True), {}),
        (Clip(steady(5), pole=True), {}),
        (Clip(steady(5), company=True), {}),
        (Clip(steady(3), size=(12, 12)), {}),
    ],
)
@pytest.mark.parametrize("shift", [-3, 0, 8])
def test_a_thing_that_never_changes_its_speed_is_found_by_where_it_is(
    clip: Clip, wrong: dict[str, float], shift: int
) -> None:
    found = measured(clip, labelled(drawn(clip)[1], shift, **wrong))
    assert (found.shift, found.reason) == (shift, "")
    assert found.certainty > 0.6


def test_a_standing_thing_under_a_shaken_camera_is_found() -> None:
    clip = Clip(SHAKEN, camera=SHAKEN)
    found = measured(clip, labelled(drawn(clip)[1], -2))
    assert (found.shift, found.reason) == (-2, "")


def test_little_is_said_of_a_large_thing_that_moves_slowly_and_evenly() -> None:
    clip = Clip(steady(0.7), size=(150, 120))
    found = measured(clip, labelled(drawn(clip)[1], 1))
    assert found.reason == EVEN
    assert found.certainty < 0.5


def test_certainty_is_low_where_boxes_beside_their_thing_look_like_a_shift() -> None:
    clip = Clip(steady(2.5))
    beside = {frame: Bounds(box.left + 2, box.top, box.right + 2, box.bottom) for frame, box in drawn(clip)[1].items()}
    assert measured(clip, beside).certainty < 0.8


@pytest.mark.parametrize("clip", [Clip(standing), Clip(standing, camera=steady(3))])
def test_a_label_that_stays_where_it_is_tells_nothing(clip: Clip) -> None:
    found = measured(clip, labelled(drawn(clip)[1], 3, jitter=1))
    assert (found.shift, found.certainty, found.reason) == (0, 0.0, NO_MOTION)


def test_pictures_without_anything_in_them_tell_nothing() -> None:
    clip = Clip(swinging(3), plain_thing=True, plain_ground=True)
    blank = np.full_like(drawn(clip)[0][0], 90)
    found = measure_shift(drawn(clip)[1], lambda _: blank)
    assert (found.certainty, found.reason) == (0.0, NO_TEXTURE)


def test_labels_of_something_that_is_not_there_are_not_said_to_fit() -> None:
    nobody = Clip(standing)
    found = measured(nobody, drawn(Clip(lambda time: swinging(3)(time) + (0, 80)))[1])
    assert found.reason


def test_a_shift_larger_than_what_is_tried_is_not_given_as_a_smaller_one() -> None:
    found = measured(SWINGING, labelled(drawn(SWINGING)[1], 5), most=4)
    assert (found.certainty, found.reason) == (0.0, BEYOND)


def test_a_short_clip_is_tried_with_fewer_shifts() -> None:
    clip = Clip(swinging(3), frames=30)
    found = measured(clip, labelled(drawn(clip)[1], 1))
    assert found.shift == 1
    assert len(found.scores) < 21


@pytest.mark.parametrize("labels", [{}, {4: Bounds(0, 0, 9, 9)}, {n * 40: Bounds(n, 0, n + 9, 9) for n in range(30)}])
def test_too_few_labels(labels: dict[int, Bounds]) -> None:
    assert measured(SWINGING, labels).reason == TOO_SHORT


def test_labels_without_an_extent_are_measured_by_what_is_around_them() -> None:
    clip = Clip(swinging(3), size=(10, 10))
    dots = {
        frame: Bounds(*2 * ((box.left + box.right) / 2, (box.top + box.bottom) / 2))
        for frame, box in labelled(drawn(clip)[1], 2).items()
    }
    assert measured(clip, dots).shift == 2


def test_pictures_are_asked_for_once_in_order_near_the_frame_and_within_the_budget() -> None:
    pictures, boxes = drawn(SWINGING)
    asked: list[int] = []

    def grey(frame: int) -> NDArray[np.uint8] | None:
        asked.append(frame)
        return pictures[frame]

    found = measure_shift(boxes, grey, most=5, around=20, budget=40)
    assert asked == sorted(set(asked))
    assert len(asked) <= 40
    assert min(asked) < 20 < max(asked)
    assert found.shift == 0


def test_pictures_that_cannot_be_decoded() -> None:
    pictures, boxes = drawn(SWINGING)
    assert measure_shift(boxes, lambda _: None).reason == NO_PICTURES
    holed = {frame: picture for frame, picture in enumerate(pictures) if frame not in (3, 70)}
    assert measure_shift(labelled(boxes, 2), holed.get).shift == 2


def test_it_stops_when_told_to() -> None:
    asked: list[int] = []
    pictures, boxes = drawn(SWINGING)

    def grey(frame: int) -> NDArray[np.uint8] | None:
        asked.append(frame)
        return pictures[frame]

    assert measure_shift(boxes, grey, stop=lambda: len(asked) > 4).reason == STOPPED
    assert len(asked) == 5


def test_the_same_labels_give_the_same_answer() -> None:
    labels = labelled(drawn(STEADY)[1], 1, jitter=2)
    assert measured(STEADY, labels) == measured(STEADY, labels)
