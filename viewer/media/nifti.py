"""NIfTI volumes as slices: frames are the slices of one axis, of the first volume, then of the next."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewer.errors import ViewerError, escaped
from viewer.media import nifti_layout
from viewer.media.grey import Grey, Window, window_between
from viewer.media.kinds import Picture
from viewer.media.nifti_data import MOST_HELD, NiftiData, first_bytes
from viewer.media.nifti_header import HEAD_BYTES, NiftiHeader, is_header, nibabel, read_header
from viewer.media.plane import Plane
from viewer.media.progress import Progress
from viewer.media.source import Source
from viewer.size import Size

Beside = Callable[[str], Source | None]
"""The file of a name, of those that lie where another lies; None where there is none."""

PERCENTILES = 0.5, 99.5
"""Of the values that become black and white where the file names no window."""
MAX_PIXELS, MAX_FRAMES = 1 << 26, 1_000_000
"""Of a slice, and in all: what claims more is refused."""
_SAMPLED = 4_000_000
"""Pixels looked at for these."""
_LEAST_SLICES, _MOST_SLICES = 32, 512


class NiftiSlices:
    """One file, or a header and its data. Nothing of the voxels is read before the first picture, or `load`."""

    def __init__(
        self, source: Source, header: NiftiHeader, layout: nifti_layout.Layout, data: NiftiData, notes: tuple[str, ...]
    ) -> None:
        self.header = header
        self.layout = layout
        self.notes = notes
        """What a reviewer must know of every slice."""
        self._source = source
        self._data = data
        self._window = header.window
        self._lock = Lock()

    @property
    def count(self) -> int:
        """Frames: frame = volume * slices + slice, all from 0. As many as the header claims."""
        return self.slices * self.header.volumes

    @property
    def slices(self) -> int:
        """Of one volume."""
        return self.header.shape[self.layout.along]

    @property
    def whole(self) -> int:
        """How many of the first frames are there; of a compressed file that is only known once it is loaded."""
        if self.layout.along == 2:
            return self._data.count // self._slice_bytes
        return self._data.count // self.header.volume_bytes * self.slices

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is wrong with the file, or does not fit the export, though it is shown."""
        found = (*self.header.warnings, *([self._data.warning] if self._data.warning else []))
        missing = self.count - self.whole
        if missing:
            found += (f"the file is cut short: the last {missing:,} of {self.count:,} slices are not there",)
        return found

    @property
    def nbytes(self) -> int:
        """Memory held for as long as it is open, beside the pictures."""
        return self._data.nbytes

    @property
    def rate(self) -> None:
        """Volumes are no cine."""
        return None

    @property
    def _slice_bytes(self) -> int:
        return self.header.shape[0] * self.header.shape[1] * self.header.voxel_bytes

    def load(self, progress: Progress = lambda _: None, stop: Callable[[], bool] = lambda: False) -> None:
        """Unpack what is compressed and find the window; once. Raises ViewerError, and Stopped when told to."""
        try:
            with self._lock:
                if not self._data.is_loaded:
                    self._data.load(progress, stop)
                if self._window is None and self.header.channels == 1 and self.whole:
                    self._window = self._found_window()
        except (ViewerError, OSError, MemoryError) as error:
            raise _named(error, self._source) from error

    def size(self, frame: int) -> Size | None:
        """The same for all slices; None where there is none of this number."""
        return self.layout.size(self.header.shape) if 0 <= frame < self.count else None

    def plane(self, frame: int) -> Plane | None:
        """`number` is the slice's in its volume, from 0, as indices in the file are."""
        if not 0 <= frame < self.count:
            return None
        volume, number = divmod(frame, self.slices)
        made = nifti_layout.plane(self.header, self.layout, number)
        return replace(made, volume=volume) if self.header.volumes > 1 else made

    def source_of(self, frame: int) -> Source | None:
        """The file that holds the voxels, of a pair the one beside the header."""
        return self._source if 0 <= frame < self.count else None

    def picture(self, frame: int) -> Picture:
        """Raises ViewerError where there is no such slice, or the file is cut short before its end."""
        if not 0 <= frame < self.count:
            raise ViewerError(f"There is no frame {frame:,}, of {self.count:,} from 0: {escaped(self._source.name)}")
        self.load()
        try:
            stored = self._stored(frame)
            picture = _coloured(stored) if self.header.channels > 1 else self._grey(stored)
        except (ViewerError, OSError, MemoryError) as error:
            raise _named(error, self._source) from error
        return replace(picture, notes=self.notes, warnings=self.warnings, plane=self.plane(frame))

    def close(self) -> None:
        """Gives the memory back; it is read anew where another picture is wanted."""
        self._data.drop()

    def _grey(self, stored: NDArray[Any]) -> Picture:
        grey = Grey(stored, self.header.rescale, (self._window or window_between(0, 1),))
        with np.errstate(all="ignore"):
            shown = grey.shown()
        return Picture(self.layout.size(self.header.shape), shown, stored, ("L",), grey=grey)

    def _stored(self, frame: int) -> NDArray[Any]:
        """(height, width) or (height, width, channels), in the byte order of the machine, of its own memory."""
        if frame >= self.whole:
            raise ViewerError(f"The file is cut short, and frame {frame:,} is not there")
        volume, number = divmod(frame, self.slices)
        first, second, third = self.header.shape
        depth = (self.header.channels,) if self.header.channels > 1 else ()
        if self.layout.along == 2:
            held = self._data.read(frame * self._slice_bytes, self._slice_bytes).view(self.header.number)
            rows = held.reshape(second, first, *depth)
        else:
            size = self.header.volume_bytes
            held = self._data.read(volume * size, size).view(self.header.number)
            # the first axis runs fastest, so that axis n of the file is axis 2 - n here
            rows = held.reshape(third, second, first, *depth).take(number, axis=2 - self.layout.along)
        if self.layout.across > self.layout.down:
            rows = rows.swapaxes(0, 1)
        rows = rows[:: -1 if self.layout.down_flipped else 1, :: -1 if self.layout.across_flipped else 1]
        return rows.astype(self.header.number.newbyteorder("="), order="C", copy=True)

    def _found_window(self) -> Window:
        """One for all slices, so that their grey levels can be compared, from some of them if there are many."""
        pixels = math.prod(self.layout.size(self.header.shape))
        sample = self._sample(min(max(_SAMPLED // pixels, _LEAST_SLICES), _MOST_SLICES))
        with np.errstate(all="ignore"):
            low, high = np.percentile(sample, PERCENTILES) if sample.size else (0.0, 0.0)
            if low >= high:
                # nearly all is one value, as of a mask: its few others are looked for everywhere
                sample = self._sample(_MOST_SLICES, all_of_each=True)
                low, high = (sample.min(), sample.max()) if sample.size else (0.0, 0.0)
            return window_between(float(low), float(high) if high > low else float(low) + 1)

    def _sample(self, slices: int, *, all_of_each: bool = False) -> NDArray[np.float64]:
        """Values of slices spread evenly over what is there; of each only the least and greatest, or some."""
        chosen = np.unique(np.linspace(0, self.whole - 1, min(slices, self.whole)).astype(int))
        found: list[NDArray[np.float64]] = []
        for frame in chosen:
            values = self._stored(int(frame)).reshape(-1)
            if not all_of_each:
                values = values[:: max(values.size * len(chosen) // _SAMPLED, 1)]
            if values.dtype.kind == "f" and not np.isfinite(values).all():
                values = values[np.isfinite(values)]
            if all_of_each and values.size:
                values = np.array([values.min(), values.max()])
            with np.errstate(all="ignore"):
                found.append(self.header.rescale.of(values))
        sample = np.concatenate(found)
        return sample[np.isfinite(sample)]


def open_nifti(
    source: Source,
    expected: Size | None,
    other_orientation: bool = False,
    beside: Beside = lambda _: None,
    limit: int = MOST_HELD,
) -> NiftiSlices:
    """A .nii or .nii.gz, or either half of a pair whose other half is looked for with `beside`.

    The `expected` size of the export decides which axis is sliced. As stored, or with `other_orientation` turned to the
    patient's axes. `limit` bounds the bytes held in memory. Raises ViewerError with one sentence.
    """
    nibabel()
    try:
        header, voxels = _header(source, beside)
        layout, notes, warnings = nifti_layout.choose(header.shape, expected)
        _refuse_too_large(header, layout)
        if other_orientation and header.affine is not None:
            layout = nifti_layout.turned(layout, header.affine)
        notes += (_orientation(header, other_orientation),)
        if header.volumes > 1:
            slices = header.shape[layout.along]
            notes += (f"{header.volumes:,} volumes of {slices:,} slices, one volume after the other",)
        if not warnings and expected is not None and layout.size(header.shape) != expected:
            warnings = (f"turned to the patient's axes the size is no longer the exported {expected}",)
        header = replace(header, warnings=(*header.warnings, *warnings))
        data = NiftiData(voxels, header.offset, header.nbytes, at_once=layout.along != 2, limit=limit)
    except (ViewerError, OSError) as error:
        raise _named(error, source) from error
    slices = NiftiSlices(voxels, header, layout, data, notes)
    if not slices.whole:
        raise ViewerError(f"The file is cut short: not one slice is whole: {escaped(voxels.name)}")
    return slices


def _refuse_too_large(header: NiftiHeader, layout: nifti_layout.Layout) -> None:
    size, frames = layout.size(header.shape), header.shape[layout.along] * header.volumes
    if math.prod(size) > MAX_PIXELS:
        raise ViewerError(f"The header claims slices of {size} pixels, and at most {MAX_PIXELS:,} are opened")
    if frames > MAX_FRAMES:
        raise ViewerError(f"The header claims {frames:,} slices, and at most {MAX_FRAMES:,} are opened")


def _orientation(header: NiftiHeader, other: bool) -> str:
    if not other:
        return "shown as stored: the export does not say how it is turned"
    if header.affine is None:
        return "shown as stored: the file does not say how it lies in the patient"
    return "turned to the patient's axes, with the patient's right, or front, at the left"


def _header(source: Source, beside: Beside) -> tuple[NiftiHeader, Source]:
    """The header, and the file that holds the voxels."""
    head = first_bytes(source, HEAD_BYTES)
    if not head and source.bytes_size:
        raise ViewerError("The compressed file holds nothing, or is damaged from its first byte on")
    if head and not is_header(head):
        partner = _partner(source, ".img", ".hdr", beside)
        if partner is None:
            raise ViewerError("This is not a NIfTI file")
        header = read_header(first_bytes(partner, HEAD_BYTES))
        if not header.is_pair:
            raise ViewerError("This is not a NIfTI file")
        return header, source
    header = read_header(head)
    if not header.is_pair:
        return header, source
    partner = _partner(source, ".hdr", ".img", beside)
    if partner is None:
        raise ViewerError("This is a header only, and the .img file with its voxels was not found beside it")
    return header, partner


def _partner(source: Source, own: str, other: str, beside: Beside) -> Source | None:
    stem = source.name.removesuffix(".gz")
    if not stem.lower().endswith(own):
        return None
    stem = stem[: -len(own)]
    names = (stem + other, stem + other.upper(), stem + other + ".gz")
    return next((found for name in names if (found := beside(name)) is not None), None)


def _coloured(stored: NDArray[np.uint8]) -> Picture:
    """Of (height, width, 3 or 4) as red, green, blue, alpha."""
    height, width, channels = stored.shape
    shown = np.full((height, width, 4), 255, np.uint8)
    shown[..., :3] = stored[..., 2::-1]
    if channels == 4:
        shown[..., 3] = stored[..., 3]
    return Picture(
        Size(width, height), shown, stored, tuple("RGBA"[:channels]), opaque=bool((shown[..., 3] == 255).all())
    )


def _named(error: ViewerError | OSError | MemoryError, source: Source) -> ViewerError:
    """The same with the name of the file at its end."""
    if isinstance(error, MemoryError):
        what = "There is not enough memory for this volume"
    elif isinstance(error, OSError):
        what = f"The file cannot be read ({error.strerror or 'unknown reason'})"
    else:
        what = str(error)
    name = escaped(source.name)
    return ViewerError(what if what.endswith(name) else f"{what}: {name}")
