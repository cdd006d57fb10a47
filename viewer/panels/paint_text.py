"""Fonts of the panels, made from the widget's own font, and text broken into lines."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics, QTextLayout, QTextOption


def with_figures(font: QFont) -> QFont:
    """The font with digits of one width, for numbers that change in place."""
    made = QFont(font)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def emphasised(font: QFont) -> QFont:
    made = QFont(font)
    made.setWeight(QFont.Weight.DemiBold)
    return made


def scaled(font: QFont, factor: float) -> QFont:
    made = QFont(font)
    if font.pixelSize() > 0:
        made.setPixelSize(max(8, round(font.pixelSize() * factor)))
    else:
        made.setPointSizeF(max(6.0, font.pointSizeF() * factor))
    return made


def fixed_font(font: QFont) -> QFont:
    """The system's fixed font at about the size of `font`; fixed fonts look larger, so a little smaller."""
    made = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    if font.pixelSize() > 0:
        made.setPixelSize(font.pixelSize())
    else:
        made.setPointSizeF(font.pointSizeF())
    return scaled(made, 0.92)


class Fonts:
    """The few fonts that lines are painted with, and their metrics."""

    def __init__(self, font: QFont) -> None:
        self.plain = with_figures(font)
        self.strong = emphasised(self.plain)
        self.small = scaled(self.plain, 0.88)
        self.fixed = fixed_font(font)
        self.plain_size = QFontMetrics(self.plain)
        self.strong_size = QFontMetrics(self.strong)
        self.small_size = QFontMetrics(self.small)
        self.fixed_size = QFontMetrics(self.fixed)
        self.row = max(24, self.plain_size.height() + 8)
        """Height of a line of a list."""
        self.leading = self.plain_size.height() + 1
        """From one wrapped line to the next."""


def wrapped(text: str, font: QFont, width: int, most: int) -> list[str]:
    """`text` broken into at most `most` lines of `width` pixels, also where it has line ends; the last one is elided."""
    size = QFontMetrics(font)
    made: list[str] = []
    paragraphs = text.split("\n") if most > 1 else [text]
    for at, paragraph in enumerate(paragraphs):
        room = most - len(made)
        if room <= 1 and at < len(paragraphs) - 1:
            paragraph += " …"
        made += _paragraph(paragraph, font, size, width, room)
        if len(made) >= most:
            break
    return made


def _paragraph(text: str, font: QFont, size: QFontMetrics, width: int, most: int) -> list[str]:
    if most <= 1 or size.horizontalAdvance(text) <= width:
        return [size.elidedText(text, Qt.TextElideMode.ElideRight, width)]
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout = QTextLayout(text, font)
    layout.setTextOption(option)
    layout.beginLayout()
    made: list[str] = []
    while len(made) < most and (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        start = _index(text, line.textStart())
        if len(made) == most - 1:
            made.append(size.elidedText(text[start:], Qt.TextElideMode.ElideRight, width))
        else:
            made.append(text[start : _index(text, line.textStart() + line.textLength())].rstrip())
    layout.endLayout()
    return made


def _index(text: str, units: int) -> int:
    """The index in `text` of a position that Qt counts in UTF-16 units."""
    if text.isascii() or max(text) < "\U00010000":
        return units
    return len(text.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore"))
