"""A minute at a door by the harbour, as a sound: two people talk, a bell rings, birds sing, a music box plays."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np

from viewer.demo.rows import Range
from viewer.demo.tones import Samples, chirps, doorbell, music_box
from viewer.demo.voice import RATE, Voice, speak

SECONDS = 60
HOST, GUEST = Voice(112, 1.0, 1.05, 3), Voice(196, 1.16, 1.15, 4)
FLOOR = 2.5e-5
"""Of the noise of the room, which is there all the time; 1 is the loudest that can be."""
LINES: tuple[tuple[str, Voice, str, int], ...] = (
    ("host 1", HOST, "Who is it, at this hour?", 600),
    ("guest 1", GUEST, "It is me, I am looking for the ferry", 450),
    ("host 2", HOST, "Come in, the tea is still warm", 380),
    ("guest 2a", GUEST, "Thank you", 500),
    ("guest 2b", GUEST, "It was cold on the quay", 1100),
    ("host 3a", HOST, "Sit down", 700),
    ("host 3b", HOST, "The wind will turn at seven", 1500),
    ("guest 3", GUEST, "And until then?", -450),
    ("host 4", HOST, "Until then, nothing sails", 350),
    ("guest 4", GUEST, "Then I will wait, and listen", 800),
    ("guest 5", GUEST, "What a pretty tune", 4300),
    ("host 5", HOST, "It was a present from the captain", 3300),
    ("guest 6", GUEST, "There, the lamps of the ferry", 2700),
    ("host 6", HOST, "Mind the step, and good night", 650),
)
"""What is said: by whom, and how many milliseconds after the end of what was said before."""
WORDS = {key: words for key, _, words, _ in LINES}
_BIRDS = (250, 1600, 2950), (48_200, 49_900, 52_350, 53_800, 57_200)
_BELL, _MUSIC_AFTER = 4_300, 700
_TUNE = (
    *(("E5", 0), ("G4", 0), ("G5", 1), ("E5", 2), ("D5", 3), ("B4", 3), ("C5", 4), ("E5", 5), ("D5", 6)),
    *(("G4", 6), ("E5", 8), ("C4", 8), ("G5", 9), ("A5", 10), ("G5", 11), ("B4", 11), ("E5", 12), ("D5", 13)),
    *(("C5", 14), ("C4", 14), ("G4", 15), ("C5", 16), ("E4", 16), ("C4", 18)),
)
_BEAT = 0.55
"""Seconds."""


class Heard(NamedTuple):
    """A sound of the scene and where it begins, in milliseconds; how loud it is at the left and at the right."""

    start: int
    sound: Samples
    left: float
    right: float

    @property
    def range(self) -> Range:
        """Milliseconds, from its first to its last sample."""
        return self.start, self.start + round(len(self.sound) / RATE * 1000)


def scene() -> dict[str, Heard]:
    """All that is heard, by key, in the order in which it was put there."""
    made: dict[str, Heard] = {}
    for number, starts in enumerate(_BIRDS, 1):
        for part, start in enumerate(starts, 1):
            made[f"birds {number}, {part}"] = Heard(start, chirps([0.0], seed=10 * number + part), 0.10, 0.16)
    made["doorbell"] = Heard(_BELL, doorbell(), 0.24, 0.20)
    now = made["doorbell"].range[1]
    for key, voice, words, gap in LINES:
        left, right = (0.5, 0.12) if voice is HOST else (0.14, 0.46)
        made[key] = Heard(now + gap, speak(voice, words), left, right)
        now = made[key].range[1]
        if key == "guest 4":
            made["music box"] = Heard(now + _MUSIC_AFTER, music_box(_TUNE, _BEAT), 0.12, 0.15)
    return made


def mixed(heard: dict[str, Heard]) -> Samples:
    """The whole minute, shape (samples, 2), within -1 and 1."""
    made = np.random.default_rng(1).normal(0, FLOOR, (SECONDS * RATE, 2))
    for start, sound, left, right in heard.values():
        first = round(start * RATE / 1000)
        made[first : first + len(sound)] += sound[:, np.newaxis] * (left, right)
    return made


def write_scene(heard: dict[str, Heard], path: Path) -> None:
    """As FLAC of 16 bits. Raises OSError if it cannot be written."""
    import soundfile

    with path.open("wb") as file:
        samples = np.round(mixed(heard) * 32_767).astype(np.int16)
        soundfile.write(file, samples, RATE, format="FLAC", subtype="PCM_16")
