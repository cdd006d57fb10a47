"""Plain numbers of DICOM files are read as pydicom reads them, and all else is left to it."""

from __future__ import annotations

import numpy as np
import pytest
from pydicom.pixels import pixel_array
from pydicom.uid import ExplicitVRBigEndian, RLELossless

from tests.dicoms import dataset
from viewer.media.dicom_native import native_pixels


@pytest.mark.parametrize("kind", ["u1", "i1", "u2", "i2", "u4", "i4"])
@pytest.mark.parametrize("unused", [0, 4])
def test_as_pydicom_reads_them(kind: str, unused: int) -> None:
    bits = 8 * np.dtype(kind).itemsize
    stored = np.random.default_rng(1).integers(0, 256, (3, 7, 5 * bits // 8), dtype=np.uint8).view(kind)
    ds = dataset(0, stored, BitsStored=bits - unused, HighBit=bits - unused - 1)
    if ds.PixelData and len(ds.PixelData) % 2:
        ds.PixelData += b"\0"
    for frame in range(3):
        made = native_pixels(ds, frame, 3)
        assert made is not None
        assert made.dtype == np.dtype(kind)
        assert np.array_equal(made, pixel_array(ds, index=frame))


def test_a_frame_does_not_keep_the_others_in_memory() -> None:
    made = native_pixels(dataset(0, np.zeros((3, 8, 8), np.int16)), 1, 3)
    assert made is not None and made.base is None


@pytest.mark.parametrize(
    "otherwise",
    [
        {"PhotometricInterpretation": "PALETTE COLOR"},
        {"SamplesPerPixel": 3},
        {"BitsAllocated": 12},
        {"BitsStored": 17},
        {"PixelRepresentation": None},
        {"PixelData": b"\0" * 100},
        {"PixelData": b"\0" * 100_000},
    ],
)
def test_what_is_not_plain_is_left_alone(otherwise: dict[str, object]) -> None:
    assert native_pixels(dataset(0), 0, 1) is not None
    assert native_pixels(dataset(0, **otherwise), 0, 1) is None


@pytest.mark.parametrize("syntax", [RLELossless, ExplicitVRBigEndian])
def test_nor_is_another_syntax_read(syntax: str) -> None:
    ds = dataset(0)
    ds.file_meta.TransferSyntaxUID = syntax
    assert native_pixels(ds, 0, 1) is None
