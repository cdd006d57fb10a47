"""A line of a list, painted: calm, dense, aligned. All panels look alike because all of them are painted here."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPalette, QPen

from viewer.panels.colours import PanelColours
from viewer.panels.line import Line
from viewer.panels.paint_layout import Layout, lay_out, line_height, text_ink
from viewer.panels.paint_signs import SignPainter
from viewer.panels.paint_style import Icons
from viewer.panels.paint_text import Fonts, Ink

MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
CENTRE = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
BAR = "xxxxxxxxxxxx"
"""A text as wide as the bar that stands in the place of what is hidden."""


class LinePainter:
    """Paints lines with one font and one set of colours."""

    def __init__(self, font: QFont, palette: QPalette, colours: PanelColours, icons: Icons) -> None:
        self.fonts = Fonts(font)
        self._colours = colours
        self._signs = SignPainter(icons)
        text = palette.color(QPalette.ColorRole.Text).name()
        self._tones = {
            "plain": text,
            "strong": text,
            "quiet": colours.quiet,
            "section": colours.quiet,
            "link": colours.accent,
            "warning": colours.warning,
            "error": colours.error,
            "ok": colours.ok,
        }

    def height(self, line: Line, width: int) -> int:
        return line_height(line, width, self.fonts)

    def paint(
        self, painter: QPainter, rect: QRect, line: Line, *, selected: bool, hovered: bool, focused: bool
    ) -> None:
        """`focused`: the line has the keyboard."""
        painter.save()
        if line.tone != "section":
            self._ground(painter, rect, selected, hovered)
        if line.rule:
            painter.fillRect(QRect(rect.left(), rect.top() + 5, rect.width(), 1), QColor(self._colours.line))
        made = lay_out(line, rect, self.fonts)
        tones = dict(self._tones)
        if selected:
            # quiet text has too little contrast on the selection's ground
            tones["quiet"] = tones["plain"]
        self._front(painter, line, made, tones)
        self._texts(painter, line, made, tones)
        ground = self._colours.selection if selected else self._colours.raised
        self._cells(painter, made, tones, QColor(ground) if selected or hovered else None)
        if focused:
            painter.setPen(QPen(QColor(self._colours.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, selected: bool, hovered: bool) -> None:
        if selected:
            painter.fillRect(rect, QColor(self._colours.selection))
        elif hovered:
            painter.fillRect(rect, QColor(self._colours.raised))

    def _front(self, painter: QPainter, line: Line, made: Layout, tones: dict[str, str]) -> None:
        if line.open is not None:
            name = "chevron-down" if line.open else "chevron-right"
            self._signs.icon(painter, made.chevron.adjusted(2, 0, -2, 0), name, tones["quiet"])
        if line.sign is not None:
            self._signs.sign(painter, made.sign, line.sign, tones["quiet"], self._colours.line, tones)

    def _texts(self, painter: QPainter, line: Line, made: Layout, tones: dict[str, str]) -> None:
        fonts = self.fonts
        ink = text_ink(line, fonts)
        if line.name:
            self._elided(painter, made.name, line.name, fonts.plain, tones["quiet"])
        if line.bar == "text":
            self._bar(painter, made.text)
        elif line.wrap > 1:
            self._wrapped(painter, made.text, line, ink, tones[line.tone])
        else:
            band = QRect(made.text.left(), made.text.top(), made.text.width(), min(made.text.height(), fonts.row))
            self._elided(painter, band, line.text, ink, tones[line.tone], line.middle)
        if line.bar == "note":
            self._bar(painter, made.note)
        elif line.note and not made.note.isEmpty():
            self._elided(
                painter, made.note, line.note, fonts.fixed if line.fixed else fonts.plain, tones[line.note_tone]
            )
        if line.below:
            self._elided(painter, made.below, line.below, fonts.plain, tones["quiet"])
        if line.path and not made.path.isEmpty():
            self._elided(painter, made.path, line.path, fonts.fixed, tones["quiet"], True)
        if not made.chip.isEmpty():
            self._chip(painter, made.chip, line.chip, tones)

    def _elided(self, painter: QPainter, rect: QRect, text: str, ink: Ink, colour: str, middle: bool = False) -> None:
        painter.setFont(ink.font)
        painter.setPen(QColor(colour))
        painter.drawText(rect, MIDDLE, ink.elided(text, rect.width(), middle))

    def _bar(self, painter: QPainter, rect: QRect) -> None:
        """In the place of a text, as wide for all so that it says nothing of the length."""
        ink = self.fonts.plain
        width = min(rect.width(), ink.width(BAR))
        if width <= 0:
            return
        height = ink.size.xHeight() + 4
        top = rect.top() + (min(rect.height(), self.fonts.row) - height) // 2
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setOpacity(0.45)
        painter.setBrush(QColor(self._colours.quiet))
        painter.drawRoundedRect(QRectF(rect.left(), top, width, height), 3, 3)
        painter.restore()

    def _wrapped(self, painter: QPainter, rect: QRect, line: Line, ink: Ink, colour: str) -> None:
        top = rect.top() + (self.fonts.row - self.fonts.leading) // 2
        for at, text in enumerate(ink.wrapped(line.text, rect.width(), line.wrap)):
            band = QRect(rect.left(), top + at * self.fonts.leading, rect.width(), self.fonts.leading)
            self._elided(painter, band, text, ink, colour)

    def _chip(self, painter: QPainter, rect: QRect, text: str, tones: dict[str, str]) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tones["quiet"] if tones["quiet"] == tones["plain"] else self._colours.line), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.restore()
        painter.setFont(self.fonts.small.font)
        painter.setPen(QColor(tones["quiet"]))
        inner = rect.adjusted(5, 0, -5, 0)
        painter.drawText(inner, CENTRE, self.fonts.small.elided(text, inner.width(), True))

    def _cells(self, painter: QPainter, made: Layout, tones: dict[str, str], ground: QColor | None) -> None:
        """`ground`: of a line under the pointer or selected, where shy cells show."""
        painter.setFont(self.fonts.plain.font)
        for cell, rect in made.cells:
            if cell.shy and ground is None:
                continue
            if cell.icon.strip():
                box = QRect(rect.left(), rect.top(), 18, rect.height())
                if cell.shy and ground is not None:
                    painter.fillRect(box.adjusted(-4, 0, 2, 0), ground)
                self._signs.icon(painter, box, cell.icon, tones[cell.tone])
                rect = rect.adjusted(21, 0, 0, 0)
            if cell.text:
                painter.setPen(QColor(tones[cell.tone]))
                painter.drawText(rect, RIGHT, cell.text)
