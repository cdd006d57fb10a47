"""Samples and milliseconds to columns and back, at every zoom."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scene.test_stretch_steps import label, stretches
from viewer.scene.runs import packed
from viewer.sound.axis import WIDEST, SoundAxis
from viewer.sound.bands import Bands
from viewer.sound.bars import seen_bars
from viewer.sound.chart import SoundChart
from viewer.sound.rows import rows_of

HOUR = 44_100 * 3600
AXES = st.builds(
    lambda rate, width, zoom, at: SoundAxis.fit(rate, rate * 600, width).zoomed_at(width * at, zoom),
    st.sampled_from([8000, 44_100, 192_000]),
    st.integers(50, 2000),
    st.floats(1, 1e7),
    st.floats(0, 1),
)


@given(AXES, st.floats(0, 2000))
def test_a_column_leads_to_its_sample_and_back(axis: SoundAxis, column: float) -> None:
    assert axis.x_of(axis.sample_at(column)) == pytest.approx(column, abs=1e-4)


@given(AXES, st.integers(0, 600_000))
def test_a_millisecond_is_no_sample_further_on(axis: SoundAxis, milliseconds: int) -> None:
    """As fractions reckon it."""
    sample = float(Fraction(milliseconds) * int(axis.rate) / 1000)
    assert axis.sample_of(milliseconds) == pytest.approx(sample, abs=1e-6)
    assert axis.milliseconds(sample) == pytest.approx(milliseconds, abs=1e-6)
    assert axis.x_of_time(milliseconds) == pytest.approx((sample - axis.first) / axis.per_column, abs=1e-2)


@given(AXES, st.floats(0, 1), st.floats(0.1, 10))
def test_zooming_keeps_what_lies_under_the_pointer(axis: SoundAxis, share: float, factor: float) -> None:
    column = share * axis.width
    zoomed = axis.zoomed_at(column, factor)
    moved = abs(zoomed.sample_at(column) - axis.sample_at(column)) / zoomed.per_column
    at_an_end = zoomed.first == 0 or zoomed.first + zoomed.span == pytest.approx(zoomed.count)
    assert moved < 1e-3 or at_an_end
    assert zoomed.first >= 0 and zoomed.first + zoomed.span <= zoomed.count * (1 + 1e-12)


def test_from_all_of_three_hours_to_parts_of_a_sample() -> None:
    axis = SoundAxis.fit(44_100, 3 * HOUR, 1000)
    assert axis.fits and axis.span == 3 * HOUR
    close = axis.zoomed_at(500, 1e12)
    assert close.per_column == 1 / WIDEST
    assert close.sample_at(500) == pytest.approx(1.5 * HOUR, abs=1e-3)
    assert close.zoomed_at(500, 1e-12).fits


@given(AXES, st.floats(0, 1))
def test_following_brings_a_sample_into_view(axis: SoundAxis, share: float) -> None:
    sample = share * axis.count
    assert axis.following(sample).shows(sample) or axis.following(sample).x_of(sample) == pytest.approx(axis.width)


@given(
    st.integers(0, 599_000),
    st.integers(0, 900),
    st.floats(1, 1e6),
    st.floats(-0.4, 0.4),
    st.sampled_from([1.0, 1.25, 2.0]),
    st.sampled_from([8000, 44_100, 48_000]),
)
def test_bars_stand_at_their_milliseconds_at_every_zoom(
    start: int, length: int, zoom: float, aside: float, ratio: float, rate: int
) -> None:
    """Each edge on the edge of a column that is nearest to its moment, reckoned here in whole numbers of seconds."""
    found = stretches(label("a", ((start, start + length),)))
    chart = SoundChart(rows=rows_of(found, "instance"))
    chart.show_length(rate, rate * 600)
    chart.place(Bands.of(1000, 400, 150, 100, 1, "wave"), ratio)
    chart.axis = chart.axis.zoomed_at(0, zoom).following(start * rate / 1000).panned(aside * chart.axis.width)
    bars = seen_bars(chart, packed([(1, 2, 3)]))
    assert bars is not None
    axis = chart.axis
    seconds_a_column = axis.per_column / rate
    left = (start / 1000 - axis.first / rate) / seconds_a_column
    right = ((start + length) / 1000 - axis.first / rate) / seconds_a_column
    least = chart.least_bar
    if right < -least or left > axis.width + least:
        return
    assert len(bars.places) == 1
    drawn_left, drawn_right = int(bars.runs.lefts[0]), int(bars.runs.rights[0])
    if right - left >= least + 1:
        inside = np.clip([left, right], -60, axis.width + 60)
        drawn_left, drawn_right = np.clip([drawn_left, drawn_right], -60, axis.width + 60)
        assert abs(drawn_left - inside[0]) <= 0.5 + 1e-3
        assert abs(drawn_right - inside[1]) <= 0.5 + 1e-3
    else:
        assert least <= drawn_right - drawn_left <= least + 2
        assert drawn_left - 2 <= left and right <= drawn_right + 2
