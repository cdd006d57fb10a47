"""One frame of a DICOM file as a Picture."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from viewer.errors import ViewerError, escaped
from viewer.media.dicom_bits import unusual_frame
from viewer.media.dicom_broken import leave_out_broken
from viewer.media.dicom_decoders import decoded
from viewer.media.dicom_lib import pydicom, value_of
from viewer.media.dicom_native import native_pixels
from viewer.media.dicom_plane import number, plane_of
from viewer.media.dicom_tables import palette_colours
from viewer.media.dicom_values import Said, grey_of, overlay_of
from viewer.media.kinds import Picture
from viewer.media.opencv import cv2
from viewer.size import Size

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

MOST_PIXELS = 250_000_000
"""Of one frame; a header that claims more is a mistake."""
MOST_BYTES = 2 << 30
"""Of pixels that are filled up where a file is cut short."""
MOST_FRAMES = 1_000_000
FLOATS = ("FloatPixelData", "DoubleFloatPixelData")
DECODERS = "python-gdcm"
"""The package that reads nearly all compressed varieties."""


def frame_count(ds: Dataset) -> int:
    """Frames of a file."""
    return min(max(int(number(value_of(ds, "NumberOfFrames")) or 1), 1), MOST_FRAMES)


def has_pixels(ds: Dataset) -> bool:
    return any(name in ds for name in ("PixelData", *FLOATS))


def picture_of(ds: Dataset, frame: int) -> Picture:
    """A frame, counted from 0. Raises ViewerError with one sentence, without the file's name."""
    try:
        return _picture(ds, frame, Said())
    except (ViewerError, MemoryError):
        raise
    except Exception:
        # pydicom converts an element when it is looked at, and raises nearly anything on a broken one
        gone = leave_out_broken(ds)
        if not gone:
            raise
        elements = "an element of the header is" if gone == 1 else f"{gone:,} elements of the header are"
        return _picture(ds, frame, Said([f"{elements} damaged and left out"]))


def _picture(ds: Dataset, frame: int, said: Said) -> Picture:
    _check(ds, frame)
    stored = _decoded(ds, frame, said)
    plane = plane_of(ds, frame)
    if stored.ndim == 2 and str(value_of(ds, "PhotometricInterpretation", "")).strip() != "PALETTE COLOR":
        grey = grey_of(ds, stored, frame, said)
        shown = grey.shown()
        size = Size(stored.shape[1], stored.shape[0])
        return Picture(
            size,
            shown,
            stored,
            (grey.unit or "value",),
            notes=tuple(said.notes),
            warnings=tuple(said.warnings),
            grey=grey,
            plane=plane,
        )
    values = _colours(ds, stored)
    shown = cv2().cvtColor(_eight_bits(ds, values), cv2().COLOR_RGB2BGRA)
    overlay = overlay_of(ds, frame, (values.shape[0], values.shape[1]), said)
    if overlay is not None:
        shown[overlay] = 255
    size = Size(values.shape[1], values.shape[0])
    return Picture(
        size, shown, values, ("R", "G", "B"), notes=tuple(said.notes), warnings=tuple(said.warnings), plane=plane
    )


def _check(ds: Dataset, frame: int) -> None:
    for name in ("Rows", "Columns"):
        if not number(value_of(ds, name)):
            raise ViewerError(f"The file has no {name}, so its pixels cannot be placed")
    data = value_of(ds, "PixelData")
    if not data and not any(name in ds for name in FLOATS):
        raise ViewerError("The file has no pixel data")
    rows, columns = int(value_of(ds, "Rows")), int(value_of(ds, "Columns"))
    if rows * columns > MOST_PIXELS:
        raise ViewerError(f"The picture is too large: {columns:,} x {rows:,} pixels, at most {MOST_PIXELS:,} are read")
    frames = frame_count(ds)
    if not 0 <= frame < frames:
        raise ViewerError(f"The file holds {frames:,} frames, and frame {frame + 1:,} is asked for")


def _decoded(ds: Dataset, frame: int, said: Said) -> NDArray[Any]:
    """(rows, columns) or (rows, columns, 3), in the machine's byte order."""
    frames = frame_count(ds)
    plain = native_pixels(ds, frame, frames)
    if plain is not None:
        return _in_own_order(plain)
    _complete(ds, frame, said)
    try:
        made = unusual_frame(ds, frame)
        if made is None:
            made = decoded(ds, frame, frames)
    except MemoryError:
        raise ViewerError("There is not enough memory for this picture") from None
    except Exception as error:
        # pydicom and its decoders raise nearly anything on damaged pixels; here it all becomes one sentence
        raise ViewerError(_sentence(ds, error)) from error
    if made.ndim not in (2, 3) or (made.ndim == 3 and made.shape[2] != 3):
        raise ViewerError(f"Pictures of {made.shape[2] if made.ndim == 3 else made.ndim} channels are not shown")
    return _in_own_order(made)


