"""What tells who a patient is: against the dictionary of the standard as pydicom has it."""

from __future__ import annotations

import pydicom.datadict
import pytest

from viewer.media.identity import HIDDEN, KEYWORDS, is_identity_key, is_identity_tag, masked


def test_every_keyword_is_one_of_the_standard() -> None:
    assert not [word for word in KEYWORDS if pydicom.datadict.tag_for_keyword(word) is None]


@pytest.mark.parametrize(
    "keyword",
    [
        "PatientName",
        "PatientID",
        "PatientBirthDate",
        "OtherPatientIDs",
        "PatientAddress",
        "ReferringPhysicianName",
        "OperatorsName",
        "InstitutionName",
        "InstitutionAddress",
        "AccessionNumber",
        "StudyID",
        "PatientComments",
        "ImageComments",
    ],
)
def test_direct_identifiers(keyword: str) -> None:
    assert is_identity_tag(keyword, pydicom.datadict.dictionary_VR(keyword))


def test_every_name_of_a_person_whatever_the_tag() -> None:
    assert is_identity_tag("", "PN", private=True)
    names = [entry for entry in pydicom.datadict.DicomDictionary.values() if entry[0] == "PN"]
    assert len(names) > 20 and all(is_identity_tag(entry[4], entry[0]) for entry in names)


def test_private_text_may_hold_a_name_and_private_numbers_do_not() -> None:
    assert is_identity_tag("", "LO", private=True)
    assert not is_identity_tag("", "DS", private=True)


@pytest.mark.parametrize(
    "keyword", ["Modality", "Rows", "SliceThickness", "StudyInstanceUID", "PatientAge", "PatientSex"]
)
def test_what_a_picture_is_judged_by_stays(keyword: str) -> None:
    assert not is_identity_tag(keyword, pydicom.datadict.dictionary_VR(keyword))


@pytest.mark.parametrize("key", ["patient_id", "PatientID", "patient id", "patient_name", "patient_birth_date", "mrn"])
def test_keys_of_an_export(key: str) -> None:
    assert is_identity_key(key)


@pytest.mark.parametrize("key", ["study_uid", "series_uid", "data_title", "name", "id", "width", "", "objectHash"])
def test_other_keys_of_an_export(key: str) -> None:
    assert not is_identity_key(key)


def test_masking_leaves_the_rest_and_the_data_themselves_alone() -> None:
    data = {
        "metadata": {"patient_id": "P1", "study_uid": "1.2", "patient_name": None},
        "children": [{"PatientID": {"value": "P2"}}, {"points": [1, 2]}],
    }
    before = repr(data)
    assert masked(data) == {
        "metadata": {"patient_id": HIDDEN, "study_uid": "1.2", "patient_name": None},
        "children": [{"PatientID": HIDDEN}, {"points": [1, 2]}],
    }
    assert repr(data) == before
