"""Decoded pictures kept within a budget of bytes, and the next ones decoded before they are wanted."""

from __future__ import annotations

import logging
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from viewer.errors import ViewerError, escaped
from viewer.media.kinds import Picture, Pictures

_log = logging.getLogger(__name__)

Then = Callable[[int, Picture | ViewerError], None]

AHEAD, BEHIND = 4, 2
"""Frames decoded in the direction of movement, and against it."""


class ReadAhead:
    """A cache around `pictures` with threads of its own. Any thread may use it, and only settle and join ever wait.

    The frame wanted last is decoded first. Around it others are decoded ahead, as long as the budget holds them: the
    nearest first, where a step against the direction of movement counts as two. What is kept stays within
    `budget_bytes`, but for the frame wanted and the one shown, which are kept whatever they need; pictures being
    decoded come on top, one a worker. With more than one worker, one never reads ahead, so that a wanted frame is
    begun at once; `pictures` must then stand being used by several threads.
    """

    def __init__(self, pictures: Pictures, budget_bytes: int, workers: int = 2) -> None:
        self._pictures = pictures
        self._budget = budget_bytes
        self._changed = threading.Condition()
        self._kept: OrderedDict[int, Picture] = OrderedDict()  # least recently used first
        self._bytes: dict[int, int] = {}  # that each of them takes
        self._held = 0  # and all together
        self._busy: set[int] = set()
        self._skipped: set[int] = set()  # not to be read ahead: they failed
        self._unfit: set[int] = set()  # nor these, which were too large to be kept beside nearer ones
        self._wish: tuple[int, Then] | None = None
        self._wanted: int | None = None
        self._shown: int | None = None
        self._step = 1
        self._typical = 0  # bytes of the picture kept last
        self._ahead_free = max(1, workers - 1)
        self._closed = False
        self._alive = workers
        self._threads = [threading.Thread(target=self._work, name="pictures", daemon=True) for _ in range(workers)]
        for thread in self._threads:
            thread.start()

    @property
    def nbytes(self) -> int:
        """Memory held by the pictures that are kept."""
        with self._changed:
            return self._held

    def get(self, frame: int) -> Picture | None:
        """The picture if it is there, which is then the one wanted and shown; None changes nothing."""
        with self._changed:
            picture = self._kept.get(frame)
            if picture is not None:
                self._want(frame)
                self._wish = None
                self._shown = frame
                self._kept.move_to_end(frame)
                self._keep_within_budget()
                self._changed.notify_all()
            return picture

    def request(self, frame: int, then: Then) -> None:
        """Decode `frame` next and call `then` with it, or with what is wrong with it, from a worker thread.

        Only the newest request counts: one that is not yet answered is dropped by the next `request` or `get`.
        """
        with self._changed:
            if not self._closed:
                self._want(frame)
                self._wish = (frame, then)
                self._changed.notify_all()

    def settle(self, timeout: float | None = None) -> bool:
        """Wait until all that is to be decoded has been; False where that took longer than `timeout` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: self._closed or not (self._busy or self._pick()), timeout)

    def close(self) -> None:
        """Forget everything. The threads end after what they are decoding now, the last one closes `pictures`."""
        with self._changed:
            self._closed = True
            self._wish = None
            self._kept.clear()
            self._bytes.clear()
            self._held = 0
            self._changed.notify_all()

    def join(self, timeout: float | None = None) -> bool:
        """After `close`, wait up to `timeout` seconds for each thread; whether all have ended."""
        for thread in self._threads:
            thread.join(timeout)
        return not any(thread.is_alive() for thread in self._threads)

    # -- in the worker threads

    def _work(self) -> None:
        while (job := self._next_job()) is not None:
            frame, ahead = job
            result = self._kept_or_decoded(frame)
            then = self._finish(frame, result, ahead)
            if then is not None:
                call_safely(then, frame, result)
        with self._changed:
            self._alive -= 1
            last = not self._alive
        if last:
            self._pictures.close()

    def _next_job(self) -> tuple[int, bool] | None:
        """A frame, and whether it is read ahead; None when it is over."""
        with self._changed:
            while not self._closed:
                job = self._pick()
                if job is not None:
                    frame, ahead = job
                    self._busy.add(frame)
                    self._ahead_free -= ahead
                    return job
                self._changed.wait()
            return None

    def _pick(self) -> tuple[int, bool] | None:
        if self._wish is not None and self._wish[0] not in self._busy:
            return self._wish[0], False
        if self._wanted is None or not self._ahead_free:
            return None
        for frame in self._neighbours(self._wanted):
            if frame in self._kept or frame in self._busy or frame in self._skipped or frame in self._unfit:
                continue
            return (frame, True) if self._would_fit(frame) else None
        return None

    def _kept_or_decoded(self, frame: int) -> Picture | ViewerError:
        with self._changed:
            picture = self._kept.get(frame)
        if picture is not None:
            return picture
        try:
            return self._pictures.picture(frame)
        except ViewerError as error:
            return error
        except Exception as error:
            # A mistake of ours must not end the thread that all later frames wait for
            _log.error("a picture could not be decoded", exc_info=error)
            failed = ViewerError(f"Something went wrong with this picture ({escaped(repr(error))[:200]})")
            failed.__cause__ = error
            return failed

    def _finish(self, frame: int, result: Picture | ViewerError, ahead: bool) -> Then | None:
        """Keep the result; whom to call with it."""
        with self._changed:
            self._busy.discard(frame)
            self._ahead_free += ahead
            self._changed.notify_all()
            if self._closed:
                return None
            then = None
            if self._wish is not None and self._wish[0] == frame:
                then = self._wish[1]
                self._wish = None
            if isinstance(result, ViewerError):
                self._skipped.add(frame)
            else:
                self._keep(frame, result)
                if then is not None:
                    self._shown = frame
                    self._keep_within_budget()
            return then

    # -- with the lock held

    def _want(self, frame: int) -> None:
        if self._wanted is not None and frame != self._wanted:
            self._step = 1 if frame > self._wanted else -1
        self._wanted = frame
        self._unfit.clear()

    def _distance(self, frame: int) -> int:
        """From the wanted frame; a step against the movement counts as two."""
        steps = (frame - (self._wanted or 0)) * self._step
        return steps if steps >= 0 else -steps * AHEAD // BEHIND

    def _neighbours(self, wanted: int) -> list[int]:
        frames = [wanted + self._step * by for by in (*range(1, AHEAD + 1), *range(-BEHIND, 0))]
        return sorted((frame for frame in frames if 0 <= frame < self._pictures.count), key=self._distance)

    def _spare(self, beyond: int = 0) -> list[int]:
        """Kept frames that may go, in that order, all farther away than `beyond`: what was not used for longest among
        those out of reach, then the farthest."""
        farther = [f for f in self._kept if self._distance(f) > beyond and f not in (self._wanted, self._shown)]
        return sorted(farther, key=lambda frame: -min(self._distance(frame), AHEAD + 1))

    def _would_fit(self, frame: int) -> bool:
        wanted = self._held + self._typical * (len(self._busy) + 1)
        return wanted <= self._budget or wanted - self._freed_by(self._spare(self._distance(frame))) <= self._budget

    def _freed_by(self, spare: list[int]) -> int:
        return sum(self._bytes[frame] for frame in spare)

    def _keep(self, frame: int, picture: Picture) -> None:
        self._skipped.discard(frame)
        self._drop(frame)
        nbytes = picture.nbytes
        most = self._budget - nbytes
        if self._held > most:
            spare = self._spare() if frame == self._wanted else self._spare(self._distance(frame))
            if frame != self._wanted and self._held - self._freed_by(spare) > most:
                self._unfit.add(frame)
                return
            self._evict(most, spare)
        self._kept[frame], self._bytes[frame] = picture, nbytes
        self._held += nbytes
        self._typical = nbytes

    def _keep_within_budget(self) -> None:
        if self._held > self._budget:
            self._evict(self._budget, self._spare())

    def _evict(self, most: int, spare: list[int]) -> None:
        for frame in spare:
            if self._held <= most:
                return
            self._drop(frame)

    def _drop(self, frame: int) -> None:
        if self._kept.pop(frame, None) is not None:
            self._held -= self._bytes.pop(frame)


def call_safely(then: Callable[[int, Any], None], frame: int, result: Any) -> None:
    """`then(frame, result)` in a thread that goes on whatever happens there."""
    try:
        then(frame, result)
    except Exception:
        # Reported as if the thread had ended by it, but the next frames still need the thread
        threading.excepthook(threading.ExceptHookArgs((*sys.exc_info(), threading.current_thread())))
