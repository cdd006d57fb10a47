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


PAPER = TextColours(
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
"""Of pictures of a text that are written to a file."""
