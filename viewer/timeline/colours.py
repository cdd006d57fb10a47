"""The timeline's own colours, '#rrggbb'; whoever makes a pane says which."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TimelineColours:
    ground: str
    """Behind the rows."""
    ruler: str
    """Behind ruler, density and thumbnails."""
    raised: str
    """Ground of what lies under the pointer."""
    line: str
    """Hairlines and ticks."""
    text: str
    quiet: str
    """Text that does not ask to be read."""
    accent: str
    """The playhead, the loop, the focus."""
    selection: str
    """Ground of the selected label's row."""
