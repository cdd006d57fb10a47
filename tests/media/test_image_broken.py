"""Pictures that are cut short, damaged or meant to do harm: shown as far as they go, or refused in one sentence."""

from __future__ import annotations

import io
import random
import struct
import tracemalloc
import zlib

import numpy as np
import pytest
from PIL import Image, ImageFile

from viewer.errors import ViewerError
from viewer.media import still
from viewer.media.image import image_size, read_image

rng = np.random.default_rng(2)
PIXELS = rng.integers(1, 256, (160, 120, 3), np.uint8)


def saved(kind: str, pixels: np.ndarray = PIXELS, **options) -> bytes:
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, kind, **options)
    return out.getvalue()


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def with_chunk(data: bytes, name: bytes, body: bytes) -> bytes:
    """A PNG with one more chunk after its header."""
    return data[:33] + chunk(name, body) + data[33:]


@pytest.mark.parametrize("pixels", [PIXELS, PIXELS[..., 0]])
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_file_cut_short_is_shown_down_to_the_line_named(in_memory, kind, pixels):
    data = saved(kind, pixels)
    whole = read_image(in_memory(data), None)
    cut = read_image(in_memory(data[: len(data) // 2]), None)
    warning = cut.warnings[-1]
    lines = int(warning.removeprefix("cut short after ").removeprefix("about ").removeprefix("line "))
    assert 40 < lines < 120
    assert np.array_equal(cut.values[:lines], whole.values[:lines])
    assert not np.array_equal(cut.values[lines : lines + 17], whole.values[lines : lines + 17])
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False


def test_black_lines_count_as_decoded(in_memory):
    pixels = np.zeros((160, 120, 3), np.uint8)
    pixels[100:] = PIXELS[100:]
    data = saved("PNG", pixels)
    rows = zlib.decompressobj().decompress(data[41:-30])
    cut = read_image(in_memory(data[:-2000]), None)
    assert int(cut.warnings[-1].split()[-1]) >= len(rows) // 361 - 20 > 100


def test_a_progressive_jpeg_cut_short_is_shown_coarsely(in_memory):
    smooth = np.asarray(Image.fromarray(PIXELS[:8, :6]).resize((120, 160), Image.Resampling.BICUBIC))
    data = saved("JPEG", smooth, progressive=True, quality=95)
    cut = read_image(in_memory(data[: len(data) * 2 // 3]), None)
    assert cut.warnings == ("cut short",)
    assert np.abs(cut.values.astype(int) - smooth).mean() < 40


def test_a_jpeg_without_its_end_is_whole(in_memory):
    data = saved("JPEG")
    picture = read_image(in_memory(data[:-2]), None)
    assert np.array_equal(picture.values, read_image(in_memory(data), None).values)
    assert picture.warnings[0].startswith("cut short after about line 14")


def test_a_png_without_its_end_is_whole(in_memory):
    picture = read_image(in_memory(saved("PNG")[:-12]), None)
    assert np.array_equal(picture.values, PIXELS)
    assert picture.warnings == ("the end of the file is missing",)


def test_a_wrong_checksum_is_said_and_the_picture_shown(in_memory):
    data = bytearray(saved("PNG"))
    data[-16] ^= 1  # in the checksum of the pixels
    picture = read_image(in_memory(bytes(data)), None)
    assert np.array_equal(picture.values, PIXELS)
    assert picture.warnings == ("the checksum of IDAT is wrong",)


def test_a_chunk_that_is_not_needed_is_left_out_where_its_checksum_is_wrong(in_memory):
    data = bytearray(with_chunk(saved("PNG"), b"eXIf", b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0"))
    assert read_image(in_memory(bytes(data)), None).notes
    data[data.index(b"eXIf") + 22] = 8
    picture = read_image(in_memory(bytes(data)), None)
    assert picture.warnings == ("the checksum of eXIf is wrong",) and not picture.notes
    assert image_size(in_memory(bytes(data)), None) == picture.size


def header_of(width: int, height: int) -> bytes:
    body = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", body) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def bitmap_of(width: int, height: int) -> bytes:
    return b"BM" + struct.pack("<IHHIIiiHH24x", 100, 0, 0, 54, 40, width, height, 1, 24) + bytes(46)


@pytest.mark.parametrize("data", [header_of(30_000, 30_000), bitmap_of(30_000, 30_000), bitmap_of(20_000, 15_000)])
def test_too_many_pixels_are_refused_with_their_number(in_memory, data):
    with pytest.raises(ViewerError, match=r"too large: [39]00,000,000 pixels.*250,000,000.*: photo.png"):
        read_image(in_memory(data), None)


def test_absurd_sizes_are_refused(in_memory):
    with pytest.raises(ViewerError, match=r"too large.*4,611,686,014,132,420,609 pixels"):
        read_image(in_memory(header_of(2**31 - 1, 2**31 - 1)), None)


def test_the_bound_is_inclusive(in_memory, monkeypatch):
    data = saved("BMP")
    monkeypatch.setattr(still, "MAX_PIXELS", 160 * 120)
    assert read_image(in_memory(data), None).size == (120, 160)
    monkeypatch.setattr(still, "MAX_PIXELS", 160 * 120 - 2)
    with pytest.raises(ViewerError):
        read_image(in_memory(data), None)


@pytest.mark.parametrize("name", [b"zTXt", b"iTXt", b"iCCP"])
def test_chunks_that_unpack_to_much_cost_nothing(in_memory, name):
    packed = zlib.compress(bytes(100_000_000), 9)
    start = b"key\0\1\0\0\0" if name == b"iTXt" else b"key\0\0"
    source = in_memory(with_chunk(saved("PNG"), name, start + packed))
    tracemalloc.start()
    picture = read_image(source, None)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert np.array_equal(picture.values, PIXELS)
    assert peak < 20_000_000


def test_a_tiff_whose_pages_go_in_a_circle_ends(in_memory):
    data = bytearray(saved("TIFF"))
    (start,) = struct.unpack_from("<I", data, 4)
    (count,) = struct.unpack_from("<H", data, start)
    struct.pack_into("<I", data, start + 2 + 12 * count, start)
    assert np.array_equal(read_image(in_memory(bytes(data)), None).values, PIXELS)


def test_postscript_and_other_programs_are_not_run(in_memory):
    with pytest.raises(ViewerError, match="not a picture of a known kind"):
        read_image(in_memory(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n"), None)


def test_names_are_shown_without_their_control_characters(in_memory):
    with pytest.raises(ViewerError) as raised:
        read_image(in_memory(b"", "a\x1b[31m\u202egnp.png"), None)
    assert str(raised.value) == "The file is empty: a\\x1b[31m\\u202egnp.png"


def corpus() -> dict[str, bytes]:
    small = PIXELS[:40, :30]
    exif = Image.Exif()
    exif[0x0112] = 6
    grey16 = Image.fromarray(small[..., 0].astype(np.uint16) * 257)
    deep = io.BytesIO()
    grey16.save(deep, "TIFF", compression="tiff_adobe_deflate")
    palette = io.BytesIO()
    Image.fromarray(small).quantize(9).save(palette, "GIF", save_all=True, append_images=[Image.fromarray(small)])
    return {
        "jpeg": saved("JPEG", small, exif=exif),
        "progressive": saved("JPEG", small, progressive=True),
        "png": with_chunk(saved("PNG", small, exif=exif), b"tEXt", b"key\0value"),
        "gif": palette.getvalue(),
        "bmp": saved("BMP", small),
        "webp": saved("WEBP", small),
        "tiff": saved("TIFF", small, exif=exif),
        "tiff lzw": saved("TIFF", small, compression="tiff_lzw"),
        "tiff jpeg": saved("TIFF", small, compression="jpeg"),
        "tiff 16": deep.getvalue(),
        "jpeg 2000": saved("JPEG2000", small),
        "ppm": saved("PPM", small),
    }


def mutants(data: bytes, seed: int, count: int):
    random_ = random.Random(seed)
    for _ in range(count):
        mutant = bytearray(data)
        for _ in range(random_.choice((0, 1, 1, 3, 20))):
            # Half of the damage goes to the headers, where it does most
            mutant[random_.randrange(min(len(mutant), random_.choice((200, len(mutant)))))] = random_.randrange(256)
        if random_.random() < 0.4:
            del mutant[random_.randrange(len(mutant)) :]
        yield bytes(mutant)


@pytest.mark.parametrize("kind", corpus())
def test_nothing_but_a_sentence_leaves_a_damaged_file(in_memory, kind, capfd, monkeypatch):
    monkeypatch.setattr(still, "MAX_PIXELS", 4_000_000)  # a mutated size is not to slow the test down
    shown = 0
    for data in mutants(corpus()[kind], seed=len(kind), count=150):
        source = in_memory(data)
        size = image_size(source, None)
        try:
            picture = read_image(source, None)
        except ViewerError as error:
            assert str(error).endswith(": photo.png") and "\n" not in str(error)
            continue
        shown += 1
        assert picture.shown.shape[1::-1] == picture.size == picture.values.shape[1::-1]
        assert picture.shown.dtype == np.uint8 and picture.shown.flags.c_contiguous
        assert size in (None, picture.size)
    assert shown > 5
    assert capfd.readouterr() == ("", "")
