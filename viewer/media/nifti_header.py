"""What the header of a NIfTI file says, of either version and byte order, checked before anything is made of it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewer.errors import ViewerError
from viewer.media.grey import Rescale, Window, window_between

HEAD_BYTES = 540
"""Of the longer header, that of version 2; the other has 348."""
_NUMBERS = {
    2: "u1",
    4: "i2",
    8: "i4",
    16: "f4",
    64: "f8",
    256: "i1",
    512: "u2",
    768: "u4",
    1024: "i8",
    1280: "u8",
}
_COLOURS = {128: 3, 2304: 4}
_REFUSED = {1: "single bits", 32: "complex numbers", 1792: "complex numbers", 2048: "complex numbers"}
_REFUSED[1536] = "numbers of 128 bits"
_MILLIMETRES = {1: 1000.0, 2: 1.0, 3: 0.001}
_TO_LPS = np.diag([-1.0, -1.0, 1.0, 1.0])
"""The file's axes go to the right and the front."""


@dataclass(frozen=True, slots=True, eq=False)
class NiftiHeader:
    """Voxels are stored first axis fastest, volume after volume."""

    shape: tuple[int, int, int]
    volumes: int
    """Of all axes beyond the third together."""
    number: np.dtype[Any]
    """Of a voxel, in the byte order of the file; uint8 for colours."""
    channels: int
    """1, or 3 and 4 for colours without and with alpha."""
    offset: int
    """Bytes before the first voxel."""
    is_pair: bool
    """The voxels lie in a file of their own."""
    rescale: Rescale
    window: Window | None
    affine: NDArray[np.float64] | None
    """(4, 4): from indices of a voxel to millimetres to the patient's left, back and head; None where not said."""
    spacing: tuple[float | None, float | None, float | None]
    """Millimetres from voxel to voxel along each axis; None where the header makes no sense."""
    has_unit: bool
    """It is said that these are millimetres, or something else of known length."""
    warnings: tuple[str, ...] = ()

    @property
    def voxel_bytes(self) -> int:
        return self.number.itemsize * self.channels

    @property
    def volume_bytes(self) -> int:
        return math.prod(self.shape) * self.voxel_bytes

    @property
    def nbytes(self) -> int:
        """Of all voxels as the header claims them."""
        return self.volume_bytes * self.volumes


def nibabel() -> ModuleType:
    """The library, imported where it is first needed. Raises ViewerError where it is not installed."""
    try:
        import nibabel as module
    except ImportError as error:
        raise ViewerError('NIfTI needs the package nibabel: pip install "label-viewer[nifti]"') from error
    return module


def is_header(head: bytes) -> bool:
    """Whether a file begins as NIfTI does."""
    return head[344:348] in (b"n+1\0", b"ni1\0") or head[4:8] in (b"n+2\0", b"ni2\0")


def read_header(head: bytes) -> NiftiHeader:
    """From the first bytes of a file. Raises ViewerError with a sentence that still lacks the file's name."""
    if not head:
        raise ViewerError("The file is empty")
    if not is_header(head):
        raise ViewerError("This is not a NIfTI file")
    second = head[4:8] in (b"n+2\0", b"ni2\0")
    kind = nibabel().Nifti2Header if second else nibabel().Nifti1Header
    size = 540 if second else 348
    if len(head) < size:
        raise ViewerError("The file ends within its header")
    raw = kind(head[:size], endianness=_byte_order(head, second), check=False)
    shape, volumes = _shape(raw)
    number, channels = _number(int(raw["datatype"]), raw.endianness)
    is_pair = (head[4:7] if second else head[344:347]) in (b"ni1", b"ni2")
    warnings: list[str] = []
    with np.errstate(all="ignore"):  # of numbers that are none, or too large: left out afterwards
        affine, spacing = _geometry(raw, warnings)
    return NiftiHeader(
        shape=shape,
        volumes=volumes,
        number=number,
        channels=channels,
        offset=_offset(float(raw["vox_offset"]), 0 if is_pair else size + 4, warnings),
        is_pair=is_pair,
        rescale=_rescale(float(raw["scl_slope"]), float(raw["scl_inter"]), warnings),
        window=_window(float(raw["cal_min"]), float(raw["cal_max"])),
        affine=affine,
        spacing=spacing,
        has_unit=affine is not None or int(raw["xyzt_units"]) & 7 in _MILLIMETRES,
        warnings=tuple(warnings),
    )


def _byte_order(head: bytes, second: bool) -> str:
    """'<' or '>', by the size that the header gives itself, else by the number of axes."""
    sizes, axes = (540, head[16:24]) if second else (348, head[40:42])
    if int.from_bytes(head[:4], "little") == sizes:
        return "<"
    if int.from_bytes(head[:4], "big") == sizes:
        return ">"
    return "<" if 1 <= int.from_bytes(axes, "little") <= 7 else ">"


