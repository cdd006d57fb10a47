"""Everything that is wrong with a row: its skeleton, every frame, its answers, its media."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from viewer.check.documents import document_problems
from viewer.check.pages import page_problems
from viewer.check.passages import passage_problems
from viewer.check.slices import slice_problems
from viewer.check.sounds import heard_problems, sound_problems
from viewer.check.videos import video_problems
from viewer.errors import Place, Problem, ViewerError, escaped
from viewer.export.export import Export
from viewer.export.unit_media import SLICE_KINDS, MediaOf
from viewer.labels.records import Unit
from viewer.labels.row import LabelRow
from viewer.media.kinds import Picture
from viewer.size import Size

MediaRule = Callable[[LabelRow, MediaOf, Unit], Iterable[Problem]]
OF_MEDIA: tuple[MediaRule, ...] = (video_problems, slice_problems, sound_problems, document_problems)
"""What is wrong with the media of a unit as a whole, each rule silent about units of other kinds."""


def all_problems(export: Export, row: LabelRow, media: MediaOf) -> list[Problem]:
    """Problems of a row and of the names of its media, each once, in the order of the export."""
    found = [problem for problem in row_problems(export, row, media) if problem is not None]
    media_problems = [problem for rule in OF_MEDIA for unit in row.units for problem in rule(row, media, unit)]
    return list(dict.fromkeys([*repeated_keys(export, row), *found, *media_problems]))


def row_problems(export: Export, row: LabelRow, media: MediaOf) -> Iterator[Problem | None]:
    """The same one after another, without repeated keys and what videos hold, which take a while to be opened; None
    after each frame, so that a caller can pause or stop."""
    yield from row.problems
    yield from row.index().problems
    for unit in row.units:
        yield from media.problems(unit)
        yield from passage_problems(row, media, unit)
        yield from page_problems(row, media, unit)
        labels = row.labels[unit.id]
        for frame in labels.frames.tolist():
            yield from labels.problems_on(frame, media.label_size(unit, frame))
            yield None


def shown_picture_problems(
    row: LabelRow, media: MediaOf, unit: Unit, frame: int, picture: Picture | None, trouble: str
) -> tuple[Problem, ...]:
    """What is wrong with a picture that was just decoded, or could not be."""
    source, file = media.match(unit, frame).source, unit.file_of(frame)
    if source is None:
        return ()
    name = escaped(source.name)
    at = Place(row.head.index, unit.id, frame)
    pages = media.count_if_open(unit) if unit.kind == "pdf" else None
    if unit.kind == "pdf" and (pages is None or frame >= pages):
        return ()  # said of the document
    if picture is None:
        # of a video this is one frame of many, and the video itself is told of elsewhere
        severity = "warning" if unit.kind == "video" else "error"
        return (Problem(severity, name, f"{trouble}; labels are shown on a plain canvas", at),)
    if unit.kind == "nifti":
        return ()  # what there is to say holds for all of the volume, and is said of it
    exported = (file.size if file else None) or unit.size
    sizes = () if unit.kind in ("video", "pdf") else size_problems(exported, picture, name, at)
    return (*said_by(picture, name, at), *sizes)


def picture_problems(row: LabelRow, media: MediaOf) -> Iterator[Problem]:
    """What is found wrong when all media of a row are decoded; what is said of many slices alike, of the first."""
    for unit in row.units:
        if unit.kind == "audio":
            yield from heard_problems(row, media, unit)
            continue
        found = _of_pictures(row, media, unit)
        yield from _summed_up(list(found)) if unit.kind in SLICE_KINDS else found


def _summed_up(found: list[Problem]) -> Iterator[Problem]:
    counts = Counter((problem.severity, problem.what) for problem in found)
    told: set[tuple[str, str]] = set()
    for problem in found:
        key = (problem.severity, problem.what)
        if key not in told:
            told.add(key)
            more = f" (and of {counts[key] - 1:,} slices more)" if counts[key] > 1 else ""
            yield replace(problem, what=problem.what + more)


def _of_pictures(row: LabelRow, media: MediaOf, unit: Unit) -> Iterator[Problem]:
    try:
        pictures = media.pictures(unit)
    except ViewerError:
        return  # of a video that cannot be opened, which is said with the rest that is wrong with it
    for frame in frames_to_decode(row, media, unit) if pictures else ():
        place = media.place_of(unit, frame)
        if pictures is None or place is None or media.match(unit, frame).source is None:
            continue
        picture, trouble = None, ""
        try:
            picture = pictures.picture(place)
        except ViewerError as error:
            trouble = str(error)
        yield from shown_picture_problems(row, media, unit, frame, picture, trouble)


def frames_to_decode(row: LabelRow, media: MediaOf, unit: Unit) -> list[int]:
    """Those of all files; of a video or document, which may be hours or books long, those with labels on them."""
    if unit.kind in SLICE_KINDS:
        return [frame for frame, match in media.matches(unit).items() if match.source is not None]
    video = media.video_if_open(unit)
    if video is not None:
        end = media.numbering_of(unit).count(video.index)
    elif unit.kind == "pdf":
        end = media.count_if_open(unit) or 0
    else:
        return [file.frame for file in unit.files]
    return [frame for frame in row.labels[unit.id].frames.tolist() if frame < end]


def said_by(picture: Picture, name: str, at: Place) -> Iterator[Problem]:
    """Warnings and notes of the decoder."""
    for what in picture.warnings:
        yield Problem("warning", name, what, at)
    for what in picture.notes:
        yield Problem("note", name, what, at)


def size_problems(exported: Size | None, picture: Picture, name: str, at: Place) -> Iterator[Problem]:
    """A picture of another size than the export says."""
    if exported and exported != picture.size:
        what = f"the picture's size is {picture.size}, the export says {exported}; labels are scaled to the picture"
        yield Problem("warning", name, what, at)


def repeated_keys(export: Export, row: LabelRow) -> list[Problem]:
    """Keys that stand twice in one object of the row's text: every reader silently keeps the last."""
    found: dict[str, int] = {}

    def note(pairs: list[tuple[str, Any]]) -> None:
        if len({key for key, _ in pairs}) != len(pairs):
            seen: set[str] = set()
            for key, _ in pairs:
                if key in seen:
                    found[key] = found.get(key, 0) + 1
                seen.add(key)

    at = Place(row.head.index)
    why = "the file is not strict JSON"
    try:
        text = export.text_of(row.head.index)
        if text is not None:
            # numbers go through a step of Python, in which the interface thread gets its turn: else 16 MB of them, in
            # the ranges of a label, would keep it waiting for a second
            json.loads(text, object_pairs_hook=note, parse_int=_nothing, parse_float=_nothing)
    except RecursionError:
        text, why = None, "the JSON is nested too deep"
    if text is None:
        what = f"{why}, so keys that stand twice in one object were not looked for"
        return [Problem("note", row.head.where, what, at)]
    return [
        Problem(
            "warning",
            row.head.where,
            f"duplicate key '{escaped(key)[:60]}' in one object, {_times(count)}; the last one counts",
            at,
        )
        for key, count in found.items()
    ]


def _nothing(_: str) -> None:
    return None


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"
