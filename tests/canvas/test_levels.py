from __future__ import annotations

import numpy as np
import pytest

from tests.canvas.support import noise, picture, plain
from viewer.canvas.levels import UNADJUSTED, Adjust, build_levels
from viewer.size import Size


def test_the_first_level_is_the_picture_itself_and_each_further_half_as_large() -> None:
    source = noise(Size(1001, 301))
    levels = build_levels(source, UNADJUSTED)
    levels.complete()
    assert levels.images[0] is source.shown
    assert [image.shape[:2] for image in levels.images] == [(301, 1001), (151, 501), (76, 251)]
    assert levels.size == Size(1001, 301)


def test_smaller_levels_keep_the_mean_brightness() -> None:
    checks = np.indices((600, 600)).sum(axis=0) % 2 * 255
    levels = build_levels(picture(checks.astype(np.uint8)), UNADJUSTED)
    levels.complete()
    assert len(levels.images) == 3
    assert all(image.mean() == pytest.approx(127.5, abs=1) for image in levels.images)


@pytest.mark.parametrize(
    ("width", "columns"), [(2000, 1000), (1000, 1000), (600, 1000), (500, 500), (251, 500), (10, 250)]
)
def test_the_smallest_level_that_is_large_enough_is_taken(width: float, columns: int) -> None:
    levels = build_levels(plain(Size(1000, 400), 9), UNADJUSTED)
    assert levels.nearest(width).shape[1] == columns


def test_transparent_pictures_are_premultiplied() -> None:
    pixels = np.zeros((4, 4, 4), np.uint8)
    pixels[:] = (200, 100, 50, 128)
    shown = build_levels(picture(pixels, opaque=False), UNADJUSTED).images[0]
    assert shown[0, 0].tolist() == pytest.approx([100, 50, 25, 128], abs=1)
    assert pixels[0, 0].tolist() == [200, 100, 50, 128]


def ramp() -> np.ndarray:
    return np.tile(np.arange(256, dtype=np.uint8), (2, 1))


@pytest.mark.parametrize(
    ("adjust", "at", "value"),
    [
        (Adjust(brightness=0.2), 100, 151),
        (Adjust(brightness=-1), 255, 0),
        (Adjust(contrast=-1), 255, 128),
        (Adjust(contrast=1), 120, 0),
        (Adjust(contrast=1), 136, 255),
        (Adjust(gamma=2), 64, 128),
    ],
)
def test_brightness_contrast_and_gamma(adjust: Adjust, at: int, value: int) -> None:
    shown = build_levels(picture(ramp()), adjust).images[0]
    assert int(shown[0, at]) == pytest.approx(value, abs=1)
    assert (np.diff(shown[0].astype(int)) >= 0).all()


def test_adjusting_leaves_the_picture_and_its_alpha_alone() -> None:
    source = noise(Size(30, 20))
    before = source.shown.copy()
    shown = build_levels(source, Adjust(brightness=0.5)).images[0]
    np.testing.assert_array_equal(source.shown, before)
    assert (shown[..., 3] == 255).all() and (shown[..., :3] > 120).all()
