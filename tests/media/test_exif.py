"""The EXIF orientation: all eight, in every format that has it, against Pillow's own turning."""

from __future__ import annotations

import io
import struct

import numpy as np
import pytest
from PIL import Image, ImageOps, features

from viewer.media import exif
from viewer.media.image import image_size, read_image
from viewer.size import Size

STORED, TURNED = Size(48, 32), Size(32, 48)
rng = np.random.default_rng(5)
# Blocks of 8 by 8, so that a lossy format keeps them apart
PIXELS = np.kron(rng.integers(0, 256, (4, 6, 3), np.uint8), np.ones((8, 8, 1), np.uint8))


def turned_file(kind: str, orientation: int, pixels: np.ndarray = PIXELS) -> bytes:
    tags = Image.Exif()
    tags[0x0112] = orientation
    out = io.BytesIO()
    options = {"lossless": True} if kind == "WEBP" else {}
    if kind == "TIFF":
        options["compression"] = "tiff_lzw"
    Image.fromarray(pixels).save(out, "TIFF" if kind == "TIFF raw" else kind, exif=tags, **options)
    return out.getvalue()


def as_browsers_show(data: bytes) -> np.ndarray:
    image = Image.open(io.BytesIO(data))
    image.load()
    return np.asarray(ImageOps.exif_transpose(image))


AVIF = ["AVIF"] if "avif" in features.get_supported() else []
KINDS = ["JPEG", "PNG", "WEBP", "TIFF", "TIFF raw", *AVIF]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_is_turned_as_pillow_does(in_memory, kind, orientation):
    data = turned_file(kind, orientation)
    expected = TURNED if orientation >= 5 else STORED
    source = in_memory(data)
    picture = read_image(source, expected)
    assert picture.size == expected == image_size(source, expected)
    assert np.array_equal(picture.values, as_browsers_show(data))
    assert np.array_equal(picture.shown[..., 2::-1], picture.values)
    assert picture.shown.flags.c_contiguous
    if orientation == 1:
        assert not picture.notes
    elif orientation >= 5:
        assert picture.notes == (f"turned by its EXIF orientation {orientation}",)
    else:
        both = "stored and turned both have the export's size"
        assert picture.notes == (f"turned by its EXIF orientation {orientation}; {both}",)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("orientation", range(5, 9))
def test_the_export_s_size_may_ask_for_the_stored_picture(in_memory, kind, orientation):
    source = in_memory(turned_file(kind, orientation))
    picture = read_image(source, STORED)
    assert picture.size == STORED == image_size(source, STORED)
    assert np.array_equal(picture.values, np.asarray(Image.open(io.BytesIO(turned_file(kind, 1)))))
    assert picture.notes == (f"not turned by its EXIF orientation {orientation}: stored it has the export's size",)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("expected", [STORED, TURNED, Size(7, 9), None])
def test_the_other_orientation_is_the_one_not_chosen(in_memory, orientation, expected):
    source = in_memory(turned_file("PNG", orientation))
    chosen, other = read_image(source, expected).values, read_image(source, expected, True).values
    both = [PIXELS, as_browsers_show(source.read())]
    assert np.array_equal(other, both[0]) or np.array_equal(other, both[1])
    if orientation == 1:
        assert np.array_equal(chosen, other)
    else:
        assert not np.array_equal(chosen, other)


def test_where_neither_size_fits_it_is_turned(in_memory):
    picture = read_image(in_memory(turned_file("JPEG", 6)), Size(100, 100))
    assert picture.size == TURNED and picture.notes == ("turned by its EXIF orientation 6",)


def test_a_square_picture_is_turned_and_said_so(in_memory):
    picture = read_image(in_memory(turned_file("PNG", 6, PIXELS[:, :32])), Size(32, 32))
    assert np.array_equal(picture.values, np.rot90(PIXELS[:, :32], -1))
    assert "both" in picture.notes[0]


@pytest.mark.parametrize("deep", [np.uint16, np.float32])
def test_values_of_any_type_are_turned_with_the_picture(in_memory, deep):
    numbers = np.arange(6, dtype=deep).reshape(2, 3)
    tags = Image.Exif()
    tags[0x0112] = 6
    out = io.BytesIO()
    Image.fromarray(numbers).save(out, "TIFF", exif=tags)
    picture = read_image(in_memory(out.getvalue()), Size(2, 3))
    assert np.array_equal(picture.values, np.rot90(numbers, -1))
    assert np.array_equal(picture.shown, np.rot90(numbers * 51, -1))


def test_an_orientation_that_only_xmp_names_is_none(in_memory):
    xmp = b'<x:xmpmeta xmlns:tiff="http://ns.adobe.com/tiff/1.0/"><r tiff:Orientation="6"/></x:xmpmeta>'
    for kind, options in [("JPEG", {"xmp": xmp}), ("TIFF", {"tiffinfo": {700: xmp}}), ("WEBP", {"xmp": xmp})]:
        out = io.BytesIO()
        Image.fromarray(PIXELS).save(out, kind, **options)
        assert read_image(in_memory(out.getvalue()), None).size == STORED


def block(order: str, entries: list[tuple[int, int, int, int]]) -> bytes:
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    body = b"".join(
        struct.pack(order + "HHIHH", tag, kind, count, value, 0)
        if kind == 3
        else struct.pack(order + "HHII", tag, kind, count, value)
        for tag, kind, count, value in entries
    )
    return head + struct.pack(order + "H", len(entries)) + body + bytes(4)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("prefix", [b"", b"Exif\0\0"])
def test_orientation_is_found_among_others(order, prefix):
    entries = [(0x0100, 4, 1, 4000), (0x0112, 3, 1, 8), (0x0131, 3, 1, 3)]
    data = prefix + block(order, entries)
    assert exif.orientation_in(data) == 8
    tags = Image.Exif()
    tags.load(data)
    assert tags[0x0112] == 8


def test_orientations_out_of_range_are_none():
    for value in (0, 9, 500):
        assert exif.orientation_in(block("<", [(0x0112, 3, 1, value)])) == exif.STORED
    assert exif.orientation_in(block("<", [])) == exif.STORED


@pytest.mark.parametrize(
    "data", [b"Exif\0\0", b"garbage", b"II*\0", b"II*\0\xff\xff\xff\xff", b"MM\0*\0\0\0\x08\0\x02\0"]
)
def test_a_broken_block_is_told(data):
    with pytest.raises(ValueError):
        exif.orientation_in(data)


def test_broken_exif_shows_the_picture_as_stored_and_says_so(in_memory):
    out = io.BytesIO()
    Image.fromarray(PIXELS).save(out, "JPEG", exif=b"Exif\0\0broken from the start")
    picture = read_image(in_memory(out.getvalue()), TURNED)
    assert picture.size == STORED and picture.notes == ("its EXIF data are broken; shown as stored",)
