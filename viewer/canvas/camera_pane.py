"""Camera pane: a widget one looks through at something large: zooming, panning, gliding. Knows nothing of labels."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QEvent, QPointF, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from viewer.canvas.region import Region
from viewer.paint.gestures_pane import NOTCH_PIXELS, pinch, wheel_pixels
from viewer.scene.camera import Camera, Placement
from viewer.shapes.sketch import Bounds
from viewer.size import Size

GLIDE_MS = 120
ZOOM_STEP = 1.25
DRAG_STARTS = 4
"""View pixels between a click and a drag."""
PIXELS_TO_DOUBLE = 180
"""View pixels of scrolling that double the scale."""
PIXELS_TO_STEP = 6
"""View pixels of a drag with the middle button that step to the next slice."""


class CameraPane(QWidget):
    """A viewport on `size` pixels. Subclasses paint, and say what a click and the pointer mean."""

    camera_changed = Signal(float)
    """Device pixels to an image pixel: 1.0 is 100 %."""
    adjust_dragged = Signal(float, float)
    """How far the right button's drag moved, in view pixels: right and down."""
    stepped = Signal(int)
    """Slices on or back, by the wheel while it does not zoom or by a drag of the middle button; down is on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._size = Size(1, 1)
        self._camera = Camera(1.0, 0.5, 0.5)
        self._fits = True
        self._press: QPointF | None = None
        self._last = QPointF()
        self._dragging = self._navigating = False
        self._wheel_steps, self._notches = False, 0.0
        self._smooth = True
        self._ringed = False
        """Whether the keyboard brought the focus here, which is then to be seen."""
        self._start = self._goal = self._camera
        self._glide = QVariantAnimation(self)
        self._glide.setDuration(GLIDE_MS)
        self._glide.setStartValue(0.0)
        self._glide.setEndValue(1.0)
        self._glide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._glide.valueChanged.connect(lambda share: self._set(self._start.towards(self._goal, share)))

    @property
    def camera(self) -> Camera:
        return self._camera

    def set_camera(self, camera: Camera) -> None:
        """Look from there, as far as the limits allow; a glide under way ends."""
        self._glide.stop()
        self._fits = False
        self._set(camera)

    def set_motion(self, on: bool) -> None:
        """Whether zooming to something glides there."""
        self._smooth = on

    def set_wheel_steps(self, on: bool) -> None:
        """Whether the wheel steps through slices instead of zooming, which it does with Ctrl then; the middle button too."""
        self._wheel_steps = on

    def fit(self) -> None:
        self.set_camera(Camera.fit(self._size, self.viewport))
        self._fits = True

    def one_to_one(self) -> None:
        """One image pixel on one device pixel."""
        self.set_camera(self._camera.one_to_one(self.devicePixelRatioF()))

    def zoom_in(self) -> None:
        self._zoom(ZOOM_STEP, QPointF(self.width() / 2, self.height() / 2))

    def zoom_out(self) -> None:
        self._zoom(1 / ZOOM_STEP, QPointF(self.width() / 2, self.height() / 2))

    def zoom_to(self, bounds: Bounds) -> None:
        """All of `bounds`, in image pixels, as large as goes; glides there unless motion is off."""
        goal = self._camera.zoom_to(bounds, self.viewport, self._size)
        if not self._smooth or not self.isVisible():
            self.set_camera(goal)
            return
        self._glide.stop()
        self._fits = False
        self._start, self._goal = self._camera, goal
        self._glide.start()

    def centre_on(self, x: float, y: float) -> None:
        """This image point in the middle, as large as it is seen now."""
        self.set_camera(self._camera.centred_on(x, y))

    def pan(self, dx: float, dy: float) -> None:
        """Move the picture by so many view pixels."""
        self.set_camera(self._camera.panned(dx, dy))

    @property
    def viewport(self) -> Size:
        """View pixels."""
        return Size(max(self.width(), 1), max(self.height(), 1))

    @property
    def placement(self) -> Placement:
        return self._camera.placement(self.viewport, self.devicePixelRatioF())

    def view_at(self, placement: Placement) -> Region:
        """The viewport's rectangle of device pixels, counted from the picture's corner."""
        ratio = self.devicePixelRatioF()
        width, height = round(self.viewport.width * ratio), round(self.viewport.height * ratio)
        return Region(-placement.left, -placement.top, width, height)

    def image_point(self, point: QPointF) -> tuple[float, float]:
        ratio = self.devicePixelRatioF()
        return self.placement.image_from_device(point.x() * ratio, point.y() * ratio)

    # for subclasses

    def _look_at(self, size: Size, camera: Camera, fits: bool) -> None:
        """Something else is looked at, `size` pixels large, from `camera`; `fits` keeps all of it in view from now on."""
        self._glide.stop()
        self._size, self._fits = size, fits
        self._set(camera)

    def _is_gliding(self) -> bool:
        return self._glide.state() == QVariantAnimation.State.Running

    def _camera_moved(self) -> None:
        """The picture lies elsewhere or is seen larger or smaller."""

    def _pointer_moved(self, point: QPointF | None) -> None:
        """The pointer is there, or has left."""

    def _clicked(self, point: QPointF) -> None:
        """The left button was pressed and released in one place."""

    def _navigated(self, point: QPointF) -> tuple[float, float] | None:
        """The image point to be centred when the left button is pressed here; None where it is an ordinary press."""

    def _takes_drags(self) -> bool:
        """Whether drags of the left button are for something else than moving the picture."""
        return False

    def _drawn(self, start: QPointF, end: QPointF, done: bool) -> None:
        """Such a drag: from where it began to where it is; `done` once the button is released."""

    def _rest_cursor(self) -> None:
        """The pointer as it is while nothing is dragged."""
        self.unsetCursor()

    # inside

    def _set(self, camera: Camera) -> None:
        camera = camera.clamped(self._size, self.viewport)
        changed = camera.scale != self._camera.scale
        self._camera = camera
        self._camera_moved()
        if changed:
            self.camera_changed.emit(self.placement.scale)

    def _zoom(self, factor: float, at: QPointF) -> None:
        self.set_camera(self._camera.zoomed_at(at.x(), at.y(), factor, self.viewport, self._size))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._set(Camera.fit(self._size, self.viewport) if self._fits else self._camera)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._press = self._last = event.position()
        self._dragging, self._notches = False, 0.0
        centre = self._navigated(event.position()) if event.button() == Qt.MouseButton.LeftButton else None
        self._navigating = centre is not None
        if centre is not None:
            self.set_camera(self._camera.centred_on(*centre))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point, buttons = event.position(), event.buttons()
        if self._press is None or buttons == Qt.MouseButton.NoButton:
            self._pointer_moved(point)
            return
        if self._navigating:
            centre = self._navigated(point)
            if centre is not None:
                self.set_camera(self._camera.centred_on(*centre))
            return
        if not self._dragging and (point - self._press).manhattanLength() < DRAG_STARTS:
            return
        self._dragging = True
        moved, self._last = point - self._last, point
        if buttons & Qt.MouseButton.RightButton:
            self.adjust_dragged.emit(moved.x(), moved.y())
        elif buttons & Qt.MouseButton.LeftButton and self._takes_drags():
            self._drawn(self._press, point, done=False)
        elif buttons & Qt.MouseButton.MiddleButton and self._wheel_steps:
            self._step(moved.y() / PIXELS_TO_STEP)
        else:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.pan(moved.x(), moved.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        press, dragged, is_left = self._press, self._dragging, event.button() == Qt.MouseButton.LeftButton
        is_click = press is not None and not dragged and not self._navigating
        self._press = None
        self._dragging = self._navigating = False
        self._rest_cursor()
        if is_click and is_left:
            self._clicked(event.position())
        elif press is not None and dragged and is_left and self._takes_drags():
            self._drawn(press, event.position(), done=True)
        self._pointer_moved(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._navigated(event.position()) is None:
            self.fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ringed = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ringed = False
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._pointer_moved(None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        moved = wheel_pixels(event)
        along = moved.y() or moved.x()
        modifiers = event.modifiers()
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            self.pan(moved.x() or moved.y(), moved.y() if moved.x() else 0)
        elif self._wheel_steps and not modifiers & Qt.KeyboardModifier.ControlModifier:
            self._step(-along / NOTCH_PIXELS)
        else:
            self._zoom(2 ** (along / PIXELS_TO_DOUBLE), event.position())
        event.accept()

    def _step(self, notches: float) -> None:
        """Whole notches are told, what a fine wheel moves in between is kept."""
        self._notches += notches
        whole = int(round(self._notches, 6))  # parts that make up a whole one may add up to a little less
        self._notches -= whole
        if whole:
            self.stepped.emit(whole)

    def event(self, event: QEvent) -> bool:
        if (fingers := pinch(event)) is not None:
            self._zoom(fingers[1], fingers[0])
            return True
        return super().event(event)
