"""A sound file: by libsndfile where it knows the format, else by FFmpeg."""

from __future__ import annotations

from viewer.errors import ViewerError, escaped
from viewer.media.kinds import Sound
from viewer.media.source import Source


def open_sound(source: Source) -> Sound:
    """Open a file. Raises ViewerError where neither library reads it, or the libraries are missing."""
    raise ViewerError(f"sounds are not decoded yet: {escaped(source.name)}")
