"""Many files as one medium."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from viewer.errors import ViewerError
from viewer.media.images import Images
from viewer.media.kinds import Pictures
from viewer.size import Size


def encoded(width: int, height: int, kind: str = "PNG", orientation: int = 1) -> bytes:
    pixels = np.random.default_rng(width).integers(0, 256, (height, width, 3), np.uint8)
    tags = Image.Exif()
    tags[0x0112] = orientation
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, kind, exif=tags)
    return out.getvalue()


def test_each_frame_is_its_own_file(in_memory):
    sources = [in_memory(encoded(30, 20)), None, in_memory(encoded(50, 40, "JPEG", 6)), in_memory(b"broken", "c.png")]
    expected = [Size(30, 20), Size(9, 9), Size(40, 50), None]
    images: Pictures = Images(sources, expected, ["a.png", "b.png", "c.png", "d.png"])
    assert images.count == 4
    assert [images.size(frame) for frame in range(4)] == [Size(30, 20), None, Size(40, 50), None]
    assert images.picture(0).size == Size(30, 20)
    assert images.picture(2).size == Size(40, 50)
    with pytest.raises(ViewerError, match=r"^The picture was not found: b\.png$"):
        images.picture(1)
    with pytest.raises(ViewerError, match="not a picture"):
        images.picture(3)
    images.close()


def test_without_names_a_missing_one_is_said_by_its_place():
    with pytest.raises(ViewerError, match=r"not found: picture 2 of 3$"):
        Images([None] * 3, [None] * 3).picture(1)


def test_the_other_orientation_counts_for_size_and_picture(in_memory):
    images = Images([in_memory(encoded(50, 40, "JPEG", 6))], [Size(40, 50)], other_orientation=True)
    assert images.size(0) == images.picture(0).size == Size(50, 40)


def test_a_frame_that_is_not_there_is_a_mistake():
    with pytest.raises(IndexError):
        Images([None], [None]).picture(1)
    with pytest.raises(ValueError):
        Images([None], [])
