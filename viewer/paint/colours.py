"""The colours of timelines, sounds and texts, '#rrggbb'; whoever makes a pane says which."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChartColours:
    ground: str
    """Behind the rows of labels, the waveform, the text."""
    ruler: str
    """Behind ruler, names and density."""
    raised: str
    """Ground of what lies under the pointer."""
    line: str
    """Hairlines and ticks."""
    text: str
    quiet: str
    """Text that does not ask to be read, and waveforms."""
    accent: str
    """The playhead, the loop, what was played, the focus."""
    selection: str
    """Ground of the selected label's row and range."""
    warning: str
    """What is odd: overlaps, ranges that do not fit."""


PRINTED = ChartColours(
    ground="#ffffff",
    ruler="#f4f5f6",
    raised="#eceef0",
    line="#d8dbdf",
    text="#1d1f23",
    quiet="#5d646e",
    accent="#1668dc",
    selection="#d5e5fc",
    warning="#8f5f00",
)
"""Of pictures, whatever the theme of the window is."""
