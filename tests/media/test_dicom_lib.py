"""Values of elements are the same however they are looked up."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pydicom
import pytest
from pydicom.dataset import Dataset

from tests.dicoms import dataset
from viewer.media.dicom_lib import value_of

FOLDER = Path(pydicom.__file__).parent / "data" / "test_files"
KEYWORDS = (
    "Rows",
    "BitsStored",
    "PixelSpacing",
    "SliceThickness",
    "WindowCenter",
    "RescaleSlope",
    "Modality",
    "ImageType",
)
FILES = [
    "CT_small.dcm",
    "MR_small.dcm",
    "MR_small_bigendian.dcm",
    "MR_small_implicit.dcm",
    "rtdose.dcm",
    "JPEG2000.dcm",
]


def read_back(made: Dataset) -> Dataset:
    file = io.BytesIO()
    made.save_as(file, enforce_file_format=True)
    file.seek(0)
    return pydicom.dcmread(file)


def as_numbers(value: object) -> object:
    return [float(part) for part in value] if isinstance(value, Sequence) and not isinstance(value, str) else value


@pytest.mark.parametrize("name", FILES)
def test_as_pydicom_gives_them(name: str) -> None:
    ds, again = (pydicom.dcmread(FOLDER / name) for _ in range(2))
    for keyword in KEYWORDS[:-1]:
        assert as_numbers(value_of(ds, keyword, 7)) == as_numbers(again.get(keyword, 7)), keyword
    assert value_of(ds, "ImageType") == again.get("ImageType")
    for keyword in KEYWORDS:  # once pydicom has looked at it
        assert value_of(again, keyword, 7) == again.get(keyword, 7), keyword


@pytest.mark.filterwarnings("ignore:::pydicom")
def test_what_is_no_number_is_left_to_pydicom() -> None:
    ds = read_back(dataset(0, WindowCenter=40))
    raw = ds.get_item("WindowCenter")
    assert raw is not None
    for written, expected in ((b"", None), (b" 40 ", 40.0), (b"40\\50 ", (40.0, 50.0)), (b"4e1", 40.0)):
        ds["WindowCenter"] = raw._replace(value=written, length=len(written))
        assert value_of(ds, "WindowCenter") == expected
