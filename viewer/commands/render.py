"""`render`: frames with their labels as PNG files, painted by the same code as the window."""

from __future__ import annotations

import argparse
import math
import os
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from viewer.app import qt_libraries
from viewer.errors import ViewerError, escaped
from viewer.export.export import Export, open_export
from viewer.export.start import find_start
from viewer.export.unit_media import PASSAGE_KINDS, MediaOf
from viewer.labels.records import Unit
from viewer.labels.row import LabelRow
from viewer.media.grey import Window
from viewer.media.kinds import Picture
from viewer.scene.marks import Scene
from viewer.scene.resolve import Naming, resolve
from viewer.scene.view_state import Look, ViewState

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

MOST_FRAMES = 1_000_000


class Undrawable(ViewerError):
    """The picture of one frame cannot be decoded; others may."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is drawn: frames of one unit of one row."""

    row: LabelRow
    unit: Unit
    media: MediaOf
    frames: tuple[int, ...]


def render(options: argparse.Namespace) -> None:
    """Draw and write what the options ask for. Raises ViewerError; frames that can be drawn are written all the same."""
    _check(options)
    job = _job(options)
    _start_qt()
    several = len(job.frames) > 1
    out: Path = options.output
    if several:
        try:
            out.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ViewerError(f"the folder cannot be made ({error.strerror}): {escaped(str(out))}") from error
    failed: list[str] = []
    for frame in job.frames:
        try:
            _write(job, frame, out / f"{frame}.png" if several else out, options)
        except Undrawable as error:
            failed.append(str(error))
    if failed:
        rest = (
            f"; the other {len(job.frames) - len(failed):,} frames were written"
            if len(job.frames) > len(failed)
            else ""
        )
        more = f", and {len(failed) - 1:,} frames more" if len(failed) > 1 else ""
        raise ViewerError(f"{failed[0]}{more}{rest}")


def _check(options: argparse.Namespace) -> None:
    if not 0 <= options.fill <= 1:
        raise ViewerError(f"--fill wants a number from 0 to 1, not {options.fill:g}")
    if not 0 <= options.outline <= 1000:
        raise ViewerError(f"--outline wants a width from 0 to 1000, not {options.outline:g}")
    if not 0.001 <= options.scale <= 100:
        raise ViewerError(f"--scale wants a factor from 0.001 to 100, not {options.scale:g}")
    window_of(options.window)


def window_of(text: str | None) -> Window | None:
    """'-600,1500' as a window; None for none. Raises ViewerError."""
    if text is None:
        return None
    try:
        center, width = (float(part) for part in text.split(","))
    except ValueError:
        center, width = math.nan, math.nan
    if not (math.isfinite(center) and math.isfinite(width) and width >= 1):
        raise ViewerError(f"--window wants CENTER,WIDTH with a width of 1 or more, not {escaped(text)[:60]}")
    return Window(center, width)


def _job(options: argparse.Namespace) -> Job:
    export = open_export([options.path], options.media, options.ontology)
    row = _row(export, options.row)
    asked = frames_of(options.frame) if options.frame else None
    unit, first = find_start(row, options.unit, asked[0] if asked else None)
    if unit is None:
        raise ViewerError(f"the row {escaped(row.head.name)} has no unit, so there is nothing to draw")
    return Job(row, unit, MediaOf(export, row), asked or (first,))


def _row(export: Export, row_hash: str | None) -> LabelRow:
    found = export.named(row_hash)
    if row_hash is None and len(found) > 1:
        raise ViewerError(f"{len(found):,} rows in {export.title}: say which with --row LABEL_HASH")
    for head in found:
        return export.row(head.index)
    raise ViewerError(f"an export without rows: {export.title}")


def frames_of(text: str) -> tuple[int, ...]:
    """'3,17,40-45' as frame numbers. Raises ViewerError."""
    made: list[int] = []
    for part in text.split(","):
        found = re.fullmatch(r"\s*(\d{1,15})(?:-(\d{1,15}))?\s*", part)
        if found is None:
            raise ViewerError(f"--frame wants numbers such as 3,17,40-45, not {escaped(text)[:60]}")
        first = int(found[1])
        last = int(found[2]) if found[2] else first
        if last < first or last - first + len(made) >= MOST_FRAMES:
            raise ViewerError(f"--frame: the range {escaped(part)[:40]} runs backwards or is too long")
        made += range(first, last + 1)
    return tuple(dict.fromkeys(made))


def _start_qt() -> None:
    """Drawing captions needs an application object; no window is opened."""
    qt_libraries.use_utf8_locale()
    missing = qt_libraries.missing_libraries(window=False)
    if missing:
        raise ViewerError(qt_libraries.sentence(missing))
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtGui import QGuiApplication

    global _application
    _application = QGuiApplication.instance() or QGuiApplication(["label-viewer"])


_application: object = None
"""Kept alive for as long as the process draws."""


def _write(job: Job, frame: int, out: Path, options: argparse.Namespace) -> None:
    from viewer.canvas.paint_scene import render_image
    from viewer.commands.paint_stretches import check_size, passage_picture, timeline_picture

    if job.unit.kind in PASSAGE_KINDS:
        _save(passage_picture(job.media, job.unit, options), out)
        return
    if job.unit.kind == "audio":
        _save(timeline_picture(job.media, job.unit, options), out)
        return
    picture = None if options.overlay_only else _picture(job, frame)
    scene = _scene(job, frame, picture, options)
    check_size(scene.size, options.scale)
    image = render_image(
        scene,
        picture,
        scale=options.scale,
        fill=options.fill,
        outline=options.outline,
        captions=not options.no_captions,
        overlay_only=options.overlay_only,
        window=window_of(options.window),
    )
    _save(image, out)


def _save(image: QImage, out: Path) -> None:
    """All of it, or nothing under that name."""
    from PySide6.QtCore import QByteArray, QIODevice, QSaveFile
    from PySide6.QtGui import QImageWriter

    file = QSaveFile(str(out))
    opened = file.open(QIODevice.OpenModeFlag.WriteOnly)
    if not opened or not QImageWriter(file, QByteArray(b"png")).write(image) or not file.commit():
        raise ViewerError(f"the picture cannot be written ({file.errorString()}): {escaped(str(out))}")


def _picture(job: Job, frame: int) -> Picture | None:
    """The media of the frame; without any, labels are drawn on a plain field."""
    pictures = job.media.pictures(job.unit)
    place = job.media.place_of(job.unit, frame)
    if pictures is None or place is None:
        return None
    if not job.media.match(job.unit, frame).source:
        return None
    try:
        return pictures.picture(place)
    except ViewerError as error:
        raise Undrawable(str(error)) from error


def _scene(job: Job, frame: int, picture: Picture | None, options: argparse.Namespace) -> Scene:
    size = picture.size if picture else job.media.shown_size(job.unit, frame)
    labels = job.row.labels[job.unit.id].on_frame(frame, size)
    if labels.size is None and size is None:
        raise ViewerError(f"frame {frame:,} has no size: neither the export nor the media gives a width and height")
    wanted = {*options.object}
    kept = tuple(
        annotation
        for annotation in labels.annotations
        if (not wanted or annotation.object_hash in wanted) and (not options.only or annotation.name in options.only)
    )
    naming = Naming.of(job.row.index(), job.unit.id)
    state = ViewState(unit=job.unit.id, frame=frame, look=Look(captions="none" if options.no_captions else "name"))
    return resolve(replace(labels, annotations=kept), naming, state)
