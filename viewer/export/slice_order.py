"""In which order the files of a series lie, where the export does not say it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from viewer.media.dicom_header import Header
from viewer.media.dicom_slices import SliceAt
from viewer.media.plane import dot

AS_IN_FILE = "as in the file"
"""The one order that leaves no doubt: a single file holds all the slices."""
SAME_DIRECTION = 0.99
SAME_DEPTH = 1e-3
"""Millimetres."""


def in_order(headers: Sequence[Header]) -> tuple[list[SliceAt], str]:
    """The slices of a series in the order in which they lie, and how that was found."""
    first: dict[str, Header] = {}
    for header in headers:
        first.setdefault(header.uid or header.source.name, header)
    kept = list(first.values())
    depths = _depths(kept)
    if not isinstance(depths, str):
        kept = [kept[place] for place in sorted(range(len(kept)), key=depths.__getitem__)]
        words = "by position"
    elif all(header.first_plane.number is not None for header in kept):
        kept.sort(key=lambda header: (header.first_plane.number or 0, header.source.name))
        are_alike = len({header.first_plane.number for header in kept}) < len(kept)
        words = f"by instance number{' and file name' * are_alike}, as {depths}"
    else:
        kept.sort(key=lambda header: header.source.name)
        words = f"by file name, as {depths}"
    if len(kept) == 1:
        words = AS_IN_FILE
    return [SliceAt(header.source, inner) for header in kept for inner in range(header.frames)], words


def _depths(headers: Sequence[Header]) -> list[float] | str:
    """Along the normal of the first; the reason where they do not lie behind one another."""
    normals = [header.first_plane.normal for header in headers]
    positions = [header.first_plane.position for header in headers]
    if any(header.frames > 1 for header in headers):
        return "a file of several frames has no one position"
    normal = normals[0] if normals else None
    if normal is None or None in normals or None in positions:
        return "not all files say where they lie"
    if any(other is None or dot(normal, other) < SAME_DIRECTION for other in normals):
        return "they lie in different directions, as a localizer does among slices"
    made = [dot(normal, position) for position in positions if position is not None]
    if any(b - a < SAME_DEPTH for a, b in pairwise(sorted(made))):
        return "several lie in one place, as those of a time series do"
    return made
