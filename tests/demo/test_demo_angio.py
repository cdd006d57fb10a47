"""The angiogram: frames decoded by pydicom, and labels that lie on what is dark there."""

import json

import cv2
import numpy as np
import pydicom
import pytest

from viewer.demo.rows import object_hash

TITLE, COUNT, SIZE = "angio.dcm", 30, 256
CONTRAST = ["None", "Arriving", "Filled", "Leaving"]


@pytest.fixture(scope="module")
def row(demo):
    (row,) = [row for row in json.loads((demo / "export.json").read_text()) if row["data_title"] == TITLE]
    return row


@pytest.fixture(scope="module")
def labels(row):
    (unit,) = row["data_units"].values()
    return unit["labels"]


@pytest.fixture(scope="module")
def film(demo):
    return pydicom.dcmread(demo / "media" / TITLE)


@pytest.fixture(scope="module")
def frames(film):
    """Smoothed over a pixel or two, as float."""
    return [cv2.GaussianBlur(frame.astype(np.float32), (0, 0), 1) for frame in film.pixel_array]


def places(labels, key):
    wanted = object_hash(TITLE, key)
    return {
        int(frame): entry
        for frame, blob in labels.items()
        for entry in blob["objects"]
        if entry["objectHash"] == wanted
    }


def test_one_file_holds_all_frames_as_jpeg(film):
    assert film.file_meta.TransferSyntaxUID == pydicom.uid.JPEGBaseline8Bit
    assert film.pixel_array.shape == (COUNT, SIZE, SIZE) and film.pixel_array.dtype == np.uint8
    assert film.NumberOfFrames == COUNT and film.FrameIncrementPointer == pydicom.tag.Tag("FrameTime")
    assert float(film.FrameTime) * film.CineRate == pytest.approx(1000, rel=1e-3)
    assert "PixelSpacing" not in film and "ImagerPixelSpacing" in film


def test_every_frame_names_the_file_and_its_number(row, labels, film):
    (unit,) = row["data_units"].values()
    metadata = [labels[str(n)]["metadata"] for n in range(COUNT)]
    assert [m["multiframe_frame_number"] for m in metadata] == list(range(COUNT))
    assert {m["dicom_instance_uid"] for m in metadata} == {film.SOPInstanceUID}
    assert [m["file_uri"] for m in metadata] == unit["data_links"] * COUNT and len(unit["data_links"]) == 1
    assert unit["metadata"]["series_uid"] == film.SeriesInstanceUID


def test_the_point_is_on_the_tip(labels, frames):
    """Until there is contrast medium, nothing near is darker than the tip's own marker."""
    found = places(labels, "catheter tip")
    assert set(found) == set(range(COUNT))
    for frame in range(5):
        x, y = (found[frame]["point"]["0"][axis] * SIZE for axis in "xy")
        left, top = round(x) - 8, round(y) - 8
        near = frames[frame][top : top + 16, left : left + 16]
        line, column = np.unravel_index(near.argmin(), near.shape)
        assert np.hypot(left + column + 0.5 - x, top + line + 0.5 - y) < 3


def test_the_tip_moves_with_the_heart(labels):
    ys = [entry["point"]["0"]["y"] * SIZE for _, entry in sorted(places(labels, "catheter tip").items())]
    assert np.ptp(ys) > 4


@pytest.mark.parametrize("branch", ["Anterior descending", "Circumflex"])
def test_arteries_are_dark_under_their_lines_and_not_beside(labels, frames, branch):
    found = places(labels, branch)
    assert min(found) == 5 and max(found) == COUNT - 1
    for frame, entry in found.items():
        line = np.array([(point["x"], point["y"]) for point in entry["polyline"].values()]) * SIZE
        along = np.gradient(line, axis=0)
        across = np.column_stack([-along[:, 1], along[:, 0]]) / np.linalg.norm(along, axis=1, keepdims=True)

        def light(places, frame=frame):
            x, y = np.clip(places.astype(int), 0, SIZE - 1).T
            return frames[frame][y, x]

        beside = (light(line + 9 * across) + light(line - 9 * across)) / 2
        assert np.median(beside - light(line)) > 15, frame


def test_lines_grow_while_the_contrast_medium_runs(labels):
    lengths = [len(entry["polyline"]) for _, entry in sorted(places(labels, "Anterior descending").items())]
    assert lengths == sorted(lengths) and lengths[0] < lengths[-1] / 3


def test_what_the_contrast_medium_does_is_said_frame_by_frame(row):
    spans = {}
    for answer in row["classification_answers"].values():
        (given,) = answer["classifications"]
        spans[given["answers"][0]["name"]] = [n for a, b in answer["range"] for n in range(a, b + 1)]
    assert set(spans) == set(CONTRAST)
    assert [n for word in CONTRAST for n in spans[word]] == list(range(COUNT))