def _in_own_order(pixels: NDArray[Any]) -> NDArray[Any]:
    return pixels if pixels.dtype.isnative else pixels.astype(pixels.dtype.newbyteorder("="))


def _complete(ds: Dataset, frame: int, said: Said) -> None:
    """What pydicom insists on: a transfer syntax, and all of the bytes where they are not compressed."""
    meta = getattr(ds, "file_meta", None)
    if meta is None or "TransferSyntaxUID" not in meta:
        is_implicit, is_little = ds.original_encoding
        module = pydicom()
        ds.file_meta = meta if meta is not None else module.dataset.FileMetaDataset()
        syntaxes = module.uid.ImplicitVRLittleEndian, module.uid.ExplicitVRLittleEndian, module.uid.ExplicitVRBigEndian
        ds.file_meta.TransferSyntaxUID = syntaxes[0 if is_implicit else 1 if is_little is not False else 2]
        said.warnings.append("the file does not name its transfer syntax; read as its header is written")
    if not ds.file_meta.TransferSyntaxUID.is_transfer_syntax:
        raise ViewerError(f"The pixels are written in an unknown transfer syntax, {escaped(syntax_name(ds))[:80]}")
    if "PixelData" in ds and not ds.file_meta.TransferSyntaxUID.is_encapsulated:
        _fill_up(ds, frame, said)


def _fill_up(ds: Dataset, frame: int, said: Said) -> None:
    """With zeros, where a file is cut short: what is there of the frame is shown."""
    samples, bits = (
        int(number(value_of(ds, name)) or least) for name, least in (("SamplesPerPixel", 1), ("BitsAllocated", 16))
    )
    rows, found = int(ds.Rows), len(ds.PixelData)
    frame_bits = rows * int(ds.Columns) * samples * bits
    wanted = math.ceil(frame_bits * frame_count(ds) / 8)
    begin, end = frame_bits * frame / 8, frame_bits * (frame + 1) / 8
    if found >= wanted or wanted > MOST_BYTES or "422" in str(value_of(ds, "PhotometricInterpretation", "")):
        return
    if found <= begin or found < wanted / 1000:
        raise ViewerError(f"The pixel data are cut short: {found:,} of {wanted:,} bytes are there, none of this frame")
    if found < end:
        line = int((found - begin) / (end - begin) * rows)
        said.warnings.append(
            f"the pixel data are cut short: {found:,} of {wanted:,} bytes; nothing is there from line {line:,} on"
        )
    ds.PixelData = ds.PixelData.ljust(wanted, b"\0")


def syntax_name(ds: Dataset) -> str:
    """How the pixels are written, as the standard calls it."""
    uid = getattr(getattr(ds, "file_meta", None), "TransferSyntaxUID", None)
    return "an unknown transfer syntax" if uid is None else str(getattr(uid, "name", uid))


def _sentence(ds: Dataset, error: Exception) -> str:
    words = escaped((str(error).strip().splitlines() or [""])[-1].strip()[:160])  # of several decoders, the last one's
    name = syntax_name(ds)
    if "missing dependencies" in str(error):
        return f"The pixels are written in {name}, for which a decoder is missing: pip install {DECODERS}"
    if "fewer bytes" in words or "less than expected" in words or "is less" in words:
        return f"The pixel data are cut short ({words})"
    if isinstance(error, AttributeError):
        return f"The pixel data cannot be read, as the file's description of them is incomplete ({words})"
    return f"The pixel data cannot be decoded; they are written in {name} ({words})"


def _colours(ds: Dataset, stored: NDArray[Any]) -> NDArray[Any]:
    """(rows, columns, 3) red, green, blue, as the file holds them."""
    if stored.ndim == 3:
        return stored
    try:
        return palette_colours(ds, stored)
    except Exception as error:
        # of a broken palette too, nearly anything
        raise ViewerError(f"The palette of the picture cannot be read ({escaped(str(error)[:100])})") from error


def _eight_bits(ds: Dataset, values: NDArray[Any]) -> NDArray[np.uint8]:
    if values.dtype == np.uint8:
        return np.ascontiguousarray(values)
    if str(value_of(ds, "PhotometricInterpretation", "")).strip() == "PALETTE COLOR":
        bits = 8 * values.dtype.itemsize
    else:
        bits = int(number(value_of(ds, "BitsStored")) or 16)
    is_tabled = values.dtype == np.uint16
    numbers = np.arange(2**16) if is_tabled else values.astype(np.float64)
    levels = np.rint(np.clip(numbers * (255 / (2**bits - 1)), 0, 255)).astype(np.uint8)
    return levels[values] if is_tabled else levels
