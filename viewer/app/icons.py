"""The drawn icon set and the application's own icon, sharp at every size and scale, in any colour."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from viewer.app.resources import ICONS, SHARE

SHAPE_ICONS = {
    "bounding_box": "shape-box",
    "rotatable_bounding_box": "shape-rotated-box",
    "polygon": "shape-polygon",
    "polyline": "shape-polyline",
    "point": "shape-point",
    "skeleton": "shape-skeleton",
    "bitmask": "shape-bitmask",
    "circle": "shape-circle",
    "ellipse": "shape-ellipse",
    "cuboid_2d": "shape-cuboid",
    "cuboid": "shape-cuboid",
    "audio": "shape-audio",
    "text": "shape-text",
    "time_range": "shape-range",
}
"""Shape words of the export to icon names; anything else is 'shape-unknown'."""

_SIZES = (12, 14, 16, 18, 20, 24)
"""What is asked for anywhere, in pixels before the screen's scale; other sizes are scaled down from these."""
_DISABLED_OPACITY = 0.38


@lru_cache(maxsize=512)
def icon(name: str, colour: str) -> QIcon:
    """The icon `name` (a file of resources/icons without its ending) in `colour` ('#rrggbb'); faded where disabled.

    Rendered for the scales of all screens there are. Raises FileNotFoundError for a name that is not in the set.
    """
    # Not a QIconEngine of our own: Qt deletes the clones of one while Python still holds them.
    renderer = _renderer(name, QColor(colour).name())
    found = QIcon()
    for side in _sides():
        drawn = _blank(side)
        painter = QPainter(drawn)
        renderer.render(painter)
        painter.end()
        found.addPixmap(QPixmap.fromImage(drawn))
        found.addPixmap(QPixmap.fromImage(_faded(drawn)), QIcon.Mode.Disabled)
    return found


def shape_icon(shape: str, colour: str) -> QIcon:
    """The icon of a shape word of the export."""
    return icon(SHAPE_ICONS.get(shape, "shape-unknown"), colour)


@lru_cache(maxsize=1)
def app_icon() -> QIcon:
    """The application's icon, for windows that no desktop entry gives one."""
    found = QIcon()
    for path in sorted((SHARE / "icons" / "hicolor").glob("*x*/apps/*.png")):
        found.addFile(str(path))
    return found


def icon_names() -> tuple[str, ...]:
    """Every icon of the set, in alphabetical order."""
    return tuple(sorted(path.stem for path in ICONS.glob("*.svg")))


def _renderer(name: str, colour: str) -> QSvgRenderer:
    drawing = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(drawing.replace("currentColor", colour).encode()))


def _sides() -> list[int]:
    """Lengths of a side in device pixels."""
    ratios = {1.0, 2.0} | {screen.devicePixelRatio() for screen in QGuiApplication.screens()}
    return sorted({round(size * ratio) for size in _SIZES for ratio in ratios})


def _blank(side: int) -> QImage:
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    return image


def _faded(image: QImage) -> QImage:
    """As a whole: fading each stroke would show where strokes cross."""
    faded = _blank(image.width())
    painter = QPainter(faded)
    painter.setOpacity(_DISABLED_OPACITY)
    painter.drawImage(0, 0, image)
    painter.end()
    return faded
