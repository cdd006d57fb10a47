"""Scenes, pictures and panes for the canvas's tests."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

import numpy as np
from PySide6.QtGui import QImage

from viewer.canvas.canvas_pane import CanvasPane
from viewer.media.kinds import Picture
from viewer.scene.marks import Mark, Scene
from viewer.shapes.sketch import Area, Dot, Line, Points, Raster, Sketch
from viewer.size import Size

FRAME, WINDOW = Size(200, 150), Size(400, 300)
RED, GREEN, BLUE = (230, 40, 40), (40, 200, 60), (30, 60, 220)


def ring(*points: tuple[float, float]) -> Points:
    return np.array(points, dtype=np.float64).reshape(-1, 2)


def box_ring(left: float, top: float, right: float, bottom: float) -> Points:
    return ring((left, top), (right, top), (right, bottom), (left, bottom))


def box(left: float, top: float, right: float, bottom: float) -> Sketch:
    return Sketch(areas=(Area((box_ring(left, top, right, bottom),)),))


def polygon(*rings: Points) -> Sketch:
    return Sketch(areas=(Area(rings),))


def line(*points: tuple[float, float]) -> Sketch:
    return Sketch(lines=(Line(ring(*points)),))


def dot(x: float, y: float, form: Any = "disc") -> Sketch:
    return Sketch(dots=(Dot(x, y, form),))


def raster(cells: Any, left: float, top: float, width: float = 1.0, height: float = 1.0) -> Sketch:
    return Sketch(raster=Raster(np.array(cells, dtype=bool), left, top, width, height))


def mark(sketch: Sketch, name: str = "", colour: tuple[int, int, int] = RED, **more: Any) -> Mark:
    bounds = sketch.bounds
    return Mark(more.pop("key", name), "class", sketch, colour, name, area=bounds.area if bounds else 0.0, **more)


def scene(*marks: Mark, size: Size = FRAME, **more: Any) -> Scene:
    return Scene(size, marks, **more)


def blobs(count: int, radius: float, size: Size, seed: int = 1, points: int = 32, classes: int = 12) -> Scene:
    """Polygons all over a frame, as many as asked for, of a number of classes with a colour each."""
    colours = [tuple(colour) for colour in np.random.default_rng(9).integers(30, 250, (classes, 3)).tolist()]
    random = np.random.default_rng(seed)
    turn = np.linspace(0, 2 * np.pi, points, endpoint=False)
    marks = []
    for i in range(count):
        far = radius * random.uniform(0.7, 1.3, points)
        middle = random.uniform((0, 0), size)
        outer = middle + np.column_stack([far * np.cos(turn), far * np.sin(turn)])
        marks.append(mark(polygon(outer), f"Car {i}", colours[i % classes]))
    return Scene(size, tuple(marks))


def picture(pixels: np.ndarray, opaque: bool = True) -> Picture:
    """From uint8 grey (rows, columns), or blue, green, red, alpha."""
    height, width = pixels.shape[:2]
    channels = ("L",) if pixels.ndim == 2 else ("R", "G", "B")
    values = pixels if pixels.ndim == 2 else pixels[:, :, 2::-1]
    return Picture(Size(width, height), pixels, values, channels, opaque)


def plain(size: Size, grey: int) -> Picture:
    return picture(np.full((size.height, size.width), grey, dtype=np.uint8))


def noise(size: Size, seed: int = 0) -> Picture:
    pixels = np.random.default_rng(seed).integers(0, 256, (size.height, size.width, 4), dtype=np.uint8)
    pixels[..., 3] = 255
    return picture(pixels)


def pixels(image: QImage) -> np.ndarray:
    """uint8 (rows, columns, 4): blue, green, red, alpha, premultiplied."""
    image = image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    view = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return view[:, : image.width()].copy()


def run_now(key: Hashable, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
    then(work())


class Later:
    """A background whose work is done when the test says so."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Callable[[], Any], Callable[[Any], None]]] = []

    def __call__(self, key: Hashable, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        self.waiting.append((work, then))

    def do_one(self) -> None:
        work, then = self.waiting.pop(0)
        then(work())


class Pane(CanvasPane):
    """A canvas on a screen of any pixel ratio."""

    ratio = 1.0

    def devicePixelRatioF(self) -> float:
        return self.ratio

    def seen(self) -> np.ndarray:
        """What is painted, in device pixels."""
        image = QImage(round(self.width() * self.ratio), round(self.height() * self.ratio), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(self.ratio)
        self.render(image)
        return pixels(image)


def shown(qtbot: Any, size: Size = WINDOW, ratio: float = 1.0, run: Any = run_now) -> Pane:
    pane = Pane(run)
    pane.ratio = ratio
    pane.set_motion(False)
    pane.resize(size.width, size.height)
    qtbot.addWidget(pane)
    pane.show()
    return pane


def settle(qtbot: Any, pane: CanvasPane) -> None:
    qtbot.waitUntil(pane.is_settled, timeout=5000)
