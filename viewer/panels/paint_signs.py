"""Small marks at the front of a line: swatches, icons, stages, points of skeletons."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

from viewer.panels.line import BLANK, DotSymbol, ShapeSymbol, Sign, Stage, Swatch, Symbol
from viewer.panels.paint_style import Icons


class SignPainter:
    """Paints signs; pixmaps of icons are kept, because rendering them anew is slow."""

    def __init__(self, icons: Icons) -> None:
        self._icons = icons
        self._kept: dict[tuple[str, str, int, float], QPixmap] = {}

    def icon(self, painter: QPainter, rect: QRect, name: str, colour: str) -> None:
        """An icon of the set, as large as the smaller side of `rect`, in its middle."""
        self._pixmap(painter, rect, f"icon {name}", colour, lambda: self._icons.icon(name, colour))

    def shape(self, painter: QPainter, rect: QRect, word: str, colour: str) -> None:
        self._pixmap(painter, rect, f"shape {word[:60]}", colour, lambda: self._icons.shape_icon(word, colour))

    def _pixmap(self, painter: QPainter, rect: QRect, key: str, colour: str, make: Callable[[], QIcon]) -> None:
        ratio = painter.device().devicePixelRatioF()
        side = min(rect.width(), rect.height(), 16 if rect.width() < 20 else 20)
        found = self._kept.get((key, colour, side, ratio))
        if found is None:
            found = self._kept[key, colour, side, ratio] = make().pixmap(QSize(side, side), ratio)
        left = rect.left() + (rect.width() - side) // 2
        painter.drawPixmap(QPointF(left, rect.top() + (rect.height() - side) // 2), found)

    def sign(self, painter: QPainter, rect: QRect, sign: Sign, quiet: str, line: str, tones: dict[str, str]) -> None:
        """`quiet` and `line` are the colours of marks that say nothing by colour; `tones` those of icons by tone."""
        match sign:
            case Swatch(colour):
                paint_swatch(painter, rect, colour, line)
            case Symbol(name, tone):
                if name != BLANK:
                    self.icon(painter, rect, name, tones[tone])
            case ShapeSymbol(word):
                self.shape(painter, rect, word, quiet)
            case Stage(part):
                self._stage(painter, rect, part, tones)
            case DotSymbol(mark, colour):
                paint_dot(painter, rect, mark, colour or quiet, quiet)

    def _stage(self, painter: QPainter, rect: QRect, part: float, tones: dict[str, str]) -> None:
        if part >= 1:
            self.icon(painter, rect, "check", tones["ok"])
            return
        ring = QRectF(rect.center().x() - 5.5, rect.center().y() - 5.5, 12, 12)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tones["quiet"]), 1.25))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(ring)
        if part > 0:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tones["quiet"]))
            painter.drawPie(ring.adjusted(2.5, 2.5, -2.5, -2.5), 90 * 16, round(-360 * 16 * part))
        painter.restore()


def paint_swatch(painter: QPainter, rect: QRect, colour: str, line: str) -> None:
    """10 px, with a hairline so that no colour vanishes on the ground."""
    square = QRectF(rect.center().x() - 4.5, rect.center().y() - 4.5, 10, 10)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(line), 1))
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(square, 2, 2)
    painter.restore()


def paint_dot(painter: QPainter, rect: QRect, mark: str, colour: str, around: str) -> None:
    """Disc, ring, barred ring or cross, told apart by form as on the picture."""
    middle = QPointF(rect.center()) + QPointF(0.5, 0.5)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    # a wider stroke below, so that no colour vanishes on the ground
    for ink, width in ((around, 3.4), (colour, 1.6)):
        painter.setPen(QPen(QColor(ink), width))
        painter.setBrush(QColor(colour) if mark == "disc" else Qt.BrushStyle.NoBrush)
        if mark == "cross":
            for dx, dy in ((3.5, 3.5), (3.5, -3.5)):
                painter.drawLine(QLineF(middle - QPointF(dx, dy), middle + QPointF(dx, dy)))
        else:
            painter.drawEllipse(middle, 3.75, 3.75)
        if mark == "barred ring":
            painter.drawLine(QLineF(middle - QPointF(3.75, 0), middle + QPointF(3.75, 0)))
    painter.restore()
