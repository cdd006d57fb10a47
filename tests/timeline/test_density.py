from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from viewer.timeline.axis import Axis
from viewer.timeline.density import Density


@given(
    counts=st.lists(st.integers(0, 40), min_size=1, max_size=400),
    width=st.integers(5, 500),
    zoom=st.floats(1, 50),
    at=st.floats(0, 1),
)
def test_every_labelled_frame_in_view_leaves_a_bar_over_its_place(counts, width, zoom, at):
    density = Density(np.array(counts))
    axis = Axis.fit(len(counts), width).zoomed_at(at * width, zoom)
    heights = density.heights(axis)
    assert heights.shape == (axis.width,)
    for place, count in enumerate(counts):
        left, right = axis.cell(place)
        if count and left >= 0 and right <= axis.width:
            # between two columns it may be seen in the next one
            assert heights[max(left - 1, 0) : right + 1].max() >= np.sqrt(count / max(counts)) - 1e-9
    if not any(counts):
        assert not heights.any()


@given(counts=st.lists(st.integers(0, 9), min_size=1, max_size=300), width=st.integers(20, 600))
def test_from_one_column_on_each_column_tells_of_its_own_frame(counts, width):
    axis = Axis.fit(len(counts), width)
    if axis.scale >= 1 and any(counts):
        naive = [np.sqrt(counts[axis.position_at(column)] / max(counts)) for column in range(width)]
        assert np.allclose(Density(np.array(counts)).heights(axis), naive)


def test_a_click_on_a_bar_means_the_frame_that_the_bar_tells_of():
    counts = np.zeros(10_000, dtype=np.int64)
    counts[4567] = 3
    counts[4569] = 2
    density, axis = Density(counts), Axis.fit(10_000, 100)
    column = int(np.flatnonzero(density.heights(axis))[0])
    assert density.fullest(axis, column) == 4567
    assert density.fullest(axis, 3) == axis.position_at(3)
    assert density.fullest(axis, -50) == axis.position_at(0)


def test_no_frames_at_all_do_no_harm():
    assert not Density(np.zeros(0, dtype=np.int64)).heights(Axis.fit(0, 10)).any()
