"""What the numbers of a DICOM file mean: rescaling, windows, padding, unit, overlays, as PS3.3 C.11 and C.7.6 say."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from viewer.media.dicom_bits import words_of
from viewer.media.dicom_lib import value_of
from viewer.media.dicom_plane import group_of, number
from viewer.media.dicom_tables import table_of
from viewer.media.grey import Grey, Rescale, VoiTable, Window, WindowShape, window_between

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

SHAPES: dict[str, WindowShape] = {"LINEAR": "linear", "LINEAR_EXACT": "linear_exact", "SIGMOID": "sigmoid"}
UNITS = {"HU": "HU", "GY": "Gy", "BQML": "Bq/ml", "MGML": "mg/ml", "OD": "OD", "PCT": "%", "CNTS": "counts"}
"""Words of the standard that are written otherwise by people."""
RANGE = "range of the slice"
"""Name of a window that was made of the values of one slice, as its file brings none."""
OVERLAYS = range(0x6000, 0x6020, 2)


@dataclass(slots=True)
class Said:
    """What a reviewer must know of a frame, gathered while it is read."""

    warnings: list[str] = field(default_factory=list[str])
    notes: list[str] = field(default_factory=list[str])


def grey_of(ds: Dataset, stored: NDArray[Any], frame: int, said: Said) -> Grey:
    """What a frame of one channel means. What a reviewer must know of it is added to `said`."""
    rescale, kind = _rescale(ds, frame, said)
    padding = _padding(ds)
    inverted = _is_inverted(ds, said)
    windows = _windows(ds, frame, said, signed=_may_be_negative(stored, rescale))
    unit = _unit(ds, kind, is_rescaled=rescale != Rescale() or "RescaleSlope" in ds)
    overlay = overlay_of(ds, frame, (stored.shape[0], stored.shape[1]), said)
    bare = Grey(stored, rescale, (), inverted, padding, unit, overlay)
    if not windows:
        windows = [_range_window(ds, bare)]
    return Grey(stored, rescale, tuple(windows), inverted, padding, unit, overlay)


def _range_window(ds: Dataset, bare: Grey) -> Window:
    """All that can be stored in few bits, else from the least value to the largest."""
    bits = int(number(value_of(ds, "BitsStored")) or 16)
    if bits <= 8 and not value_of(ds, "PixelRepresentation") and bare.rescale == Rescale():
        return window_between(0, 2**bits - 1)
    return window_between(*bare.between(0, 100).ends, RANGE)


def _may_be_negative(stored: NDArray[Any], rescale: Rescale) -> bool:
    if stored.dtype.kind not in "iu":
        return True
    ends = np.iinfo(stored.dtype)
    return bool(rescale.of(np.array([ends.min, ends.max])).min() < 0)


def _is_inverted(ds: Dataset, said: Said) -> bool:
    """By the shape of the presentation, else by the colours: the two always agree, but where a file contradicts itself."""
    by_colours = str(value_of(ds, "PhotometricInterpretation", "")).strip() == "MONOCHROME1"
    shape = str(value_of(ds, "PresentationLUTShape", "")).strip()
    if shape not in ("IDENTITY", "INVERSE") or (shape == "INVERSE") == by_colours:
        return by_colours
    white = "low" if shape == "INVERSE" else "high"
    said.warnings.append(f"the file contradicts itself on whether it is inverted; shown with {white} values white")
    return shape == "INVERSE"


# ---------------------------------------------------------------- values


def _rescale(ds: Dataset, frame: int, said: Said) -> tuple[Rescale, str]:
    """And the type of what comes out of it."""
    for item in (value_of(ds, "ModalityLUTSequence") or ())[:1]:
        table = table_of(item, signed=bool(value_of(ds, "PixelRepresentation")))
        if table is not None:
            values = tuple(table.entries.astype(float).tolist())
            return Rescale(table=(table.first, values)), str(value_of(item, "ModalityLUTType", ""))
    group = group_of(ds, frame, "PixelValueTransformationSequence")
    source: Dataset = ds if group is None else group
    slope, intercept = number(value_of(source, "RescaleSlope")), number(value_of(source, "RescaleIntercept"))
    dose = number(value_of(ds, "DoseGridScaling"))
    if slope is None and intercept is None and dose:
        return Rescale(dose), str(value_of(ds, "DoseUnits", ""))
    if slope == 0:
        said.warnings.append("the rescale slope is 0, with which every value would be the same; shown without it")
        slope = 1.0
    return Rescale(1.0 if slope is None else slope, intercept or 0.0), str(value_of(source, "RescaleType", "") or "")


def _unit(ds: Dataset, kind: str, *, is_rescaled: bool) -> str:
    kind = kind.strip().upper()
    if not kind or kind == "US":
        modality = str(value_of(ds, "Modality", "")).strip()
        if modality == "CT" and kind != "US" and is_rescaled and "LOCALIZER" not in (value_of(ds, "ImageType") or ()):
            return "HU"
        kind = str(value_of(ds, "Units", "") or "").strip().upper() if modality == "PT" else ""
    return UNITS.get(kind, kind)


def _padding(ds: Dataset) -> tuple[float, float] | None:
    one = _stored_number(ds, "PixelPaddingValue")
    if one is None:
        one = number(value_of(ds, "FloatPixelPaddingValue"))
        limit = number(value_of(ds, "FloatPixelPaddingRangeLimit"))
    else:
        limit = _stored_number(ds, "PixelPaddingRangeLimit")
    if one is None:
        return None
    other = one if limit is None else limit
    return min(one, other), max(one, other)


def _stored_number(ds: Dataset, name: str) -> float | None:
    """A number in the file's own representation, whatever its writer took it for."""
    made = number(value_of(ds, name))
    bits = int(number(value_of(ds, "BitsAllocated")) or 16)
    if made is not None and bits in (8, 16):
        if value_of(ds, "PixelRepresentation") == 1 and made >= 2 ** (bits - 1):
            return made - 2**bits
        if not value_of(ds, "PixelRepresentation") and made < 0:
            return made + 2**bits
    return made


