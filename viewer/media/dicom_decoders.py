"""Who decodes which compressed pixels: Pillow and FFmpeg where they can, as they survive whatever a damaged file holds.

GDCM, which reads the rest, ends the whole process on some damaged data: it gets only what is sound by its beginning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from viewer.media.dicom_lib import pydicom
from viewer.media.dicom_plane import number
from viewer.media.jpeg_front import Front, jpeg_2000_front, jpeg_front

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

JPEG = "1.2.840.10008.1.2.4."
BASELINE, EXTENDED = f"{JPEG}50", f"{JPEG}51"
JPEG_2000 = {f"{JPEG}90", f"{JPEG}91", f"{JPEG}92", f"{JPEG}93"}
BY_PILLOW = {BASELINE, EXTENDED, *JPEG_2000}
FOR_GDCM = {f"{JPEG}57", f"{JPEG}70", f"{JPEG}80", f"{JPEG}81"}
"""JPEG lossless and JPEG-LS."""
_SHIFT = 4
"""FFmpeg gives twelve bits as the upper ones of sixteen."""


def decoded(ds: Dataset, frame: int, frames: int) -> NDArray[Any]:
    """(rows, columns) or (rows, columns, 3), in any byte order. Raises what pydicom raises, and ValueError."""
    syntax = str(ds.file_meta.TransferSyntaxUID)
    pixels = pydicom().pixels.pixel_array
    if syntax not in BY_PILLOW | FOR_GDCM:
        return pixels(ds, index=frame)
    data = _codestream(ds, frame, frames)
    front = jpeg_2000_front(data) if syntax in JPEG_2000 else jpeg_front(data)
    if syntax in JPEG_2000 and front is None:
        raise ValueError("their beginning is damaged")
    if syntax in FOR_GDCM:
        return pixels(ds, index=frame, **_for_gdcm(ds, front))
    if front is not None and (front.lines, front.samples) != (ds.Rows, ds.Columns):
        raise ValueError(f"they are of {front.samples:,} x {front.lines:,} pixels, not as the header says")
    if syntax == EXTENDED and ds.get("BitsStored") == 12 and ds.get("SamplesPerPixel", 1) == 1:
        return _twelve_bits(ds, data)
    try:
        return pixels(ds, index=frame, decoding_plugin="pillow")
    except Exception:
        # nearly anything; where FFmpeg cannot either it is said what Pillow said
        made = _colours(ds, data) if syntax in JPEG_2000 and ds.get("BitsStored") == 8 else None
        if made is None:
            raise
        return made


def _codestream(ds: Dataset, frame: int, frames: int) -> bytes:
    tables = ds.get("ExtendedOffsetTable"), ds.get("ExtendedOffsetTableLengths")
    offsets = tables if all(tables) else None
    return pydicom().encaps.get_frame(ds.PixelData, frame, number_of_frames=frames, extended_offsets=offsets)


def _for_gdcm(ds: Dataset, front: Front | None) -> dict[str, int]:
    """What the decoder is told instead of what the header says. Raises ValueError for what it would not survive."""
    if front is None:
        raise ValueError("their beginning is damaged")
    allocated, stored = (int(number(ds.get(name)) or 0) for name in ("BitsAllocated", "BitsStored"))
    said = int(ds.Rows), int(ds.Columns), int(number(ds.get("SamplesPerPixel")) or 1)
    if (front.lines, front.samples, front.channels) != said:
        raise ValueError(
            f"they are of {front.samples:,} x {front.lines:,} pixels and {front.channels} channels, not as the header says"
        )
    is_narrow = 2 <= front.bits <= 8 and allocated in (8, 16)
    if not (is_narrow or 8 < front.bits <= 16 == allocated) or not 2 <= stored <= allocated:
        raise ValueError(f"they are of {front.bits} bits, not as the header says")
    if stored == allocated or allocated != 8:
        return {}
    if ds.get("PixelRepresentation"):
        raise ValueError(f"they are signed numbers of {stored} bits in bytes")
    return {"bits_stored": 8}


def _twelve_bits(ds: Dataset, data: bytes) -> NDArray[np.uint16]:
    """JPEG of 12 bits, which no decoder of pydicom's reads. Rounds as FFmpeg does: 1 off here and there."""
    made = _by_ffmpeg("mjpeg", data, "gray16le")
    if made is None or made.shape != (ds.Rows, ds.Columns):
        raise ValueError("FFmpeg cannot read them")
    return np.right_shift(made, _SHIFT, dtype=np.uint16)


def _colours(ds: Dataset, data: bytes) -> NDArray[np.uint8] | None:
    """JPEG 2000 of 8 bits and three channels; None where FFmpeg cannot read it either."""
    made = _by_ffmpeg("jpeg2000", data, "rgb24")
    return made if made is not None and made.shape == (ds.Rows, ds.Columns, 3) else None


def _by_ffmpeg(codec: Literal["mjpeg", "jpeg2000"], data: bytes, kind: str) -> NDArray[Any] | None:
    import av
    from av.error import FFmpegError

    context = av.CodecContext.create(codec, "r")
    try:
        found = [*context.decode(av.Packet(data)), *context.decode(None)]
    except FFmpegError:
        return None
    return found[0].to_ndarray() if len(found) == 1 and found[0].format.name == kind else None
