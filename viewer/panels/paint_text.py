"""Fonts of the panels, made from the widget's own font, and text broken into lines."""

from __future__ import annotations

import math
from bisect import bisect_right

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics, QFontMetricsF

_WORDS_KEPT = 20_000


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


class Ink:
    """A font that measures quickly: widths of words are kept."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.size = QFontMetrics(font)
        self._exact = QFontMetricsF(font)
        self._words: dict[str, float] = {}

    def width(self, text: str) -> int:
        """Of a short text that is likely to be asked for again, in pixels."""
        return math.ceil(self._advance(text))

    def _advance(self, text: str) -> float:
        """Not rounded, so that those of words add up to that of a line."""
        found = self._words.get(text)
        if found is None:
            if len(self._words) > _WORDS_KEPT:
                self._words.clear()
            found = self._words[text] = self._exact.horizontalAdvance(text)
        return found

    def elided(self, text: str, width: int, middle: bool = False) -> str:
        mode = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
        return self.size.elidedText(text, mode, width)

    def wrapped(self, text: str, width: int, most: int) -> list[str]:
        """`text` in at most `most` lines of `width` pixels, broken at spaces and line ends; the last line may be too long.

        A word without room on a line of its own is broken anywhere.
        """
        made: list[str] = []
        paragraphs = text.split("\n")
        for at, paragraph in enumerate(paragraphs):
            room = most - len(made)
            made += self._paragraph(paragraph, max(width, 1), room)
            if len(made) >= most:
                if at < len(paragraphs) - 1:
                    made[-1] += " …"
                break
        return made

    def _paragraph(self, text: str, width: int, most: int) -> list[str]:
        """Greedily; what does not fit in `most` lines is left on the last one."""
        words = text.split(" ")
        space = self._advance(" ")
        made: list[str] = []
        start, used = 0, -space
        for at, word in enumerate(words):
            needed = self._advance(word)
            if used + space + needed <= width or len(made) == most - 1:
                used += space + needed
                continue
            if at > start:
                made.append(" ".join(words[start:at]))
                start, used = at, needed
            if needed > width and len(made) < most - 1:
                pieces = self._broken(word, width, most - 1 - len(made))
                made += pieces[:-1]
                words[at] = pieces[-1]
                start, used = at, self._advance(pieces[-1])
        made.append(" ".join(words[start:]))
        return made

    def _broken(self, word: str, width: int, most: int) -> list[str]:
        """A word in pieces of `width`, at most `most` of them and a rest."""
        made: list[str] = []
        while len(made) < most and self._exact.horizontalAdvance(word) > width:
            # the most characters that fit, found by halving; at least one, however narrow it is
            count = bisect_right(range(len(word)), width, key=lambda n: self._exact.horizontalAdvance(word[:n])) - 1
            count = max(1, count)
            # rather after a sign than within a name, where one stands in the second half
            sign = max(word.rfind(sign, count // 2, count) for sign in "@/._-")
            count = sign + 1 if sign > 0 else count
            made.append(word[:count])
            word = word[count:]
        return [*made, word]


class Fonts:
    """The few fonts that lines are painted with."""

    def __init__(self, font: QFont) -> None:
        plain = with_figures(font)
        self.plain = Ink(plain)
        self.strong = Ink(emphasised(plain))
        self.small = Ink(scaled(plain, 0.88))
        self.fixed = Ink(fixed_font(font))
        self.row = max(24, self.plain.size.height() + 8)
        """Height of a line of a list."""
        self.leading = self.plain.size.height() + 1
        """From one wrapped line to the next."""
