"""Canvas pane: the picture with its labels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from viewer.canvas.accents import Accents
from viewer.canvas.build import Exhibit, Overlay
from viewer.canvas.camera_pane import CameraPane
from viewer.canvas.close_up import CloseUp
from viewer.canvas.colours import DARK, CanvasColours
from viewer.canvas.levels import Adjust
from viewer.canvas.outlines import Outlines
from viewer.canvas.paint_captions import Caption, place
from viewer.canvas.paint_hud import Hud, navigator_rect
from viewer.canvas.paint_rulers import RulerPainter
from viewer.canvas.paint_scene import Sight, device_pixels, paint_scene
from viewer.canvas.paint_slice import SliceHud
from viewer.canvas.picker import Picker
from viewer.canvas.readout import Pointed, readout
from viewer.canvas.region import Region
from viewer.canvas.rulers import Ruler, Rulers, ruler_words
from viewer.canvas.slice_words import bar_of, letters_of
from viewer.canvas.stage import Run, Stage
from viewer.canvas.tags import tags
from viewer.media.kinds import Picture
from viewer.scene.camera import Camera
from viewer.scene.marks import Mark, Scene
from viewer.scene.stretch import Stretch
from viewer.shapes.sketch import Bounds
from viewer.size import Size

STILL_MS = 120
"""After this long without a move, drafts are drawn properly and captions placed anew."""
TOLERANCE = 4.0
"""View pixels around lines, borders and points that still count as on them."""
FEW_CAPTIONS = 200
"""Up to so many are placed even while things move."""


class CanvasPane(CameraPane):
    """Shows one picture and one scene; calls within one turn of the event loop take effect together.

    Pictures are shown in true aspect, whatever the form of their pixels. All that is told to the pane or by it counts
    the labels' own pixels; only the camera counts those of the frame as it is shown, which are square.
    """

    hovered = Signal(object)
    """A Pointed, or None when the pointer leaves."""
    picked = Signal(object)
    """The object hash of the label clicked on, or None beside all labels."""
    clicked_at = Signal(float, float)
    """The labels' own point of a click, whatever is there."""
    settled = Signal()
    """All that is wanted is shown, sharp and still."""

    def __init__(self, run: Run, colours: CanvasColours = DARK, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Picture with labels")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._colours = colours
        self._stage, self._close_up = Stage(run, self._on_stage), CloseUp(run, self._on_close_up)
        self._accents, self._picker, self._rulers = Accents(), Picker(), Rulers()
        self._slice_hud, self._shows_slices = True, False
        self._scene: Scene | None = None
        self._selected: str | None = None
        self._pointer: QPointF | None = None
        self._pointed: Pointed | None = None
        self._crosshair: tuple[float, float] | None = None
        self._captions: tuple[Caption, ...] = ()
        self._captions_scale = 1.0
        self._captioned: Outlines | None = None
        self._accented: tuple[Overlay, ...] = ()
        self._view = 0
        self._arrival: tuple[int, Bounds | None] = (0, None)
        self._stale = self._told_settled = False
        self._soon = self._timer(0, self._refresh)
        self._still = self._timer(STILL_MS, self._on_still)

    def _timer(self, interval: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(then)
        return timer

    def show_picture(self, picture: Picture | None, size: Size, keep_view: bool) -> None:
        """A picture stretched over `size`, the labels' frame; None for a plain field. Until it is ready the last one stays."""
        wanted, stretch = self._stage.wanted or Exhibit(None, size, Scene(size)), Stretch.of(picture, size)
        view = wanted.view if keep_view else wanted.view + 1
        scene = wanted.scene if stretch == wanted.stretch or self._scene is None else stretch.scene(self._scene)
        wanted = replace(wanted, picture=picture, size=stretch.size(size), scene=scene, stretch=stretch, view=view)
        self._want(replace(wanted, message="", words=()))

    def show_scene(self, scene: Scene) -> None:
        self._scene = scene
        wanted = self._stage.wanted or Exhibit(None, scene.size, scene)
        self._want(replace(wanted, scene=wanted.stretch.scene(scene)))

    def set_message(self, text: str) -> None:
        """Why there is no picture, whose place is hatched then; empty for none. `show_picture` takes it away."""
        if self._stage.wanted is not None:
            self._want(replace(self._stage.wanted, message=text))

    def set_words(self, lines: tuple[str, ...]) -> None:
        """What is said of a slice, at the upper left. `show_picture` takes it away."""
        if self._stage.wanted is not None and lines != self._stage.wanted.words:
            self._want(replace(self._stage.wanted, words=lines))

    def set_shows_slices(self, on: bool) -> None:
        """Whether what is shown from now on are slices of a body, or stands in the place of one."""
        if on != self._shows_slices:
            self._shows_slices = on
            self.update()

    def set_slice_hud(self, shown: bool) -> None:
        """Whether words, orientation and a scale float on slices."""
        if shown != self._slice_hud:
            self._slice_hud = shown
            self.update()

    def set_ruler(self, on: bool) -> None:
        """Whether a drag measures instead of moving the picture; what was measured goes with it."""
        self._rulers.on = on
        self._rest_cursor()
        self.clear_rulers()

    @property
    def has_ruler(self) -> bool:
        return self._rulers.on

    def clear_rulers(self) -> None:
        self._rulers.clear()
        self.update()

    def set_adjust(self, adjust: Adjust) -> None:
        """How the picture's numbers become greys and colours."""
        if self._stage.wanted is not None and adjust != self._stage.wanted.adjust:
            self._want(replace(self._stage.wanted, adjust=adjust))

    def set_selected(self, object_hash: str | None) -> None:
        if object_hash != self._selected:
            self._selected, self._told_settled = object_hash, False
            self._describe()
            self._place_captions()
            self._repaint_soon()

    def zoom_to(self, bounds: Bounds) -> None:
        """All of `bounds`, in image pixels, as large as goes; of a new picture that is on its way if there is one."""
        wanted = self._stage.wanted
        bounds = bounds if wanted is None else wanted.stretch.bounds(bounds)
        if wanted is not None and wanted.view != self._view:
            self._arrival = (wanted.view, bounds)
            self._soon.start()
        else:
            super().zoom_to(bounds)

    def centre_on(self, x: float, y: float) -> None:
        wanted = self._stage.wanted
        super().centre_on(*((x, y) if wanted is None else wanted.stretch.point(x, y)))

    def visible(self) -> Bounds:
        """What of the picture's plane is in the viewport; may reach beyond the picture."""
        ends = (QPointF(0, 0), QPointF(self.viewport.width, self.viewport.height))
        return Bounds(*(edge for end in ends for edge in self.own_point(end)))

    def own_point(self, point: QPointF) -> tuple[float, float]:
        """The labels' own point under a view point."""
        x, y = self.image_point(point)
        return (x, y) if self._stage.prepared is None else self._stage.prepared.exhibit.stretch.back(x, y)

    def set_crosshair(self, at: tuple[float, float] | None) -> None:
        """Lines through this point of the labels' own; None for none."""
        if at != self._crosshair:
            self._crosshair = at
            self.update()

    def set_colours(self, colours: CanvasColours) -> None:
        self._colours = colours
        self.update()

    def is_shown(self) -> bool:
        """Whether the picture and the labels that were asked for are on show, perhaps not yet as sharp as they get."""
        prepared = self._stage.prepared
        return prepared is not None and prepared.exhibit is self._stage.wanted

    def is_settled(self) -> bool:
        """Whether all that is wanted is shown, sharp and still."""
        waits = self._soon.isActive() or self._still.isActive() or self._is_gliding() or self._close_up.is_busy
        placement = self.placement
        return not waits and self._stage.is_current(placement.scale, self.view_at(placement))

    # from what is wanted to what is shown

    def _want(self, exhibit: Exhibit) -> None:
        self._stage.wanted = exhibit
        self._told_settled = False
        self._soon.start()

    def _repaint_soon(self) -> None:
        self._stale = True
        self._soon.start()

    def _refresh(self) -> None:
        """Have built what is wanted, as it will be seen, and paint what has changed."""
        wanted, ratio = self._stage.wanted, self.devicePixelRatioF()
        if wanted is not None:
            placement = self._camera_for(wanted).placement(self.viewport, ratio)
            self._stage.follow(placement.scale, self.view_at(placement), ratio)
        if self._stale and self._stage.prepared is not None:
            self._stale = False
            scene, placement = self._stage.prepared.exhibit.scene, self.placement
            marks = self._mark(self._selected), self._under_pointer()
            self._accented = self._accents.overlays(scene, *marks, placement.scale, self.view_at(placement), ratio)
            self.update()
        self._tell_if_settled()

    def _camera_for(self, exhibit: Exhibit) -> Camera:
        """From where it will be seen."""
        if exhibit.view == self._view and not self._fits:
            return self._camera.clamped(exhibit.size, self.viewport)
        whole = Camera.fit(exhibit.size, self.viewport)
        view, bounds = self._arrival
        return whole if view != exhibit.view or bounds is None else whole.zoom_to(bounds, self.viewport, exhibit.size)

    def _on_stage(self) -> None:
        """Something new is on show."""
        prepared = self._stage.prepared
        if prepared is None or not isValid(self):  # the window may be gone when work from the background arrives
            return
        exhibit = prepared.exhibit
        if exhibit.view != self._view or exhibit.size != self._size:
            camera = self._camera_for(exhibit)
            fits = camera == Camera.fit(exhibit.size, self.viewport)
            self._view = exhibit.view
            if self._arrival[0] == exhibit.view:
                self._arrival = (0, None)
            self._look_at(exhibit.size, camera, fits)
        self._describe()
        self._place_captions()
        self._point()
        is_worth = self._close_up.is_worth(exhibit, self.placement.scale)
        if is_worth or (self._stage.built is not None and self._stage.built.overlay.draft):
            self._still.start()
        self._repaint_soon()

    def _on_close_up(self) -> None:
        if isValid(self):
            self._still.start()  # another place may be in view by now
            self._repaint_soon()

    def _camera_moved(self) -> None:
        self._told_settled = False
        self._point()
        self._still.start()
        self._repaint_soon()

    def _on_still(self) -> None:
        placement = self.placement
        if self._stage.prepared is not None:
            self._close_up.follow(self._stage.prepared.exhibit, placement.scale, self.view_at(placement))
        if self._stage.refine(placement.scale, self.view_at(placement), self.devicePixelRatioF()):
            return
        self._place_captions()
        self._repaint_soon()

    def _place_captions(self) -> None:
        """Anew for what is in view; of very many only once nothing moves."""
        built, placement = self._stage.built, self.placement
        if built is None:
            return
        outlines = built.prepared.outlines
        if outlines is not self._captioned:
            self._captions, self._captioned = (), outlines
        many = built.overlay.draft and len(outlines.marks) > FEW_CAPTIONS
        if many or built.overlay.scale != placement.scale:
            return
        seen, ratio = self.view_at(placement), self.devicePixelRatioF()
        within = _around(seen, built.overlay.region)
        name_points = built.prepared.exhibit.scene.name_points
        told = tags(outlines, placement.scale, within, seen, ratio, self._selected, name_points)
        self._captions, self._captions_scale = place(told, within, seen, ratio), placement.scale

    def _tell_if_settled(self) -> None:
        if not self._told_settled and self.is_settled():
            self._told_settled = True
            self.settled.emit()

    def _mark(self, object_hash: str | None) -> Mark | None:
        prepared = self._stage.prepared
        if prepared is None or object_hash is None:
            return None
        return next((mark for mark in prepared.exhibit.scene.marks if mark.object_hash == object_hash), None)

    def _describe(self) -> None:
        mark = self._mark(self._selected)
        self.setAccessibleDescription("" if mark is None else f"Selected: {mark.name or mark.caption}")

    # the pointer

    def _under_pointer(self) -> Mark | None:
        return self._pointed.marks[0] if self._pointed is not None and self._pointed.marks else None

    def _pointer_moved(self, point: QPointF | None) -> None:
        self._pointer = point
        self._point()
        self._repaint_soon()

    def _point(self) -> None:
        """Find what is under the pointer now."""
        before, self._pointed = self._pointed, None
        prepared = self._stage.prepared
        if self._pointer is not None and prepared is not None and self._navigated(self._pointer) is None:
            marks = prepared.hits.under(*self.image_point(self._pointer), TOLERANCE / self._camera.scale)
            self._pointed = Pointed(*self.own_point(self._pointer), marks)
        if self._pointed != before:
            self.hovered.emit(self._pointed)

    def _clicked(self, point: QPointF) -> None:
        self._pointer_moved(point)
        marks = self._pointed.marks if self._pointed is not None else ()
        self.clicked_at.emit(*self.own_point(point))
        self.picked.emit(self._picker.pick(marks, point.x(), point.y(), self._selected))

    def _takes_drags(self) -> bool:
        return self._rulers.on

    def _drawn(self, start: QPointF, end: QPointF, done: bool) -> None:
        self._rulers.draw(Ruler(*self.own_point(start), *self.own_point(end)), done)
        self.update()

    def _rest_cursor(self) -> None:
        if self._rulers.on:
            self.setCursor(Qt.CursorShape.CrossCursor)
        else:
            super()._rest_cursor()

    def _navigated(self, point: QPointF) -> tuple[float, float] | None:
        rect, ratio = self._navigator(), self.devicePixelRatioF()
        if rect is None or not (self._navigating or rect.contains(point * ratio)):
            return None
        at = point * ratio - rect.topLeft()
        return at.x() / rect.width() * self._size.width, at.y() / rect.height() * self._size.height

    def _navigator(self) -> QRectF | None:
        if self._stage.prepared is None:
            return None
        placement = self.placement
        view = self.view_at(placement)
        return navigator_rect(self._size, placement, Size(view.width, view.height), self.devicePixelRatioF())

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        built, colours = self._stage.built, self._colours.on_slices() if self._shows_slices else self._colours
        if built is None:
            painter.fillRect(self.rect(), QColor(colours.canvas))
            return
        device_pixels(painter)
        placement, unit = self.placement, self.devicePixelRatioF()
        view = self.view_at(placement)
        viewport = Size(view.width, view.height)
        sight = Sight(built.prepared, placement, viewport, unit, colours, built.overlay, self._accented)
        sight = replace(sight, close_up=self._close_up.of(built.prepared.exhibit, placement.scale))
        captions, scale, pointed = self._captions, self._captions_scale, self._under_pointer()
        paint_scene(painter, replace(sight, captions=captions, captions_scale=scale, pointed=pointed))
        self._paint_floating(painter, sight)

    def _paint_floating(self, painter: QPainter, sight: Sight) -> None:
        exhibit, placement, unit, viewport = sight.prepared.exhibit, sight.placement, sight.unit, sight.viewport
        plane = exhibit.picture.plane if exhibit.picture is not None else None
        rulers = [(ruler, ruler_words(ruler, plane)) for ruler in self._rulers.every]
        RulerPainter(painter, placement, exhibit.stretch, viewport, unit, sight.colours).draw(rulers)
        hud = Hud(painter, viewport, unit, sight.colours)
        if self._crosshair is not None:
            x, y = placement.device_from_image(*exhibit.stretch.point(*self._crosshair))
            hud.crosshair(x, y, sight.seen_rect)
        if exhibit.message:
            hud.message(exhibit.message, sight.seen_rect)
        hud.legend(exhibit.scene.legend)
        if (navigator := self._navigator()) is not None:
            hud.navigator(navigator, sight.prepared.levels, self._size, placement)
        said = readout(self._pointed, exhibit.picture, exhibit.stretch.stored(exhibit.size)) if self._pointed else ()
        chip = hud.readout(said)
        if plane is not None and self._slice_hud:
            bar = bar_of(plane, exhibit.stretch, placement.scale, unit)
            taken = (chip, navigator or QRectF())
            SliceHud(painter, viewport, unit, taken).draw(exhibit.words, letters_of(plane), bar)
        if self._ringed:
            hud.focus_ring()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._camera_moved()
        return super().event(event)


def _around(one: Region, other: Region) -> Region:
    left, top = min(one.left, other.left), min(one.top, other.top)
    return Region(left, top, max(one.right, other.right) - left, max(one.bottom, other.bottom) - top)
