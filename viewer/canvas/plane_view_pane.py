"""One plane through slices, with its labels, the sides of the patient, and a crosshair that the pointer moves."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from viewer.canvas.accents import Accents
from viewer.canvas.build import Overlay, lay
from viewer.canvas.camera_pane import CameraPane
from viewer.canvas.colours import DARK, CanvasColours
from viewer.canvas.outlines import Outlines
from viewer.canvas.overlay import Pens
from viewer.canvas.paint_hud import Hud
from viewer.canvas.paint_planes import draw_overlay, draw_plane
from viewer.canvas.paint_scene import device_pixels
from viewer.canvas.paint_slice import SliceHud
from viewer.media.plane import NO_LETTERS, Letters
from viewer.scene.camera import Camera
from viewer.scene.marks import Mark, Scene
from viewer.scene.reslice import PlanePicture
from viewer.size import Size


@dataclass(frozen=True, slots=True)
class Words:
    """What is written over a plane."""

    title: str = ""
    letters: Letters = NO_LETTERS


class PlaneViewPane(CameraPane):
    """Shows one plane at a time; its pixels are square, and one of them is a pixel of the slices."""

    pointed = Signal(float, float)
    """The point of the plane that is pressed or dragged to."""

    def __init__(self, colours: CanvasColours = DARK, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setMinimumSize(80, 60)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.set_wheel_steps(True)
        self._colours = colours.on_slices()
        self._picture: PlanePicture | None = None
        self._words = Words()
        self._extent = (1.0, 1.0)
        self._scene = Scene(Size(1, 1))
        self._outlines = Outlines(())
        self._overlay: Overlay | None = None
        self._accents = Accents()
        self._selected: str | None = None
        self._crosshair: tuple[float, float] | None = None

    def show_plane(self, picture: PlanePicture | None, extent: tuple[float, float], words: Words) -> None:
        """A plane that is `extent` wide and high; the view stays as long as that does."""
        self._picture, self._words = picture, words
        self.setAccessibleName(words.title)
        if extent != self._extent:
            self._extent = extent
            size = Size(math.ceil(extent[0]), math.ceil(extent[1]))
            self._look_at(size, Camera.fit(size, self.viewport), True)
        self.update()

    def show_marks(self, marks: Sequence[Mark], fill: float, line_width: float) -> None:
        """Its labels, back to front."""
        self._scene = Scene(self._size, tuple(marks), fill, line_width)
        self._outlines, self._overlay = Outlines(marks), None
        self.update()

    def set_selected(self, object_hash: str | None) -> None:
        self._selected = object_hash
        self.update()

    def set_crosshair(self, at: tuple[float, float] | None) -> None:
        if at != self._crosshair:
            self._crosshair = at
            self.update()

    def set_colours(self, colours: CanvasColours) -> None:
        self._colours = colours.on_slices()
        self.update()

    def device_point(self, x: float, y: float) -> QPointF:
        """Where a point of the plane is seen, in view pixels."""
        return QPointF(*self.placement.device_from_image(x, y)) / self.devicePixelRatioF()

    # the pointer

    def _camera_moved(self) -> None:
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.pointed.emit(*self.image_point(event.position()))
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.pointed.emit(*self.image_point(event.position()))
        else:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.setCursor(Qt.CursorShape.CrossCursor)

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, placement, unit = QPainter(self), self.placement, self.devicePixelRatioF()
        device_pixels(painter)
        view = self.view_at(placement)
        viewport = Size(view.width, view.height)
        whole = QRectF(0, 0, view.width, view.height)
        painter.fillRect(whole, QColor(self._colours.canvas))
        if self._picture is None:
            return
        width, height = (length * placement.scale for length in self._extent)
        plane = QRectF(placement.left, placement.top, width, height)
        painter.save()
        painter.setClipRect(plane)
        draw_plane(painter, self._picture, placement, viewport, self._colours)
        painter.restore()
        for overlay in self._labels():
            draw_overlay(painter, overlay, placement)
        hud = Hud(painter, viewport, unit, self._colours)
        if self._crosshair is not None:
            x, y = placement.device_from_image(*self._crosshair)
            hud.crosshair(x, y, plane.intersected(whole))
        self._write(painter, hud, viewport, unit)

    def _labels(self) -> tuple[Overlay, ...]:
        """All labels, and the selected one once more, as far as they are not painted already."""
        placement, unit, scene = self.placement, self.devicePixelRatioF(), self._scene
        view = self.view_at(placement)
        if self._overlay is None or not self._overlay.serves(placement.scale, view):
            pens = Pens(scene.fill, scene.line_width, unit)
            self._overlay = lay(self._outlines, None, placement.scale, view, pens)
        selected = next((mark for mark in scene.marks if mark.object_hash == self._selected), None)
        return self._overlay, *self._accents.overlays(scene, selected, None, placement.scale, view, unit)

    def _write(self, painter: QPainter, hud: Hud, viewport: Size, unit: float) -> None:
        SliceHud(painter, viewport, unit, ()).draw((self._words.title,), self._words.letters, None)
        if self._ringed:
            hud.focus_ring()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._overlay = None
        return super().event(event)
