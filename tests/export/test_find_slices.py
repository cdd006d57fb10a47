"""Each frame of a series on the slice it was drawn on, whatever the files are called and however many there are."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import numpy as np
import pydicom
import pytest
from pydicom.dataset import Dataset

from tests.dicoms import COLUMNS, ROWS, by_uid, dataset, dicom_row, metadata, pixels, series, write
from tests.rows import Json, written
from viewer.check.problems import all_problems
from viewer.errors import Report, ViewerError
from viewer.export.dicomdir import dicomdir_sources
from viewer.export.export import open_export
from viewer.export.unit_media import MediaOf
from viewer.media import dicom_files
from viewer.media.dicom_header import DIRECTORY
from viewer.media.kinds import Slices

SHUFFLED = [3, 0, 4, 1, 2]


def media_of(folder: Path, given: Json, *media: Path) -> MediaOf:
    export = open_export([written(folder, [given])], media)
    return MediaOf(export, export.row(0))


def slices_of(folder: Path, given: Json, *media: Path) -> Slices:
    found = media_of(folder, given, *media)
    slices = found.slices(found.row.units[0])
    assert slices is not None
    found.finder(found.row.units[0]).complete()
    return slices


def numbers(slices: Slices) -> list[int | None]:
    """Which slice each frame shows, by its values; None where it shows none."""
    made: list[int | None] = []
    for frame in range(slices.count):
        try:
            values = slices.picture(frame).values
        except ViewerError:
            made.append(None)
            continue
        number = int(values[0, 0]) // 100
        assert np.array_equal(values, pixels(number))
        made.append(number)
    return made


def said(folder: Path, given: Json, *media: Path) -> str:
    found = media_of(folder, given, *media)
    problems = all_problems(found.export, found.row, found)
    return "\n".join(f"{problem.severity}: {problem.what}" for problem in problems)


def test_by_instance_uid_whatever_the_files_are_called(tmp_path: Path) -> None:
    series(tmp_path, 5, SHUFFLED)
    given = dicom_row([metadata(f"1.2.3.4.{number}") for number in (4, 3, 2, 1, 0)])
    assert numbers(slices_of(tmp_path, given)) == [4, 3, 2, 1, 0]
    assert said(tmp_path, given) == ""


def test_one_slice_is_found_without_reading_the_others(tmp_path: Path) -> None:
    series(tmp_path, 5, SHUFFLED)
    found = media_of(tmp_path, by_uid(5))
    slices = found.slices(found.row.units[0])
    assert slices is not None and int(slices.picture(3).values[0, 0]) == 300
    assert found.finder(found.row.units[0]).found_if_ready is None


@pytest.mark.parametrize(
    "syntax", ["1.2.840.10008.1.2", "1.2.840.10008.1.2.1"], ids=["implicit value types", "explicit value types"]
)
def test_what_a_file_begins_with_must_be_true_of_its_data_set(tmp_path: Path, syntax: str) -> None:
    for number in range(3):
        made = dataset(number)
        made.file_meta.TransferSyntaxUID = syntax
        if number == 1:
            made.file_meta.MediaStorageSOPInstanceUID = "1.2.3.4.2"  # which another file is
        made.save_as(tmp_path / f"IM{number}", enforce_file_format=False)
    assert numbers_at_once(tmp_path, by_uid(3)) == [0, 1, 2]
    (tmp_path / "IM2").unlink()
    assert numbers_at_once(tmp_path, by_uid(3)) == [0, 1, None]


def numbers_at_once(folder: Path, given: Json) -> list[int | None]:
    """As each slice is found when it is the first that is looked at."""
    return [numbers_of(media_of(folder, given, folder), frame) for frame in range(3)]


def numbers_of(found: MediaOf, frame: int) -> int | None:
    slices = found.slices(found.row.units[0])
    assert slices is not None
    try:
        return int(slices.picture(frame).values[0, 0]) // 100
    except ViewerError:
        return None


def test_no_header_is_read_for_a_slice_that_the_first_bytes_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    series(tmp_path, 5, SHUFFLED)
    read: list[str] = []
    monkeypatch.setattr(dicom_files, "read_header", lambda source: read.append(source.name))
    assert numbers_of(media_of(tmp_path, by_uid(5)), 3) == 3
    assert not read


def test_without_preamble_or_meta_information(tmp_path: Path) -> None:
    series(tmp_path, 5, SHUFFLED)
    bare = tmp_path / "IM000"
    bare.write_bytes(bare.read_bytes()[132:])
    assert numbers(slices_of(tmp_path, by_uid(5))) == [0, 1, 2, 3, 4]


def test_in_folders_below_and_in_a_zip(tmp_path: Path) -> None:
    series(tmp_path / "away" / "deep" / "er", 5, SHUFFLED)
    shutil.make_archive(str(tmp_path / "packed"), "zip", tmp_path / "away")
    assert zipfile.is_zipfile(tmp_path / "packed.zip")
    for media in (tmp_path / "away", tmp_path / "packed.zip"):
        assert numbers(slices_of(tmp_path / "here", by_uid(5), media)) == [0, 1, 2, 3, 4]


def test_a_dicomdir_names_the_files_that_count(tmp_path: Path) -> None:
    series(tmp_path / "disc" / "CT", 5, SHUFFLED)
    write(tmp_path / "disc" / "stray", 7, uid="1.2.3.4.0")  # not listed; would make slice 0 ambiguous
    records = [Dataset() for _ in SHUFFLED]
    for place, record in enumerate(records):
        record.DirectoryRecordType, record.ReferencedFileID = "IMAGE", ["CT", f"IM{place:03}"]
    listing = dataset(0, SOPClassUID=DIRECTORY, DirectoryRecordSequence=records, PixelData=None)
    listing.file_meta.MediaStorageSOPClassUID = DIRECTORY
    listing.save_as(tmp_path / "disc" / "DICOMDIR", enforce_file_format=True)
    assert numbers(slices_of(tmp_path / "here", by_uid(5), tmp_path / "disc" / "DICOMDIR")) == [0, 1, 2, 3, 4]


def test_a_real_dicomdir_is_read() -> None:
    folder = Path(pydicom.__file__).parent / "data" / "test_files" / "dicomdirtests"
    found = {source.name for source in dicomdir_sources(folder / "DICOMDIR", Report(""))}
    assert len(found) == 31 and all((folder / name).is_file() for name in found)


def test_by_the_names_of_the_links(tmp_path: Path) -> None:
    for place, number in enumerate(SHUFFLED):
        write(tmp_path / f"blob-{place}.dcm", number)
    links = [f"bucket/user/blob-{SHUFFLED.index(number)}" for number in range(5)]
    given = dicom_row([None] * 5, data_links=links)
    assert numbers(slices_of(tmp_path, given)) == [0, 1, 2, 3, 4]


def test_by_position_where_the_export_tells_nothing_apart(tmp_path: Path) -> None:
    series(tmp_path, 5, SHUFFLED)
    assert numbers(slices_of(tmp_path, dicom_row({1: None, 3: None}))) == [0, 1, 2, 3, 4]
    assert "put in order by position" in said(tmp_path, dicom_row({1: None, 3: None}))


def test_slices_put_in_order_can_be_counted_from_the_other_end(tmp_path: Path) -> None:
    series(tmp_path, 5, SHUFFLED)
    for given, expected in ((dicom_row({1: None}), [4, 3, 2, 1, 0]), (by_uid(5), [0, 1, 2, 3, 4])):
        found = media_of(tmp_path, given)
        slices = found.slices(found.row.units[0], other_orientation=True)
        assert slices is not None
        found.finder(found.row.units[0]).complete()
        assert numbers(slices) == expected


def test_by_instance_number_where_positions_are_missing(tmp_path: Path) -> None:
    series(tmp_path, 5, SHUFFLED, ImagePositionPatient=None)
    assert numbers(slices_of(tmp_path, dicom_row({1: None}))) == [0, 1, 2, 3, 4]
    assert "by instance number" in said(tmp_path, dicom_row({1: None}))


def test_slices_that_are_named_say_which_way_the_others_run(tmp_path: Path) -> None:
    series(tmp_path, 5, SHUFFLED)
    given = dicom_row({0: None, 1: metadata("1.2.3.4.3"), 3: metadata("1.2.3.4.1"), 4: None}, data_links=["a"] * 5)
    assert numbers(slices_of(tmp_path, given)) == [4, 3, 2, 1, 0]


def test_a_slice_that_is_named_says_where_the_others_begin(tmp_path: Path) -> None:
    series(tmp_path, 5, SHUFFLED)
    given = dicom_row({0: None, 1: metadata("1.2.3.4.2"), 3: None}, data_links=["a"] * 4)
    assert numbers(slices_of(tmp_path, given)) == [1, 2, 3, 4]


def test_order_is_not_used_against_what_is_named(tmp_path: Path) -> None:
    series(tmp_path, 5, SHUFFLED)
    named = {1: metadata("1.2.3.4.3"), 2: metadata("1.2.3.4.0"), 3: metadata("1.2.3.4.1")}
    assert numbers(slices_of(tmp_path, dicom_row({0: None, **named, 4: None}))) == [None, 3, 0, 1, None]


def test_two_series_never_mix(tmp_path: Path) -> None:
    series(tmp_path, 3)
    for number in range(3, 6):
        write(tmp_path / f"other-{number}", number, SeriesInstanceUID="1.2.9")
    assert numbers(slices_of(tmp_path, by_uid(3))) == [0, 1, 2]
    assert said(tmp_path, by_uid(3)) == ""
    unnamed = dicom_row({0: None, 2: None})
    assert numbers(slices_of(tmp_path, unnamed)) == [None, None, None]
    assert "2 series" in said(tmp_path, unnamed) and "none was taken" in said(tmp_path, unnamed)
    told = dicom_row({0: None, 2: None}, metadata={"series_uid": "1.2.9", "study_uid": "1.2.3", "patient_id": "P1"})
    assert numbers(slices_of(tmp_path, told)) == [3, 4, 5]


def test_missing_and_additional_slices_are_told_and_the_others_match(tmp_path: Path) -> None:
    for number in (0, 2, 7):
        write(tmp_path / f"IM{number}", number)
    given = by_uid(3)
    assert numbers(slices_of(tmp_path, given)) == [0, None, 2]
    words = said(tmp_path, given)
    assert "1 of 3 slices not found among 3 DICOM files: frame 1 (instance 1.2.3.4.1)" in words
    assert "1 file of the series stands for no slice of the export: IM7" in words


def test_an_instance_in_two_files_that_differ_is_not_guessed(tmp_path: Path) -> None:
    series(tmp_path, 3)
    write(tmp_path / "IM009", 7, uid="1.2.3.4.1")
    assert numbers(slices_of(tmp_path, by_uid(3))) == [0, None, 2]
    assert "stands in 2 files that differ (IM001, IM009)" in said(tmp_path, by_uid(3))


def test_an_instance_in_two_files_that_are_the_same_is_told(tmp_path: Path) -> None:
    series(tmp_path, 3)
    shutil.copy(tmp_path / "IM001", tmp_path / "IM009")
    assert numbers(slices_of(tmp_path, by_uid(3))) == [0, 1, 2]
    assert "stands twice, in files that are the same" in said(tmp_path, by_uid(3))


def test_a_slice_of_another_size_is_told_and_its_labels_are_scaled(tmp_path: Path) -> None:
    series(tmp_path, 3)
    write(tmp_path / "IM001", 1, np.full((20, 32), 100, np.int16))
    found = media_of(tmp_path, by_uid(3))
    unit = found.row.units[0]
    assert found.shown_size(unit, 1) == (32, 20) and found.label_size(unit, 1) == (COLUMNS, ROWS)


@pytest.mark.parametrize("base", [0, 1])
def test_frames_of_one_file_count_from_0_or_from_1(tmp_path: Path, base: int) -> None:
    write(tmp_path / "cine", 0, np.stack([pixels(number) for number in range(4)]))
    given = dicom_row([metadata("1.2.3.4.0", frame + base) for frame in range(4)])
    assert numbers(slices_of(tmp_path, given)) == [0, 1, 2, 3]


def cine(path: Path, uid: str, first: int, count: int) -> None:
    write(path, 0, np.stack([pixels(first + number) for number in range(count)]), uid=uid)


@pytest.mark.parametrize("inner", [2, 3])
def test_one_labelled_frame_tells_from_what_the_others_count(tmp_path: Path, inner: int) -> None:
    cine(tmp_path / "cine", "1.2.3.4.0", 0, 4)
    given = dicom_row({2: metadata("1.2.3.4.0", inner)})
    assert numbers(slices_of(tmp_path, given)) == [0, 1, 2]


def test_frames_of_one_file_without_numbers_of_their_own(tmp_path: Path) -> None:
    cine(tmp_path / "cine", "1.2.3.4.0", 0, 4)
    given = dicom_row({frame: metadata("1.2.3.4.0") for frame in (0, 1, 3)})
    assert numbers(slices_of(tmp_path, given)) == [0, 1, 2, 3]


def test_frames_of_two_files_without_numbers_of_their_own(tmp_path: Path) -> None:
    cine(tmp_path / "one", "1.2.3.4.0", 0, 3)
    cine(tmp_path / "other", "1.2.3.4.1", 3, 2)
    whole = dicom_row([metadata(f"1.2.3.4.{int(frame > 2)}") for frame in range(5)])
    assert numbers(slices_of(tmp_path, whole)) == [0, 1, 2, 3, 4]
    partly = dicom_row({0: metadata("1.2.3.4.0"), 4: metadata("1.2.3.4.1")})
    assert numbers(slices_of(tmp_path, partly)) == [None] * 5
    assert "does not say which frame of their file" in said(tmp_path, partly)


def test_a_frame_that_its_file_does_not_have_is_told(tmp_path: Path) -> None:
    cine(tmp_path / "cine", "1.2.3.4.0", 0, 3)
    given = dicom_row([metadata("1.2.3.4.0", inner) for inner in (0, 1, 7)])
    assert numbers(slices_of(tmp_path, given)) == [0, 1, None]
    assert "names frames that are not there: 2" in said(tmp_path, given)


def test_one_slice_under_two_numbers_is_told(tmp_path: Path) -> None:
    series(tmp_path, 3)
    given = dicom_row([metadata(f"1.2.3.4.{number}") for number in (0, 1, 1)])
    assert numbers(slices_of(tmp_path, given)) == [0, 1, 1]
    assert "one and the same slice of the files for several of its own: 1, 2" in said(tmp_path, given)


def test_an_instance_uid_that_is_filled_up(tmp_path: Path) -> None:
    series(tmp_path, 3)
    given = dicom_row([metadata(f"1.2.3.4.{number}{end}") for number, end in ((0, "\0"), (1, " "), (2, "\0 "))])
    assert numbers(slices_of(tmp_path, given)) == [0, 1, 2] and said(tmp_path, given) == ""


def test_the_data_set_counts_more_than_the_meta_information(tmp_path: Path) -> None:
    for number in range(3):
        made = dataset(number)
        made.file_meta.MediaStorageSOPInstanceUID = f"1.2.3.4.{(number + 1) % 3}"
        made.save_as(tmp_path / f"IM{number}", enforce_file_format=True)
    found = media_of(tmp_path, by_uid(3))
    slices = found.slices(found.row.units[0])
    assert slices is not None and numbers(slices) == [0, 1, 2]


def test_a_time_series_says_that_it_was_not_put_in_order_by_position(tmp_path: Path) -> None:
    for number in range(9):
        write(tmp_path / f"IM{number}", number, ImagePositionPatient=[0, 0, number % 3 * 2.0])
    assert numbers(slices_of(tmp_path, dicom_row({2: None}))) == [*range(9)]
    assert "by instance number, as several lie in one place" in said(tmp_path, dicom_row({2: None}))


def test_a_localizer_among_slices_is_told(tmp_path: Path) -> None:
    series(tmp_path, 3)
    write(tmp_path / "scout", 3, ImageOrientationPatient=[0, 1, 0, 0, 0, -1])
    assert "different directions, as a localizer does" in said(tmp_path, dicom_row({2: None}))


def test_names_in_messages_are_escaped(tmp_path: Path) -> None:
    for name, number in (("a\x1b[31m", 1), ("b", 2)):
        write(tmp_path / name, number, uid="1.2.3.4.0")
    slices = slices_of(tmp_path, by_uid(1))
    with pytest.raises(ViewerError) as caught:
        slices.picture(0)
    assert str(caught.value).isprintable() and "\\x1b" in str(caught.value)


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    series(tmp_path / "elsewhere", 2)
    write(tmp_path / "here" / "IM001", 1)
    (tmp_path / "here" / "IM000").symlink_to(tmp_path / "elsewhere" / "IM000")
    assert numbers(slices_of(tmp_path / "here", by_uid(2))) == [None, 1]


def test_a_file_that_is_gone_once_it_is_read(tmp_path: Path) -> None:
    series(tmp_path, 3)
    slices = slices_of(tmp_path, by_uid(3))
    (tmp_path / "IM001").unlink()
    assert numbers(slices) == [0, None, 2]


def test_a_file_of_many_frames_of_which_nothing_is_said(tmp_path: Path) -> None:
    write(tmp_path / "cine", 0, np.stack([pixels(number) for number in range(4)]))
    assert numbers(slices_of(tmp_path, dicom_row({2: None}))) == [0, 1, 2, 3]


def test_another_patient_study_and_series_are_told_without_their_ids(tmp_path: Path) -> None:
    series(tmp_path, 3, PatientID="SECRET-7")
    facts = {"patient_id": "P1", "study_uid": "1.2.4", "series_uid": "1.2.3.9"}
    words = said(tmp_path, by_uid(3, metadata=facts))
    for what in ("patient ID", "study UID", "series UID"):
        assert f"3 of 3 files have another {what} than the export says" in words
    assert "SECRET-7" not in words


def test_nothing_found_is_told(tmp_path: Path) -> None:
    assert "media not found: no DICOM file" in said(tmp_path, by_uid(3))


def test_a_series_without_a_window_is_seen_through_one_and_not_one_a_slice(tmp_path: Path) -> None:
    series(tmp_path, 5, SHUFFLED, WindowCenter=None, WindowWidth=None)
    slices = slices_of(tmp_path, by_uid(5))
    greys = [slices.picture(frame).grey for frame in range(5)]
    windows = {grey.windows[0] for grey in greys if grey is not None}
    assert len(windows) == 1 and len(greys) == 5
    low, high = windows.pop().ends
    assert low == pytest.approx(np.percentile(pixels(0), 0.5) - 1024)
    assert high == pytest.approx(np.percentile(pixels(4), 99.5) - 1024)
    assert slices.picture(0).shown.max() < slices.picture(4).shown.max() == 255
