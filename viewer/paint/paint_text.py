"""Fonts of the timeline, and words that are measured once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF

_KEPT = 20_000
SMALL = 0.85
"""Of the widget's font, for what stands on ruler and bars."""


class Ink:
    """A font that measures quickly: widths and shortened words are kept."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        size = QFontMetricsF(font)
        self._size = size
        self.ascent = size.ascent()
        self.height = size.height()
        self.capitals = size.capHeight()
        self._widths: dict[str, float] = {}
        self._elided: dict[tuple[str, int], str] = {}

    def width(self, text: str) -> float:
        found = self._widths.get(text)
        if found is None:
            if len(self._widths) > _KEPT:
                self._widths.clear()
            found = self._widths[text] = self._size.horizontalAdvance(text)
        return found

    def fitting(self, text: str, room: float) -> str:
        """`text`, shortened where it must be; empty where no more than two letters would be left."""
        if self.width(text) <= room:
            return text
        key = (text, int(room))
        found = self._elided.get(key)
        if found is None:
            if len(self._elided) > _KEPT:
                self._elided.clear()
            found = self._size.elidedText(text, Qt.TextElideMode.ElideRight, int(room))
            found = self._elided[key] = found if len(found) > 3 else ""
        return found

    def fitting_with(self, text: str, end: str, room: float) -> str:
        """`text` and what must be read of it at its end, the number of a label."""
        return self.fitting(text.removesuffix(end), room - self.width(end)) + end


class Fonts:
    """Made anew when the widget's font changes."""

    def __init__(self, font: QFont) -> None:
        plain = QFont(font)
        plain.setFeature(QFont.Tag("tnum"), 1)
        small = QFont(plain)
        if font.pixelSize() > 0:
            small.setPixelSize(max(8, round(font.pixelSize() * SMALL)))
        else:
            small.setPointSizeF(max(6.0, font.pointSizeF() * SMALL))
        strong, small_strong = QFont(plain), QFont(small)
        for bold in (strong, small_strong):
            bold.setWeight(QFont.Weight.DemiBold)
        self.plain, self.strong = Ink(plain), Ink(strong)
        self.small, self.small_strong = Ink(small), Ink(small_strong)
