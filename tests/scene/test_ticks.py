from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.scene.ticks import position_steps, time_digits, time_step, time_words


@given(scale=st.floats(1e-5, 500), room=st.floats(20, 200))
def test_marks_of_positions_have_room_and_are_round(scale, room):
    steps = position_steps(scale, room)
    assert steps.large * scale >= room * (1 - 1e-9) or steps.large == 1
    assert str(steps.large).rstrip("0") in ("1", "2", "5")
    assert steps.large % steps.small == 0
    # no wider apart than need be: the next closer round number would not do
    if steps.large > 1 and steps.large * scale > 2.51 * room:
        assert steps.large == 1


@given(columns=st.floats(1e-4, 1e5), room=st.floats(20, 200))
def test_marks_of_time_have_room(columns, room):
    assert time_step(columns, room) * columns >= room * (1 - 1e-9)


def test_a_frame_is_never_divided():
    assert position_steps(200, 60).large == 1 and position_steps(200, 60).small == 1


@pytest.mark.parametrize(
    ("seconds", "digits", "words"),
    [
        (0, 3, "0:00.000"),
        (41.1331, 3, "0:41.133"),
        (63.5, 1, "1:03.5"),
        (1.000045, 6, "0:01.000045"),
        (59.9996, 3, "1:00.000"),
        (7200, 0, "2:00:00"),
    ],
)
def test_times_read_as_clocks_do(seconds, digits, words):
    assert time_words(seconds, digits) == words


@pytest.mark.parametrize("step", [0.000001, 0.00002, 0.0005, 0.001, 0.02, 0.05, 0.1, 0.5, 1, 60])
def test_marks_of_time_differ_in_words(step):
    said = [time_words(at * step, time_digits(step)) for at in range(50)]
    assert len(set(said)) == 50
