"""The end of the process: whoever closed the window waits for nothing."""

from __future__ import annotations

import os
import sys
import threading
import time

PATIENCE = 0.4
"""Seconds for workers to come to their end by themselves. Most do; one that parses a page of 20 MB, or reads 100 MB of
text, cannot be told to."""


def leave(status: int) -> int:
    """The status, once all threads have ended; with one that has not, the process ends here. What is kept on disk must
    be written by then; what workers write is put in its place when it is whole."""
    end = time.monotonic() + PATIENCE
    others = [thread for thread in threading.enumerate() if thread is not threading.current_thread()]
    waited_for = [thread for thread in others if not thread.daemon]
    for thread in waited_for:
        thread.join(max(0.0, end - time.monotonic()))
    if any(thread.is_alive() for thread in waited_for):
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        os._exit(status)
    return status