# ---------------------------------------------------------------- windows


def _windows(ds: Dataset, frame: int, said: Said, *, signed: bool) -> list[Window]:
    """`signed`: the values may be negative."""
    group = group_of(ds, frame, "FrameVOILUTSequence")
    source: Dataset = ds if group is None else group
    return [*_voi_tables(source, signed=signed), *_voi_windows(source, said)]


def _voi_windows(source: Dataset, said: Said) -> list[Window]:
    shape = SHAPES.get(str(value_of(source, "VOILUTFunction", "") or "LINEAR").strip().upper(), "linear")
    centers, widths = _several(value_of(source, "WindowCenter")), _several(value_of(source, "WindowWidth"))
    names = value_of(source, "WindowCenterWidthExplanation")
    titles = [names] if isinstance(names, str) else list(names or ())
    made: list[Window] = []
    for place, (center, width) in enumerate(zip(centers, widths, strict=False)):
        middle, wide = number(center), number(width)
        if middle is None or wide is None:
            continue
        if wide <= 0 or (wide < 1 and shape == "linear"):
            said.notes.append(f"the window width is {wide:g}, which shows nothing; another window is used")
            continue
        made.append(Window(middle, wide, str(titles[place]).strip() if place < len(titles) else "", shape))
    return made


def _several(value: Any) -> list[Any]:
    if value is None or isinstance(value, str | bytes | float | int):
        return [] if value in (None, "") else [value]
    return list(value)


def _voi_tables(source: Dataset, *, signed: bool) -> list[Window]:
    made: list[Window] = []
    for item in value_of(source, "VOILUTSequence") or ():
        table = table_of(item, signed=signed)
        if table is not None:
            name = str(value_of(item, "LUTExplanation", "") or "table").strip()
            levels = VoiTable(table.first, tuple(table.entries.tolist()), table.bits)
            low, high = table.first, table.first + len(table.entries) - 1
            made.append(Window((low + high) / 2, max(high - low, 1.0), name, table=levels))
    return made


# ---------------------------------------------------------------- overlays


def overlay_of(ds: Dataset, frame: int, shape: tuple[int, int], said: Said) -> NDArray[np.bool_] | None:
    """All overlays of a frame together, in the picture's own pixels."""
    made: NDArray[np.bool_] | None = None
    there = ds.keys()
    for group in OVERLAYS:
        if group << 16 | 0x0010 not in there:
            continue
        try:
            found = _overlay_on(ds, group, frame, shape)
        except Exception as error:
            # pydicom raises nearly anything on a broken overlay, which must not cost the picture
            said.warnings.append(f"an overlay of the file cannot be read ({type(error).__name__}) and is not drawn")
            continue
        if found is not None:
            made = found if made is None else made | found
    return made


def _overlay_on(ds: Dataset, group: int, frame: int, shape: tuple[int, int]) -> NDArray[np.bool_] | None:
    if (group, 0x3000) not in ds:
        words = words_of(ds, frame)
        if words is None:
            raise ValueError("an overlay in bits that cannot be had")
        return (words >> int(ds[group, 0x0102].value) & 1).astype(np.bool_)
    planes = np.atleast_3d(ds.overlay_array(group).astype(np.bool_).T).T  # (frames, rows, columns)
    origin = ds[group, 0x0051].value if (group, 0x0051) in ds else 1
    place = frame - (int(origin) - 1)
    if len(planes) == 1 and (group, 0x0015) not in ds:
        place = 0
    if not 0 <= place < len(planes):
        return None
    corner = ds[group, 0x0050].value if (group, 0x0050) in ds else (1, 1)
    top, left = int(corner[0]) - 1, int(corner[1]) - 1
    made = np.zeros(shape, dtype=np.bool_)
    rows, columns = planes.shape[1:]
    into = made[max(top, 0) : max(top + rows, 0), max(left, 0) : max(left + columns, 0)]
    part = planes[place, max(-top, 0) :, max(-left, 0) :][: into.shape[0], : into.shape[1]]
    into[: part.shape[0], : part.shape[1]] = part
    return made
