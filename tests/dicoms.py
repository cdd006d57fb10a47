"""DICOM files and rows of them for tests, made by pydicom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian

from tests.rows import Json, blob, box, row, unit

ROWS, COLUMNS = 40, 64
"""Of every slice here; not square, so that a swapped axis shows."""


def pixels(number: int) -> np.ndarray:
    """Values that no other slice has at the same place, stored as they are: HU plus 1,024."""
    y, x = np.mgrid[:ROWS, :COLUMNS]
    return (x + 3 * y + 100 * number).astype(np.int16)


def dataset(number: int, stored: np.ndarray | None = None, uid: str | None = None, **more: Any) -> Dataset:
    """Slice `number` of a CT, 2 mm behind the one before; None takes an element away."""
    stored = pixels(number) if stored is None else stored
    made = Dataset()
    made.file_meta = FileMetaDataset()
    made.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    made.SOPClassUID = made.file_meta.MediaStorageSOPClassUID = CTImageStorage
    made.SOPInstanceUID = made.file_meta.MediaStorageSOPInstanceUID = uid or f"1.2.3.4.{number}"
    made.SeriesInstanceUID, made.StudyInstanceUID, made.PatientID = "1.2.3.4", "1.2.3", "P1"
    made.Modality, made.InstanceNumber = "CT", number + 1
    made.Rows, made.Columns = stored.shape[-2:]
    if stored.ndim == 3:
        made.NumberOfFrames = len(stored)
    made.BitsAllocated = made.BitsStored = 8 * stored.dtype.itemsize
    made.HighBit, made.PixelRepresentation, made.SamplesPerPixel = made.BitsStored - 1, int(stored.dtype.kind == "i"), 1
    made.PhotometricInterpretation, made.PixelSpacing = "MONOCHROME2", [0.5, 0.5]
    made.ImagePositionPatient, made.ImageOrientationPatient = [0, 0, number * 2.0], [1, 0, 0, 0, 1, 0]
    made.RescaleIntercept, made.RescaleSlope, made.WindowCenter, made.WindowWidth = -1024, 1, -800, 400
    made.PixelData = stored.tobytes()
    for key, value in more.items():
        if value is None:
            delattr(made, key)
        else:
            setattr(made, key, value)
    return made


def write(path: Path, number: int, stored: np.ndarray | None = None, **more: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    dataset(number, stored, **more).save_as(path, enforce_file_format=True)
    return path


def series(folder: Path, count: int, order: Sequence[int] | None = None, **more: Any) -> None:
    """`count` slices, under names whose order is `order`."""
    for place, number in enumerate(order or range(count)):
        write(folder / f"IM{place:03}", number, **more)


def metadata(uid: str, inner: int | None = None, size: tuple[int, int] = (COLUMNS, ROWS), uri: str = "") -> Json:
    """What an export says of a slice."""
    width, height = size
    said = {"dicom_instance_uid": uid, "multiframe_frame_number": inner, "file_uri": uri, "width": width}
    return {**said, "height": height}


def dicom_row(slices: Mapping[int, Json | None] | Sequence[Json | None], **more: Any) -> Json:
    """A row of one series with a box on each slice; `slices` by frame: what is said of each, None for nothing."""
    listed = slices if isinstance(slices, Mapping) else dict(enumerate(slices))
    labels = {
        str(frame): {**blob(box(f"obj{frame:05}")), **({"metadata": said} if said else {})}
        for frame, said in listed.items()
    }
    facts: Json = {"width": COLUMNS, "height": ROWS, "data_link": None, "data_title": "CT chest", **more}
    return row(unit(labels, mime="application/dicom", **facts), data_type="dicom", data_title="CT chest")


def by_uid(count: int, **more: Any) -> Json:
    """A row whose slices are named by their instances, slice n as frame n."""
    return dicom_row([metadata(f"1.2.3.4.{number}") for number in range(count)], **more)
