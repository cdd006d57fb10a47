"""Frame numbers of an export on the pictures of a video, in their order and on a grid of constant rate."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from tests.media.test_video import video_of
from tests.videos import Film, uneven, write
from viewer.media.numbering import IN_ORDER, Numbering


@pytest.mark.parametrize(
    ("name", "rate"),
    [("a.mkv", 30), ("a.mkv", Fraction(30000, 1001)), ("a.webm", 24), ("a.flv", 30), ("a.mp4", 30), ("a.avi", 25)],
)
def test_on_a_grid_of_its_own_rate_each_number_has_its_picture(tmp_path, name, rate):
    codec = {"webm": "libvpx", "avi": "mjpeg"}.get(name[2:], "libx264")
    form = "yuvj420p" if codec == "mjpeg" else "yuv420p"
    index = video_of(write(tmp_path / name, Film(90, codec, rate=rate, pix_fmt=form, size=(64, 48)))).index
    grid = Numbering("grid", float(rate))
    assert [grid.place_of(frame, index) for frame in range(91)] == list(range(91))
    assert grid.count(index) == IN_ORDER.count(index) == 90


def test_on_a_grid_a_number_shows_what_is_on_show_then(tmp_path):
    times = uneven(30)
    film = Film(30, pts=times, time_base=Fraction(1, 1000), size=(64, 48))
    index = video_of(write(tmp_path / "uneven.mp4", film)).index
    grid = Numbering("grid", 10.0)
    for frame in range(times[-1] // 100 + 1):
        assert grid.place_of(frame, index) == int(np.searchsorted(times, frame * 100, side="right")) - 1


@pytest.mark.parametrize("offset", [-3, 0, 4])
def test_an_offset_is_added_to_the_number(tmp_path, offset):
    index = video_of(write(tmp_path / "a.mp4", Film(20, size=(64, 48)))).index
    numbering = Numbering(offset=offset)
    assert numbering.place_of(7, index) == 7 + offset
    assert numbering.count(index) == 20 - offset


def test_one_picture_alone_has_a_number_on_a_grid(tmp_path):
    index = video_of(write(tmp_path / "one.mp4", Film(1, size=(64, 48)))).index
    grid = Numbering("grid", 10.0)
    assert grid.count(index) == 1 and grid.place_of(0, index) == 0
