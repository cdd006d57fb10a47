"""What a device is given."""

from __future__ import annotations

import numpy as np
import pytest

from viewer.app.sound_output import encoded, with_channels

multimedia = pytest.importorskip("PySide6.QtMultimedia", exc_type=ImportError)
Sample = multimedia.QAudioFormat.SampleFormat


def format_of(rate: int, channels: int, sample: Sample) -> multimedia.QAudioFormat:
    made = multimedia.QAudioFormat()
    made.setSampleRate(rate)
    made.setChannelCount(channels)
    made.setSampleFormat(sample)
    return made


def test_channels_are_interleaved_as_they_are() -> None:
    samples = np.array([[0.5, -0.25, 1.0], [0.0, 0.125, -1.0]], dtype=np.float32)
    sent = np.frombuffer(encoded(samples, 8000, format_of(8000, 2, Sample.Float)), "<f4")
    assert sent.tolist() == [0.5, 0.0, -0.25, 0.125, 1.0, -1.0]
    whole = np.frombuffer(encoded(samples, 8000, format_of(8000, 2, Sample.Int16)), "<i2")
    assert whole.tolist() == [16383, 0, -8191, 4095, 32767, -32767]


def test_samples_too_loud_are_cut_and_not_wrapped() -> None:
    loud = np.array([[1.5, -2.0]], dtype=np.float32)
    for sample, kind, most in ((Sample.Int16, "<i2", 32767), (Sample.Int32, "<i4", 2147483520)):
        sent = np.frombuffer(encoded(loud, 8000, format_of(8000, 1, sample)), kind)
        assert sent[0] == pytest.approx(most, rel=1e-4) and sent[1] == pytest.approx(-most, rel=1e-4)


def test_another_rate_keeps_the_time() -> None:
    ramp = np.linspace(-1, 1, 8000, dtype=np.float32)[np.newaxis]
    sent = np.frombuffer(encoded(ramp, 8000, format_of(48_000, 1, Sample.Float)), "<f4")
    assert len(sent) == 48_000
    assert np.allclose(sent[::6], ramp[0], atol=1e-6)


def test_one_channel_is_heard_on_both_sides_and_many_are_mixed() -> None:
    one = np.array([[0.1, 0.2]], dtype=np.float32)
    assert np.array_equal(with_channels(one, 2), np.repeat(one, 2, axis=0))
    four = np.stack([np.full(3, value, dtype=np.float32) for value in (0.4, 0.0, 0.2, 0.2)])
    assert np.allclose(with_channels(four, 2), 0.2)
