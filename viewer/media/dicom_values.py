"""What the numbers of a DICOM file mean: rescaling, windows, padding, unit, overlays, as PS3.3 C.11 and C.7.6 say."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from viewer.media.dicom_lib import value_of
from viewer.media.dicom_plane import group_of, number
from viewer.media.grey import Grey, Rescale, VoiTable, Window, WindowShape, window_between

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

SHAPES: dict[str, WindowShape] = {"LINEAR": "linear", "LINEAR_EXACT": "linear_exact", "SIGMOID": "sigmoid"}
UNITS = {"HU": "HU", "GY": "Gy", "BQML": "Bq/ml", "MGML": "mg/ml", "OD": "OD", "PCT": "%", "CNTS": "counts"}
"""Words of the standard that are written otherwise by people."""
RANGE = "range of the slice"
"""Name of a window that was made of the values of one slice, as its file brings none."""
MOST_ENTRIES = 65_536
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
    inverted = str(value_of(ds, "PhotometricInterpretation", "")).strip() == "MONOCHROME1"
    windows = _windows(ds, frame, said)
    unit = _unit(ds, kind, rescale)
    overlay = _overlay(ds, frame, (stored.shape[0], stored.shape[1]), said)
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


# ---------------------------------------------------------------- values


def _rescale(ds: Dataset, frame: int, said: Said) -> tuple[Rescale, str]:
    """And the type of what comes out of it."""
    table = _lut(ds, "ModalityLUTSequence")
    if table is not None:
        first, entries, _, item = table
        return Rescale(table=(first, tuple(entries.astype(float).tolist()))), str(item.get("ModalityLUTType", ""))
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


def _unit(ds: Dataset, kind: str, rescale: Rescale) -> str:
    kind = kind.strip().upper()
    if not kind or kind == "US":
        modality = str(value_of(ds, "Modality", "")).strip()
        if modality == "CT" and kind != "US" and rescale != Rescale():
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


def _windows(ds: Dataset, frame: int, said: Said) -> list[Window]:
    group = group_of(ds, frame, "FrameVOILUTSequence")
    source: Dataset = ds if group is None else group
    return [*_voi_tables(source), *_voi_windows(source, said)]


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


def _voi_tables(source: Dataset) -> list[Window]:
    made: list[Window] = []
    for place in range(len(value_of(source, "VOILUTSequence") or ())):
        table = _lut(source, "VOILUTSequence", place)
        if table is not None:
            first, entries, bits, item = table
            name = str(item.get("LUTExplanation", "") or "table").strip()
            levels = VoiTable(first, tuple(entries.tolist()), bits)
            low, high = first, first + len(entries) - 1
            made.append(Window((low + high) / 2, max(high - low, 1.0), name, table=levels))
    return made


def _lut(source: Dataset, name: str, place: int = 0) -> tuple[float, NDArray[Any], int, Dataset] | None:
    """(first input, entries, bits of an entry, its item) of a lookup table; None where there is none that can be read."""
    items = value_of(source, name)
    if not items or len(items) <= place:
        return None
    item = items[place]
    descriptor, data = item.get("LUTDescriptor"), item.get("LUTData")
    if descriptor is None or data is None or len(descriptor) != 3:
        return None
    count, first, bits = int(descriptor[0]) or MOST_ENTRIES, float(descriptor[1]), int(descriptor[2])
    if isinstance(data, bytes):
        little = getattr(source, "original_encoding", (None, True))[1] is not False
        kind = np.dtype(np.uint8) if len(data) <= count + 1 else np.dtype("<u2" if little else ">u2")
        entries = np.frombuffer(data, kind)
    else:
        entries = np.asarray(data, dtype=np.int64)
    if not 0 < bits <= 16 or not len(entries):
        return None
    return first, entries[:count].astype(np.int64), bits, item


# ---------------------------------------------------------------- overlays


def _overlay(ds: Dataset, frame: int, shape: tuple[int, int], said: Said) -> NDArray[np.bool_] | None:
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
        raise ValueError("an overlay inside the bits of the picture")
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
