"""Pixels of every decodable file that pydicom brings along, held against what pydicom itself makes of them."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pydicom
import pytest
from pydicom.dataset import Dataset
from pydicom.pixels import apply_modality_lut, apply_voi_lut, pixel_array

from tests.dicoms import COLUMNS, ROWS, dataset, pixels
from viewer.errors import ViewerError
from viewer.media.dicom_picture import frame_count, has_pixels, picture_of

FOLDER = Path(pydicom.__file__).parent / "data"
NOT_IMAGES = {"README.txt", "charset_files"}
REFUSED = {
    "JPEG2000-embedded-sequence-delimiter.dcm": "cannot be decoded",
    "badVR.dcm": "cannot be decoded",
    "meta_missing_tsyntax.dcm": "no Rows",
    "nested_priv_SQ.dcm": "no Rows",
}
"""Files that are broken on purpose, and what is said of them."""
DIFFERENT = {"eCT_Supplemental.dcm", "JPEG-lossy.dcm", "JPGExtended.dcm", "MR_truncated.dcm"}
"""Which pydicom cannot decode, or whose rescaling per frame it leaves out."""


def read(path: Path) -> Dataset | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ds = pydicom.dcmread(path, force=True)
            return ds if has_pixels(ds) else None
    except Exception:
        return None


FILES = sorted(path for path in FOLDER.rglob("*") if path.is_file() and path.suffix not in (".py", ".txt", ".json"))
IMAGES = [path for path in FILES if read(path) is not None]


def test_there_are_many_to_look_at() -> None:
    assert len(IMAGES) >= 90


@pytest.mark.parametrize("path", IMAGES, ids=lambda path: path.name)
@pytest.mark.filterwarnings("ignore:::pydicom")
def test_as_pydicom_decodes_and_rescales_it(path: Path) -> None:
    ds, again = read(path), read(path)
    assert ds is not None and again is not None
    if path.name in REFUSED:
        with pytest.raises(ViewerError, match=REFUSED[path.name]):
            picture_of(ds, 0)
        return
    for frame in {0, frame_count(ds) - 1}:
        picture = picture_of(ds, frame)
        assert picture.shown.dtype == np.uint8 and picture.shown.shape[:2] == (ds.Rows, ds.Columns)
        if path.name in DIFFERENT:
            continue
        expected = pixel_array(again, index=frame)
        if picture.grey is None:
            if again.PhotometricInterpretation != "PALETTE COLOR":
                assert np.array_equal(picture.values, expected)
            continue
        assert np.array_equal(picture.grey.stored, expected)
        if "DoseGridScaling" not in again:
            assert np.allclose(picture.grey.values(), apply_modality_lut(expected, again))


WINDOWED = [
    "CT_small.dcm", "MR_small.dcm", "examples_overlay.dcm", "vlut_04.dcm", "mlut_18.dcm", "MR-SIEMENS-DICOM-WithOverlays.dcm",
    "693_J2KI.dcm", "JPGLosslessP14SV1_1s_1f_8b.dcm",
]  # fmt: skip


@pytest.mark.parametrize("path", [path for path in IMAGES if path.name in WINDOWED], ids=lambda path: path.name)
@pytest.mark.filterwarnings("ignore:::pydicom")
def test_as_pydicom_shows_it_through_its_window(path: Path) -> None:
    ds = read(path)
    assert ds is not None
    ours = picture_of(ds, 0)
    assert ours.grey is not None
    values = apply_modality_lut(pixel_array(ds, index=0), ds)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        seen = np.asarray(apply_voi_lut(values, ds), dtype=np.float64)
    low, high = range_of(ds)
    expected = (seen - low) / (high - low) * 255
    if ds.PhotometricInterpretation == "MONOCHROME1":
        expected = 255 - expected
    counts = ~ours.grey.is_padding()
    if ours.grey.overlay is not None:
        assert (ours.shown[ours.grey.overlay] == 255).all() and ours.grey.overlay.any()
        counts &= ~ours.grey.overlay
    if "WindowCenter" in ds or "VOILUTSequence" in ds:
        assert np.abs(ours.shown - expected)[counts].max() <= 0.5 + 1e-9


def range_of(ds: Dataset) -> tuple[float, float]:
    """What pydicom spreads a window over."""
    if ds.get("VOILUTSequence"):
        return 0.0, 2.0 ** ds.VOILUTSequence[0].LUTDescriptor[2] - 1
    if ds.get("ModalityLUTSequence"):
        return 0.0, 2.0 ** ds.ModalityLUTSequence[0].LUTDescriptor[2] - 1
    bits = ds.BitsStored
    low, high = (-(2.0 ** (bits - 1)), 2.0 ** (bits - 1) - 1) if ds.PixelRepresentation else (0.0, 2.0**bits - 1)
    slope, intercept = float(ds.get("RescaleSlope", 1)), float(ds.get("RescaleIntercept", 0))
    return low * slope + intercept, high * slope + intercept


def picture(number: int = 0, stored: np.ndarray | None = None, **more: object):
    made = dataset(number, stored, **more)
    made.file_meta.MediaStorageSOPInstanceUID = made.SOPInstanceUID
    return picture_of(pydicom.dcmread(as_file(made)), 0)


def as_file(ds: Dataset):
    from io import BytesIO

    stream = BytesIO()
    ds.save_as(stream, enforce_file_format=True)
    stream.seek(0)
    return stream


def test_jpeg_of_twelve_bits_is_shifted_into_place() -> None:
    path = next(path for path in IMAGES if path.name == "JPGExtended.dcm")
    values = picture_of(read(path), 0).values
    # least, largest and mean as libjpeg decodes it, whose Python package is not free enough to be depended on
    assert (values.min(), values.max()) == (0, 264) and abs(float(values.mean()) - LIBJPEG_MEAN) < 0.05


LIBJPEG_MEAN = 14.383


def test_low_is_white_in_monochrome1() -> None:
    shown = picture(PhotometricInterpretation="MONOCHROME1").shown
    assert np.array_equal(shown, 255 - picture().shown) and shown[0, 0] > shown[-1, -1]


def test_padding_is_black_and_has_no_value() -> None:
    stored = pixels(0)
    stored[3, 4] = -2000
    padded = picture(stored=stored, PixelPaddingValue=-2000, PhotometricInterpretation="MONOCHROME1")
    assert padded.shown[3, 4] == 0 and padded.grey is not None and padded.grey.is_padding_at(3, 4)
    assert padded.grey.is_padding().sum() == 1


def test_padding_written_by_its_bits_is_read_as_the_pixels_are() -> None:
    stored = pixels(0)
    stored[3, 4] = -2000
    made = dataset(0, stored)
    made.add_new("PixelPaddingValue", "US", 65536 - 2000)
    found = picture_of(pydicom.dcmread(as_file(made)), 0)
    assert found.grey is not None and found.grey.padding == (-2000, -2000)


def test_a_window_of_no_width_is_left_out_with_a_note() -> None:
    found = picture(WindowWidth=0)
    assert found.grey is not None and found.grey.windows[0].name == "range of the slice"
    assert "window width is 0" in found.notes[0] and found.shown.min() == 0 and found.shown.max() == 255


def test_a_slope_of_0_is_left_out_with_a_warning() -> None:
    found = picture(RescaleSlope=0)
    assert found.grey is not None and found.grey.value(0, 1) == 1 - 1024 and "slope is 0" in found.warnings[0]


def test_pixels_that_are_cut_short_are_shown_as_far_as_they_go() -> None:
    made = dataset(0)
    made.PixelData = made.PixelData[: ROWS * COLUMNS]
    found = picture_of(made, 0)
    assert np.array_equal(found.values[: ROWS // 2], pixels(0)[: ROWS // 2]) and not found.values[ROWS // 2 :].any()
    assert f"from line {ROWS // 2} on" in found.warnings[0]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"Rows": None}, "no Rows"),
        ({"PixelData": None}, "no pixel data"),
        ({"PixelData": b""}, "no pixel data"),
        ({"Rows": 60_000, "Columns": 60_000}, "too large"),
        ({"BitsAllocated": 13}, "cannot be decoded"),
    ],
)
def test_what_cannot_be_shown_is_one_sentence(changes: dict[str, object], words: str) -> None:
    with pytest.raises(ViewerError, match=words) as caught:
        picture_of(dataset(0, **changes), 0)
    assert "\n" not in str(caught.value)


def test_a_missing_decoder_is_named_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise RuntimeError(
            "Unable to decompress 'JPEG-LS' pixel data because all plugins are missing dependencies:\n\tgdcm"
        )

    monkeypatch.setattr(pydicom.pixels, "pixel_array", refuse)
    with pytest.raises(ViewerError, match="pip install python-gdcm") as caught:
        picture_of(read(next(path for path in IMAGES if path.name == "MR_small_jpeg_ls_lossless.dcm")), 0)
    assert "JPEG-LS" in str(caught.value)


def test_a_file_without_a_transfer_syntax_is_read_as_its_header_is() -> None:
    made = pydicom.dcmread(as_file(dataset(0)))
    del made.file_meta.TransferSyntaxUID
    found = picture_of(made, 0)
    assert np.array_equal(found.values, pixels(0)) and "transfer syntax" in found.warnings[0]
