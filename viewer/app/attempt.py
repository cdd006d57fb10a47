"""Opening a medium in a worker: whatever happens there, whoever waits for it is told."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from viewer.errors import ViewerError, escaped
from viewer.media.progress import Stopped

_log = logging.getLogger(__name__)
_Medium = TypeVar("_Medium")


def attempt(open_it: Callable[[], _Medium | None], what: str) -> _Medium | ViewerError | None:
    """The medium, or why it cannot be opened; None where there is none, or nobody wants it any more."""
    try:
        return open_it()
    except ViewerError as error:
        return error
    except Stopped:
        return None
    except Exception as error:
        # a window that waits for ever would be the worst way to tell of it
        _log.error("a medium could not be opened", exc_info=error)
        return ViewerError(f"Something went wrong with {what} ({escaped(repr(error))[:200]})")
