"""The phantom as a CT series: a file a slice, under names that say nothing of their order."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from viewer.demo.dicom_file import PATIENT, new_file, save, series_uid, set_pixels, study_uid, uid
from viewer.demo.phantom import OUTSIDE, Phantom
from viewer.demo.phantom_grid import APART, CORNER, COUNT, FRAME, PIXEL, height
from viewer.demo.rows import Series, Slice

if TYPE_CHECKING:
    from pydicom import Dataset

NAME = "phantom"
_INTERCEPT = -1024
_CT_IMAGE = "1.2.840.10008.5.1.4.1.1.2"


def write_series(phantom: Phantom, folder: Path) -> Series:
    """Write all slices into `folder`, which is made. Raises OSError if it cannot be written."""
    folder.mkdir(exist_ok=True)
    names = np.random.default_rng(7).permutation(COUNT) + 1
    slices = []
    for frame, number in enumerate(names.tolist()):
        file = _slice_file(phantom.slice(frame), frame)
        save(file, folder / f"IM-0001-{number:04}.dcm")
        slices.append(Slice(file.SOPInstanceUID, f"demo-bucket/dicom/{uid(NAME, 'link', frame)[5:]}"))
    return Series(PATIENT, study_uid(NAME), series_uid(NAME), tuple(slices))


def _slice_file(density: NDArray[np.int16], frame: int) -> Dataset:
    """A slice, its pixels packed without loss."""
    from pydicom.uid import RLELossless

    file = new_file(_CT_IMAGE, "CT", NAME, f"slice {frame}")
    file.ImageType = ["ORIGINAL", "PRIMARY", "AXIAL"]
    file.StudyDescription, file.SeriesDescription = "Chest with contrast", "Chest 5 mm"
    file.BodyPartExamined, file.PatientPosition, file.KVP = "CHEST", "HFS", 120
    file.FrameOfReferenceUID, file.PositionReferenceIndicator = uid(NAME, "frame of reference"), ""
    file.InstanceNumber, file.AcquisitionNumber = frame + 1, 1
    file.ImagePositionPatient = [*CORNER, height(frame)]
    file.ImageOrientationPatient = [1, 0, 0, 0, 1, 0]
    file.PixelSpacing, file.SliceThickness, file.SliceLocation = [PIXEL, PIXEL], APART, height(frame)
    file.SpacingBetweenSlices = APART
    file.RescaleIntercept, file.RescaleSlope, file.RescaleType = _INTERCEPT, 1, "HU"
    file.WindowCenter, file.WindowWidth = [40, -600], [400, 1500]
    file.WindowCenterWidthExplanation = ["MEDIASTINUM", "LUNG"]
    set_pixels(file, FRAME, 16, signed=True)
    file.PixelPaddingValue = OUTSIDE - _INTERCEPT
    stored = (density - _INTERCEPT).astype("<i2")
    # by pydicom's own encoder, whatever others are installed: the same bytes everywhere
    file.compress(RLELossless, stored, encoding_plugin="pydicom", generate_instance_uid=False)
    return file
