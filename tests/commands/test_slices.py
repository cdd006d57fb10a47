"""`inspect`, `check` and `render` on series, cines and volumes: slices are frames."""

from __future__ import annotations

import json
from pathlib import Path

import nibabel
import numpy as np
import pytest
import shapely
from PIL import Image

from tests.dicoms import COLUMNS, ROWS, by_uid, dicom_row, metadata, pixels, series, write
from tests.rows import Json, blob, box, label, row, unit, written
from viewer.__main__ import main

pytestmark = pytest.mark.usefixtures("qapp")
SHUFFLED = [3, 0, 4, 1, 2]


def inspected(folder: Path, capsys: pytest.CaptureFixture[str]) -> Json:
    assert main(["inspect", str(folder)]) == 0
    return json.loads(capsys.readouterr().out)


def rendered(folder: Path, *options: str) -> dict[int, np.ndarray]:
    """By frame, (rows, columns, 4)."""
    out = folder / "out"
    assert main(["render", str(folder / "export.json"), "-o", str(out), *options]) == 0
    return {int(path.stem): np.array(Image.open(path).convert("RGBA")) for path in out.iterdir()}


def levels(values: np.ndarray, center: float, width: float) -> np.ndarray:
    """The standard's formula for a linear window."""
    return np.clip(((values - (center - 0.5)) / (width - 1) + 0.5) * 255, 0, 255)


def test_inspect_lists_each_slice_with_its_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    series(tmp_path, 5, SHUFFLED)
    written(tmp_path, [by_uid(5)])
    document = inspected(tmp_path, capsys)
    (found,) = document["rows"][0]["units"]
    assert (found["kind"], found["width"], found["height"]) == ("dicom", COLUMNS, ROWS)
    assert found["media"]["found_by"] == "uid"
    for frame, file in enumerate(found["files"]):
        assert (file["frame"], file["data_hash"]) == (frame, f"1.2.3.4.{frame}")
        assert Path(file["media"]["path"]).name == f"IM{SHUFFLED.index(frame):03}"
    assert document["problems"] == []


def test_inspect_counts_slices_of_which_the_export_says_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    series(tmp_path, 5, SHUFFLED)
    written(tmp_path, [dicom_row({2: None})])
    (found,) = inspected(tmp_path, capsys)["rows"][0]["units"]
    assert found["frames"] == 5 and found["media"]["found_by"] == "order"


def test_render_draws_each_slice_through_its_own_window_or_another(tmp_path: Path) -> None:
    series(tmp_path, 5, SHUFFLED)
    written(tmp_path, [by_uid(5)])
    for options, window in (
        ((), (-800, 400)),
        (("--window", "-600,1500"), (-600, 1500)),
        (("--window=0,100",), (0, 100)),
    ):
        found = rendered(tmp_path, "--frame", "0-4", "--object", "none", "--no-captions", *options)
        assert sorted(found) == [0, 1, 2, 3, 4]
        for frame, picture in found.items():
            expected = levels(pixels(frame).astype(float) - 1024, *window)
            assert np.abs(picture[..., 0] - expected).max() <= 0.5 + 1e-9
            assert (picture[..., 0] == picture[..., 1]).all() and (picture[..., 3] == 255).all()


