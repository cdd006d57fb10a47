"""What is wrong with the slices of a series, held against what the export says of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from viewer.errors import Place, Problem, Severity, ViewerError, escaped
from viewer.export.find_slices import FoundSlices
from viewer.export.slice_order import AS_IN_FILE
from viewer.export.unit_media import NAMES_LISTED, SLICE_KINDS, MediaOf
from viewer.labels.records import Unit, UnitFile
from viewer.labels.row import LabelRow
from viewer.media.dicom_header import Header
from viewer.media.nifti import NiftiSlices
from viewer.media.progress import Progress

PLAIN = "; labels are shown on a plain canvas"


def slice_problems(
    row: LabelRow,
    media: MediaOf,
    unit: Unit,
    progress: Progress = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> Iterator[Problem]:
    """Of a unit's slices, for which the headers of all files are read; nothing for other units.

    Raises Stopped when told to stop.
    """
    where, at = row.head.where + unit.path, Place(row.head.index, unit.id)
    if unit.kind not in SLICE_KINDS:
        return
    if media.is_series(unit):
        found = media.finder(unit).complete(progress, stop)
        yield from _not_found(row, media, unit, found)
        for severity, what in (*_of_files(found), *_of_identity(media, unit, found)):
            yield Problem(severity, where, what, at)
    else:
        yield from _of_volume(row, media, unit, progress, stop)


def _not_found(row: LabelRow, media: MediaOf, unit: Unit, found: FoundSlices) -> Iterator[Problem]:
    where = row.head.where + unit.path
    if found.several:
        names = len(found.several)
        what = f"the folder holds {names:,} series, and the export does not say to which of them its slices belong; none was taken"
        yield Problem("warning", where, what, Place(row.head.index, unit.id))
        return
    files = media.finder(unit).listed
    wanted = sorted({*files, *row.labels[unit.id].frames.tolist()})
    missing = [
        frame for frame in wanted if not any(frame in told for told in (found.places, found.repeated, found.unclear))
    ]
    if missing or not found.places:
        severity: Severity = "note" if row.head.deleted else "warning"
        at = Place(row.head.index, unit.id, missing[0] if missing else None)
        if not found.files:
            yield Problem(severity, where, f"media not found: no DICOM file is beside the export{PLAIN}", at)
        elif missing:
            total = max(len(wanted), len(missing))
            listed = ", ".join(_slice_name(frame, files) for frame in missing[:NAMES_LISTED])
            more = f" and {len(missing) - NAMES_LISTED:,} more" if len(missing) > NAMES_LISTED else ""
            among = f"among {found.files:,} DICOM file{'s' * (found.files != 1)}"
            what = f"{len(missing):,} of {total:,} slices not found {among}: {listed}{more}{PLAIN}"
            yield Problem(severity, where, what, at)
    for frame, sources in found.repeated.items():
        names = ", ".join(escaped(source.name) for source in sources[:NAMES_LISTED])
        what = (
            f"the instance UID of frame {frame:,} stands in {len(sources)} files that differ ({names}); none was taken"
        )
        yield Problem("warning", where, what, Place(row.head.index, unit.id, frame))


def _slice_name(frame: int, files: Mapping[int, UnitFile]) -> str:
    uid = files[frame].data_hash if frame in files else ""
    return f"frame {frame:,}" + (f" (instance {escaped(uid)[:80]})" if uid else "")


def _of_files(found: FoundSlices) -> Iterator[tuple[Severity, str]]:
    for frame, sources in list(found.copied.items())[:NAMES_LISTED]:
        names = ", ".join(escaped(source.name) for source in sources[:NAMES_LISTED])
        yield "warning", f"the instance UID of frame {frame:,} stands twice, in files that are the same ({names})"
    if found.unclear:
        frames = ", ".join(f"{frame:,}" for frame in list(found.unclear)[:NAMES_LISTED])
        more = f" and {len(found.unclear) - NAMES_LISTED:,} more" if len(found.unclear) > NAMES_LISTED else ""
        yield (
            "warning",
            f"the export does not say which frame of their file these slices are, or names frames that are not there: {frames}{more}{PLAIN}",
        )
    yield from _of_doubles(found)
    if found.unused:
        names = ", ".join(escaped(header.source.name) for header in found.unused[:NAMES_LISTED])
        more = f" and {len(found.unused) - NAMES_LISTED:,} more" if len(found.unused) > NAMES_LISTED else ""
        one = len(found.unused) == 1
        count = f"{len(found.unused):,} file{'' if one else 's'} of the series stand{'s' if one else ''}"
        yield "warning", f"{count} for no slice of the export: {names}{more}"
    if found.ordered and found.ordered != AS_IN_FILE:
        yield (
            "warning",
            f"the export does not say which slice is which, so the files were put in order {found.ordered}: "
            "the slices may run the other way, which can be tried in the View menu",
        )


def _of_doubles(found: FoundSlices) -> Iterator[tuple[Severity, str]]:
    """Of slices of the export that are one slice of the files."""
    shared: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for frame, place in found.places.items():
        shared[id(place.source), place.inner].append(frame)
    doubles = [sorted(frames) for frames in shared.values() if len(frames) > 1]
    for frames in doubles[:NAMES_LISTED]:
        listed = ", ".join(f"{frame:,}" for frame in frames[:NAMES_LISTED])
        yield "warning", f"the export names one and the same slice of the files for several of its own: {listed}"


def _of_identity(media: MediaOf, unit: Unit, found: FoundSlices) -> Iterator[tuple[Severity, str]]:
    """Of patient, study and series; never with the patient's id itself."""
    metadata = unit.facts.get("metadata")
    said: Mapping[str, Any] = metadata if isinstance(metadata, Mapping) else {}
    headers = _headers(media, found)
    for key, words, value in (
        ("patient_id", "patient ID", lambda header: header.patient),
        ("study_uid", "study UID", lambda header: header.study),
        ("series_uid", "series UID", lambda header: header.series),
    ):
        exported = said.get(key)
        other = [header for header in headers if isinstance(exported, str) and value(header) != exported.strip()]
        if other:
            count = f"{len(other):,} of {len(headers):,} files" if len(headers) > 1 else "the file"
            verb = "has" if len(other) == 1 else "have"
            yield "warning", f"{count} {verb} another {words} than the export says: {escaped(other[0].source.name)}"
    patients = {header.patient for header in headers}
    if len(patients) > 1 and not isinstance(said.get("patient_id"), str):
        yield "warning", f"the slices belong to {len(patients):,} patients by their patient IDs"


