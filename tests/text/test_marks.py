"""Which ranges lie under a character."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.text.support import instance, stretches
from viewer.scene.view_state import ViewState
from viewer.text.marks import Marks

LENGTH = 20
SPANS = st.lists(st.tuples(st.integers(0, LENGTH), st.integers(0, 10)), max_size=12)


@given(SPANS, st.integers(0, LENGTH - 1))
def test_a_character_has_those_that_hold_it_the_smallest_first(spans, offset):
    pairs = [(start, min(start + length, LENGTH)) for start, length in spans]
    made = stretches(*(instance("Word", pair, number=at) for at, pair in enumerate(pairs)))
    found = [(int(made.starts[key]), int(made.ends[key])) for key in Marks(made, LENGTH, ViewState()).at(offset)]
    assert sorted(found) == sorted((start, end) for start, end in pairs if start <= offset < end)
    lengths = [end - start for start, end in found]
    assert lengths == sorted(lengths)
