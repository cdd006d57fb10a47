"""Repaints a second of the canvas, and of two plain ways to draw the same scene, in the same run.

    python tests/benchmarks/bench_canvas.py [--quick]

Polygons of 32 corners over a 1920 x 1080 picture in a window of that size; panning and zooming in small steps, each
step painted. 'Changed frame' is the time from asking for another picture and other labels until they are painted.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtCore import QEventLoop, QObject, QPointF, Qt, QThreadPool, Signal
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QApplication, QGraphicsScene, QGraphicsView, QWidget

from tests.canvas.support import blobs, noise
from viewer.canvas.canvas_pane import CanvasPane
from viewer.media.kinds import Picture
from viewer.scene.marks import Scene
from viewer.shapes.sketch import Bounds
from viewer.size import Size

FRAME = Size(1920, 1080)


class Background(QObject):
    """Work on threads, results on this one."""

    landed = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.landed.connect(lambda then, result: then(result), Qt.ConnectionType.QueuedConnection)

    def __call__(self, key: Any, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        QThreadPool.globalInstance().start(lambda: self.landed.emit(then, work()))


class PlainPainter(QWidget):
    """Every polygon by QPainter, antialiased, at every repaint."""

    def __init__(self, scene: Scene, picture: Picture) -> None:
        super().__init__()
        self.polygons = [
            (QPolygonF([QPointF(x, y) for x, y in mark.sketch.areas[0].rings[0].tolist()]), QColor(*mark.colour))
            for mark in scene.marks
        ]
        self.image = qimage(picture)
        self.scale, self.x, self.y = 1.0, 0.0, 0.0

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.translate(self.x, self.y)
        painter.scale(self.scale, self.scale)
        painter.drawImage(0, 0, self.image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for polygon, colour in self.polygons:
            pen = QPen(colour, 2)
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.setBrush(QColor(colour.red(), colour.green(), colour.blue(), 56))
            painter.drawPolygon(polygon)

    def pan(self, dx: float, dy: float) -> None:
        self.x, self.y = self.x + dx, self.y + dy
        self.repaint()

    def zoom(self, factor: float) -> None:
        self.scale *= factor
        self.repaint()


class GraphicsView(QGraphicsView):
    """Every polygon an item of Qt's graphics scene."""

    def __init__(self, scene: Scene, picture: Picture) -> None:
        super().__init__()
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        stage = QGraphicsScene(self)
        stage.addPixmap(QPixmap.fromImage(qimage(picture)))
        for mark in scene.marks:
            red, green, blue = mark.colour
            pen = QPen(QColor(red, green, blue), 2)
            pen.setCosmetic(True)
            polygon = QPolygonF([QPointF(x, y) for x, y in mark.sketch.areas[0].rings[0].tolist()])
            stage.addPolygon(polygon, pen, QBrush(QColor(red, green, blue, 56)))
        self.setScene(stage)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def pan(self, dx: float, dy: float) -> None:
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() - round(dx))
        down.setValue(down.value() - round(dy))
        self.viewport().repaint()

    def zoom(self, factor: float) -> None:
        super().scale(factor, factor)
        self.viewport().repaint()


class Ours(CanvasPane):
    def zoom(self, factor: float) -> None:
        self.set_camera(self.camera.zoomed_at(960, 540, factor, self.viewport, FRAME))


def qimage(picture: Picture) -> QImage:
    height, width = picture.shown.shape[:2]
    return QImage(picture.shown.data, width, height, width * 4, QImage.Format.Format_RGB32).copy()


def settle(pane: CanvasPane) -> None:
    while not pane.is_settled():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    QApplication.processEvents()


def per_second(step: Callable[[int], None], paint: Callable[[], None], steps: int) -> float:
    begin = time.perf_counter()
    for i in range(steps):
        step(i)
        paint()
    return steps / (time.perf_counter() - begin)


def moves(widget: Any, paint: Callable[[], None], steps: int) -> tuple[float, float]:
    """Repaints a second, panning and zooming, there and back again."""
    pan = per_second(lambda i: widget.pan(*((9, 5) if i % 20 < 10 else (-9, -5))), paint, steps)
    zoom = per_second(lambda i: widget.zoom(1.06 if i % 20 < 10 else 1 / 1.06), paint, steps)
    return pan, zoom


def paint_ours() -> None:
    """The turn of the event loop that a move asks for, and its painting."""
    QApplication.processEvents()


def changed_frame(pane: CanvasPane, scenes: list[Scene], pictures: list[Picture], times: int) -> tuple[float, float]:
    """Milliseconds of the clock and of the processors, the medians."""
    taken, worked = [], []
    for i in range(times):
        settle(pane)
        wanted = scenes[i % 2]
        begin, begin_work = time.perf_counter(), time.process_time()
        pane.show_picture(pictures[i % 2], FRAME, keep_view=True)
        pane.show_scene(wanted)
        while pane._stage.prepared is None or pane._stage.prepared.exhibit.scene is not wanted or pane._soon.isActive():
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        pane.repaint()
        taken.append((time.perf_counter() - begin) * 1e3)
        worked.append((time.process_time() - begin_work) * 1e3)
    return statistics.median(taken), statistics.median(worked)


def main() -> None:
    quick = "--quick" in sys.argv
    app = QApplication.instance() or QApplication(sys.argv)
    pictures = [noise(FRAME, seed) for seed in (0, 1)]
    for count, radius in ((1_000, 30.0), (10_000, 10.0)):
        scenes = [blobs(count, radius, FRAME, seed) for seed in (1, 2)]
        for scene in scenes:
            for mark in scene.marks:
                _ = mark.sketch.bounds
        background = Background()
        pane = Ours(background)
        pane.set_motion(False)
        pane.resize(*FRAME)
        pane.show()
        pane.show_picture(pictures[0], FRAME, keep_view=False)
        pane.show_scene(scenes[0])
        settle(pane)
        changed, worked = changed_frame(pane, scenes, pictures, 6 if quick else 12)
        settle(pane)
        pane.zoom_to(Bounds(0, 0, *FRAME))
        settle(pane)
        pan, zoom = moves(pane, paint_ours, 60 if quick else 200)
        print(
            f"{count:,} polygons: ours        pan {pan:7.1f}/s   zoom {zoom:7.1f}/s   changed frame {changed:.1f} ms "
            f"({worked:.1f} ms of processors)"
        )
        for name, peer in (("QPainter", PlainPainter), ("QGraphicsView", GraphicsView)):
            widget = peer(scenes[0], pictures[0])
            widget.resize(*FRAME)
            widget.show()
            app.processEvents()
            steps = 4 if quick else 10
            peer_pan, peer_zoom = moves(widget, lambda: None, steps)
            ratios = f"ours is {pan / peer_pan:.0f} and {zoom / peer_zoom:.0f} times as fast"
            print(
                f"{'':>{len(f'{count:,} polygons:')}} {name:13} pan {peer_pan:7.1f}/s   zoom {peer_zoom:7.1f}/s   {ratios}"
            )
            widget.close()
        pane.close()
        QThreadPool.globalInstance().waitForDone()


if __name__ == "__main__":
    main()
