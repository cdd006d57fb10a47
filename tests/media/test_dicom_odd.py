"""Files that are rare but legal: what they show is worked out here from the standard, and was held against DCMTK."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
import pytest
from pydicom.dataset import Dataset
from pydicom.uid import ExplicitVRBigEndian

from tests.dicoms import COLUMNS, ROWS, dataset
from viewer.errors import ViewerError
from viewer.media.dicom_header import dataset_of
from viewer.media.dicom_picture import picture_of
from viewer.media.dicom_plane import plane_of
from viewer.media.kinds import Picture
from viewer.media.plane import Plane

Y, X = np.mgrid[:ROWS, :COLUMNS]
SIGNED = (X * 40 + Y * 7 - 1200).astype(np.int16)
TWELVE = (X * 60 + Y * 5).astype(np.uint16)
NOISE = np.random.default_rng(1).integers(0, 16, TWELVE.shape).astype(np.uint16)
PLAIN: dict[str, Any] = {"RescaleIntercept": None, "RescaleSlope": None, "WindowCenter": None, "WindowWidth": None}
FULL: dict[str, Any] = {"RescaleIntercept": None, "RescaleSlope": None, "WindowCenter": 2048, "WindowWidth": 4096}


def shown(stored: np.ndarray, frame: int = 0, *, add: Sequence[tuple[int, int, str, Any]] = (), **more: Any) -> Picture:
    made = dataset(0, stored, **more)
    for group, element, vr, value in add:
        made.add_new((group, element), vr, value)
    return read_back(made, frame)


def read_back(made: Dataset, frame: int = 0, *, little: bool = True) -> Picture:
    made.file_meta.MediaStorageSOPInstanceUID = made.SOPInstanceUID
    stream = BytesIO()
    made.save_as(stream, enforce_file_format=True, little_endian=little, implicit_vr=False)
    stream.seek(0)
    return picture_of(dataset_of(stream, header_only=False), frame)


def item(entries: Any, first: int, bits: int, vr: str = "US", count: int | None = None) -> Dataset:
    made = Dataset()
    made.add_new(0x00283002, "SS" if first < 0 else "US", [len(entries) if count is None else count, first, bits])
    made.add_new(0x00283006, vr, entries)
    return made


# ---------------------------------------------------------------- which bits


def test_bits_that_are_not_stored_do_not_count() -> None:
    picture = shown(TWELVE | NOISE << 12, BitsStored=12, HighBit=11, **FULL)
    assert np.array_equal(picture.values, TWELVE)


@pytest.mark.parametrize(("high", "signed"), [(15, False), (13, False), (13, True), (15, True)])
def test_values_above_the_lowest_bits(high: int, signed: bool) -> None:
    expected = SIGNED if signed else TWELVE
    by = high - 11
    words = (expected.view(np.uint16) & 0xFFF) << by | NOISE & (1 << by) - 1
    picture = shown(words.view(expected.dtype), BitsStored=12, HighBit=high, **FULL)
    assert np.array_equal(picture.values, expected) and picture.values.dtype == expected.dtype


def test_single_bits_whose_frames_do_not_begin_with_a_byte() -> None:
    bits = np.random.default_rng(2).integers(0, 2, (3, 7, 9)).astype(np.uint8)
    data = np.packbits(bits.reshape(-1), bitorder="little").tobytes()
    for frame in range(3):
        picture = shown(bits, frame, PixelData=data, BitsAllocated=1, BitsStored=1, HighBit=0, **PLAIN)
        assert np.array_equal(picture.shown, bits[frame] * 255)


# ---------------------------------------------------------------- values and windows


def test_a_negative_slope_turns_black_and_white_about_and_monochrome1_back() -> None:
    window = {"RescaleSlope": -2, "RescaleIntercept": 100, "WindowCenter": 0.5, "WindowWidth": 2001}
    straight = shown(SIGNED, **window)
    assert straight.shown[0, 0] == 255 and straight.shown[-1, -1] == 0
    assert np.array_equal(255 - shown(SIGNED, PhotometricInterpretation="MONOCHROME1", **window).shown, straight.shown)


def test_the_shape_of_the_presentation_counts_more_than_the_colours() -> None:
    plain = shown(TWELVE, **FULL)
    agreeing = shown(TWELVE, PhotometricInterpretation="MONOCHROME1", PresentationLUTShape="INVERSE", **FULL)
    assert np.array_equal(agreeing.shown, 255 - plain.shown) and not agreeing.warnings
    for colours, shape, expected in (
        ("MONOCHROME2", "INVERSE", 255 - plain.shown),
        ("MONOCHROME1", "IDENTITY", plain.shown),
    ):
        other = shown(TWELVE, PhotometricInterpretation=colours, PresentationLUTShape=shape, **FULL)
        assert np.array_equal(other.shown, expected) and "contradicts" in other.warnings[0]


@pytest.mark.parametrize("bits", [8, 10, 12, 16])
@pytest.mark.parametrize("first", [-500, 0, 300, 65_036])
def test_a_table_of_grey_levels(bits: int, first: int) -> None:
    entries = (np.linspace(0, 1, 1000) ** 2 * (2**bits - 1)).astype(int)
    settings = {**PLAIN, "RescaleIntercept": 0, "RescaleSlope": 1}
    picture = shown(SIGNED, VOILUTSequence=[item(entries.tolist(), first, bits)], **settings)
    begin = first - 65_536 if first > 32_767 else first  # values may be negative here
    expected = entries[np.clip(SIGNED.astype(int) - begin, 0, 999)] / (2**bits - 1) * 255
    assert np.abs(picture.shown - expected).max() <= 0.5 + 1e-9


def test_a_table_of_bytes_two_to_a_word() -> None:
    entries = np.linspace(0, 255, 1000).astype(np.uint8)
    expected = entries[np.clip(SIGNED.astype(int) + 500, 0, 999)]
    settings = {**PLAIN, "RescaleIntercept": 0, "RescaleSlope": 1}
    for vr, data in (("OW", entries.tobytes()), ("US", entries.view("<u2").tolist())):
        picture = shown(SIGNED, VOILUTSequence=[item(data, -500, 8, vr, 1000)], **settings)
        assert np.array_equal(picture.shown, expected)


def test_a_table_with_more_than_its_bits_is_not_wrapped_around() -> None:
    entries = np.linspace(0, 4095, 1000).astype(int).tolist()
    picture = shown(
        SIGNED, VOILUTSequence=[item(entries, -500, 8)], **{**PLAIN, "RescaleIntercept": 0, "RescaleSlope": 1}
    )
    assert (np.diff(picture.shown.astype(int), axis=1) >= 0).all() and picture.shown.max() == 255


@pytest.mark.parametrize("first", [-800, 65_536 - 800])
def test_a_table_of_values_for_signed_numbers(first: int) -> None:
    entries = (np.linspace(0, 1, 2000) ** 0.5 * 4000).astype(int)
    picture = shown(SIGNED, ModalityLUTSequence=[item(entries.tolist(), first, 16)], **PLAIN)
    assert picture.grey is not None
    assert np.array_equal(picture.grey.values(), entries[np.clip(SIGNED.astype(int) + 800, 0, 1999)])


def test_each_frame_has_its_own_rescaling_window_and_place() -> None:
    stored = np.stack([TWELVE, TWELVE, TWELVE]).astype(np.int16)
    groups: list[Dataset] = []
    for frame in range(3):
        values, window, place, group = Dataset(), Dataset(), Dataset(), Dataset()
        values.RescaleSlope, values.RescaleIntercept, values.RescaleType = 1 + frame, -100 * frame, "HU"
        window.WindowCenter, window.WindowWidth = 100 * frame, 500 + 100 * frame
        place.ImagePositionPatient = [0, 0, 5 * frame]
        group.PixelValueTransformationSequence, group.FrameVOILUTSequence = [values], [window]
        group.PlanePositionSequence = [place]
        groups.append(group)
    for frame in range(3):
        picture = shown(stored, frame, PerFrameFunctionalGroupsSequence=groups, ImagePositionPatient=None, **PLAIN)
        assert picture.grey is not None and picture.plane is not None and picture.plane.position == (0, 0, 5 * frame)
        values = TWELVE * (1.0 + frame) - 100 * frame
        low, width = 100 * frame - 0.5 - (499 + 100 * frame) / 2, 499 + 100 * frame
        assert picture.grey.unit == "HU" and np.array_equal(picture.grey.values(), values)
        assert np.abs(picture.shown - np.clip((values - low) / width, 0, 1) * 255).max() <= 0.5 + 1e-9


# ---------------------------------------------------------------- palettes


def palette(
    count: int, first: int, bits: int, channels: Sequence[bytes], *, segmented: bool = False
) -> list[tuple[int, int, str, Any]]:
    said: list[tuple[int, int, str, Any]] = []
    for place, data in enumerate(channels):
        said.append((0x28, 0x1101 + place, "SS" if first < 0 else "US", [count, first, bits]))
        said.append((0x28, (0x1221 if segmented else 0x1201) + place, "OW", data))
    return said


COLOURED = {**PLAIN, "PhotometricInterpretation": "PALETTE COLOR"}


@pytest.mark.parametrize("first", [-500, 65_036])
def test_a_palette_that_begins_below_zero(first: int) -> None:
    entries = np.linspace(0, 65_535, 2000).astype("<u2")
    picture = shown(SIGNED, add=palette(2000, first, 16, [entries.tobytes()] * 3), **COLOURED)
    assert np.array_equal(picture.values[:, :, 1], entries[np.clip(SIGNED.astype(int) + 500, 0, 1999)])


def test_a_palette_of_bytes_for_numbers_of_16_bits() -> None:
    entries = (np.arange(2000) % 251).astype(np.uint8)
    picture = shown(TWELVE, add=palette(2000, 0, 8, [entries.tobytes()] * 3), **COLOURED)
    assert np.array_equal(picture.values[:, :, 2], entries[np.minimum(TWELVE, 1999)])
    assert np.array_equal(picture.shown[:, :, 0], picture.values[:, :, 2])


def test_a_palette_in_segments() -> None:
    """Three entries as they are, a line of six up to 900, the line again, and what is left at 7."""
    words = [0, 3, 10, 20, 300, 1, 6, 900, 2, 1, 5, 0, 0, 1, 7]
    expected = [10, 20, 300, 400, 500, 600, 700, 800, 900, *[900] * 6, 7]
    data = np.array(words, "<u2").tobytes()
    stored = (X % 16).astype(np.uint8)
    picture = shown(stored, add=palette(16, 0, 16, [data] * 3, segmented=True), **COLOURED)
    assert picture.values[0, :16, 0].tolist() == expected


def test_a_palette_of_bytes_in_big_endian_words() -> None:
    entries = (np.arange(256) * 7 % 256).astype(np.uint8)
    made = dataset(0, (X + Y).astype(np.uint8), **COLOURED)
    for group, element, vr, value in palette(256, 0, 8, [entries.view(np.uint16).byteswap().tobytes()] * 3):
        made.add_new((group, element), vr, value)
    made.file_meta.TransferSyntaxUID = ExplicitVRBigEndian
    assert np.array_equal(read_back(made, little=False).values[:, :, 0], entries[X + Y])


def test_a_table_of_words_in_big_endian() -> None:
    entries = (np.linspace(0, 1, 1000) ** 2 * 4095).astype(">u2")
    made = dataset(0, SIGNED, VOILUTSequence=[item(entries.tobytes(), -500, 12, "OW", 1000)], **PLAIN)
    made.file_meta.TransferSyntaxUID = ExplicitVRBigEndian
    made.add_new(0x7FE00010, "OW", SIGNED.astype(">i2").tobytes())
    expected = entries[np.clip(SIGNED.astype(int) + 500, 0, 999)] / 4095 * 255
    assert np.abs(read_back(made, little=False).shown - expected).max() <= 0.5 + 1e-9


# ---------------------------------------------------------------- overlays


def overlay(
    rows: int, columns: int, corner: list[int], planes: np.ndarray, first: int = 1
) -> list[tuple[int, int, str, Any]]:
    data = np.packbits(planes.reshape(-1), bitorder="little").tobytes()
    size = [(0x6000, 0x10, "US", rows), (0x6000, 0x11, "US", columns), (0x6000, 0x50, "SS", corner)]
    more = [(0x6000, 0x15, "IS", len(planes)), (0x6000, 0x51, "US", first)] if planes.ndim == 3 else []
    kind = [(0x6000, 0x40, "CS", "G"), (0x6000, 0x100, "US", 1), (0x6000, 0x102, "US", 0)]
    return [*size, *more, *kind, (0x6000, 0x3000, "OW", data + b"\0" * (len(data) % 2))]


@pytest.mark.parametrize("corner", [[5, 7], [-8, -5], [30, 40], [100, 100], [1, 1]])
def test_an_overlay_reaches_off_the_picture(corner: list[int]) -> None:
    graphics = np.ones((20, 30), dtype=np.uint8)
    picture = shown(TWELVE & 0, add=overlay(20, 30, corner, graphics), **FULL)
    top, left = corner[0] - 1, corner[1] - 1
    expected = np.isin(Y, range(top, top + 20)) & np.isin(X, range(left, left + 30))
    assert np.array_equal(picture.shown == 255, expected)


def test_frames_of_an_overlay_that_begin_with_the_second_picture() -> None:
    stored, graphics = np.zeros((4, ROWS, COLUMNS), np.uint16), np.zeros((2, 13, 21), np.uint8)
    graphics[0, 0, 0], graphics[1, 12, 20] = 1, 1
    for frame, place in ((0, None), (1, (0, 0)), (2, (12, 20)), (3, None)):
        picture = shown(stored, frame, add=overlay(13, 21, [1, 1], graphics, first=2), **FULL)
        assert [tuple(found) for found in np.argwhere(picture.shown == 255).tolist()] == ([place] if place else [])


def test_an_overlay_in_a_bit_that_the_picture_leaves_free() -> None:
    graphics = (X - 30) ** 2 + (Y - 20) ** 2 < 100
    said = [(0x6000, 0x10, "US", ROWS), (0x6000, 0x11, "US", COLUMNS), (0x6000, 0x50, "SS", [1, 1])]
    said += [(0x6000, 0x40, "CS", "G"), (0x6000, 0x100, "US", 16), (0x6000, 0x102, "US", 13)]
    words = (TWELVE // 2) | graphics.astype(np.uint16) << 13
    picture = shown(words, add=said, BitsStored=12, HighBit=11, **FULL)
    assert np.array_equal(picture.values, TWELVE // 2) and np.array_equal(picture.shown == 255, graphics)
    assert not picture.warnings


def test_an_overlay_on_a_coloured_picture() -> None:
    colours = np.zeros((ROWS, COLUMNS, 3), np.uint8)
    settings = {**PLAIN, "SamplesPerPixel": 3, "PhotometricInterpretation": "RGB", "PlanarConfiguration": 0}
    size = {"Rows": ROWS, "Columns": COLUMNS, "NumberOfFrames": 1}
    picture = shown(colours, add=overlay(2, 3, [1, 1], np.ones((2, 3), np.uint8)), **settings, **size)
    assert (picture.shown[:2, :3] == 255).all() and picture.shown[..., :3].sum() == 2 * 3 * 3 * 255
    assert picture.values.sum() == 0


# ---------------------------------------------------------------- places and sizes


def plane(**more: Any) -> Plane:
    return plane_of(dataset(0, TWELVE, **more), 0)


def region(**more: Any) -> Dataset:
    made = Dataset()
    made.RegionSpatialFormat, made.RegionDataType = 1, 1
    made.PhysicalUnitsXDirection = made.PhysicalUnitsYDirection = 3
    made.PhysicalDeltaX, made.PhysicalDeltaY = 0.03, 0.04
    for key, value in more.items():
        setattr(made, key, value)
    return made


def test_ultrasound_regions_give_the_spacing_where_all_show_the_body_at_one_scale() -> None:
    both = plane(PixelSpacing=None, SequenceOfUltrasoundRegions=[region(), region(RegionDataType=2)])
    assert both.spacing == pytest.approx((0.4, 0.3)) and both.spacing_of == "patient"
    for other in (region(RegionSpatialFormat=3), region(PhysicalUnitsXDirection=4), region(PhysicalDeltaX=0.06)):
        assert plane(PixelSpacing=None, SequenceOfUltrasoundRegions=[region(), other]).spacing is None


def test_the_spacing_of_a_projection_is_the_detectors_unless_it_was_calibrated() -> None:
    assert plane(Modality="DX").spacing_of == "detector"
    assert plane(Modality="DX", PixelSpacingCalibrationType="GEOMETRY").spacing_of == "patient"
    assert plane(Modality="DX", ImagerPixelSpacing=[0.5, 0.5]).spacing_of == "detector"
    assert plane(Modality="DX", ImagerPixelSpacing=[0.6, 0.6]).spacing_of == "patient"
    assert plane(Modality="MR").spacing_of == "patient"


def test_directions_that_are_not_at_right_angles_are_none() -> None:
    assert plane(ImageOrientationPatient=[1, 0, 0, 1, 0, 0]).normal is None


@pytest.mark.parametrize(
    ("offsets", "heights"), [([0, 3, 6], (7, 4, 1)), ([7, 4, 1], (7, 4, 1)), ([7, 10, 13], (7, 10, 13))]
)
def test_the_two_ways_to_place_frames_of_a_dose_grid(offsets: list[int], heights: tuple[int, ...]) -> None:
    """Along the normal from the first, which here points to the feet, or by their heights themselves."""
    stored = np.stack([TWELVE] * 3)
    made = dataset(0, stored, ImagePositionPatient=[1, 2, 7], ImageOrientationPatient=[-1, 0, 0, 0, 1, 0])
    made.GridFrameOffsetVector = offsets
    assert [plane_of(made, frame).position for frame in range(3)] == [(1, 2, height) for height in heights]


def test_values_of_ct_are_in_hu_but_not_those_of_its_localizer() -> None:
    for settings, unit in (({"RescaleIntercept": 0}, "HU"), ({"ImageType": ["ORIGINAL", "PRIMARY", "LOCALIZER"]}, "")):
        grey = shown(SIGNED, **settings).grey
        assert grey is not None and grey.unit == unit


# ---------------------------------------------------------------- what decoders would not survive

FOLDER = Path(pydicom.__file__).parent / "data" / "test_files"


def changed(name: str, *changes: tuple[bytes, bytes]) -> Picture:
    data = next(FOLDER.rglob(name)).read_bytes()
    for old, new in changes:
        assert data.count(old) == 1 and len(old) == len(new)
        data = data.replace(old, new)
    return picture_of(dataset_of(BytesIO(data), header_only=False), 0)


def test_lossless_jpeg_of_seven_bits_is_decoded() -> None:
    stored = b"\x28\x00\x01\x01US\x02\x00"
    assert changed("SC_rgb_jpeg_gdcm.dcm", (stored + b"\x08\x00", stored + b"\x07\x00")).values.shape == (100, 100, 3)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"\xff\xee\0\x0e", b"\xff\x01\0\x0e"),  # no marker with a length
        (b"Adobe\0\x64\0\0\0\0\0", b"Adobe\0\x64\0\0\0\0\x09"),  # no such transformation
        (b"\xff\xc4\0\x17", b"\xff\xc4\0\x13"),  # a table without its end
    ],
)
def test_damage_at_the_beginning_of_lossless_jpeg_is_refused(old: bytes, new: bytes) -> None:
    assert changed("SC_rgb_jpeg_gdcm.dcm").values.any()
    with pytest.raises(ViewerError, match="their beginning is damaged"):
        changed("SC_rgb_jpeg_gdcm.dcm", (old, new))


def test_boxes_without_a_length_do_not_hang() -> None:
    with pytest.raises(ViewerError, match="their beginning is damaged"):
        changed("GDCMJ2K_TextGBR.dcm", (b"\0\0\0\x1cftyp", b"\0\0\0\0ftyp"))


def test_one_damaged_element_does_not_cost_the_picture() -> None:
    found = changed("CT_small.dcm", (b"\x20\0\x32\0DS", b"\x20\0\x32\0QQ"))
    assert found.values.shape == (128, 128) and "left out" in found.warnings[0]
