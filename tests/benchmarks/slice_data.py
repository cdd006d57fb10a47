"""Series, mammograms and their exports for the measurements of slices, made of noise and arithmetic."""

from __future__ import annotations

import io
import json
import random
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pydicom
from numpy.typing import NDArray
from PIL import Image
from pycocotools import mask as coco
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.uid import ExplicitVRLittleEndian, JPEG2000Lossless, generate_uid

CT, MAMMOGRAM = "1.2.840.10008.5.1.4.1.1.2", "1.2.840.10008.5.1.4.1.1.1.2"
LABELS = 8
"""On each slice that has any: polygons, boxes and one mask."""


def write_series(folder: Path, count: int, side: int = 512, *, compressed: bool = False) -> Path:
    """A row of so many CT slices under names that mean nothing, the export that belongs to it in the folder above.

    `compressed`: as lossless JPEG 2000, instead of plain numbers.
    """
    folder.mkdir(parents=True)
    rng, series, study = np.random.default_rng(1), generate_uid(), generate_uid()
    ground = cv2.resize(rng.normal(40, 60, (side // 8, side // 8)), (side, side)).astype(np.float64)
    y, x = np.mgrid[:side, :side] / side - 0.5
    names = [f"{number:08x}" for number in random.Random(1).sample(range(1 << 32), count)]
    blobs: dict[str, Any] = {}
    for frame in range(count):
        body = np.hypot(x, y * 1.4) < 0.4 + 0.05 * np.sin(frame / 40)
        lung = np.hypot(np.abs(x) - 0.18, y) < 0.13
        values = np.where(body, np.where(lung, -850, ground), -1000) + rng.normal(0, 12, (side, side))
        ds = _file(CT, series, study, "CT", frame)
        ds.ImagePositionPatient, ds.SliceLocation, ds.SliceThickness = [-180, -180, float(frame)], float(frame), 1.0
        ds.ImageOrientationPatient, ds.PixelSpacing = [1, 0, 0, 0, 1, 0], [0.7, 0.7]
        ds.RescaleSlope, ds.RescaleIntercept, ds.RescaleType = 1, -1024, "HU"
        ds.WindowCenter, ds.WindowWidth, ds.PixelPaddingValue = [40, -600], [400, 1500], 9999
        if compressed:
            _put(ds, np.clip(values + 1024, 0, 4095).astype(np.uint16), 12)
            _compress(ds)
        else:
            _put(ds, (values + 1024).astype(np.int16), 16)
        ds.save_as(folder / names[frame], enforce_file_format=True)
        metadata = {"dicom_instance_uid": str(ds.SOPInstanceUID), "multiframe_frame_number": None}
        metadata |= {"file_uri": f"bucket/{frame}", "width": side, "height": side}
        objects = labels_on(frame, side) if frame % 5 else []
        blobs[str(frame)] = {"objects": objects, "classifications": [], "metadata": metadata}
    links = [f"bucket/{frame}" for frame in range(count)]
    facts = {"patient_id": "BENCH", "study_uid": study, "series_uid": series}
    return _write_export(folder.parent, side, blobs, metadata=facts, data_links=links)


def write_mammograms(folder: Path, count: int, side: int = 2048) -> Path:
    """The same of large projections of 16 bits, stored inverted."""
    folder.mkdir(parents=True)
    rng, series, study = np.random.default_rng(2), generate_uid(), generate_uid()
    blobs: dict[str, Any] = {}
    for frame in range(count):
        coarse = rng.normal(20_000, 6_000, (side // 16, side // 16))
        values = np.clip(cv2.resize(coarse, (side, side)) + rng.normal(0, 300, (side, side)), 0, 65_535)
        ds = _file(MAMMOGRAM, series, study, "MG", frame)
        ds.ImagerPixelSpacing, ds.WindowCenter, ds.WindowWidth = [0.07, 0.07], 20_000, 30_000
        _put(ds, values.astype(np.uint16), 16, "MONOCHROME1")
        ds.save_as(folder / f"view{frame}", enforce_file_format=True)
        metadata = {"dicom_instance_uid": str(ds.SOPInstanceUID), "width": side, "height": side}
        blobs[str(frame)] = {"objects": labels_on(frame, side), "classifications": [], "metadata": metadata}
    return _write_export(folder.parent, side, blobs, metadata={"series_uid": series})


def _file(kind: str, series: str, study: str, modality: str, frame: int) -> FileDataset:
    """With about as many elements as a scanner writes, of which most are of no use here."""
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = kind, generate_uid()
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    ds = FileDataset("", {}, file_meta=meta, preamble=b"\0" * 128)
    ds.SOPClassUID, ds.SOPInstanceUID = kind, meta.MediaStorageSOPInstanceUID
    ds.SeriesInstanceUID, ds.StudyInstanceUID, ds.FrameOfReferenceUID = series, study, study
    ds.PatientID, ds.PatientName, ds.Modality, ds.InstanceNumber = "BENCH", "Bench^Mark", modality, frame + 1
    ds.ImageType = ["ORIGINAL", "PRIMARY", "AXIAL"]
    for word in ("StudyDate", "SeriesDate", "AcquisitionDate", "ContentDate"):
        setattr(ds, word, "20260302")
    for word in ("StudyTime", "SeriesTime", "AcquisitionTime", "ContentTime"):
        setattr(ds, word, "093000.000000")
    for word in ("Manufacturer", "StationName", "SeriesDescription", "StudyDescription", "ProtocolName", "FilterType"):
        setattr(ds, word, "of no use")
    for word in ("KVP", "DataCollectionDiameter", "ReconstructionDiameter", "TableHeight", "GantryDetectorTilt"):
        setattr(ds, word, "120.5")
    for word in ("XRayTubeCurrent", "ExposureTime", "Exposure", "GeneratorPower"):
        setattr(ds, word, "200")
    block = ds.private_block(0x0043, "BENCH", create=True)
    for element in range(60):
        block.add_new(element, "DS", ["1.5", "2.5"])
    codes = Dataset()
    codes.CodeValue, codes.CodingSchemeDesignator, codes.CodeMeaning = "P5-09051", "SRT", "of no use"
    ds.ProcedureCodeSequence = pydicom.Sequence([codes])
    return ds


def _put(ds: Dataset, stored: NDArray[Any], bits: int, meaning: str = "MONOCHROME2") -> None:
    ds.Rows, ds.Columns, ds.SamplesPerPixel, ds.PhotometricInterpretation = *stored.shape, 1, meaning
    ds.BitsAllocated, ds.BitsStored, ds.HighBit = 16, bits, bits - 1
    ds.PixelRepresentation = int(stored.dtype.kind == "i")
    ds.PixelData = stored.tobytes()


def _compress(ds: FileDataset) -> None:
    packed = io.BytesIO()
    Image.fromarray(ds.pixel_array).save(packed, "JPEG2000", irreversible=False, no_jp2=True)
    ds.file_meta.TransferSyntaxUID = JPEG2000Lossless
    ds.PixelData = encapsulate([packed.getvalue()])
    ds["PixelData"].is_undefined_length = True


def labels_on(frame: int, side: int) -> list[dict[str, Any]]:
    """Entries of labels that move from slice to slice; a mask, a box, and polygons of 80 corners."""
    return [_entry(number, frame, side) for number in range(LABELS)]


def _entry(number: int, frame: int, side: int) -> dict[str, Any]:
    x, y = 0.3 + 0.4 * (number % 4) / 4 + 0.02 * np.sin(frame / 9 + number), 0.35 + 0.3 * (number // 4)
    made = {"objectHash": f"o{number:07}", "featureHash": f"f{number % 3:07}", "name": f"Finding {number % 3}"}
    made |= {"color": ("#D33115", "#2278d0", "#16a765")[number % 3], "createdBy": "annotator-1@example.org"}
    made |= {"createdAt": "Mon, 02 Mar 2026 09:30:00 GMT", "confidence": 1, "manualAnnotation": True}
    if number == 0:
        rows, columns = np.mgrid[:side, :side]
        mask = np.hypot(columns - x * side, (rows - y * side) * 1.3) < side / 14
        counts = coco.encode(np.asfortranarray(mask.astype(np.uint8)))["counts"].decode()
        bitmask = {"top": 0, "left": 0, "width": side, "height": side, "rleString": counts}
        return made | {"shape": "bitmask", "bitmask": bitmask}
    if number == 1:
        return made | {"shape": "bounding_box", "boundingBox": {"x": x, "y": y, "w": 0.08, "h": 0.1}}
    turn = np.linspace(0, 2 * np.pi, 80, endpoint=False)
    reach = 0.05 * (1 + 0.15 * np.sin(5 * turn + frame / 7))
    points = np.column_stack([x + reach * np.cos(turn), y + reach * np.sin(turn)]).round(5)
    legacy = {str(k): {"x": a, "y": b} for k, (a, b) in enumerate(points.tolist())}
    return made | {"shape": "polygon", "polygon": legacy, "polygons": [[points.reshape(-1).tolist()]]}


def _write_export(folder: Path, side: int, blobs: dict[str, Any], **more: Any) -> Path:
    unit = {"data_hash": "d", "data_title": "series", "data_type": "application/dicom", "data_sequence": 0}
    unit |= {"labels": blobs, "width": side, "height": side, **more}
    row = {"label_hash": "l", "data_hash": "d", "data_title": "series", "data_type": "dicom", "data_units": {"d": unit}}
    answers = {f"o{n:07}": {"objectHash": f"o{n:07}", "classifications": []} for n in range(LABELS)}
    path = folder / "export.json"
    path.write_text(json.dumps([row | {"object_answers": answers, "classification_answers": {}, "object_actions": {}}]))
    return path
