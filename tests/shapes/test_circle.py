from __future__ import annotations

import math

import numpy as np
import pytest

from tests.shapes.reading import read, said

SAMPLE = {"shape": "circle", "circle": {"x": 0.5, "y": 0.5, "r": 0.1, "stretch": 1.5, "theta": 20.0}}


def test_both_radii_are_measured_by_the_width():
    assert read(SAMPLE).pixels() == pytest.approx({"cx": 320, "cy": 200, "r": 64, "r2": 96, "theta": 20})


def test_stretch_and_angle_may_be_left_out():
    plain = {"shape": "circle", "circle": {"x": 0.25, "y": 0.75, "r": 0.05}}
    assert read(plain).pixels() == pytest.approx({"cx": 160, "cy": 300, "r": 32, "r2": 32, "theta": 0})
    assert said(plain) == []


def test_every_point_of_the_ring_is_r_away_from_the_centre():
    plain = {"shape": "circle", "circle": {"x": 0.5, "y": 0.5, "r": 0.2}}
    ((ring,),) = [area.rings for area in read(plain).sketch().areas]
    assert np.hypot(*(ring - (320, 200)).T) == pytest.approx(128)


def test_the_first_radius_points_along_theta_clockwise():
    ((ring,),) = [area.rings for area in read(SAMPLE).sketch().areas]
    turn = math.radians(20)
    assert ring[0] == pytest.approx((320 + 64 * math.cos(turn), 200 + 64 * math.sin(turn)))


@pytest.mark.parametrize("radius", [0, -0.1])
def test_a_radius_that_is_none_is_told(radius):
    assert said({"shape": "circle", "circle": {"x": 0.5, "y": 0.5, "r": radius}}) == [("warning", "circle.r")]
