"""Headers: which files are DICOM, whose instance a file is by its first bytes, and how fast a cine is."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
import pydicom
import pytest

from tests.dicoms import COLUMNS, ROWS, dataset, pixels, write
from viewer.errors import ViewerError
from viewer.media.dicom_header import FRONT, is_dicom, peek_uid, read_header
from viewer.media.source import Source, file_source

FILES = sorted((Path(pydicom.__file__).parent / "data" / "test_files").glob("*.dcm"))


def source(path: Path) -> Source:
    return file_source(path, path.parent)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_first_bytes_name_the_instance_that_pydicom_reads(path: Path) -> None:
    front = path.read_bytes()[:FRONT]
    found = peek_uid(front)
    try:
        meta = pydicom.dcmread(path, stop_before_pixels=True).file_meta
    except Exception:
        return  # broken on purpose, or without meta information
    assert is_dicom(front)
    assert found in (None, meta.get("MediaStorageSOPInstanceUID"))
    assert (found is None) == (not meta.get("MediaStorageSOPInstanceUID"))


def test_nothing_else_is_dicom() -> None:
    for front in (b"", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", b"no dicom at all", b"\0" * 132):
        assert not is_dicom(front) and peek_uid(front) is None


def test_text_with_the_beginning_of_dicom_is_refused(tmp_path: Path) -> None:
    fake = tmp_path / "fake"
    fake.write_bytes(b"\0" * 128 + b"DICM" + b"not at all" * 20)
    with pytest.raises(ViewerError, match="no DICOM file"):
        read_header(source(fake))


def test_what_a_header_says(tmp_path: Path) -> None:
    header = read_header(source(write(tmp_path / "a", 3)))
    assert (header.uid, header.series, header.study, header.patient) == ("1.2.3.4.3", "1.2.3.4", "1.2.3", "P1")
    assert header.size == (COLUMNS, ROWS) and header.frames == 1 and header.rate is None
    plane = header.plane(0)
    assert plane.position == (0, 0, 6) and plane.spacing == (0.5, 0.5) and plane.number == 4
    assert "P1" not in repr(header)


@pytest.mark.parametrize(
    ("facts", "rate"),
    [
        ({"FrameTime": 40}, 25),
        ({"FrameTimeVector": [0, 50, 50]}, 20),
        ({"CineRate": 15, "FrameTime": 40}, 15),
        ({"RecommendedDisplayFrameRate": 30, "CineRate": 15}, 30),
        ({"FrameTime": 0}, None),
        ({}, None),
    ],
)
def test_a_cine_has_its_own_rate(tmp_path: Path, facts: dict[str, object], rate: float | None) -> None:
    stored = np.stack([pixels(number) for number in range(3)])
    assert read_header(source(write(tmp_path / "cine", 0, stored, **facts))).rate == rate


def test_detector_spacing_is_told_from_the_patients(tmp_path: Path) -> None:
    for name, facts, expected in (
        ("ct", {}, "patient"),
        ("xr", {"PixelSpacing": None, "ImagerPixelSpacing": [0.2, 0.2]}, "detector"),
        ("same", {"PixelSpacing": [0.2, 0.2], "ImagerPixelSpacing": [0.2, 0.2]}, "detector"),
        ("calibrated", {"ImagerPixelSpacing": [0.7, 0.7]}, "patient"),
        ("none", {"PixelSpacing": None}, "unknown"),
    ):
        assert read_header(source(write(tmp_path / name, 0, **facts))).plane(0).spacing_of == expected


def test_a_stream_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    gone = source(write(tmp_path / "a", 0))
    (tmp_path / "a").unlink()
    with pytest.raises(ViewerError, match="not found"):
        read_header(gone)


def test_pixels_are_not_read_for_a_header() -> None:
    whole = BytesIO()
    dataset(0, np.zeros((2000, 2000), np.int16)).save_as(whole, enforce_file_format=True)
    read = [0]

    class Counting(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            made = super().read(size)
            read[0] += len(made)
            return made

    header = read_header(Source("a", None, whole.getvalue, 0, 0.0, front=lambda: Counting(whole.getvalue())))
    assert header.size == (2000, 2000) and read[0] < 100_000
