"""What a device is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.app.conftest import settle
from tests.rows import written
from tests.sound.talk import RATE, sound_row, spoken, voice, write_wave
from viewer.app.background import Background
from viewer.app.opening import Start
from viewer.app.sound_output import Speaker, encoded, with_channels
from viewer.app.window import Window
from viewer.media.sound import open_sound
from viewer.media.source import file_source
from viewer.sound.course import Course

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
    assert whole.tolist() == [16384, 0, -8192, 4096, 32767, -32768]


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


class Sink:
    """A device that keeps what it was given, in bites of any number of bytes."""

    def __init__(self, device: Any, form: multimedia.QAudioFormat, parent: object) -> None:
        self.form, self.given, self.stopped = form, bytearray(), False
        self.stateChanged = SimpleNamespace(connect=lambda call: None, disconnect=lambda call: None)
        self._size, self._bites = 0, np.random.default_rng(5)

    def setBufferSize(self, size: int) -> None:
        self._size = size

    def bufferSize(self) -> int:
        return self._size

    def bytesFree(self) -> int:
        return self._size  # it plays as fast as it is fed

    def start(self) -> Sink:
        return self

    def write(self, data: bytes) -> int:
        assert not self.stopped and len(data) <= self._size
        taken = min(len(data), int(self._bites.integers(1, 1 + self._size)))
        self.given += data[:taken]
        return taken

    def error(self) -> Any:
        return multimedia.QtAudio.Error.NoError

    def stop(self) -> None:
        self.stopped = True

    def deleteLater(self) -> None:
        return

    def samples(self) -> np.ndarray:
        """As the file has them, shape (channels, n); what came of the last one only in part is left out."""
        kind = {Sample.Float: "<f4", Sample.Int16: "<i2"}[self.form.sampleFormat()]
        size = self.form.bytesPerFrame()
        found = np.frombuffer(bytes(self.given[: len(self.given) // size * size]), kind)
        found = found.reshape(-1, self.form.channelCount()).T
        return found if kind == "<f4" else found / np.float32(32768)


class Device:
    """One that takes some kinds of numbers only."""

    def __init__(self, *kinds: Sample) -> None:
        self._kinds = kinds

    def isFormatSupported(self, form: multimedia.QAudioFormat) -> bool:
        return form.sampleFormat() in self._kinds


@pytest.fixture
def sinks(monkeypatch: pytest.MonkeyPatch) -> list[Sink]:
    made: list[Sink] = []

    def make(*given: Any) -> Sink:
        made.append(Sink(*given))
        return made[-1]

    monkeypatch.setattr(multimedia, "QAudioSink", make)
    return made


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    made = Background()
    yield made
    made.close()


@pytest.mark.parametrize("kind", [Sample.Float, Sample.Int16])
@pytest.mark.parametrize("channels", [1, 2])
def test_a_device_is_given_every_sample_of_a_stretch_in_order(
    kind: Sample, channels: int, sinks: list[Sink], background: Background, tmp_path: Path, qtbot: QtBot
) -> None:
    samples = write_wave(tmp_path / "a.wav", voice(5, channels=channels))
    sound = open_sound(file_source(tmp_path / "a.wav", tmp_path))
    speaker = Speaker(sound, Device(kind), background)  # type: ignore[arg-type]
    for start, end in ((0, samples.shape[1]), (12_345, 20_001), (39_998, 39_999)):
        speaker.start(Course(start, end))
        sink = sinks[-1]
        qtbot.waitUntil(lambda end=end, start=start: speaker.heard() >= end - start, timeout=5000)
        qtbot.wait(30)
        assert np.array_equal(sink.samples(), samples[:, start:end])
        assert speaker.heard() == end - start
    speaker.stop()
    assert all(sink.stopped for sink in sinks)
    sound.close()


def test_a_loop_goes_from_its_last_sample_to_its_first(
    sinks: list[Sink], background: Background, tmp_path: Path, qtbot: QtBot
) -> None:
    samples = write_wave(tmp_path / "a.wav", voice(5, channels=2))
    sound = open_sound(file_source(tmp_path / "a.wav", tmp_path))
    speaker = Speaker(sound, Device(Sample.Float), background)  # type: ignore[arg-type]
    speaker.start(Course(9_500, 10_207, again_from=9_001))
    qtbot.waitUntil(lambda: speaker.heard() > 6_000, timeout=5000)
    speaker.stop()
    given = sinks[-1].samples()
    wanted = np.concatenate([samples[:, 9_500:10_207], *[samples[:, 9_001:10_207]] * 1000], axis=1)
    assert np.array_equal(given, wanted[:, : given.shape[1]])
    sound.close()


def test_after_a_seek_the_device_is_given_what_the_cursor_stands_on(
    sinks: list[Sink], make_window: Callable[[], Window], tmp_path: Path, qtbot: QtBot
) -> None:
    written(tmp_path, [sound_row(spoken("ann", (1001, 1500.5)), data_duration=30.0)])
    samples = write_wave(tmp_path / "talk.wav", voice(30))
    window = make_window()
    window.open(Start((tmp_path,)))
    settle(window, qtbot)
    player = window.sound_player
    device = Device(Sample.Float)
    player._make_output = lambda sound, rate: (Speaker(sound, device, window.background), "")  # type: ignore[arg-type]

    def given_from(sample: int) -> bool:
        given = sinks[-1].samples()[0]
        return len(given) > RATE and np.array_equal(given, samples[0, sample : sample + len(given)])

    player.play()
    qtbot.waitUntil(lambda: given_from(0), timeout=5000)
    window.sounds.go_to(123_457)
    qtbot.waitUntil(lambda: len(sinks) == 2 and given_from(123_457), timeout=5000)
    player.pause()
    # the selected range: from its first sample, which is the first that does not lie before it, to before its end
    window.session.set(selected="ann", stretch=0)
    window.here.play_stretch()
    qtbot.waitUntil(lambda: not player.is_playing, timeout=5000)
    assert np.array_equal(sinks[-1].samples()[0], samples[0, 1001 * RATE // 1000 : 15_005 * RATE // 10_000])
    assert window.session.state.position == 15_005 * RATE // 10_000
