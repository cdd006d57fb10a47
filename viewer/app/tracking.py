"""Tracking: the way of the selected label through the frames is read in the background, once for each label."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from viewer.app.background import Background
from viewer.app.session import Session
from viewer.app.times import is_cine
from viewer.export.unit_media import SLICE_KINDS
from viewer.labels.track import Track, read_track
from viewer.scene.colours import rgb
from viewer.scene.marks import Scene
from viewer.scene.trail import trail_of


class Tracking(QObject):
    """One track at a time: that of the selected label."""

    changed = Signal()
    """The track is known, or there is none any more."""

    def __init__(self, session: Session, background: Background) -> None:
        super().__init__()
        self._session = session
        self._background = background
        self.track: Track | None = None
        self._wanted: tuple[object, ...] = ()

    def follow(self) -> None:
        """Read the track of the label that is selected now, where it is on more than one frame, unless it is known."""
        session = self._session
        row, unit, view = session.row, session.unit, session.view
        instance = session.instance(session.state.selected)
        if row is None or unit is None or view is None or instance is None or not instance.frames:
            self._forget(())
            return
        size, frame, labels = view.labels.size, view.labels.frame, row.labels[unit.id]
        wanted = (row, unit.id, instance.object_hash, size)
        if wanted == self._wanted:
            return
        self._forget(wanted)

        def then(track: Track | None) -> None:
            if self._wanted == wanted and track is not None and len(track.frames) > 1:
                self.track = track
                self.changed.emit()

        self._background.run(
            "track", lambda: read_track(instance, labels, size, frame, lambda: self._wanted == wanted), then
        )

    def _forget(self, wanted: tuple[object, ...]) -> None:
        self._wanted, had = wanted, self.track is not None
        self.track = None
        if had:
            self.changed.emit()

    def with_trail(self, scene: Scene) -> Scene:
        """With the path of the selected label, in the colour in which it is drawn."""
        session = self._session
        state, instance = session.state, session.instance(session.state.selected)
        if self.track is None or instance is None or session.view is None or not state.look.trail or state.hide_all:
            return scene
        kind = session.view.unit.kind
        if kind == "pdf" or (kind in SLICE_KINDS and not is_cine(session)):
            return scene  # through a stack of slices a label does not move: it has a form; nor does it between pages
        mark = next((mark for mark in scene.marks if mark.object_hash == state.selected), None)
        colour = mark.colour if mark else rgb(instance.colour)
        return replace(scene, trail=trail_of(self.track, session.view.labels.frame, colour))
