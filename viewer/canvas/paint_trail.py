"""Paint trail: the path of the selected label, solid where it was, dashed where it will be."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from viewer.canvas.ink import HALO
from viewer.scene.camera import Placement
from viewer.scene.contrast import contrasting
from viewer.scene.marks import Trail
from viewer.scene.trail import strength

WIDTH, DOT = 2.0, 2.0
"""Pen pixels: of the line, and the radius of the dot of each frame."""
FAINTEST = 0.15
APART = 7.0
"""Pen pixels from dot to dot, so that slow labels do not become a smear."""


def draw_trail(painter: QPainter, trail: Trail, place: Placement, unit: float) -> None:
    """`unit`: device pixels to a pen pixel. Frames on which the label is missing leave a gap."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    points = [QPointF(x * place.scale + place.left, y * place.scale + place.top) for x, y in trail.points.tolist()]
    steps: list[int] = trail.steps.tolist()
    halo = QColor(*contrasting(trail.colour))
    halo.setAlphaF(HALO)
    for width, colour in ((WIDTH + 2, halo), (WIDTH, QColor(*trail.colour))):
        for at in range(len(points) - 1):
            if steps[at + 1] - steps[at] == 1:
                painter.setPen(_pen(colour, width * unit, steps[at], steps[at + 1]))
                painter.drawLine(points[at], points[at + 1])
    painter.setPen(Qt.PenStyle.NoPen)
    last = None
    for point, step in zip(points, steps, strict=True):
        if last is None or abs(point.x() - last.x()) + abs(point.y() - last.y()) >= APART * unit:
            colour = QColor(*trail.colour)
            colour.setAlphaF(_alpha(step))
            painter.setBrush(colour)
            painter.drawEllipse(point, DOT * unit, DOT * unit)
            last = point


def _pen(colour: QColor, width: float, first: int, second: int) -> QPen:
    shade = QColor(colour)
    shade.setAlphaF(colour.alphaF() * _alpha(min(abs(first), abs(second))))
    pen = QPen(shade, width)
    # every other stretch is left out of what is to come
    if second > 0 and first % 2:
        pen.setStyle(Qt.PenStyle.NoPen)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def _alpha(step: int) -> float:
    return FAINTEST + (1 - FAINTEST) * strength(step)
