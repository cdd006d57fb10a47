"""Pictures come and go in large blocks of memory, which the system's allocator would like to keep."""

from __future__ import annotations

import ctypes
import sys

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3
"""glibc's names of the settings, from its malloc.h."""
LARGE = 1 << 20
SLACK = 16 << 20


def give_back_large_blocks() -> None:
    """Blocks from a megabyte on go back to the system as soon as they are freed. Elsewhere than on glibc nothing is done.

    By itself glibc raises that limit to the size of what was freed last, and then keeps holes between pictures: as much
    again as the pictures themselves. Of what smaller ones leave at the end of its memory, such as slices, some megabytes
    are kept: to ask for them anew for every slice takes a sixth of the time in which one is read.
    """
    if sys.platform == "linux":
        tune = getattr(ctypes.CDLL(None), "mallopt", None)
        if tune is not None:
            tune(_M_MMAP_THRESHOLD, LARGE)
            tune(_M_TRIM_THRESHOLD, SLACK)
