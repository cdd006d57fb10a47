"""The angiogram as one DICOM file of many frames, each a JPEG."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

from PIL import Image

from viewer.demo.angio import FPS, FRAME
from viewer.demo.dicom_file import PATIENT, new_file, save, series_uid, set_pixels, study_uid, uid
from viewer.demo.rows import Series, Slice

NAME = "angio"
_ANGIOGRAM = "1.2.840.10008.5.1.4.1.1.12.1"
_FRAME_TIME = 0x00181063


def write_angio(pictures: Iterable[Image.Image], path: Path) -> Series:
    """Write grey pictures of 8 bits. Raises OSError if the file cannot be written."""
    from pydicom.encaps import encapsulate
    from pydicom.uid import JPEGBaseline8Bit

    packed = [_jpeg(picture) for picture in pictures]
    file = new_file(_ANGIOGRAM, "XA", NAME, "film")
    file.ImageType = ["ORIGINAL", "PRIMARY", "SINGLE PLANE"]
    file.StudyDescription, file.SeriesDescription = "Coronary angiography", "Left coronary artery"
    file.BodyPartExamined, file.InstanceNumber = "HEART", 1
    file.PatientOrientation = ["L", "F"]
    file.NumberOfFrames, file.FrameIncrementPointer = len(packed), _FRAME_TIME
    file.FrameTime, file.CineRate, file.RecommendedDisplayFrameRate = f"{1000 / FPS:.4f}", FPS, FPS
    # at the detector: what lies in the patient is smaller by the two distances
    file.ImagerPixelSpacing = [0.56, 0.56]
    file.DistanceSourceToDetector, file.DistanceSourceToPatient = 1100, 760
    file.PositionerMotion, file.PositionerPrimaryAngle, file.PositionerSecondaryAngle = "STATIC", 30, -15
    file.KVP, file.ExposureTime, file.RadiationSetting, file.PixelIntensityRelationship = 78, 6, "GR", "LIN"
    file.WindowCenter, file.WindowWidth = 128, 256
    set_pixels(file, FRAME, 8)
    file.file_meta.TransferSyntaxUID = JPEGBaseline8Bit
    file.LossyImageCompression, file.LossyImageCompressionMethod = "01", "ISO_10918_1"
    raw = FRAME.width * FRAME.height * len(packed)
    file.LossyImageCompressionRatio = round(raw / sum(map(len, packed)), 2)
    file.PixelData = encapsulate(packed)
    file["PixelData"].VR = "OB"
    save(file, path)
    link = f"demo-bucket/dicom/{uid(NAME, 'link')[5:]}"
    slices = tuple(Slice(file.SOPInstanceUID, link, inside) for inside in range(len(packed)))
    return Series(PATIENT, study_uid(NAME), series_uid(NAME), slices)


def _jpeg(picture: Image.Image) -> bytes:
    stored = io.BytesIO()
    picture.save(stored, "JPEG", quality=90)
    return stored.getvalue()
