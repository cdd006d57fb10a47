"""Depths and outlines of solids, held against spheres by hand, points strewn over a line, and shapely."""

import numpy as np
import pytest
from shapely import contains_xy
from shapely.geometry import Polygon

from viewer.demo.organs import CORE, HEART, KIDNEY, TUMOUR
from viewer.demo.solids import Ellipsoid, Plane, Tube, outline

AXIS = np.arange(-90, 90, 1.5, dtype=np.float32)
GRID = AXIS[np.newaxis], AXIS[:, np.newaxis]


def test_a_sphere_is_as_deep_as_its_radius_says():
    depth = Ellipsoid((10, -20, 5), (30, 30, 30), (20, 40, 60)).depth(Plane(*GRID, 12.0))
    expected = 30 - np.sqrt((GRID[0] - 10) ** 2 + (GRID[1] + 20) ** 2 + 7**2)
    assert np.allclose(depth, expected, atol=0.01)


def test_turns_go_around_x_then_y_then_z():
    """The long axis of an ellipsoid along x, turned around y, sinks to -z; then around z, towards y."""
    solid = Ellipsoid((0, 0, 0), (40, 5, 5), (0, 30, 90))
    tip = 39 * np.array([0, np.cos(np.radians(30)), -np.sin(np.radians(30))], np.float32)
    assert solid.depth(Plane(*tip[:2].reshape(2, 1, 1), float(tip[2])))[0, 0] > 0
    assert solid.depth(Plane(*-tip[:2].reshape(2, 1, 1), float(tip[2])))[0, 0] < 0


def test_a_tube_is_as_deep_as_points_strewn_along_it():
    tube = Tube(((-40, -10, -20), (10, 20, 5), (60, -30, 20)), (12, 6, 3))
    share = np.linspace(0, 1, 400)[:, np.newaxis]
    places, thick = [], []
    for a, b, ra, rb in zip(tube.points, tube.points[1:], tube.radii, tube.radii[1:], strict=False):
        places.append(np.array(a) + share * np.subtract(b, a))
        thick.append(ra + share[:, 0] * (rb - ra))
    places, thick = np.vstack(places), np.concatenate(thick)
    x, y = GRID[0][:, ::3], GRID[1][::3]
    here = np.stack(np.broadcast_arrays(x, y, np.float32(3)), axis=-1)
    away = np.linalg.norm(here[..., np.newaxis, :] - places, axis=-1)
    expected = (thick - away).max(axis=-1) > 0
    # the thickness is that at the nearest point of the middle line, not the best of all: the same to a hair
    assert ((tube.depth(Plane(x, y, 3.0)) > 0) != expected).mean() < 0.003


@pytest.mark.parametrize("solid", [TUMOUR, CORE, HEART, KIDNEY], ids=["tumour", "core", "heart", "kidney"])
def test_outlines_hold_what_is_inside(solid):
    seen = 0
    for z in np.arange(solid.centre[2] - 60, solid.centre[2] + 60, 7.0):
        depth = solid.depth(Plane(*GRID, float(z)))
        ring = outline(solid, float(z))
        left, front, right, back = solid.bounds(float(z)) or (0, 0, 0, 0)
        assert ((left < GRID[0]) & (GRID[0] < right) & (front < GRID[1]) & (GRID[1] < back))[depth > 0.01].all()
        if ring is None:
            assert (depth > 0).sum() < 60
            continue
        drawn = contains_xy(Polygon(ring), *np.broadcast_arrays(*GRID))
        assert np.abs(depth[drawn != (depth > 0)]).max(initial=0) < 0.2
        seen += 1
    assert seen >= 3
