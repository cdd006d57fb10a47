"""Spectrograms against a plain transform of each window, and tones whose frequency is known."""

from __future__ import annotations

import colorsys

import numpy as np
import pytest

from viewer.media.colour_maps import COLOUR_MAPS, colour_table
from viewer.media.progress import Stopped
from viewer.media.spectrogram import Settings, frequency_of_row, levels_at, picture, row_of_frequency

RATE = 8000


class Memory:
    rate, notes, warnings = RATE, (), ()

    def __init__(self, samples: np.ndarray):
        self.data = np.atleast_2d(np.asarray(samples, np.float32))
        self.channels, self.count = self.data.shape

    def samples(self, start: int, end: int) -> np.ndarray:
        assert 0 <= start <= end
        return self.data[:, start:end].copy()

    def close(self) -> None: ...


def tone(frequency: float, seconds: float = 2.0, loudness: float = 1.0) -> np.ndarray:
    return loudness * np.sin(2 * np.pi * frequency * np.arange(int(seconds * RATE)) / RATE)


def brightness(made: np.ndarray) -> np.ndarray:
    return made[..., :3].astype(int).sum(axis=2)


@pytest.mark.parametrize("scale", ["linear", "mel"])
@pytest.mark.parametrize("height", [40, 200, 900])
@pytest.mark.parametrize("frequency", [150, 440, 1000, 1234.5, 3700])
def test_a_tone_lights_the_row_of_its_frequency(scale, height, frequency):
    settings = Settings(window=1024, scale=scale, colour_map="grey", floor_db=-40)
    made = brightness(picture(Memory(tone(frequency)), 0, 2000, 100, 50, height, settings))
    lit = np.flatnonzero(made[:, 25] == made[:, 25].max())
    bottom, top = (frequency_of_row(edge, height, RATE, settings) for edge in (lit.max() + 1, lit.min()))
    bin_width = RATE / 1024
    assert bottom - bin_width <= frequency <= top + bin_width
    assert abs(row_of_frequency(frequency, height, RATE, settings) - (lit.min() + lit.max() + 1) / 2) <= max(
        2, height * bin_width / 400
    )


def test_the_two_ways_between_rows_and_frequencies_agree():
    for settings in (Settings(), Settings(scale="mel"), Settings(scale="mel", lowest=100, highest=3000)):
        for row in (0, 3.3, 50, 100):
            assert row_of_frequency(frequency_of_row(row, 100, RATE, settings), 100, RATE, settings) == pytest.approx(
                row
            )
    assert frequency_of_row(0, 100, RATE, Settings()) == RATE / 2
    assert frequency_of_row(100, 100, RATE, Settings()) == 0
    # 1,000 Hz is 1,000 mel by definition
    half = Settings(scale="mel", highest=1000)
    assert frequency_of_row(50, 100, RATE, half) == pytest.approx(700 * (10 ** (999.99 / 2 / 2595) - 1), rel=1e-3)


def test_silence_is_the_floor_and_full_scale_the_ceiling():
    settings = Settings(colour_map="grey", window=256)
    assert (brightness(picture(Memory(np.zeros(RATE)), 0, 0, 10, 100, 30, settings)) == 0).all()
    # exactly on a bin, so that all of it falls into one
    made = picture(Memory(tone(1000)), 0, 4000, 10, 20, 129, settings)
    assert (brightness(made).max(axis=0) == 3 * 255).all()
    quieter = picture(Memory(tone(1000, loudness=0.1)), 0, 4000, 10, 20, 129, Settings(colour_map="grey", window=256))
    assert np.abs(brightness(quieter).max(axis=0) / 3 - 255 * 70 / 90).max() <= 1


