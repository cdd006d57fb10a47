"""The CT series and its labels: read by pydicom, pycocotools and shapely, held against densities and formulas."""

import json

import numpy as np
import pydicom
import pytest
from pycocotools import mask as coco
from shapely import contains_xy
from shapely.geometry import Polygon
from shapely.ops import unary_union

from viewer.demo.organs import CARINA, CORE, HEART, KIDNEY, SATELLITE, TUMOUR
from viewer.demo.phantom_grid import COUNT, height
from viewer.demo.phantom_labels import LATE_BY
from viewer.demo.phantom_masks import inside, liver, lungs, spine
from viewer.demo.rows import object_hash

TITLE, SIZE = "Chest CT", 256
COLUMNS, ROWS = np.meshgrid(np.arange(SIZE) + 0.5, np.arange(SIZE) + 0.5)


@pytest.fixture(scope="module")
def row(demo):
    (row,) = [row for row in json.loads((demo / "export.json").read_text()) if row["data_title"] == TITLE]
    return row


@pytest.fixture(scope="module")
def unit(row):
    (unit,) = row["data_units"].values()
    return unit


@pytest.fixture(scope="module")
def files(demo):
    """By SOP instance UID."""
    read = [pydicom.dcmread(path) for path in sorted((demo / "media" / "phantom").iterdir())]
    return {file.SOPInstanceUID: file for file in read}


@pytest.fixture(scope="module")
def volume(unit, files):
    """(slice, row, column) in Hounsfield units, in the order of the export."""
    slices = [files[unit["labels"][str(n)]["metadata"]["dicom_instance_uid"]] for n in range(COUNT)]
    return np.stack([pydicom.pixels.apply_modality_lut(file.pixel_array, file) for file in slices])


def places(unit, key):
    """Frame to the entry of one object."""
    wanted = object_hash(TITLE, key)
    found = {
        int(frame): entry
        for frame, blob in unit["labels"].items()
        for entry in blob["objects"]
        if entry["objectHash"] == wanted
    }
    assert found
    return found


def painted(entry):
    """A bitmask or polygons as pixels whose middles are inside."""
    if "bitmask" in entry:
        counts = entry["bitmask"]["rleString"].encode()
        return coco.decode({"counts": counts, "size": [SIZE, SIZE]}).T.astype(bool)
    regions = [
        Polygon(rings[0], rings[1:])
        for rings in ([np.reshape(ring, (-1, 2)) * SIZE for ring in region] for region in entry["polygons"])
    ]
    return contains_xy(unary_union(regions), COLUMNS, ROWS)


def overlap(one, other):
    return (one & other).sum() / (one | other).sum()


def test_files_are_what_their_names_do_not_say(demo, files):
    """Names in another order than positions; positions, numbers and locations in one."""
    named = [pydicom.dcmread(p, stop_before_pixels=True) for p in sorted((demo / "media" / "phantom").iterdir())]
    assert len(named) == len(files) == COUNT
    numbers = [file.InstanceNumber for file in named]
    assert sorted(numbers) == list(range(1, COUNT + 1)) and numbers != sorted(numbers)
    assert np.mean(np.diff(numbers) == 1) < 0.2
    ordered = sorted(named, key=lambda file: file.InstanceNumber)
    heights = [file.ImagePositionPatient[2] for file in ordered]
    assert np.allclose(np.diff(heights), -ordered[0].SliceThickness)
    assert heights == [file.SliceLocation for file in ordered]
    for file in ordered:
        assert file.ImageOrientationPatient == [1, 0, 0, 0, 1, 0] and file.PixelSpacing == [1.25, 1.25]
        assert file.file_meta.TransferSyntaxUID == pydicom.uid.RLELossless
    assert len({(file.StudyInstanceUID, file.SeriesInstanceUID, file.FrameOfReferenceUID) for file in ordered}) == 1


def test_windows_and_patient_are_in_the_files(files):
    for file in files.values():
        assert (str(file.PatientName), file.PatientID) == ("PHANTOM^DEMO", "DEMO-PHANTOM")
        windows = zip(file.WindowCenterWidthExplanation, file.WindowCenter, file.WindowWidth, strict=True)
        assert list(windows) == [("MEDIASTINUM", 40, 400), ("LUNG", -600, 1500)]


def test_the_export_says_of_every_slice_where_it_comes_from(row, unit, files):
    assert row["data_type"] == "dicom" and unit["data_type"] == "application/dicom" and "data_link" not in unit
    assert list(unit["labels"]) == [str(n) for n in range(COUNT)]
    metadata = [blob["metadata"] for blob in unit["labels"].values()]
    assert [m["file_uri"] for m in metadata] == unit["data_links"] and len(set(unit["data_links"])) == COUNT
    for number, m in enumerate(metadata, 1):
        file = files[m["dicom_instance_uid"]]
        assert (file.InstanceNumber, m["multiframe_frame_number"]) == (number, None)
        assert (file.Columns, file.Rows) == (m["width"], m["height"]) == (unit["width"], unit["height"])
    any_file = next(iter(files.values()))
    known = {"patient_id": "DEMO-PHANTOM", "study_uid": any_file.StudyInstanceUID}
    assert unit["metadata"] == known | {"series_uid": any_file.SeriesInstanceUID}


