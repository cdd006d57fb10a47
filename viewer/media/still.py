"""A picture file opened but not yet decoded: its kind by content, its size, how it is turned, what else it carries."""

from __future__ import annotations

import ctypes
import io
import logging
import re
import struct
import warnings
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from viewer.errors import ViewerError
from viewer.media import exif, png
from viewer.size import Size

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

MAX_PIXELS = 250_000_000
"""Larger pictures are refused: at four bytes each this is 1 GB, and decoding holds about twice that for a moment."""

_PLUGINS = {
    "JPEG": "JpegImagePlugin",
    "PNG": "PngImagePlugin",
    "GIF": "GifImagePlugin",
    "BMP": "BmpImagePlugin",
    "WEBP": "WebPImagePlugin",
    "TIFF": "TiffImagePlugin",
    "AVIF": "AvifImagePlugin",
    "JPEG2000": "Jpeg2KImagePlugin",
    "PPM": "PpmImagePlugin",
}
"""The formats that are opened, and only these: Pillow knows some that run other programs."""
_SIGNATURES = (
    (re.compile(rb"\xff\xd8\xff"), "JPEG"),
    (re.compile(re.escape(png.SIGNATURE)), "PNG"),
    (re.compile(rb"GIF8[79]a"), "GIF"),
    (re.compile(rb"BM"), "BMP"),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), "WEBP"),
    (re.compile(rb"II[*+]\0|MM\0[*+]"), "TIFF"),
    (re.compile(rb".{4}ftyp(avi[fs]|mif1|msf1)", re.DOTALL), "AVIF"),
    (re.compile(rb"\0\0\0\x0cjP  \r\n\x87\n|\xff\x4f\xff\x51"), "JPEG2000"),
    (re.compile(rb"P[1-6]\s"), "PPM"),
)
_PILLOW_WARNINGS = ("ignore", None, Warning, re.compile(r"PIL\."), 0)
_TIFF_WIDTH, _TIFF_HEIGHT, _TIFF_ORIENTATION = 256, 257, 274


@dataclass(slots=True)
class Still:
    """A picture file, opened; `image` is lazy and decodes when it is loaded."""

    kind: str
    """Pillow's word for the format."""
    data: bytes
    """What Pillow gets to see."""
    image: ImageFile
    size: Size
    """As stored."""
    orientation: int
    """By EXIF, 1 to 8."""
    count: int
    profile: bytes | None
    """Colour profile; b'' for one that is broken."""
    grey_bits: int | None = None
    """Of a PNG in grey."""
    notes: list[str] = field(default_factory=list[str])
    warnings: list[str] = field(default_factory=list[str])


def kind_of(start: bytes) -> str | None:
    """The format by the first 16 bytes of a file; None for what is not opened."""
    return next((kind for signature, kind in _SIGNATURES if signature.match(start)), None)


def open_still(data: bytes) -> Still:
    """Read the headers. Raises ViewerError for what is refused and whatever Pillow raises for what is broken."""
    kind = kind_of(data[:16])
    if kind is None:
        raise ViewerError(_unknown(data))
    if kind == "PNG":
        return _open_png(data)
    image = pillow(kind, io.BytesIO(data))
    still = Still(kind, data, image, _stored_size(image), exif.STORED, _count(kind, data), _profile(image))
    still.orientation = _orientation(image, still.notes)
    return still


def peek(stream: BinaryIO) -> tuple[Size, int]:
    """Stored size and orientation from the headers only; raises as `open_still` does."""
    start = stream.read(16)
    stream.seek(0)
    kind = kind_of(start)
    if kind is None:
        raise ViewerError(_unknown(start))
    if kind == "PNG":
        size, block = png.peek_png(stream)
        return size, _orientation_in(block, [])
    image = pillow(kind, stream)
    return _stored_size(image), _orientation(image, [])


def pillow(kind: str, stream: BinaryIO) -> ImageFile:
    """Pillow's lazy image of a stream of known kind: bounded, and without a word on the terminal."""
    from PIL import Image as images

    _quiet()
    # Pillow refuses what has more than twice its bound, and above once only warns
    images.MAX_IMAGE_PIXELS = MAX_PIXELS // 2
    import_module(f"PIL.{_PLUGINS[kind]}")
    try:
        return images.open(stream, formats=(kind,))
    except images.DecompressionBombError as error:
        pixels = re.search(r"\d+", str(error))
        raise too_large(int(pixels[0]) if pixels else 0) from error


