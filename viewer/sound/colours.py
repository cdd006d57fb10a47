"""The colours of sounds, '#rrggbb'; whoever makes a pane says which."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SoundColours:
    ground: str
    """Behind the waveform and the rows of labels."""
    ruler: str
    """Behind the ruler and the names."""
    raised: str
    """Ground of what lies under the pointer."""
    line: str
    """Hairlines and ticks."""
    text: str
    quiet: str
    """Text that does not ask to be read, and the waveform."""
    accent: str
    """The cursor, the loop, what was played, the focus."""
    selection: str
    """Ground of the selected label's row and range."""
    warning: str
    """Overlaps and gaps."""
