"""Pages seen larger than they are: what is in view is drawn anew, in its place, and goes with its page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from tests.canvas.support import picture, pixels, scene, settle, shown
from viewer.canvas.levels import Adjust
from viewer.errors import ViewerError
from viewer.media.kinds import Picture
from viewer.scene.camera import Camera
from viewer.size import Size

SIZE = Size(60, 40)


def page(asked: list[float], fails: bool = False) -> Picture:
    """Grey, and drawn larger it gets stripes of single pixels that only then can be seen: even columns are white."""

    def closer(scale: float, left: int, top: int, width: int, height: int) -> np.ndarray:
        asked.append(scale)
        if fails:
            raise ViewerError("gone")
        made = np.zeros((height, width, 4), np.uint8)
        made[:, left % 2 :: 2, :3] = 255
        made[..., 3] = 255
        return made

    grey = np.full((SIZE.height, SIZE.width, 4), 128, np.uint8)
    grey[..., 3] = 255
    return replace(picture(grey), closer=closer)


def pane_at(qtbot: Any, shown_page: Picture, scale: float, asked: list[float]) -> Any:
    """Looking from there; what was asked for before that is forgotten."""
    pane = shown(qtbot)
    pane.show_picture(shown_page, SIZE, False)
    pane.show_scene(scene(size=SIZE))
    settle(qtbot, pane)
    asked.clear()
    pane.set_camera(Camera(scale, 30, 20))
    settle(qtbot, pane)
    return pane


def middle(pane: Any) -> np.ndarray:
    """Grey values along a line through the middle of what is seen."""
    seen = pixels(pane.grab().toImage())
    return seen[seen.shape[0] // 2, 80:320, 0]


def test_what_is_seen_larger_is_drawn_anew_in_its_place(qtbot: Any) -> None:
    asked: list[float] = []
    pane = pane_at(qtbot, page(asked), 5.0, asked)
    assert asked == [5.0]
    line, left = middle(pane), pane.placement.left
    even = (np.arange(80, 320) - left) % 2 == 0
    assert (line[even] == 255).all() and (line[~even] == 0).all()


def test_a_picture_seen_in_its_size_or_smaller_is_left_as_it_is(qtbot: Any) -> None:
    asked: list[float] = []
    pane = pane_at(qtbot, page(asked), 1.0, asked)
    assert asked == [] and (pixels(pane.grab().toImage())[150, 190:210, 0] == 128).all()


def test_moving_within_what_was_drawn_asks_for_nothing(qtbot: Any) -> None:
    asked: list[float] = []
    pane = pane_at(qtbot, page(asked), 5.0, asked)
    pane.pan(10, 0)
    settle(qtbot, pane)
    assert asked == [5.0]
    pane.zoom_in()
    settle(qtbot, pane)
    assert asked == [5.0, 6.25]


def test_brightness_is_that_of_the_picture(qtbot: Any) -> None:
    pane = pane_at(qtbot, page([]), 5.0, [])
    pane.set_adjust(Adjust(inverted=True, gamma=2.0))
    settle(qtbot, pane)
    line, left = middle(pane), pane.placement.left
    assert (line[(np.arange(80, 320) - left) % 2 == 0] == 0).all()


def test_another_page_never_lies_under_the_last_ones_close_up(qtbot: Any) -> None:
    asked: list[float] = []
    pane = pane_at(qtbot, page(asked), 5.0, asked)
    plain = picture(np.full((SIZE.height, SIZE.width, 4), 77, np.uint8))
    pane.show_picture(plain, SIZE, True)
    settle(qtbot, pane)
    assert (middle(pane)[20:40] == 77).all()
    pane.show_picture(page(asked), SIZE, True)
    settle(qtbot, pane)
    assert asked == [5.0, 5.0] and set(middle(pane)[20:40].tolist()) == {0, 255}


def test_what_cannot_be_drawn_anew_stays_as_it_is_and_is_not_asked_for_again(qtbot: Any) -> None:
    asked: list[float] = []
    pane = pane_at(qtbot, page(asked, fails=True), 5.0, [])
    pane.pan(3, 0)
    settle(qtbot, pane)
    assert len(asked) == 1 and set(middle(pane)[20:40].tolist()) == {128}
