"""Ranges as columns, held against what is said of each by itself."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.errors import Place, Report
from viewer.export.stretches import odd_stretch, stretch
from viewer.labels.pairs import columns_of
from viewer.scene.placed import placed_moments

NUMBERS = st.one_of(
    st.integers(-5, 20), st.floats(), st.sampled_from([2**53, -(2**53), 2**53 - 1, 10**400, 1e308, True])
)
PAIRS = st.one_of(
    st.lists(NUMBERS, min_size=2, max_size=2), st.sampled_from([None, [], [1], [1, 2, 3], ["1", "2"], (1, 2), {}])
)


@given(st.lists(PAIRS, max_size=6))
def test_what_is_said_of_many_is_what_is_said_of_each(ranges: list[Any]) -> None:
    report = Report("x.json", Place())
    kept, _ = stretch(ranges, "ms", report)
    assert kept == tuple(ranges) or any(pair != pair for pair in ranges)
    said = [(f"[{at}]", what) for at, pair in enumerate(ranges) if (what := odd_stretch(pair))]
    assert [(problem.where.removeprefix("x.json"), problem.what) for problem in report.problems] == said


@given(st.lists(PAIRS, max_size=6))
def test_what_has_a_place_together_has_one_alone(ranges: list[Any]) -> None:
    together = placed_moments(ranges)
    alone = [(at, placed_moments([pair, None])) for at, pair in enumerate(ranges)]  # None goes another way
    assert together.places.tolist() == [at for at, found in alone if len(found.starts)]
    for name in ("starts", "ends"):
        one_by_one = [getattr(found, name) for _, found in alone]
        assert getattr(together, name).tolist() == np.concatenate([*one_by_one, np.zeros(0)]).tolist()


@pytest.mark.parametrize("odd", [True, "1", None, [1], 10**400])
def test_only_plain_numbers_are_columns(odd: object) -> None:
    assert columns_of([[1, 2.5], [3, 4]]).tolist() == [[1, 2.5], [3, 4]]
    assert columns_of([]).shape == (0, 2)
    assert columns_of([[1, 2], [3, odd]]) is None
