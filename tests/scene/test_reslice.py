"""Planes through a volume against numpy's own slicing of a body that no mirroring leaves the same."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from tests.slices import BACK, FOOT, FRONT, HEAD, LEFT, RIGHT, stack, volume
from viewer.media.grey import window_between
from viewer.media.volume import build_volume
from viewer.scene.reslice import Cuts, rulers_of, views_of

SIGNED = {"L": LEFT, "R": RIGHT, "P": BACK, "A": FRONT, "H": HEAD, "F": FOOT}
PERPENDICULAR = [(a, b) for a, b in product(SIGNED, SIGNED) if np.dot(SIGNED[a], SIGNED[b]) == 0]
BODY = np.random.default_rng(5).integers(0, 256, (5, 6, 7), dtype=np.uint8)
"""By the patient's own axes: (to the left, to the back, to the head)."""
GREY = window_between(0, 255)


def acquired(across: str, down: str) -> tuple[np.ndarray, tuple[float, float, float]]:
    """The body as slices whose columns and rows go on in these directions, and where the first pixel lies."""
    a, d = np.array(SIGNED[across]), np.array(SIGNED[down])
    normal = np.cross(a, d)
    axes = [int(np.flatnonzero(way)[0]) for way in (normal, d, a)]
    turned = np.transpose(BODY, axes)
    flips = [way.sum() < 0 for way in (normal, d, a)]
    origin = np.zeros(3)
    for axis, is_flipped in zip(axes, flips, strict=True):
        origin[axis] = BODY.shape[axis] - 1 if is_flipped else 0
    return turned[tuple(slice(None, None, -1 if f else 1) for f in flips)], tuple(origin.tolist())


def wanted(name: str, at: int) -> np.ndarray:
    """By hand: to the right on screen is the patient's left, or the back; down is the back, or the feet."""
    return {
        "axial": lambda: BODY[:, :, at].T,
        "coronal": lambda: BODY[:, at, ::-1].T,
        "sagittal": lambda: BODY[at, :, ::-1].T,
    }[name]()


LETTERS = {"axial": "RALP", "coronal": "RHLF", "sagittal": "AHPF"}
"""Left, top, right, bottom."""


def test_there_are_all_directions():
    assert len(PERPENDICULAR) == 24


@pytest.mark.parametrize(("across", "down"), PERPENDICULAR)
def test_every_acquisition_is_seen_by_the_radiological_convention(across, down):
    values, origin = acquired(across, down)
    cuts = Cuts(build_volume(stack(values, SIGNED[across], SIGNED[down], origin=origin)))
    assert sorted(view.name for view in cuts.views) == ["axial", "coronal", "sagittal"]
    axis_of = {"sagittal": 0, "coronal": 1, "axial": 2}
    for view in cuts.views:
        assert "".join(view.letters) == LETTERS[view.name]
        for index in range(cuts.volume.values.shape[view.normal]):
            at = cuts.position(view, index)
            along = round(abs(at))
            seen = cuts.picture(view, index, GREY, inverted=False)
            assert np.array_equal(seen.pixels, wanted(view.name, along)), (view, index)
            assert np.argmax(np.abs(view.direction)) == axis_of[view.name]


@pytest.mark.parametrize(
    ("across", "down", "normal"),
    [("L", "P", "axial"), ("R", "P", "axial"), ("L", "F", "coronal"), ("P", "F", "sagittal"), ("A", "F", "sagittal")],
)
def test_the_first_view_is_the_plane_of_acquisition(across, down, normal):
    """Head first supine, feet first supine (mirrored columns), coronal, sagittal."""
    assert views_of(SIGNED[across], SIGNED[down])[0].name == normal


def test_tilted_slices_are_called_oblique_and_keep_their_sides():
    tilt = np.radians(20)
    down = (0.0, float(np.cos(tilt)), float(-np.sin(tilt)))
    axial, coronal, sagittal = views_of(LEFT, down)
    assert [v.name for v in (axial, coronal, sagittal)] == ["oblique axial", "oblique coronal", "sagittal"]
    assert axial.letters == ("R", "AH", "L", "PF") and sagittal.letters[0] == "AH"
    twice = views_of((0.8, 0.6, 0.0), (-0.6, 0.8, 0.0))
    assert sorted(view.name for view in twice) == ["axial", "oblique coronal", "oblique sagittal"]


def test_at_45_degrees_every_view_still_has_its_own_axis():
    half = float(np.sqrt(0.5))
    found = views_of((half, half, 0.0), (-half, half, 0.0))
    assert sorted(view.name.split()[-1] for view in found) == ["axial", "coronal", "sagittal"]


def test_without_directions_everything_is_seen_as_stored():
    cuts = Cuts(volume(BODY, across=None, down=None))
    slices, rows, columns = cuts.views
    assert np.array_equal(cuts.picture(slices, 2, GREY, inverted=False).pixels, BODY[2])
    assert np.array_equal(cuts.picture(rows, 3, GREY, inverted=False).pixels, BODY[:, 3, :])
    assert np.array_equal(cuts.picture(columns, 4, GREY, inverted=False).pixels, BODY[:, :, 4])
    assert all(not any(view.letters) for view in cuts.views)


