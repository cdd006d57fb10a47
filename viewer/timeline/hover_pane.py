"""What follows the pointer over the timeline: which frame it is over, and the card that tells of it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QPointF, QTimer, Signal
from PySide6.QtWidgets import QWidget

from viewer.paint.colours import ChartColours
from viewer.timeline.chart import Chart, Hit
from viewer.timeline.paint_pictures import Pictures
from viewer.timeline.preview_pane import PreviewPane
from viewer.timeline.words import hit_lines

PREVIEW_MS = 250
"""How long the pointer stands still before the card comes up; once up it follows."""
BESIDE_TIME = ("names", "corner", "edge")


class Hover(QObject):
    """Of one view onto a chart."""

    preview_wanted = Signal(int)
    """The frame under the pointer, or -1."""

    def __init__(self, view: QWidget, chart: Chart, pictures: Pictures, colours: ChartColours) -> None:
        super().__init__(view)
        self._view, self._chart, self._pictures = view, chart, pictures
        self.card = PreviewPane(view, colours)
        self._at = QPointF()
        self._frame = -1
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PREVIEW_MS)
        self._soon.timeout.connect(self._show)

    def move(self, hit: Hit | None, at: QPointF) -> None:
        """The pointer is over this, at a place of the view; None: it is away."""
        self._chart.hovered, self._at = hit, at
        frame = self._chart.frame_at(hit.position) if hit and hit.zone not in BESIDE_TIME else -1
        if frame != self._frame:
            self._frame = frame
            self.preview_wanted.emit(frame)
        if hit is None or hit.zone in ("corner", "edge") or (hit.zone == "names" and hit.row is None):
            self.hide()
        elif self.card.isVisible():
            self._show()
        else:
            self._soon.start()

    def refresh(self) -> None:
        """A picture came that the card may be waiting for."""
        if self.card.isVisible():
            self._show()

    def hide(self) -> None:
        self._soon.stop()
        self.card.hide()

    def _show(self) -> None:
        hit = self._chart.hovered
        if hit is not None and self._view.isVisible():
            picture = self._pictures.at(hit.position) if hit.zone != "names" else None
            place = self._view.mapToGlobal(QPoint(round(self._at.x()), round(self._at.y())))
            self.card.say(hit_lines(self._chart, hit), picture, place)
