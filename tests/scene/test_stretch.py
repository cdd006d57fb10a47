"""True aspect, against positions worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.canvas.support import RED, box, mark, plain, raster, scene
from tests.shapes.reading import read
from viewer.media.kinds import Picture
from viewer.media.plane import Plane
from viewer.scene.marks import Trail
from viewer.scene.stretch import UNSTRETCHED, Stretch
from viewer.shapes.sketch import Bounds, Dot, Line, Sketch
from viewer.size import Size

FRAME = Size(640, 400)
TURNED = {
    "shape": "rotatable_bounding_box",
    "rotatableBoundingBox": {"x": 0.25, "y": 0.25, "w": 0.5, "h": 0.5, "theta": 90.0},
}
"""A box of 320 x 200 pixels about (320, 200), turned by a right angle: from (220, 40) to (420, 360)."""


def of_aspect(aspect: float, size: Size = FRAME) -> Picture:
    flat = plain(size, 9)
    return Picture(size, flat.shown, flat.values, ("L",), plane=Plane(aspect=aspect))


@pytest.mark.parametrize(
    ("aspect", "shown"),
    [(1.0, FRAME), (2.0, Size(640, 800)), (0.5, Size(1280, 400)), (1.2, Size(640, 480)), (0.8333, Size(768, 400))],
)
def test_the_side_along_which_pixels_are_longer_grows_and_nothing_shrinks(aspect, shown) -> None:
    stretch = Stretch.of(of_aspect(aspect), FRAME)
    assert stretch.size(FRAME) == shown
    assert stretch == (shown.width / 640, shown.height / 400)
    assert stretch.stored(shown) == FRAME


@given(st.floats(0.02, 50), st.integers(1, 5000), st.integers(1, 5000))
def test_sides_are_whole_pixels_and_lead_back(aspect, width, height) -> None:
    size = Size(width, height)
    stretch = Stretch.of(of_aspect(aspect, Size(1, 1)), size)
    shown = stretch.size(size)
    assert shown.width >= width and shown.height >= height
    assert (stretch.across * width, stretch.down * height) == pytest.approx(shown)
    assert stretch.stored(shown) == size


@pytest.mark.parametrize("aspect", [0.0, -1.0, float("nan"), float("inf"), 1e-9, 1e9])
def test_an_aspect_that_cannot_be_is_none(aspect) -> None:
    assert Stretch.of(of_aspect(aspect), FRAME) == UNSTRETCHED


def test_pictures_without_a_place_in_the_patient_are_left_alone() -> None:
    assert Stretch.of(plain(FRAME, 9), FRAME) == Stretch.of(None, FRAME) == UNSTRETCHED
    labels = scene(mark(box(1, 2, 3, 4), "Car"))
    assert UNSTRETCHED.scene(labels) is labels


@pytest.mark.parametrize(
    ("aspect", "bounds"),
    [(2.0, Bounds(220, 80, 420, 720)), (0.5, Bounds(440, 40, 840, 360)), (1.0, (220, 40, 420, 360))],
)
def test_a_turned_box_is_turned_in_stored_pixels_and_stretched_then(aspect, bounds) -> None:
    sketch = read(TURNED).sketch()
    labels = Stretch.of(of_aspect(aspect), FRAME).scene(scene(mark(sketch, "Car"), size=FRAME))
    assert labels.marks[0].sketch.bounds == pytest.approx(bounds)


def test_at_45_degrees_it_is_no_rectangle_any_more() -> None:
    entry = {**TURNED, "rotatableBoundingBox": {"x": 0.5, "y": 0.5, "w": 100 / 640, "h": 100 / 400, "theta": 45.0}}
    half = 50 * 2**0.5
    labels = Stretch.of(of_aspect(2.0), FRAME).scene(scene(mark(read(entry).sketch(), "Car"), size=FRAME))
    corners = labels.marks[0].sketch.areas[0].rings[0]
    middle = (370, 500)
    expected = [(0, -2 * half), (half, 0), (0, 2 * half), (-half, 0)]
    assert corners - middle == pytest.approx(np.array(expected))


@pytest.mark.parametrize(
    ("aspect", "left", "top", "wide", "high"), [(2.0, 10, 40, 1, 2), (0.5, 20, 20, 2, 1), (1.0, 10, 20, 1, 1)]
)
def test_cells_of_a_mask_become_as_long_as_pixels_are(aspect, left, top, wide, high) -> None:
    labels = Stretch.of(of_aspect(aspect), FRAME).scene(
        scene(mark(raster([[1, 0], [0, 1]], 10, 20), "Car"), size=FRAME)
    )
    made = labels.marks[0].sketch.raster
    assert (made.left, made.top, made.cell_width, made.cell_height) == (left, top, wide, high)
    across, down, pixels = made.on_frame(labels.size)
    expected = np.kron(np.array([[1, 0], [0, 1]], bool), np.ones((high, wide), bool))
    assert (across, down) == (left, top) and np.array_equal(pixels, expected)


def test_lines_dots_and_the_path_follow_and_areas_stay_in_order() -> None:
    lines = (Line(np.array([(1.0, 2.0), (3.0, 4.0)]), closed=True, colour="#123456", dashed=True, thin=True),)
    sketch = Sketch(lines=lines, dots=(Dot(5, 6, "cross", "Elbow", "#654321"),))
    trail = Trail(np.array([(7.0, 8.0), (9.0, 10.0)]), np.array([-1, 0]), RED)
    small = mark(box(0, 0, 2, 3), "Car")
    made = Stretch(1.0, 3.0).scene(scene(small, mark(sketch, "Pose"), trail=trail))
    assert made.marks[0].area == 3 * small.area == made.marks[0].sketch.bounds.area
    pose = made.marks[1].sketch
    assert pose.lines[0].points.tolist() == [[1, 6], [3, 12]]
    assert (pose.lines[0].closed, pose.lines[0].colour, pose.lines[0].dashed, pose.lines[0].thin) == (
        True,
        "#123456",
        True,
        True,
    )
    assert pose.dots == (Dot(5, 18, "cross", "Elbow", "#654321"),)
    assert made.trail.points.tolist() == [[7, 24], [9, 30]]
    assert made.size == Size(200, 450)


def test_points_lead_there_and_back() -> None:
    stretch = Stretch.of(of_aspect(0.5), FRAME)
    assert stretch.point(3, 4) == (6, 4) and stretch.back(6, 4) == (3, 4)
    assert stretch.bounds(Bounds(1, 2, 3, 4)) == (2, 2, 6, 4)
