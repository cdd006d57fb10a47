"""Where the parts of a line stand; painting and clicking both ask here."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QRect

from viewer.panels.line import Cell, Line
from viewer.panels.paint_text import Fonts, Ink

PAD = 8
GAP = 8
INDENT = 16
SIGN = 16
CELL_ICON = 18
SECTION_HEIGHT = 32
LEAST_TEXT = 84
"""Cells are left out, the least important first, before the text gets narrower than this."""
MOST_CHIP = 110
PATHS_FROM = 420
"""Width of a pane from which there is room for a path after a text."""


@dataclass(slots=True)
class Layout:
    """Rectangles of a line's parts; empty ones where there is nothing."""

    chevron: QRect = field(default_factory=QRect)
    sign: QRect = field(default_factory=QRect)
    name: QRect = field(default_factory=QRect)
    text: QRect = field(default_factory=QRect)
    chip: QRect = field(default_factory=QRect)
    note: QRect = field(default_factory=QRect)
    below: QRect = field(default_factory=QRect)
    path: QRect = field(default_factory=QRect)
    cells: list[tuple[Cell, QRect]] = field(default_factory=list[tuple[Cell, QRect]])


def text_ink(line: Line, fonts: Fonts) -> Ink:
    if line.fixed:
        return fonts.fixed
    return fonts.strong if line.tone in ("strong", "section") else fonts.plain


def name_width(width: int) -> int:
    """Of the column of names in a pane of `width` pixels."""
    return max(64, min(150, round(width * 0.33)))


def cell_width(cell: Cell, fonts: Fonts) -> int:
    text = max(fonts.plain.width(cell.text), fonts.plain.width(cell.room))
    if not cell.icon:
        return text
    return CELL_ICON + (3 + text if text else 0)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a line's columns begin and end, from the left edge of the pane."""

    front: int
    """Of the sign."""
    start: int
    """Of the name, or of the text where there is no name."""
    text: int
    end: int
    """Where the text must end."""
    cells: tuple[tuple[Cell, int, int], ...]
    """(cell, left, width) of those that have room, from the right."""


def columns(line: Line, width: int, fonts: Fonts) -> Columns:
    front = PAD + line.level * INDENT + (SIGN if line.open is not None or line.among_heads else 0)
    start = front + (SIGN + 6 if line.sign is not None else 0)
    text = PAD + name_width(width) + GAP if line.name else start
    end = right = width - PAD
    cells: list[tuple[Cell, int, int]] = []
    for cell in reversed(line.cells):
        wide = cell_width(cell, fonts)
        if right - wide - GAP < text + LEAST_TEXT:
            break
        cells.append((cell, right - wide, wide))
        right -= wide + (4 if cell.icon and not (cell.text or cell.room) else GAP)
    # shy cells lie over the end of a value, which would be cut or wrapped for nothing most of the time
    over = line.name and all(cell.shy for cell in line.cells)
    return Columns(front, start, text, end if over else right, tuple(cells))


def lay_out(line: Line, rect: QRect, fonts: Fonts) -> Layout:
    made = Layout()
    left, top, height = rect.left(), rect.top(), fonts.row
    if line.tone == "section":
        top = rect.bottom() - fonts.row
    found = columns(line, rect.width(), fonts)
    if line.open is not None:
        made.chevron = QRect(left + found.front - SIGN - 2, top, SIGN, height)
    if line.sign is not None:
        made.sign = QRect(left + found.front, top + (height - SIGN) // 2, SIGN, SIGN)
    if line.name:
        made.name = QRect(left + found.start, top, max(0, found.text - GAP - found.start), height)
    made.cells = [(cell, QRect(left + x, top, wide, height)) for cell, x, wide in found.cells]
    room = QRect(left + found.text, top, max(0, found.end - found.text), height)
    if line.wrap > 1:
        room.setHeight(rect.height() - (fonts.leading if line.below else 0))
        made.text = room
    else:
        _place_text(line, made, room, fonts)
    if line.below:
        # cells stand at the end of the first line only
        below = QRect(
            room.left(), rect.bottom() - fonts.leading - 3, rect.right() + 1 - PAD - room.left(), fonts.leading
        )
        wide = min(fonts.plain.width(line.below) + 1, below.width())
        made.below = QRect(below.left(), below.top(), wide, below.height())
        made.path = below.adjusted(wide + GAP, 0, 0, 0)
    elif line.path:
        made.path, made.note = (made.note if rect.width() >= PATHS_FROM else QRect()), QRect()
    return made


def _place_text(line: Line, made: Layout, room: QRect, fonts: Fonts) -> None:
    """Text, then its chip, then its note, on one line."""
    wanted = text_ink(line, fonts).width(line.text) + 1
    after = 0
    if line.chip:
        # text and chip share what there is
        half = room.width() // 2
        most = max(MOST_CHIP, room.width() - wanted - 6) if wanted < half else half
        after = min(most, fonts.small.width(line.chip) + 12) + 6
    made.text = QRect(room.left(), room.top(), min(wanted, max(room.width() - after, 0)), room.height())
    left = made.text.right() + 1
    if line.chip and room.right() + 1 - left > 24:
        height = fonts.small.size.height() + 2
        made.chip = QRect(left + 6, room.top() + (room.height() - height) // 2, after - 6, height)
        left += after
    if (line.note or line.path) and room.right() + 1 - left > 28:
        made.note = QRect(left + 6, room.top(), room.right() + 1 - left - 6, room.height())


def line_height(line: Line, width: int, fonts: Fonts) -> int:
    """Of the whole line in a pane of `width` pixels."""
    if line.tone == "section":
        return SECTION_HEIGHT if line.rule else fonts.row
    count = 1
    if line.wrap > 1:
        found = columns(line, width, fonts)
        count = len(text_ink(line, fonts).wrapped(line.text, found.end - found.text, line.wrap))
    return fonts.row + (count - 1) * fonts.leading + (fonts.leading + 2 if line.below else 0)
