"""Still pictures: one file, one Picture. What it is decides the content, never the name."""

from __future__ import annotations

from viewer.errors import ViewerError, escaped
from viewer.media import exif
from viewer.media.decode import decode
from viewer.media.kinds import Picture
from viewer.media.source import Source
from viewer.media.still import open_still, peek
from viewer.size import Size

MAX_BYTES = 2 << 30
"""Larger files are refused, as all of a file is read."""


def read_image(source: Source, expected: Size | None, other_orientation: bool = False) -> Picture:
    """Decode a picture file, turned as its EXIF orientation and the `expected` size of the export say.

    `other_orientation` turns it the other way, where there is one. Raises ViewerError with one sentence.
    """
    name = escaped(source.name)
    if source.bytes_size > MAX_BYTES:
        raise ViewerError(f"The file is too large: {source.bytes_size:,} bytes, at most {MAX_BYTES:,} are read: {name}")
    data = source.read()
    try:
        return _picture(data, expected, other_orientation)
    except ViewerError as error:
        raise ViewerError(f"{error}: {name}") from error
    except MemoryError as error:
        raise ViewerError(f"There is not enough memory for this picture: {name}") from error
    except Exception as error:
        # Pillow raises nearly anything on a broken file; this is the one place where it all becomes one sentence
        raise ViewerError(f"The picture is broken or of an unknown variety{_reason(error)}: {name}") from error


def image_size(source: Source, expected: Size | None, other_orientation: bool = False) -> Size | None:
    """The size `read_image` would give, from the headers alone; None where they do not tell."""
    try:
        with source.open() as stream:
            stored, orientation = peek(stream)
    except Exception:
        # Whatever is wrong is told by read_image when the picture is wanted
        return None
    return exif.turned_size(stored, exif.choose(orientation, stored, expected, other_orientation)[0])


def _picture(data: bytes, expected: Size | None, other_orientation: bool) -> Picture:
    still = open_still(data)
    orientation, said = exif.choose(still.orientation, still.size, expected, other_orientation)
    decoded = decode(still)
    shown = exif.turned_copy(decoded.shown, orientation)
    if decoded.values is None:
        values = shown[..., 2::-1]
    else:
        values = shown if decoded.values is decoded.shown else exif.turned(decoded.values, orientation)
    notes = [f"first of {still.count:,} pictures"] if still.count > 1 else []
    notes += [said] if said else []
    return Picture(
        size=exif.turned_size(still.size, orientation),
        shown=shown,
        values=values,
        channels=decoded.channels,
        opaque=decoded.opaque,
        notes=(*notes, *still.notes),
        warnings=tuple(still.warnings),
    )


def _reason(error: Exception) -> str:
    from PIL import UnidentifiedImageError

    words = "" if isinstance(error, UnidentifiedImageError) else escaped(str(error).partition("\n")[0])[:100]
    return f" ({words})" if words else ""
