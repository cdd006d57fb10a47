"""What every kind of medium looks like from outside. Decoded data are numpy arrays: no Qt in this room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from viewer.media.grey import Grey
from viewer.media.plane import Plane
from viewer.media.source import Source
from viewer.size import Size

Closer = Callable[[float, int, int, int, int], NDArray[np.uint8]]
"""closer(scale, left, top, width, height): so many pixels from there on of a picture `scale` times as large, as in
`Picture.shown`. Raises ViewerError."""


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """One decoded picture, already turned as it is to be seen."""

    size: Size
    shown: NDArray[Any]
    """uint8, (height, width) grey or (height, width, 4) as blue, green, red, alpha (not premultiplied); C-contiguous."""
    values: NDArray[Any]
    """What the file holds, in the same orientation: (height, width) or (height, width, channels), any number type."""
    channels: tuple[str, ...]
    """Names of the channels of `values`, such as ('R', 'G', 'B'), ('L',), ('index',), ('C', 'M', 'Y', 'K')."""
    opaque: bool = True
    """False where `shown` has an alpha below 255 somewhere."""
    notes: tuple[str, ...] = ()
    """What a reviewer must know: 'first of 12 pictures', 'turned by its EXIF orientation 6', '16 bit, shown from 3 to 4,011'."""
    warnings: tuple[str, ...] = ()
    """What is wrong though it is shown: 'cut short after line 200', 'checksum wrong'."""
    grey: Grey | None = None
    """Of slices of one channel: what the numbers mean. `shown` is then as seen through its own window, `values` what is
    stored."""
    plane: Plane | None = None
    """Of slices: where it lies."""
    closer: Closer | None = None
    """Of pages, which can be drawn larger than they are in `shown`."""

    @property
    def nbytes(self) -> int:
        """Memory held, for budgets."""
        own = 0 if np.may_share_memory(self.values, self.shown) else self.values.nbytes
        overlay = self.grey.overlay.nbytes if self.grey is not None and self.grey.overlay is not None else 0
        return self.shown.nbytes + own + overlay


class Pictures(Protocol):
    """A medium of one or more pictures, addressed by frame number counted from 0."""

    @property
    def count(self) -> int: ...

    def size(self, frame: int) -> Size | None:
        """Of the frame as it will be shown, read from headers only; None where that is not possible."""
        ...

    def picture(self, frame: int) -> Picture:
        """Decode one frame. Raises ViewerError with a sentence for the user when it cannot be decoded."""
        ...

    def close(self) -> None: ...


class Slices(Pictures, Protocol):
    """Slices of a body: frames are slices, or the pictures of a cine. Safe in several threads."""

    @property
    def rate(self) -> float | None:
        """Pictures a second of a cine; None where the file names no rate."""
        ...

    def plane(self, frame: int) -> Plane | None:
        """Where a slice lies, read from headers only; None where there is no such slice or its file does not say."""
        ...

    def source_of(self, frame: int) -> Source | None:
        """The file that holds a slice."""
        ...


class Sound(Protocol):
    """A medium of samples, addressed by number counted from 0. Safe in several threads."""

    @property
    def rate(self) -> int:
        """Samples a second of each channel."""
        ...

    @property
    def channels(self) -> int: ...

    @property
    def count(self) -> int:
        """Samples of each channel."""
        ...

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reviewer must know: 'read by FFmpeg, as libsndfile does not know AAC'."""
        ...

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is wrong though it is played: 'the header claims 10 s, the file holds 1 s'."""
        ...

    def samples(self, start: int, end: int) -> NDArray[np.float32]:
        """From `start` to before `end`, clipped to the file, -1 to 1, shape (channels, n). Raises ViewerError."""
        ...

    def close(self) -> None: ...


class Passage(Protocol):
    """A medium of text: all of its characters, and where the positions of an export lie among them."""

    @property
    def content(self) -> str:
        """All characters, nothing normalised; of an HTML page what all its text nodes hold, in the order of the tree."""
        ...

    @property
    def notes(self) -> tuple[str, ...]: ...

    @property
    def warnings(self) -> tuple[str, ...]: ...
