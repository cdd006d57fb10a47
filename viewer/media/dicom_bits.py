"""Pixels that are not compressed, taken from their bits where pydicom looks at whole bytes or at the lowest bits only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from viewer.media.dicom_lib import value_of
from viewer.media.dicom_plane import number

if TYPE_CHECKING:
    from pydicom.dataset import Dataset


def unusual_frame(ds: Dataset, frame: int) -> NDArray[Any] | None:
    """(rows, columns) of single bits, or of values that lie above the lowest bits; None for what is written as usual."""
    if not _is_native(ds):
        return None
    allocated, stored, high = (_whole(ds, name) for name in ("BitsAllocated", "BitsStored", "HighBit"))
    if allocated == 1:
        return _bits(ds, frame)
    if not 0 < stored <= high < allocated:
        return None
    words = words_of(ds, frame)
    if words is None:
        return None
    kept = words >> (high + 1 - stored) & (1 << stored) - 1
    if not value_of(ds, "PixelRepresentation"):
        return kept
    spare = allocated - stored  # the sign is carried down by shifting
    return (kept << spare).view(f"i{words.itemsize}") >> spare


def words_of(ds: Dataset, frame: int) -> NDArray[Any] | None:
    """(rows, columns) unsigned, all bits of a frame of one channel; None where they cannot be had."""
    size = _whole(ds, "BitsAllocated") // 8
    little = ds.file_meta.TransferSyntaxUID.is_little_endian
    if not _is_native(ds) or size not in (1, 2, 4) or (size == 1 and not little):
        return None
    rows, columns = int(ds.Rows), int(ds.Columns)
    kind, count = np.dtype(f"{'<' if little else '>'}u{size}"), rows * columns
    if len(ds.PixelData) < (frame + 1) * count * size:
        return None
    words = np.frombuffer(ds.PixelData, kind, count, frame * count * size)
    return words.astype(kind.newbyteorder("=")).reshape(rows, columns)


def _bits(ds: Dataset, frame: int) -> NDArray[np.uint8] | None:
    """Frames follow one another without a gap, and need not begin with a byte."""
    rows, columns, data = int(ds.Rows), int(ds.Columns), ds.PixelData
    begin = frame * rows * columns
    end = begin + rows * columns
    if len(data) * 8 < end:
        return None
    part = np.frombuffer(data, np.uint8, (end + 7) // 8 - begin // 8, begin // 8)
    return np.unpackbits(part, bitorder="little")[begin % 8 :][: rows * columns].reshape(rows, columns)


def _is_native(ds: Dataset) -> bool:
    return (
        "PixelData" in ds
        and not ds.file_meta.TransferSyntaxUID.is_encapsulated
        and _whole(ds, "SamplesPerPixel", 1) == 1
    )


def _whole(ds: Dataset, name: str, otherwise: int = 0) -> int:
    made = number(value_of(ds, name))
    return otherwise if made is None else int(made)
