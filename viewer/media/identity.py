"""What tells who a patient is, and who treated them: in the tags of a DICOM file and in the fields of an export.

The keywords follow the basic confidentiality profile of PS3.15, table E.1-1, as far as it is about people, places and
numbers that lead to them. What a reviewer needs to judge a picture stays: age, sex, size, dates of the study, UIDs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PATIENT = (
    *("PatientName", "PatientID", "IssuerOfPatientID", "IssuerOfPatientIDQualifiersSequence"),
    *("OtherPatientIDs", "OtherPatientIDsSequence", "OtherPatientNames", "PatientBirthName", "PatientMotherBirthName"),
    *("PatientBirthDate", "PatientBirthTime", "PatientBirthDateInAlternativeCalendar"),
    *("PatientDeathDateInAlternativeCalendar", "SourcePatientGroupIdentificationSequence"),
    *("GroupOfPatientsIdentificationSequence", "ReferencedPatientPhotoSequence", "MedicalRecordLocator"),
    *("PatientAddress", "PatientTelephoneNumbers", "PatientTelecomInformation", "CountryOfResidence"),
    *("RegionOfResidence", "PatientInsurancePlanCodeSequence", "MilitaryRank", "BranchOfService", "EthnicGroup"),
    *("Occupation", "PatientReligiousPreference", "ResponsiblePerson", "ResponsibleOrganization"),
    *("CurrentPatientLocation", "PatientInstitutionResidence", "PatientTransportArrangements"),
    *("AdditionalPatientHistory", "MedicalAlerts", "Allergies", "SpecialNeeds", "PatientState"),
    *("PersonName", "PersonAddress", "PersonTelephoneNumbers", "PersonTelecomInformation"),
    *("PersonIdentificationCodeSequence", "ClinicalTrialSubjectID", "ClinicalTrialSubjectReadingID"),
)
STAFF = (
    *("ReferringPhysicianName", "ReferringPhysicianAddress", "ReferringPhysicianTelephoneNumbers"),
    *("ReferringPhysicianIdentificationSequence", "ConsultingPhysicianName"),
    *("ConsultingPhysicianIdentificationSequence", "PhysiciansOfRecord", "PhysiciansOfRecordIdentificationSequence"),
    *("PerformingPhysicianName", "PerformingPhysicianIdentificationSequence", "NameOfPhysiciansReadingStudy"),
    *("PhysiciansReadingStudyIdentificationSequence", "OperatorsName", "OperatorIdentificationSequence"),
    *("RequestingPhysician", "RequestingPhysicianIdentificationSequence", "ScheduledPerformingPhysicianName"),
    *("ScheduledPerformingPhysicianIdentificationSequence", "NamesOfIntendedRecipientsOfResults"),
    *("IntendedRecipientsOfResultsIdentificationSequence", "ActualHumanPerformersSequence"),
    *("ScheduledHumanPerformersSequence", "HumanPerformerName", "HumanPerformerOrganization", "ReviewerName"),
    *("VerifyingObserverName", "VerifyingObserverIdentificationCodeSequence", "VerifyingOrganization"),
    *("AuthorObserverSequence", "ParticipantSequence", "CustodialOrganizationSequence", "ContentCreatorName"),
    *("ContentCreatorIdentificationCodeSequence", "OrderEnteredBy", "OrderEntererLocation"),
    *("OrderCallbackPhoneNumber", "OrderCallbackTelecomInformation", "InterpretationAuthor"),
    *("InterpretationRecorder", "InterpretationTranscriber", "InterpretationApproverSequence", "DistributionName"),
    *("DistributionAddress", "PhysicianApprovingInterpretation"),
)
PLACES = (
    *("InstitutionName", "InstitutionAddress", "InstitutionCodeSequence", "InstitutionalDepartmentName"),
    *("InstitutionalDepartmentTypeCodeSequence", "RequestingService", "StationName", "ScheduledStationName"),
    *("PerformedStationName", "PerformedLocation", "DeviceSerialNumber", "GantryID", "ClinicalTrialSiteName"),
    *("ClinicalTrialSiteID", "ClinicalTrialCoordinatingCenterName", "ClinicalTrialSponsorName"),
)
NUMBERS = (
    *("AccessionNumber", "IssuerOfAccessionNumberSequence", "StudyID", "AdmissionID", "IssuerOfAdmissionIDSequence"),
    *("ServiceEpisodeID", "IssuerOfServiceEpisodeIDSequence", "ServiceEpisodeDescription"),
    *("PlacerOrderNumberImagingServiceRequest", "FillerOrderNumberImagingServiceRequest", "RequestedProcedureID"),
    *("ScheduledProcedureStepID", "PerformedProcedureStepID"),
)
COMMENTS = (
    *("PatientComments", "ImageComments", "FrameComments", "StudyComments", "VisitComments", "AcquisitionComments"),
    *("RequestedProcedureComments", "ImagingServiceRequestComments", "CommentsOnThePerformedProcedureStep"),
    *("ScheduledProcedureStepLocation", "CommentsOnTheScheduledProcedureStep", "ResultsComments"),
    *("InterpretationText", "IdentifyingComments", "TextComments", "TextString", "ContributionDescription"),
)
KEYWORDS = frozenset((*PATIENT, *STAFF, *PLACES, *NUMBERS, *COMMENTS))
FREE_TEXT = frozenset(("LO", "LT", "SH", "ST", "UC", "UT"))
"""VRs in which a private tag may hold a name, and no list can tell."""

_KEYS = frozenset(keyword.casefold() for keyword in KEYWORDS) | frozenset(
    ("mrn", "medicalrecordnumber", "dateofbirth", "birthdate", "patientdateofbirth", "patientdob")
)


class Hidden(str):
    """What stands in the place of a value that is not for every eye."""

    __slots__ = ()


HIDDEN = Hidden("(hidden)")


def is_identity_tag(keyword: str, vr: str, *, private: bool = False) -> bool:
    """Whether a tag tells who somebody is. `keyword` as the standard's dictionary has it, empty for private tags."""
    return vr == "PN" or keyword in KEYWORDS or (private and vr in FREE_TEXT)


def is_identity_key(key: str) -> bool:
    """The same of a field of an export: 'patient_id', 'PatientID', 'patient name'."""
    return "".join(c for c in key.casefold() if c.isalnum()) in _KEYS


def masked(data: Any) -> Any:
    """A copy of plain JSON values with HIDDEN in the place of each that stands under a key of identity and says something."""
    if isinstance(data, Mapping):
        return {key: _masked_member(key, value) for key, value in data.items()}
    if isinstance(data, list) and any(isinstance(item, Mapping | list) for item in data):
        return [masked(item) for item in data]
    return data


def _masked_member(key: object, value: Any) -> Any:
    if isinstance(key, str) and is_identity_key(key):
        return value if value in (None, "", [], {}) else HIDDEN
    return masked(value)
