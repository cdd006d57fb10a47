"""Pixels that a DICOM file holds as plain numbers, read without pydicom, which takes many times as long over them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from viewer.media.dicom_lib import value_of

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

LITTLE_ENDIAN = ("1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.1.99")
"""Implicit, explicit and deflated, which is inflated when the file is read."""
GREYS = ("MONOCHROME1", "MONOCHROME2")


def native_pixels(ds: Dataset, frame: int, frames: int) -> NDArray[Any] | None:
    """(rows, columns) of one frame, perhaps not to be written to; None where it is not as plain as that.

    Bits that are not used are made to continue the number, as they may hold anything.
    """
    syntax = getattr(getattr(ds, "file_meta", None), "TransferSyntaxUID", None)
    if syntax not in LITTLE_ENDIAN or value_of(ds, "PhotometricInterpretation") not in GREYS:
        return None
    allocated, used = value_of(ds, "BitsAllocated"), value_of(ds, "BitsStored")
    samples, signed = value_of(ds, "SamplesPerPixel"), value_of(ds, "PixelRepresentation")
    data = value_of(ds, "PixelData")
    if allocated not in (8, 16, 32) or samples != 1 or signed not in (0, 1) or not isinstance(data, bytes):
        return None
    if not isinstance(used, int) or not 1 <= used <= allocated or value_of(ds, "HighBit", used - 1) != used - 1:
        return None
    rows, columns = int(value_of(ds, "Rows")), int(value_of(ds, "Columns"))
    kind = np.dtype(f"<{'i' if signed else 'u'}{allocated // 8}")
    nbytes = rows * columns * kind.itemsize
    if len(data) - frames * nbytes not in (0, 1):  # an odd number of bytes is made even
        return None
    made = np.frombuffer(data, kind, rows * columns, frame * nbytes).reshape(rows, columns)
    if frames > 1 or used < allocated:
        made = made.copy()  # which does not keep the other frames in memory
    if used < allocated:
        made <<= allocated - used
        made >>= allocated - used
    return made
