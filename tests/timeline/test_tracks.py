from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.timeline.support import classification, dynamic, instance, said, tracks
from viewer.labels.row import joined


def positions(spans, row) -> set[int]:
    starts, ends = spans.of_row(row)
    return {at for start, end in zip(starts.tolist(), ends.tolist(), strict=True) for at in range(start, end)}


FRAMES = st.sets(st.integers(0, 60), min_size=1)


@given(frames=FRAMES, there=st.lists(FRAMES, min_size=1, max_size=4))
def test_tracks_are_where_their_labels_are_among_the_frames_of_the_unit(frames, there):
    numbers = sorted(frames)
    made = [instance(f"o{i}", joined(np.array(sorted(on))), number=i) for i, on in enumerate(there)]
    found = tracks(*made, frames=numbers)
    for row, on in enumerate(there):
        wanted = {at for at, frame in enumerate(numbers) if frame in on}
        assert positions(found.presence, row) == wanted
        assert found.tracks[row].length == len(wanted)
        assert found.tracks[row].first == min(wanted, default=-1)
        starts, ends = found.presence.of_row(row)
        assert (starts[1:] > ends[:-1]).all(), "touching stretches are one"
    assert positions(found.unions, 0) == {at for at, frame in enumerate(numbers) if any(frame in on for on in there)}


def test_labels_are_sorted_by_class_and_number_and_classifications_come_first():
    found = tracks(
        instance("p", name="Person"),
        instance("c10", number=10),
        instance("c2", number=2),
        classifications=[classification("w"), classification("s", name="Scene 2")],
    )
    assert [track.title for track in found.tracks] == ["Scene 2", "Weather", "Car 2", "Car 10", "Person 1"]
    assert [(c.title, c.members) for c in found.classes] == [("Car", (2, 3)), ("Person", (4,))]
    assert [found.tracks[4].place, found.tracks[2].place] == [0, 1], "classes are counted as the row has them"


def test_only_this_units_labels_with_frames_have_tracks():
    found = tracks(
        instance("a"),
        instance("b", unit="other"),
        instance("c", ()),
        classifications=[
            classification("w", unit="other"),
            classification("x", range_unit="ms", ranges=((0, 5),), frames=None),
        ],
    )
    assert [track.label for track in found.tracks] == ["a"]


def test_answers_have_rows_with_words_and_shades():
    answers = dynamic(
        said("door", "Open", (0, 4), (8, 9)), said("door", "Shut", (5, 7)), said("speed", "fast", (2, 20), kind="text")
    )
    found = tracks(instance("a", ((0, 9),), answers=answers))
    assert [a.title for a in found.tracks[0].attributes] == ["Door", "Speed"]
    starts, ends = found.answers.spans.of_row(0)
    assert list(zip(starts.tolist(), ends.tolist(), strict=True)) == [(0, 5), (5, 8), (8, 10)]
    assert found.answers.words == ("Open", "Shut", "Open", "fast")
    assert found.answers.tints.tolist() == [0, 1, 0, 0]
    assert found.answers.spans.of_row(1)[1].tolist() == [10], "an answer ends with its label"


def test_a_label_or_an_answer_is_found_by_its_hash():
    found = tracks(
        instance("a"), instance("b", number=2), classifications=[classification("w"), classification("v", ((20, 30),))]
    )
    assert [found.track_of(key) for key in ("w", "v", "a", "b", "none", None)] == [0, 0, 1, 2, None, None]


def test_nothing_labelled_has_no_tracks():
    found = tracks()
    assert len(found) == 0 and len(found.presence) == 0 and found.classes == ()


def test_frames_that_the_unit_does_not_have_are_left_out():
    found = tracks(instance("a", ((5, 8), (200, 300))), instance("b", ((500, 600),), number=2), frames=10)
    assert positions(found.presence, 0) == {5, 6, 7, 8}
    assert (found.tracks[1].first, found.tracks[1].length) == (-1, 0)