@pytest.mark.parametrize("text", ["1", "1,2,3", "a,b", "40,0", "nan,1", ""])
def test_a_wrong_window_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    written(tmp_path, [by_uid(1)])
    assert main(["render", str(tmp_path), "-o", str(tmp_path / "out.png"), f"--window={text}"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_areas_lie_on_their_slice_and_keep_their_holes(tmp_path: Path) -> None:
    series(tmp_path, 5, SHUFFLED)
    given = by_uid(5)
    ring, hole = [(10, 5), (50, 5), (50, 35), (10, 35)], [(20, 10), (20, 30), (40, 30), (40, 10)]
    fractions = [[n for x, y in points for n in (x / COLUMNS, y / ROWS)] for points in (ring, hole)]
    labels = given["data_units"]["data0001"]["labels"]
    labels["3"]["objects"] = [label("polygon", {"polygons": [fractions]})]
    written(tmp_path, [given])
    options = ("--overlay-only", "--no-captions", "--fill", "1", "--outline", "0", "--frame", "2,3")
    found = rendered(tmp_path, *options)
    rows, columns = np.mgrid[:ROWS, :COLUMNS] + 0.5
    assert np.array_equal(found[3][..., 3] == 255, shapely.contains_xy(shapely.Polygon(ring, [hole]), columns, rows))


def test_frames_of_a_cine_are_those_of_its_file(tmp_path: Path) -> None:
    write(tmp_path / "cine", 0, np.stack([pixels(number) for number in range(4)]))
    written(tmp_path, [dicom_row([metadata("1.2.3.4.0", frame) for frame in range(4)])])
    found = rendered(tmp_path, "--frame", "0-3", "--object", "none", "--no-captions")
    for frame, picture in found.items():
        assert np.abs(picture[..., 0] - levels(pixels(frame).astype(float) - 1024, -800, 400)).max() <= 0.5 + 1e-9


def test_a_damaged_slice_spoils_no_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    series(tmp_path, 3)
    write(tmp_path / "IM001", 1, PixelData=None)
    written(tmp_path, [by_uid(3)])
    out = tmp_path / "out"
    assert main(["render", str(tmp_path / "export.json"), "-o", str(out), "--frame", "0-2"]) == 2
    assert sorted(path.name for path in out.iterdir()) == ["0.png", "2.png"]
    said = capsys.readouterr().err
    assert "no pixel data: IM001" in said
    assert main(["check", str(tmp_path)]) == 1
    assert "IM001: The file has no pixel data: IM001" in capsys.readouterr().out


def nifti_row(frames: dict[int, Json], title: str = "scan.nii.gz") -> Json:
    labels = {str(frame): found for frame, found in frames.items()}
    facts = {"width": 12, "height": 8, "data_title": title}
    return row(unit(labels, mime="application/nifti1", **facts), data_type="nifti", data_title=title)


def test_slices_of_a_volume_are_frames(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    values = np.random.default_rng(5).integers(-500, 500, (12, 8, 6)).astype(np.int16)
    nibabel.save(nibabel.Nifti1Image(values, np.diag([2, 2, 3, 1])), tmp_path / "scan.nii.gz")
    written(tmp_path, [nifti_row({4: blob(box()), 9: blob(box("obj2"))})])
    document = inspected(tmp_path, capsys)
    (found,) = document["rows"][0]["units"]
    assert (found["kind"], found["frames"], found["media"]["found_by"]) == ("nifti", 6, "name")
    said = " ".join(problem["what"] for problem in document["problems"])
    assert "1 labelled slice lies beyond the end of the volume, whose last slice is 5" in said
    pictures = rendered(tmp_path, "--frame", "0-5", "--object", "none", "--no-captions", "--window", "0,1000")
    for frame, picture in pictures.items():
        expected = levels(values[:, :, frame].T.astype(float), 0, 1000)
        assert np.abs(picture[..., 0] - expected).max() <= 0.5 + 1e-9


def test_a_volume_of_a_data_group_is_opened_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    values = np.arange(12 * 8 * 6, dtype=np.int16).reshape(12, 8, 6)
    nibabel.save(nibabel.Nifti1Image(values, np.eye(4)), tmp_path / "scan.nii")
    series(tmp_path / "ct", 3, [2, 0, 1])
    stack = [
        {"width": COLUMNS, "height": ROWS, "instance_uid": f"1.2.3.4.{n}", "file_name": f"{n}.dcm"} for n in range(3)
    ]
    spaces = {
        "vol": {"space_type": "medical_file", "child_info": {"layout_key": "a", "file_name": "scan.nii"},
                "number_of_frames": 6, "width": 12, "height": 8, "labels": {"2": blob(box())}},
        "ct": {"space_type": "medical_stack", "frames": stack, "labels": {"1": blob(box("obj2"))}},
    }  # fmt: skip
    group = unit({}, "G", mime="group")
    written(tmp_path, [row(group, data_type="group", data_hash="G", spaces=spaces)])
    document = inspected(tmp_path, capsys)
    found = {made["id"]: made for made in document["rows"][0]["units"]}
    assert found["vol"]["media"]["found_by"] == "name" and found["ct"]["media"]["found_by"] == "uid"
    assert not [problem for problem in document["problems"] if problem["severity"] != "note"]
    pictures = rendered(tmp_path, "--unit", "ct", "--frame", "0-2", "--object", "none", "--no-captions")
    for frame, picture in pictures.items():
        assert np.abs(picture[..., 0] - levels(pixels(frame).astype(float) - 1024, -800, 400)).max() <= 0.5 + 1e-9
