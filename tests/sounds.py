"""Small sounds made here, in any container and codec, and the ways in which they go wrong."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import soundfile
from av import AudioFrame

RATE = 44_100


def noise(seconds: float = 3.0, channels: int = 2, rate: int = RATE, seed: int = 1) -> np.ndarray:
    """Shape (n, channels), float32 that 16 bits hold exactly: rustling that never repeats, so that every moment can be
    told from every other."""
    chance = np.random.default_rng(seed)
    made = np.cumsum(chance.standard_normal((int(seconds * rate), channels)), axis=0)
    made -= np.convolve(made[:, 0], np.ones(400) / 400, "same")[:, None]
    made += chance.standard_normal(made.shape)
    return (np.round(made / np.abs(made).max() * 20_000) / 32768).astype(np.float32)


def write(path: Path, samples: np.ndarray, rate: int = RATE, **how: str) -> Path:
    """By libsndfile."""
    soundfile.write(path, samples, rate, **how)
    return path


def encode(
    path: Path,
    samples: np.ndarray,
    codec: str,
    rate: int = RATE,
    options: Mapping[str, str] | None = None,
    gap: tuple[int, int] = (0, 0),
) -> Path:
    """By FFmpeg; `gap`: from which sample on all timestamps are late, and by how many."""
    layout = {1: "mono", 2: "stereo"}[samples.shape[1]]
    with av.open(str(path), "w", options=dict(options or {})) as target:
        stream = target.add_stream(codec, rate=rate, layout=layout)
        stream.bit_rate = 160_000
        resampler = av.AudioResampler(stream.codec_context.format, layout, rate)
        numbers = np.round(samples * 32768).astype(np.int16)
        for at in range(0, len(numbers), 1000):
            frame = AudioFrame.from_ndarray(numbers[at : at + 1000].reshape(1, -1), "s16", layout)
            frame.sample_rate, frame.pts, frame.time_base = rate, at, Fraction(1, rate)
            for made in resampler.resample(frame):
                target.mux([_late(packet, rate, gap) for packet in stream.encode(made)])
        target.mux([_late(packet, rate, gap) for packet in stream.encode(None)])
    return path


def _late(packet: av.Packet, rate: int, gap: tuple[int, int]) -> av.Packet:
    begin, late = gap
    if late and packet.pts * packet.time_base * rate >= begin:
        ticks = round(Fraction(late, rate) / packet.time_base)
        packet.pts, packet.dts = packet.pts + ticks, packet.dts + ticks
    return packet


def decoded(path: Path) -> np.ndarray:
    """All samples that FFmpeg decodes one after the other, shape (channels, n)."""
    made = []
    with av.open(str(path)) as media:
        resampler = av.AudioResampler("fltp")
        for frame in media.decode(audio=0):
            made += [part.to_ndarray() for part in resampler.resample(frame)]
        made += [part.to_ndarray() for part in resampler.resample(None)]
    return np.concatenate(made, axis=1)


def without_length(flac: Path) -> Path:
    """A FLAC file as it is written by a program that cannot go back: its number of samples is 0, which means unknown."""
    data = bytearray(flac.read_bytes())
    assert data[:4] == b"fLaC" and data[4] & 0x7F == 0
    data[21] &= 0xF0
    data[22:26] = bytes(4)
    flac.write_bytes(data)
    return flac


def cut(path: Path, share: float = 0.6) -> Path:
    """The beginning of a file."""
    data = path.read_bytes()
    made = path.with_name(f"cut_{path.name}")
    made.write_bytes(data[: int(len(data) * share)])
    return made
