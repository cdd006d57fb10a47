"""Which packet of a video holds which frame: the table by which a frame number addresses a picture."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from viewer.errors import ViewerError, escaped
from viewer.media.container import Opened, opened
from viewer.media.progress import Progress, Stopped
from viewer.media.source import Source
from viewer.size import Size

if TYPE_CHECKING:
    from av.packet import Packet
    from av.video.frame import VideoFrame

NO_TIME = np.iinfo(np.int64).min
"""In the place of a timestamp that a packet does not have."""
PROBED = 24
"""Frames at the beginning whose order by timestamps is held against the order in which they are decoded."""
HOLES = 0.2
"""More frames than this share missing among the probed: packets and frames do not belong together one by one."""


@dataclass(frozen=True, slots=True, eq=False)
class Packets:
    """The packets of the stream in the order of the file, as columns of shape (n,)."""

    pts: NDArray[np.int64]
    """Times of presentation, NO_TIME where there is none."""
    dts: NDArray[np.int64]
    sizes: NDArray[np.int64]
    """Bytes."""
    keys: NDArray[np.bool_]
    dropped: NDArray[np.bool_]
    """Never shown: before the start of an edit list, or empty."""
    cut: bool = False
    """The last packet is not whole."""

    def __len__(self) -> int:
        return len(self.pts)

    @property
    def tell_order(self) -> bool:
        """Whether some packet is presented at another time than it is decoded: then the order of times is meant."""
        return bool((self.pts != self.dts)[self.dts != NO_TIME].any())


@dataclass(frozen=True, eq=False)
class VideoIndex:
    """Frames of a video in the order of presentation; frame i is the i-th that a decoder puts out from the beginning."""

    packets: Packets
    order: NDArray[np.int64]
    """For each frame the number of its packet in `packets`."""
    seconds: NDArray[np.float64]
    """When each frame is shown, from the first one on."""
    size: Size
    """As coded, before any turn."""
    rotation: int
    """Degrees, counter-clockwise, by which it is to be turned to be seen upright: 0, 90, 180, 270."""
    format: str
    codec: str
    rate: float | None
    """Frames a second on average, as the file says."""
    inexact: str = ""
    """What is not certain about frame numbers, or cannot be shown; empty where every number surely has its picture."""
    tick: float = 0.0
    """Seconds between two timestamps that the file can tell apart."""
    reorders: bool = False
    """The codec puts out frames in another order than they are stored in."""
    decoded: bool = False
    """Made by decoding every frame, not from timestamps alone."""
    by_time: bool = False
    """Each frame is known by its time of presentation, which no other has; else by the mark of its packet."""

    @property
    def count(self) -> int:
        return len(self.order)

    @cached_property
    def place_of_packet(self) -> NDArray[np.int64]:
        """For each packet the first frame that is made of it; -1 for none."""
        made = np.full(len(self.packets), -1, dtype=np.int64)
        made[self.order[::-1]] = np.arange(self.count)[::-1]
        return made

    @cached_property
    def times(self) -> NDArray[np.int64]:
        """Times of presentation of all frames; ascending and distinct where `by_time`."""
        return self.packets.pts[self.order]

    def frame_of(self, decoded: VideoFrame) -> int:
        """The number of a picture that a decoder put out; -1 where it is not listed."""
        if self.by_time:
            if decoded.pts is None:
                return -1
            frame = int(np.searchsorted(self.times, decoded.pts))
            return frame if frame < self.count and self.times[frame] == decoded.pts else -1
        packet = packet_of(decoded)
        return int(self.place_of_packet[packet]) if 0 <= packet < len(self.packets) else -1

    @cached_property
    def starts(self) -> NDArray[np.int64]:
        """Frames at which decoding can begin, ascending; the first frame is always one."""
        at = self.place_of_packet[self.packets.keys]
        return np.array(sorted({0, *at[at >= 0].tolist()}), dtype=np.int64)

    def start_of(self, frame: int) -> int:
        """The last frame not after this one at which decoding can begin."""
        return int(self.starts[np.searchsorted(self.starts, frame, side="right") - 1])

    def end_of(self, frame: int) -> int:
        """The first frame after the group of pictures that `frame` belongs to."""
        after = int(np.searchsorted(self.starts, frame, side="right"))
        return int(self.starts[after]) if after < len(self.starts) else self.count

    @property
    def is_even(self) -> bool:
        """Whether all frames last equally long, but for rounding."""
        if self.count < 3:
            return True
        steps = np.diff(self.seconds)
        return bool(np.ptp(steps) <= max(0.002, 0.05 * float(np.median(steps))))


def build_index(source: Source, progress: Progress, stop: Callable[[], bool]) -> VideoIndex:
    """Read all packets once; decode everything where their timestamps do not give the order. Raises ViewerError, Stopped."""
    with opened(source) as found:
        recorder = _Recorder(found)
        passing = recorder.each(lambda position: _tell(position, source, progress, stop))
        # the first frames are decoded on the way; of the rest only the packets are looked at
        probed = _gathered(frames_from(found, 0, passing), found, PROBED)
        for _ in passing:
            pass
        packets, facts = recorder.packets(), _facts(found)
    if not len(packets):
        raise ViewerError(f"There is no whole picture in this video: {escaped(source.name)}")
    if not probed.order:
        raise ViewerError(f"Not one picture of this video can be decoded: {escaped(source.name)}")
    facts |= {"size": probed.size, "rotation": probed.rotation, "reorders": probed.reorders}
    order = _by_time(packets, probed)
    if order is None:
        whole = _decoded(source, progress, stop)
        order = np.array(whole.order, dtype=np.int64)
        facts |= {"decoded": True}
        seconds = _seconds(np.array(whole.pts, dtype=np.int64), facts.pop("time_base"), facts["rate"])
    else:
        facts |= {"by_time": bool((np.diff(packets.pts[order]) > 0).all())}
        seconds = _seconds(packets.pts[order], facts.pop("time_base"), facts["rate"])
    return VideoIndex(packets, order, seconds, **facts)


def rebuilt_by_decoding(index: VideoIndex, source: Source, progress: Progress, stop: Callable[[], bool]) -> VideoIndex:
    """The same index with the order that decoding every frame gives. Raises ViewerError, Stopped."""
    with opened(source) as found:
        time_base = found.stream.time_base
    whole = _decoded(source, progress, stop)
    seconds = _seconds(np.array(whole.pts, dtype=np.int64), time_base, index.rate)
    return replace(index, order=np.array(whole.order, dtype=np.int64), seconds=seconds, decoded=True, by_time=False)


def _facts(found: Opened) -> dict[str, Any]:
    stream = found.stream
    rate = stream.average_rate or stream.guessed_rate
    return {
        "time_base": stream.time_base,
        "format": found.format,
        "codec": stream.codec_context.name,
        "rate": float(rate) if rate else None,
        "tick": float(stream.time_base) if stream.time_base else 0.0,
    }


class _Recorder:
    """Notes what is known of each packet of the stream while they pass."""

    def __init__(self, found: Opened) -> None:
        self._found = found
        self._pts, self._dts, self._sizes = array("q"), array("q"), array("q")
        self._keys, self._dropped = array("b"), array("b")
        self._cut = False

    def each(self, tell: Callable[[int | None], None]) -> Iterator[Packet[Any]]:
        """The packets, one after the other, and the empty one at the end. `tell` gets the place in the file now and then."""
        from av.error import FFmpegError

        stream = self._found.stream
        # whose pictures that only others refer to, and are never shown, have packets of their own
        is_vp8 = stream.codec_context.name in ("vp8", "libvpx")
        last: Packet[Any] | None = None
        # looked up once: there may be hundreds of thousands of packets
        add_pts, add_dts, add_size = self._pts.append, self._dts.append, self._sizes.append
        add_key, add_dropped, count = self._keys.append, self._dropped.append, 0
        try:
            for packet in self._found.container.demux(stream):
                pts, dts, size = packet.pts, packet.dts, packet.size
                if size or dts is not None:
                    add_pts(NO_TIME if pts is None else pts)
                    add_dts(NO_TIME if dts is None else dts)
                    add_size(size)
                    add_key(packet.is_keyframe)
                    add_dropped(packet.is_discard or not size or (is_vp8 and not bytes(packet)[0] >> 4 & 1))
                    last = packet
                    if not count % 1000:
                        tell(packet.pos)
                    count += 1
                yield packet
        except (FFmpegError, IndexError):  # of a stream that is not listed, in a damaged file
            self._cut = True  # what was read until here is shown
        self._cut = self._cut or (last is not None and bool(last.is_corrupt))

    def packets(self) -> Packets:
        return Packets(
            np.array(self._pts, dtype=np.int64),
            np.array(self._dts, dtype=np.int64),
            np.array(self._sizes, dtype=np.int64),
            np.array(self._keys, dtype=np.bool_),
            np.array(self._dropped, dtype=np.bool_),
            self._cut,
        )


def _tell(position: int | None, source: Source, progress: Progress, stop: Callable[[], bool]) -> None:
    if stop():
        raise Stopped
    progress(min((position or 0) / max(source.bytes_size, 1), 1.0))


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """What a packet carries through the decoder. An object of its own for each: PyAV knows them by their identity, and
    forgets small numbers, which Python shares, as soon as one of their users is done."""

    packet: int


@dataclass(slots=True)
class _Decoded:
    """What came out of the decoder, in its order."""

    order: list[int]
    """Number of the packet that each frame was made of."""
    pts: list[int]
    size: Size
    """Of the first frame, as coded."""
    rotation: int = 0
    reorders: bool = False


def _decoded(source: Source, progress: Progress, stop: Callable[[], bool]) -> _Decoded:
    """All of it; pictures that cannot be decoded are passed over. Raises ViewerError, Stopped."""

    def tell(frame: VideoFrame) -> None:
        if stop():
            raise Stopped
        size = found.container.size
        progress(min(_position(frame, found) / max(size, 1), 1.0) if size else 0.0)

    with opened(source) as found:
        return _gathered(frames_from(found, 0), found, None, tell)


def _gathered(
    frames: Iterator[tuple[VideoFrame, bool]],
    found: Opened,
    most: int | None,
    tell: Callable[[VideoFrame], None] = lambda _: None,
) -> _Decoded:
    """What comes from the beginning on, at most so many frames. `tell` gets a frame now and then."""
    made = _Decoded([], [], Size(1, 1))
    for frame, _ in frames:
        if not made.order:
            made.size, made.rotation = Size(frame.width, frame.height), frame.rotation % 360
        made.order.append(packet_of(frame))
        made.pts.append(NO_TIME if frame.pts is None else frame.pts)
        if len(made.order) % 100 == 0:
            tell(frame)
        if most is not None and len(made.order) >= most:
            break
    made.reorders = bool(found.stream.codec_context.has_b_frames)
    return made


def _position(frame: VideoFrame, found: Opened) -> float:
    """About how many bytes were read."""
    duration, stream = found.container.duration, found.stream
    if not duration or frame.pts is None or stream.time_base is None:
        return 0.0
    return float(frame.pts * stream.time_base) / (duration / 1_000_000) * found.container.size


class Trouble(Exception):
    """A packet could not be decoded by several threads, which then lose the frames of others too."""


def frames_from(
    found: Opened, first: int | None, packets: Any = None, *, threads: bool = False
) -> Iterator[tuple[VideoFrame, bool]]:
    """Frames as the decoder puts them out, and whether something that they may be built on is damaged.

    `first`: the number of the next packet, with which to mark what comes of it. Raises Trouble where `threads` decode.
    """
    from av.error import FFmpegError

    number, is_damaged, is_end = first, False, False
    held: list[tuple[VideoFrame, bool]] = []
    rest = iter(found.container.demux(found.stream) if packets is None else packets)
    while not is_end:
        try:
            packet = next(rest, None)
        except (FFmpegError, IndexError):
            packet, is_damaged = None, True  # the file ends here; the decoder still holds frames
        is_end = packet is None or (not packet.size and packet.dts is None)
        if packet is not None and number is not None and not is_end:
            packet.opaque = Mark(number)
            number += 1
        try:
            decoded = found.stream.codec_context.decode(None if is_end else packet)
        except FFmpegError as error:
            if threads:
                raise Trouble from error
            # what comes until the next key frame is made up by the decoder in part, and it does not say so
            is_damaged = True
            continue
        for frame in decoded:
            is_damaged = frame.is_corrupt or (is_damaged and not frame.key_frame)
            if frame.is_corrupt:
                held = [(before, True) for before, _ in held]
            held.append((frame, is_damaged))
        # those that come out first may be built on the next ones, of which it is not known yet whether they are whole
        depth = 0 if is_end else found.stream.codec_context.reorder_depth
        while len(held) > depth:
            yield held.pop(0)


def packet_of(frame: VideoFrame) -> int:
    """The number that `frames_from` gave to the packet of a frame; -1 where the decoder lost it."""
    mark = frame.opaque
    return mark.packet if isinstance(mark, Mark) else -1


def _by_time(packets: Packets, probed: _Decoded) -> NDArray[np.int64] | None:
    """Packets in the order of their times; None where that is not the order of decoding, as far as that was probed."""
    shown = np.flatnonzero(~packets.dropped)
    if (packets.pts[shown] == NO_TIME).any() or -1 in probed.order:
        return None
    if packets.pts[probed.order].tolist() != probed.pts:
        return None
    decoding = packets.dts[packets.dts != NO_TIME]
    if (np.diff(decoding) < 0).any():
        return None  # the clock starts anew somewhere
    order = shown[np.argsort(packets.pts[shown], kind="stable")]
    first = np.flatnonzero(order == probed.order[0])
    if not len(first):
        return None
    # what is listed before the first picture that a decoder can show depends on pictures that are not in the file
    order = order[int(first[0]) :]
    places = {int(packet): place for place, packet in enumerate(order[: 2 * PROBED].tolist())}
    found = [places.get(packet, -1) for packet in probed.order]
    rising = all(a < b for a, b in pairwise(found))
    return order if rising and found[-1] + 1 - len(found) <= HOLES * len(found) else None


def _seconds(pts: NDArray[np.int64], time_base: Fraction | None, rate: float | None) -> NDArray[np.float64]:
    """From the first frame on; by the rate where times are missing or do not ascend."""
    if time_base is not None and len(pts) and not (pts == NO_TIME).any() and (np.diff(pts) >= 0).all():
        return (pts - pts[0]) * float(time_base)
    return np.arange(len(pts), dtype=np.float64) / (rate or 25.0)
