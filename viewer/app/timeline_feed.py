"""Timeline feed: keeps the timeline in line with the session; its rows are made in the background."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from viewer.app.background import Background
from viewer.app.moving import Moving
from viewer.app.player import Player
from viewer.app.session import Session
from viewer.app.thumbnails import Thumbnails
from viewer.scene.view_state import ViewState
from viewer.timeline.timeline_pane import TimelinePane
from viewer.timeline.tracks import tracks_of


class TimelineFeed(QObject):
    """One direction: from the session to the timeline."""

    def __init__(
        self, session: Session, moving: Moving, player: Player, background: Background, timeline: TimelinePane
    ) -> None:
        super().__init__()
        self._session = session
        self._moving = moving
        self._background = background
        self._timeline = timeline
        session.row_shown.connect(self._on_row)
        session.index_ready.connect(self._on_index)
        session.changed.connect(self._on_changed)
        session.medium_opened.connect(self._on_index)
        player.changed.connect(lambda: timeline.set_loop(player.bounds if player.loops else None))
        self._thumbnails = Thumbnails(session, background)
        self._thumbnails.made.connect(timeline.set_thumbnail)
        self._thumbnails.outdated.connect(timeline.renew_thumbnails)
        timeline.thumbnails_wanted.connect(self._thumbnails.want)
        timeline.preview_wanted.connect(self._thumbnails.want_first)

    def _on_row(self) -> None:
        self._background.cancel("timeline")
        self._timeline.set_tracks(None)
        self._show_unit()
        if self._session.index is not None:
            self._make_tracks()

    def _on_index(self) -> None:
        self._show_unit()
        self._make_tracks()

    def _show_unit(self) -> None:
        numbers = self._moving.frame_numbers()
        unit = self._session.unit
        video = self._session.video
        fps = unit.fps if unit is not None and not unit.is_group else None
        if video is not None:
            # times below the ruler go by one rate, which a video of varying rate does not have
            fps = video.index.rate if video.index.is_even else None
        self._timeline.show_unit(numbers, self._label_counts(numbers), fps)
        self._timeline.set_frame(self._session.state.frame)

    def _make_tracks(self) -> None:
        index, unit, frames = self._session.index, self._session.unit, self._moving.frame_numbers()
        if index is not None and unit is not None and len(frames) > 1:
            self._background.run("timeline", lambda: tracks_of(index, unit.id, frames), self._timeline.set_tracks)

    def _label_counts(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Labels on each of the frames; before the index is there 1 on those that the export lists."""
        session = self._session
        index, unit, row = session.index, session.unit, session.row
        if row is None or unit is None:
            return np.zeros(len(numbers), dtype=np.int64)
        presence = index.presence.get(unit.id) if index else None
        if presence is None:
            return counts_on(row.labels[unit.id].frames, numbers)
        return counts_on(presence.frames, numbers)

    def _on_changed(self, old: ViewState, new: ViewState) -> None:
        self._timeline.set_hidden(new)
        if old.frame != new.frame:
            # at once, though the picture may take a while: a click has to show that it was heard
            self._timeline.set_frame(new.frame)
        if old.selected != new.selected:
            self._timeline.set_selected(new.selected)


def counts_on(labelled: NDArray[np.int64], numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """How often each of the ascending frames is among `labelled`, which ascends too, shape (n,)."""
    first = np.searchsorted(labelled, numbers, side="left")
    return np.searchsorted(labelled, numbers, side="right") - first
