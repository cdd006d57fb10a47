"""The labels of the demo lie on what is drawn: held against OpenCV's and Pillow's measure of the painted pixels."""

import math

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from viewer.demo.cells import SLIDE, draw_slide
from viewer.demo.court import draw_court
from viewer.demo.crates import FRAME as YARD
from viewer.demo.crates import draw_crates
from viewer.demo.crossing import FRAME as CROSSING
from viewer.demo.crossing import crossing_things, draw_crossing
from viewer.demo.harbour import FRAME as HARBOUR
from viewer.demo.harbour import draw_harbour
from viewer.demo.outdoors import KITES, draw_kites
from viewer.demo.street import FRAME as STREET
from viewer.demo.street import draw_street
from viewer.demo.table import FRAME as TABLE
from viewer.demo.table import draw_table


@pytest.fixture(scope="module")
def street():
    pencil, things = draw_street()
    return pencil, {thing.key: thing for thing in things}


def bounds(mask):
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return columns[0], rows[0], columns[-1] + 1, rows[-1] + 1


def filled(rings, frame):
    """The even-odd area of rings in pixels."""
    mask = np.zeros((frame.height, frame.width), bool)
    for ring in rings:
        image = Image.new("1", frame, 0)
        ImageDraw.Draw(image).polygon([tuple(point) for point in ring], fill=1)
        mask ^= np.asarray(image)
    return mask


def scaled(flat, frame):
    return [(x * frame.width, y * frame.height) for x, y in zip(flat[::2], flat[1::2], strict=True)]


def overlap(one, other):
    return (one & other).sum() / (one | other).sum()


def corners_of(box, frame):
    cx, cy = (box["x"] + box["w"] / 2) * frame.width, (box["y"] + box["h"] / 2) * frame.height
    angle = math.radians(box["theta"])
    halves = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * (box["w"] * frame.width / 2, box["h"] * frame.height / 2)
    turn = np.array([(math.cos(angle), math.sin(angle)), (-math.sin(angle), math.cos(angle))])
    return halves @ turn + (cx, cy)


@pytest.mark.parametrize("key", ["car 7", "car 8"])
def test_boxes_of_cars_in_front_are_those_of_their_pixels(street, key):
    pencil, things = street
    box = things[key].places[0]["boundingBox"]
    left, top = box["x"] * STREET.width, box["y"] * STREET.height
    expected = (left, top, left + box["w"] * STREET.width, top + box["h"] * STREET.height)
    assert np.allclose(bounds(pencil.visible(key)), expected, atol=1.5)


@pytest.mark.parametrize("key", [f"boat {n}" for n in range(1, 9)])
def test_rotated_boxes_fit_boats_at_every_angle(key):
    """OpenCV's smallest rectangle around the hull has nearly the label's corners, in whatever order."""
    pencil, things = draw_harbour()
    mask = pencil.visible(key)
    points = np.argwhere(mask)[:, ::-1].astype(np.float32) + 0.5
    smallest = cv2.boxPoints(cv2.minAreaRect(points))
    label = corners_of(things[key].places[0]["rotatableBoundingBox"], HARBOUR)
    nearest = np.hypot(*(label[:, np.newaxis] - smallest[np.newaxis]).transpose(2, 0, 1)).min(axis=1)
    assert nearest.max() < 3.5


def test_regions_holes_and_islands_fit_the_water():
    pencil, things = draw_harbour()
    regions = things["water"].places[0]["polygons"]
    assert [len(region) for region in regions] == [2, 1]
    label = filled([scaled(ring, HARBOUR) for region in regions for ring in region], HARBOUR)
    water = pencil.visible("water") | pencil.visible("pond")
    assert not (water & ~cv2.dilate(label.astype(np.uint8), np.ones((3, 3))).astype(bool)).any()
    land = pencil.visible("island") | pencil.visible("pier")
    assert (land & label).sum() < 0.01 * land.sum()


@pytest.mark.parametrize("key", ["cell 1", "cell 2", "cell 5"])
def test_cells_with_holes_fit(key):
    pencil, things = draw_slide()
    regions = things[key].places[0]["polygons"]
    label = filled([scaled(ring, SLIDE) for region in regions for ring in region], SLIDE)
    drawn = pencil.visible(key) | pencil.visible(key.replace("cell", "nucleus"))
    assert overlap(label, drawn) > 0.97


