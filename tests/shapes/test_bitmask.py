from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pycocotools import mask as coco

from tests.shapes.reading import read, said
from viewer.shapes.bitmask import LARGEST, run_lengths
from viewer.shapes.reading import BadGeometry
from viewer.size import Size


def encoded(mask):
    """As an export has it: COCO's code, which runs column by column, of the mask turned over, so row by row."""
    return coco.encode(np.asfortranarray(mask.T.astype(np.uint8)))["counts"].decode()


def bitmask(mask, **changes):
    height, width = mask.shape
    geometry = {"top": 0, "left": 0, "width": width, "height": height, "rleString": encoded(mask)}
    return {"shape": "bitmask", "bitmask": {**geometry, **changes}}


def whole(shape):
    """The mask over its whole frame."""
    left, top, mask = shape.on_frame()
    made = np.zeros((shape.frame.height, shape.frame.width), dtype=bool)
    made[top : top + mask.shape[0], left : left + mask.shape[1]] = mask
    return made


def blot(frame: Size, seed=0):
    """Something ragged, of many runs."""
    return np.random.default_rng(seed).random((frame.height, frame.width)) < 0.3


def ring(frame: Size):
    rows, columns = np.mgrid[: frame.height, : frame.width]
    away = np.hypot(rows - frame.height * 0.6, columns - frame.width * 0.3)
    return (away < frame.height * 0.3) & (away > frame.height * 0.2)


SAMPLE = bitmask(ring(Size(640, 400)))

masks = arrays(np.bool_, st.tuples(st.integers(1, 25), st.integers(1, 25)))


@given(mask=masks)
def test_what_pycocotools_encodes_is_read_pixel_by_pixel(mask):
    frame = Size(mask.shape[1], mask.shape[0])
    shape = read(bitmask(mask), frame)
    assert np.array_equal(whole(shape), mask)
    rows, columns = np.nonzero(mask)
    pixels = shape.pixels()
    assert pixels["area"] == int(mask.sum())
    if mask.any():
        x, y = int(columns.min()), int(rows.min())
        assert pixels["bbox"] == [x, y, int(columns.max()) - x + 1, int(rows.max()) - y + 1]
    else:
        assert pixels == {"area": 0, "bbox": None}


@given(mask=masks)
def test_the_raster_is_cut_to_what_is_set(mask):
    raster = read(bitmask(mask), Size(mask.shape[1], mask.shape[0])).raster
    # cut to the bounds, unless a run goes over the end of a row: then to whole rows
    if mask.any():
        rows = np.flatnonzero(mask.any(axis=1))
        assert (raster.top, raster.mask.shape[0]) == (rows[0], rows[-1] - rows[0] + 1)


def test_a_large_ragged_mask_is_that_of_pycocotools():
    frame = Size(641, 400)
    mask = blot(frame)
    decoded = coco.decode({"counts": encoded(mask).encode(), "size": [frame.width, frame.height]}).T
    shape = read(bitmask(mask), frame)
    assert np.array_equal(whole(shape), decoded)
    assert shape.pixels()["area"] == int(coco.area(coco.encode(np.asfortranarray(mask.astype(np.uint8)))))


@pytest.mark.parametrize(
    ("code", "expected"),
    [("0<", np.ones((3, 4), dtype=bool)), ("<", np.zeros((3, 4), dtype=bool)), ("", np.zeros((3, 4), dtype=bool))],
)
def test_full_and_empty(code, expected):
    shape = read({"shape": "bitmask", "bitmask": {"width": 4, "height": 3, "rleString": code}}, Size(4, 3))
    assert np.array_equal(whole(shape), expected)


def test_rows_come_first():
    """Two pixels side by side are one run; one above the other are two."""
    assert run_lengths(encoded(np.array([[0, 1, 1], [0, 0, 0]]))).tolist() == [1, 2, 3]
    assert run_lengths(encoded(np.array([[0, 1, 0], [0, 1, 0]]))).tolist() == [1, 1, 2, 1, 1]


def test_a_first_pixel_that_is_set_begins_with_an_empty_run():
    mask = np.zeros((5, 7), dtype=bool)
    mask[0, :3] = True
    assert encoded(mask).startswith("0")
    assert np.array_equal(whole(read(bitmask(mask), Size(7, 5))), mask)


@given(counts=st.lists(st.integers(0, 2**40), min_size=1, max_size=30))
def test_run_lengths_of_any_size_are_read_back(counts):
    """Written here by the rule of COCO's code: 5 bits a character, lowest first, differences to the last but one."""
    text = ""
    for index, count in enumerate(counts):
        value = count - counts[index - 2] if index > 2 else count
        more = True
        while more:
            bits, value = value & 31, value >> 5
            more = value != -1 if bits & 16 else value != 0
            text += chr(48 + (bits | 32 if more else bits))
    assert run_lengths(text).tolist() == counts