def test_densities_are_those_of_what_is_drawn(volume):
    x, y, z = CARINA
    frame = round((height(0) - z) / 5)
    column, line = round((x + 159.375) / 1.25), round((y + 147.375) / 1.25)
    assert volume[frame, line - 2 : line + 3, column - 2 : column + 3].mean() < -930
    corner, above = volume[:, 0, 0], volume[:, 12:20, 118:138]
    assert (corner == -3024).all() and abs(above.mean() + 1000) < 8
    stomach_gas = volume[33, 75:80, 166:172].mean()
    assert stomach_gas < -930
    heart = volume[16][inside(HEART, 16)]
    assert 90 < heart.mean() < 240
    core = np.concatenate([volume[n][inside(CORE, n)] for n in range(9, 15)])
    rim = np.concatenate([volume[n][inside(TUMOUR, n) & ~inside(CORE, n)] for n in range(9, 15)])
    assert abs(np.median(core) - 22) < 8 and abs(np.median(rim) - 72) < 8
    hard = volume[:, 100:160, 110:146].max(axis=(1, 2))
    assert hard.min() > 200 and np.median(hard) > 380 and volume.max() < 1500


def test_lungs_and_liver_are_painted_where_their_densities_are(unit, volume):
    for key, low, high in (("lung right", -1000, -500), ("lung left", -1000, -500), ("liver", 80, 190)):
        for frame, entry in places(unit, key).items():
            inner = volume[frame][painted(entry)]
            # the lungs' thin edges below lie half in what is beside them
            assert len(inner) < 1000 or np.mean((low < inner) & (inner < high)) > 0.85, (key, frame)


def test_masks_are_those_of_the_formulas(unit):
    for key, wanted in (
        ("lung right", lambda n: lungs(n)[0]),
        ("lung left", lambda n: lungs(n)[1]),
        ("liver", liver),
    ):
        found = places(unit, key)
        for frame in range(COUNT):
            mask = painted(found[frame]) if frame in found else np.zeros((SIZE, SIZE), bool)
            assert np.array_equal(mask, wanted(frame)), (key, frame)


def test_right_is_on_the_left_of_the_picture(unit, volume):
    right, left = (painted(places(unit, f"lung {side}")[10]) for side in ("right", "left"))
    assert COLUMNS[right].max() < COLUMNS[left].min()
    # the liver is on the patient's right, the heart's tip and the aorta on the left, the spine behind
    assert COLUMNS[liver(34)].mean() < 110 and COLUMNS[inside(HEART, 20)].mean() > 130
    assert ROWS[spine(20)].mean() > ROWS[inside(HEART, 20)].mean() + 40


def test_the_tumour_has_its_core_as_a_hole_and_an_island(unit):
    found = places(unit, "tumour")
    rings = {frame: [len(region) for region in entry["polygons"]] for frame, entry in found.items()}
    assert {1, 2} <= {counts[0] for counts in rings.values()} and max(map(len, rings.values())) == 2
    for frame, entry in found.items():
        wanted = (inside(TUMOUR, frame) & ~inside(CORE, frame)) | inside(SATELLITE, frame)
        assert overlap(painted(entry), wanted) > 0.96, frame


def test_the_heart_is_outlined(unit):
    for frame, entry in places(unit, "heart").items():
        assert overlap(painted(entry), inside(HEART, frame)) > 0.97, frame


def test_the_spine_fills_its_box(unit):
    for frame, entry in places(unit, "spine").items():
        box, mask = entry["boundingBox"], spine(frame)
        left, top = box["x"] * SIZE, box["y"] * SIZE
        edges = (left, top, left + box["w"] * SIZE, top + box["h"] * SIZE)
        bounds = (COLUMNS[mask].min() - 0.5, ROWS[mask].min() - 0.5, COLUMNS[mask].max() + 0.5, ROWS[mask].max() + 0.5)
        assert np.allclose(edges, bounds, atol=1e-3)


def test_only_the_kidney_is_wrong_and_says_how(unit):
    found = places(unit, "kidney left")
    for frame, entry in found.items():
        assert overlap(painted(entry)[:, ::-1], inside(KIDNEY, frame - LATE_BY)) > 0.95
        assert overlap(painted(entry), inside(KIDNEY, frame)) == 0


def test_the_region_is_said_slice_by_slice(row):
    spans = [
        span
        for answer in row["classification_answers"].values()
        if answer["classifications"][0]["name"] == "Region"
        for span in answer["range"]
    ]
    assert sorted(n for a, b in spans for n in range(a, b + 1)) == list(range(COUNT))
