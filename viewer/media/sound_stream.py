"""Sounds that FFmpeg reads: AAC, MP3, WMA, Opus in WebM, and the sound of videos. A sample's number counts what comes
out of the decoder, delay and padding cut off where the file says so, as the ffmpeg program writes them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from viewer.errors import ViewerError, escaped
from viewer.media.sound_file import sound_stream
from viewer.media.sound_heads import HeadSound, SoundFacts
from viewer.media.sound_marks import Marks
from viewer.media.source import Source

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream

FORMATS = (
    "mov,matroska,ogg,asf,aac,ac3,eac3,mp3,wav,w64,flac,aiff,au,caf,amr,mpegts,mpeg,avi,flv,nut,tta,wv,ape,tak,dts,"
    "truehd,mpc,mpc8,rm,dsf,oma,aea,gsm,voc,xa,loas,rso,sox,mlp,wtv,dv,mxf,shn,g722,wve,iff,smjpeg,swf,nsv,gxf,nistsphere,ircam,pvf,avr,epaf,sds"
)
"""Formats whose samples all lie in the file itself. Playlists and scripts that name other files are refused."""
CLAIMING = ("mov,mp4", "matroska", "ogg", "asf", "wav", "caf", "flac", "aiff", "w64", "tta", "wv")
"""Beginnings of FFmpeg's names of containers that say how long they are; of others it is guessed from the bit rate."""
BETWEEN_MARKS = 0.25
"""Seconds."""
LEAD_IN = 0.5
"""Seconds decoded before what is wanted, for what decoders carry over from one packet to the next."""
NEAR = 1.0
"""Seconds ahead to which is read on instead of searched."""
JUMP = 0.05
"""Seconds between two timestamps beyond their distance in samples from which that is said."""
SAME_LENGTH, SAME_MOMENT = 0.001, 0.1
"""Share and seconds by which what a header claims and what the file holds may differ: decoders add their delay."""
_SCALES = {"u8": 128, "s16": 1 << 15, "s32": 1 << 31, "s64": 1 << 63, "flt": 1, "dbl": 1}


