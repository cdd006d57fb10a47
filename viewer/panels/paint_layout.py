"""Where the parts of a line stand; painting and clicking both ask here."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QFontMetrics

from viewer.panels.line import Cell, Line
from viewer.panels.paint_text import Fonts, wrapped

PAD = 8
GAP = 8
INDENT = 16
SIGN = 16
CELL_ICON = 18
SECTION_HEIGHT = 32
LEAST_TEXT = 84
"""Cells are left out, the least important first, before the text gets narrower than this."""
MOST_CHIP = 110
LEAST_PATH = 110


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


def text_font(line: Line, fonts: Fonts) -> tuple[QFont, QFontMetrics]:
    if line.fixed:
        return fonts.fixed, fonts.fixed_size
    if line.tone == "section":
        return fonts.strong, fonts.strong_size
    return (fonts.strong, fonts.strong_size) if line.tone == "strong" else (fonts.plain, fonts.plain_size)


def name_width(width: int) -> int:
    """Of the column of names in a pane of `width` pixels."""
    return max(64, min(150, round(width * 0.36)))


def lay_out(line: Line, rect: QRect, fonts: Fonts) -> Layout:
    made = Layout()
    band = QRect(rect.left(), rect.top(), rect.width(), fonts.row)
    if line.tone == "section":
        band.moveTop(rect.bottom() - fonts.row)
    left = band.left() + PAD + line.level * INDENT
    if line.open is not None:
        made.chevron = QRect(left - 2, band.top(), SIGN, band.height())
    if line.open is not None or line.among_heads:
        left += SIGN
    if line.sign is not None:
        made.sign = QRect(left, band.top() + (band.height() - SIGN) // 2, SIGN, SIGN)
        left += SIGN + 6
    right = _place_cells(line, made, band, left, fonts)
    if line.name:
        column = band.left() + PAD + name_width(rect.width())
        made.name = QRect(left, band.top(), max(0, column - left), band.height())
        left = column + GAP
    _place_text(line, made, QRect(left, band.top(), max(0, right - left), band.height()), rect, fonts)
    if line.below:
        room = QRect(left, rect.bottom() - fonts.leading - 3, max(0, right - left), fonts.leading)
        width = min(fonts.plain_size.horizontalAdvance(line.below) + 1, room.width())
        made.below = QRect(room.left(), room.top(), width, room.height())
        made.path = room.adjusted(width + GAP, 0, 0, 0)
    elif line.path:
        made.path, made.note = (made.note if made.note.width() > LEAST_PATH else QRect()), QRect()
    return made


def _place_cells(line: Line, made: Layout, band: QRect, left: int, fonts: Fonts) -> int:
    """Fills `made.cells` from the right and says where the text must end."""
    right = band.right() + 1 - PAD
    column = band.left() + PAD + name_width(band.width()) + GAP
    least = (max(left, column) if line.name else left) + (LEAST_TEXT if line.text else 0)
    end = right
    for cell in reversed(line.cells):
        width = cell_width(cell, fonts)
        if right - width - GAP < least:
            break
        made.cells.append((cell, QRect(right - width, band.top(), width, band.height())))
        right -= width + (4 if cell.icon and not cell.text else GAP)
    # shy cells lie over the end of a value, which would be cut or wrapped for nothing most of the time
    return end if line.name and all(cell.shy for cell in line.cells) else right


def cell_width(cell: Cell, fonts: Fonts) -> int:
    size = fonts.plain_size
    text = max(size.horizontalAdvance(cell.text), size.horizontalAdvance(cell.room))
    if not cell.icon:
        return text
    return CELL_ICON + (3 + text if text else 0)


def _place_text(line: Line, made: Layout, room: QRect, rect: QRect, fonts: Fonts) -> None:
    _, size = text_font(line, fonts)
    wanted = size.horizontalAdvance(line.text) + 1
    if line.wrap > 1 or line.below:
        height = rect.height() - (fonts.leading if line.below else 0)
        made.text = QRect(room.left(), rect.top(), room.width(), height)
        return
    after = 0
    if line.chip:
        # text and chip share what there is
        most = max(MOST_CHIP, room.width() - wanted - 6) if wanted < room.width() // 2 else room.width() // 2
        chip = min(most, fonts.small_size.horizontalAdvance(line.chip) + 12)
        after = chip + 6
    width = min(wanted, max(room.width() - after, 0))
    made.text = QRect(room.left(), room.top(), width, room.height())
    left = made.text.right() + 1
    if line.chip and room.right() + 1 - left > 24:
        height = fonts.small_size.height() + 2
        made.chip = QRect(left + 6, room.top() + (room.height() - height) // 2, after - 6, height)
        left += after
    if (line.note or line.path) and room.right() + 1 - left > 28:
        made.note = QRect(left + 6, room.top(), room.right() + 1 - left - 6, room.height())


def text_width(line: Line, width: int, fonts: Fonts) -> int:
    """Pixels that the text of a wrapped line has in a pane of `width` pixels."""
    made = lay_out(line, QRect(0, 0, width, fonts.row), fonts)
    return made.text.width()


def line_height(line: Line, width: int, fonts: Fonts) -> int:
    """Of the whole line in a pane of `width` pixels."""
    if line.tone == "section":
        return SECTION_HEIGHT if line.rule else fonts.row
    if line.wrap <= 1 and not line.below:
        return fonts.row
    font, _ = text_font(line, fonts)
    count = len(wrapped(line.text, font, text_width(line, width, fonts), line.wrap)) if line.wrap > 1 else 1
    below = fonts.leading + 2 if line.below else 0
    return max(fonts.row, fonts.row + (count - 1) * fonts.leading + below)
