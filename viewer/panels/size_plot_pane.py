"""A small plot of how large the selected label is on each frame; gaps stay empty."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from viewer.labels.track import Track
from viewer.panels.paint_style import Style
from viewer.panels.paint_text import scaled, with_figures
from viewer.scene.words import tip

HEIGHT, SIDE, TOP, FLOOR = 64, 10, 18, 58


class SizePlot(QWidget):
    """Area of the label's bounds by frame. Hides itself where there is no track, or one of points, which have no size."""

    frame_requested = Signal(int)

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
        self._track: Track | None = None
        self._colour = ""
        self._frame = 0
        self.setAccessibleName("Size by frame")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_track(self, track: Track | None, colour: str, frame: int) -> None:
        """`colour`: '#rrggbb' of the label; `frame`: the one on screen."""
        self._track, self._colour, self._frame = track, colour, frame
        self.setVisible(track is not None and len(track.frames) > 1 and bool(track.areas.any()))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, HEIGHT)

    def _x(self, frames: NDArray[np.float64]) -> NDArray[np.float64]:
        assert self._track is not None
        first, last = int(self._track.frames[0]), int(self._track.frames[-1])
        return SIDE + (frames - first) / max(last - first, 1) * (self.width() - 2 * SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        track = self._track
        if track is None or len(track.frames) < 2:
            return
        painter = QPainter(self)
        colours = self._style.colours
        painter.setFont(scaled(with_figures(self.font()), 0.85))
        painter.setPen(QColor(colours.quiet))
        areas = track.areas
        room = QRectF(SIDE - 2, 0, self.width() - 2 * SIDE + 4, TOP)
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, "Size by frame")
        most = f"up to {float(areas.max()):,.0f} px²"
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, most)
        painter.fillRect(SIDE, FLOOR, self.width() - 2 * SIDE, 1, QColor(colours.line))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_line(painter, track, areas)
        x = float(self._x(np.array([float(self._frame)]))[0])
        if SIDE - 1 <= x <= self.width() - SIDE + 1:
            painter.fillRect(QRectF(round(x) - 0.5, TOP, 1.5, FLOOR - TOP), QColor(colours.accent))

    def _paint_line(self, painter: QPainter, track: Track, areas: NDArray[np.float64]) -> None:
        """One stretch after another; a single frame is a dot."""
        xs = self._x(track.frames.astype(np.float64))
        ys = FLOOR - areas / max(float(areas.max()), 1e-9) * (FLOOR - TOP - 3)
        widest = 1 if track.is_whole else max(int(np.median(np.diff(track.frames))) * 2, 1)
        breaks = np.flatnonzero(np.diff(track.frames) > widest) + 1
        colour = QColor(self._colour or self._style.colours.accent)
        fill = QColor(colour)
        fill.setAlphaF(0.25)
        for part in np.split(np.arange(len(xs)), breaks):
            line = [QPointF(x, y) for x, y in zip(xs[part].tolist(), ys[part].tolist(), strict=True)]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            ends = [QPointF(line[-1].x(), FLOOR), QPointF(line[0].x(), FLOOR)]
            painter.drawPolygon(QPolygonF([*line, *ends]))
            painter.setPen(QPen(colour, 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            if len(line) > 1:
                painter.drawPolyline(QPolygonF(line))
            else:
                painter.drawPoint(line[0])

    def frame_at(self, x: float) -> int:
        """The frame under a pixel."""
        assert self._track is not None
        first, last = int(self._track.frames[0]), int(self._track.frames[-1])
        share = (x - SIDE) / max(self.width() - 2 * SIDE, 1)
        return round(first + min(max(share, 0.0), 1.0) * (last - first))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._track is not None:
            self.frame_requested.emit(self.frame_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and self._track is not None:
            self.frame_requested.emit(self.frame_at(event.position().x()))

    def words_at(self, x: float) -> str:
        """'frame 17 · 40 x 20 px', or that the label is not there."""
        track = self._track
        if track is None:
            return ""
        frame = self.frame_at(x)
        at = int(np.searchsorted(track.frames, frame))
        if at >= len(track.frames) or int(track.frames[at]) != frame:
            return f"frame {frame:,} · not there" if track.is_whole else f"frame {frame:,}"
        left, top, right, bottom = track.bounds[at].tolist()
        return f"frame {frame:,} · {right - left:,.0f} x {bottom - top:,.0f} px"

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), tip(self.words_at(event.pos().x())), self)
            return True
        return super().event(event)
