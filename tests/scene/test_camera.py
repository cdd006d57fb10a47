from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from viewer.scene.camera import FIT_MARGIN, Camera, zoom_range
from viewer.shapes.sketch import Bounds
from viewer.size import Size

VIEWPORT = Size(800, 600)
cameras = st.builds(Camera, st.floats(0.02, 60), st.floats(0, 4000), st.floats(0, 3000))
spots = st.tuples(st.floats(0, 800), st.floats(0, 600))


@given(cameras, spots)
def test_there_and_back_is_the_same_point(camera: Camera, spot: tuple[float, float]) -> None:
    image = camera.image_from_view(*spot, VIEWPORT)
    assert camera.view_from_image(*image, VIEWPORT) == pytest.approx(spot, abs=1e-6)


@given(cameras, st.sampled_from([1.0, 1.25, 1.5, 2.0]), st.floats(0, 4000), st.floats(0, 3000))
def test_the_device_agrees_within_half_a_device_pixel(camera: Camera, ratio: float, x: float, y: float) -> None:
    placement = camera.placement(VIEWPORT, ratio)
    on_view = camera.view_from_image(x, y, VIEWPORT)
    on_device = (x * placement.scale + placement.left, y * placement.scale + placement.top)
    assert abs(on_device[0] - on_view[0] * ratio) <= 0.5 + 1e-6
    assert abs(on_device[1] - on_view[1] * ratio) <= 0.5 + 1e-6
    assert placement.image_from_device(*on_device) == pytest.approx((x, y), abs=1e-6)


@pytest.mark.parametrize("size", [Size(1920, 1080), Size(100, 3000), Size(12_000, 200), Size(1, 1), Size(30, 20)])
def test_fit_shows_the_whole_picture_with_a_margin_and_touches_it_on_one_axis(size: Size) -> None:
    camera = Camera.fit(size, VIEWPORT)
    left, top = camera.view_from_image(0, 0, VIEWPORT)
    right, bottom = camera.view_from_image(*size, VIEWPORT)
    assert min(left, top) == pytest.approx(FIT_MARGIN)
    assert (left + right, top + bottom) == pytest.approx(VIEWPORT)
    assert camera.clamped(size, VIEWPORT) == camera


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_one_to_one_puts_one_image_pixel_on_one_device_pixel(ratio: float) -> None:
    placement = Camera(0.3, 120.3, 77.7).one_to_one(ratio).placement(VIEWPORT, ratio)
    assert placement.scale == pytest.approx(1)
    assert isinstance(placement.left, int) and isinstance(placement.top, int)


@given(cameras, spots, st.floats(0.2, 5))
def test_zooming_keeps_the_point_under_the_pointer(camera: Camera, spot: tuple[float, float], factor: float) -> None:
    size = Size(4000, 3000)
    low, high = zoom_range(size, VIEWPORT)
    assume(low <= camera.scale * factor <= high)
    image = camera.image_from_view(*spot, VIEWPORT)
    zoomed = camera.zoomed_at(*spot, factor, VIEWPORT, size)
    assert zoomed.scale == pytest.approx(camera.scale * factor)
    assert zoomed.view_from_image(*image, VIEWPORT) == pytest.approx(spot, abs=1e-6)


@given(cameras, st.floats(1e-4, 1e4))
def test_zooming_keeps_to_the_limits(camera: Camera, factor: float) -> None:
    low, high = zoom_range(Size(640, 480), VIEWPORT)
    assert low <= camera.zoomed_at(10, 10, factor, VIEWPORT, Size(640, 480)).scale <= high


def test_limits_are_a_64th_and_64_times_and_more_for_tiny_and_huge_pictures() -> None:
    assert zoom_range(Size(640, 480), VIEWPORT) == (1 / 64, 64)
    assert zoom_range(Size(1, 1), VIEWPORT)[1] > 500
    assert zoom_range(Size(200_000, 1000), VIEWPORT)[0] < 1 / 64


@given(cameras, st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_the_picture_is_never_lost(camera: Camera, dx: float, dy: float) -> None:
    size = Size(4000, 3000)
    panned = camera.panned(dx, dy).clamped(size, VIEWPORT)
    left, top = panned.view_from_image(0, 0, VIEWPORT)
    right, bottom = panned.view_from_image(*size, VIEWPORT)
    assert left < 800 and right > 0 and top < 600 and bottom > 0


def test_panning_moves_the_picture_by_view_pixels() -> None:
    camera = Camera(2.5, 100, 100)
    before = camera.view_from_image(40, 50, VIEWPORT)
    after = camera.panned(30, -12).view_from_image(40, 50, VIEWPORT)
    assert (after[0] - before[0], after[1] - before[1]) == pytest.approx((30, -12))


@pytest.mark.parametrize(
    "bounds",
    [
        Bounds(100, 100, 200, 150),
        Bounds(5, 5, 5, 5),
        Bounds(-300, 50, -100, 90),
        Bounds(600, 400, 900, 700),
        Bounds(0, 0, 640, 480),
    ],
)
def test_zooming_to_a_label_shows_all_of_it_and_some_of_the_picture(bounds: Bounds) -> None:
    size = Size(640, 480)
    camera = Camera(1, 0, 0).zoom_to(bounds, VIEWPORT, size)
    left, top = camera.view_from_image(bounds.left, bounds.top, VIEWPORT)
    right, bottom = camera.view_from_image(bounds.right, bounds.bottom, VIEWPORT)
    assert left >= 0 and top >= 0 and right <= 800 and bottom <= 600
    assert 0 <= camera.x <= 640 and 0 <= camera.y <= 480


def test_a_glide_begins_here_ends_there_and_keeps_the_zooms_fixed_point() -> None:
    start = Camera(1, 300, 200)
    goal = start.zoomed_at(650, 120, 8, VIEWPORT, Size(4000, 3000))
    kept = start.image_from_view(650, 120, VIEWPORT)
    for share in (0, 0.25, 0.5, 0.9, 1):
        between = start.towards(goal, share)
        assert between.view_from_image(*kept, VIEWPORT) == pytest.approx((650, 120))
        assert between.scale == pytest.approx(math.pow(8, share))
    moved = start.towards(start.centred_on(500, 100), 0.5)
    assert (moved.scale, moved.x, moved.y) == pytest.approx((1, 400, 150))
