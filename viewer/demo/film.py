"""Frames to an MP4 file, the same bytes every time."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.container import OutputContainer
from av.video.stream import VideoStream
from numpy.typing import NDArray
from PIL import Image

FPS = 25
_GROUP = 3 * FPS
_X264 = {
    "preset": "veryfast", "crf": "20", "sc_threshold": "0", "threads": "1",
    # without it the bytes depend on the processor, and on what lay in memory before
    "x264-params": "cpu-independent=1",
}  # fmt: skip
_BT601, _LIMITED = 6, 1
# Red, green, blue and one to luma, and to one band that is not used and both of chroma.
_LUMA = (65.481 / 255, 128.553 / 255, 24.966 / 255, 16)
_CHROMA = (
    0, 0, 0, 0,
    -37.797 / 255, -74.203 / 255, 112 / 255, 128,
    112 / 255, -93.786 / 255, -18.214 / 255, 128,
)  # fmt: skip


def write_film(frames: Iterable[Image.Image], path: Path, size: tuple[int, int]) -> int:
    """Encode RGB pictures of `size` (even numbers) as H.264 with frames between frames; returns how many there were.

    Raises OSError if the file cannot be written.
    """
    count = 0
    # bitexact leaves out versions and dates
    with av.open(str(path), "w", options={"movflags": "faststart", "fflags": "bitexact"}) as container:
        stream = _stream(container, size)
        for picture in frames:
            frame = av.VideoFrame.from_ndarray(_planes(picture), format="yuv420p")
            frame.pts, frame.time_base = count, Fraction(1, FPS)
            container.mux(stream.encode(frame))
            count += 1
        container.mux(stream.encode(None))
    return count


def _stream(container: OutputContainer, size: tuple[int, int]) -> VideoStream:
    """H.264 where this PyAV has it, else MPEG-4, which every one has."""
    if "libx264" in av.codecs_available:
        stream = container.add_stream("libx264", rate=FPS, options=_X264)
    else:
        stream = container.add_stream("mpeg4", rate=FPS, options={"b": "3M", "threads": "1"})
    stream.width, stream.height = size
    stream.pix_fmt = "yuv420p"
    context = stream.codec_context
    context.gop_size, context.max_b_frames = _GROUP, 2
    context.colorspace, context.color_range = _BT601, _LIMITED
    return stream


def _planes(picture: Image.Image) -> NDArray[np.uint8]:
    """Luma, and chroma of a quarter the pixels, one below the other."""
    _, blue, red = picture.reduce(2).convert("RGB", _CHROMA).split()
    bands = (picture.convert("L", _LUMA), blue, red)
    return np.concatenate([np.asarray(band).ravel() for band in bands]).reshape(-1, picture.width)