class StreamHead:
    """An opened file and a place in it. Raises ViewerError where there is no sound to decode."""

    def __init__(self, source: Source, marks: Marks, facts: SoundFacts | None = None) -> None:
        self._source, self._marks, self._facts = source, marks, facts
        self._open()

    def _open(self) -> None:
        """At the beginning of the file."""
        self._container, self.stream, self._file = _opened(self._source)
        self._tick = self.stream.time_base or Fraction(1)
        """Seconds."""
        self._frames = self._decoded()
        self._held: NDArray[np.float32] | None = None
        """What of the last frame was not asked for."""
        self.position = 0
        self._is_counted = True
        """Whether the position was counted from the beginning, not told by a timestamp."""
        self._lateness: float | None = None
        """Seconds by which the last timestamp was later than what was counted."""

    def close(self) -> None:
        self._container.close()
        if self._file is not None:
            self._file.close()

    def begin(self) -> SoundFacts:
        """What the first frame tells of the sound; it stays to be read. Once, before anything else."""
        frame = next(self._frames, None)
        if frame is None:
            raise ViewerError(
                f"There is nothing in this file that can be decoded as sound: {escaped(self._source.name)}"
            )
        rate, channels = frame.sample_rate, frame.layout.nb_channels
        if rate < 1 or channels < 1:
            raise ViewerError(f"This sound has no rate or no channels: {escaped(self._source.name)}")
        length, is_claimed = self._length(rate)
        self._facts = SoundFacts(rate, channels, length, self._notes())
        self._facts.is_claimed = is_claimed
        self._marks.start(frame.pts, self._tick * rate)
        self._hold(frame)
        late = (self.stream.start_time or 0) * self._tick - Fraction(self._container.start_time or 0, 10**6)
        if late > JUMP:
            what = f"the sound starts {float(late):,.3f} s after the pictures; its samples are counted from there"
            self._facts.warn("late", what)
        return self._facts

    def _length(self, rate: int) -> tuple[int, bool]:
        """Samples, and whether the header claims them; where it does not, those of the packets."""
        said = self.stream.duration
        if said is None and self._container.duration:
            said = self._container.duration / (10**6 * self._tick)
        # a tag that tells the delay of the encoder tells the length too
        name, has_tag = self._container.format.name, bool(self.stream.start_time)
        if said and (name.startswith(CLAIMING) or (name == "mp3" and has_tag)):
            return round(said * self._tick * rate) - self._opus_delay(), True
        return round(_length_of_packets(self._source) * self._tick * rate), False

    def _opus_delay(self) -> int:
        """Samples that Opus cuts off at the beginning, which its containers count."""
        header = self.stream.codec_context.extradata or b""
        return int.from_bytes(header[10:12], "little") if header.startswith(b"OpusHead") else 0

    def _notes(self) -> tuple[str, ...]:
        tracks = len(self._container.streams.audio)
        return (f"it has {tracks} sound tracks, of which one is shown",) if tracks > 1 else ()

    def read(self, start: int, end: int) -> NDArray[np.float32]:
        """See `Head`."""
        facts = self.facts
        if not self.position <= start <= self.position + NEAR * facts.rate and not self._search(start):
            self.close()
            self._open()
        made: list[NDArray[np.float32]] = []
        while self.position < end:
            block = self._next()
            if block is None:
                break
            at = self.position
            self.position = min(at + len(block), end)
            if at + len(block) > end:
                self._held = block[end - at :]
            if self.position > start:
                made.append(block[max(0, start - at) : end - at])
        return np.concatenate(made) if made else np.zeros((0, facts.channels), np.float32)

    @property
    def facts(self) -> SoundFacts:
        assert self._facts is not None
        return self._facts

    def _search(self, start: int) -> bool:
        """Stand at or shortly before a sample, some packets having been decoded for nothing; False where that failed."""
        lead = start - int(LEAD_IN * self.facts.rate)
        mark = self._marks.before(start)
        early = self._marks.before((mark[1] if mark else 0) - int(LEAD_IN * self.facts.rate))
        is_even = self._marks.is_even
        if lead <= 0 or (early is None and not is_even):
            return False
        assert mark is not None
        if not self._seek(self._marks.stamp_of(lead) if is_even or early is None else early[0]):
            return False
        is_known = start <= self._marks.last()
        for frame in self._frames:
            if frame.pts is None:
                continue
            at = self._marks.by_stamp(frame.pts) if is_even else mark[1]
            if at > start or (not is_even and frame.pts > mark[0]):
                return False
            if at + frame.samples > start if is_even else frame.pts == mark[0]:
                self.position, self._is_counted, self._lateness = at, is_even <= is_known, None
                self._hold(frame)
                return True
        return False

    def _seek(self, stamp: int) -> bool:
        from av.error import FFmpegError

        self._held, self._is_counted = None, False
        try:
            self._container.seek(stamp, stream=self.stream)
        except (FFmpegError, OSError):
            return False
        # containers with a coarse index are left far before it
        self._frames = self._decoded(stamp)
        return True

    def _next(self) -> NDArray[np.float32] | None:
        """The samples from the position on, as many as one frame holds; None at the end."""
        if self._held is None:
            frame = next(self._frames, None)
            if frame is None or not self._hold(frame):
                if self._is_counted:
                    self._end()
                return None
        block, self._held = self._held, None
        return block

    def _hold(self, frame: AudioFrame) -> bool:
        """Keep a frame that begins at the position; False where it is of another kind than those before."""
        facts = self.facts
        if (frame.sample_rate, frame.layout.nb_channels) != (facts.rate, facts.channels):
            here = facts.seconds(self.position)
            facts.warn("change", f"at {here} the rate or the number of channels changes; what follows is not read")
            return False
        if self._is_counted and frame.pts is not None:
            self._marks.counted(frame.pts, self.position, int(BETWEEN_MARKS * facts.rate))
            late = float(frame.pts * self._tick) - self.position / facts.rate
            if self._lateness is not None and abs(late - self._lateness) > JUMP:
                what = f"the timestamps jump by {late - self._lateness:+,.3f} s at {facts.seconds(self.position)}"
                facts.warn("jump", f"{what}; samples are counted one after another, so what follows may lie elsewhere")
            self._lateness = late
        self._held = _in_floats(frame)
        return True

    def _end(self) -> None:
        """The file was read to its end, every sample counted."""
        facts, claimed = self.facts, None if self.facts.is_counted else self.facts.count
        facts.ends_at(self.position)
        if claimed is None or not facts.is_claimed:
            return
        if abs(claimed - self.position) > max(SAME_LENGTH * self.position, SAME_MOMENT * facts.rate):
            held = facts.seconds(self.position)
            facts.warn("claim", f"the header claims {facts.seconds(claimed)}, the file holds {held}")

    def _decoded(self, after: int | None = None) -> Iterator[AudioFrame]:
        """Frames from here to the end, packets that lie before the timestamp `after` having been passed over; what
        cannot be decoded is left out, and said where samples are being counted."""
        from av.error import FFmpegError

        for packet in self._packets(after):
            try:
                yield from packet.decode()
            except EOFError:
                return
            except (FFmpegError, OSError, ValueError):
                self._say_damaged()

    def _packets(self, after: int | None) -> Iterator[Any]:
        from av.error import FFmpegError

        passed: list[Any] = []
        """The last key packet before, and what was built upon it."""
        while True:
            try:
                for packet in self._container.demux(self.stream):
                    if after is not None and packet.pts is not None and packet.pts < after:
                        passed = [packet] if packet.is_keyframe else [*passed, packet]
                        continue
                    yield from passed
                    passed, after = [], None
                    yield packet
                return
            except LookupError:
                continue  # PyAV's, for a packet of a track that was not there at the beginning
            except EOFError:
                return
            except (FFmpegError, OSError, ValueError):
                self._say_damaged()
                return

    def _say_damaged(self) -> None:
        if self._is_counted and self._facts is not None:
            here = self._facts.seconds(self.position)
            what = (
                f"the file is damaged at {here}; what cannot be decoded is left out, so what follows may lie too early"
            )
            self._facts.warn("damage", what)


