"""The words of the title and of the status line."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from viewer.app.session import Session
from viewer.app.times import clock_words, is_cine, times_of
from viewer.canvas.slice_words import place_words as words_of_slice
from viewer.errors import escaped
from viewer.export.export import Export
from viewer.export.unit_media import SLICE_KINDS
from viewer.labels.answers import covers
from viewer.labels.records import RowHead, numbered
from viewer.media.kinds import Sound
from viewer.scene.words import shown

LONGEST_TITLE = 120


def headline(export: Export, head: RowHead | None) -> str:
    """The window's title: what is shown, of what was opened."""
    if head is None:
        return export.title[:LONGEST_TITLE]
    branch = "" if head.branch == "main" else f" [{escaped(head.branch)[:40]}]"
    return f"{escaped(head.name)[:LONGEST_TITLE]}{branch} – {export.title[:LONGEST_TITLE]}"


def place_words(session: Session, frames: Sequence[int]) -> str:
    """'frame 17 of 0 to 2,340 · 3 labels · Car 4 · turned by its EXIF orientation'."""
    view = session.view
    if view is None:
        return ""
    count = len(view.labels.annotations) or _labels_on_ranges(session)
    labels = "no labels here" if not count else f"{count:,} label{'s' * (count != 1)}"
    at = _sound_words(session) if view.unit.kind == "audio" else _film_words(session, view.key.frame)
    parts = [*_frame_words(session, view.key.frame, frames), *at, labels]
    judgements = _classifications_on(session, view.labels.frame)
    if judgements:
        parts.append(f"{judgements:,} classification{'s' * (judgements != 1)}")
    selected = session.instance(session.state.selected)
    if selected is not None:
        parts.append(numbered(shown(selected.name, most=60), selected.number))
        if len(selected.ranges) > 1:
            parts.append(f"range {session.state.stretch + 1:,} of {len(selected.ranges):,}")
    elif session.state.selected is None and count:
        parts.append("nothing selected")
    sound = _sound(session)
    if sound is not None:
        parts += [*sound.warnings, *sound.notes]
    elif view.picture is None and view.trouble and view.unit.kind != "audio":
        parts.append(view.trouble)
    if view.picture is not None:
        parts += [*view.picture.warnings, *view.picture.notes]
    return "  ·  ".join(parts)


def _labels_on_ranges(session: Session) -> int:
    """Of a sound or text all its labels, which are on no frame."""
    return sum(instance.range_unit is not None for instance in session.naming.instances.values())


def _classifications_on(session: Session, frame: int) -> int:
    """Those that hold on this frame, or for the whole unit."""
    index, unit = session.index, session.unit
    if index is None or unit is None:
        return 0
    here = [c for c in index.classifications if c.unit == unit.id]
    return sum(c.frames is None or covers(c.frames, frame) for c in here)


def _sound(session: Session) -> Sound | None:
    """The sound on screen, once it is open."""
    return session.media.sound_if_open(session.unit) if session.media is not None and session.unit is not None else None


def _sound_words(session: Session) -> list[str]:
    """'0:01.200', 'sample 52,920', '44,100 Hz, 2 channels'."""
    sound, position = _sound(session), session.state.position
    if sound is None:
        return [clock_words(position / 1000)]  # without a sound positions are milliseconds
    channels = f"{sound.channels} channel{'s' * (sound.channels != 1)}"
    return [clock_words(position / sound.rate), f"sample {position:,}", f"{sound.rate:,} Hz, {channels}"]


def _film_words(session: Session, frame: int) -> list[str]:
    """Of a video: when the frame is shown, and whether its number surely addresses the right picture."""
    video, times = session.video, times_of(session)
    if video is None or times is None:
        return []
    known = video.index.inexact or "exact"
    numbering = session.numbering
    if numbering.by == "grid":
        known = f"numbered by {numbering.rate:,.6g} frames a second"
    if numbering.offset:
        known += f", numbers shifted by {numbering.offset:+d}"
    return [clock_words(times.seconds_of(frame)), known]


def _frame_words(session: Session, frame: int, frames: Sequence[int]) -> list[str]:
    if len(frames) < 2:
        return []
    if session.unit is not None and session.unit.kind in SLICE_KINDS:
        return words_of_slice(frame, bisect_left(frames, frame), len(frames), is_cine(session))
    if session.unit is not None and session.unit.kind == "pdf":
        return [f"page {frame + 1:,} of {_pages(session, frames):,}", f"frame {frame:,}"]
    return [f"frame {frame:,} of {frames[0]:,} to {frames[-1]:,}"]


def _pages(session: Session, frames: Sequence[int]) -> int:
    """Of the document; those that are labelled where it cannot be read."""
    found = session.media.count_if_open(session.unit) if session.media and session.unit else None
    return found or frames[-1] + 1


def size_words(session: Session, scale: float) -> str:
    """'1,920 x 1,080  ·  42 %'."""
    view = session.view
    size = view.labels.size if view else None
    if size is None:
        return ""
    percent = scale * 100
    return f"{size}  ·  {percent:,.0f} %" if percent >= 10 else f"{size}  ·  {percent:.1f} %"
