from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.affinity import rotate
from shapely.geometry import Polygon
from shapely.geometry import box as upright

from tests.shapes.reading import FRAME, read, said
from viewer.size import Size

SAMPLE = {
    "shape": "rotatable_bounding_box",
    "rotatableBoundingBox": {"x": 0.4, "y": 0.2, "w": 0.2, "h": 0.1, "theta": 30.5},
}

fractions = st.floats(-0.5, 1.5)
sides = st.floats(0.01, 1)


def entry(**changes):
    return {**SAMPLE, "rotatableBoundingBox": {**SAMPLE["rotatableBoundingBox"], **changes}}


@given(x=fractions, y=fractions, w=sides, h=sides, theta=st.floats(-1000, 1000))
def test_corners_are_those_of_a_box_turned_in_pixel_space_by_shapely(x, y, w, h, theta):
    mine = np.array(read(entry(x=x, y=y, w=w, h=h, theta=theta)).pixels()["corners"])
    width, height = FRAME
    box = upright(x * width, y * height, (x + w) * width, (y + h) * height)
    # y points down, so what shapely turns against the clock is turned clockwise on the screen
    turned = rotate(box, theta, origin="center")
    assert Polygon(mine).symmetric_difference(turned).area < 1e-6 * box.area + 1e-6


def test_corners_are_those_of_opencv():
    x, y, w, h, theta = 0.4 * 640, 0.2 * 400, 0.2 * 640, 0.1 * 400, 30.5
    theirs = cv2.boxPoints(((x + w / 2, y + h / 2), (w, h), theta))
    mine = np.array(read(SAMPLE).pixels()["corners"])
    distances = np.linalg.norm(mine[:, None] - theirs[None], axis=2)
    assert distances.min(axis=1).max() < 1e-3 and distances.min(axis=0).max() < 1e-3


def test_the_first_corner_is_the_one_that_is_top_left_before_the_turn_and_they_run_clockwise():
    corners = read(entry(theta=0)).pixels()["corners"]
    assert np.array(corners) == pytest.approx(np.array([[256, 80], [384, 80], [384, 120], [256, 120]]))
    quarter = read(entry(theta=90)).pixels()["corners"]
    # a quarter turn clockwise takes the top-left corner to the top right
    assert np.array(quarter) == pytest.approx(np.array([[340, 36], [340, 164], [300, 164], [300, 36]]))


def test_any_angle_is_taken_modulo_a_whole_turn():
    # -765.5 + 3 * 360
    assert np.array(read(entry(theta=-765.5)).corners()) == pytest.approx(np.array(read(entry(theta=314.5)).corners()))


def test_turning_in_fractions_would_be_wrong_on_frames_that_are_not_square():
    corners = np.array(read(entry(theta=45), Size(1000, 100)).pixels()["corners"])
    sides_px = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
    assert sides_px == pytest.approx([200, 10, 200, 10])


def test_no_angle_is_none_with_a_warning():
    without = {"shape": "rotatable_bounding_box", "rotatableBoundingBox": {"x": 0.4, "y": 0.2, "w": 0.2, "h": 0.1}}
    assert np.array(read(without).corners()) == pytest.approx(np.array(read(entry(theta=0)).corners()))
    assert said(without) == [("warning", "rotatableBoundingBox.theta")]
