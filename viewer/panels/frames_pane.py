"""A slim strip of the frames of a unit: where labels are, where we are, a place to seek."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip

from viewer.panels.colours import PanelColours
from viewer.panels.density import Density
from viewer.panels.paint_style import Icons
from viewer.panels.paint_text import emphasised, scaled, with_figures
from viewer.panels.parts_pane import Pane
from viewer.panels.words import tip
from viewer.scene.words import counted

HEIGHT = 34
SIDE = 12
"""Left free at both ends, so that the chip of the first and last frame has room."""
FLOOR = 28
"""The y on which bars stand."""
TALLEST = 14
PAGE = 10

EMPTY = np.zeros(0, dtype=np.int64)


class FramesPane(Pane):
    """Hides itself for units with one frame."""

    frame_requested = Signal(int)

    def __init__(self, colours: PanelColours, icons: Icons) -> None:
        super().__init__(colours, icons, "Frames")
        self._density = Density(EMPTY, EMPTY)
        self._frame = 0
        self._hovered: int | None = None
        self._bars: list[tuple[float, float, float]] = []
        self._bars_width = -1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.hide()

    def show_unit(self, frame_numbers: NDArray[np.int64], counts: NDArray[np.int64]) -> None:
        """All frames of the unit, ascending, and the number of labels on each, both of shape (n,)."""
        self._density = Density(frame_numbers, counts)
        self._bars_width = -1
        self._hovered = None
        self.setVisible(len(frame_numbers) > 1)
        self._tell()
        self.update()

    def set_frame(self, frame: int) -> None:
        """The frame on screen; says nothing back."""
        self._frame = frame
        self._tell()
        self.update()

    def _tell(self) -> None:
        last = int(self._density.frames[-1]) if len(self._density) else 0
        self.setAccessibleDescription(f"frame {self._frame:,}, last frame {last:,}")

    def sizeHint(self) -> QSize:
        return QSize(200, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, HEIGHT)

    @property
    def _width(self) -> int:
        return max(self.width() - 2 * SIDE, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = self.style_of_parts.colours
        painter.fillRect(0, 0, self.width(), 1, QColor(colours.line))
        painter.fillRect(SIDE, FLOOR, self._width, 1, QColor(colours.line))
        if self._bars_width != self._width:
            self._bars, self._bars_width = self._density.bars(self._width), self._width
        for left, width, height in self._bars:
            tall = max(3.0, height * TALLEST)
            painter.fillRect(QRectF(SIDE + left, FLOOR - tall, width, tall), QColor(colours.quiet))
        if self._hovered is not None:
            x = SIDE + self._density.x_of(self._hovered, self._width)
            painter.setPen(QPen(QColor(colours.quiet), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(x, 4), QPointF(x, FLOOR))
        if len(self._density):
            self._paint_playhead(painter)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 1, -1, -1))

    def _paint_playhead(self, painter: QPainter) -> None:
        """One accent line with the frame's number in a chip that stays inside."""
        style = self.style_of_parts
        accent = QColor(style.colours.accent)
        x = SIDE + self._density.x_of(self._density.place_of(self._frame), self._width)
        painter.fillRect(QRectF(round(x) - 0.5, 4, 1.5, FLOOR - 2), accent)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(scaled(emphasised(with_figures(self.font())), 0.85))
        words = f"{self._frame:,}"
        size = painter.fontMetrics()
        width = size.horizontalAdvance(words) + 10
        left = min(max(x - width / 2, 2.0), self.width() - width - 2.0)
        chip = QRectF(left, 3, width, size.height() + 1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        painter.drawRoundedRect(chip, 4, 4)
        painter.setPen(style.ink_on(style.colours.accent))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, words)

    def _seek(self, place: int) -> None:
        place = min(max(place, 0), len(self._density) - 1)
        frame = int(self._density.frames[place])
        if frame != self._frame:
            self.frame_requested.emit(frame)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and len(self._density):
            self._seek(self._density.place_at(event.position().x() - SIDE, self._width))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not len(self._density):
            return
        place = self._density.place_at(event.position().x() - SIDE, self._width)
        if place != self._hovered:
            self._hovered = place
            self.update()
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._seek(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = self._density.place_of(self._frame)
        steps = {
            Qt.Key.Key_Left: place - 1,
            Qt.Key.Key_Right: place + 1,
            Qt.Key.Key_PageUp: place - PAGE,
            Qt.Key.Key_PageDown: place + PAGE,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self._density) - 1,
        }
        wanted = steps.get(Qt.Key(event.key()))
        if wanted is None or event.modifiers() or not len(self._density):
            super().keyPressEvent(event)
        else:
            self._seek(wanted)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), tip(self.words_at(event.pos().x())), self)
            return True
        if event.type() == QEvent.Type.Leave:
            self._hovered = None
            self.update()
        return super().event(event)

    def words_at(self, x: float) -> str:
        """'frame 17 · 3 labels': what is under a pixel."""
        if not len(self._density):
            return ""
        place = self._density.place_at(x - SIDE, self._width)
        labels = counted(int(self._density.counts[place]), "label")
        return f"frame {int(self._density.frames[place]):,} · {labels}"
