"""`render` of a sound: its timeline as a picture."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from tests.sound.talk import talk
from viewer.__main__ import main
from viewer.sound.bands import COVER, LANE, NAMES, RULER
from viewer.sound.paint_timeline import CHANNEL_HEIGHT, WIDTH

SPEAKER, MUSIC = (0x3B, 0x8E, 0xEA), (0xE2, 0xA6, 0x3D)


def drawn(folder: Path, *options: str) -> np.ndarray:
    out = folder / "out.png"
    assert main(["render", str(folder), "-o", str(out), "--no-captions", *options]) == 0
    return np.asarray(Image.open(out).convert("RGBA"))


def columns_of(pixels: np.ndarray, colour: tuple[int, int, int], lane: int, scale: int = 1) -> np.ndarray:
    """Where a lane has a colour, in pixels from the beginning of the sound on."""
    y = (RULER + CHANNEL_HEIGHT + COVER + lane * LANE + LANE // 2) * scale
    return np.flatnonzero((pixels[y, NAMES * scale :, :3] == colour).all(axis=1))


def test_bars_stand_at_their_milliseconds(tmp_path: Path) -> None:
    talk(tmp_path)
    for scale in (1, 2):
        pixels = drawn(tmp_path, "--scale", str(scale))
        assert pixels.shape[:2] == ((RULER + CHANNEL_HEIGHT + COVER + 5 * LANE) * scale, WIDTH * scale)
        a_second = (WIDTH - NAMES) * scale / 4
        music = columns_of(pixels, MUSIC, 4, scale)
        assert abs(music[0] - 0.5 * a_second) <= 1 and abs(music[-1] + 1 - 2.6 * a_second) <= 1
        ann = columns_of(pixels, SPEAKER, 2, scale)
        breaks = np.flatnonzero(np.diff(ann) > 1)
        assert len(breaks) == 1
        assert abs(ann[breaks[0]] + 1 - 0.9 * a_second) <= 1 and abs(ann[breaks[0] + 1] - 1.5 * a_second) <= 1


def test_only_some_and_without_the_sound(tmp_path: Path) -> None:
    talk(tmp_path)
    pixels = drawn(tmp_path, "--only", "Music", "--overlay-only")
    assert pixels.shape[0] == RULER + CHANNEL_HEIGHT + COVER + 3 * LANE
    assert len(columns_of(pixels, MUSIC, 0))
    media = pixels[RULER + 1 : RULER + CHANNEL_HEIGHT, NAMES:, 3]
    assert not media.any()
    with_sound = drawn(tmp_path, "--object", "ann")
    assert not (with_sound[RULER + 1 : RULER + CHANNEL_HEIGHT, NAMES:, :3] == 255).all()


def test_a_sound_that_cannot_be_read_leaves_its_labels(tmp_path: Path) -> None:
    talk(tmp_path)
    (tmp_path / "talk.wav").write_bytes(b"")
    assert len(columns_of(drawn(tmp_path), MUSIC, 4))
