"""What is wrong with a video, held against what the export says of it."""

from __future__ import annotations

from collections.abc import Iterator

from viewer.errors import Place, Problem, Severity, ViewerError, escaped
from viewer.export.unit_media import MediaOf
from viewer.labels.records import Unit
from viewer.labels.row import LabelRow
from viewer.media.video import Video

SAME_RATE = 0.01
"""Rates that differ by less than this share are the same."""


def video_problems(row: LabelRow, media: MediaOf, unit: Unit) -> Iterator[Problem]:
    """Of a unit's video, which is opened for it; nothing for other units, and for those whose file was not found."""
    source = media.match(unit, 0).source if unit.kind == "video" else None
    if source is None:
        return
    where, at = escaped(source.name), Place(row.head.index, unit.id)
    try:
        video = media.video(unit)
    except ViewerError as error:
        yield Problem("error", where, f"{error}; labels and timeline are shown without pictures", at)
        return
    if video is not None:
        for severity, what in (*_of_file(video, unit), *_of_numbers(video, unit)):
            yield Problem(severity, where, what, at)
        yield from _beyond_the_end(row, media, unit, video, where)


def _of_file(video: Video, unit: Unit) -> Iterator[tuple[Severity, str]]:
    index = video.index
    if index.inexact:
        yield "warning", index.inexact
    if index.decoded:
        yield "note", "its timestamps do not give the order of its frames, which was found by decoding all of them"
    size = video.view(unit.size).size(0)
    if unit.size and size and unit.size != size:
        yield "warning", f"the picture's size is {size}, the export says {unit.size}; labels are scaled to the picture"


def _of_numbers(video: Video, unit: Unit) -> Iterator[tuple[Severity, str]]:
    index, found = video.index, video.count
    if unit.fps and index.rate and abs(unit.fps - index.rate) > SAME_RATE * unit.fps:
        yield (
            "warning",
            f"the video has {index.rate:,.6g} frames a second (fps), the export says {unit.fps:,.6g}; "
            "labels are shown by frame number, not by time",
        )
    if unit.frames is not None and unit.frames != found:
        said = (
            f"duration x rate of the export gives {unit.frames:,} frames, the video holds {found:,}; "
            "labels are shown by frame number"
        )
        # a duration is rounded, or that of the sound
        yield ("warning" if abs(unit.frames - found) > 1 else "note"), said
    if not index.is_even:
        yield (
            "note",
            "the frame rate varies: frame numbers count the pictures in their order; "
            "another way of counting can be chosen in the Go menu",
        )


def _beyond_the_end(row: LabelRow, media: MediaOf, unit: Unit, video: Video, where: str) -> Iterator[Problem]:
    frames = row.labels[unit.id].frames
    end = media.numbering_of(unit).count(video.index)
    beyond = frames[frames >= end].tolist()
    if beyond:
        count = f"{len(beyond):,} labelled frame{'s lie' if len(beyond) != 1 else ' lies'}"
        what = f"{count} beyond the end of the video, whose last frame is {end - 1:,}"
        yield Problem("warning", where, what, Place(row.head.index, unit.id, beyond[0]))
