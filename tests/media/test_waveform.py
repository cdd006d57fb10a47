"""Extremes of a sound at any zoom, against numpy's minimum and maximum of the very samples."""

from __future__ import annotations

import math
from types import SimpleNamespace

import numpy as np
import pytest

from viewer.media.waveform import BLOCK, CHUNK, Waveform


class Memory:
    """A sound in memory that counts what is read of it."""

    rate, notes, warnings = 8000, (), ()

    def __init__(self, samples: np.ndarray, claimed: int | None = None):
        self.data = np.asarray(samples, np.float32)
        self.channels = len(self.data)
        self.count = self.data.shape[1] if claimed is None else claimed
        self.reads: list[tuple[int, int]] = []

    def samples(self, start: int, end: int) -> np.ndarray:
        self.reads.append((start, end))
        return self.data[:, max(0, start) : max(0, end)].copy()

    def close(self) -> None: ...


def noise(count: int, channels: int = 2, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).uniform(-1, 1, (channels, count)).astype(np.float32)


def built(sound, budget: int = 1 << 20) -> Waveform:
    made = Waveform(sound, budget)
    made.build(lambda _: None, lambda: False)
    return made


def plain(data: np.ndarray, first: float, per_column: float, width: int) -> tuple[np.ndarray, np.ndarray]:
    """Column by column, as the docstring says."""
    low = np.full((len(data), width), np.nan, np.float32)
    high = low.copy()
    for column in range(width):
        start, end = first + column * per_column, first + (column + 1) * per_column
        inside = [math.ceil(start), math.ceil(end)]
        if inside[0] == inside[1]:
            inside[0] -= 1
        here = data[:, max(0, inside[0]) : max(0, inside[1])]
        for channel, values in enumerate(here):
            values = values[~np.isnan(values)]
            if len(values):
                low[channel, column], high[channel, column] = values.min(), values.max()
    return low, high


def same(ours, theirs) -> bool:
    return all(np.array_equal(a, b, equal_nan=True) for a, b in zip(ours, theirs, strict=True))


COUNT = 2 * CHUNK + 1234


@pytest.mark.parametrize(
    "per_column", [0.05, 0.37, 1, 1.5, 7.3, 255, 256, 300.25, 1023.9, 1024, 1500.5, 5000.1, 40_000]
)
def test_every_column_is_exact_at_every_zoom(per_column):
    data = noise(COUNT)
    made = built(Memory(data))
    chance = np.random.default_rng(int(per_column * 100))
    for first in (0, 0.5, -3 * per_column, COUNT - 5 * per_column, *chance.uniform(0, COUNT, 6)):
        assert same(made.fine(first, per_column, 60), plain(data, first, per_column, 60))


@pytest.mark.parametrize("budget", [3_000, 20_000, 100_000])
def test_with_larger_blocks_too(budget):
    data = noise(COUNT)
    made = built(Memory(data), budget)
    assert made.nbytes <= budget * 1.05
    for first, per_column in ((0, COUNT / 50), (777.5, 4321.9), (20_000.2, 17.7)):
        assert same(made.fine(first, per_column, 60), plain(data, first, per_column, 60))


@pytest.mark.parametrize("per_column", [0.3, 100, 900.5, 4096, 60_001.5])
def test_memory_alone_leaves_nothing_out(per_column):
    data = noise(COUNT)
    made = built(Memory(data))
    sound_reads = len(made._sound.reads)
    low, high = made.columns(1000.5, per_column, 50)
    assert len(made._sound.reads) == sound_reads, "nothing is read"
    exact_low, exact_high = plain(data, 1000.5, per_column, 50)
    there = ~np.isnan(exact_low)
    assert (low[there] <= exact_low[there]).all() and (high[there] >= exact_high[there]).all()
    assert np.isnan(low[~there]).all()


