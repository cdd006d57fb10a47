"""What the header of a DICOM file says of its slices, read without its pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, BinaryIO

from viewer.errors import ViewerError, escaped
from viewer.media.dicom_broken import leave_out_broken, refuse_bombs
from viewer.media.dicom_lib import pydicom, value_of
from viewer.media.dicom_picture import frame_count
from viewer.media.dicom_plane import PLANE_TAGS, number, numbers, plane_of
from viewer.media.plane import Plane
from viewer.media.source import Source
from viewer.size import Size

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

PREAMBLE, MAGIC = 128, b"DICM"
FRONT = 2048
"""Bytes in which the instance UID of a file's meta information stands."""
_INSTANCE = b"\x02\x00\x03\x00UI"
_OWN_INSTANCE = b"\x08\x00\x18\x00"
_BARE = (b"\x08\x00", b"\x02\x00", b"\x00\x08")
"""How a file begins that has no preamble: with a group that comes first, in either byte order."""
DIRECTORY = "1.2.840.10008.1.3.10"
"""The class of a DICOMDIR, which holds no slices."""
TAGS = (
    "SOPClassUID",
    "SOPInstanceUID",
    "SeriesInstanceUID",
    "StudyInstanceUID",
    "PatientID",
    "Modality",
    "Rows",
    "Columns",
    "NumberOfFrames",
    "FrameTime",
    "FrameTimeVector",
    "CineRate",
    "RecommendedDisplayFrameRate",
    *PLANE_TAGS,
)


@dataclass(frozen=True, eq=False)
class Header:
    """One file of a series, with one frame or more."""

    source: Source
    uid: str
    """Of the instance."""
    series: str
    study: str
    patient: str = field(repr=False)
    """The patient's id: to be compared, never to be written anywhere."""
    modality: str
    size: Size | None
    frames: int
    rate: float | None
    """Pictures a second of a cine."""
    dataset: Dataset = field(repr=False)

    def plane(self, frame: int) -> Plane:
        """Of a frame, counted from 0."""
        if self.frames == 1:
            return self.first_plane
        return plane_of(self.dataset, frame)

    @cached_property
    def first_plane(self) -> Plane:
        return plane_of(self.dataset, 0)


def is_dicom(front: bytes) -> bool:
    """Whether a file that begins so may be DICOM."""
    return front[PREAMBLE : PREAMBLE + 4] == MAGIC or front[:2] in _BARE


def peek_uid(front: bytes) -> str | None:
    """The instance UID in the meta information of a file that begins so; None where it is not there."""
    at = front.find(_INSTANCE, PREAMBLE + 4) if front[PREAMBLE : PREAMBLE + 4] == MAGIC else -1
    if at < 0 or at + 8 > len(front):
        return None
    length = int.from_bytes(front[at + 6 : at + 8], "little")
    return front[at + 8 : at + 8 + length].rstrip(b"\0 ").decode("ascii", "replace") or None


def is_of_instance(front: bytes, uid: str) -> bool:
    """Whether the data set of a file that begins so names the same instance as its meta information does.

    False where that cannot be seen in its first bytes.
    """
    at = front.find(_OWN_INSTANCE, front.find(_INSTANCE) + len(_INSTANCE))
    value = uid.encode("ascii", "replace")
    value += b"\0" * (len(value) % 2)
    length = len(value).to_bytes(4, "little")
    return at >= 0 and front.startswith((b"UI" + length[:2] + value, length + value), at + len(_OWN_INSTANCE))


def read_header(source: Source) -> Header:
    """Raises ViewerError where the file is no DICOM file, or none that has pictures."""
    try:
        with source.open_front() as stream:
            ds = dataset_of(stream, header_only=True)
        leave_out_broken(ds)
        return header_of(ds, source)
    except ViewerError:
        raise
    except Exception as error:
        # pydicom raises nearly anything on a broken file
        raise ViewerError(
            f"This is no DICOM file, or a broken one ({type(error).__name__}): {escaped(source.name)}"
        ) from error


def dataset_of(stream: BinaryIO, *, header_only: bool) -> Dataset:
    """Raises what pydicom raises, and ViewerError for a file that would take too much memory."""
    refuse_bombs(stream)
    read = pydicom().dcmread
    return (
        read(stream, force=True, stop_before_pixels=True, specific_tags=list(TAGS))
        if header_only
        else read(stream, force=True)
    )


def header_of(ds: Dataset, source: Source) -> Header:
    if (
        value_of(ds, "SOPClassUID") is None
        and value_of(ds, "Rows") is None
        and value_of(ds, "SeriesInstanceUID") is None
    ):
        raise ViewerError(f"This is no DICOM file: {escaped(source.name)}")
    rows, columns = number(value_of(ds, "Rows")), number(value_of(ds, "Columns"))
    frames = min(frame_count(ds), max(source.bytes_size, 1))  # none of which fits into less than a byte
    return Header(
        source=source,
        uid=_text(ds, "SOPInstanceUID"),
        series=_text(ds, "SeriesInstanceUID"),
        study=_text(ds, "StudyInstanceUID"),
        patient=_text(ds, "PatientID"),
        modality=_text(ds, "Modality"),
        size=Size(int(columns), int(rows)) if rows and columns else None,
        frames=frames,
        rate=_rate(ds) if frames > 1 else None,
        dataset=ds,
    )


def _text(ds: Dataset, name: str) -> str:
    return str(value_of(ds, name) or "").strip("\0 \t\r\n")


def _rate(ds: Dataset) -> float | None:
    """As the file wishes to be shown, else as it was taken."""
    for name in ("RecommendedDisplayFrameRate", "CineRate"):
        found = number(value_of(ds, name))
        if found and 0 < found <= 1000:
            return found
    between = number(value_of(ds, "FrameTime"))
    vector = value_of(ds, "FrameTimeVector")
    if not between and isinstance(vector, Sequence):
        steps = numbers(vector, len(vector)) or ()
        between = sum(steps[1:]) / max(len(steps) - 1, 1)
    return 1000 / between if between and 1 <= between <= 100_000 else None
