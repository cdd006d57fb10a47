"""A toy voice: letters become sounds, vowels by their formants, which is enough to look and sound like speech."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float64]

RATE = 22_050
"""Samples a second of everything that is heard in the demo."""
_STEP = 0.005
"""Seconds between two states of the mouth; in between they go over into one another."""
_VOWELS = {
    "a": (760, 1250, 2500),
    "e": (500, 1850, 2550),
    "i": (320, 2250, 2950),
    "o": (480, 880, 2400),
    "u": (340, 950, 2250),
    "y": (330, 2100, 2700),
}
_SONORANTS = {
    "m": (260, 1050, 2200),
    "n": (280, 1500, 2400),
    "l": (360, 1150, 2650),
    "r": (420, 1250, 1650),
    "w": (320, 720, 2200),
}
_SHARP, _SOFT, _STOPS = "szx", "fvhj", "bdgptkcq"
_WIDTHS, _WEIGHTS = (80, 110, 170), (1.0, 0.55, 0.28)
"""Of the formants, in hertz, and how strong each is."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks."""

    pitch: float
    """Hertz."""
    size: float
    """By which the formants lie higher: a shorter throat has a larger one."""
    pace: float
    """Times as fast as usual."""
    seed: int


@dataclass(frozen=True, slots=True)
class _Sound:
    """What the mouth does for some time."""

    seconds: float
    formants: tuple[int, int, int]
    voiced: float = 0.0
    sharp: float = 0.0
    soft: float = 0.0


def speak(voice: Voice, words: str) -> Samples:
    """The words as samples, at most 1, shape (n,); it begins with the first sound and ends with the last."""
    sounds = _sounds(words)
    ends = np.cumsum([sound.seconds / voice.pace for sound in sounds])
    count = int(ends[-1] / _STEP)
    which = np.minimum(np.searchsorted(ends, np.arange(count) * _STEP, side="right"), len(sounds) - 1)
    formants = np.array([sound.formants for sound in sounds], float)[which] * voice.size
    formants = np.stack([_smooth(column, 9) for column in formants.T])
    loud = np.array([(sound.voiced, sound.sharp, sound.soft) for sound in sounds])[which]
    voiced, sharp, soft = (_smooth(column, 5) * _edges(count) for column in loud.T)
    samples = int(count * _STEP * RATE)
    at, states = np.arange(samples) / RATE / _STEP, np.arange(count)
    made = _buzz(_pitches(voice, words, count), formants, voiced, at)
    rng = np.random.default_rng(voice.seed + len(words))
    noise = np.fft.rfft(rng.normal(size=samples))
    heights = np.fft.rfftfreq(samples, 1 / RATE)
    for strength, low, high in ((sharp, 4200, 8500), (soft, 1400, 5200)):
        band = np.fft.irfft(noise * ((heights > low) & (heights < high)), samples)
        made += 0.16 * band / band.std() * np.interp(at, states, strength)
    return made / np.abs(made).max()


def _sounds(words: str) -> list[_Sound]:
    made: list[_Sound] = []
    rest = _VOWELS["e"]
    for letter in words.lower():
        if letter in _VOWELS:
            made.append(_Sound(0.105, _VOWELS[letter], voiced=1.0))
        elif letter in _SONORANTS:
            made.append(_Sound(0.07, _SONORANTS[letter], voiced=0.5))
        elif letter in _SHARP:
            made.append(_Sound(0.085, rest, sharp=1.0, voiced=0.2 if letter == "z" else 0.0))
        elif letter in _SOFT:
            made.append(_Sound(0.065, rest, soft=0.5, voiced=0.3 if letter in "vj" else 0.0))
        elif letter in _STOPS:
            made += [_Sound(0.04, rest)] if made else []
            made.append(_Sound(0.018, rest, soft=1.1, sharp=0.4, voiced=0.3 if letter in "bdg" else 0.0))
        elif letter == " ":
            made.append(_Sound(0.035, rest))
        elif letter == ",":
            made.append(_Sound(0.2, rest))
    return made


def _pitches(voice: Voice, words: str, count: int) -> Samples:
    """Falling, with a little life in it; rising at the end of a question."""
    way = np.linspace(0, 1, count)
    rng = np.random.default_rng(voice.seed)
    life = _smooth(rng.normal(0, 0.22, count), 41)
    tail = 0.35 * np.clip((way - 0.75) / 0.25, 0, 1) if words.endswith("?") else -0.08 * way
    return voice.pitch * (1.1 - 0.16 * way + life + tail)


def _buzz(pitches: Samples, formants: Samples, voiced: Samples, at: Samples) -> Samples:
    """What the vocal cords and the throat give: overtones, each as loud as the formants make it."""
    states = np.arange(len(pitches))
    turn = np.exp(2j * np.pi * np.cumsum(np.interp(at, states, pitches)) / RATE)
    overtone: NDArray[np.complex128] = np.ones(len(at), np.complex128)
    made = np.zeros(len(at))
    for number in range(1, int(5000 / pitches.min()) + 1):
        overtone *= turn
        height = number * pitches
        gain = sum(
            weight / (1 + ((height - formant) / width) ** 2)
            for formant, width, weight in zip(formants, _WIDTHS, _WEIGHTS, strict=True)
        )
        audible = np.clip((5200 - height) / 400, 0, 1)
        made += np.interp(at, states, voiced * gain * audible / number**0.35) * overtone.imag
    return made


def _smooth(values: Samples, width: int) -> Samples:
    padded = np.pad(values, width // 2, mode="edge")
    window = np.hanning(width + 2)[1:-1]
    return np.asarray(np.convolve(padded, window / window.sum(), mode="valid"), np.float64)


def _edges(count: int) -> Samples:
    """0 at both ends, 1 after a hundredth of a second."""
    away = np.minimum(np.arange(count), np.arange(count)[::-1])
    return np.clip(away / 2, 0, 1)
