"""An HTML page as the tree that a browser builds: its text nodes, and positions in them by path and offset."""

from __future__ import annotations

from dataclasses import dataclass

from viewer.media.source import Source


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """A page that was read; nothing of it is run, nothing outside of it is loaded."""

    content: str
    """What all text nodes hold, in the order of the tree, as a Range of a browser would say it."""
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def read_page(source: Source) -> Page:
    """Parse a file. Raises ViewerError where it cannot be read."""
    return Page(source.read().decode("utf-8-sig", "replace"))
