"""Decoding a picture as far as it goes."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np

from viewer.media.still import Still, pillow

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

_END_OF_JPEG = b"\xff\xd9"


def load(still: Still) -> Image:
    """Decode into Pillow's memory, as stored. What is missing at the end or damaged becomes a warning.

    Raises what Pillow raises where nothing at all could be decoded. Pillow's own switch for damaged files is one for
    the whole process and is left alone.
    """
    image = still.image
    # All at once: between blocks Pillow asks for the interpreter's lock, which other threads may be holding
    image.decodermaxblock = max(len(still.data), 1 << 16)
    try:
        image.load()
    except Exception as error:
        rows = _rows_so_far(image)
        image = _ended(still) or image
        if not rows and image is still.image:
            raise
        what = "cut short" if "truncated" in str(error) else "damaged"
        # A JPEG's decoder holds back the lines of the last blocks, up to 16
        line = f"about line {rows:,}" if still.kind == "JPEG" else f"line {rows:,}"
        still.warnings.append(f"{what} after {line}" if 0 < rows < still.size.height else what)
    # Pillow has swapped the sides of a TIFF that it was then kept from turning; a copy has its true ones
    return image if image.size == still.size else image.copy()


def _rows_so_far(image: ImageFile) -> int:
    """Rows down to the last one that was decoded before it failed, and the image closed as if that were all."""
    image.tile = []
    try:
        image.load()
    except OSError:
        return 0
    # In a colour image the fourth byte is 0 until a pixel is written, so that black ones count
    pixels = image.tobytes("raw", "RGBX") if image.mode == "RGB" else image.tobytes()
    written = np.flatnonzero(np.any(np.frombuffer(pixels, np.uint8).reshape(image.im.size[1], -1), axis=1))
    return int(written.max(initial=-1)) + 1


def _ended(still: Still) -> ImageFile | None:
    """A JPEG as browsers show it if the file ends early: what is not there yet is filled in by the decoder."""
    if still.kind != "JPEG":
        return None
    image = pillow("JPEG", io.BytesIO(still.data + _END_OF_JPEG))
    try:
        image.load()
    except OSError:
        return None
    return image
