"""Which frames of the unit on screen can be stepped through."""

from __future__ import annotations

from collections.abc import Sequence

from viewer.app.session import Session

MOST_FRAMES = 20_000_000
"""Frames that a unit can have by its duration: with more, the duration is a mistake."""


def shown_frames(session: Session) -> Sequence[int]:
    """Frame numbers that can be stepped through: those of the files, or as many as the unit has, or those labelled."""
    unit, row = session.unit, session.row
    if unit is None or row is None:
        return ()
    if unit.is_group:
        return [file.frame for file in unit.files]
    video, media = session.video, session.media
    if video is not None and media is not None:
        # labels beyond the end can be looked at too, on a plain field
        count, labelled = media.numbering_of(unit).count(video.index), row.labels[unit.id].frames
        beyond = labelled[labelled >= count]
        return session.joined_frames(count, beyond.tolist()) if len(beyond) else range(count)
    found = media.count_if_open(unit) if media is not None else None
    count = found if found is not None else unit.frames
    if found and unit.kind == "pdf":
        beyond = row.labels[unit.id].frames
        return session.joined_frames(found, beyond[beyond >= found].tolist())
    if count and count <= MOST_FRAMES:
        return range(count)
    return row.labels[unit.id].frames.tolist() or (0,)
