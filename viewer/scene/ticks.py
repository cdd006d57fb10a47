"""Where marks of the ruler stand and what they say."""

from __future__ import annotations

import math
from dataclasses import dataclass

FINE = tuple(part * 10.0**power for power in range(-6, 0) for part in (1, 2, 5))
TIMES = (*FINE, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)
"""Seconds between marks of time; hours beyond."""


@dataclass(frozen=True, slots=True)
class Steps:
    """Positions between marks: those with words, and the small ones between them."""

    large: int
    small: int


def position_steps(scale: float, room: float) -> Steps:
    """The closest marks whose words have `room` columns each, at `scale` columns a position: 1, 2 or 5 times 10^n."""
    least = max(room / scale, 1.0)
    power = 10 ** math.floor(math.log10(least))
    large = next(step for step in (power, 2 * power, 5 * power, 10 * power) if step >= least)
    leading = large // 10 ** math.floor(math.log10(large))
    parts = {1: 10, 2: 4, 5: 5}[leading]
    small = large // parts if large % parts == 0 else large
    # marks closer than a few columns are only noise
    return Steps(int(large), int(small if small * scale >= room / 14 else large))


def time_step(columns_a_second: float, room: float) -> float:
    """Seconds between marks of time, so that their words have `room` columns each."""
    least = room / columns_a_second
    step = next((step for step in TIMES if step >= least), 0.0)
    return step or 3600.0 * 10 ** math.ceil(math.log10(least / 3600))


def time_words(seconds: float, digits: int = 3) -> str:
    """'1:03.500', '2:00:00' from an hour on; `digits` after the point."""
    fine = max(digits, 3)
    minutes, rest = divmod(round(seconds * 10**fine), 60 * 10**fine)
    hours, minutes = divmod(minutes, 60)
    whole, part = divmod(rest, 10**fine)
    said = f"{whole:02}" + (f".{part:0{fine}}"[: digits + 1] if digits else "")
    return f"{hours:,}:{minutes:02}:{said}" if hours else f"{minutes}:{said}"


def time_digits(step: float) -> int:
    """Digits after the point that marks so many seconds apart need."""
    return 0 if step >= 1 else min(-math.floor(math.log10(step * 1.000001)), 6)