def test_memory_alone_is_exact_where_columns_are_whole_blocks():
    data = noise(COUNT)
    made = built(Memory(data))
    for blocks in (1, 3, 4, 17, 64):
        per_column = blocks * BLOCK
        assert same(made.columns(2 * BLOCK, per_column, 40), plain(data, 2 * BLOCK, per_column, 40))


def test_blocks_may_grow_beyond_what_is_read_at_once(monkeypatch):
    monkeypatch.setattr("viewer.media.waveform.CHUNK", 1024)
    data = noise(300_001, 1)
    made = built(Memory(data), 0)
    for first, per_column in ((0, 300_001 / 7), (12.5, 30_000.7)):
        assert same(made.fine(first, per_column, 10), plain(data, first, per_column, 10))


def test_an_overview_reads_hardly_anything():
    sound = Memory(noise(12 * CHUNK, 1))
    made = built(sound)
    sound.reads.clear()
    made.fine(0, 12 * CHUNK / 1500.3, 1500)
    assert sum(end - start for start, end in sound.reads) < sound.count / 2


def test_samples_that_are_no_numbers_are_gaps():
    data = noise(COUNT, 1)
    data[0, 5000:9000] = np.nan
    data[0, 100] = np.nan
    made = built(Memory(data))
    for first, per_column in ((0, 100.5), (0, 1), (0, 2048), (3000.5, 3333.3)):
        assert same(made.fine(first, per_column, 90), plain(data, first, per_column, 90))
    low, _ = made.columns(0, 256, 40)
    assert np.isnan(low[0, 20:35]).all() and not np.isnan(low[0, :19]).any()


def test_whole_numbers_lose_nothing():
    numbers = np.random.default_rng(4).integers(-32768, 32768, (COUNT, 2)).astype(np.int16)
    sound = Memory(numbers.T / 32768)
    quick = SimpleNamespace(
        channels=2, count=COUNT, samples=sound.samples, interleaved=lambda start, end: numbers[start:end]
    )
    ours, theirs = built(quick), built(sound)
    for first, per_column in ((0, 3000.5), (5, 256), (100.5, 10)):
        assert same(ours.fine(first, per_column, 100), theirs.fine(first, per_column, 100))
        assert same(ours.columns(first, per_column, 100), theirs.columns(first, per_column, 100))


def test_it_grows_while_it_is_built():
    data = noise(COUNT)
    made, seen = Waveform(Memory(data), 1 << 20), []

    def progress(done: float) -> None:
        seen.append((done, made.known))
        low, _ = made.columns(0, COUNT / 100, 100)
        known = int((~np.isnan(low[0])).sum())
        assert abs(known - 100 * made.known / COUNT) <= 1

    made.build(progress, lambda: len(seen) == 1)
    assert [known for _, known in seen] == [CHUNK] and made.known == CHUNK
    made.build(progress, lambda: False)
    assert made.known == COUNT and seen[-1][0] == 1.0
    assert same(made.fine(0, 2000, 100), plain(data, 0, 2000, 100))


@pytest.mark.parametrize("claimed", [0, 1000, 100 * COUNT])
def test_a_header_that_lies_changes_nothing(claimed):
    data = noise(COUNT)
    made = built(Memory(data, claimed), 200_000)
    assert made.known == COUNT and made.nbytes <= 210_000
    assert same(made.fine(0.5, 5000.1, 80), plain(data, 0.5, 5000.1, 80))


def test_no_samples_at_all():
    made = built(Memory(np.zeros((2, 0))))
    for found in (*made.columns(0, 10, 7), *made.fine(0, 10, 7), *made.fine(0, 5000, 7)):
        assert found.shape == (2, 7) and np.isnan(found).all()


def test_three_hours_of_stereo_stay_within_the_budget():
    three_hours = SimpleNamespace(channels=2, count=3 * 3600 * 48_000)
    assert Waveform(three_hours, 64 << 20).nbytes <= 64 << 20
    assert Waveform(three_hours, 8 << 20).nbytes <= 8 << 20
