"""A small card beside the pointer: the picture of a frame, its number and time, what is labelled there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from viewer.paint.colours import ChartColours
from viewer.paint.paint_text import Fonts

PICTURE_WIDTH = 176
SIDE = 8
AWAY = 14
"""Pixels from the pointer."""


class PreviewPane(QWidget):
    """Never takes the pointer or the keyboard."""

    def __init__(self, parent: QWidget, colours: ChartColours) -> None:
        super().__init__(parent, Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.colours = colours
        self.lines: tuple[str, ...] = ()
        self.picture: QImage | None = None
        self.hide()

    def say(self, lines: Sequence[str], picture: QImage | None, at: QPoint) -> None:
        """Beside a place of the screen: above it where there is room."""
        self.lines, self.picture = tuple(lines), picture
        size = self.sizeHint()
        screen = self.screen().availableGeometry()
        left = min(max(at.x() - size.width() // 2, screen.left()), screen.right() - size.width())
        top = at.y() - size.height() - AWAY
        if top < screen.top():
            top = at.y() + AWAY
        self.setGeometry(left, top, size.width(), size.height())
        self.show()
        self.update()

    @property
    def _picture_size(self) -> QSize:
        if self.picture is None:
            return QSize(0, 0)
        height = round(PICTURE_WIDTH * self.picture.height() / max(self.picture.width(), 1))
        return QSize(PICTURE_WIDTH, min(height, PICTURE_WIDTH))

    def sizeHint(self) -> QSize:
        fonts = Fonts(self.font())
        words = max((fonts.plain.width(line) for line in self.lines), default=0)
        picture = self._picture_size
        height = round(len(self.lines) * (fonts.plain.height + 2)) + 2 * SIDE
        height += picture.height() + SIDE // 2 if self.picture is not None else 0
        return QSize(round(max(words, picture.width())) + 2 * SIDE + 1, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.colours.raised))
        painter.setPen(QPen(QColor(self.colours.line), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        top = float(SIDE)
        if self.picture is not None:
            size = self._picture_size
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(SIDE, SIDE, size.width(), size.height()), self.picture)
            top += size.height() + SIDE / 2
        fonts = Fonts(self.font())
        for at, line in enumerate(self.lines):
            painter.setFont(fonts.plain.font)
            painter.setPen(
                QColor(self.colours.text if at == 0 or (len(self.lines) > 2 and at == 1) else self.colours.quiet)
            )
            painter.drawText(QPointF(SIDE, top + fonts.plain.ascent), line)
            top += fonts.plain.height + 2
