"""Where a sound is heard: the device, or, where there is none, a clock."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

from viewer.app.background import Background
from viewer.app.qt_libraries import missing_from, sentence
from viewer.errors import ViewerError
from viewer.media.kinds import Sound
from viewer.sound.course import Course
from viewer.sound.tempo import blocks_of

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioDevice, QAudioFormat

FEED_MS = 10
BUFFER_SECONDS, AHEAD_SECONDS = 0.15, 1.0
"""Given to the device; made ready in a worker."""
GONE = "The sound device does not answer any more; the next time that something is played another one is looked for"
STALLED_SECONDS = 1.5
"""After which a device that took nothing is gone: some systems say nothing when one is unplugged."""


class Output(Protocol):
    """What a player asks for the moment that is heard."""

    def start(self, course: Course) -> None: ...

    def heard(self) -> float:
        """Frames heard since the start, at the sound's own rate."""
        ...

    def stop(self) -> None: ...


class Clock:
    """Silent: as if the device were heard."""

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._began = 0.0

    def start(self, course: Course) -> None:
        self._began = time.monotonic()

    def heard(self) -> float:
        return (time.monotonic() - self._began) * self._rate

    def stop(self) -> None:
        return


def find_device() -> tuple[QAudioDevice | None, str]:
    """The device that sound goes to, or why there is none. Loads Qt's multimedia, so only when something is played."""
    try:
        from PySide6.QtMultimedia import QMediaDevices
    except ImportError as error:
        return None, _missing(error)
    device = QMediaDevices.defaultAudioOutput()
    return (None, "No sound device: the system names none") if device.isNull() else (device, "")


def _missing(error: ImportError) -> str:
    """In few words, and after a colon what is to be done."""
    missing = missing_from(error)
    if missing:
        return f"{missing[0]} is missing: {sentence(missing)}"
    return f"QtMultimedia is missing: pip install PySide6-Addons ({error})"


class Speaker(QObject):
    """Sends a sound to a device. What is heard is what was sent but for what still waits in the device's buffer."""

    lost = Signal(str)
    """The device is gone, or refuses; why."""

    def __init__(self, sound: Sound, device: QAudioDevice, background: Background) -> None:
        super().__init__()
        self._sound, self._device, self._background = sound, device, background
        self._format = format_for(device, sound)
        self._sink: Any = None
        self._pipe: Any = None
        self._blocks: Iterator[NDArray[np.float32]] = iter(())
        self._waiting = b""
        self._is_reading = self._is_at_end = False
        self._sent = 0
        self._run = 0
        self._took = 0.0, 0.0
        """How much was heard when it was last more than before, and when that was."""
        self._timer = QTimer(self)
        self._timer.setInterval(FEED_MS)
        self._timer.timeout.connect(self._feed)

    def start(self, course: Course) -> None:
        from PySide6.QtMultimedia import QAudioSink

        self.stop()
        self._blocks = blocks_of(course, self._sound.samples, self._sound.rate)
        self._waiting, self._sent, self._is_at_end = b"", 0, False
        self._sink = QAudioSink(self._device, self._format, self)
        self._sink.setBufferSize(self._format.bytesForDuration(round(BUFFER_SECONDS * 1e6)))
        self._sink.stateChanged.connect(self._on_state)
        self._pipe = self._sink.start()
        self._took = 0.0, time.monotonic()
        self._timer.start()
        self._feed()

    def heard(self) -> float:
        if self._sink is None:
            return 0.0
        waiting = max(self._sink.bufferSize() - self._sink.bytesFree(), 0)
        frames = max(self._sent - waiting, 0) / self._format.bytesPerFrame()
        return frames * self._sound.rate / self._format.sampleRate()

    def stop(self) -> None:
        self._run += 1
        self._timer.stop()
        self._is_reading = False
        self._background.cancel("sound ahead")
        if self._sink is not None:
            self._sink.stateChanged.disconnect(self._on_state)
            self._sink.stop()
            self._sink.deleteLater()
            self._sink = self._pipe = None

    def _on_state(self) -> None:
        from PySide6.QtMultimedia import QtAudio

        if self._sink is not None and self._sink.error() not in (QtAudio.Error.NoError, QtAudio.Error.UnderrunError):
            self.lost.emit(GONE)

    def _feed(self) -> None:
        """As much as the device takes; the next is made ready meanwhile."""
        if self._pipe is not None and self._waiting:
            taken = self._pipe.write(self._waiting[: self._sink.bytesFree()])
            if taken > 0:
                self._sent += taken
                self._waiting = self._waiting[taken:]
        heard = self.heard()
        if heard > self._took[0]:
            self._took = heard, time.monotonic()
        elif self._waiting and time.monotonic() - self._took[1] > STALLED_SECONDS:
            self.lost.emit(GONE)
            return
        enough = self._format.bytesForDuration(round(AHEAD_SECONDS * 1e6))
        if not self._is_reading and not self._is_at_end and len(self._waiting) < enough:
            self._read()

    def _read(self) -> None:
        blocks, run, output = self._blocks, self._run, self._format
        rate = self._sound.rate
        self._is_reading = True

        def work() -> bytes | None:
            made, frames = list[NDArray[np.float32]](), 0
            while frames < rate * AHEAD_SECONDS / 2 and (block := next(blocks, None)) is not None:
                made.append(block)
                frames += block.shape[1]
            return encoded(np.concatenate(made, axis=1), rate, output) if made else None

        def then(made: bytes | None) -> None:
            if run == self._run:
                self._is_reading, self._is_at_end = False, made is None
                self._waiting += made or b""

        def failed(error: Exception) -> None:
            if run == self._run:
                self.lost.emit(
                    str(error) if isinstance(error, ViewerError) else f"The sound cannot be played: {error!r}"
                )

        self._background.run("sound ahead", work, then, failed)


