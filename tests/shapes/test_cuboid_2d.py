from __future__ import annotations

import numpy as np
import pytest

from tests.shapes.reading import read, said
from viewer.shapes.reading import BadGeometry

FRONT = [0.1, 0.1, 0.3, 0.1, 0.3, 0.4, 0.1, 0.4]
SAMPLE = {
    "shape": "cuboid_2d",
    "cuboid_2d": {"front": FRONT, "vanishingPoint": {"x": 0.5, "y": 0.3}, "scaleRatio": 0.75},
}
FRONT_PX = [[64, 40], [192, 40], [192, 160], [64, 160]]


def cuboid(**geometry):
    return {"shape": "cuboid_2d", "cuboid_2d": geometry}


def test_in_perspective_the_back_face_shrinks_towards_the_vanishing_point():
    pixels = read(SAMPLE).pixels()
    assert np.array(pixels["front"]) == pytest.approx(np.array(FRONT_PX))
    # (320, 120) is the vanishing point; a quarter of the way from each front corner to it
    expected = [[64 + 64, 40 + 20], [192 + 32, 40 + 20], [192 + 32, 160 - 10], [64 + 64, 160 - 10]]
    assert np.array(pixels["back"]) == pytest.approx(np.array(expected))


def test_isometric_the_back_face_is_the_front_moved():
    pixels = read(cuboid(front=FRONT, offset={"x": 0.05, "y": -0.05})).pixels()
    assert np.array(pixels["back"]) == pytest.approx(np.array(FRONT_PX) + (32, -20))


def test_the_sketch_joins_the_faces_corner_by_corner():
    sketch = read(SAMPLE).sketch()
    back, *edges = sketch.lines
    assert len(sketch.areas) == 1 and back.closed and len(edges) == 4
    pixels = read(SAMPLE).pixels()
    for edge, front, far in zip(edges, pixels["front"], pixels["back"], strict=True):
        assert edge.points.tolist() == [front, far]


def test_corners_may_be_points():
    corners = [{"x": x, "y": y} for x, y in zip(FRONT[::2], FRONT[1::2], strict=True)]
    assert read(cuboid(front=corners, offset={"x": 0, "y": 0})).pixels()["front"] == read(SAMPLE).pixels()["front"]
    assert said(SAMPLE) == []


@pytest.mark.parametrize(
    "geometry",
    [
        {"front": FRONT[:6], "offset": {"x": 0, "y": 0}},
        {"front": FRONT},
        {"front": FRONT, "vanishingPoint": {"x": 0.5, "y": 0.3}},
        {"front": None, "offset": {"x": 0, "y": 0}},
        {"front": FRONT, "offset": {"x": 0}},
    ],
)
def test_half_a_cuboid_is_none(geometry):
    with pytest.raises(BadGeometry):
        read(cuboid(**geometry))
