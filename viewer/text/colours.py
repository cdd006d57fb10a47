"""The colours of texts, '#rrggbb'; whoever makes a pane says which."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TextColours:
    ground: str
    """Behind the text."""
    ruler: str
    """Behind the strip."""
    raised: str
    """Ground of what lies under the pointer."""
    line: str
    """Hairlines and ticks."""
    text: str
    quiet: str
    """Text that does not ask to be read."""
    accent: str
    """What is selected, the focus."""
    selection: str
    """Ground of the selected range."""
    warning: str
    """What is wrong."""
