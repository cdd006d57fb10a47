"""One line of a list, as data: what it says, what marks it, what can be clicked. How it looks is decided elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from viewer.errors import Severity
from viewer.shapes.sketch import DotMark

Tone = Literal["plain", "quiet", "strong", "section", "link", "warning", "error", "ok"]


BLANK = " "
"""An icon that is only its room."""

SEVERITY_ICONS: dict[Severity, str] = {"error": "error", "warning": "warning", "note": "note"}
"""Told apart by form as well as by colour."""


@dataclass(frozen=True, slots=True)
class Swatch:
    """A filled square of a label's colour."""

    colour: str


@dataclass(frozen=True, slots=True)
class Symbol:
    """An icon of the drawn set."""

    name: str
    """BLANK keeps only its room."""
    tone: Tone = "quiet"


@dataclass(frozen=True, slots=True)
class ShapeSymbol:
    """The icon of a shape's word."""

    word: str


@dataclass(frozen=True, slots=True)
class Stage:
    """How far something is, 0 to 1, as a ring that fills up; 1 is a tick."""

    part: float


@dataclass(frozen=True, slots=True)
class DotSymbol:
    """A point of a skeleton as it is drawn on the picture."""

    mark: DotMark
    colour: str = ""


Sign = Swatch | Symbol | ShapeSymbol | Stage | DotSymbol


@dataclass(frozen=True, slots=True)
class Cell:
    """A column at the right end of a line."""

    text: str = ""
    icon: str = ""
    """Of the drawn set; BLANK keeps its room."""
    tone: Tone = "quiet"
    room: str = ""
    """A text whose width is kept free, so that columns of several lines stand below one another."""
    id: str = ""
    """Names a cell that can be clicked."""
    title: str = ""
    """Tooltip, and what a screen reader says."""
    shy: bool = False
    """Drawn only under the pointer and on the current line."""


@dataclass(frozen=True, slots=True)
class Line:
    """Texts are shown as they are: whoever makes a line has made them safe and short."""

    text: str
    name: str = ""
    """In a column of its own before the text: what the text is the value of."""
    note: str = ""
    """After the text."""
    note_tone: Tone = "quiet"
    below: str = ""
    """Quiet, on a line of its own."""
    path: str = ""
    """Quiet, in the fixed font, without its middle where there is no room: after `below`, else after the text."""
    chip: str = ""
    sign: Sign | None = None
    level: int = 0
    tone: Tone = "plain"
    fixed: bool = False
    """In the fixed font: hashes, paths, JSON."""
    middle: bool = False
    """Too long a text loses its middle, not its end."""
    wrap: int = 1
    """Lines that the text may take."""
    bar: Literal["", "text", "note"] = ""
    """The part in whose place a grey bar is drawn, as it is not for every eye; the part itself holds no secret."""
    open: bool | None = None
    """Whether what it heads is unfolded; None where it heads nothing."""
    among_heads: bool = False
    """Stands where heads stand too, so it starts as far in as they do."""
    rule: bool = False
    """A hairline above."""
    cells: tuple[Cell, ...] = ()
    """The least important first: those are left out where there is no room."""
    tip: str = ""
    copy: str = ""
    """What copying the line gives, whole."""
    target: Any = None
    """What activating the line leads to."""

    @property
    def spoken(self) -> str:
        """For screen readers."""
        unfolded = {None: "", True: "unfolded", False: "folded"}[self.open]
        said = [self.name, self.text, self.note, self.chip, self.below, self.path, unfolded]
        said += [cell.title or cell.text for cell in self.cells]
        return ", ".join(part for part in said if part)
