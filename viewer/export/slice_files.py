"""The slices of a series as the export names them: instance, frame in its file, link and size, by frame number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from viewer.errors import Report
from viewer.export.facts import plain, size_of, text_of, whole_of, without_query
from viewer.export.frames import Blob
from viewer.export.loose_json import NotJson, members
from viewer.labels.records import UnitFile

_KEYS = ("dicom_instance_uid", "multiframe_frame_number", "file_uri", "width", "height")


def slice_files(
    whole: UnitFile, blobs: Mapping[int, tuple[Blob, ...]], facts: Mapping[str, Any], report: Report
) -> tuple[UnitFile, ...]:
    """One for each slice that the export says anything of; `whole`, the series, where it says nothing of any.

    The links stand in the order of the frames; what the slice itself says counts more.
    """
    made: dict[int, UnitFile] = {}
    links = facts.get("data_links")
    if isinstance(links, list) and len(links) > 1:
        for frame, link in enumerate(links):
            made[frame] = replace(whole, frame=frame, data_hash="", title="", link=without_query(link))
    for frame, found in blobs.items():
        for blob in found:
            metadata = _metadata(blob)
            if metadata is not None:
                path = f"{blob.path}.metadata"
                made[frame] = _slice_file(
                    frame, metadata, made.get(frame), whole, path, report.below(path, frame=frame)
                )
    return tuple(made[frame] for frame in sorted(made)) or (whole,)


def _metadata(blob: Blob) -> Mapping[str, Any] | None:
    try:
        raw = members(blob.raw).get("metadata")
    except (NotJson, TypeError):
        return None  # said when the frame is read
    made = plain(raw) if raw is not None else None
    return made if isinstance(made, Mapping) and any(made.get(key) is not None for key in _KEYS) else None


def _slice_file(
    frame: int, metadata: Mapping[str, Any], linked: UnitFile | None, whole: UnitFile, path: str, report: Report
) -> UnitFile:
    link = without_query(metadata.get("file_uri")) or (linked.link if linked else "")
    return UnitFile(
        frame=frame,
        data_hash=text_of(metadata, "dicom_instance_uid").strip("\0 \t\r\n"),
        title="",
        size=size_of(metadata, report) or whole.size,
        mime=whole.mime,
        link=link,
        path=path,
        inner=whole_of(metadata, "multiframe_frame_number"),
    )
