"""Work away from the interface thread: the newest request of a key counts, results arrive on the interface thread."""

from __future__ import annotations

import itertools
import logging
from collections import Counter
from collections.abc import Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

WORKERS = 6
"""Enough that counting and checking large rows never keep a frame waiting."""

_log = logging.getLogger(__name__)


class Background(QObject):
    """The only place that starts threads of our own; they carry plain data, never Qt objects."""

    _arrived = Signal(object)

    def __init__(self, workers: int = WORKERS) -> None:
        super().__init__()
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="work")
        self._lock = Lock()
        self._tickets: dict[str, int] = {}
        self._pending: dict[str, Future[None]] = {}
        self._count = itertools.count(1)
        self._closed = False
        self._undelivered: Counter[str] = Counter()
        self._arrived.connect(self._call, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        key: str,
        work: Callable[[], Any],
        then: Callable[[Any], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """`work()` on a worker, then `then(result)` on the interface thread, unless a newer request of `key` came.

        An exception goes to `failed` there; without it, it ends in the log as the bug that it is.
        """
        if self._closed:
            return
        ticket = next(self._count)
        with self._lock:
            self._tickets[key] = ticket
            waiting = self._pending.pop(key, None)
        if waiting is not None:
            waiting.cancel()
        future = self._pool.submit(self._work, key, ticket, work, then, failed)
        with self._lock:
            self._pending[key] = future

    def cancel(self, key: str) -> None:
        """Results of this key that are still on their way are dropped."""
        with self._lock:
            self._tickets.pop(key, None)
            waiting = self._pending.pop(key, None)
        if waiting is not None:
            waiting.cancel()

    def post(self, call: Callable[[], None]) -> None:
        """`call()` on the interface thread; from any thread."""
        self._send("", call)

    def is_current(self, key: str, ticket: int) -> bool:
        with self._lock:
            return self._tickets.get(key) == ticket

    def idle(self, *, but_for: Collection[str] = ()) -> bool:
        """Whether nothing is under way or waiting to be told on the interface thread, work of some keys not counted."""
        with self._lock:
            undelivered = any(count for key, count in self._undelivered.items() if key not in but_for)
            return not undelivered and all(f.done() for key, f in self._pending.items() if key not in but_for)

    def close(self) -> None:
        """Drop what waits, let what runs come to its end without anybody listening."""
        self._closed = True
        with self._lock:
            self._tickets.clear()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _work(
        self,
        key: str,
        ticket: int,
        work: Callable[[], Any],
        then: Callable[[Any], None],
        failed: Callable[[Exception], None] | None,
    ) -> None:
        if not self.is_current(key, ticket):
            return
        try:
            result = work()
        except Exception as error:
            # every kind of failure is handed over: the caller knows what can be expected
            self._deliver(key, ticket, _failure(error, failed))
        else:
            self._deliver(key, ticket, lambda: then(result))

    def _deliver(self, key: str, ticket: int, call: Callable[[], None]) -> None:
        self._send(key, lambda: call() if self.is_current(key, ticket) else None)

    def _send(self, key: str, call: Callable[[], None]) -> None:
        if self._closed:
            return
        with self._lock:
            self._undelivered[key] += 1
        self._arrived.emit((key, call))

    def _call(self, sent: tuple[str, Callable[[], None]]) -> None:
        key, call = sent
        try:
            if not self._closed:
                call()
        finally:
            with self._lock:
                self._undelivered[key] -= 1


def _failure(error: Exception, failed: Callable[[Exception], None] | None) -> Callable[[], None]:
    def tell() -> None:
        if failed is None:
            _log.error("background work failed", exc_info=error)
        else:
            failed(error)

    return tell
