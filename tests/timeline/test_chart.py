from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.timeline.support import classification, dynamic, instance, said, tracks
from viewer.timeline.bands import ROW, Bands
from viewer.timeline.chart import Chart
from viewer.timeline.rows import Wanted
from viewer.timeline.words import description, hit_lines, place_words

INSTANCES = (
    instance(
        "a", ((10, 19), (40, 40)), answers=dynamic(said("door", "Open", (10, 14)), said("door", "Shut", (15, 40)))
    ),
    instance("b", ((0, 99),), number=2),
    instance("p", ((50, 59),), name="Person"),
)


def chart(frames=100, fps: float | None = 25.0, width=1000, height=400, ratio=1.0) -> Chart:
    """900 columns over 100 frames."""
    numbers = np.arange(frames) if isinstance(frames, int) else np.array(frames)
    made = Chart()
    counts = np.ones(len(numbers), dtype=np.int64)
    made.show_unit(numbers, counts, fps)
    made.set_tracks(
        tracks(*INSTANCES, classifications=[classification("w"), classification("v", ((20, 29),))], frames=numbers)
    )
    made.place(Bands.of(width, height, 100, slim=False, timed=fps is not None, pictured=False), ratio)
    return made


def middle(made: Chart, row: int) -> int:
    return made.bands.top_of(row, made.scroll) + ROW // 2


def x_of(made: Chart, position: int) -> float:
    return made.x_of(made.axis.middle(position)) + 0.5 / made.ratio


@given(position=st.integers(0, 99), zoom=st.floats(1, 30), ratio=st.sampled_from((1.0, 1.5, 2.0)))
def test_a_click_on_a_frame_means_that_frame(position, zoom, ratio):
    made = chart(ratio=ratio)
    made.axis = made.axis.zoomed_at(made.axis.middle(position), zoom)
    hit = made.hit(x_of(made, position), 5)
    assert hit is not None and (hit.zone, hit.position) == ("ruler", position)


def test_zones():
    made = chart()
    zones = [made.hit(500, y).zone for y in (5, 40, 200)]
    assert zones == ["ruler", "density", "rows"]
    assert made.hit(made.bands.left, 100).zone == "edge"
    assert made.hit(20, 10).zone == "corner" and made.hit(20, 100).zone == "names"
    assert Chart().hit(5, 5) is None


def test_a_bar_says_its_label_and_its_frames():
    made = chart()
    row = made.row_of("a")
    hit = made.hit(x_of(made, 12), middle(made, row))
    assert (hit.label, hit.bar, hit.position) == ("a", (10, 20), 12)
    assert [made.tracks.answers.words[at] for at in hit.said] == ["Open"]
    beside = made.hit(x_of(made, 30), middle(made, row))
    assert (beside.label, beside.bar, beside.position) == (None, None, 30)


def test_a_bar_wider_than_its_frame_still_means_its_frame():
    numbers = np.arange(100_000)
    made = chart(numbers)
    made.set_tracks(tracks(instance("x", ((70_000, 70_000),)), frames=numbers))
    for shift in (-1, 0, 1):
        hit = made.hit(x_of(made, 70_000) + shift, middle(made, 1))
        assert (hit.position, hit.label) == (70_000, "x")


def test_each_answer_of_a_classification_is_a_label_of_its_own():
    made = chart()
    assert made.hit(x_of(made, 5), middle(made, 0)).label == "w"
    assert made.hit(x_of(made, 25), middle(made, 0)).label == "v"
    assert made.hit(x_of(made, 15), middle(made, 0)).label is None
    assert made.extent("v") == (20, 30) and made.extent("a") == (10, 41) and made.extent("nobody") is None


def test_positions_count_the_frames_that_there_are():
    made = chart([3, 7, 8, 20, 50], fps=None)
    assert [made.position_of(frame) for frame in (3, 7, 19, 20, 90, 0)] == [0, 1, 2, 3, 4, 0]
    assert place_words(made, 3) == "frame 20"


def test_the_view_stays_while_the_frames_do():
    made = chart()
    made.axis = made.axis.showing(10, 20)
    kept = made.axis
    made.show_unit(np.arange(100), np.full(100, 7), 25.0)
    assert made.axis == kept and made.density.most == 7
    made.show_unit(np.arange(101), np.full(101, 7), 25.0)
    assert made.axis.fits


def test_scrolling_ends_with_the_rows_and_reveals_what_is_asked_for():
    made = chart(height=54 + 3 * ROW)
    made.scroll_to(10_000)
    assert made.scroll == len(made.rows) * ROW - 3 * ROW
    made.reveal(0)
    assert made.scroll == 0
    made.reveal(4)
    assert made.scroll == 2 * ROW
    assert list(made.bands.rows_seen(5, 6)) == [0, 1, 2, 3]


def test_a_folded_class_is_opened_for_its_label():
    made = chart()
    made.arrange(Wanted(folded=frozenset({"f-Car", "f-Person"})))
    assert made.row_of("a") is None
    made.unfold("a")
    assert made.row_of("a") is not None and made.row_of("p") is None


def test_words_under_the_pointer():
    made = chart()
    row = made.row_of("a")
    assert hit_lines(made, made.hit(x_of(made, 12), middle(made, row))) == [
        "frame 12 · 0:00.480",
        "Car 1",
        "frames 10–19",
        "Door: Open",
    ]
    assert hit_lines(made, made.hit(x_of(made, 40), middle(made, row)))[2] == "frame 40"
    assert hit_lines(made, made.hit(x_of(made, 30), middle(made, row)))[1:] == ["Car 1", "not here"]
    assert hit_lines(made, made.hit(x_of(made, 30), 5)) == ["frame 30 · 0:01.200", "1 label"]
    assert hit_lines(made, made.hit(20, middle(made, row)))[1:3] == ["Car 1", "on 11 frames"]
    assert hit_lines(made, made.hit(x_of(made, 30), middle(made, row - 1)))[1] == "Car · 2 labels"
    assert hit_lines(made, made.hit(x_of(made, 5), middle(made, 0)))[1:] == ["Weather", "frames 0–9", "Rain"]


def test_screen_readers_hear_the_place_and_what_is_selected():
    made = chart()
    made.position, made.selected = 12, "p"
    assert description(made) == "frame 12 · 0:00.480, last frame 99, Person 1 selected"
    assert description(Chart()) == ""


@pytest.mark.parametrize("names", [50, 200, 5000])
def test_names_leave_room_for_time(names):
    assert Bands.of(600, 300, names, slim=False, timed=True, pictured=False).chart >= 300
