"""DICOM files of the demo's patient, the same bytes every time."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydicom import Dataset

PATIENT = "DEMO-PHANTOM"
_SPACE = uuid.UUID("b6f3d0c4-0d54-5c39-9f0c-3a1c3de2b7a5")


def uid(*parts: object) -> str:
    """A unique identifier that is the same for the same parts."""
    return f"2.25.{uuid.uuid5(_SPACE, '/'.join(map(str, parts))).int}"


def new_file(storage: str, modality: str, series: str, instance: str) -> Dataset:
    """A file without pixels, in explicit VR little endian: who, when, and which series and instance it belongs to.

    `storage` is the UID of its kind; `series` and `instance` are names that become UIDs.
    """
    from pydicom import Dataset
    from pydicom.dataset import FileMetaDataset
    from pydicom.uid import UID, ExplicitVRLittleEndian

    file = Dataset()
    meta = file.file_meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = file.SOPClassUID = UID(storage)
    meta.MediaStorageSOPInstanceUID = file.SOPInstanceUID = UID(uid(series, instance))
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    # otherwise pydicom would put its own, with its version
    meta.ImplementationClassUID, meta.ImplementationVersionName = UID(uid("writer")), "LABEL VIEWER"
    file.PatientName, file.PatientID, file.PatientSex = "PHANTOM^DEMO", PATIENT, "O"
    file.PatientBirthDate = ""
    file.StudyInstanceUID, file.SeriesInstanceUID = study_uid(series), series_uid(series)
    file.StudyDate = file.SeriesDate = file.AcquisitionDate = file.ContentDate = "20260302"
    file.StudyTime = file.SeriesTime = file.AcquisitionTime = file.ContentTime = "093000"
    file.StudyID, file.AccessionNumber, file.ReferringPhysicianName = "1", "", ""
    file.Modality, file.SeriesNumber = modality, 1
    file.Manufacturer, file.ManufacturerModelName = "Label Viewer", "Drawn phantom"
    return file


def study_uid(series: str) -> str:
    return uid(series, "study")


def series_uid(series: str) -> str:
    return uid(series, "series")


def set_pixels(file: Dataset, size: tuple[int, int], bits: int, *, signed: bool = False) -> None:
    """Describe grey pixels of `size` (width, height); light is what has much."""
    file.SamplesPerPixel, file.PhotometricInterpretation = 1, "MONOCHROME2"
    file.Columns, file.Rows = size
    file.BitsAllocated = file.BitsStored = bits
    file.HighBit, file.PixelRepresentation = bits - 1, int(signed)


def save(file: Dataset, path: Path) -> None:
    """Raises OSError if it cannot be written."""
    from pydicom import dcmwrite

    dcmwrite(path, file, enforce_file_format=True)
