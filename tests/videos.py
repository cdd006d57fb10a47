"""Small videos made here: numbered frames in any container, codec and timing, and the ways in which they go wrong."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av import Packet, VideoFrame
from av.container import OutputContainer

from tests.numbered import draw

Draw = Callable[[int, int, int], np.ndarray]
Change = Callable[[Packet, int], Packet | None]
EXACT = {"fflags": "+bitexact"}
"""No dates and no random identities, so that a file is the same each time."""
X26X = {"preset": "veryfast", "threads": "1"}
X264 = X26X | {"mbtree": "0"}
"""Its macroblock tree depends on what memory held before, so that no two files would be alike."""


@dataclass(frozen=True, slots=True)
class Film:
    """A video track, and how it is encoded."""

    frames: int = 30
    codec: str = "libx264"
    size: tuple[int, int] = (160, 120)
    rate: int = 10
    pix_fmt: str = "yuv420p"
    options: Mapping[str, str] = field(default_factory=dict)
    """Of the encoder: g, bf, x264-params, flags and so on."""
    pts: Sequence[int] | None = None
    """When each frame is shown, in `time_base`; one after the other at `rate` without it."""
    time_base: Fraction | None = None
    first: int = 0
    """The number on the first frame."""
    rotation: int = 0
    """Degrees counter-clockwise by which players are asked to turn the picture."""
    aspect: Fraction | None = None
    """Of a sample."""
    colour: tuple[int, int] | None = None
    """Matrix and range as the standard numbers them: 1 is BT.709, 5 BT.601, 9 BT.2020; 1 is limited, 2 full."""
    draw: Draw = draw
    tag: str | None = None
    """Four letters that name the codec in the container."""
    disposition: int = 0


@dataclass(frozen=True, slots=True)
class Tone:
    """A sound track."""

    seconds: float = 3.0
    codec: str = "aac"
    rate: int = 48000
    start: float = 0.0


Track = Film | Tone


def write(path: Path, *tracks: Track, format: str | None = None, muxer: Mapping[str, str] | None = None) -> Path:
    """Encode the tracks into one file, interleaved by time."""
    with av.open(str(path), "w", format=format, options=EXACT | dict(muxer or {})) as target:
        makers = [_film(target, track) if isinstance(track, Film) else _tone(target, track) for track in tracks]
        packets = [packet for maker in makers for packet in maker()]
        if packets:
            for packet in sorted(packets, key=lambda packet: (packet.dts or 0) * packet.time_base):
                target.mux(packet)
        else:
            target.start_encoding()
    return path


def _film(target: OutputContainer, film: Film) -> Callable[[], list[Packet]]:
    preset = {"libx264": X264, "libx265": X26X}.get(film.codec, {})
    stream = target.add_stream(film.codec, rate=film.rate, options=preset | dict(film.options))
    stream.width, stream.height, stream.pix_fmt = *film.size, film.pix_fmt
    context = stream.codec_context
    context.time_base = film.time_base or Fraction(1, film.rate)
    context.thread_count = 1
    if film.aspect:
        context.sample_aspect_ratio = film.aspect
    if film.colour:
        context.colorspace, context.color_range = film.colour
    if film.tag:
        context.codec_tag = film.tag
    if film.disposition:
        stream.disposition = film.disposition
    if film.rotation:
        stream.set_display_rotation(film.rotation)

    def packets() -> list[Packet]:
        times = film.pts if film.pts is not None else range(film.frames)
        made = [packet for place, pts in enumerate(times) for packet in stream.encode(_picture(film, place, pts))]
        return made + list(stream.encode(None)) if film.frames else []

    return packets


def _picture(film: Film, place: int, pts: int) -> VideoFrame:
    frame = VideoFrame.from_ndarray(film.draw(film.first + place, *film.size), "rgb24")
    if film.colour:
        frame = frame.reformat(format=film.pix_fmt, dst_colorspace=film.colour[0], dst_color_range=film.colour[1])
        frame.colorspace, frame.color_range = film.colour
    elif film.pix_fmt != "rgb24":
        frame = frame.reformat(format=film.pix_fmt)
    frame.pts, frame.time_base = pts, film.time_base or Fraction(1, film.rate)
    return frame


def _tone(target: OutputContainer, tone: Tone) -> Callable[[], list[Packet]]:
    stream = target.add_stream(tone.codec, rate=tone.rate)
    stream.layout = "mono"
    form = stream.codec_context.codec.audio_formats[0].name

    def packets() -> list[Packet]:
        wave = np.sin(np.arange(round(tone.seconds * tone.rate)) * 2 * math.pi * 440 / tone.rate).astype(np.float32)
        made: list[Packet] = []
        resampler = av.AudioResampler(form, "mono", tone.rate)
        for at in range(0, len(wave), 1024):
            frame = av.AudioFrame.from_ndarray(wave[None, at : at + 1024], "flt", "mono")
            frame.sample_rate, frame.pts = tone.rate, at + round(tone.start * tone.rate)
            frame.time_base = Fraction(1, tone.rate)
            made += [packet for part in resampler.resample(frame) for packet in stream.encode(part)]
        return made + list(stream.encode(None))

    return packets


def remux(
    source: Path,
    path: Path,
    change: Change | None = None,
    format: str | None = None,
    muxer: Mapping[str, str] | None = None,
) -> Path:
    """Copy the packets of the first video track as they are coded, each as `change` leaves it; None drops it."""
    return join([source], path, change, format, muxer, gap=None)


def join(
    sources: Sequence[Path],
    path: Path,
    change: Change | None = None,
    format: str | None = None,
    muxer: Mapping[str, str] | None = None,
    gap: float | None = 0.0,
) -> Path:
    """Copy the packets of several files behind one another into one track, which says what the first file says.

    Times go on, `gap` seconds after the end of the file before; with None they are left as they were.
    """
    with av.open(str(path), "w", format=format, options=EXACT | dict(muxer or {})) as target:
        stream, number, offset = None, 0, Fraction(0)
        for source in sources:
            with av.open(str(source)) as media:
                stream = stream or target.add_stream_from_template(media.streams.video[0])
                end = offset
                for packet in media.demux(media.streams.video[0]):
                    if not packet.size:
                        continue
                    if packet.pts is not None:
                        end = max(end, offset + (packet.pts + (packet.duration or 0)) * packet.time_base)
                    _shift(packet, offset)
                    changed, number = (change(packet, number) if change else packet), number + 1
                    if changed is not None:
                        changed.stream = stream
                        target.mux(changed)
                offset = offset if gap is None else end + Fraction(gap)
    return path


def _shift(packet: Packet, offset: Fraction) -> None:
    ticks = round(offset / packet.time_base)
    packet.pts = None if packet.pts is None else packet.pts + ticks
    packet.dts = None if packet.dts is None else packet.dts + ticks


def from_key(which: int) -> Change:
    """For `remux`: drop what is coded before a key frame, and start the times of coding there.

    What is shown before it and coded after it (the leading pictures of an open group) stays, and cannot be decoded.
    """
    seen = 0

    def change(packet: Packet, _number: int) -> Packet | None:
        nonlocal seen
        seen += packet.is_keyframe
        return packet if seen > which else None

    return change


def trim(source: Path, path: Path, seconds: float) -> Path:
    """Cut the beginning off without encoding: from the key frame before it on, times made to start at `seconds`.

    An mp4 or mov gets an edit list that hides what lies between the two, as from `ffmpeg -ss SECONDS -c copy`.
    """
    with av.open(str(source)) as media:
        packets = [packet for packet in media.demux(video=0) if packet.size]
        base = packets[0].time_base
        start = packets[0].pts + round(seconds / base)
        key = max(place for place, packet in enumerate(packets) if packet.is_keyframe and packet.pts <= start)

    def change(packet: Packet, number: int) -> Packet | None:
        packet.pts, packet.dts = packet.pts - start, packet.dts - start
        return packet if number >= key else None

    return remux(source, path, change)


def hide_vp8(which: Callable[[int], bool]) -> Change:
    """For `remux`: mark VP8 frames as not to be shown, as alt-ref frames are: packets of which no frame comes."""

    def change(packet: Packet, number: int) -> Packet:
        if not which(number):
            return packet
        raw = bytearray(bytes(packet))
        raw[0] &= ~0x10
        hidden = Packet(bytes(raw))
        hidden.pts, hidden.dts, hidden.time_base = packet.pts, packet.dts, packet.time_base
        hidden.is_keyframe = packet.is_keyframe
        return hidden

    return change


def at_times(pts: Sequence[int], time_base: Fraction) -> Change:
    """For `remux`: give packet after packet these times, of showing and of coding alike."""

    def change(packet: Packet, number: int) -> Packet:
        packet.time_base = time_base
        packet.pts = packet.dts = pts[number]
        return packet

    return change


def damage(path: Path, share: float, length: int, seed: int = 1, zero: bool = False, start: int = 0) -> Path:
    """Overwrite bytes in the middle: `length` of them from a `share` of the file on, but never before `start`."""
    raw = bytearray(path.read_bytes())
    at = max(start, int(len(raw) * share))
    length = min(length, len(raw) - at)
    raw[at : at + length] = bytes(length) if zero else random.Random(seed).randbytes(length)
    path.write_bytes(raw)
    return path


def cut(path: Path, share: float) -> Path:
    """Keep so much of the file's beginning."""
    raw = path.read_bytes()
    path.write_bytes(raw[: int(len(raw) * share)])
    return path


def uneven(frames: int, seed: int = 1, shortest: int = 7, longest: int = 400) -> list[int]:
    """Times in milliseconds as a screen recorder gives them: bursts, and long waits between."""
    chance = random.Random(seed)
    times = [0]
    while len(times) < frames:
        times.append(
            times[-1] + (chance.randint(shortest, 40) if chance.random() < 0.8 else chance.randint(41, longest))
        )
    return times
