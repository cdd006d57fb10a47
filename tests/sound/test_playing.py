"""What is sent to the device: which sample is heard when, and that the pitch stays."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.sound.course import Course, frames_of
from viewer.sound.tempo import SEARCH_SECONDS, Samples, blocks_of

RATE = 8000


def reader(samples: Samples):
    return lambda start, end: samples[:, max(start, 0) : max(end, 0)]


def put_out(samples: Samples, course: Course, frames: int | None = None) -> Samples:
    made, have = [], 0
    for block in blocks_of(course, reader(samples), RATE):
        made.append(block)
        have += block.shape[1]
        if frames is not None and have >= frames:
            break
    return np.concatenate(made, axis=1)


def tone(hertz: float, seconds: float = 2.0) -> Samples:
    return np.sin(2 * np.pi * hertz * np.arange(round(seconds * RATE)) / RATE).astype(np.float32)[np.newaxis]


@given(st.integers(0, 5000), st.integers(1, 5000), st.sampled_from([0.5, 0.75, 1.0, 1.5, 2.0]))
def test_a_course_goes_through_its_samples_once(start: int, length: int, speed: float) -> None:
    course = Course(start, start + length, speed)
    assert course.source_of(0) == start
    assert course.source_of(10) == min(start + 10 * speed, start + length)
    assert course.source_of(course.frames or 0) == pytest.approx(start + length, abs=speed)


def test_a_loop_goes_round_and_round() -> None:
    course = Course(150, 200, 1.0, again_from=100)
    assert [course.source_of(at) for at in (0, 49, 50, 149, 150, 251)] == [150, 199, 100, 199, 100, 101]
    assert course.frames is None
    laps = course.laps()
    assert [next(laps) for _ in range(3)] == [(150, 200), (100, 200), (100, 200)]


def test_at_its_own_speed_every_sample_is_put_out_as_it_is() -> None:
    samples = np.random.default_rng(1).uniform(-1, 1, (2, 9000)).astype(np.float32)
    assert np.array_equal(put_out(samples, Course(123, 8321)), samples[:, 123:8321])
    looped = put_out(samples, Course(50, 100, 1.0, again_from=20), 170)
    assert np.array_equal(looped[:, :130], np.concatenate([samples[:, 50:100], samples[:, 20:100]], axis=1))


@pytest.mark.parametrize("speed", [0.5, 0.75, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("hertz", [110, 440, 1000])
def test_the_pitch_stays(speed: float, hertz: float) -> None:
    heard = put_out(tone(hertz), Course(0, 2 * RATE, speed))[0]
    assert len(heard) == frames_of(0, 2 * RATE, speed)
    spectrum = np.abs(np.fft.rfft(heard * np.hanning(len(heard))))
    loudest = np.argmax(spectrum) * RATE / len(heard)
    assert loudest == pytest.approx(hertz, abs=1.5 * RATE / len(heard) + 1)
    # a tone laid over itself out of step would swell and fade
    middle = heard[RATE // 10 : -RATE // 10]
    louds = [np.abs(middle[at : at + 400]).max() for at in range(0, len(middle) - 400, 400)]
    assert min(louds) > 0.9 and max(louds) < 1.1


@pytest.mark.parametrize("speed", [0.5, 0.75, 1.25, 1.5, 2.0])
def test_clicks_are_heard_when_the_course_says(speed: float) -> None:
    rng = np.random.default_rng(5)
    samples = (0.002 * rng.standard_normal((1, 3 * RATE))).astype(np.float32)
    clicks = (np.arange(1, 14) * 0.2 * RATE).astype(int)
    samples[0, clicks] = 1.0
    course = Course(500, 3 * RATE - 500, speed)
    heard = np.abs(put_out(samples, course)[0])
    found = [course.source_of(float(at)) for at in np.flatnonzero(heard > 0.35)]
    away = [min(abs(at - click) for click in clicks) for at in found]
    assert found and max(away) <= 2 * SEARCH_SECONDS * RATE + 0.02 * RATE * abs(speed - 1)


def test_samples_that_are_no_numbers_are_silent() -> None:
    samples = np.full((1, 100), np.nan, dtype=np.float32)
    assert not put_out(samples, Course(0, 100)).any()
