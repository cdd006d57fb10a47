from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shapes.reading import read, said
from viewer.scene.fill import area_mask
from viewer.shapes.reading import ROUND, ellipse_ring
from viewer.shapes.sketch import Area, Sketch
from viewer.size import Size

SAMPLE = {"shape": "ellipse", "ellipse": {"x": 0.2, "y": 0.3, "rx": 0.1, "ry": 0.05, "theta": 25}}


def test_each_radius_is_measured_by_its_own_side():
    assert read(SAMPLE).pixels() == pytest.approx({"cx": 128, "cy": 120, "rx": 64, "ry": 20, "theta": 25})


def test_the_angle_may_be_left_out():
    level = {"shape": "ellipse", "ellipse": {"x": 0.2, "y": 0.3, "rx": 0.1, "ry": 0.05}}
    assert read(level).pixels()["theta"] == 0 and said(level) == []


def straightened(points, cx, cy, theta):
    """Turned back by theta and moved to the origin."""
    turn = math.radians(theta)
    x, y = (points - (cx, cy)).T
    return x * math.cos(turn) + y * math.sin(turn), y * math.cos(turn) - x * math.sin(turn)


@given(rx=st.floats(0.5, 3000), ry=st.floats(0.5, 3000), theta=st.floats(-400, 400))
def test_the_ring_lies_on_the_ellipse_and_its_sides_stay_close(rx, ry, theta):
    ring = ellipse_ring(10, -20, rx, ry, theta)
    x, y = straightened(ring, 10, -20, theta)
    assert (x / rx) ** 2 + (y / ry) ** 2 == pytest.approx(np.ones(len(ring)), abs=1e-9)
    between = (ring + np.roll(ring, -1, axis=0)) / 2
    x, y = straightened(between, 10, -20, theta)
    level = (x / rx) ** 2 + (y / ry) ** 2
    # to first order the distance from the curve is (1 - level) over the length of its gradient
    away = (1 - level) / (2 * np.hypot(x / rx**2, y / ry**2))
    assert away.max() < 1.6 * ROUND + 1e-6


@pytest.mark.parametrize(("rx", "ry", "theta"), [(3.2, 1.1, 10), (40, 12.5, 77), (150.25, 99, 0)])
def test_filled_it_is_the_pixels_whose_centre_satisfies_its_equation(rx, ry, theta):
    cx, cy, frame = 160.3, 120.7, Size(320, 240)
    patch = area_mask(Sketch(areas=(Area((ellipse_ring(cx, cy, rx, ry, theta),)),)), frame)
    assert patch is not None
    mine = np.zeros((frame.height, frame.width), dtype=bool)
    mine[patch.top : patch.top + patch.mask.shape[0], patch.left : patch.left + patch.mask.shape[1]] = patch.mask
    rows, columns = np.mgrid[: frame.height, : frame.width] + 0.5
    centres = np.column_stack((columns.ravel(), rows.ravel()))
    x, y = straightened(centres, cx, cy, theta)
    truth = ((x / rx) ** 2 + (y / ry) ** 2 <= 1).reshape(mine.shape)
    assert np.count_nonzero(mine != truth) <= truth.sum() / 1000
