"""Pixels to the export's geometry: masks held against pycocotools, the rest against plain arithmetic."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from pycocotools import mask as coco

from viewer.demo.geometry import Frame, run_lengths

masks = arrays.arrays(np.bool_, st.tuples(st.integers(1, 24), st.integers(1, 24)))


def decoded(letters: str, height: int, width: int):
    """COCO counts down the columns, the export along the rows: so sizes are swapped and the picture is turned."""
    return coco.decode({"counts": letters.encode(), "size": [width, height]}).T.astype(bool)


@given(masks)
def test_run_lengths_are_what_coco_reads(mask):
    assert np.array_equal(decoded(run_lengths(mask), *mask.shape), mask)


@given(masks)
def test_run_lengths_are_what_coco_writes(mask):
    theirs = coco.encode(np.asfortranarray(mask.T.astype(np.uint8)))["counts"].decode()
    assert run_lengths(mask) == theirs


def test_run_lengths_of_a_large_mask():
    rows, columns = np.mgrid[:1080, :1920]
    mask = (rows - 500) ** 2 + (columns - 900) ** 2 < 300**2
    assert np.array_equal(decoded(run_lengths(mask), 1080, 1920), mask)


def test_examples_of_the_format_description():
    assert run_lengths(np.ones((3, 4), bool)) == "0<"
    assert run_lengths(np.zeros((3, 4), bool)) == "<"


def test_fractions_of_width_and_height():
    frame = Frame(640, 400)
    assert frame.box(160, 40, 320, 120) == {"boundingBox": {"x": 0.25, "y": 0.1, "w": 0.5, "h": 0.3}}
    assert frame.circle(320, 200, 64) == {"circle": {"x": 0.5, "y": 0.5, "r": 0.1}}
    turned = frame.rotated_box(320, 200, 64, 40, -30)["rotatableBoundingBox"]
    assert turned == {"x": 0.45, "y": 0.45, "w": 0.1, "h": 0.1, "theta": 330}
    region = frame.polygon([[(0, 0), (640, 0), (640, 400)], [(320, 40), (480, 40), (480, 80)]])
    assert region["polygons"] == [[[0, 0, 1, 0, 1, 1], [0.5, 0.1, 0.75, 0.1, 0.75, 0.2]]]
    assert region["polygon"]["2"] == {"x": 1, "y": 1}
