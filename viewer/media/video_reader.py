"""Decoding from any frame on: a seek lands on a known packet, and each picture is known by the packet it was made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from viewer.media.container import Opened, open_container
from viewer.media.source import Source
from viewer.media.video_index import NO_TIME, Trouble, VideoIndex, frames_from, packet_of

if TYPE_CHECKING:
    from av.packet import Packet
    from av.video.frame import VideoFrame

BY_DECODING_TIME = ("mpegts", "mpeg")
"""Formats whose seeks go by the time of decoding; others go by that of presentation."""
EARLIER = 45_000
"""Ticks before a key frame to which a program stream is sought: half a second. It is entered in the middle of a frame,
and the times of the first ones are mistaken."""
CUT_OFF = 8
"""Packets after a seek that may be unlike those of the index, for that reason."""
BACK = 2
"""Starts farther back from which a picture is tried before it is given up."""
FROM_BEGINNING = 2000
"""Frames that are at most decoded from the beginning for the sake of one that does not come otherwise."""


class Disorder(Exception):
    """Pictures came out in another order than the index says: it must be made anew by decoding everything."""


class VideoReader:
    """One position in one video; for one thread. `next` gives frames in ascending order from where `seek` put it."""

    def __init__(self, source: Source, index: VideoIndex) -> None:
        self._source = source
        self.index = index
        self._opened: Opened | None = None
        self._frames: Iterator[tuple[VideoFrame, bool]] = iter(())
        self._start = 0
        self._threads = index.by_time
        """Several for the decoder, as long as all packets can be decoded."""
        self.place = 0
        """No frame before this one is given until the next seek."""
        self.is_damaged = False
        """Whether the frame given last may be made up in part, as something before it is missing in the file."""

    def close(self) -> None:
        if self._opened is not None:
            self._opened.container.close()
            self._opened = None
        self._frames = iter(())

    def seek(self, frame: int) -> None:
        """To the last frame not after this one at which decoding can begin. Raises ViewerError where the file is gone."""
        start = self.index.start_of(frame)
        at = int(np.searchsorted(self.index.starts, start))
        while at > 0:
            start = int(self.index.starts[at])
            if self._land(start):
                return
            at -= 1
        self._begin()

    def try_again(self, attempt: int) -> bool:
        """From farther back, where a picture did not come from its start: from the starts before, at last from the
        beginning unless that is too far. False where there is nothing more to be tried; `attempt` counts from 0."""
        if self._start == 0 or attempt > BACK or (attempt == BACK and self._start > FROM_BEGINNING):
            return False
        if attempt == BACK:
            self._begin()
        else:
            self.seek(self._start - 1)
        return True

    def go_to(self, frame: int) -> None:
        """So that `next` comes to `frame` by the shortest way: onwards where it lies ahead in the same group."""
        if not self.index.start_of(frame) <= self.place <= frame or self._opened is None:
            self.seek(frame)

    def read(self, frame: int) -> VideoFrame | None:
        """One frame; None where it cannot be decoded. Raises Disorder, and ViewerError where the file is gone."""
        self.go_to(frame)
        for attempt in range(BACK + 2):
            while (found := self.next()) is not None and found[0] <= frame:
                if found[0] == frame:
                    return found[1]
            if not self.try_again(attempt):
                break
        return None

    def next(self) -> tuple[int, VideoFrame] | None:
        """The next frame that can be decoded, with its number; None at the end. Raises Disorder."""
        place = self.place
        try:
            found = self._next()
        except Trouble:
            found = None
        is_whole = place == (found[0] if found is not None else self.index.count)
        return found if is_whole or not self._threads else self._next_by_one_thread(place)

    def _next_by_one_thread(self, place: int) -> tuple[int, VideoFrame] | None:
        """Again from the same start: several threads lose frames around what is damaged, one puts out all there are."""
        start = self._start
        self._threads = False
        self.close()
        if not (start > 0 and self._land(start)):
            self._begin()
        self.place = max(place, self.place)
        return self._next()

    def _next(self) -> tuple[int, VideoFrame] | None:
        for found, is_damaged in self._frames:
            self.is_damaged = is_damaged
            frame = self.index.frame_of(found)
            if self._start <= frame < self.place:
                frame = self._again(found, frame)
            if frame < self.place:
                continue  # a picture that leads in to a start, is not to be shown, or came twice out of damage
            self.place = frame + 1
            return frame, found
        return None

    def _again(self, found: VideoFrame, frame: int) -> int:
        """The next frame of a packet that holds several. Raises Disorder where times never told the order."""
        index = self.index
        if not index.by_time and self.place < index.count and index.order[self.place] == packet_of(found):
            return self.place
        reorders = index.reorders or (self._opened is not None and bool(self._opened.stream.codec_context.has_b_frames))
        if reorders and not index.decoded and not index.packets.tell_order:
            raise Disorder(f"frame {frame} came after frame {self.place - 1}")
        return frame

    def _begin(self) -> None:
        """At the very beginning, on a file opened anew, so that nothing depends on a seek."""
        self.close()
        self._opened = self._open()
        self._start = self.place = 0
        self._frames = self._frames_from(self._opened, 0)

    def _open(self) -> Opened:
        return open_container(self._source, marked=not self.index.by_time, threads=self._threads)

    def _frames_from(
        self, opened: Opened, first: int, packets: Iterator[Packet[Any]] | None = None
    ) -> Iterator[tuple[VideoFrame, bool]]:
        return frames_from(opened, None if self.index.by_time else first, packets, threads=self._threads)

    def _land(self, start: int) -> bool:
        """Seek so that decoding begins at the key packet of this frame; whether the file could be made to go there."""
        from av.error import FFmpegError

        if self._opened is None:
            self._opened = self._open()
        opened, packets = self._opened, self.index.packets
        key = int(self.index.order[start])
        by_decoding = opened.format in BY_DECODING_TIME or packets.pts[key] == NO_TIME
        time = int((packets.dts if by_decoding else packets.pts)[key])
        if time == NO_TIME:
            return False
        if opened.format == "mpeg":
            time -= EARLIER
        try:
            opened.container.seek(time, stream=opened.stream)
            rest = self._from_key(opened.container.demux(opened.stream), key)
        except FFmpegError:
            return False
        if rest is None:
            return False
        self._start = self.place = start
        self._frames = self._frames_from(opened, key, rest)
        return True

    def _from_key(self, demuxed: Iterator[Packet[Any]], key: int) -> Iterator[Packet[Any]] | None:
        """The packets from the wanted one on; None where the file went to another place, beyond it or unknown."""
        here: int | None = None
        unknown = 0
        for packet in demuxed:
            if not packet.size and packet.dts is None:
                return None
            here = self._known(packet, key) if here is None else here + 1
            if here is None and unknown < CUT_OFF:
                unknown += 1
                continue
            if here is None or here > key:
                return None
            if here == key:
                return _with_first(packet, demuxed) if self._is(packet, key) else None
        return None

    def _known(self, packet: Packet[Any], key: int) -> int | None:
        """The number of the packet that a seek came to, by its time and size; the nearest not after `key`.

        The time of decoding counts only where there is no other: Matroska does not store it, and what FFmpeg makes up
        for it depends on where reading began.
        """
        packets = self.index.packets
        column, time = (packets.dts, packet.dts) if packet.pts is None else (packets.pts, packet.pts)
        if time is None:
            return None
        same = np.flatnonzero((column == time) & (packets.sizes == packet.size))
        before = same[same <= key]
        return int(before[-1]) if len(before) else None

    def _is(self, packet: Packet[Any], number: int) -> bool:
        packets = self.index.packets
        return packet.size == packets.sizes[number] and packet.pts in (None, int(packets.pts[number]))


def _with_first(first: Packet[Any], rest: Any) -> Iterator[Packet[Any]]:
    yield first
    yield from rest