@pytest.mark.parametrize("per_column", [0.4, 3, 77.7, 5000])
def test_against_each_window_on_its_own(per_column):
    data = np.random.default_rng(1).uniform(-1, 1, 200_000)
    sound, window = Memory(data), 512
    middles = np.floor(1234.5 + (np.arange(30) + 0.5) * per_column).astype(int)
    ours = levels_at(sound, 0, middles, window)
    # the periodic window of signal processing is the symmetric one of one more sample without its last
    weights = np.hanning(window + 1)[:-1]
    for column, middle in enumerate(middles):
        part = data[middle - window // 2 : middle + window // 2]
        plain = [
            abs((part * weights * np.exp(-2j * np.pi * bin_ * np.arange(window) / window)).sum()) * 2 / weights.sum()
            for bin_ in (0, 1, 17, 100, 255, 256)
        ]
        assert np.allclose(10 ** (ours[column, [0, 1, 17, 100, 255, 256]] / 20), plain, atol=1e-5)


def test_beyond_the_sound_there_is_nothing():
    made = picture(Memory(tone(1000, 1)), 0, -400, 100, 100, 20, Settings(window=256))
    assert (made[:, :4] == 0).all() and (made[:, 84:] == 0).all() and (made[:, 4:84, 3] == 255).all()


def test_the_channel_that_was_asked_for():
    sound = Memory(np.stack([np.zeros(RATE), tone(1000, 1)]))
    settings = Settings(colour_map="grey")
    assert brightness(picture(sound, 0, 2000, 10, 10, 50, settings)).max() == 0
    assert brightness(picture(sound, 1, 2000, 10, 10, 50, settings)).max() > 700


def test_samples_that_are_no_numbers_are_silence():
    data = tone(1000)
    data[3000:5000] = np.nan
    made = picture(Memory(data), 0, 0, 100, 160, 50, Settings(window=256, colour_map="grey"))
    assert brightness(made)[:, 35:45].max() == 0 and brightness(made)[:, 10].max() > 700


def test_pieces_join_seamlessly(monkeypatch):
    data = np.random.default_rng(2).uniform(-1, 1, 50_000)
    whole = picture(Memory(data), 0, 100, 33.3, 1000, 60, Settings(window=256))
    monkeypatch.setattr("viewer.media.spectrogram.AT_ONCE", 256 * 7)
    assert np.array_equal(whole, picture(Memory(data), 0, 100, 33.3, 1000, 60, Settings(window=256)))


def test_it_stops_between_two_reads_far_apart():
    """A jump in a compressed sound takes long."""
    sound, reads = Memory(tone(440, 60)), []
    read = sound.samples

    def counted(start: int, end: int) -> np.ndarray:
        reads.append(start)
        return read(start, end)

    sound.samples = counted  # type: ignore[method-assign]
    with pytest.raises(Stopped):
        picture(sound, 0, 0, 60 * RATE / 80, 80, 10, Settings(), lambda: len(reads) == 5)
    assert len(reads) == 5


def test_it_stops_when_told_to():
    with pytest.raises(Stopped):
        picture(Memory(tone(440)), 0, 0, 10, 10, 10, Settings(), lambda: True)


@pytest.mark.parametrize("name", COLOUR_MAPS)
def test_louder_is_always_lighter(name):
    table = colour_table(name)
    assert table.shape == (256, 4) and (table[:, 3] == 255).all()
    luma = table[:, :3].astype(float) @ [0.11, 0.59, 0.30]
    assert (np.diff(luma) >= -0.6).all() and luma[0] == 0 and luma[-1] > 253
    assert np.abs(luma - np.arange(256)).max() < 12, "evenly"


def test_the_warm_map_is_warm_in_the_middle():
    blue, _, red, _ = (int(value) for value in colour_table("warm")[140])
    assert red > blue + 40
    hues = [colorsys.rgb_to_hsv(*(int(v) / 255 for v in colour_table("warm")[at, 2::-1]))[0] for at in (90, 140, 190)]
    assert all(hue < 0.2 or hue > 0.8 for hue in hues), "from magenta by red to orange"