def _headers(media: MediaOf, found: FoundSlices) -> list[Header]:
    """Of the files that hold the slices, each once."""
    made: dict[int, Header] = {}
    for place in found.places.values():
        if id(place.source) not in made:
            made[id(place.source)] = media.export.places.dicom.header(place.source)
    return list(made.values())


def _of_volume(
    row: LabelRow, media: MediaOf, unit: Unit, progress: Progress, stop: Callable[[], bool]
) -> Iterator[Problem]:
    """Of a NIfTI file, which is unpacked for it."""
    source = media.match(unit, 0).source
    if source is None:
        return  # said with the names that were looked for
    where, at = escaped(source.name), Place(row.head.index, unit.id)
    try:
        slices = media.slices(unit)
        if isinstance(slices, NiftiSlices):
            slices.load(progress, stop)
    except ViewerError as error:
        yield Problem("error", where, f"{error}{PLAIN}", at)
        return
    if not isinstance(slices, NiftiSlices):
        return
    for what in slices.warnings:
        yield Problem("warning", where, what, at)
    for what in slices.notes:
        yield Problem("note", where, what, at)
    frames = row.labels[unit.id].frames
    beyond = frames[frames >= slices.count].tolist()
    if beyond:
        count = f"{len(beyond):,} labelled slice{'s lie' if len(beyond) != 1 else ' lies'}"
        what = f"{count} beyond the end of the volume, whose last slice is {slices.count - 1:,}"
        yield Problem("warning", where, what, Place(row.head.index, unit.id, beyond[0]))
