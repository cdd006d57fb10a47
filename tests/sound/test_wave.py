"""The painted waveform, read back from pixels, against the samples."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

from tests.sound.talk import RATE, voice
from viewer.app import theme
from viewer.media.waveform import Waveform
from viewer.sound.bands import Bands
from viewer.sound.chart import SoundChart
from viewer.sound.detail import detail_of
from viewer.sound.paint_wave import paint_waves, strips_of_columns, strips_of_samples
from viewer.sound.sound_look import SoundLook
from viewer.sound.sound_pane import SoundPane
from viewer.sound.wave import row_of, wave_mask


class Held:
    """A sound in memory."""

    def __init__(self, samples: np.ndarray, rate: int = RATE) -> None:
        self.held, self.rate = samples, rate
        self.channels, self.count = samples.shape
        self.notes = self.warnings = ()

    def samples(self, start: int, end: int) -> np.ndarray:
        return self.held[:, max(start, 0) : max(end, 0)]

    def close(self) -> None:
        return


def painted(chart: SoundChart, strips: list) -> np.ndarray:
    """(height, width), True where the colour is."""
    ratio = chart.ratio
    image = QImage(round(chart.bands.width * ratio), round(chart.bands.height * ratio), QImage.Format.Format_RGB32)
    image.fill(0)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    paint_waves(painter, chart, strips, "#00ff00", chart.bands.width)
    painter.end()
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return pixels[:, : image.width(), 1] > 128


def built(samples: np.ndarray) -> tuple[Held, Waveform]:
    sound = Held(samples)
    wave = Waveform(sound, 10_000_000)  # type: ignore[arg-type]
    wave.build(lambda _: None, lambda: False)
    return sound, wave


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("zoom", [1, 3.7, 20, 90])
def test_extremes_of_each_column_are_those_of_its_samples(qapp, ratio: float, zoom: float) -> None:
    rng = np.random.default_rng(3)
    samples = np.clip(voice(20, channels=2) * 2 + rng.normal(0, 0.05, (2, 20 * RATE)), -1, 1).astype(np.float32)
    sound, wave = built(samples)
    chart = SoundChart()
    chart.place(Bands.of(700, 500, 100, 240, 2, "wave"), ratio)
    chart.show_length(RATE, sound.count)
    chart.axis = chart.axis.zoomed_at(chart.axis.width / 3, zoom)
    axis = chart.axis
    detail = detail_of(sound, wave, axis)  # type: ignore[arg-type]
    assert detail is not None and detail.columns is not None
    seen = painted(chart, strips_of_columns(chart, *detail.columns))
    left = round(chart.bands.left * ratio)
    for channel, (top, height) in enumerate(chart.bands.waves()):
        first, last = int(top * ratio + 0.5), int((top + height) * ratio + 0.5)
        rows = last - first
        for column in range(3, axis.width - 3, 7):
            begin = int(np.ceil(axis.first + column * axis.per_column))
            end = int(np.ceil(axis.first + (column + 1) * axis.per_column))
            own = samples[channel, begin:end]
            lit = np.flatnonzero(seen[first:last, left + column])
            upper, lower = (float(1 - 2 * edge / (rows - 1)) for edge in (lit[0], lit[-1]))
            # a pixel is 2 / (rows - 1) of amplitude; neighbours that lie apart are led up to one another
            near = samples[channel, int(begin - axis.per_column) : int(end + axis.per_column)]
            assert own.max() - 1.01 / (rows - 1) <= upper <= near.max() + 1.01 / (rows - 1)
            assert near.min() - 1.01 / (rows - 1) <= lower <= own.min() + 1.01 / (rows - 1)


def test_a_single_loud_sample_is_seen_in_all_of_a_long_sound(qapp) -> None:
    samples = np.zeros((1, 3_000_000), dtype=np.float32)
    samples[0, 1_234_567], samples[0, 2_000_001] = 0.75, -1.0
    sound, wave = built(samples)
    chart = SoundChart()
    chart.place(Bands.of(900, 400, 100, 202, 1, "wave"), 1.0)
    chart.show_length(RATE, sound.count)
    axis = chart.axis
    seen = painted(chart, strips_of_columns(chart, *wave.columns(axis.first, axis.per_column, axis.width)))
    (top, height) = chart.bands.waves()[0]
    for sample, value in ((1_234_567, 0.75), (2_000_001, -1.0)):
        column = chart.bands.left + int(axis.x_of(sample))
        assert seen[top + int(row_of(np.array([value]), height)[0]), column]
    assert seen.any(axis=0).sum() == axis.width


def test_single_samples_stand_where_they_are(qapp) -> None:
    samples = np.zeros((1, 4000), dtype=np.float32)
    samples[0, 2000] = 0.8
    sound, wave = built(samples)
    chart = SoundChart()
    chart.place(Bands.of(740, 400, 100, 200, 1, "wave"), 1.0)
    chart.show_length(RATE, sound.count)
    chart.axis = chart.axis.showing(1980, 2020)
    detail = detail_of(sound, wave, chart.axis)  # type: ignore[arg-type]
    assert detail is not None and detail.samples is not None
    (strip,) = strips_of_samples(chart, detail.first, detail.samples)
    assert strip.has_dots
    seen = painted(chart, [strip])
    highest = np.argwhere(seen)[np.argwhere(seen)[:, 0].argmin()]
    assert abs(highest[1] - chart.x_of(2000)) <= 3
    (top, height) = chart.bands.waves()[0]
    assert abs(highest[0] - (top + 0.1 * (height - 1))) <= 3


def test_what_is_not_known_stays_empty_and_gaps_are_led_over() -> None:
    lows = np.array([-0.5, np.nan, 0.5, -1.0], dtype=np.float32)
    mask = wave_mask(lows, lows, 101)
    assert not mask[:, 1].any()
    assert mask[75, 0] and mask[25, 2] and mask[100, 3]
    # the third and fourth column meet half way
    assert mask[:, 2].sum() + mask[:, 3].sum() == 76
    assert not (mask[:, 2] & mask[:, 3]).any()


def test_gain_draws_quiet_sounds_taller_and_never_beyond_the_strip() -> None:
    assert row_of(np.array([0.1]), 101, 5.0)[0] == 25
    assert row_of(np.array([0.9, -0.9]), 101, 5.0).tolist() == [0, 100]


def test_a_spectrogram_that_nobody_waits_for_any_more_is_given_up(qtbot) -> None:
    reads: list[int] = []
    works: list[Callable[[], Any]] = []

    class Counted(Held):
        def samples(self, start: int, end: int) -> np.ndarray:
            reads.append(start)
            return super().samples(start, end)

    sound = Counted(voice(20))
    wave = Waveform(sound, 10_000_000)  # type: ignore[arg-type]
    pane = SoundPane(lambda key, work, then: works.append(work), theme.DARK.chart)
    qtbot.addWidget(pane)
    pane.resize(600, 400)
    pane.show_length(RATE, sound.count)
    pane.set_look(SoundLook(show="spectrum"))
    pane.show_sound(sound, wave)  # type: ignore[arg-type]
    pane._ask()
    pane.zoom_in()
    pane._ask()
    first, second = works
    assert first() is None and not reads
    made = second()
    assert made.axis == pane.view.chart.axis and reads
    pane.show_sound(None, None)
    reads.clear()
    assert second() is None and not reads


@pytest.mark.parametrize("show", ["wave", "both", "spectrum"])
@pytest.mark.parametrize("channels", [1, 2, 8])
def test_many_channels_have_room_for_their_names(channels: int, show: str) -> None:
    bands = Bands.of(600, 500, 100, 60, channels, show)  # type: ignore[arg-type]
    strips = sorted([*bands.waves(), *bands.spectra()])
    assert len(strips) == channels * (2 if show == "both" else 1)
    assert min(height for _, height in strips) >= 16
    assert all(top + height <= after for (top, height), (after, _) in pairwise(strips))
    assert bands.rows_top + 3 * 20 <= 500
