"""Damaged DICOM files: a picture or one sentence, whatever is damaged, and nothing else."""

from __future__ import annotations

import random
import warnings
from pathlib import Path

import numpy as np
import pydicom
import pytest

from viewer.errors import ViewerError
from viewer.media.dicom_files import DicomFiles
from viewer.media.dicom_header import read_header
from viewer.media.dicom_slices import DicomSlices, SliceAt
from viewer.media.dicom_tags import read_tags
from viewer.media.source import Source

FOLDER = Path(pydicom.__file__).parent / "data" / "test_files"
NAMES = (
    "CT_small.dcm", "MR_small_RLE.dcm", "MR_small_bigendian.dcm", "MR_small_jpeg_ls_lossless.dcm", "image_dfl.dcm",
    "examples_palette.dcm", "rtdose.dcm", "liver_1frame.dcm", "SC_rgb_small_odd_jpeg.dcm", "JPGExtended.dcm",
    "SC_rgb_jpeg_gdcm.dcm", "GDCMJ2K_TextGBR.dcm", "J2K_pixelrep_mismatch.dcm", "emri_small_jpeg_2k_lossless.dcm",
)  # fmt: skip
SEEDS = [path for path in sorted(FOLDER.rglob("*.dcm")) if path.name in NAMES]
TAGS = (b"\x28\0\x10\0", b"\x28\0\x11\0", b"\x28\0\x08\0", b"\x28\0\0\x01", b"\x28\0\x01\x01", b"\xe0\x7f\x10\0")
"""Rows, columns, frames, bits allocated and stored, pixels."""


def mutant(data: bytes, dice: random.Random) -> bytes:
    made = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 4))):
        at = dice.randrange(len(made) - 12)
        match dice.randrange(6):
            case 0:
                made[at] ^= 1 << dice.randrange(8)
            case 1:  # within the header
                made[at % 3000 % len(made)] = dice.choice((0, 1, 127, 128, 254, 255, dice.randrange(256)))
            case 2:
                del made[max(at, 200) :]
            case 3:  # a length, or a number that matters
                place = made.find(dice.choice(TAGS), 132)
                if 0 <= place < len(made) - 10:
                    made[place + dice.choice((6, 8)) : place + 10] = dice.randbytes(2)
            case 4:
                made[at : at + 4] = dice.choice((b"\xff" * 4, b"\0" * 4, b"\xff\xff\xff\x7f", dice.randbytes(4)))
            case _:
                del made[at : at + dice.randrange(1, 100)]
        made += b"\0" * max(0, 13 - len(made))
    return bytes(made)


def hold(data: bytes) -> bool:
    """Whether there was a picture. Raises what is no ViewerError."""
    source = Source("x.dcm", None, lambda: data, len(data), 0)
    files = DicomFiles([source])
    files.headers()
    try:
        read_tags(source)
        frames = read_header(source).frames
    except ViewerError:
        return False
    slices = DicomSlices(lambda: frames, lambda frame: SliceAt(source, frame), files.header, lambda: None)
    for frame in {0, frames - 1}:
        slices.size(frame), slices.plane(frame)
        try:
            picture = slices.picture(frame)
        except ViewerError as error:
            assert str(error).isprintable() and str(error).endswith("x.dcm")
            return False
        assert picture.shown.dtype == np.uint8 and picture.shown.shape[1::-1] == picture.size
    return True


def test_the_seeds_are_there_and_show_something() -> None:
    assert len(SEEDS) >= 12 and all(hold(path.read_bytes()) for path in SEEDS)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name)
def test_a_damaged_file_is_a_picture_or_a_sentence(path: Path) -> None:
    dice, data = random.Random(path.name), path.read_bytes()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow's, of large pictures
        shown = [hold(mutant(data, dice)) for _ in range(40)]
    assert any(shown)


def test_items_within_items_a_thousand_deep() -> None:
    deep = b""
    for _ in range(1000):
        deep = b"\x08\0\x40\x11SQ\0\0\xff\xff\xff\xff\xfe\xff\0\xe0\xff\xff\xff\xff" + deep
    data = FOLDER.joinpath("CT_small.dcm").read_bytes()[:1000] + deep
    assert not hold(data)


def test_a_deflated_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from viewer.media import dicom_broken

    data = FOLDER.joinpath("image_dfl.dcm").read_bytes()
    assert hold(data)
    monkeypatch.setattr(dicom_broken, "MOST_INFLATED", 10_000)
    for read in (read_tags, read_header):
        with pytest.raises(ViewerError, match="too large"):
            read(Source("x.dcm", None, lambda: data, len(data), 0))
