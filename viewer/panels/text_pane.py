"""Plain text in a panel."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy

from viewer.panels.line import Tone
from viewer.panels.paint_style import Style
from viewer.panels.paint_text import emphasised, with_figures
from viewer.scene.words import shown, tip


class Text(QLabel):
    """One line of plain text, or several where it may wrap; too long a line is elided and whole in the tooltip."""

    def __init__(
        self, style: Style, text: str = "", tone: Tone = "plain", *, wrap: bool = False, middle: bool = False
    ) -> None:
        super().__init__()
        self._style = style
        self._tone: Tone = tone
        self._middle = middle
        self._note = ""
        self.setForegroundRole(QPalette.ColorRole.WindowText)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setFont(with_figures(emphasised(self.font()) if tone in ("strong", "section") else self.font()))
        if not wrap:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.say(text)
        self.restyle()

    def say(self, text: str, tone: Tone | None = None) -> None:
        """Shows a foreign text safely."""
        self.setText(shown(text, self._middle, 1000 if self.wordWrap() else 300))
        self.setToolTip("" if self.wordWrap() else tip(text))
        if tone is not None and tone != self._tone:
            self._tone = tone
            self.restyle()

    def say_note(self, note: str) -> None:
        """Quiet words after the text: a count."""
        self._note = note
        self.update()

    def restyle(self) -> None:
        colours = self._style.colours
        tones = {"quiet": colours.quiet, "section": colours.quiet, "link": colours.accent}
        tones |= {"warning": colours.warning, "error": colours.error, "ok": colours.ok}
        palette = QPalette()
        if self._tone in tones:
            palette.setColor(QPalette.ColorRole.WindowText, QColor(tones[self._tone]))
        self.setPalette(palette)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.wordWrap():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        mode = Qt.TextElideMode.ElideMiddle if self._middle else Qt.TextElideMode.ElideRight
        room = self.contentsRect()
        said = self.fontMetrics().elidedText(self.text(), mode, room.width())
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        flags = int(self.alignment()) | Qt.TextFlag.TextSingleLine
        painter.drawText(room, flags, said)
        if self._note:
            room.setLeft(room.left() + self.fontMetrics().horizontalAdvance(said) + 8)
            font = self.font()
            font.setWeight(QFont.Weight.Normal)
            painter.setFont(font)
            painter.setPen(self._style.quiet)
            painter.drawText(room, flags, painter.fontMetrics().elidedText(self._note, mode, room.width()))
