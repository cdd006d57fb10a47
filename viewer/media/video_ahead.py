"""A video decoded ahead, forwards and backwards, by one thread: what is wanted next is there before it is asked for."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from viewer.errors import ViewerError, escaped
from viewer.media.kinds import Picture
from viewer.media.progress import Stopped
from viewer.media.read_ahead import Then, call_safely
from viewer.media.video import VideoPictures, beyond_the_end, undecodable
from viewer.media.video_picture import kept_apart, nbytes_of, picture_of, reformatter, small_picture
from viewer.media.video_reader import Disorder, VideoReader

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

_log = logging.getLogger(__name__)

SmallThen = Callable[[int, NDArray[np.uint8]], None]

AHEAD = 60
"""Frames decoded in the direction of movement at most; backwards a group is always decoded from its start."""
NEAR = (1, 2, 3, -1)
"""Steps from the present frame that are converted to be shown before they are wanted."""
READY = 6
"""Converted pictures that are kept at most."""
SHARE = 0.7
"""Of the budget, for frames in the direction of movement."""


class VideoAhead:
    """Decoded frames of a video within a budget of bytes. Any thread may use it, and only settle and join ever wait.

    Frames are kept as they come out of the decoder, which takes a third of the memory of pictures, and are converted
    when they are shown. A wish interrupts what is being decoded ahead after the frame under way.
    """

    def __init__(self, pictures: VideoPictures, budget_bytes: int) -> None:
        self._video = pictures.video
        self._quarters = pictures.quarters
        self._budget = budget_bytes
        self._changed = threading.Condition()
        self._frames: dict[int, VideoFrame] = {}
        self._pictures: dict[int, Picture] = {}
        self._lost: set[int] = set()
        self._damaged: set[int] = set()
        self._unfit: set[int] = set()  # not to be decoded ahead: there was no room to keep them
        self._held = 0  # bytes of _frames
        size = self._video.index.size
        self._largest = max(4 * size.width * size.height, 1)  # bytes of a picture; frames may grow in mid-stream
        self._wish: tuple[int, Then] | None = None
        self._wanted: int | None = None
        self._step = 1
        self._closed = False
        self._busy = False
        self._going: int | None = None
        self._tries = 0
        self._reader = VideoReader(self._video.source, self._video.index)
        self._small_wishes: list[int] = []
        self._small_then: SmallThen = lambda frame, small: None
        self._small_height = 0
        self._small_going: int | None = None
        self._small_reader = VideoReader(self._video.source, self._video.index)
        self._thread = threading.Thread(target=self._work, name="video", daemon=True)
        self._thread.start()

    @property
    def count(self) -> int:
        """Frames of the video."""
        return self._video.count

    @property
    def nbytes(self) -> int:
        """Memory held by the frames that are kept."""
        with self._changed:
            return self._held + sum(picture.nbytes for picture in self._pictures.values())

    def get(self, frame: int) -> Picture | None:
        """The picture if it is there, which is then the one wanted; None changes nothing."""
        with self._changed:
            picture = self._pictures.get(frame)
            if picture is not None:
                self._want(frame)
                self._wish = None
                self._changed.notify_all()
            return picture

    def request(self, frame: int, then: Then) -> None:
        """Decode `frame` next and call `then` with it, or with what is wrong with it, from the thread.

        Only the newest request counts: one that is not yet answered is dropped by the next `request` or `get`.
        """
        with self._changed:
            if not self._closed:
                self._want(frame)
                self._wish = (frame, then)
                self._changed.notify_all()

    def request_small(self, frames: Sequence[int], height: int, then: SmallThen) -> None:
        """Call `then` with small pictures of these frames, one after the other, while nothing else is to be done.

        Takes the place of what was requested so before; frames that cannot be decoded are passed over.
        """
        with self._changed:
            self._small_wishes = [frame for frame in frames if 0 <= frame < self._video.count]
            self._small_then, self._small_height = then, height
            self._changed.notify_all()

    def settle(self, timeout: float | None = None) -> bool:
        """Wait until all that is to be decoded has been; False where that took longer than `timeout` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: self._closed or not (self._busy or self._pick()), timeout)

    def close(self) -> None:
        """Forget everything; the thread ends after the frame that it is decoding now."""
        with self._changed:
            self._closed = True
            self._wish = None
            self._small_wishes.clear()
            self._forget()
            self._changed.notify_all()

    def join(self, timeout: float | None = None) -> bool:
        """After `close`, wait for the thread; whether it has ended."""
        self._thread.join(timeout)
        return not self._thread.is_alive()

    # -- in the thread

    def _work(self) -> None:
        self._converter = reformatter()
        while (job := self._next_job()) is not None:
            frame, is_small = job
            if self._video.index is not self._reader.index:
                self._start_anew()
            try:
                if is_small:
                    self._do_small(frame)
                else:
                    self._do(frame)
            except Disorder:
                self._index_anew(frame)
            except ViewerError as error:
                self._failed(frame, error, is_small=is_small)
            except Exception as error:
                # A mistake of ours must not end the thread that all later frames wait for
                _log.error("a frame could not be decoded", exc_info=error)
                failed = ViewerError(f"Something went wrong with this frame ({escaped(repr(error))[:200]})")
                failed.__cause__ = error
                self._failed(frame, failed, is_small=is_small)
        self._reader.close()
        self._small_reader.close()
        self._video.close()

    def _next_job(self) -> tuple[int, bool] | None:
        """A frame to be decoded further towards, or to be converted, and whether small; None when it is over."""
        with self._changed:
            self._busy = False
            while not self._closed:
                job = self._pick()
                if job is not None:
                    self._busy = True
                    return job
                self._changed.notify_all()
                self._changed.wait()
            return None

    def _do(self, frame: int) -> None:
        """One step: a frame decoded on the way to this one, or its conversion."""
        with self._changed:
            decoded, ready, is_lost = self._frames.get(frame), self._pictures.get(frame), frame in self._lost
        if ready is not None:
            self._answer(frame, ready)
        elif not 0 <= frame < self._video.count:
            self._answer(frame, ViewerError(beyond_the_end(frame, self._video.count)))
        elif decoded is not None:
            self._answer(frame, self._converted(frame, decoded))
        elif is_lost:
            self._answer(frame, ViewerError(undecodable(frame)))
        else:
            self._decode_towards(frame)

    def _do_small(self, frame: int) -> None:
        """One step towards a small picture, with a reader of its own, so that the other one stays where it is."""
        with self._changed:
            decoded, height, then = self._frames.get(frame), self._small_height, self._small_then
        if decoded is None:
            if frame != self._small_going:
                self._small_reader.go_to(frame)
                self._small_going = frame
            found = self._small_reader.next()
            if found is not None and found[0] < frame:
                return
            decoded = found[1] if found is not None and found[0] == frame else None
        self._small_going = None
        with self._changed:
            self._small_wishes = [other for other in self._small_wishes if other != frame]
        if decoded is not None:
            call_safely(then, frame, small_picture(decoded, height, self._quarters))

    def _decode_towards(self, frame: int) -> None:
        if frame != self._going:
            self._reader.go_to(frame)
            self._going, self._tries = frame, 0
        found = self._reader.next()
        if found is not None:
            self._keep(*found)
        if found is None or found[0] >= frame:
            if found is not None and found[0] == frame:
                self._going = None
                with self._changed:
                    if frame not in self._frames:
                        self._unfit.add(frame)
            elif self._reader.try_again(self._tries):
                self._tries += 1
            else:
                self._going = None
                with self._changed:
                    self._lost.add(frame)

    def _converted(self, frame: int, decoded: VideoFrame) -> Picture:
        picture = picture_of(decoded, self._converter, self._quarters, is_damaged=frame in self._damaged)
        with self._changed:
            if not self._closed:
                self._pictures[frame] = picture
                self._largest = max(self._largest, picture.nbytes)
                self._evict()
        return picture

    def _keep(self, frame: int, decoded: VideoFrame) -> None:
        with self._changed:
            if frame not in self._frames and not self._closed:
                self._frames[frame] = decoded = kept_apart(decoded)
                if self._reader.is_damaged:
                    self._damaged.add(frame)
                self._held += nbytes_of(decoded)
                self._evict()

    def _failed(self, frame: int, error: ViewerError, *, is_small: bool) -> None:
        """Not the frame's own fault, perhaps: it is tried again when it is asked for again, but not ahead."""
        self._going = self._small_going = None
        with self._changed:
            if is_small:
                self._small_wishes = [other for other in self._small_wishes if other != frame]
                return
            self._unfit.add(frame)
        self._answer(frame, error)

    def _answer(self, frame: int, result: Picture | ViewerError) -> None:
        with self._changed:
            then = None
            if self._wish is not None and self._wish[0] == frame:
                then = self._wish[1]
                self._wish = None
        if then is not None:
            call_safely(then, frame, result)

    def _index_anew(self, frame: int) -> None:
        try:
            self._video.index_anew(lambda _: None, lambda: self._closed)
        except Stopped:
            return
        except ViewerError as error:
            self._failed(frame, error, is_small=False)

    def _start_anew(self) -> None:
        """By another index, which this thread made or another one: numbers may mean other frames now."""
        with self._changed:
            self._forget()
        for reader in (self._reader, self._small_reader):
            reader.close()
        self._reader = VideoReader(self._video.source, self._video.index)
        self._small_reader = VideoReader(self._video.source, self._video.index)
        self._going = self._small_going = None

    # -- with the lock held

    def _want(self, frame: int) -> None:
        if self._wanted is not None and frame != self._wanted:
            self._step = 1 if frame > self._wanted else -1
        self._wanted = frame
        self._unfit.clear()

    def _forget(self) -> None:
        self._frames.clear()
        self._pictures.clear()
        self._lost.clear()
        self._damaged.clear()
        self._unfit.clear()
        self._held = 0

    def _pick(self) -> tuple[int, bool] | None:
        """What is wished for; else what will be wanted next; else a small picture, which is then marked so."""
        if self._wish is not None:
            return self._wish[0], False
        frame = None if self._wanted is None else self._next_ahead(self._wanted)
        if frame is not None:
            return frame, False
        return (self._small_wishes[0], True) if self._small_wishes else None

    def _next_ahead(self, wanted: int) -> int | None:
        near = [wanted + by * self._step for by in NEAR]
        for frame in near[: self._most_ready() - 1]:
            if frame in self._frames and frame not in self._pictures:
                return frame
        return next((frame for frame in self._ahead(wanted) if self._is_missing(frame)), None)

    def _is_missing(self, frame: int) -> bool:
        return frame not in self._frames and frame not in self._lost and frame not in self._unfit

    def _most_ready(self) -> int:
        """Converted pictures that a quarter of the budget holds; the one shown always."""
        return max(1, min(READY, self._budget // 4 // self._largest))

    @property
    def _room(self) -> int:
        """Bytes for frames as decoded."""
        return max(self._budget - self._most_ready() * self._largest, 0)

    def _ahead(self, wanted: int) -> range:
        """Frames that are to be there, the most urgent first."""
        typical = max((nbytes_of(frame) for frame in list(self._frames.values())[:1]), default=1)
        room = min(AHEAD, int(SHARE * self._room / typical))
        if self._step > 0:
            return range(wanted + 1, min(wanted + 1 + room, self._video.count))
        first = min(wanted, self._video.count) - 1
        return range(first, max(first - room, -1), -1)

    def _evict(self) -> None:
        """The farthest first; against the movement a frame counts three times as far. The one wanted is never dropped."""
        wanted = self._wanted or 0

        def distance(frame: int) -> int:
            steps = (frame - wanted) * self._step
            return steps if steps >= 0 else -3 * steps

        for frame in sorted(self._pictures, key=distance)[self._most_ready() :]:
            del self._pictures[frame]
        if self._held <= self._room:
            return
        for frame in sorted(self._frames, key=distance, reverse=True):
            if self._held <= self._room or frame == wanted:
                break
            self._held -= nbytes_of(self._frames.pop(frame))
