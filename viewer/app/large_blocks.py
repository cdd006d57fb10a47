"""Pictures come and go in large blocks of memory, which the system's allocator would like to keep."""

from __future__ import annotations

import ctypes
import sys

_M_MMAP_THRESHOLD = -3
"""glibc's name of the setting, from its malloc.h."""
LARGE = 1 << 20


def give_back_large_blocks() -> None:
    """Blocks from a megabyte on go back to the system as soon as they are freed. Elsewhere than on glibc nothing is done.

    By itself glibc raises that limit to the size of what was freed last, and then keeps holes between pictures: as much
    again as the pictures themselves.
    """
    if sys.platform == "linux":
        tune = getattr(ctypes.CDLL(None), "mallopt", None)
        if tune is not None:
            tune(_M_MMAP_THRESHOLD, LARGE)
