"""What panels say: types, ranges and dates in words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from viewer.labels.answers import Range
from viewer.labels.records import RowHead, Unit
from viewer.scene.placed import is_number
from viewer.scene.words import counted, shown

NO_TIME = 1e15
"""Milliseconds from which on they are no time any more, but some hundred digits."""

TYPE_WORDS = {
    "image": "image",
    "img_group": "images",
    "image_group": "images",
    "image_sequence": "sequence",
    "video": "video",
    "dicom": "DICOM",
    "dicom_study": "DICOM study",
    "nifti": "NIfTI",
    "audio": "audio",
    "plain_text": "text",
    "text": "text",
    "html": "HTML",
    "pdf": "PDF",
    "group": "data group",
    "scene": "scene",
    "time_series": "time series",
    "deleted": "deleted",
}
"""Types of rows and kinds of units in a reviewer's words."""

KIND_ICONS = {
    "image": "picture",
    "image_group": "picture",
    "image_sequence": "picture",
    "video": "film",
    "dicom": "slices",
    "nifti": "slices",
    "audio": "sound",
    "text": "text",
    "html": "html",
    "pdf": "pdf",
}
"""Of kinds of units, of the drawn set."""

STATUS_WORDS = {
    "NOT_LABELLED": "not labelled",
    "LABEL_IN_PROGRESS": "in progress",
    "LABELLED": "labelled",
    "REVIEW_IN_PROGRESS": "in review",
    "REVIEWED": "reviewed",
    "REVIEWED_TWICE": "reviewed twice",
}
STAGES = {
    "NOT_LABELLED": 0.0,
    "LABEL_IN_PROGRESS": 0.25,
    "LABELLED": 0.5,
    "REVIEW_IN_PROGRESS": 0.75,
    "REVIEWED": 1.0,
    "REVIEWED_TWICE": 1.0,
}
"""How far each status is on the way from nothing to reviewed."""


def type_word(word: str) -> str:
    return TYPE_WORDS.get(word.lower(), word.replace("_", " "))


def status_word(status: str) -> str:
    return STATUS_WORDS.get(status, status.replace("_", " ").lower())


def ranges_words(ranges: Sequence[Range], most: int = 4) -> str:
    """Inclusive ranges of frames: '0–99, 140 and 12 more'."""
    said = ", ".join(f"{a:,}" if a == b else f"{a:,}–{b:,}" for a, b in ranges[:most])
    return f"{said} and {len(ranges) - most:,} more" if len(ranges) > most else said


def stretch_words(stretch: object, unit: str | None) -> str:
    """A stretch of a sound or text: '0:01.500–0:03.000', '12–48', or as it stands."""
    if isinstance(stretch, list | tuple) and len(stretch) == 2 and all(map(is_number, stretch)):
        ends = [clock(end) if unit == "ms" else f"{end:,}" for end in stretch]
        return "–".join(ends)
    return shown(str(stretch), most=120)


def clock(milliseconds: float) -> str:
    """'0:01.500', '2:05:00.000'; what is no time as it stands."""
    if not is_number(milliseconds) or abs(milliseconds) >= NO_TIME:
        return shown(str(milliseconds), most=40)
    sign, thousandths = ("-" if milliseconds < 0 else ""), round(abs(milliseconds))
    minutes, rest = divmod(thousandths, 60_000)
    hours, minutes = divmod(minutes, 60)
    head = f"{hours:,}:{minutes:02}" if hours else f"{minutes}"
    return f"{sign}{head}:{rest // 1000:02}.{rest % 1000:03}"


_ZONE = re.compile(r"(UTC|GMT|Z|[+-]\d\d:?\d\d)\s*$")


def dated(text: str) -> str:
    """A date as exported; exports without a zone mean UTC, and that is said."""
    return text if not text or _ZONE.search(text) else f"{text} UTC"


def row_tip(head: RowHead) -> str:
    """A row in a few lines, for tooltips."""
    said = [head.name, f"{type_word(head.data_type)}, {status_word(head.status)}", f"branch {head.branch}"]
    if head.dataset:
        said.append(f"dataset {head.dataset}")
    return "\n".join(line for line in said if line.strip(", "))


def unit_words(unit: Unit) -> str:
    """'video, 1,920 x 1,080, 9,000 frames'."""
    parts = [type_word(unit.kind)]
    if unit.size:
        parts.append(str(unit.size))
    if unit.frames and unit.frames > 1:
        parts.append(counted(unit.frames, "page" if unit.kind == "pdf" else "frame"))
    return ", ".join(parts)
