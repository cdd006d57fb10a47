"""Decoded frames of a video to pictures: colours as the stream says, turned as it is to be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from viewer.media.kinds import Picture
from viewer.size import Size

if TYPE_CHECKING:
    from av.video.frame import VideoFrame
    from av.video.reformatter import VideoReformatter


DAMAGED = "damaged: the file is broken here or shortly before, and this may be the picture of another frame in part"


def reformatter() -> VideoReformatter:
    """Keeps its tables from frame to frame; for one thread."""
    from av.video.reformatter import VideoReformatter

    return VideoReformatter()


def turn_of(rotation: int, coded: Size, exported: Size | None, other: bool) -> int:
    """Quarter turns, counter-clockwise: as the file says, unless the export's size is that of the picture unturned."""
    quarters = rotation // 90 % 4
    if quarters % 2 and exported == coded and coded.width != coded.height:
        quarters = 0
        return rotation // 90 % 4 if other else quarters
    return 0 if other else quarters


def turned_size(size: Size, quarters: int) -> Size:
    return Size(size.height, size.width) if quarters % 2 else size


def picture_of(frame: VideoFrame, converter: VideoReformatter, quarters: int, *, is_damaged: bool) -> Picture:
    """`quarters`: turns of 90 degrees counter-clockwise; `is_damaged`: the decoder made some of it up, or all."""
    shown = _bgra(frame, converter)
    if quarters:
        shown = np.ascontiguousarray(np.rot90(shown, quarters))
    notes = (f"turned by {_clockwise(quarters)} degrees, as the video says",) if quarters else ()
    warnings = (DAMAGED,) if is_damaged else ()
    return Picture(
        size=Size(shown.shape[1], shown.shape[0]),
        shown=shown,
        values=shown[..., 2::-1],
        channels=("R", "G", "B"),
        notes=notes,
        warnings=warnings,
    )


def small_picture(frame: VideoFrame, height: int, quarters: int) -> NDArray[np.uint8]:
    """(about `height`, width, 4) blue, green, red, alpha: the whole picture, small."""
    factor = height / (frame.width if quarters % 2 else frame.height)
    size = (max(round(frame.width * factor), 2), max(round(frame.height * factor), 2))
    made = frame.reformat(width=size[0], height=size[1], format="bgra", interpolation="AREA")
    return np.ascontiguousarray(np.rot90(_rows(made), quarters))


def _clockwise(quarters: int) -> int:
    return (4 - quarters) % 4 * 90


def kept_apart(frame: VideoFrame) -> VideoFrame:
    """The same picture in memory of its own. A decoder's buffers go back to its pool, which never gets smaller and
    lives until the last of them is back, so that keeping them takes several times what they hold."""
    from av.video.frame import VideoFrame

    made = VideoFrame(frame.width, frame.height, frame.format.name)
    if len(made.planes) != len(frame.planes):
        return frame  # a format with a palette, or of the hardware's own
    for plane, source in zip(made.planes, frame.planes, strict=True):
        values: Any = source
        rows = np.frombuffer(values, np.uint8)[: source.line_size * source.height].reshape(source.height, -1)
        if source.line_size != plane.line_size:
            whole = np.zeros((source.height, plane.line_size), dtype=np.uint8)
            wide = min(source.line_size, plane.line_size)
            whole[:, :wide] = rows[:, :wide]
            rows = whole
        if rows.nbytes != plane.buffer_size:
            return frame
        plane.update(rows)  # pyright: ignore[reportArgumentType]  which takes any buffer
    made.colorspace, made.color_range = frame.colorspace, frame.color_range
    return made


def nbytes_of(frame: VideoFrame) -> int:
    """Memory held by a frame as it was decoded."""
    return sum(plane.buffer_size for plane in frame.planes)


def _bgra(frame: VideoFrame, converter: VideoReformatter) -> NDArray[Any]:
    """(height, width, 4) uint8. Matrix and range are those of the frame; FFmpeg takes BT.601, limited, for none."""
    return _rows(converter.reformat(frame, format="bgra", interpolation="BICUBIC"))


def _rows(made: VideoFrame) -> NDArray[Any]:
    """The pixels of a frame in bgra."""
    plane = made.planes[0]
    values: Any = plane  # which has the buffer protocol, though it is not declared to
    rows = np.frombuffer(values, np.uint8).reshape(plane.height, plane.line_size)
    wide = rows[:, : made.width * 4]
    whole = wide if plane.line_size == made.width * 4 else np.ascontiguousarray(wide)
    return whole.reshape(made.height, made.width, 4)
