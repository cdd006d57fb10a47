"""JPEG of 12 bits in DICOM (Extended, Process 4), which no decoder of pydicom's reads: FFmpeg does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from viewer.media.dicom_lib import pydicom

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

EXTENDED = "1.2.840.10008.1.2.4.51"
_SHIFT = 4
"""FFmpeg gives twelve bits as the upper ones of sixteen."""


def is_extended(ds: Dataset) -> bool:
    """Whether the pixels are such a JPEG of one channel."""
    syntax = getattr(getattr(ds, "file_meta", None), "TransferSyntaxUID", "")
    return syntax == EXTENDED and ds.get("BitsStored") == 12 and ds.get("SamplesPerPixel", 1) == 1


def decode_extended(ds: Dataset, frame: int, frames: int) -> NDArray[Any] | None:
    """(rows, columns) uint16; None where FFmpeg cannot read it either. Rounds as FFmpeg does: 1 off here and there."""
    import av
    from av.error import FFmpegError

    data = pydicom().encaps.get_frame(ds.PixelData, frame, number_of_frames=frames)
    context = av.CodecContext.create("mjpeg", "r")
    try:
        found = [*context.decode(av.Packet(data)), *context.decode(None)]
    except FFmpegError:
        return None
    if len(found) != 1 or found[0].format.name != "gray16le":
        return None
    made = found[0].to_ndarray().astype(np.uint16) >> _SHIFT
    return made if made.shape == (ds.Rows, ds.Columns) else None