def test_circles_and_ellipses_fit():
    pencil, things = draw_table()
    for key in ("plate 1", "plate 2", "plate 3", "orange 2", "lemon 1", "lemon 2", "plum 3"):
        place = things[key].places[0]
        kind, shape = next(iter(place.items()))
        rx = shape["r" if kind == "circle" else "rx"] * TABLE.width
        ry = rx * shape.get("stretch", 1) if kind == "circle" else shape["ry"] * TABLE.height
        centre = (shape["x"] * TABLE.width, shape["y"] * TABLE.height)
        image = np.zeros((TABLE.height, TABLE.width), np.uint8)
        at, axes = (tuple(round(16 * v) for v in pair) for pair in (centre, (rx, ry)))
        cv2.ellipse(image, at, axes, shape.get("theta", 0), 0, 360, 1, -1, cv2.LINE_8, 4)
        seen = pencil.visible(key)
        if key.startswith("plate"):  # what lies on it covers it
            for other in things:
                seen = seen | (pencil.visible(other) & image.astype(bool) if other != key else False)
        assert overlap(seen, image.astype(bool)) > 0.96, key


def test_cuboids_fit_the_crates_that_nothing_covers():
    pencil, things = draw_crates()
    for key in ("crate 3", "crate 6", "crate 7", "crate 9"):
        cuboid = things[key].places[0]["cuboid_2d"]
        front = np.array(scaled(cuboid["front"], YARD))
        back = front + (cuboid["offset"]["x"] * YARD.width, cuboid["offset"]["y"] * YARD.height)
        hull = cv2.convexHull(np.concatenate([front, back]).astype(np.float32))[:, 0]
        assert overlap(filled([hull], YARD), pencil.visible(key)) > 0.95, key


def test_the_bus_vanishes_where_the_street_does(street):
    pencil, things = street
    cuboid = things["bus"].places[0]["cuboid_2d"]
    front, ratio = np.array(scaled(cuboid["front"], STREET)), cuboid["scaleRatio"]
    vanishing = np.array([cuboid["vanishingPoint"]["x"] * STREET.width, cuboid["vanishingPoint"]["y"] * STREET.height])
    hull = cv2.convexHull(np.concatenate([front, vanishing + (front - vanishing) * ratio]).astype(np.float32))[:, 0]
    seen = pencil.visible("bus")
    assert (seen & filled([hull], STREET)).sum() > 0.985 * seen.sum()


def test_kites_fit():
    pencil, things = draw_kites()
    for key in ("kite 1", "kite 2", "kite 3", "kite 4"):
        ring = [(p["x"] * KITES.width, p["y"] * KITES.height) for p in things[key].places[0]["polygon"].values()]
        assert overlap(filled([ring], KITES), pencil.visible(key)) > 0.93, key


def test_joints_lie_on_the_players_or_are_said_to_be_hidden():
    pencil, things = draw_court()
    said = set()
    for key, thing in things.items():
        if thing.kind != "Person":
            continue
        seen = cv2.dilate(pencil.visible(key).astype(np.uint8), np.ones((5, 5)))
        for joint in thing.places[0]["skeleton"].values():
            hidden = {"occluded", "selfOccluded", "invisible"} & set(joint)
            said |= hidden
            x, y = int(joint["x"] * pencil.width), int(joint["y"] * pencil.height)
            inside = 0 <= x < pencil.width and 0 <= y < pencil.height
            assert ("invisible" in hidden) != inside
            assert hidden or seen[y, x], (key, joint["name"])
    assert said == {"occluded", "selfOccluded", "invisible"}


def test_the_crossing_has_gaps_where_things_cannot_be_seen():
    drawn = list(draw_crossing())
    things = {thing.key: thing for thing in crossing_things([places for _, places in drawn])}
    assert 12 not in things["cyclist"].places and {11, 13} <= set(things["cyclist"].places)
    assert not set(range(9, 15)) & set(things["bird"].places)
    for frame, (pencil, _) in enumerate(drawn):
        for key in ("car", "van"):
            seen = pencil.visible(key)
            if frame not in things[key].places:
                assert seen.sum() < 0.15 * 208 * 104
                continue
            box = things[key].places[frame]["boundingBox"]
            left, top = box["x"] * CROSSING.width, box["y"] * CROSSING.height
            right, bottom = left + box["w"] * CROSSING.width, top + box["h"] * CROSSING.height
            found = bounds(seen)
            assert found[0] > left - 1.5 and found[1] > top - 1.5
            assert found[2] < right + 1.5 and found[3] < bottom + 1.5


def test_frames_between_are_marked_as_not_drawn_by_hand():
    things = crossing_things([places for _, places in draw_crossing()])
    for thing in things:
        by_hand = set(thing.places) - thing.interpolated
        assert by_hand and thing.interpolated and min(thing.places) in by_hand


def test_every_drawn_part_stays_findable(street):
    """The drawing keeps parts in eight bits."""
    pencil, things = street
    assert len(pencil._names) < 256
    assert all(pencil.visible(key).any() for key in things if key.startswith(("car", "person", "building", "lamp")))
