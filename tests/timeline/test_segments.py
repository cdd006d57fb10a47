from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from tests.timeline.support import classification, said
from viewer.labels.answers import LabelAnswers
from viewer.timeline.segments import by_attribute, clipped, lanes_of, segments_of

RANGES = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 12)).map(lambda r: (r[0], r[0] + r[1])), min_size=1, max_size=3
)


def words_on(segments, frame):
    held = [s.words for s in segments if s.first <= frame <= s.last]
    assert len(held) <= 1, "two segments at once"
    return held[0] if held else None


@given(
    st.lists(st.tuples(st.sampled_from("abc"), RANGES), min_size=1, max_size=5),
    st.sampled_from(("radio", "text", "checklist")),
)
def test_segments_say_on_each_frame_what_the_label_says_there(drawn, kind):
    answers = [said("door", option, *ranges, kind=kind) for option, ranges in drawn]
    whole = LabelAnswers((), tuple(answers), {"o-b": 0, "o-a": 1})
    segments = segments_of(answers, whole.rank, "x")
    for frame in range(60):
        held = whole.on_frame(frame)
        assert words_on(segments, frame) == (held[0].words if held else None)
    for one, other in itertools.pairwise(segments):
        assert other.first > one.last
        assert other.first > one.last + 1 or other.words != one.words, "equal neighbours are one"


@given(RANGES, st.lists(st.integers(0, 60), max_size=30))
def test_answers_are_shown_where_their_label_is(ranges, there):
    from viewer.labels.row import joined_ranges

    present = joined_ranges([(frame, frame) for frame in there])
    segments = segments_of([said("door", "a", *ranges)], {}, "x")
    kept = clipped(segments, present)
    for frame in range(80):
        wanted = words_on(segments, frame) if frame in there else None
        assert words_on(kept, frame) == wanted


def test_stale_and_empty_answers_have_no_segments():
    answers = (
        said("a", "x", (0, 3)),
        said("b", "y", (0, 3), stale=True),
        said("c", "", (0, 3), kind="text"),
        said("d", "z"),
    )
    assert list(by_attribute(answers)) == ["a"]


def test_classifications_at_the_same_time_get_lanes():
    found = [
        classification("a", ((0, 9),)),
        classification("b", ((5, 20),), answer="Fog"),
        classification("c", ((10, 12),)),
    ]
    lanes = lanes_of(found, (0, 99))
    assert [[s.label for s in lane] for lane in lanes] == [["a", "c"], ["b"]]
    assert lanes_of([classification("d", None)], (3, 99))[0][0].last == 99
