"""Slices in memory, for tests of what is cut out of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from viewer.errors import ViewerError
from viewer.labels.records import Annotation, FrameLabels, Provenance
from viewer.media.grey import Grey, Rescale, window_between
from viewer.media.kinds import Picture
from viewer.media.plane import Plane, Vector
from viewer.media.volume import Volume, build_volume
from viewer.shapes.sketch import Sketch
from viewer.size import Size

LEFT, BACK, HEAD = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)
"""The patient's own axes."""
RIGHT, FRONT, FOOT = (-1.0, 0.0, 0.0), (0.0, -1.0, 0.0), (0.0, 0.0, -1.0)


class InMemory:
    """Slices that were made up: stored values with where each lies; None for what cannot be read."""

    rate = None

    def __init__(
        self,
        stored: Sequence[np.ndarray | None],
        planes: Sequence[Plane | None],
        rescales: Mapping[int, Rescale] | None = None,
        padding: tuple[float, float] | None = None,
    ) -> None:
        self.stored, self.planes, self.rescales, self.padding = stored, planes, rescales or {}, padding
        self.asked: list[int] = []

    @property
    def count(self) -> int:
        return len(self.stored)

    def size(self, frame: int) -> Size | None:
        pixels = next(p for p in (self.stored[frame], *self.stored) if p is not None)
        return None if self.planes[frame] is None else Size(pixels.shape[1], pixels.shape[0])

    def plane(self, frame: int) -> Plane | None:
        return self.planes[frame]

    def picture(self, frame: int) -> Picture:
        self.asked.append(frame)
        pixels = self.stored[frame]
        if pixels is None:
            raise ViewerError(f"slice {frame} is damaged")
        size = Size(pixels.shape[1], pixels.shape[0])
        if pixels.ndim == 3:
            return Picture(size, pixels, pixels, ("R", "G", "B"))
        low, high = float(pixels.min()), float(pixels.max())
        rescale = self.rescales.get(frame, Rescale())
        grey = Grey(pixels, rescale, (window_between(low, high),), padding=self.padding)
        return Picture(size, grey.shown(), pixels, ("L",), grey=grey, plane=self.planes[frame])

    def source_of(self, frame: int) -> None:
        return None

    def close(self) -> None:
        pass


def stack(
    values: np.ndarray,
    across: Vector | None = LEFT,
    down: Vector | None = BACK,
    depths: Sequence[float] | None = None,
    spacing: tuple[float, float] = (1.0, 1.0),
    origin: Vector = (0.0, 0.0, 0.0),
    thickness: float | None = None,
) -> InMemory:
    """Slices (slices, rows, columns) along their normal; the first one's first pixel lies at `origin`."""
    depths = range(len(values)) if depths is None else depths
    normal = np.cross(across or LEFT, down or BACK)
    planes = [
        Plane(
            spacing=spacing,
            spacing_of="patient",
            across=across,
            down=down,
            position=tuple((np.array(origin) + normal * depth).tolist()) if across else None,
            location=float(depth),
            thickness=thickness,
        )
        for depth in depths
    ]
    return InMemory(list(values), planes)


def volume(values: np.ndarray, **more: object) -> Volume:
    return build_volume(stack(values, **more))


def annotation(sketch: Sketch, object_hash: str = "obj00001", colour: str = "#d33115", **more: object) -> Annotation:
    facts = {"feature_hash": "cls00001", "name": "Liver", "word": "bitmask", "shape": None, "provenance": Provenance()}
    return Annotation(object_hash, sketch=sketch, colour=colour, entry={}, path="", **{**facts, **more})


def labelled(frame: int, size: Size, *annotations: Annotation) -> FrameLabels:
    return FrameLabels(frame, size, annotations)
