"""A sound file: by libsndfile where it knows the format, else by FFmpeg."""

from __future__ import annotations

from viewer.errors import ViewerError, escaped
from viewer.media.kinds import Sound
from viewer.media.sound_file import open_file
from viewer.media.sound_stream import open_stream
from viewer.media.source import Source

BEGINNINGS = (b"RIFF", b"RIFX", b"RF64", b"riff", b"FORM", b"fLaC", b".snd", b"dns.")
"""Of files for which libsndfile is asked first: WAV and its kin, AIFF, FLAC, AU. It reads MPEG and Ogg too, but it
guesses how long MPEG sound is, and where it guesses low it reads no further; in Ogg it goes on some samples off after a
jump, and it writes to the terminal about what is damaged, as it does of ALAC in CAF."""


def open_sound(source: Source) -> Sound:
    """Open a file. Raises ViewerError where neither library reads it, or the libraries are missing."""
    name = escaped(source.name)
    if not source.bytes_size:
        raise ViewerError(f"The sound is empty, it has no bytes: {name}")
    with source.open_front() as stream:
        file_first = stream.read(4) in BEGINNINGS
    missing: list[str] = []
    refusal: ViewerError | None = None
    for open_it, lack in _WAYS if file_first else reversed(_WAYS):
        try:
            return open_it(source)
        except ViewerError as error:
            refusal = refusal or error
            if not file_first:
                break
        except (ImportError, OSError):
            missing.append(lack)
    if missing or refusal is None:
        raise ViewerError(f"This sound cannot be read, as {' and '.join(missing)}: {name}")
    raise refusal


_WAYS = (
    (open_file, "libsndfile is missing (pip install soundfile)"),
    (open_stream, "FFmpeg is missing (pip install av)"),
)