def format_for(device: QAudioDevice, sound: Sound) -> QAudioFormat:
    """The sound's own rate, in one or two channels, where the device takes that; else what it likes best."""
    from PySide6.QtMultimedia import QAudioFormat

    made = QAudioFormat()
    made.setSampleRate(sound.rate)
    made.setChannelCount(min(sound.channels, 2))
    made.setSampleFormat(QAudioFormat.SampleFormat.Float)
    if device.isFormatSupported(made):
        return made
    made.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    return made if device.isFormatSupported(made) else device.preferredFormat()


def encoded(samples: NDArray[np.float32], rate: int, output: QAudioFormat) -> bytes:
    """Samples of shape (channels, n) as the device wants them: channels interleaved, at its rate."""
    from PySide6.QtMultimedia import QAudioFormat

    heard = with_channels(samples, output.channelCount())
    if output.sampleRate() != rate:
        count = round(heard.shape[1] * output.sampleRate() / rate)
        places = np.arange(count) * rate / output.sampleRate()
        heard = np.stack([np.interp(places, np.arange(heard.shape[1]), channel) for channel in heard])
    frames = np.clip(heard, -1, 1).T
    # by the same factors as files are read by, so that a file's whole numbers come out as they are
    match output.sampleFormat():
        case QAudioFormat.SampleFormat.Int16:
            return np.clip(np.rint(frames * 32768), -32768, 32767).astype("<i2").tobytes()
        case QAudioFormat.SampleFormat.Int32:
            return np.clip(frames * 2147483648, -2147483648, 2147483520).astype("<i4").tobytes()
        case QAudioFormat.SampleFormat.UInt8:
            return np.clip(np.rint(frames * 128) + 128, 0, 255).astype(np.uint8).tobytes()
        case _:
            return frames.astype("<f4").tobytes()


def with_channels(samples: NDArray[np.float32], wanted: int) -> NDArray[np.float32]:
    """One channel on all of them; several mixed where there are more than are wanted."""
    have = len(samples)
    if have == wanted:
        return samples
    if have == 1:
        return np.repeat(samples, wanted, axis=0)
    if have < wanted:
        return np.pad(samples, ((0, wanted - have), (0, 0)))
    mixed = samples.mean(axis=0, keepdims=True)
    return np.repeat(mixed, wanted, axis=0)


MakeOutput = Callable[[Sound | None, float], tuple[Output, str]]
"""From the sound, or None, and its rate: where it is heard, and why nothing is where it is not."""


def make_output(background: Background) -> MakeOutput:
    """Looks for a device whenever a sound is played first."""

    def make(sound: Sound | None, rate: float) -> tuple[Output, str]:
        if sound is None:
            return Clock(rate), "No sound to play: the cursor moves all the same"
        device, reason = find_device()
        return (Clock(rate), reason) if device is None else (Speaker(sound, device, background), "")

    return make
