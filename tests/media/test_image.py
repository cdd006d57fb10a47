"""Pixels and values of every kind of still picture, held against Pillow and OpenCV."""

from __future__ import annotations

import io
import struct
import zlib
from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np
import pytest
from PIL import Image, ImageCms, features

from viewer.errors import ViewerError
from viewer.media.image import image_size, read_image
from viewer.size import Size

WIDTH, HEIGHT = 37, 23


def photo(channels: int = 3, dtype=np.uint8) -> np.ndarray:
    """Smooth, without symmetry, all of the range used."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    planes = [x / WIDTH, y / HEIGHT, (x + y) / (WIDTH + HEIGHT), 1 - x * y / (WIDTH * HEIGHT)][:channels]
    return (np.stack(planes, -1) * np.iinfo(dtype).max).round().astype(dtype).squeeze()


def saved(image: Image.Image, kind: str, **options) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def rgb(picture) -> np.ndarray:
    return picture.shown[..., 2::-1] if picture.shown.ndim == 3 else np.stack([picture.shown] * 3, -1)


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"subsampling": 0}, {"quality": 100}])
def test_a_jpeg_has_the_pixels_pillow_and_opencv_give(in_memory, options):
    data = saved(Image.fromarray(photo()), "JPEG", **options)
    picture = read_image(in_memory(data), None)
    assert picture.size == Size(WIDTH, HEIGHT) == picture.shown.shape[1::-1]
    assert picture.shown.shape == (HEIGHT, WIDTH, 4) and picture.shown.flags.c_contiguous
    assert np.array_equal(picture.values, np.asarray(Image.open(io.BytesIO(data))))
    assert np.array_equal(picture.shown[..., :3], cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR))
    assert (picture.shown[..., 3] == 255).all() and picture.opaque
    assert picture.channels == ("R", "G", "B") and not picture.notes and not picture.warnings


def test_a_picture_taller_than_a_strip_is_whole(in_memory):
    pixels = np.random.default_rng(1).integers(0, 256, (700, 300, 3), np.uint8)
    picture = read_image(in_memory(saved(Image.fromarray(pixels), "PNG")), None)
    assert np.array_equal(picture.values, pixels)
    assert picture.nbytes == 700 * 300 * 4  # the values are a view of what is shown


GREY, COLOUR = photo(1), Image.fromarray(photo(3))


AVIF = ["AVIF"] if "avif" in features.get_supported() else []


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "BMP", "WEBP", "TIFF", "GIF", "JPEG2000", "PPM", *AVIF])
def test_every_format_is_opened_by_content_whatever_it_is_called(in_memory, kind):
    data = saved(COLOUR, kind)
    expected = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
    assert np.array_equal(rgb(read_image(in_memory(data, "photo.doc"), None)), expected)


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "BMP", "JPEG"])
def test_grey_is_shown_as_it_is(in_memory, kind):
    data = saved(Image.fromarray(GREY), kind)
    picture = read_image(in_memory(data), None)
    assert np.array_equal(picture.shown, np.asarray(Image.open(io.BytesIO(data))))
    assert picture.values is picture.shown and picture.channels == ("L",)
    assert picture.nbytes == WIDTH * HEIGHT


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "BMP"])
def test_black_and_white_has_the_values_0_and_1(in_memory, kind):
    data = saved(Image.fromarray(GREY > 90), kind)
    picture = read_image(in_memory(data), None)
    assert np.array_equal(picture.shown, np.where(GREY > 90, 255, 0))
    assert np.array_equal(picture.values, (GREY > 90).astype(int))


def test_where_white_is_0_the_values_are_the_file_s(in_memory):
    data = saved(Image.fromarray(GREY), "TIFF", tiffinfo={262: 0})
    as_stored = read_image(in_memory(data), None)
    assert np.array_equal(as_stored.shown.astype(int) + as_stored.values, np.full((HEIGHT, WIDTH), 255))


@pytest.mark.parametrize("bits", [1, 2, 4])
def test_grey_of_few_bits_keeps_its_own_numbers(in_memory, bits):
    numbers = (GREY >> (8 - bits)).astype(np.uint8)
    packed = grey_png(numbers, bits)
    picture = read_image(in_memory(packed), None)
    assert np.array_equal(picture.values, numbers)
    assert np.array_equal(picture.shown, cv2.imdecode(np.frombuffer(packed, np.uint8), cv2.IMREAD_GRAYSCALE))


def test_16_bit_grey_with_alpha_is_read_as_8_and_said_so(in_memory):
    numbers = photo(2, np.uint16)
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 16, 4, 0, 0, 0)
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in numbers)
    picture = read_image(in_memory(png_of(header, rows)), None)
    assert np.array_equal(picture.values, numbers >> 8)
    assert picture.notes == ("16 bit, read as 8 bit",)


def png_of(header: bytes, rows: bytes) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    pixels = chunk(b"IDAT", zlib.compress(rows))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + pixels + chunk(b"IEND", b"")


def grey_png(numbers: np.ndarray, bits: int) -> bytes:
    """A grey PNG of 1, 2 or 4 bits, which neither library writes."""
    planes = np.unpackbits(numbers[..., None], axis=-1)[..., 8 - bits :].reshape(numbers.shape[0], -1)
    rows = b"".join(b"\0" + np.packbits(row).tobytes() for row in planes)
    return png_of(struct.pack(">IIBBBBB", numbers.shape[1], numbers.shape[0], bits, 0, 0, 0, 0), rows)


def test_grey_with_alpha(in_memory):
    pixels = photo(2)
    picture = read_image(in_memory(saved(Image.fromarray(pixels, "LA"), "PNG")), None)
    assert np.array_equal(picture.values, pixels) and picture.channels == ("L", "A")
    assert np.array_equal(rgb(picture), np.stack([pixels[..., 0]] * 3, -1))
    assert np.array_equal(picture.shown[..., 3], pixels[..., 1]) and not picture.opaque


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF"])
def test_colour_with_alpha(in_memory, kind):
    pixels = photo(4)
    options = {"lossless": True, "exact": True} if kind == "WEBP" else {}
    picture = read_image(in_memory(saved(Image.fromarray(pixels), kind, **options)), None)
    assert np.array_equal(picture.values, pixels) and picture.channels == ("R", "G", "B", "A")
    assert np.array_equal(picture.shown, pixels[..., [2, 1, 0, 3]]) and not picture.opaque


def test_alpha_of_255_everywhere_is_opaque(in_memory):
    assert read_image(in_memory(saved(COLOUR.convert("RGBA"), "PNG")), None).opaque


@pytest.mark.parametrize("kind", ["PNG", "GIF", "TIFF", "BMP"])
def test_a_palette_keeps_its_numbers(in_memory, kind):
    indexed = COLOUR.quantize(20)
    data = saved(indexed, kind)
    picture = read_image(in_memory(data), None)
    assert picture.channels == ("index",) and picture.opaque
    assert np.array_equal(picture.values, np.asarray(Image.open(io.BytesIO(data))))
    assert np.array_equal(rgb(picture), np.asarray(indexed.convert("RGB")))


@pytest.mark.parametrize("kind", ["PNG", "GIF"])
def test_a_palette_may_have_a_transparent_colour(in_memory, kind):
    data = saved(COLOUR.quantize(20), kind, transparency=3)
    picture = read_image(in_memory(data), None)
    reference = np.asarray(Image.open(io.BytesIO(data)).convert("RGBA"))
    assert np.array_equal(picture.shown, reference[..., [2, 1, 0, 3]])
    assert not picture.opaque and (picture.shown[..., 3] == 0).any()


def test_one_grey_or_colour_may_be_transparent(in_memory):
    grey = read_image(in_memory(saved(Image.fromarray(GREY), "PNG", transparency=int(GREY[3, 4]))), None)
    assert np.array_equal(grey.shown[..., 3] == 0, GREY[3, 4] == GREY) and np.array_equal(grey.values, GREY)
    pixels = photo()
    data = saved(COLOUR, "PNG", transparency=tuple(map(int, pixels[3, 4])))
    colour = read_image(in_memory(data), None)
    assert np.array_equal(colour.shown[..., 3] == 0, (pixels == pixels[3, 4]).all(-1))
    assert np.array_equal(colour.values, pixels)


def test_cmyk_jpegs_give_ink(in_memory):
    data = saved(COLOUR.convert("CMYK"), "JPEG", quality=95)
    reference = Image.open(io.BytesIO(data))
    assert "adobe" in reference.info  # stored inverted
    picture = read_image(in_memory(data), None)
    assert picture.channels == ("C", "M", "Y", "K")
    assert np.array_equal(picture.values, np.asarray(reference))
    assert np.abs(rgb(picture).astype(int) - photo()).mean() < 8


@pytest.mark.parametrize("compression", ["raw", "tiff_lzw"])
def test_ycbcr(in_memory, compression):
    data = saved(COLOUR.convert("YCbCr"), "TIFF", compression=compression)
    reference = Image.open(io.BytesIO(data))
    try:
        reference.load()
    except OSError:
        pytest.skip("this Pillow writes it wrongly")
    picture = read_image(in_memory(data), None)
    assert picture.channels == {"YCbCr": ("Y", "Cb", "Cr"), "RGB": ("R", "G", "B")}[reference.mode]
    assert np.array_equal(picture.values, np.asarray(reference))
    assert np.abs(rgb(picture).astype(int) - photo()).max() <= 3


def test_lab_is_shown_in_colour_and_its_values_are_signed(in_memory):
    to_lab = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB")
    picture = read_image(in_memory(saved(ImageCms.applyTransform(COLOUR, to_lab), "TIFF")), None)
    assert picture.channels == ("L", "a", "b")
    lab = cv2.cvtColor(photo().astype(np.float32) / 255, cv2.COLOR_RGB2Lab)
    assert np.abs(picture.values[..., 0] / 2.55 - lab[..., 0]).mean() < 1.5
    assert np.abs(picture.values[..., 1:] - lab[..., 1:]).mean() < 6  # another white point
    assert picture.values.min() < 0
    assert np.abs(rgb(picture).astype(int) - photo()).mean() < 3


def linear(values: np.ndarray) -> np.ndarray:
    low, high = float(values.min()), float(values.max())
    return np.rint((values.astype(float) - low) * 255 / (high - low)).astype(np.uint8)


def test_16_bit_grey_png(in_memory):
    numbers = (photo(1, np.uint16) >> 4) + np.uint16(3)
    picture = read_image(in_memory(cv2.imencode(".png", numbers)[1].tobytes()), None)
    assert picture.values.dtype == np.uint16 and np.array_equal(picture.values, numbers)
    assert np.array_equal(picture.shown, linear(numbers))
    assert picture.notes == (f"16 bit, shown from {numbers.min():,} to {numbers.max():,}",)
    assert "," in picture.notes[0].removeprefix("16 bit,")


@pytest.mark.parametrize("mode", ["I;16", "I;16B", "I", "F"])
def test_deep_grey_tiff(in_memory, mode):
    numbers = {
        "I;16": photo(1, np.uint16) // 7,
        "I;16B": (photo(1, np.uint16) // 7).astype(">u2"),
        "I": photo(1, np.int32) - 2**30,
        "F": photo(1).astype(np.float32) / 7 - 5,
    }[mode]
    image = Image.frombytes(mode, (WIDTH, HEIGHT), numbers.tobytes())
    picture = read_image(in_memory(saved(image, "TIFF")), None)
    assert picture.values.dtype.isnative and np.array_equal(picture.values, numbers)
    assert np.array_equal(picture.shown, linear(numbers))


def test_unsigned_32_bit_stays_unsigned(in_memory):
    numbers = photo(1, np.uint32)
    data = saved(Image.frombytes("I", (WIDTH, HEIGHT), numbers.tobytes()), "TIFF")
    sample_format = bytes.fromhex("5301 0300 01000000")
    data = data.replace(sample_format + b"\2\0", sample_format + b"\1\0")
    assert np.array_equal(read_image(in_memory(data), None).values, numbers)


def test_what_is_not_a_number_is_black(in_memory):
    numbers = photo(1).astype(np.float32)
    numbers[2, 3], numbers[5, 6], numbers[7, 8] = np.nan, np.inf, -np.inf
    picture = read_image(in_memory(saved(Image.fromarray(numbers), "TIFF")), None)
    assert (picture.shown[2, 3], picture.shown[5, 6], picture.shown[7, 8]) == (0, 255, 0)
    assert np.isnan(picture.values[2, 3]) and picture.shown[-1, -1] == linear(photo(1))[-1, -1]


@pytest.mark.parametrize("channels", [3, 4])
@pytest.mark.parametrize("kind", [".png", ".tif"])
@pytest.mark.parametrize("compression", [1, 5])
def test_16_bit_colour_keeps_all_16(in_memory, kind, channels, compression):
    numbers = np.random.default_rng(3).integers(0, 65536, (HEIGHT, WIDTH, channels), np.uint16)
    options = [cv2.IMWRITE_TIFF_COMPRESSION, compression] if kind == ".tif" else []
    data = cv2.imencode(kind, numbers, options)[1].tobytes()
    picture = read_image(in_memory(data), None)
    assert picture.values.dtype == np.uint16
    assert np.array_equal(picture.values, numbers[..., [2, 1, 0, 3][:channels]])
    assert np.array_equal(picture.shown[..., :3], linear(numbers[..., :3]))
    assert picture.opaque == (channels == 3)


def test_only_the_first_of_several_pictures_is_shown_and_said_so(in_memory):
    pages = [Image.fromarray(np.full((20, 30), level, np.uint8)) for level in (10, 90, 170)]
    for kind, name in [("GIF", "a.gif"), ("TIFF", "a.tif"), ("PNG", "a.png"), ("WEBP", "a.webp")]:
        options = {"lossless": True} if kind == "WEBP" else {}
        data = saved(pages[0], kind, save_all=True, append_images=pages[1:], **options)
        picture = read_image(in_memory(data, name), None)
        assert picture.notes == ("first of 3 pictures",)
        assert (rgb(picture) == 10).all()


def profile_with_red_and_green_exchanged() -> bytes:
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = profile.index(b"rXYZ"), profile.index(b"gXYZ")
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(profile)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP"])
def test_a_colour_profile_changes_what_is_shown_and_not_the_values(in_memory, kind):
    red = Image.new("RGB", (8, 8), (255, 0, 0))
    options = {"lossless": True} if kind == "WEBP" else {}
    data = saved(red, kind, icc_profile=profile_with_red_and_green_exchanged(), **options)
    picture = read_image(in_memory(data), None)
    assert picture.values[4, 4, 0] >= 254 and picture.values[4, 4, 1] == 0
    assert rgb(picture)[4, 4, 1] > 250 and rgb(picture)[4, 4, 0] < 5
    assert picture.notes[0].startswith("shown through its colour profile")


def test_srgb_is_shown_as_it_is(in_memory):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture = read_image(in_memory(saved(COLOUR, "PNG", icc_profile=profile)), None)
    assert np.array_equal(rgb(picture), photo()) and not picture.notes


def test_a_broken_colour_profile_is_left_out_and_said_so(in_memory):
    for kind in ("PNG", "JPEG", "TIFF"):
        picture = read_image(in_memory(saved(COLOUR, kind, icc_profile=b"no profile" * 20)), None)
        assert picture.notes == ("its colour profile is broken; shown without it",)


def test_the_size_is_read_without_decoding(in_memory, monkeypatch):
    from PIL import ImageFile

    sources = [in_memory(saved(COLOUR, kind)) for kind in ("PNG", "JPEG", "TIFF", "GIF", "BMP", "WEBP")]
    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda self: pytest.fail("decoded"))
    assert {image_size(source, None) for source in sources} == {Size(WIDTH, HEIGHT)}
    assert image_size(in_memory(b"no picture"), None) is None


def test_many_threads_get_the_same_pixels(in_memory):
    source = in_memory(saved(COLOUR, "JPEG"))
    first = read_image(source, None).shown
    with ThreadPoolExecutor(4) as pool:
        for picture in pool.map(lambda _: read_image(source, None), range(40)):
            assert np.array_equal(picture.shown, first)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty: photo.png"),
        (b"just a note, no picture", "This is not a picture of a known kind: photo.png"),
        (
            b'<?xml version="1.0"?><svg><image href="http://localhost/"/></svg>',
            "This is an SVG drawing, which is not shown: photo.png",
        ),
    ],
)
def test_what_is_no_picture_is_said_in_a_sentence(in_memory, data, sentence):
    with pytest.raises(ViewerError) as raised:
        read_image(in_memory(data), None)
    assert str(raised.value) == sentence


@pytest.mark.parametrize("kind", [".png", ".tif"])
def test_16_bit_transparency_is_shown_by_its_upper_byte(in_memory, kind):
    numbers = np.random.default_rng(3).integers(0, 65536, (HEIGHT, WIDTH, 4), np.uint16)
    picture = read_image(in_memory(cv2.imencode(kind, numbers)[1].tobytes()), None)
    assert np.array_equal(picture.shown[..., 3], numbers[..., 3] >> 8)
