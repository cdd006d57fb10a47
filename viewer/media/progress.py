"""Work that takes a while: how far it is, and being told that nobody wants it any more."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[float], None]
"""Called now and then with 0 to 1."""


class Stopped(Exception):
    """Nobody wants the result any more."""
