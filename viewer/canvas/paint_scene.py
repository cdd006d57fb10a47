"""Paint scene: picture and labels, back to front; one code for the window and for files.

Painters count device pixels. Nothing is computed here that could be kept: only what `build` made is laid.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QTransform

from viewer.canvas.build import Exhibit, Overlay, Prepared, prepare
from viewer.canvas.colours import DARK, CanvasColours
from viewer.canvas.levels import Adjust
from viewer.canvas.overlay import Pens, build_overlay
from viewer.canvas.paint_captions import Caption, draw_captions, draw_whole, place
from viewer.canvas.paint_picture import draw_checks, draw_field, draw_grid, draw_picture, picture_rect, qimage
from viewer.canvas.paint_trail import draw_trail
from viewer.canvas.region import Region
from viewer.canvas.tags import caption_tag, tags
from viewer.media.grey import Window
from viewer.media.kinds import Picture
from viewer.scene.camera import Placement
from viewer.scene.marks import Mark, Scene
from viewer.size import Size


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """One look at an exhibit, all of it ready."""

    prepared: Prepared
    placement: Placement
    viewport: Size
    """Device pixels."""
    unit: float
    """Device pixels to a pen pixel."""
    colours: CanvasColours
    overlay: Overlay | None = None
    accents: tuple[Overlay, ...] = ()
    """What stands out: the selected label and the one under the pointer."""
    captions: tuple[Caption, ...] = ()
    captions_scale: float = 1.0
    """The scale the captions were placed for."""
    pointed: Mark | None = None
    """The label under the pointer, whose caption is shown whole."""
    close_up: Overlay | None = None
    """The part of a page in view, drawn as large as it is seen."""

    @property
    def view(self) -> Region:
        return Region(-self.placement.left, -self.placement.top, self.viewport.width, self.viewport.height)

    @property
    def rect(self) -> QRectF:
        """The whole picture."""
        return picture_rect(self.prepared.exhibit.size, self.placement)

    @property
    def seen_rect(self) -> QRectF:
        return self.rect.intersected(QRectF(0, 0, self.viewport.width, self.viewport.height))


def paint_scene(painter: QPainter, sight: Sight) -> None:
    for layer in (
        _canvas,
        _field,
        _checks,
        _picture,
        _close_up,
        _grid,
        _labels,
        _trail,
        _accents,
        _captions,
        _whole_caption,
    ):
        painter.save()
        layer(painter, sight)
        painter.restore()


def device_pixels(painter: QPainter) -> None:
    """Make the painter count whole physical pixels, from the one nearest to where it counts from now."""
    system = painter.deviceTransform()
    inverse, possible = system.inverted()
    if possible:
        painter.setWorldTransform(QTransform.fromTranslate(round(system.dx()), round(system.dy())) * inverse, True)


def _canvas(painter: QPainter, sight: Sight) -> None:
    painter.fillRect(QRectF(0, 0, sight.viewport.width, sight.viewport.height), QColor(sight.colours.canvas))


def _field(painter: QPainter, sight: Sight) -> None:
    if sight.prepared.levels is None:
        hatch = sight.colours.hatch if sight.prepared.exhibit.message else None
        draw_field(painter, sight.seen_rect, sight.rect.topLeft(), sight.colours.field, hatch)


def _checks(painter: QPainter, sight: Sight) -> None:
    if sight.prepared.levels is not None and not sight.prepared.levels.opaque:
        draw_checks(painter, sight.seen_rect, sight.rect.topLeft(), sight.colours.checks)


def _picture(painter: QPainter, sight: Sight) -> None:
    if sight.prepared.levels is not None:
        size = sight.prepared.exhibit.size
        draw_picture(painter, sight.prepared.levels, size, sight.placement, sight.viewport)


def _close_up(painter: QPainter, sight: Sight) -> None:
    if sight.close_up is not None:
        _lay(painter, sight.close_up, sight)


def _grid(painter: QPainter, sight: Sight) -> None:
    if sight.prepared.levels is not None and sight.close_up is None:
        exhibit = sight.prepared.exhibit
        draw_grid(painter, exhibit.stretch.stored(exhibit.size), exhibit.size, sight.placement, sight.viewport)


def _labels(painter: QPainter, sight: Sight) -> None:
    if sight.overlay is not None:
        _lay(painter, sight.overlay, sight)


def _trail(painter: QPainter, sight: Sight) -> None:
    trail = sight.prepared.exhibit.scene.trail
    if trail is not None:
        draw_trail(painter, trail, sight.placement, sight.unit)


def _accents(painter: QPainter, sight: Sight) -> None:
    for accent in sight.accents:
        _lay(painter, accent, sight)


def _lay(painter: QPainter, overlay: Overlay, sight: Sight) -> None:
    """The part of the overlay in the viewport; stretched as long as there is none for the scale."""
    if not overlay.image.size:
        return
    place, image, region = sight.placement, qimage(overlay.image), overlay.region
    if overlay.scale == place.scale:
        part = region.meet(sight.view)
        source = QRectF(part.left - region.left, part.top - region.top, part.width, part.height)
        painter.drawImage(QRectF(part.left + place.left, part.top + place.top, part.width, part.height), image, source)
        return
    stretch = place.scale / overlay.scale
    left, top = place.left + region.left * stretch, place.top + region.top * stretch
    painter.drawImage(QRectF(left, top, region.width * stretch, region.height * stretch), image)


def _captions(painter: QPainter, sight: Sight) -> None:
    place, stretch = sight.placement, sight.placement.scale / sight.captions_scale
    draw_captions(painter, sight.captions, place.left, place.top, stretch, sight.unit)


def _whole_caption(painter: QPainter, sight: Sight) -> None:
    if sight.pointed is None or not sight.pointed.caption:
        return
    tag = caption_tag(sight.pointed, sight.placement.scale, sight.view, sight.unit)
    if tag is not None:
        draw_whole(painter, tag, sight.placement.left, sight.placement.top, sight.viewport, sight.unit)


def render_image(
    scene: Scene,
    picture: Picture | None,
    *,
    scale: float = 1.0,
    fill: float = 0.22,
    outline: float = 2.0,
    captions: bool = True,
    overlay_only: bool = False,
    window: Window | None = None,
) -> QImage:
    """The scene as a picture `scale` times its size, painted as in the window; needs a QGuiApplication for captions.

    `window` is that of slices, else the file's own. `fill` and `outline` (image pixels) take the place of the scene's own. Areas cover exactly the pixels whose centre
    lies inside them. With `overlay_only` all but the labels is transparent; without a picture there is a plain field.
    """
    size = Size(max(round(scene.size.width * scale), 1), max(round(scene.size.height * scale), 1))
    whole = Region(0, 0, size.width, size.height)
    exhibit = Exhibit(None if overlay_only else picture, scene.size, scene, Adjust(window=window))
    prepared = prepare(exhibit, None)
    pens = Pens(fill, outline, scale, exact=True)
    overlay = Overlay(build_overlay(prepared.outlines, scale, whole, pens), scale, whole, whole, draft=False)
    told = tags(prepared.outlines, scale, whole, whole, scale, None, scene.name_points) if captions else []
    placed = place(told, whole, whole, scale)
    sight = Sight(prepared, Placement(scale, 0, 0), size, scale, DARK, overlay, (), placed, scale)
    image = QImage(size.width, size.height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    for layer in (_labels, _captions) if overlay_only else (_field, _picture, _labels, _captions):
        layer(painter, sight)
    painter.end()
    return image
