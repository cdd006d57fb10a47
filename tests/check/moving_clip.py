"""Clips with one moving thing, drawn from numbers: where the thing is on each frame is known exactly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from viewer.shapes.sketch import Bounds

WIDE, HIGH = 480, 270
Path = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""Times in frames from the middle of the clip, (n,), to places from the middle of the picture, (n, 2)."""


def steady(speed: float) -> Path:
    return lambda time: np.column_stack([speed * time, 0.3 * speed * time])


def quickening(speed: float) -> Path:
    """From -speed to speed and beyond, standing still in the middle."""
    return lambda time: np.column_stack([speed * time * np.abs(time) / 40, speed * time / 8])


def swinging(speed: float) -> Path:
    return lambda time: np.column_stack([4 * speed * np.sin(time / 4), 2 * speed * np.sin(time / 6.3)])


def standing(time: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.zeros((len(time), 2))


@dataclass(frozen=True)
class Clip:
    path: Path
    size: tuple[int, int] = (36, 30)
    camera: Path = standing
    """How far the surroundings have moved in the picture; the thing does not move with them."""
    noise: float = 2.0
    plain_thing: bool = False
    plain_ground: bool = False
    pole: bool = False
    """Something that stands before the thing's way."""
    company: bool = False
    """A second thing like it, that goes the other way."""
    growth: float = 0.0
    """How much larger the thing is at the end than at the beginning, as a part."""
    quality: int = 0
    """Of JPEG; 0 without."""
    frames: int = 80

    def drawn(self) -> tuple[list[NDArray[np.uint8]], dict[int, Bounds]]:
        """The grey pictures, and the thing's true box on each."""
        chance = np.random.default_rng(5)
        ground = texture(chance, 3 * HIGH, 3 * WIDE, 0 if self.plain_ground else 25)
        thing = texture(chance, *self.size[::-1], 0 if self.plain_thing else 30) + 40 * self.plain_thing
        time = np.arange(self.frames) - self.frames / 2.0
        middles, moved = self.path(time) + (WIDE / 2, HIGH / 2), self.camera(time)
        pictures, boxes = [], {}
        for frame in range(self.frames):
            half = np.array(self.size) * (1 + self.growth * frame / self.frames) / 2
            low, high = middles[frame] - half, middles[frame] + half
            picture = placed(ground, (-WIDE + moved[frame, 0], -HIGH + moved[frame, 1]), (1.0, 1.0))
            if self.company:
                away = (WIDE, 0.7 * HIGH) - middles[frame] - half
                picture = pasted(picture, thing[::-1], away, half)
            picture = pasted(picture, thing, low, half)
            if self.pole:
                picture[:, WIDE // 2 - 10 : WIDE // 2 + 10] = 60
            pictures.append(self.taken(picture, chance))
            boxes[frame] = Bounds(*low.tolist(), *high.tolist())
        return pictures, boxes

    def taken(self, picture: NDArray[np.float32], chance: np.random.Generator) -> NDArray[np.uint8]:
        """As a camera would: with noise, in whole grey levels, compressed."""
        noisy = picture + chance.normal(0, self.noise, picture.shape)
        grey = np.clip(noisy, 0, 255).astype(np.uint8)
        if self.quality:
            grey = cv2.imdecode(cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, self.quality])[1], 0)
        return grey


def texture(chance: np.random.Generator, rows: int, columns: int, contrast: float) -> NDArray[np.float32]:
    soft = cv2.GaussianBlur(chance.normal(size=(rows, columns)).astype(np.float32), (0, 0), 2)
    return np.float32(120) + np.float32(contrast) * soft / soft.std()


def placed(part: NDArray[np.float32], corner: tuple[float, float], scale: tuple[float, float]) -> NDArray[np.float32]:
    """The part with its top-left corner there, in parts of pixels; 0 where it does not reach."""
    (x, y), (wide, high) = corner, scale
    where = np.array([[wide, 0, x + wide / 2 - 0.5], [0, high, y + high / 2 - 0.5]])
    return cv2.warpAffine(part, where, (WIDE, HIGH), flags=cv2.INTER_LINEAR)


def pasted(
    picture: NDArray[np.float32], thing: NDArray[np.float32], low: NDArray[np.float64], half: NDArray[np.float64]
) -> NDArray[np.float32]:
    """The picture with the thing, an ellipse, upon it."""
    rows, columns = thing.shape
    oval = np.zeros(thing.shape, np.float32)
    cv2.ellipse(oval, (((columns - 1) / 2, (rows - 1) / 2), (columns, rows), 0), 1.0, -1)
    corner, scale = (float(low[0]), float(low[1])), (2 * float(half[0]) / columns, 2 * float(half[1]) / rows)
    cover = placed(oval, corner, scale)
    return picture * (1 - cover) + placed(thing * oval, corner, scale)


def labelled(
    boxes: dict[int, Bounds],
    shift: int,
    jitter: float = 0.0,
    scale: float = 1.0,
    every: int = 1,
) -> dict[int, Bounds]:
    """Labels that must be moved by `shift` to be right, each side wrong by up to `jitter` pixels."""
    chance = np.random.default_rng(3)
    found = {}
    for frame, box in boxes.items():
        grow = np.array([-box.width, -box.height, box.width, box.height]) * (scale - 1) / 2
        if frame - shift in boxes and frame % every == 0:
            found[frame - shift] = Bounds(*(np.array(box) + grow + chance.uniform(-jitter, jitter, 4)).tolist())
    return found
