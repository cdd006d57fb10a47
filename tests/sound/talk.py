"""A sound of our own and an export of labels on it."""

from __future__ import annotations

import wave
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.rows import answer, row, unit, written

RATE = 8000


def voice(seconds: float, rate: int = RATE, channels: int = 1) -> NDArray[np.float32]:
    """Syllables of a buzz with pauses, in a whisper of noise; shape (channels, n)."""
    rng = np.random.default_rng(7)
    times = np.arange(round(seconds * rate)) / rate
    pitch = 110 + 25 * np.sin(times * 1.7)
    buzz = sum(np.sin(np.cumsum(2 * np.pi * pitch * part / rate)) / part for part in range(1, 9))
    loud = np.clip(np.sin(times * 9), 0, 1) ** 0.5 * np.clip(np.sin(times * 0.9) + 0.6, 0, 1)
    one = 0.28 * np.asarray(buzz) * loud + 0.004 * rng.standard_normal(len(times))
    shifted = [np.roll(one, rate // 3 * at) * (1 - 0.3 * at) for at in range(channels)]
    return np.clip(np.stack(shifted), -1, 1).astype(np.float32)


def write_wave(path: Path, samples: NDArray[np.float32], rate: int = RATE) -> NDArray[np.float32]:
    """16 bits; gives back what is in the file then."""
    whole = np.rint(samples * 32767).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(len(whole))
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(whole.T.tobytes())
    return whole.astype(np.float32) / 32768


def spoken(
    object_hash: str, *ranges: Any, name: str = "Speaker", words: str = "", colour: str = "#3B8EEA", **more: Any
) -> dict[str, Any]:
    """An entry of `object_answers`, ranges in milliseconds."""
    return {
        "objectHash": object_hash,
        "featureHash": f"cls-{name.lower()}",
        "name": name,
        "value": name.lower(),
        "color": colour,
        "shape": "audio",
        "classifications": [answer("words", "Transcript", words)] if words else [],
        "range": [list(one) for one in ranges],
        "createdBy": "ann@example.org",
        "createdAt": "Mon, 02 Mar 2026 09:30:00 GMT",
        "manualAnnotation": True,
        **more,
    }


def judged(classification_hash: str, name: str, *ranges: Any, option: str = "Yes") -> dict[str, Any]:
    """An entry of `classification_answers`; without ranges of the whole sound."""
    return {
        "classificationHash": classification_hash,
        "featureHash": f"cls-{name.lower()}",
        "classifications": [answer(f"att-{name.lower()}", name, [(f"opt-{option.lower()}", option)])],
        "range": [list(one) for one in ranges],
        "createdBy": "ann@example.org",
        "createdAt": "Mon, 02 Mar 2026 09:30:00 GMT",
        "manualAnnotation": True,
    }


def sound_row(*labels: dict[str, Any], judgements: tuple[dict[str, Any], ...] = (), **more: Any) -> dict[str, Any]:
    """A row of one sound."""
    facts = {"data_title": "talk.wav", "data_duration": 4.0, **more}
    made = row(unit({}, mime="audio/wav", **facts), data_type="audio", data_title="talk.wav")
    for size in ("width", "height"):
        del made["data_units"]["data0001"][size]
    made["object_answers"] = {one["objectHash"]: one for one in labels}
    made["classification_answers"] = {one["classificationHash"]: one for one in judgements}
    return made


LABELS = (
    spoken("ann", (0, 900), (1500, 2400), words="Good morning, how are you?"),
    spoken("ben", (850, 1400), (2200, 3000), words="Fine, thank you", colour="#3B8EEA"),
    spoken("tune", (500, 2600), name="Music", colour="#E2A63D"),
)
JUDGEMENTS = (judged("whole1", "Noisy"), judged("part1", "Laughter", (1000, 1200)))


def talk(folder: Path, *labels: dict[str, Any], seconds: float = 4.0, **more: Any) -> NDArray[np.float32]:
    """A folder with an export and its sound; without labels those above. Gives back the samples."""
    rows = sound_row(*(labels or LABELS), judgements=JUDGEMENTS if not labels else (), data_duration=seconds, **more)
    written(folder, [rows])
    return write_wave(folder / "talk.wav", voice(seconds))