def open_stream(source: Source) -> HeadSound:
    """Raises ViewerError where FFmpeg does not read it, ImportError where it is not installed."""
    marks = Marks()
    head = StreamHead(source, marks)
    try:
        facts = head.begin()
    except BaseException:
        head.close()
        raise
    return HeadSound(facts, lambda: StreamHead(source, marks, facts), head)


def _opened(source: Source) -> tuple[Any, AudioStream, Any]:
    """The container, its stream of sound, and the file it is read from, where that is to be closed too."""
    import av
    from av.error import FFmpegError
    from av.stream import Discard

    name = escaped(source.name)
    stream = sound_stream(source)
    file: Any = stream
    # checked by opening it once; FFmpeg itself reads a file faster than through Python
    if source.path is not None:
        status = os.fstat(stream.fileno())
        stream.close()
        if (status.st_size, status.st_mtime) != (source.bytes_size, source.modified):
            raise ViewerError(f"The sound was changed since it was opened; reload the export: {name}")
        file = f"file:{source.path}"
    options = {"format_whitelist": FORMATS, "protocol_whitelist": "file"}
    try:
        container: Any = av.open(file, container_options=options, metadata_errors="replace")
    except (FFmpegError, ValueError, OSError) as error:
        stream.close()
        raise ViewerError(f"This file is not a sound, or damaged, or one of an unknown variety: {name}") from error
    found = _track(container)
    if found is None:
        only = "pictures" if container.streams.video else "other data"
        only = "sound of an unknown codec" if container.streams.audio else only
        container.close()
        stream.close()
        raise ViewerError(f"There is no sound in this file that can be decoded, only {only}: {name}")
    for other in container.streams:
        if other.index != found.index:
            other.discard = Discard.all
    found.codec_context.thread_count = 1
    return container, found, None if source.path is not None else stream


def _track(container: Any) -> AudioStream | None:
    """The one that the ffmpeg program takes: one marked as default before others, then the one of most channels."""
    from av.stream import Disposition

    # PyAV gives no context to streams of a codec that FFmpeg does not know
    known = [stream for stream in container.streams.audio if getattr(stream, "codec_context", None) is not None]
    return max(known, key=lambda s: (bool(s.disposition & Disposition.default), s.channels), default=None)


def _length_of_packets(source: Source) -> int:
    """From the first timestamp to the end of the last packet, in ticks of the stream; 0 where they have none."""
    from av.error import FFmpegError

    container, stream, file = _opened(source)
    first, last = None, 0
    try:
        for packet in container.demux(stream):
            if packet.pts is not None:
                first = packet.pts if first is None else first
                last = max(last, packet.pts + (packet.duration or 0))
    except (FFmpegError, OSError, ValueError, LookupError):
        pass  # what was met so far is what there is
    finally:
        container.close()
        if file is not None:
            file.close()
    return last - first if first is not None else 0


def _in_floats(frame: AudioFrame) -> NDArray[np.float32]:
    """Shape (n, channels), -1 to 1."""
    values, kind = frame.to_ndarray(), frame.format.name
    values = values.T if kind.endswith("p") else values.reshape(-1, frame.layout.nb_channels)
    made = np.asarray(values, np.float32)
    if kind.startswith("u8"):
        made = made - np.float32(128)
    scale = _SCALES[kind.removesuffix("p")]
    return made if scale == 1 else made * np.float32(1 / scale)