def too_large(pixels: int) -> ViewerError:
    """What to say of a picture above the bound; the caller adds the name."""
    return ViewerError(f"The picture is too large: {pixels:,} pixels, and at most {MAX_PIXELS:,} are opened")


def _quiet() -> None:
    """Keep Pillow's remarks on damaged files off the terminal; what matters to a reviewer is found out otherwise."""
    if _PILLOW_WARNINGS not in warnings.filters:
        warnings.filterwarnings("ignore", module=r"PIL\.")
    log = logging.getLogger("PIL")
    if not log.handlers:
        log.addHandler(logging.NullHandler())
        _quiet_libtiff()


def _quiet_libtiff() -> None:
    """The same for the library beneath, which Pillow lets write there; not found in all builds, and then it does."""
    import PIL

    folder = Path(PIL.__file__).parent
    for library in (*folder.parent.glob("pillow.libs/libtiff*"), *folder.glob(".dylibs/libtiff*")):
        try:
            loaded = ctypes.CDLL(str(library))
            loaded.TIFFSetErrorHandler(None)
            loaded.TIFFSetWarningHandler(None)
        except (OSError, AttributeError):
            continue


def _open_png(data: bytes) -> Still:
    parts = png.read_png(data)
    if parts.size.width * parts.size.height > MAX_PIXELS:
        raise too_large(parts.size.width * parts.size.height)
    image = pillow("PNG", io.BytesIO(parts.clean))
    still = Still("PNG", parts.clean, image, parts.size, exif.STORED, parts.count, parts.profile, parts.grey_bits)
    still.warnings = parts.warnings
    still.orientation = _orientation_in(parts.exif, still.notes)
    return still


def _stored_size(image: ImageFile) -> Size:
    tags = getattr(image, "tag_v2", None)
    return Size(*image.size) if tags is None else Size(tags[_TIFF_WIDTH], tags[_TIFF_HEIGHT])


def _orientation(image: ImageFile, notes: list[str]) -> int:
    tags = getattr(image, "tag_v2", None)
    if tags is None:
        return _orientation_in(image.info.get("exif"), notes)
    # Pillow turns TIFFs by itself, without asking: what it does not find it leaves to us
    image.getexif().pop(_TIFF_ORIENTATION, None)
    named = tags.get(_TIFF_ORIENTATION)
    return named if named in range(1, 9) else exif.STORED


def _orientation_in(block: bytes | None, notes: list[str]) -> int:
    try:
        return exif.orientation_in(block) if block else exif.STORED
    except ValueError:
        notes.append("its EXIF data are broken; shown as stored")
        return exif.STORED


def _profile(image: ImageFile) -> bytes | None:
    profile = image.info.get("icc_profile")
    return profile if isinstance(profile, bytes) and profile else None


def _count(kind: str, data: bytes) -> int:
    """Pictures in the file; 1 where that cannot be told, as only the first one matters."""
    if kind == "TIFF":
        return _tiff_pages(data)
    if kind not in ("GIF", "WEBP", "AVIF"):
        return 1
    try:
        return int(getattr(pillow(kind, io.BytesIO(data)), "n_frames", 1))
    except Exception:
        return 1


def _tiff_pages(data: bytes) -> int:
    """By the chain of directories, each seen once. Pillow's own count reads every page's tags."""
    order = "<" if data.startswith(b"II") else ">"
    big = b"+" in data[:4]
    at, entries, size = ("Q", "Q", 20) if big else ("I", "H", 12)
    seen: set[int] = set()
    try:
        (page,) = struct.unpack_from(order + at, data, 8 if big else 4)
        while page and page not in seen:
            (count,) = struct.unpack_from(order + entries, data, page)
            (following,) = struct.unpack_from(order + at, data, page + struct.calcsize(order + entries) + count * size)
            seen.add(page)
            page = following
    except struct.error:
        pass  # the chain leaves the file: the pages before that are there
    return max(1, len(seen))


def _unknown(data: bytes) -> str:
    if not data:
        return "The file is empty"
    if b"<svg" in data[:4096]:
        return "This is an SVG drawing, which is not shown"
    return "This is not a picture of a known kind"
