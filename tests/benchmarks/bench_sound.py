"""Sound: the overview of long files against libsndfile reading them once, and what is asked of it on screen afterwards.

Each part measures us and what we are held against in the same run and prints the ratio.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import soundfile

from viewer.media.kinds import Sound
from viewer.media.sound import open_sound
from viewer.media.source import file_source
from viewer.media.spectrogram import Settings, picture
from viewer.media.waveform import Waveform

RATE, HOURS = 48_000, 3
BLOCK = 1 << 17
"""Samples that are read at once by those we are held against."""
BUDGET = 64 << 20
WIDTH = 1500


def write_long(path: Path, channels: int, seconds: int) -> None:
    """Noise in 16 bits."""
    chance = np.random.default_rng(1)
    part = (chance.standard_normal((10 * RATE, channels)) * 3000).astype(np.int16)
    with soundfile.SoundFile(path, "w", RATE, channels, "PCM_16") as target:
        for number in range(seconds // 10):
            target.write(np.roll(part, 17 * number, axis=0))


def read_once(path: Path, kind: str) -> None:
    with soundfile.SoundFile(path) as media:
        buffer = np.empty((BLOCK, media.channels), kind)
        while len(media.read(out=buffer)) == BLOCK:
            pass


def seconds_of(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def opened(path: Path) -> Sound:
    return open_sound(file_source(path, path.parent))


def built(path: Path) -> Waveform:
    made = Waveform(opened(path), BUDGET)
    made.build(lambda _: None, lambda: False)
    return made


def overview(path: Path, what: str, times: int = 3) -> Waveform:
    read_once(path, "float32")  # so that the file is in memory for all alike
    ours, floats, numbers = [], [], []
    for _ in range(times):
        ours.append(seconds_of(partial(built, path)))
        floats.append(seconds_of(partial(read_once, path, "float32")))
        numbers.append(seconds_of(partial(read_once, path, "int16")))
    mine, as_floats, as_numbers = (statistics.median(found) for found in (ours, floats, numbers))
    made = built(path)
    print(
        f"overview of {what}: {mine:.2f} s; libsndfile reads it in {as_floats:.2f} s as floats, "
        f"ratio {mine / as_floats:.2f} (goal 1.3), and in {as_numbers:.2f} s as 16-bit numbers, "
        f"ratio {mine / as_numbers:.2f}; {made.nbytes / 2**20:.0f} MB held"
    )
    return made


def on_screen(made: Waveform, sound: Sound, what: str) -> None:
    """Milliseconds at several zooms, from all of it to single samples."""
    for per_column in (sound.count / WIDTH, 20_000.3, 1000.7, 50.1, 0.5):
        where = (sound.count * (0.0 if per_column * WIDTH >= sound.count * 0.9 else 0.4), per_column, WIDTH)
        at_once = min(seconds_of(partial(made.columns, *where)) for _ in range(5))
        fine = min(seconds_of(partial(made.fine, *where)) for _ in range(2))
        seen = min(seconds_of(partial(picture, sound, 0, *where, 300, Settings())) for _ in range(2))
        print(
            f"  {what}, {per_column:,.1f} samples a column: {at_once * 1e3:.1f} ms from memory, "
            f"{fine * 1e3:.1f} ms exact, {seen * 1e3:.0f} ms spectrogram"
        )


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for channels, word in ((1, "mono"), (2, "stereo")):
            path = folder / f"{word}.wav"
            write_long(path, channels, HOURS * 3600)
            made = overview(path, f"{HOURS} hours of {word} WAV")
            start = time.perf_counter()
            sound = opened(path)
            sound.samples(sound.count // 2, sound.count // 2 + WIDTH)
            print(f"  opened, and read in the middle, in {(time.perf_counter() - start) * 1e3:.1f} ms")
            on_screen(made, sound, f"{word} WAV")
            path.unlink()
        path = folder / "stereo.flac"
        write_long(path, 2, 1200)
        on_screen(overview(path, "20 minutes of stereo FLAC"), opened(path), "FLAC")


if __name__ == "__main__":
    main()