def _shape(raw: Any) -> tuple[tuple[int, int, int], int]:
    axes = int(raw["dim"][0])
    if not 1 <= axes <= 7:
        raise ViewerError(f"The header claims {axes:,} axes, and 1 to 7 are possible")
    sizes = [int(size) for size in raw["dim"][1 : axes + 1]]
    claimed = " x ".join(f"{size:,}" for size in sizes)
    first, second, third, *more = sizes + [1] * max(3 - axes, 0)
    if min(sizes) < 1:
        raise ViewerError(f"The header claims a volume of {claimed}, which holds nothing")
    if first == second == third == 1:
        raise ViewerError(f"The header claims {claimed}: values, but no pictures")
    return (first, second, third), math.prod(more)


def _number(code: int, order: str) -> tuple[np.dtype[Any], int]:
    if code in _COLOURS:
        return np.dtype("u1"), _COLOURS[code]
    if code in _REFUSED:
        raise ViewerError(f"The volume holds {_REFUSED[code]}, which are not shown")
    if code not in _NUMBERS:
        raise ViewerError(f"The header names a type of number that does not exist ({code:,})")
    return np.dtype(order + _NUMBERS[code]), 1


def _offset(said: float, least: int, warnings: list[str]) -> int:
    if not math.isfinite(said) or said < 0:
        raise ViewerError("The header does not say where the voxels begin")
    if said < least:
        if said:
            warnings.append(f"the header has the voxels begin within itself; they are read from byte {least:,} on")
        return least
    return int(said)


def _rescale(slope: float, intercept: float, warnings: list[str]) -> Rescale:
    if slope == 0 or not math.isfinite(slope):
        return Rescale()
    if not math.isfinite(intercept):
        warnings.append("the header's intercept is no number and left out")
        intercept = 0.0
    return Rescale(slope, intercept)


def _window(low: float, high: float) -> Window | None:
    sensible = math.isfinite(low) and math.isfinite(high) and low < high
    return window_between(low, high, "file") if sensible else None


def _geometry(
    raw: Any, warnings: list[str]
) -> tuple[NDArray[np.float64] | None, tuple[float | None, float | None, float | None]]:
    """The affine, if there is a sensible one, and the spacing, by the affine where there is one."""
    unit = _MILLIMETRES.get(int(raw["xyzt_units"]) & 7, 1.0)
    zooms = [abs(float(zoom)) * unit for zoom in raw["pixdim"][1:4]]
    first, second, third = (zoom if _is_length(zoom) else None for zoom in zooms)
    affine = _affine(raw, warnings)
    if affine is None:
        return None, (first, second, third)
    affine = _TO_LPS @ np.diag([unit, unit, unit, 1.0]) @ affine
    along = [float(length) for length in np.linalg.norm(affine[:3, :3], axis=0)]
    if any(not math.isclose(one, other, rel_tol=0.01) for one, other in zip(along, zooms, strict=True)):
        said, used = (" x ".join(f"{length:.4g}" for length in lengths) for lengths in (zooms, along))
        warnings.append(f"the header says voxels of {said} mm, and where it places them {used} mm, which is used")
    return affine, (along[0], along[1], along[2])


def _affine(raw: Any, warnings: list[str]) -> NDArray[np.float64] | None:
    """As stored, to the right, the front and the head: the one by rows before the one by a rotation."""
    if raw["pixdim"][0] not in (-1, 1):
        raw["pixdim"][0] = 1  # as the standard has it read, and many programs leave it 0
    found: list[NDArray[np.float64]] = []
    for code, read in (("sform_code", raw.get_sform), ("qform_code", raw.get_qform)):
        if not int(raw[code]) > 0:
            continue
        try:
            affine = np.asarray(read(), dtype=np.float64)
        except (ValueError, nibabel().spatialimages.HeaderDataError):
            affine = np.zeros((4, 4))
        if _is_sensible(affine):
            found.append(affine)
        elif not found:
            warnings.append("where the header places the volume in the patient makes no sense and is left out")
    if len(found) == 2 and not np.array_equal(*map(nibabel().io_orientation, found)):
        warnings.append(
            "the header places the volume in the patient in two ways, whose sides differ; its rows (sform) are used, "
            "not its rotation (qform)"
        )
    return found[0] if found else None


def _is_sensible(affine: NDArray[np.float64]) -> bool:
    """Whether it is made of numbers and its three axes have lengths and are not in one plane."""
    if not np.isfinite(affine).all() or np.abs(affine).max() > 1e9:
        return False
    lengths = np.linalg.norm(affine[:3, :3], axis=0)
    return all(map(_is_length, lengths)) and abs(float(np.linalg.det(affine[:3, :3] / lengths))) > 0.01


def _is_length(millimetres: float) -> bool:
    return 1e-6 < millimetres < 1e6
