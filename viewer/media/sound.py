"""A sound file: by libsndfile where it knows the format, else by FFmpeg."""

from __future__ import annotations

from viewer.errors import ViewerError, escaped
from viewer.media.kinds import Sound
from viewer.media.sound_file import open_file
from viewer.media.sound_stream import open_stream
from viewer.media.source import Source

SNDFILE_MISSING = "libsndfile is missing (install the Python package soundfile)"
FFMPEG_MISSING = "FFmpeg is missing (install the Python package av)"


def open_sound(source: Source) -> Sound:
    """Open a file. Raises ViewerError where neither library reads it, or the libraries are missing."""
    name = escaped(source.name)
    if not source.bytes_size:
        raise ViewerError(f"The sound is empty, it has no bytes: {name}")
    prefers_ffmpeg = _prefers_ffmpeg(source)
    missing: list[str] = []
    refusals: list[ViewerError] = []
    for by_ffmpeg in (True, False) if prefers_ffmpeg else (False, True):
        try:
            if by_ffmpeg:
                return open_stream(source)
            # asked for what FFmpeg reads better where there is none, or FFmpeg could not
            return open_file(source, (INEXACT,) if prefers_ffmpeg else ())
        except ViewerError as error:
            refusals.append(error)
        except (ImportError, OSError):
            missing.append(FFMPEG_MISSING if by_ffmpeg else SNDFILE_MISSING)
    if missing:
        raise ViewerError(f"This sound cannot be read, as {' and '.join(missing)}: {name}")
    raise refusals[-1]


INEXACT = "read by libsndfile: of MP3 and Vorbis, its length and where it goes on after a jump may be some samples off"


def _prefers_ffmpeg(source: Source) -> bool:
    """MPEG and Ogg Vorbis: libsndfile guesses how long MPEG sound is, and where it guesses low it reads no further; in
    Vorbis it goes on some samples off after a jump."""
    with source.open_front() as stream:
        beginning = stream.read(64)
    is_mpeg = beginning[:3] == b"ID3" or (beginning[:1] == b"\xff" and beginning[1:2] >= b"\xe0")
    return is_mpeg or (beginning[:4] == b"OggS" and b"\x01vorbis" in beginning)
