"""Sprites stand where they are put, to the half pixel, and know what hides them; held against numpy's own sums."""

import numpy as np
import pytest
from PIL import Image

from viewer.demo.pencil import Pencil
from viewer.demo.sprites import Put, Sprite, Stage

BLACK = Image.new("RGB", (40, 30))


@pytest.fixture
def block():
    """Eight by six pixels in a larger patch, white, its anchor in the middle of its lower edge."""
    pencil = Pencil(20, 20)
    pencil.begin("block")
    pencil.rectangle(6, 7, 8, 6, (255, 255, 255))
    return Sprite.of(pencil, (10, 13))


def test_bounds_are_those_of_the_pixels(block):
    assert block.bounds == (-4, -6, 4, 0)


@pytest.mark.parametrize(("x", "y"), [(20, 20), (20.5, 20), (20, 20.5), (17.5, 9.5), (3, 2.5), (39.5, 33)])
def test_light_lies_where_the_sprite_is_put(block, x, y):
    picture = np.asarray(Stage(BLACK, [Put(block, x, y, 0, "block")]).picture)[:, :, 0] / 255
    columns, rows = np.arange(40), np.arange(30)
    across = np.clip(np.minimum(columns + 1, x + 4) - np.maximum(columns, x - 4), 0, 1)
    down = np.clip(np.minimum(rows + 1, y) - np.maximum(rows, y - 6), 0, 1)
    assert np.allclose(picture, down[:, np.newaxis] * across, atol=0.01)


def test_what_is_nearer_hides_what_is_behind(block):
    stage = Stage(BLACK, [Put(block, 24, 20, 5, "near"), Put(block, 20, 20, 1, "far")])
    assert stage.visible("near").sum() == 48 and stage.visible("far").sum() == 24
    assert stage.share_seen("near") == 1 and stage.share_seen("far") == 0.5
    assert not (stage.visible("near") & stage.visible("far")).any()


def test_what_lies_outside_is_not_seen(block):
    assert Stage(BLACK, [Put(block, 0, 20, 0, "half")]).share_seen("half") == 0.5
    for x, y in ((-30, 20), (80, 20), (20, -4), (20, 60)):
        stage = Stage(BLACK, [Put(block, x, y, 0, "gone")])
        assert stage.share_seen("gone") == 0 and not stage.visible("gone").any()


def test_turning_goes_clockwise_around_the_anchor(block):
    """A quarter turn of what stands on the anchor lies to the right of it."""
    left, top, right, bottom = block.turned(90).bounds
    assert np.allclose((left, top, right, bottom), (0, -4, 6, 4), atol=0.5)


def test_a_shadow_belongs_to_nothing(block):
    stage = Stage(BLACK, [Put(block, 20, 20, 0, "block", shade=block)])
    assert stage.share_seen("block") == 1
    assert Stage(BLACK, [Put(block, 20, 20, 0)]).picture.getbbox() == (16, 14, 24, 20)
