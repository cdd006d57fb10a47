"""DICOMDIR: the list of files that a DICOM medium carries with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from viewer.errors import Report
from viewer.export.places import folder_sources
from viewer.media.dicom_header import DIRECTORY, PREAMBLE, is_dicom
from viewer.media.dicom_lib import pydicom
from viewer.media.source import Source


def is_dicomdir(path: Path) -> bool:
    """By its content; it is usually called DICOMDIR."""
    try:
        with path.open("rb") as stream:
            front = stream.read(PREAMBLE + 512)
    except OSError:
        return False
    return is_dicom(front) and DIRECTORY.encode() in front


def dicomdir_sources(path: Path, report: Report) -> Iterator[Source]:
    """The files beside it that it names; all of the folder where the list cannot be read. Names are only compared."""
    try:
        named = _named(path)
    except Exception as error:
        # pydicom raises nearly anything on a broken file
        report.warning(
            f"the list of files cannot be read ({type(error).__name__}); all files of the folder are looked at"
        )
        named = set[str]()
    for source in folder_sources(path.parent, report):
        if not named or source.name.replace("\\", "/").casefold() in named:
            yield source


def _named(path: Path) -> set[str]:
    """Their paths from the folder, in lower case."""
    made: set[str] = set()
    for record in pydicom().dcmread(path, force=True).get("DirectoryRecordSequence") or ():
        parts = record.get("ReferencedFileID")
        if parts:
            words: Sequence[str] = [parts] if isinstance(parts, str) else [str(part) for part in parts]
            made.add("/".join(words).casefold())
    return made
