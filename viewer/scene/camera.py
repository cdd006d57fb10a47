"""Camera: which part of the picture is seen, and how large. Pure arithmetic, no Qt.

Three rulers: *image* pixels; *view* pixels, which are Qt's logical ones, counted from the viewport's top-left
corner; *device* pixels, the physical ones, `ratio` of them to a view pixel.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from viewer.shapes.sketch import Bounds
from viewer.size import Size

SMALLEST, LARGEST = 1 / 64, 64.0
"""Zoom limits, view pixels to an image pixel; widened where a picture needs more to fit."""
FIT_MARGIN = 12
"""View pixels left free around a picture that is fitted."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where the picture lies on the device: device = image * scale + (left, top).

    The origin is on whole device pixels, so that at a scale of 1 every image pixel is one device pixel, and so that
    panning moves what is drawn by whole pixels.
    """

    scale: float
    """Device pixels to an image pixel; 1.0 is 100 %."""
    left: int
    top: int

    def image_from_device(self, x: float, y: float) -> tuple[float, float]:
        return (x - self.left) / self.scale, (y - self.top) / self.scale

    def device_from_image(self, x: float, y: float) -> tuple[float, float]:
        return x * self.scale + self.left, y * self.scale + self.top


@dataclass(frozen=True, slots=True)
class Camera:
    """View pixels to an image pixel, and the image point in the middle of the viewport."""

    scale: float
    x: float
    y: float

    @staticmethod
    def fit(size: Size, viewport: Size, margin: float = FIT_MARGIN) -> Camera:
        """The whole picture, as large as goes."""
        return Camera(_fitting(size, viewport, margin), size.width / 2, size.height / 2)

    def one_to_one(self, ratio: float) -> Camera:
        """One image pixel to one device pixel, the middle kept."""
        return replace(self, scale=1 / ratio)

    def view_from_image(self, x: float, y: float, viewport: Size) -> tuple[float, float]:
        return (x - self.x) * self.scale + viewport.width / 2, (y - self.y) * self.scale + viewport.height / 2

    def image_from_view(self, x: float, y: float, viewport: Size) -> tuple[float, float]:
        return (x - viewport.width / 2) / self.scale + self.x, (y - viewport.height / 2) / self.scale + self.y

    def placement(self, viewport: Size, ratio: float = 1.0) -> Placement:
        """The same on the device, the origin rounded to whole device pixels."""
        left, top = self.view_from_image(0, 0, viewport)
        return Placement(self.scale * ratio, math.floor(left * ratio + 0.5), math.floor(top * ratio + 0.5))

    def zoomed_at(self, x: float, y: float, factor: float, viewport: Size, size: Size) -> Camera:
        """Zoomed by `factor` with the image point under view point (x, y) kept there, as far as the limits allow."""
        low, high = zoom_range(size, viewport)
        scale = min(max(self.scale * factor, low), high)
        image_x, image_y = self.image_from_view(x, y, viewport)
        kept = self.scale / scale
        return Camera(scale, image_x + (self.x - image_x) * kept, image_y + (self.y - image_y) * kept)

    def centred_on(self, x: float, y: float) -> Camera:
        return replace(self, x=x, y=y)

    def panned(self, dx: float, dy: float) -> Camera:
        """The picture moved by (dx, dy) view pixels."""
        return replace(self, x=self.x - dx / self.scale, y=self.y - dy / self.scale)

    def zoom_to(self, bounds: Bounds, viewport: Size, size: Size, margin: float = 48) -> Camera:
        """All of `bounds` and `margin` view pixels around it; a label that lies outside is seen from the picture's edge."""
        x = min(max((bounds.left + bounds.right) / 2, 0), size.width)
        y = min(max((bounds.top + bounds.bottom) / 2, 0), size.height)
        across = max(bounds.right - x, x - bounds.left, 0.5)
        down = max(bounds.bottom - y, y - bounds.top, 0.5)
        wide, high = _inside(viewport.width, margin), _inside(viewport.height, margin)
        return Camera(min(wide / across, high / down) / 2, x, y).clamped(size, viewport)

    def clamped(self, size: Size, viewport: Size) -> Camera:
        """Within the zoom limits, and with some of the picture in the middle: it can never be lost."""
        low, high = zoom_range(size, viewport)
        x, y = min(max(self.x, 0), size.width), min(max(self.y, 0), size.height)
        return Camera(min(max(self.scale, low), high), x, y)

    def towards(self, goal: Camera, share: float) -> Camera:
        """Between here (share 0) and `goal` (1): zoom even to the eye, the middle on a straight line on screen."""
        scale = self.scale * (goal.scale / self.scale) ** share
        near, far = 1 / self.scale, 1 / goal.scale
        moved = share if math.isclose(near, far) else (near - 1 / scale) / (near - far)
        return Camera(scale, self.x + (goal.x - self.x) * moved, self.y + (goal.y - self.y) * moved)


def zoom_range(size: Size, viewport: Size) -> tuple[float, float]:
    """Smallest and largest scale: 1/64 to 64, or as far as it takes to fit a picture that is larger or smaller."""
    whole = _fitting(size, viewport, FIT_MARGIN)
    return min(SMALLEST, whole), max(LARGEST, whole)


def _fitting(size: Size, viewport: Size, margin: float) -> float:
    across = _inside(viewport.width, margin) / max(size.width, 1)
    return min(across, _inside(viewport.height, margin) / max(size.height, 1))


def _inside(length: int, margin: float) -> float:
    """What is left of `length` after margins, which give way in a viewport too small for them."""
    return max(length - 2 * margin, length / 2, 1.0)