def test_what_is_seen_on_screen_leads_back_to_where_it_is():
    for across, down in PERPENDICULAR:
        values, origin = acquired(across, down)
        cuts = Cuts(build_volume(stack(values, SIGNED[across], SIGNED[down], origin=origin, spacing=(2.0, 0.5))))
        at = (1, 2, 3)
        for view in cuts.views:
            x, y = cuts.place_of(view, at)
            assert cuts.point_at(view, at, x, y) == at
            picture = cuts.picture(view, at[view.normal], GREY, inverted=False)
            cell = picture.pixels[int(y / picture.down), int(x / picture.across)]
            assert cell == cuts.volume.values[at]


def test_far_outside_leads_to_the_edge():
    cuts = Cuts(volume(BODY))
    for view in cuts.views:
        for far in (-1000.0, 1000.0):
            moved = cuts.point_at(view, (0, 0, 0), far, far)
            assert all(0 <= index < count for index, count in zip(moved, BODY.shape, strict=True))


def test_planes_have_true_proportions():
    cuts = Cuts(volume(BODY, spacing=(0.8, 0.5), depths=[4.0 * i for i in range(5)]))
    _, coronal, sagittal = cuts.views
    picture = cuts.picture(coronal, 0, GREY, inverted=False)
    assert (picture.across, picture.down) == pytest.approx((1.0, 8.0)) and picture.pixels.shape == (5, 7)
    assert cuts.size_of(sagittal) == pytest.approx((6 * 1.6, 5 * 8.0))


def test_slices_that_lie_unevenly_keep_their_places():
    """Each is as high as it is far from its neighbours, and its middle is where it lies."""
    depths = [0.0, 1.0, 2.0, 6.0, 7.5]
    cuts = Cuts(volume(BODY, depths=depths))
    ruler = rulers_of(cuts.volume)[0]
    assert (ruler.middles - ruler.middles[0]).tolist() == depths and ruler.length == pytest.approx(7.5 + 0.5 + 0.75)
    at = (np.arange(len(ruler.shown)) + 0.5) * ruler.cell + depths[0] - 0.5
    nearest = np.abs(at[:, None] - np.array(depths)).argmin(axis=1)
    assert np.array_equal(ruler.shown, nearest)
    own = np.abs(at[:, None] - np.array(depths)).min(axis=1) <= 0.5 * 1.25
    assert np.array_equal(ruler.labelled >= 0, own)


def test_a_missing_slice_leaves_a_hole():
    slices = stack(BODY)
    slices.stored[2] = None
    cuts = Cuts(build_volume(slices))
    _, coronal, _ = cuts.views
    picture = cuts.picture(coronal, 3, GREY, inverted=False)
    assert picture.pixels.shape == (5, 7) and picture.holes == ((0, 2, 7, 3),)
    assert np.array_equal(picture.pixels[[0, 1, 3, 4]], BODY[[4, 3, 1, 0], 3])
    ruler = rulers_of(cuts.volume)[0]
    assert ruler.labelled.tolist() == [0, 1, -1, 2, 3] and ruler.is_empty.tolist() == [False, False, True, False, False]


def test_positions_that_are_rounded_still_make_an_even_grid():
    depths = np.round(np.arange(500) * 0.7031, 2)
    made = rulers_of(volume(np.zeros((500, 4, 4), np.int16), depths=depths.tolist()))[0]
    assert made.shown.tolist() == list(range(500))


def test_thinned_pixels_stand_where_they_were():
    values = np.arange(4 * 11 * 13, dtype=np.uint16).reshape(4, 11, 13)
    cuts = Cuts(build_volume(stack(values, RIGHT, FRONT), budget_bytes=values.nbytes // 4))
    assert cuts.volume.step == 2
    window = window_between(0, float(values.max()))
    for view, at in product(cuts.views, product(range(4), range(1, 11, 2), range(1, 13, 2))):
        x, y = cuts.place_of(view, at)
        seen = cuts.picture(view, at[view.normal], window, inverted=False)
        cell = seen.pixels[int((y - seen.top) / seen.down), int((x - seen.left) / seen.across)]
        assert cell == round(int(values[at]) * 255 / int(values.max()))


def test_the_window_and_its_inversion_are_those_of_the_slices():
    cuts = Cuts(volume(BODY.astype(np.int16) * 16 - 1024))
    window = window_between(-500, 1200)
    _, coronal, _ = cuts.views
    wanted_levels = np.rint(np.clip((BODY[::-1, 2].astype(float) * 16 - 1024 + 500) / 1700, 0, 1) * 255)
    for inverted in (False, True):
        seen = cuts.picture(coronal, 2, window, inverted=inverted).pixels
        assert np.array_equal(seen, 255 - wanted_levels if inverted else wanted_levels)
