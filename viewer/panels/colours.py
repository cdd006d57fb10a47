"""Colours of the panels that a QPalette has no role for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PanelColours:
    """Each '#rrggbb'. Text and grounds come from the widget's palette: panels stand on its Base."""

    quiet: str
    """Text that does not ask to be read."""
    line: str
    """Hairlines and borders."""
    raised: str
    """Ground of what lies under the pointer."""
    accent: str
    selection: str
    """Ground of what is selected; text on it is the palette's."""
    warning: str
    error: str
    ok: str