@pytest.mark.parametrize("left, top", [(3, 2), (-2, -1), (18, 10), (100, 100), (2.5, 0.25)])
def test_a_mask_is_pasted_at_its_offset(left, top):
    mask, frame = ring(Size(20, 12)), Size(24, 16)
    canvas = np.zeros((200, 300), dtype=bool)
    # a pixel is set where its centre lies in a set cell, so half a pixel is rounded down
    row, column = 50 + int(np.ceil(top - 0.5)), 50 + int(np.ceil(left - 0.5))
    canvas[row : row + 12, column : column + 20] = mask
    assert np.array_equal(whole(read(bitmask(mask, left=left, top=top), frame)), canvas[50:66, 50:74])


@pytest.mark.parametrize("frame", [Size(640, 400), Size(37, 23), Size(100, 7), Size(10, 10)])
def test_a_mask_of_another_size_is_scaled_to_the_frame_by_its_nearest_cells(frame):
    mask = blot(Size(20, 12), seed=3)
    rows = ((np.arange(frame.height) + 0.5) * 12 / frame.height).astype(int)
    columns = ((np.arange(frame.width) + 0.5) * 20 / frame.width).astype(int)
    shape = read(bitmask(mask), frame)
    assert np.array_equal(whole(shape), mask[np.ix_(rows, columns)])
    assert said(bitmask(mask), frame) == [("warning", "bitmask")]


def test_runs_that_are_too_short_leave_the_rest_empty():
    mask = ring(Size(20, 12))
    counts = run_lengths(encoded(mask)).tolist()
    short = bitmask(mask, height=15)
    assert np.array_equal(whole(read(short, Size(20, 15)))[:12], mask)
    assert not whole(read(short, Size(20, 15)))[12:].any()
    assert ("warning", "bitmask.rleString") in said(short, Size(20, 15))
    assert sum(counts) == 240


def test_runs_that_are_too_long_are_cut_off():
    mask = np.ones((12, 20), dtype=bool)
    long = bitmask(mask, height=5)
    assert np.array_equal(whole(read(long, Size(20, 5))), mask[:5])
    assert ("warning", "bitmask.rleString") in said(long, Size(20, 5))


@pytest.mark.parametrize("code", ["P", "0<P", "é", "0 <", "\x00", "p", "/", "l" * 20, "oooooooooooooo0", "1O"])
def test_text_that_is_no_code_is_refused(code):
    with pytest.raises(BadGeometry):
        read({"shape": "bitmask", "bitmask": {"width": 4, "height": 3, "rleString": code}}, Size(4, 3))


@pytest.mark.parametrize("code", [None, 5, [12], {"counts": "<"}])
def test_no_text_no_mask(code):
    with pytest.raises(BadGeometry) as refused:
        read({"shape": "bitmask", "bitmask": {"width": 4, "height": 3, "rleString": code}}, Size(4, 3))
    assert refused.value.where == "bitmask.rleString"


@pytest.mark.parametrize("side", [0, -4, 2.5, "wide", True, []])
def test_a_size_that_is_none_is_refused(side):
    with pytest.raises(BadGeometry):
        read({"shape": "bitmask", "bitmask": {"width": side, "height": 3, "rleString": "<"}}, Size(4, 3))


def test_a_mask_too_large_to_unpack_is_refused_before_it_takes_memory():
    huge = {"shape": "bitmask", "bitmask": {"width": 100_000, "height": 100_000, "rleString": "0PPP_RR4"}}
    with pytest.raises(BadGeometry, match="too large") as refused:
        read(huge, Size(100_000, 100_000))
    assert refused.value.severity == "warning"
    small = {"shape": "bitmask", "bitmask": {"width": 4, "height": 3, "rleString": "0<"}}
    with pytest.raises(BadGeometry, match="too large"):
        read(small, Size(99_999_999, LARGEST))


def test_sums_of_runs_beyond_64_bits_are_cut_off_like_any_others():
    # the same length again and again, as differences of nothing
    endless = "0" + "0" + "PPPPPPPPPPPP4" + "0" * 5000
    shape = read({"shape": "bitmask", "bitmask": {"width": 4, "height": 3, "rleString": endless}}, Size(4, 3))
    assert whole(shape).sum() in (0, 12)


def test_a_pasted_mask_begins_at_the_first_pixel_whose_centre_it_reaches():
    mask = np.ones((3, 4), dtype=bool)
    assert read(bitmask(mask, left=2.75, top=0.6), Size(24, 16)).pixels() == {"area": 12, "bbox": [3, 1, 4, 3]}
